/*
 * ide.c - the channel driver's ground floor: select, poll, identify, reset.
 * ide_packet.c builds PACKET on it, ide_scan.c the detection.
 */
#include "platform/ide_reg.h"

enum {
	DEVICE_0 = 0xA0, /* the device register for master; the slave's has DEV set */
	DEVICE_DEV = 0x10,

	/* Device control; bit 3 was "always one" in old specifications (protocols.md 5.2). */
	CONTROL_IDLE = 0x08,
	CONTROL_NIEN = 0x0A,
	CONTROL_SRST = 0x0E,
};

/* ---- polling -------------------------------------------------------------------------------- */

void odr_ide_settle(const struct odr_channel *ch)
{
	/* Each access takes 100 ns at the very least (protocols.md 5.4). */
	for (int i = 0; i < 4; i++)
		odr_ide_alt_status(ch);
}

void odr_ide_select(const struct odr_channel *ch, unsigned device)
{
	odr_ide_out(ch, ODR_REG_DEVICE, device ? DEVICE_0 | DEVICE_DEV : DEVICE_0);
	odr_ide_settle(ch);
}

unsigned odr_ide_selected(const struct odr_channel *ch)
{
	return odr_ide_in(ch, ODR_REG_DEVICE) & DEVICE_DEV ? 1 : 0;
}

uint64_t odr_ide_after_ms(const struct odr_channel *ch, uint32_t ms)
{
	return ch->io->now_us(ch->io->ctx) + (uint64_t)ms * 1000u;
}

bool odr_ide_wait(const struct odr_channel *ch, uint8_t clear, uint8_t any, uint64_t until_us,
		  uint8_t *status)
{
	uint64_t start = ch->io->now_us(ch->io->ctx);
	uint64_t now = start;

	for (;;) {
		*status = odr_ide_alt_status(ch);
		if (!(*status & clear) && (!any || (*status & any)))
			return true;
		if (now >= until_us)
			return false;
		/* Data blocks come within microseconds; who needs longer is not slowed by 1 ms. */
		ch->io->wait_us(ch->io->ctx, now - start < 1000 ? 10 : 1000);
		now = ch->io->now_us(ch->io->ctx);
	}
}

void odr_ide_drain(const struct odr_channel *ch)
{
	uint8_t word[2];

	for (unsigned words = 0; words < 32768 && (odr_ide_alt_status(ch) & ODR_ST_DRQ); words++)
		ch->io->in16s(ch->io->ctx, ch->base, word, 1);
}

/* ---- hold and release ----------------------------------------------------------------------- */

unsigned odr_ide_hold(const struct odr_channel *ch)
{
	uint8_t status;

	ch->io->out8(ch->io->ctx, ch->ctl, CONTROL_NIEN);
	status = odr_ide_alt_status(ch);
	/* A busy device owns the registers and an empty bus has none: then the master, as after
	 * power-on. */
	if (odr_ide_no_answer(status) || (status & ODR_ST_BSY))
		return 0;
	return odr_ide_selected(ch);
}

void odr_ide_release(const struct odr_channel *ch, unsigned device)
{
	odr_ide_select(ch, device);
	ch->io->out8(ch->io->ctx, ch->ctl, CONTROL_IDLE);
}

/* ---- identify ------------------------------------------------------------------------------- */

enum odr_err odr_ide_fetch(const struct odr_channel *ch, unsigned device, uint8_t command,
			   uint32_t limit_ms, uint8_t id[512], struct odr_error *e)
{
	uint64_t until_us = odr_ide_after_ms(ch, limit_ms);
	uint8_t status;

	odr_ide_select(ch, device);
	if (odr_ide_no_answer(odr_ide_alt_status(ch)))
		return odr_fail(e, ODR_E_NO_DEVICE, "nobody answers to be identified");
	if (!odr_ide_wait(ch, ODR_ST_BSY | ODR_ST_DRQ, 0, until_us, &status))
		return odr_fail(e, ODR_E_TIMEOUT, "status %02X before IDENTIFY, nothing was sent",
				status);
	odr_ide_out(ch, ODR_REG_STATUS, command);
	odr_ide_settle(ch);
	if (odr_ide_alt_status(ch) == 0) /* an absent device takes no command */
		return odr_fail(e, ODR_E_NO_DEVICE, "nobody took the IDENTIFY command");
	if (!odr_ide_wait(ch, ODR_ST_BSY, ODR_ST_DRQ | ODR_ST_DF | ODR_ST_ERR, until_us, &status))
		return odr_fail(e, ODR_E_TIMEOUT, "IDENTIFY: no data in %lu ms, status %02X",
				(unsigned long)limit_ms, status);
	status = odr_ide_in(ch, ODR_REG_STATUS); /* takes the interrupt back */
	if (status & (ODR_ST_DF | ODR_ST_ERR))
		return odr_fail(e, ODR_E_ABORTED, "IDENTIFY refused: status %02X, error %02X",
				status, odr_ide_in(ch, ODR_REG_ERROR));
	ch->io->in16s(ch->io->ctx, ch->base, id, 256);
	odr_ide_settle(ch);
	odr_ide_drain(ch);
	return ODR_OK;
}

