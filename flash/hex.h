/*
 * hex.h - BTC's banked Intel HEX, a byte at a time.
 *
 * Facts: domain.md 5.2 (btcflash source, confidence H). A line is `:LLOOOOTTdd..CC`; type 00 is data;
 * exactly `:00000155AA` begins the next 64 KiB bank; `:00000001FF` ends the file; gaps are FF. The
 * reader is strict where the format leaves a choice (records ascend inside a bank, the first is at its
 * beginning, one letter case, no empty line before the end), because each looseness would let a damaged file through.
 * Pure: it holds no file and hands each record to the caller.
 */
#ifndef ODR_HEX_H
#define ODR_HEX_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

#define ODR_HEX_BANK 0x10000u
#define ODR_HEX_BANKS 32 /* 2 MiB: the biggest chip of any drive we know */

struct odr_hex {
	uint32_t line; /* from 1, for messages */
	uint32_t bank;
	uint32_t next;	    /* lowest offset the next record of this bank may have */
	uint32_t given;	    /* data bytes so far; the others of the flat image are FF */
	uint16_t digits;    /* hex digits of the line so far */
	uint8_t bytes[260]; /* the line's bytes: length, address, type, up to 255 data, checksum */
	bool in_line, ended, after_cr, upper, lower;

	/* The last finished data record; len 0 when the last byte fed finished none. */
	uint32_t off; /* in the flat image */
	uint8_t len;
	const uint8_t *data;
};

void odr_hex_start(struct odr_hex *h);
/* One byte of the file. ODR_E_FILE names the line. After ODR_OK look at h->len. */
enum odr_err odr_hex_feed(struct odr_hex *h, uint8_t c, struct odr_error *e);
/* The file is over. *bytes: size of the flat image, whole banks, a power of two. */
enum odr_err odr_hex_end(struct odr_hex *h, uint32_t *bytes, struct odr_error *e);

#endif
