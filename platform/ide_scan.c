/*
 * ide_scan.c - who is on this cable, and in what state (protocols.md 5.4, 5.6, 5.7, 5.9).
 *
 * In three rounds, each only as far as the one before allows: look (selects and reads only), judge,
 * ask by name. On a cable every register write reaches both devices; so as soon as one of them is
 * busy, waits with data, or is in vendor mode, nothing but the device register is written for the
 * other one either.
 */
#include "platform/ide_name.h"
#include "platform/ide_reg.h"

#include <string.h>

enum {
	BUSY_MS = 1000, /* longer is called busy; hung (31 s) is the watch's word */
	ASK_MS = 1000,	/* for each answer (5.4 step 7): a hung channel stays below 5 s */

	/* Vendor mode (2.2). F2 is 72 not settled yet: it is busy until it has settled. */
	VENDOR_PARALLEL = 0x70,
	VENDOR_SPI_72 = 0x72,
	VENDOR_SPI_73 = 0x73,
	VENDOR_NO_ACCESS = 0x52,
	STATUS_IDLE_WITH_IDX = VENDOR_NO_ACCESS,

	WATCH_STEP_US = 250000,
	WATCH_QUIET_US = 3000000,
	WATCH_HUNG_MS = 31000 - 3000, /* 5.7, counted from the change */
};

/* What the registers of one device show without a command. */
struct look {
	uint8_t status;
	uint8_t signature[4]; /* count, LBA low, mid, high */
	bool hands_off;	      /* nothing may be written on this cable because of it */
	bool keeps;	      /* stores what is written to it (only tried where status is 00) */
};

/* ---- first round: look ---------------------------------------------------------------------- */

static bool is_vendor(uint8_t status)
{
	return status == VENDOR_PARALLEL || status == VENDOR_SPI_72 || status == VENDOR_SPI_73;
}

static bool looks_atapi(const struct look *look)
{
	return look->signature[2] == 0x14 && look->signature[3] == 0xEB;
}

static bool looks_ata(const struct look *look)
{
	return look->signature[2] == 0x00 && look->signature[3] == 0x00;
}

static void read_signature(const struct odr_channel *ch, struct look *look)
{
	for (unsigned i = 0; i < 4; i++)
		look->signature[i] = odr_ide_in(ch, (enum odr_reg)(ODR_REG_COUNT + i));
}

/*
 * 52 is the locked vendor mode, but also "idle" with the old index bit. Two plain drives show that:
 * a disk, once a revolution for a short moment, so that 25 ms (a revolution at 3600 rpm takes 16.7)
 * are enough to see the bit fall; and a drive that no command has reached since its reset, which then
 * still has the whole signature, 01 01 in front, while an intro left 2A in LBA low (2.4). Any other
 * steady 52 counts as locked: the mistake costs a needless power-cycle, the opposite one would send
 * commands to a drive in vendor mode.
 */
static bool is_locked(const struct odr_channel *ch, struct look *look)
{
	uint64_t until_us = odr_ide_after_ms(ch, 25);

	if (look->status != STATUS_IDLE_WITH_IDX)
		return false;
	if (look->signature[0] == 1 && look->signature[1] == 1 &&
	    (looks_atapi(look) || looks_ata(look)))
		return false;
	while (ch->io->now_us(ch->io->ctx) < until_us) {
		ch->io->wait_us(ch->io->ctx, 100);
		look->status = odr_ide_alt_status(ch);
		if (look->status != STATUS_IDLE_WITH_IDX)
			return false;
	}
	return true;
}

/* Reads only. A device that is busy, moves data or is in vendor mode owns its registers. */
static void look_at(const struct odr_channel *ch, unsigned device, struct look *look)
{
	memset(look, 0, sizeof *look);
	odr_ide_select(ch, device);
	look->status = odr_ide_alt_status(ch);
	if (!odr_ide_no_answer(look->status))
		odr_ide_wait(ch, ODR_ST_BSY, 0, odr_ide_after_ms(ch, BUSY_MS), &look->status);
	if (odr_ide_no_answer(look->status))
		return;
	look->hands_off = (look->status & (ODR_ST_BSY | ODR_ST_DRQ)) || is_vendor(look->status);
	if (look->hands_off)
		return;
	read_signature(ch, look);
	look->hands_off = is_locked(ch, look);
}

/* The 55/AA test of 5.4 step 3, on register `first` and the one behind it; what was there is put back. */
static bool keeps_pattern(const struct odr_channel *ch, unsigned device, const struct look *look,
			  enum odr_reg first)
{
	enum odr_reg second = (enum odr_reg)(first + 1);
	bool keeps;

	odr_ide_select(ch, device);
	keeps = odr_ide_selected(ch) == device;
	for (unsigned i = 0; i < 2; i++) {
		odr_ide_out(ch, first, i ? 0xAA : 0x55);
		odr_ide_out(ch, second, i ? 0x55 : 0xAA);
		keeps = keeps && odr_ide_in(ch, first) == (i ? 0xAA : 0x55) &&
			odr_ide_in(ch, second) == (i ? 0x55 : 0xAA);
	}
	odr_ide_out(ch, first, look->signature[first - ODR_REG_COUNT]);
	odr_ide_out(ch, second, look->signature[second - ODR_REG_COUNT]);
	return keeps;
}

