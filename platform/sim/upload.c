#include "platform/sim/upload.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"
#include "platform/sim/packet.h"
#include "platform/sim/wrong.h"

#include <string.h>

#define PIECE 0x1000u
#define PIECES (SIM_CHIP_MAX / PIECE)
#define SHIFT 0x20u /* buffer offset = flash offset + 20h */
#define HEADER 0x20u

/* struct sim_drive.pieces beyond PIECES: the header came */
#define HEADED (PIECES + 1)
#define WRONG_SUM (PIECES + 2)

#define FIXED_WAIT_US 50000000ull /* protocols.md 3.1, step 4 */

static unsigned channel_of(const struct sim *m, unsigned drive)
{
	return sim_channel_of(&m->s->drive[drive]);
}

void sim_upload_watch(struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];

	if (d->uploading && d->cdb[0] != 0x3B && d->cdb[0] != 0x03)
		sim_wrong(m, channel_of(m, drive), "10 rule 6",
			  "SCSI command %02X in the middle of an upload", d->cdb[0]);
	if (m->s->us < d->hush_until)
		sim_wrong(m, channel_of(m, drive), "3.1",
			  "SCSI command %02X in the 50 s after 3B 07", d->cdb[0]);
}

static uint32_t field24(const uint8_t *b)
{
	return (uint32_t)b[0] << 16 | (uint32_t)b[1] << 8 | b[2];
}

static bool takes_uploads(const struct sim *m, unsigned drive)
{
	return m->upload[drive] && memcmp(m->chip[drive] + SIM_AT_VENDOR, "BTC", 3) == 0;
}

static void refuse(struct sim *m, unsigned drive, const char *what)
{
	sim_wrong(m, channel_of(m, drive), "3.1", "%s", what);
	sim_packet_check(m, drive, 0x05, 0x24, 0x00); /* invalid field in CDB */
}

static void burn(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint32_t pieces = d->pieces;

	d->uploading = false;
	d->pieces = 0;
	if (pieces == WRONG_SUM) {
		sim_packet_check(m, drive, 0x05, 0x26, 0x00); /* invalid field in parameter list */
		return;
	}
	if (pieces != HEADED) {
		refuse(m, drive, "3B 07 before the upload was complete");
		return;
	}
	d->burn_from = m->s->us;
	d->burn_until = m->s->us + (uint64_t)m->s->rig.drive[drive].burn_ms * 1000;
	d->hush_until = m->s->us + FIXED_WAIT_US;
	d->chip.erases++;
	sim_packet_good(m, drive);
	sim_clock_plan(m);
	sim_clock_moment(m, SIM_ON_ERASE);
}

void sim_upload_command(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint32_t offset = field24(d->cdb + 3);
	uint32_t len = field24(d->cdb + 6);

	if (!takes_uploads(m, drive)) {
		sim_wrong(m, channel_of(m, drive), "10 rule 9",
			  "WRITE BUFFER to a drive that is not a BTC burner");
		sim_packet_check(m, drive, 0x05, 0x20, 0x00);
		return;
	}
	if (d->burn_until) {
		sim_wrong(m, channel_of(m, drive), "3.1", "WRITE BUFFER while the drive burns");
		sim_packet_check(m, drive, 0x02, 0x04, 0x08);
		return;
	}
	if (d->cdb[1] == 0x07 && d->cdb[2] == 0 && offset == 0 && len == 0 && d->cdb[9] == 0) {
		burn(m, drive);
		return;
	}
	if (d->cdb[1] != 0x06 || d->cdb[2] != 0 || d->cdb[9] != 0 ||
	    !((len == PIECE && offset % PIECE == SHIFT && offset / PIECE < PIECES) ||
	      (len == HEADER && offset == 0))) {
		refuse(m, drive, "a WRITE BUFFER that no BTC burner knows");
		return;
	}
	d->uploading = true;
	sim_packet_take(m, drive, len);
}

static bool header_is_right(const struct sim *m, unsigned drive, const uint8_t *header)
{
	const uint8_t *image = m->upload[drive];
	uint16_t sum = 0;
	uint32_t i;

	for (i = 0; i < HEADER - 2; i++)
		if (header[i] != 0)
			return false;
	for (i = 0; i < SIM_CHIP_MAX; i++)
		sum = (uint16_t)(sum + image[i]);
	return header[HEADER - 2] == sum >> 8 && header[HEADER - 1] == (sum & 0xFF);
}

void sim_upload_data(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	const uint8_t *data = m->s->cable[channel_of(m, drive)].buffer;
	uint32_t piece = field24(d->cdb + 3) / PIECE;

	if (d->len == HEADER) {
		if (d->pieces != PIECES) {
			refuse(m, drive, "the header came before the last piece");
			return;
		}
		d->pieces = header_is_right(m, drive, data) ? HEADED : WRONG_SUM;
	} else {
		if (piece != 0 && piece != d->pieces) {
			d->pieces = 0;
			refuse(m, drive, "an upload piece out of its order");
			return;
		}
		memcpy(m->upload[drive] + piece * PIECE, data, PIECE);
		d->pieces = piece + 1;
	}
	sim_packet_good(m, drive);
}

bool sim_upload_burn_end(struct sim *m, unsigned drive)
{
	struct sim_nor nor = sim_nor_of(m, drive);

	m->s->drive[drive].burn_until = 0;
	memcpy(m->chip[drive], m->upload[drive], SIM_CHIP_MAX);
	m->s->drive[drive].chip.programs += SIM_CHIP_MAX;
	return sim_drive_is_whole(&nor, &m->s->rig.drive[drive]);
}

void sim_upload_burn_cut(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint64_t whole = d->burn_until - d->burn_from;
	uint32_t written = (uint32_t)((m->s->us - d->burn_from) * SIM_CHIP_MAX / whole);

	if (written > SIM_CHIP_MAX)
		written = SIM_CHIP_MAX;
	d->burn_until = 0;
	memset(m->chip[drive], 0xFF, SIM_CHIP_MAX);
	memcpy(m->chip[drive], m->upload[drive], written);
	d->chip.programs += written;
}
