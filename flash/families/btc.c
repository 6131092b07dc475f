/* A living BTC DRW1004, 1008 or 1108: WRITE BUFFER as in protocols.md 3.1 (btcflash, confidence B). */
#include "flash/families/family.h"

#include "flash/flash.h"
#include "flash/report.h"

#include <string.h>

#define WRITE_BUFFER 0x3B
#define MODE_DATA 0x06
#define MODE_BURN 0x07
#define PIECE 0x1000u
#define HEADER_BYTES 0x20 /* buffer offset = flash offset + 20h; the header itself is at 0 */
#define HEADER_SUM 30	  /* big-endian 16-bit sum of all image bytes, its last two bytes */
#define READY_EVERY_MS 1000
#define READY_LIMIT_MS 300000	/* "one fork allows up to 300 s" */
#define PIECE_TIMEOUT_MS 300000 /* protocols.md 10 rule 6: 300 s per block, never retried */
#define PLAIN_TIMEOUT_MS 10000
#define NOT_READY 0x02
#define NO_MEDIUM 0x3A

static enum odr_err write_buffer(const struct odr_job *job, uint8_t mode, uint32_t off,
				 uint8_t *data, uint32_t len, struct odr_error *e)
{
	struct odr_packet packet = {
		.cdb = {WRITE_BUFFER, mode, 0, (uint8_t)(off >> 16), (uint8_t)(off >> 8),
			(uint8_t)off, (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len, 0},
		.cdb_len = 10,
		.dir = len ? ODR_DIR_OUT : ODR_DIR_NONE,
		.data = data,
		.len = len,
		.timeout_ms = PIECE_TIMEOUT_MS,
	};

	return odr_packet(job, &packet, e);
}

static enum odr_err send_image(struct odr_job *job, struct odr_error *e)
{
	uint8_t header[HEADER_BYTES] = {0};
	uint16_t sum = job->engine->image.sum16;
	/* One piece is 4 KiB: kept off the stack, and there is one job at a time. */
	static uint8_t piece[PIECE];

	for (uint32_t off = 0; off < ODR_BTC_BYTES; off += PIECE) {
		enum odr_err rc;

		odr_image_read_at(job->engine->platform, off, piece, PIECE);
		rc = write_buffer(job, MODE_DATA, off + HEADER_BYTES, piece, PIECE, e);
		if (rc != ODR_OK)
			return rc;
		odr_progress(job, "send", off + PIECE, ODR_BTC_BYTES);
	}
	header[HEADER_SUM] = (uint8_t)(sum >> 8);
	header[HEADER_SUM + 1] = (uint8_t)sum;
	return write_buffer(job, MODE_DATA, 0, header, HEADER_BYTES, e);
}

static enum odr_err wait_ready(struct odr_job *job, struct odr_error *e)
{
	const char *product = job->engine->target.places.place[job->position - 1].product;
	uint32_t settle_ms = odr_drive_by_product(job->engine->drives, product)->settle_ms;

	for (uint32_t ms = 0, step; ms < settle_ms; ms += step) {
		step = settle_ms - ms < READY_EVERY_MS ? settle_ms - ms : READY_EVERY_MS;
		odr_wait(job, step);
		odr_progress(job, "burn", ms + step, settle_ms);
	}
	for (uint32_t ms = 0; ms < READY_LIMIT_MS; ms += READY_EVERY_MS) {
		struct odr_packet ready = {.cdb_len = 6, .timeout_ms = PLAIN_TIMEOUT_MS};

		odr_wait(job, READY_EVERY_MS);
		if (odr_packet(job, &ready, e) == ODR_OK ||
		    (ready.sense_key == NOT_READY && ready.asc == NO_MEDIUM))
			return ODR_OK;
		odr_progress(job, "answer", ms, READY_LIMIT_MS);
	}
	return odr_fail(e, ODR_E_TIMEOUT, "the drive does not come back after burning");
}

static enum odr_err read_revision(struct odr_job *job, char revision[5], struct odr_error *e)
{
	uint8_t answer[0x24] = {0};
	struct odr_packet inquiry = {
		.cdb = {0x12, 0, 0, 0, sizeof answer, 0},
		.cdb_len = 6,
		.dir = ODR_DIR_IN,
		.data = answer,
		.len = sizeof answer,
		.timeout_ms = PLAIN_TIMEOUT_MS,
	};
	enum odr_err rc = odr_packet(job, &inquiry, e);
	int n = 4;

	if (rc != ODR_OK)
		return rc;
	memcpy(revision, answer + 32, 4);
	while (n && revision[n - 1] == ' ')
		n--;
	revision[n] = 0;
	return ODR_OK;
}

void odr_btc_run(struct odr_job *job, struct odr_outcome *out)
{
	const struct odr_image *image = &job->engine->image;
	const char *before = job->engine->target.places.place[job->position - 1].revision;
	char after[5];
	enum odr_err rc;

	if (!odr_flash_point_of_no_return(job, out))
		return;
	out->result = ODR_RESULT_CHANGED;
	out->evidence = ODR_EVIDENCE_NONE;
	rc = send_image(job, &out->why);
	if (rc == ODR_OK)
		rc = write_buffer(job, MODE_BURN, 0, NULL, 0, &out->why);
	if (rc == ODR_OK)
		rc = wait_ready(job, &out->why);
	if (rc == ODR_OK)
		rc = read_revision(job, after, &out->why);
	if (rc != ODR_OK)
		return;
	if (strcmp(after, image->made_for.revision)) {
		odr_fail(&out->why, ODR_E_PROTOCOL, "the drive says revision %s, the file is %s",
			 after, image->made_for.revision);
		out->evidence = ODR_EVIDENCE_IDENTITY;
		return;
	}
	out->result = ODR_RESULT_NOT_VERIFIABLE;
	/* The same name before and after proves nothing (design.md section 2, idea 8). */
	if (strcmp(before, after))
		out->evidence = ODR_EVIDENCE_IDENTITY;
}