/* ---- second round: judge -------------------------------------------------------------------- */

/* Somebody drives the bus. Status 00 alone is nobody (5.9), unless a device shows itself otherwise. */
static bool answers(const struct look *look)
{
	return !odr_ide_no_answer(look->status) &&
	       (look->status != 0 || looks_atapi(look) || look->keeps);
}

/* The row of 5.7 for a device that answers, as far as it can be told without a command. */
static enum odr_state judge(const struct look *look)
{
	if (look->status & ODR_ST_BSY)
		return ODR_BUSY;
	if (look->status & ODR_ST_DRQ)
		return ODR_DRQ_STUCK;
	if (is_vendor(look->status))
		return ODR_VENDOR;
	if (look->hands_off)
		return ODR_VENDOR_LOCKED;
	if (looks_atapi(look))
		return ODR_NO_IDENT; /* until it is asked */
	if (look->status == 0)
		return ODR_SILENT;
	return looks_ata(look) ? ODR_DISK : ODR_WRONG_SIG;
}

/* ---- third round: ask ----------------------------------------------------------------------- */

/* The start of the model: words 27 and on, in which the first letter is the high byte. */
static void model_of(const uint8_t id[512], uint8_t model[16])
{
	for (unsigned i = 0; i < 16; i++)
		model[i] = id[54 + (i ^ 1)];
}

static enum odr_state ask_atapi(const struct odr_channel *ch, unsigned device,
				struct odr_place *place)
{
	uint8_t id[512];
	uint8_t model[16];
	uint8_t answer[36] = {0};
	struct odr_packet inquiry = {
		.cdb = {0x12, 0, 0, 0, sizeof answer, 0},
		.cdb_len = 6,
		.dir = ODR_DIR_IN,
		.data = answer,
		.len = sizeof answer,
		.timeout_ms = ASK_MS,
	};
	enum odr_err identified =
		odr_ide_fetch(ch, device, ODR_CMD_IDENTIFY_PACKET, ASK_MS, id, NULL);
	enum odr_state state;
	enum odr_err err;

	if (identified == ODR_E_NO_DEVICE)
		return ODR_ABSENT;
	if (identified == ODR_E_TIMEOUT)
		return ODR_SILENT;
	/* Word 93 of a master that answers for an absent slave (5.3, as SeaBIOS tests it). */
	if (identified == ODR_OK && device == 1 && ((id[186] | id[187] << 8) & 0xDF61) == 0x4041)
		return ODR_ABSENT;

	err = odr_ide_transact(ch, device, &inquiry, NULL);
	if (err == ODR_E_TIMEOUT)
		return ODR_SILENT;
	if (err == ODR_E_ABORTED && !inquiry.scsi_status && identified == ODR_E_ABORTED)
		return ODR_ABORTING;		    /* even the PACKET command itself was refused */
	if (err != ODR_OK && err != ODR_E_PROTOCOL) /* what came before a stray byte still counts */
		return ODR_NO_IDENT;

	state = odr_inquiry_means(answer, place);
	if (state != ODR_NO_IDENT || identified != ODR_OK)
		return state;
	/* A broken INQUIRY text beside a readable model: boot code with a damaged main part. */
	model_of(id, model);
	return odr_is_name(model, sizeof model) ? ODR_BOOT : ODR_NO_IDENT;
}

/*
 * Refused EC and shows no signature of a drive. Two rows of 5.7 look so: constant registers are a strange
 * signature; registers that keep what is written hold what the last command left there, the byte count
 * of a PACKET, and then the refusal itself is the row, if the other IDENTIFY is refused as well. Every
 * device may be asked that one (5.3); PACKET may not be sent: a disk gone wrong could look the same.
 */
static enum odr_state ask_stranger(const struct odr_channel *ch, unsigned device,
				   const struct look *look, enum odr_state state)
{
	uint8_t id[512];

	if (state == ODR_WRONG_SIG && keeps_pattern(ch, device, look, ODR_REG_LBA_MID) &&
	    odr_ide_fetch(ch, device, ODR_CMD_IDENTIFY_PACKET, ASK_MS, id, NULL) == ODR_E_ABORTED)
		return ODR_ABORTING;
	return state;
}

static enum odr_state ask(const struct odr_channel *ch, unsigned device, struct look *look,
			  struct odr_place *place)
{
	uint8_t id[512];
	uint8_t model[16];
	enum odr_err err;

	if (looks_atapi(look))
		return ask_atapi(ch, device, place);
	/* A signature lasts only until the first command; refusing this one brings it back (5.4). */
	err = odr_ide_fetch(ch, device, ODR_CMD_IDENTIFY, ASK_MS, id, NULL);
	if (err == ODR_E_NO_DEVICE)
		return ODR_ABSENT;
	if (err == ODR_E_TIMEOUT)
		return ODR_SILENT;
	if (err == ODR_OK) {
		model_of(id, model);
		odr_copy_name(place->product, model, sizeof model);
		return ODR_DISK;
	}
	read_signature(ch, look);
	return looks_atapi(look) ? ask_atapi(ch, device, place)
				 : ask_stranger(ch, device, look, place->state);
}

