/* MediaTek boot ROM, parallel flash: "MTKpar" of protocols.md 10.1, steps of 2.5. */
#include "flash/families/family.h"

#include "flash/backup.h"
#include "flash/event.h"
#include "flash/families/mtk_reg.h"
#include "flash/families/nor.h"
#include "flash/flash.h"
#include "flash/report.h"

#include <stdio.h>
#include <string.h>

#define PAGE_PAUSE_MS 20 /* protocols.md 2.5: "20 ms pause per 256-byte page" */
#define END_PAUSE_MS 200 /* and "200 ms at the end" */

static void fail_unchanged(struct odr_outcome *out, enum odr_no no)
{
	out->result = ODR_RESULT_UNCHANGED;
	out->evidence = ODR_EVIDENCE_NONE;
	out->no = no;
}

/* The chip that answers is the chip of the plan. */
static enum odr_err same_chip(struct odr_job *job, struct odr_error *e)
{
	const struct odr_chip *planned = job->engine->chip;
	uint8_t first, second;
	enum odr_err rc = odr_nor_identify(job, &first, &second, e);

	if (rc == ODR_OK && (job->engine->chip != planned || job->engine->chip_protected))
		rc = odr_fail(e, ODR_E_PROTOCOL, "the chip said %s, now it says %02X %02X",
			      planned->name, first, second);
	job->engine->chip = planned;
	return rc;
}

/*
 * An unpowered position shows nothing until its boot ROM answers, and a healthy drive's boot ROM answers,
 * too. Nor can anybody tell a drive that was switched off and on from another one in its place. So when
 * somebody may have changed it since it was seen dead the old content is asked: a whole firmware stops
 * the job.
 */
static enum odr_err ask_old(const struct odr_whole *old, enum odr_no *no, struct odr_error *e)
{
	struct odr_identity id;

	if (odr_whole_end(old, &id, NULL) != ODR_OK)
		return ODR_OK;
	*no = ODR_NO_WHOLE;
	return odr_fail(e, ODR_E_REFUSED, "its chip holds %s %s %s", id.vendor, id.product,
			id.revision);
}

/*
 * The backup first, and what it holds. Both have words of their own that go without. A chip that a write of
 * ours has left is never whole: its boot page comes last.
 */
static enum odr_err save_old(struct odr_job *job, enum odr_no *no, struct odr_error *e)
{
	const struct odr_engine *engine = job->engine;
	bool asks = (engine->target.proof == ODR_PROOF_KNOCK || engine->target.away) &&
		    !engine->plan.over_whole;
	struct odr_whole old;
	enum odr_err rc = ODR_OK;

	if (!engine->plan.without_backup && !engine->plan.keeps_backup)
		rc = odr_backup_make(job, &old, no, e);
	else if (asks) /* what cannot be read steadily was no healthy drive's */
		asks = odr_backup_look(job, &old, e) == ODR_OK;
	return rc == ODR_OK && asks ? ask_old(&old, no, e) : rc;
}

static enum odr_err write_page(struct odr_job *job, uint32_t page, struct odr_error *e)
{
	uint8_t buf[ODR_NOR_PAGE];
	bool touched = false;

	odr_image_read_at(job->engine->platform, page, buf, sizeof buf);
	for (uint32_t i = 0; i < ODR_NOR_PAGE; i++) {
		enum odr_err rc;

		if (buf[i] == 0xFF) /* the blank check has seen it: erased is FF */
			continue;
		rc = odr_nor_program(job, page + i, buf[i], e);
		if (rc != ODR_OK)
			return rc;
		touched = true;
	}
	if (touched)
		odr_wait(job, PAGE_PAUSE_MS);
	return ODR_OK;
}

/*
 * Banks from the highest to the lowest; in each everything but its boot page, then the boot pages
 * in the same order: bank 0's comes last of all. Power that fails on the way leaves an erased boot
 * page, and the boot ROM stays in charge (protocols.md 2.5).
 */
static enum odr_err write_chip(struct odr_job *job, struct odr_error *e)
{
	uint32_t bytes = job->engine->chip->bytes, banks = bytes / ODR_NOR_BANK, done = 0;

