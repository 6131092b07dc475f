/*
 * ide_packet.c - one CDB through the task file by PIO (protocols.md 5.5).
 *
 * The device leads: after every step its status and interrupt reason say what it wants next, and only
 * that is given. Whatever it wants beyond the caller's buffer is given or taken too, as zeroes or into
 * nothing, because a transfer left half done would hang the channel.
 */
#include "platform/ide_reg.h"

#include <string.h>

enum {
	CDB_BYTES = 12,
	LIMIT_MAX = 0xFFFE, /* the largest even byte count; 0 is understood in two ways */
	CDB_WAIT_MS = 3000, /* for the device to ask for its CDB */

	OP_REQUEST_SENSE = 0x03,
	SENSE_BYTES = 18,
	STATUS_CHECK_CONDITION = 0x02,
};

/* How far a transfer has come. */
struct progress {
	uint32_t done; /* bytes of the caller's buffer that were moved */
	bool strayed;  /* the device wanted more than that, or the other direction */
};

/* ---- data phases ---------------------------------------------------------------------------- */

/* A block of `count` bytes, odd ones padded to a word, of which `room` belong to the caller. */
static void take_block(const struct odr_channel *ch, uint8_t *to, uint32_t room, unsigned count)
{
	unsigned whole = (count < room ? count : room) / 2;
	uint8_t word[2];

	if (whole)
		ch->io->in16s(ch->io->ctx, ch->base, to, whole);
	for (unsigned at = 2 * whole; at < count; at += 2) {
		ch->io->in16s(ch->io->ctx, ch->base, word, 1);
		if (at < room)
			to[at] = word[0]; /* the odd byte at the end of buffer or block */
	}
}

static void give_block(const struct odr_channel *ch, const uint8_t *from, uint32_t room,
		       unsigned count)
{
	unsigned whole = (count < room ? count : room) / 2;
	uint8_t word[2] = {0, 0};

	if (whole)
		ch->io->out16s(ch->io->ctx, ch->base, from, whole);
	for (unsigned at = 2 * whole; at < count; at += 2) {
		word[0] = at < room ? from[at] : 0;
		ch->io->out16s(ch->io->ctx, ch->base, word, 1);
	}
}

static void move_block(const struct odr_channel *ch, const struct odr_packet *packet,
		       enum odr_dir dir, unsigned count, struct progress *progress)
{
	uint32_t room = packet->dir == dir ? packet->len - progress->done : 0;

	if (dir == ODR_DIR_IN)
		take_block(ch, room ? packet->data + progress->done : NULL, room, count);
	else
		give_block(ch, room ? packet->data + progress->done : NULL, room, count);
	/* An odd length travels as whole words: one byte more is no fault. */
	if (count > room + (room & 1))
		progress->strayed = true;
	progress->done += count < room ? count : room;
}

/* ---- one command ---------------------------------------------------------------------------- */

/* What the task file says about a failed command; reading the status takes the interrupt back. */
static enum odr_err refused(const struct odr_channel *ch, struct odr_packet *packet,
			    struct odr_error *e)
{
	uint8_t status = odr_ide_in(ch, ODR_REG_STATUS);

	packet->sense_key = odr_ide_in(ch, ODR_REG_ERROR) >> 4;
	return odr_fail(e, ODR_E_ABORTED, "command %02X refused: status %02X, sense key %X",
			packet->cdb[0], status, packet->sense_key);
}

static enum odr_err send_cdb(const struct odr_channel *ch, unsigned device,
			     struct odr_packet *packet, uint64_t until_us, struct odr_error *e)
{
	unsigned limit = packet->len ? packet->len + (packet->len & 1) : LIMIT_MAX;
	uint64_t cdb_until_us = odr_ide_after_ms(ch, CDB_WAIT_MS);
	uint8_t cdb[CDB_BYTES] = {0};
	uint8_t status;

	if (limit > LIMIT_MAX)
		limit = LIMIT_MAX;
	odr_ide_select(ch, device);
	if (odr_ide_no_answer(odr_ide_alt_status(ch)))
		return odr_fail(e, ODR_E_NO_DEVICE, "nobody answers, command %02X was not sent",
				packet->cdb[0]);
	if (!odr_ide_wait(ch, ODR_ST_BSY | ODR_ST_DRQ, 0, until_us, &status))
		return odr_fail(e, ODR_E_TIMEOUT, "status %02X, command %02X was not sent", status,
				packet->cdb[0]);
	odr_ide_out(ch, ODR_REG_ERROR, 0); /* features: no DMA, no overlap */
	odr_ide_out(ch, ODR_REG_LBA_MID, limit & 0xFF);
	odr_ide_out(ch, ODR_REG_LBA_HI, limit >> 8);
	odr_ide_out(ch, ODR_REG_STATUS, ODR_CMD_PACKET);
	odr_ide_settle(ch);
	if (!odr_ide_wait(ch, ODR_ST_BSY, ODR_ST_DRQ | ODR_ST_DF | ODR_ST_ERR,
			  cdb_until_us < until_us ? cdb_until_us : until_us, &status))
		return odr_fail(e, ODR_E_TIMEOUT, "no wish for the CDB of %02X, status %02X",
				packet->cdb[0], status);
	if (!(status & ODR_ST_DRQ))
		return refused(ch, packet,
			       e); /* PACKET itself: there is no SCSI status and no sense */
	if ((odr_ide_in(ch, ODR_REG_COUNT) & ODR_REASON_MASK) != ODR_REASON_COD)
		return odr_fail(e, ODR_E_PROTOCOL, "PACKET: not a CDB is wanted, status %02X",
				status);
	memcpy(cdb, packet->cdb, packet->cdb_len);
	ch->io->out16s(ch->io->ctx, ch->base, cdb, CDB_BYTES / 2);
	return ODR_OK;
}

