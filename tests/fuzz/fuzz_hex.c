/* Any file as BTC's banked HEX: what it accepts fits a chip, in order, and ends in whole banks. */
#include "flash/hex.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_record(const struct odr_hex *h, uint32_t *filled)
{
	MUST(h->data >= h->bytes && h->data + h->len <= h->bytes + sizeof h->bytes);
	MUST(h->off >= *filled);
	MUST(h->off / ODR_HEX_BANK == (h->off + h->len - 1) / ODR_HEX_BANK);
	*filled = h->off + h->len;
	MUST(*filled <= ODR_HEX_BANK * ODR_HEX_BANKS);
}

static void check_refusal(enum odr_err err, const struct odr_error *e)
{
	MUST(err == ODR_E_FILE && e->code == ODR_E_FILE);
	MUST(e->text[0] && is_plain_text(e->text, sizeof e->text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct odr_error e = {0};
	struct odr_hex h;
	uint32_t filled = 0, bytes = 0;
	enum odr_err err;

	odr_hex_start(&h);
	for (size_t i = 0; i < size; i++) {
		err = odr_hex_feed(&h, data[i], &e);
		if (err != ODR_OK) {
			check_refusal(err, &e);
			return 0;
		}
		if (h.len)
			check_record(&h, &filled);
	}
	err = odr_hex_end(&h, &bytes, &e);
	if (err != ODR_OK) {
		check_refusal(err, &e);
		return 0;
	}
	MUST(bytes >= ODR_HEX_BANK && bytes <= ODR_HEX_BANK * ODR_HEX_BANKS);
	MUST(!(bytes & (bytes - 1)));
	/* The last bank holds data: a lost one would have been noticed. */
	MUST(filled > bytes - ODR_HEX_BANK && filled <= bytes);
	return 0;
}