/* ---- all three ------------------------------------------------------------------------------ */

static void find_who_is_there(const struct odr_channel *ch, struct look look[2], bool there[2])
{
	for (unsigned d = 0; d < 2; d++)
		there[d] = answers(&look[d]);
	if (there[0] || there[1])
		return;
	/* Only where nothing else showed itself is anything written: no test may disturb a partner. */
	for (unsigned d = 0; d < 2; d++) {
		look[d].keeps =
			look[d].status == 0 && keeps_pattern(ch, d, &look[d], ODR_REG_COUNT);
		there[d] = answers(&look[d]);
	}
}

static enum odr_state state_of(const struct look look[2], const bool there[2], unsigned d)
{
	if (there[d])
		return judge(&look[d]);
	if (there[!d])
		return ODR_ABSENT;
	if (look[0].status == ODR_ST_FLOATING && look[1].status == ODR_ST_FLOATING)
		return ODR_NO_PORT;
	return ODR_EMPTY;
}

void odr_ide_scan(const struct odr_channel *ch, unsigned channel, unsigned ask_mask,
		  struct odr_place out[2])
{
	unsigned before = odr_ide_hold(ch);
	struct look look[2];
	bool there[2];
	bool may_ask;
	uint8_t status;

	for (unsigned d = 0; d < 2; d++)
		look_at(ch, d, &look[d]);
	may_ask = !look[0].hands_off && !look[1].hands_off;
	ask_mask = may_ask ? ask_mask >> (2 * channel + 1) : 0; /* now bit 0 master, bit 1 slave */
	find_who_is_there(ch, look, there);
	/* Beside a master, status 00 is the master's answer for an absent slave, whatever the registers
	 * say; a slave fresh from a reset shows the same, and only a command tells the two apart. A
	 * master in vendor mode cannot be asked round, but its own registers hold the last flash
	 * address (2.5), never a signature: there the signature is believed, which at worst refuses. */
	if (there[0] && look[1].status == 0)
		there[1] = looks_atapi(&look[1]) && ((ask_mask & 2) || is_vendor(look[0].status));

	memset(out, 0, 2 * sizeof out[0]);
	for (unsigned d = 0; d < 2; d++) {
		out[d].position = (uint8_t)(2 * channel + d + 1);
		out[d].status = look[d].status;
		out[d].state = state_of(look, there, d);
	}
	if (out[0].state == ODR_BUSY && out[1].state == ODR_BUSY && out[0].status == out[1].status)
		out[0].mirrored = out[1].mirrored = true;

	for (unsigned d = 0; d < 2 && may_ask; d++) {
		if (!there[d] || !(ask_mask & (1u << d)))
			continue;
		out[d].state = ask(ch, d, &look[d], &out[d]);
		if (out[d].state == ODR_ABSENT && !there[!d])
			out[d].state =
				ODR_SILENT; /* there is no partner that could have answered */
		/* A device may be busy for a moment after its data. Who hangs over a question must
		 * not be disturbed by one to its partner. */
		may_ask = odr_ide_wait(ch, ODR_ST_BSY | ODR_ST_DRQ, 0, odr_ide_after_ms(ch, ASK_MS),
				       &status);
	}
	odr_ide_release(ch, before);
}

/* ---- watch ---------------------------------------------------------------------------------- */

static bool is_busy(uint8_t status)
{
	return (status & ODR_ST_BSY) && status != ODR_ST_FLOATING;
}

static enum odr_err told_to_end(struct odr_error *e)
{
	return odr_fail(e, ODR_E_ABORTED, "told to end while it watched");
}

enum odr_err odr_ide_watch(const struct odr_channel *ch, unsigned position, uint32_t timeout_ms,
			   bool (*stop_asked)(void *self), void *self, struct odr_place *out,
			   struct odr_error *e)
{
	const struct odr_port_io *io = ch->io;
	uint64_t until_us = odr_ide_after_ms(ch, timeout_ms);
	uint8_t first = odr_ide_alt_status(ch);
	struct odr_place both[2];

	do {
		if (stop_asked(self))
			return told_to_end(e);
		if (io->now_us(io->ctx) >= until_us)
			return odr_fail(e, ODR_E_TIMEOUT, "no change in %lu s, status %02X",
					(unsigned long)timeout_ms / 1000, first);
		io->wait_us(io->ctx, WATCH_STEP_US);
	} while (odr_ide_alt_status(ch) == first);
	io->wait_us(io->ctx, WATCH_QUIET_US);
	until_us = odr_ide_after_ms(ch, WATCH_HUNG_MS);
	while (is_busy(odr_ide_alt_status(ch)) && io->now_us(io->ctx) < until_us) {
		if (stop_asked(self))
			return told_to_end(e);
		io->wait_us(io->ctx, WATCH_STEP_US);
	}
	odr_ide_scan(ch, odr_position_channel(position), 0, both);
	*out = both[odr_position_device(position)];
	return ODR_OK;
}
