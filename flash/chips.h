/*
 * chips.h - the flash chips we know, one table. A chip that is not in it is not erased.
 */
#ifndef ODR_CHIPS_H
#define ODR_CHIPS_H

#include <stdbool.h>
#include <stdint.h>

/* Where the unlock cycles go. The id probe tries them in this order (design.md section 4). */
enum odr_unlock {
	ODR_UNLOCK_5555, /* AA@5555 55@2AAA: 8-bit JEDEC chips */
	ODR_UNLOCK_555,	 /* AA@555 55@2AA: boot-sector chips that decode 11 bits */
	ODR_UNLOCK_AAA,	 /* AA@AAA 55@555: 16-bit chips wired for bytes */
	ODR_UNLOCKS
};

struct odr_chip {
	uint8_t maker, device; /* read at 0 and 1 after AA 55 90 */
	bool page_write;       /* loads whole pages within 150 us: our register lane is too slow */
	bool tells_protection; /* AMD autoselect: address xx02h, bit 0 set = that sector is protected */
	uint32_t bytes;
	const char *name;
};

/* NULL: unknown, which means: nothing may be erased. */
const struct odr_chip *odr_chip_by_id(uint8_t maker, uint8_t device);

#endif