/* Serve the device until it wants nothing more. */
static enum odr_err serve_data(const struct odr_channel *ch, const struct odr_packet *packet,
			       uint64_t until_us, struct progress *progress, struct odr_error *e)
{
	unsigned count;
	uint8_t status;
	uint8_t reason;

	for (;;) {
		odr_ide_settle(ch);
		if (!odr_ide_wait(ch, ODR_ST_BSY, 0, until_us, &status))
			return odr_fail(e, ODR_E_TIMEOUT,
					"command %02X: no end after %lu ms, status %02X",
					packet->cdb[0], (unsigned long)packet->timeout_ms, status);
		if (!(status & ODR_ST_DRQ))
			return ODR_OK;
		reason = odr_ide_in(ch, ODR_REG_COUNT) & ODR_REASON_MASK;
		count = odr_ide_in(ch, ODR_REG_LBA_MID) + 256u * odr_ide_in(ch, ODR_REG_LBA_HI);
		if ((reason & ODR_REASON_COD) || count == 0)
			return odr_fail(e, ODR_E_PROTOCOL,
					"command %02X: wants %u bytes with interrupt reason %u",
					packet->cdb[0], count, reason);
		/* A device that never tires of blocks is bounded by time as well. */
		if (ch->io->now_us(ch->io->ctx) >= until_us)
			return odr_fail(e, ODR_E_TIMEOUT, "command %02X: data without end",
					packet->cdb[0]);
		move_block(ch, packet, reason & ODR_REASON_IO ? ODR_DIR_IN : ODR_DIR_OUT, count,
			   progress);
	}
}

/* One CDB, once, without asking for its sense. */
static enum odr_err transact_once(const struct odr_channel *ch, unsigned device,
				  struct odr_packet *packet, struct odr_error *e)
{
	uint64_t until_us = odr_ide_after_ms(ch, packet->timeout_ms);
	struct progress progress = {0, false};
	enum odr_err err;

	packet->residual = packet->len;
	packet->scsi_status = packet->sense_key = packet->asc = packet->ascq = 0;
	if (packet->cdb_len < 6 || packet->cdb_len > CDB_BYTES)
		return odr_fail(e, ODR_E_UNSUPPORTED, "a CDB of %u bytes does not fit this channel",
				packet->cdb_len);
	err = send_cdb(ch, device, packet, until_us, e);
	if (!err)
		err = serve_data(ch, packet, until_us, &progress, e);
	packet->residual = packet->len - progress.done;
	if (err)
		return err;

	if (odr_ide_alt_status(ch) & (ODR_ST_ERR | ODR_ST_DF)) {
		packet->scsi_status = STATUS_CHECK_CONDITION;
		return refused(ch, packet, e);
	}
	odr_ide_in(ch, ODR_REG_STATUS); /* takes the interrupt back */
	if (progress.strayed)
		return odr_fail(e, ODR_E_PROTOCOL, "command %02X: other data than agreed",
				packet->cdb[0]);
	return ODR_OK;
}

/* Put the sense behind packet's CHECK CONDITION into it. */
static void fill_sense(const struct odr_channel *ch, unsigned device, struct odr_packet *packet)
{
	uint8_t sense[SENSE_BYTES] = {0};
	struct odr_packet request = {
		.cdb = {OP_REQUEST_SENSE, 0, 0, 0, SENSE_BYTES, 0},
		.cdb_len = 6,
		.dir = ODR_DIR_IN,
		.data = sense,
		.len = sizeof sense,
		/* A scan that gives its command 1 s has no more for the sense. */
		.timeout_ms = packet->timeout_ms < CDB_WAIT_MS ? packet->timeout_ms : CDB_WAIT_MS,
	};

	transact_once(ch, device, &request, NULL);
	if (sizeof sense - request.residual < 14)
		return; /* the key from the error register is all there is */
	packet->sense_key = sense[2] & 0x0F;
	packet->asc = sense[12];
	packet->ascq = sense[13];
}

enum odr_err odr_ide_transact(const struct odr_channel *ch, unsigned device,
			      struct odr_packet *packet, struct odr_error *e)
{
	enum odr_err err = transact_once(ch, device, packet, e);

	if (packet->scsi_status != STATUS_CHECK_CONDITION || packet->cdb[0] == OP_REQUEST_SENSE)
		return err;
	fill_sense(ch, device, packet);
	return odr_fail(e, ODR_E_ABORTED, "command %02X: sense %X/%02X/%02X", packet->cdb[0],
			packet->sense_key, packet->asc, packet->ascq);
}

enum odr_err odr_ide_packet(const struct odr_channel *ch, unsigned device,
			    struct odr_packet *packet, struct odr_error *e)
{
	unsigned before = odr_ide_hold(ch);
	enum odr_err err = odr_ide_transact(ch, device, packet, e);

	odr_ide_release(ch, before);
	return err;
}
