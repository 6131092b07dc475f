#include "flash/whole.h"

#include "flash/crc32.h"

#include <string.h>

#define BANK 0x10000u /* 64 KiB: domain.md 5.2, 5.4 */
#define PAGE 256u     /* protocols.md 2.5 */

void odr_whole_start(struct odr_whole *w)
{
	memset(w, 0, sizeof *w);
}

/*
 * Each bank begins with code (domain.md 5.4), and its first page is what the boot ROM starts the firmware
 * by (protocols.md 2.5): a blank one leaves the drive dead.
 */
static void look_at_page(struct odr_whole *w, uint8_t byte)
{
	uint32_t at = w->off % BANK;

	if (at >= PAGE)
		return;
	if (at == 0) {
		w->first = byte;
		w->differs = false;
	}
	w->differs = w->differs || byte != w->first;
	if (at == PAGE - 1 && !w->differs)
		w->blank_banks |= 1u << w->off / BANK;
}

void odr_whole_feed(struct odr_whole *w, const uint8_t *buf, uint32_t len)
{
	for (uint32_t i = 0; i < len; i++, w->off++) {
		uint32_t *crc = &w->crc[w->off / BANK];

		look_at_page(w, buf[i]);
		*crc = odr_crc32(*crc, &buf[i], 1);
		if (w->off >= ODR_IDENTITY_VENDOR && w->off < ODR_IDENTITY_END)
			w->text[w->off - ODR_IDENTITY_VENDOR] = (char)buf[i];
	}
}

static enum odr_err check_banks(const struct odr_whole *w, struct odr_error *e)
{
	for (uint32_t bank = 0; bank < w->off / BANK; bank++) {
		if (w->blank_banks & 1u << bank)
			return odr_fail(e, ODR_E_FILE,
					"bank %lu begins with a blank page: a part is lost",
					(unsigned long)bank);
		for (uint32_t other = 0; other < bank; other++)
			if (w->crc[other] == w->crc[bank])
				return odr_fail(
					e, ODR_E_FILE,
					"banks %lu and %lu are the same: one is there twice, "
					"another is lost",
					(unsigned long)other, (unsigned long)bank);
	}
	return ODR_OK;
}

static bool take_text(const struct odr_whole *w, uint32_t off, uint32_t len, char *out)
{
	memcpy(out, w->text + off - ODR_IDENTITY_VENDOR, len);
	for (uint32_t i = 0; i < len; i++)
		if (out[i] < 32 || out[i] > 126)
			return false;
	while (len && out[len - 1] == ' ')
		len--;
	out[len] = 0;
	return len > 0;
}

enum odr_err odr_whole_end(const struct odr_whole *w, struct odr_identity *id, struct odr_error *e)
{
	enum odr_err rc = check_banks(w, e);

	if (rc != ODR_OK)
		return rc;
	/* protocols.md 3.1: sanity before flashing is printable ASCII that starts with BTC. */
	if (!take_text(w, ODR_IDENTITY_VENDOR, 8, id->vendor) ||
	    !take_text(w, ODR_IDENTITY_PRODUCT, 16, id->product) ||
	    !take_text(w, ODR_IDENTITY_REVISION, 4, id->revision) ||
	    strncmp(id->vendor, "BTC", 3) != 0)
		return odr_fail(e, ODR_E_FILE,
				"no name of a BTC drive at 40BCh: damaged, or for a drive that "
				"odrescue cannot write");
	return ODR_OK;
}
