/*
 * ide_reg.h - what the three parts of the channel driver share: register bits, time-bounded polling,
 * taking hold of a channel and leaving it as it was. Private to platform/ide*.c.
 *
 * Names of bits and phases as in ATA/ATAPI-4; which of them matter: protocols.md 5.2 and 5.5.
 */
#ifndef ODR_IDE_REG_H
#define ODR_IDE_REG_H

#include "platform/ide.h"

enum {
	ODR_ST_BSY = 0x80,
	ODR_ST_DF = 0x20,
	ODR_ST_DRQ = 0x08,
	ODR_ST_ERR = 0x01,

	/* Nobody drives the bus: no port behind it, or D7 pulled down (protocols.md 2.2). */
	ODR_ST_FLOATING = 0xFF,
	ODR_ST_PULLED_DOWN = 0x7F,

	/* Interrupt reason, read from the count register in the phases of PACKET. */
	ODR_REASON_COD = 0x01, /* the device wants a command, not data */
	ODR_REASON_IO = 0x02,  /* towards the host */
	ODR_REASON_MASK = 0x03,

	ODR_CMD_DEVICE_RESET = 0x08,
	ODR_CMD_PACKET = 0xA0,
	ODR_CMD_IDENTIFY_PACKET = 0xA1,
	ODR_CMD_IDENTIFY = 0xEC,
};

static inline uint8_t odr_ide_in(const struct odr_channel *ch, enum odr_reg reg)
{
	return ch->io->in8(ch->io->ctx, (uint16_t)(ch->base + reg));
}

static inline void odr_ide_out(const struct odr_channel *ch, enum odr_reg reg, unsigned value)
{
	ch->io->out8(ch->io->ctx, (uint16_t)(ch->base + reg), (uint8_t)value);
}

/* The status without its side effect: the pending interrupt stays pending. */
static inline uint8_t odr_ide_alt_status(const struct odr_channel *ch)
{
	return ch->io->in8(ch->io->ctx, ch->ctl);
}

/* Nobody at all answers with this status. (00 also can mean nobody, but needs a closer look.) */
static inline bool odr_ide_no_answer(uint8_t status)
{
	return status == ODR_ST_FLOATING || status == ODR_ST_PULLED_DOWN;
}

/*
 * odr_ide_hold - before anything is done to a channel: interrupts off (nIEN).
 * Returns the device that was selected, for odr_ide_release: it gives both back. nIEN left set hangs
 * DOS on its own disk (design.md section 3).
 */
unsigned odr_ide_hold(const struct odr_channel *ch);
void odr_ide_release(const struct odr_channel *ch, unsigned device);

/* Select a device (0, 1) and let 400 ns pass until its status is valid. Waits for nothing else: a
 * hung partner must not keep anyone from the device beside it. */
void odr_ide_select(const struct odr_channel *ch, unsigned device);

/* The device that the device register names now. */
unsigned odr_ide_selected(const struct odr_channel *ch);

/* The 400 ns that a status may be stale after a select, a command or a data block. */
void odr_ide_settle(const struct odr_channel *ch);

uint64_t odr_ide_after_ms(const struct odr_channel *ch, uint32_t ms);

/*
 * odr_ide_wait - poll the alternate status until no bit of `clear` is set and, unless `any` is 0, at
 * least one of `any` is. *status is the last one read. false: the moment `until_us` came first.
 */
bool odr_ide_wait(const struct odr_channel *ch, uint8_t clear, uint8_t any, uint64_t until_us,
		  uint8_t *status);

/* Read words that nobody asked for until DRQ falls, 64 KiB at most (protocols.md 5.4). */
void odr_ide_drain(const struct odr_channel *ch);

/*
 * odr_ide_fetch - IDENTIFY PACKET DEVICE or IDENTIFY DEVICE on a held channel.
 * ODR_E_NO_DEVICE: nobody took the command. ODR_E_ABORTED: refused. ODR_E_TIMEOUT: no data in limit_ms.
 */
enum odr_err odr_ide_fetch(const struct odr_channel *ch, unsigned device, uint8_t command,
			   uint32_t limit_ms, uint8_t id[512], struct odr_error *e);

/* odr_ide_packet on a held channel. */
enum odr_err odr_ide_transact(const struct odr_channel *ch, unsigned device,
			      struct odr_packet *packet, struct odr_error *e);

#endif
