/*
 * port_io.h - IN and OUT, and the time between them.
 *
 * The narrow waist under the ATA channel driver (ide.c) and the MediaTek register lane: DOS and Linux
 * fill it with real instructions, the simulator with a model of the task file. It must never hide,
 * merge, repeat or reorder an access: on this bus every read can have an effect.
 */
#ifndef ODR_PORT_IO_H
#define ODR_PORT_IO_H

#include <stdint.h>

struct odr_port_io {
	void *ctx; /* handed back as the first argument of every call */

	uint8_t (*in8)(void *ctx, uint16_t port);
	void (*out8)(void *ctx, uint16_t port, uint8_t value);

	/* The data register, `count` 16-bit words, low byte first in memory: REP INSW / OUTSW. */
	void (*in16s)(void *ctx, uint16_t port, uint8_t *bytes, unsigned count);
	void (*out16s)(void *ctx, uint16_t port, const uint8_t *bytes, unsigned count);

	/* Microseconds since an arbitrary moment; never goes back. */
	uint64_t (*now_us)(void *ctx);
	/* At least `us` microseconds pass. The person's display is kept alive meanwhile (DOS). */
	void (*wait_us)(void *ctx, uint32_t us);
};

/* Register offsets from the command block (protocols: ATA/ATAPI-4, 7.2). */
enum odr_reg {
	ODR_REG_DATA = 0,
	ODR_REG_ERROR = 1,   /* write: features */
	ODR_REG_COUNT = 2,   /* in PACKET phases: interrupt reason */
	ODR_REG_LBA_LO = 3,  /* sector number */
	ODR_REG_LBA_MID = 4, /* byte count low */
	ODR_REG_LBA_HI = 5,  /* byte count high */
	ODR_REG_DEVICE = 6,
	ODR_REG_STATUS = 7, /* write: command */
};

/* One IDE channel: two devices behind one cable. */
struct odr_channel {
	const struct odr_port_io *io;
	uint16_t base; /* command block: 1F0 or 170 hex on a PC */
	uint16_t ctl;  /* alternate status / device control: 3F6 or 376 hex */
};

#endif
