/*
 * drive.h - which drives we know, as plain data: what is printed on the label, the name the drive
 * gives itself, and where an image for it carries that name. A dead drive has no name, so the label
 * is the only thing that can tell a wrong image from a right one.
 */
#ifndef ODR_DRIVE_H
#define ODR_DRIVE_H

#include <stdbool.h>
#include <stdint.h>

struct odr_drive {
	const char *label;   /* how the sticker begins, letters and digits only, upper case */
	const char *product; /* INQUIRY product identification, without trailing blanks */
};

/* Where an image of the BTC writers holds INQUIRY bytes 8..35 (domain.md 5.3, btcflash source). */
enum {
	ODR_IDENTITY_VENDOR = 0x40BC,
	ODR_IDENTITY_PRODUCT = 0x40C4,
	ODR_IDENTITY_REVISION = 0x40D4,
	ODR_IDENTITY_END = 0x40D8,
};

/*
 * odr_drive_by_label - the row for what a person reads on the sticker: "DRW1008IB", "DVD-RW 1008 IB".
 * Blanks, dashes and case do not matter. NULL: we do not know such a drive.
 */
const struct odr_drive *odr_drive_by_label(const char *label);
/* The row for the product text that a living drive or an image names; NULL when unknown. */
const struct odr_drive *odr_drive_by_product(const char *product);

#endif
