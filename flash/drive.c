#include "flash/drive.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* domain.md 4.1, rows with confidence H for the product text; the 1108's is the one btcflash expects.
 * The thread calls its drive "DVD-RW 1008IB" and "1008IM"; both carry the same board. */
static const struct odr_drive drives[] = {
	{"DRW1004I", "DVDRW IDE1004"},	 {"1004I", "DVDRW IDE1004"},
	{"DVDRW1004I", "DVDRW IDE1004"}, {"DVDRWIDE1004", "DVDRW IDE1004"},
	{"DRW1008I", "DVDRW IDE1008"},	 {"1008I", "DVDRW IDE1008"},
	{"DVDRW1008I", "DVDRW IDE1008"}, {"DVDRWIDE1008", "DVDRW IDE1008"},
	{"DRW1008U", "DVDRW USB1008"},	 {"DVDRWUSB1008", "DVDRW USB1008"},
	{"DRW1108I", "DVDRW IDE1108"},	 {"DVDRWIDE1108", "DVDRW IDE1108"},
};
#define DRIVES (sizeof drives / sizeof drives[0])

const struct odr_drive *odr_drive_by_label(const char *label)
{
	char plain[24];
	size_t n = 0;

	for (; *label && n + 1 < sizeof plain; label++)
		if (isalnum((unsigned char)*label))
			plain[n++] = (char)toupper((unsigned char)*label);
	plain[n] = 0;
	for (size_t i = 0; i < DRIVES; i++)
		if (!strncmp(plain, drives[i].label, strlen(drives[i].label)))
			return &drives[i];
	return NULL;
}

const struct odr_drive *odr_drive_by_product(const char *product)
{
	for (size_t i = 0; i < DRIVES; i++)
		if (!strcmp(product, drives[i].product))
			return &drives[i];
	return NULL;
}