	for (uint32_t bank = banks; bank-- > 0;) {
		char fields[40];
		enum odr_err rc;

		for (uint32_t page = ODR_NOR_PAGE; page < ODR_NOR_BANK; page += ODR_NOR_PAGE) {
			rc = write_page(job, bank * ODR_NOR_BANK + page, e);
			if (rc != ODR_OK)
				return rc;
			done += ODR_NOR_PAGE;
			odr_progress(job, "write", done, bytes);
		}
		snprintf(fields, sizeof fields, " bank=%lu", (unsigned long)bank);
		/* A full disk now must not stop the write: the drive comes before the paper. */
		if (odr_journal_write(&job->engine->journal, ODR_POINT_BANK, fields, e) != ODR_OK)
			odr_say(job->engine, "The journal cannot be written any more: %s", e->text);
	}
	for (uint32_t bank = banks; bank-- > 0;) {
		enum odr_err rc = write_page(job, bank * ODR_NOR_BANK, e);

		if (rc != ODR_OK)
			return rc;
		done += ODR_NOR_PAGE;
		odr_progress(job, "write", done, bytes);
	}
	odr_wait(job, END_PAUSE_MS);
	return ODR_OK;
}

enum odr_err odr_mtk_rom_verify(struct odr_job *job, struct odr_error *e)
{
	uint32_t bytes = job->engine->chip->bytes;
	uint8_t want[ODR_NOR_PAGE], seen;

	for (uint32_t a = 0; a < bytes; a++) {
		enum odr_err rc;

		if (a % ODR_NOR_PAGE == 0) {
			odr_image_read_at(job->engine->platform, a, want, sizeof want);
			odr_progress(job, "verify", a, bytes);
		}
		rc = odr_nor_read(job, a, &seen, e);
		if (rc != ODR_OK)
			return rc;
		if (seen != want[a % ODR_NOR_PAGE])
			return odr_fail(e, ODR_E_PROTOCOL,
					"flash address %05lX holds %02X, the file has %02X",
					(unsigned long)a, seen, want[a % ODR_NOR_PAGE]);
	}
	odr_progress(job, "verify", bytes, bytes);
	return ODR_OK;
}

/* After a failure behind the erase: does the chip still hold what the backup holds? */
static bool holds_backup(struct odr_job *job)
{
	struct odr_engine *engine = job->engine;
	struct odr_sha256 sha;
	uint8_t byte, sum[ODR_SHA256_BYTES];
	char hex[ODR_SHA256_HEX];

	if (!engine->journal.story.backup[0])
		return false;
	odr_sha256_start(&sha);
	for (uint32_t a = 0; a < engine->chip->bytes; a++) {
		if (odr_nor_read(job, a, &byte, NULL) != ODR_OK)
			return false;
		odr_sha256_feed(&sha, &byte, 1);
		odr_progress(job, "read back", a + 1, engine->chip->bytes);
	}
	odr_sha256_end(&sha, sum);
	odr_sha256_hex(sum, hex);
	return !strcmp(hex, engine->journal.story.backup_sha256);
}

void odr_mtk_rom_run(struct odr_job *job, struct odr_outcome *out)
{
	struct odr_engine *engine = job->engine;
	enum odr_no no = ODR_NO_CHIP_ID;
	enum odr_err rc = same_chip(job, &out->why);

	if (rc == ODR_OK)
		rc = save_old(job, &no, &out->why);
	if (rc != ODR_OK) {
		fail_unchanged(out, no);
		return;
	}
	if (!odr_flash_point_of_no_return(job, out))
		return;

	rc = odr_nor_erase(job, &out->why);
	if (rc == ODR_OK)
		rc = odr_nor_check_blank(job, &out->why);
	if (rc == ODR_OK)
		rc = write_chip(job, &out->why);
	if (rc == ODR_OK) {
		odr_journal_write(&engine->journal, ODR_POINT_WRITTEN, "", NULL);
		rc = odr_mtk_rom_verify(job, &out->why);
	}
	out->evidence = ODR_EVIDENCE_READ_BACK;
	if (rc == ODR_OK) {
		out->result = ODR_RESULT_VERIFIED;
	} else if (odr_mtk_is_inside(job) && holds_backup(job)) {
		fail_unchanged(out, ODR_NO_LINE);
		out->evidence = ODR_EVIDENCE_READ_BACK;
	} else {
		out->result = ODR_RESULT_CHANGED;
		if (rc == ODR_E_TIMEOUT)
			out->evidence = ODR_EVIDENCE_NONE;
	}
}
