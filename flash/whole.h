/*
 * whole.h - could these bytes be one whole firmware of a BTC writer? For an image: is a part of it lost?
 * For a chip that nobody has seen dead: is this perhaps a healthy drive? Takes the bytes in their order,
 * in pieces of any size. It must never call a firmware whole that has lost a bank; that one which is whole
 * can still be damaged it cannot know, because BTC's own checksum is not public. Only looks.
 */
#ifndef ODR_WHOLE_H
#define ODR_WHOLE_H

#include "flash/drive.h"
#include "platform/error.h"

#define ODR_WHOLE_BANKS 32 /* 2 MiB, the biggest flash of a drive that we know (domain.md 5.1) */

/* INQUIRY bytes 8 to 35 as the firmware holds them, without the blanks at their ends. */
struct odr_identity {
	char vendor[9], product[17], revision[5];
};

struct odr_whole {
	uint32_t off;		       /* bytes taken so far */
	uint8_t first;		       /* of the page that comes in now */
	bool differs;		       /* that page has two different bytes */
	uint32_t blank_banks;	       /* bit n: bank n begins with a page of one value */
	uint32_t crc[ODR_WHOLE_BANKS]; /* of each bank */
	char text[ODR_IDENTITY_END - ODR_IDENTITY_VENDOR];
};

void odr_whole_start(struct odr_whole *whole);
/* At most ODR_WHOLE_BANKS banks in all. */
void odr_whole_feed(struct odr_whole *whole, const uint8_t *buf, uint32_t len);
/* Whose firmware it is. ODR_E_FILE: it is not whole, and why; *identity is then not to be used. */
enum odr_err odr_whole_end(const struct odr_whole *whole, struct odr_identity *identity,
			   struct odr_error *e);

#endif
