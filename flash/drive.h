/*
 * drive.h - which drives are known, as plain data: what is printed on the label, the name the drive
 * gives itself, what its flash is like. A dead drive has no name, so the label is the only thing that
 * can tell a wrong image from a right one.
 *
 * No row stands here: guides/drives/ has them, guides/drives.h reads them, whoever starts the engine
 * gives it the table. Only looks things up.
 */
#ifndef ODR_DRIVE_H
#define ODR_DRIVE_H

#include <stdbool.h>
#include <stdint.h>

enum odr_family {
	ODR_FAMILY_BTC,	    /* BTC writers: images carry their name at 40BCh */
	ODR_FAMILY_MTK,	    /* others with a MediaTek chip and one image for the whole flash */
	ODR_FAMILY_LITEON,  /* LiteOn and Sony */
	ODR_FAMILY_SAMSUNG, /* Samsung, Toshiba-Samsung */
	ODR_FAMILY_BLURAY,  /* MT1939, MT1959 */
	ODR_FAMILY_FOREIGN, /* no MediaTek chip: NEC, Pioneer, Plextor, LG-Renesas */
	ODR_FAMILIES
};

/* What is known about writing to it (protocols.md 8.3), on every plan page and drive page. */
enum odr_tier {
	ODR_TIER_PUBLIC,       /* proven by public code on such drives */
	ODR_TIER_UNTRIED,      /* public code, never tried on such hardware by us */
	ODR_TIER_EXPERIMENTAL, /* proven on a simulated drive only */
	ODR_TIER_ASSISTED,     /* by the vendor's or another tool; odrescue checks and explains */
	ODR_TIER_NONE,	       /* nothing safe is known */
	ODR_TIERS
};

enum { ODR_DRIVE_WARNS = 4, ODR_DRIVE_NAME_COLUMNS = 40 };

/* Texts are never NULL, "" where the table says nothing. */
struct odr_drive {
	const char *name;   /* for people: "BTC DRW1008IM" */
	const char *labels; /* how stickers begin: letters and digits, upper case, blanks between */
	const char *product; /* INQUIRY product identification, without trailing blanks */
	enum odr_family family;
	uint32_t bytes;	    /* of its flash; 0: unknown */
	uint32_t settle_ms; /* btc: leave it alone for so long when it was told to burn */
	const char *tool;   /* the MTKFLASH to try first, a word of the fact `tool`; "" : none */
	const char *line;   /* its line with {digit} and {file83} */
	const char *warn[ODR_DRIVE_WARNS];
	unsigned n_warn;
	enum odr_tier tier;
	const char *source; /* where the facts are from */
};

/* Owned by whoever made it; outlives the engine that was given it. */
struct odr_drives {
	const struct odr_drive *row;
	unsigned rows;
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
 * Blanks, dashes and case do not matter; of several labels that fit the longest wins. NULL: no row.
 */
const struct odr_drive *odr_drive_by_label(const struct odr_drives *drives, const char *label);
/* The row for the product text that a living drive or an image names; NULL when unknown. */
const struct odr_drive *odr_drive_by_product(const struct odr_drives *drives, const char *product);

/* "btc", as in the tables. */
const char *odr_family_name(enum odr_family family);
/* "experimental" */
const char *odr_tier_name(enum odr_tier tier);

#endif