enum odr_err odr_ide_identify(const struct odr_channel *ch, unsigned device, uint8_t id[512],
			      struct odr_error *e)
{
	unsigned before = odr_ide_hold(ch);
	/* 5 s: the patient end of protocols.md 5.4, step 7. */
	enum odr_err err = odr_ide_fetch(ch, device, ODR_CMD_IDENTIFY_PACKET, 5000, id, e);

	odr_ide_release(ch, before);
	return err;
}

/* ---- resets --------------------------------------------------------------------------------- */

enum odr_err odr_ide_device_reset(const struct odr_channel *ch, unsigned device,
				  struct odr_error *e)
{
	unsigned before = odr_ide_hold(ch);
	enum odr_err err = ODR_OK;
	uint8_t status;

	odr_ide_select(ch, device);
	status = odr_ide_alt_status(ch);
	if (odr_ide_no_answer(status)) {
		err = odr_fail(e, ODR_E_NO_DEVICE, "nobody is there to be reset");
	} else {
		/* The one command that a device takes while it is busy (protocols.md 5.8). */
		odr_ide_out(ch, ODR_REG_STATUS, ODR_CMD_DEVICE_RESET);
		odr_ide_settle(ch);
		if (!odr_ide_wait(ch, ODR_ST_BSY, 0, odr_ide_after_ms(ch, 10000), &status))
			err = odr_fail(e, ODR_E_TIMEOUT, "DEVICE RESET: status %02X after 10 s",
				       status);
	}
	odr_ide_release(ch, before);
	return err;
}

/*
 * What a reset of the whole channel could harm. A strange signature may be a disk whose registers
 * still hold its last address, a stuck data request a disk in the middle of a transfer, who aborts
 * everything a disk gone wrong: none of them shows that it is none.
 */
static bool forbids_srst(enum odr_state state)
{
	return state == ODR_DISK || state == ODR_WRONG_SIG || state == ODR_ABORTING ||
	       state == ODR_DRQ_STUCK || state == ODR_VENDOR || state == ODR_VENDOR_LOCKED;
}

enum odr_err odr_ide_srst(const struct odr_channel *ch, const struct odr_place looked[2],
			  struct odr_error *e)
{
	enum odr_err err = ODR_OK;
	uint64_t until_us;
	uint8_t status;
	unsigned before;

	for (unsigned d = 0; d < 2; d++) {
		if (forbids_srst(looked[d].state))
			return odr_fail(e, ODR_E_REFUSED,
					"no SRST: the %s of the channel is \"%s\"",
					d ? "slave" : "master", odr_state_name(looked[d].state));
	}
	before = odr_ide_hold(ch);
	/* Times: protocols.md 5.4 step 6, the long end of each, since nobody waits for this. */
	ch->io->out8(ch->io->ctx, ch->ctl, CONTROL_SRST);
	ch->io->wait_us(ch->io->ctx, 20);
	ch->io->out8(ch->io->ctx, ch->ctl, CONTROL_NIEN);
	ch->io->wait_us(ch->io->ctx, 150000);
	until_us = odr_ide_after_ms(ch, 31000);
	for (unsigned d = 0; d < 2; d++) {
		odr_ide_select(ch, d);
		if (odr_ide_no_answer(odr_ide_alt_status(ch)))
			continue;
		if (!odr_ide_wait(ch, ODR_ST_BSY, 0, until_us, &status))
			err = odr_fail(e, ODR_E_TIMEOUT,
				       "SRST: the %s is busy after 31 s, status %02X",
				       d ? "slave" : "master", status);
	}
	odr_ide_release(ch, before);
	return err;
}
