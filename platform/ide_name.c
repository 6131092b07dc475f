#include "platform/ide_name.h"

#include <string.h>

/* Text with at least one mark to read and nothing that is no text. */
bool odr_is_name(const uint8_t *bytes, unsigned count)
{
	bool blank = true;

	for (unsigned i = 0; i < count; i++) {
		if (bytes[i] < ' ' || bytes[i] > '~')
			return false;
		blank = blank && bytes[i] == ' ';
	}
	return !blank;
}

void odr_copy_name(char *to, const uint8_t *from, unsigned count)
{
	unsigned len = 0;

	for (unsigned i = 0; i < count; i++) {
		to[i] = from[i] < ' ' || from[i] > '~' ? '.' : (char)from[i];
		if (to[i] != ' ')
			len = i + 1;
	}
	to[len] = '\0';
}

/*
 * Only boot code lives (5.7): Pioneer shows 0000, MT1939 shows BOOT, the NEC family any revision that
 * begins with 0 (3.2). The last rule holds for NEC alone: 0055 is a healthy BTC DRW1008.
 */
static bool is_boot_revision(const uint8_t inquiry[36])
{
	static const char *const nec[] = {"NEC", "_NEC", "Optiarc"};
	const uint8_t *vendor = inquiry + 8;
	const uint8_t *revision = inquiry + 32;

	if (!memcmp(revision, "0000", 4) || !memcmp(revision, "BOOT", 4))
		return true;
	for (unsigned i = 0; i < sizeof nec / sizeof nec[0]; i++) {
		if (!memcmp(vendor, nec[i], strlen(nec[i])))
			return revision[0] == '0';
	}
	return false;
}

enum odr_state odr_inquiry_means(const uint8_t answer[36], struct odr_place *place)
{
	odr_copy_name(place->vendor, answer + 8, 8);
	odr_copy_name(place->product, answer + 16, 16);
	odr_copy_name(place->revision, answer + 32, 4);
	if (is_boot_revision(answer))
		return ODR_BOOT;
	return odr_is_name(answer + 8, 24) ? ODR_ALIVE : ODR_NO_IDENT;
}
