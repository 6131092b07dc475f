#include "platform/sim/packet.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"
#include "platform/sim/upload.h"
#include "platform/sim/wrong.h"

#include <string.h>

/* Interrupt reason in the sector count register (protocols.md 5.2, 5.5). */
#define REASON_OUT 0
#define REASON_CDB 1
#define REASON_IN 2
#define REASON_DONE 3

/* How long the drive thinks: less than a millisecond each. */
#define CDB_US 50
#define DATA_US 200
#define DONE_US 20

#define READY (SIM_DRDY | SIM_DSC)

static struct sim_cable *cable_of(struct sim *m, unsigned drive)
{
	return &m->s->cable[sim_channel_of(&m->s->drive[drive])];
}

static void done(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];

	d->phase = SIM_IDLE;
	d->task.count = REASON_DONE;
	d->task.error = (uint8_t)(d->key << 4);
	sim_drive_answer(m, drive, READY | (d->key ? SIM_ERR : 0), DONE_US);
}

static void forget_sense(struct sim_drive *d)
{
	d->key = d->asc = d->ascq = 0;
}

void sim_packet_good(struct sim *m, unsigned drive)
{
	forget_sense(&m->s->drive[drive]);
	done(m, drive);
}

void sim_packet_check(struct sim *m, unsigned drive, uint8_t key, uint8_t asc, uint8_t ascq)
{
	struct sim_drive *d = &m->s->drive[drive];

	d->key = key;
	d->asc = asc;
	d->ascq = ascq;
	done(m, drive);
}

/* Announce the next piece of data: as much as the host, the rig and the rest allow. */
static void next_piece(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint32_t most = m->s->rig.drive[drive].piece;
	uint32_t n = d->len - d->pos;

	if (n > d->limit)
		n = d->limit;
	if (most && n > most)
		n = most;
	d->piece = d->pos + n;
	d->task.mid = (uint8_t)n;
	d->task.hi = (uint8_t)(n >> 8);
	d->task.count = d->phase == SIM_DATA_IN ? REASON_IN : REASON_OUT;
	sim_drive_answer(m, drive, READY | SIM_DRQ, DATA_US);
}

static void data(struct sim *m, unsigned drive, enum sim_phase phase, uint32_t len)
{
	struct sim_drive *d = &m->s->drive[drive];

	if (len == 0) {
		sim_packet_good(m, drive);
		return;
	}
	forget_sense(d);
	d->phase = (uint8_t)phase;
	d->pos = 0;
	d->len = len;
	next_piece(m, drive);
}

void sim_packet_take(struct sim *m, unsigned drive, uint32_t len)
{
	data(m, drive, SIM_DATA_OUT, len);
}

/* Give what is in the channel's buffer, cut to the allocation length. */
static void give(struct sim *m, unsigned drive, uint32_t len, uint32_t allocated)
{
	data(m, drive, SIM_DATA_IN, len < allocated ? len : allocated);
}

void sim_packet_start(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint32_t limit = (uint32_t)d->task.hi << 8 | d->task.mid;

	d->limit = limit == 0 || limit == 0xFFFF ? 0xFFFE : limit;
	d->phase = SIM_CDB;
	d->pos = 0;
	d->piece = d->len = sizeof d->cdb;
	d->task.count = REASON_CDB;
	d->task.error = 0;
	sim_drive_answer(m, drive, READY | SIM_DRQ, CDB_US);
}

/* "text" padded with blanks. */
static void put_text(uint8_t *at, const char *text, unsigned n)
{
	size_t length = strlen(text);

	memset(at, ' ', n);
	memcpy(at, text, length < n ? length : n);
}

/* Vendor 8, product 16, revision 4 as the drive gives them. */
static void names(struct sim *m, unsigned drive, uint8_t text[28])
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];

	if (m->chip[drive]) {
		memcpy(text, m->chip[drive] + SIM_AT_VENDOR, 8);
		memcpy(text + 8, m->chip[drive] + SIM_AT_PRODUCT, 16);
		memcpy(text + 24, m->chip[drive] + SIM_AT_REVISION, 4);
	} else {
		put_text(text, rig->vendor, 8);
		put_text(text + 8, rig->product, 16);
		put_text(text + 24, rig->revision, 4);
	}
	if (rig->row == SIM_ROW_NO_IDENT || rig->row == SIM_ROW_NO_IDENT_FF)
		memset(text, 0xFF, 28);
	if (rig->row == SIM_ROW_BOOT_0000)
		memcpy(text + 24, "0000", 4);
	if (rig->row == SIM_ROW_BOOT_0)
		text[24] = '0';
	if (rig->row == SIM_ROW_BOOT_BOOT)
		memcpy(text + 24, "BOOT", 4);
}

static void inquiry(struct sim *m, unsigned drive)
{
	uint8_t *b = cable_of(m, drive)->buffer;

	memset(b, 0, 36);
	b[0] = 0x05; /* CD/DVD */
	b[1] = 0x80; /* removable */
	b[3] = 0x21; /* ATAPI version, response format */
	b[4] = 31;   /* bytes that follow */
	names(m, drive, b + 8);
	give(m, drive, 36, m->s->drive[drive].cdb[4]);
}

static void request_sense(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint8_t *b = cable_of(m, drive)->buffer;

	memset(b, 0, 18);
	b[0] = 0x70;
	b[2] = d->key;
	b[7] = 10;
	b[12] = d->asc;
	b[13] = d->ascq;
	give(m, drive, 18, d->cdb[4]);
}

/* ATA texts have the first character in the high byte of the word. */
static void put_words(uint8_t *at, const char *text, unsigned n)
{
	unsigned i;
	uint8_t swap;

	put_text(at, text, n);
	for (i = 0; i < n; i += 2) {
		swap = at[i];
		at[i] = at[i + 1];
		at[i + 1] = swap;
	}
}

void sim_packet_identify(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];
	uint8_t *b = cable_of(m, drive)->buffer;
	char model[28];
	uint8_t text[28];

	memset(b, 0, 512);
	if (rig->kind == SIM_DISK) {
		b[0] = 0x40; /* fixed disk */
		put_words(b + 27 * 2, rig->product, 40);
		put_words(b + 23 * 2, rig->revision, 8);
	} else {
		b[0] = 0x80; /* removable, 12-byte packets */
		b[1] = 0x85; /* ATAPI, CD/DVD */
		names(m, drive, text);
		memcpy(model, text, 24);
		model[24] = '\0';
		put_words(b + 27 * 2, model, 40);
		memcpy(model, text + 24, 4);
		model[4] = '\0';
		put_words(b + 23 * 2, model, 8);
	}
	if (rig->row == SIM_ROW_NO_IDENT_FF)
		memset(b, 0xFF, 512);
	d->phase = SIM_DATA_IN;
	forget_sense(d);
	d->pos = 0;
	d->piece = d->len = 512;
	d->task.error = 0;
	d->task.count = 0; /* protocols.md 5.9: reason 00 */
	sim_drive_answer(m, drive, READY | SIM_DRQ, DATA_US);
}

static void execute(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	unsigned channel = sim_channel_of(d);
	bool burns = d->burn_until != 0;

	d->packets++;
	sim_upload_watch(m, drive);
	switch (d->cdb[0]) {
	case 0x00:
		if (burns)
			sim_packet_check(m, drive, 0x02, 0x04, 0x08); /* long write in progress */
		else
			sim_packet_check(m, drive, 0x02, 0x3A, 0x00); /* no medium */
		break;
	case 0x03:
		request_sense(m, drive);
		break;
	case 0x12:
		inquiry(m, drive);
		break;
	case 0x3B:
		sim_upload_command(m, drive);
		break;
	case 0x3C: /* harmless questions of other families (1.2, 1.3): this drive knows none */
	case 0x46:
	case 0x4A:
	case 0x5A:
		sim_packet_check(m, drive, 0x05, 0x20, 0x00);
		break;
	default:
		sim_wrong(m, channel, "10 rule 9", "SCSI command %02X", d->cdb[0]);
		sim_packet_check(m, drive, 0x05, 0x20, 0x00);
		break;
	}
}

void sim_packet_word_out(struct sim *m, unsigned drive, uint8_t low, uint8_t high)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint8_t *to = d->phase == SIM_CDB ? d->cdb : cable_of(m, drive)->buffer;

	to[d->pos] = low;
	if (d->pos + 1 < d->piece)
		to[d->pos + 1] = high;
	d->pos += 2;
	if (d->pos < d->piece)
		return;
	d->pos = d->piece;
	if (d->phase == SIM_CDB) {
		d->phase = SIM_IDLE;
		execute(m, drive);
		sim_clock_moment(m, SIM_ON_PACKET);
	} else if (d->pos < d->len) {
		next_piece(m, drive);
	} else {
		sim_upload_data(m, drive);
	}
}

void sim_packet_word_in(struct sim *m, unsigned drive, uint8_t word[2])
{
	struct sim_drive *d = &m->s->drive[drive];
	const uint8_t *from = cable_of(m, drive)->buffer;

	if (d->phase == SIM_DRAIN) {
		word[0] = word[1] = 0xFF;
		d->pos += 2;
		if (d->len != UINT32_MAX && d->pos >= d->len) {
			d->phase = SIM_IDLE;
			d->task.status = READY;
		}
		return;
	}
	word[0] = from[d->pos];
	word[1] = d->pos + 1 < d->piece ? from[d->pos + 1] : 0;
	d->pos += 2;
	if (d->pos < d->piece)
		return;
	d->pos = d->piece;
	if (d->pos < d->len)
		next_piece(m, drive);
	else
		done(m, drive);
}
