#include "flash/hex.h"

#include <string.h>

static enum odr_err bad(const struct odr_hex *h, const char *what, struct odr_error *e)
{
	return odr_fail(e, ODR_E_FILE, "line %lu: %s", (unsigned long)h->line, what);
}

void odr_hex_start(struct odr_hex *h)
{
	memset(h, 0, sizeof *h);
	h->line = 1;
}

static int digit(struct odr_hex *h, uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F') {
		h->upper = true;
		return c - 'A' + 10;
	}
	if (c >= 'a' && c <= 'f') {
		h->lower = true;
		return c - 'a' + 10;
	}
	return -1;
}

static enum odr_err next_bank(struct odr_hex *h, struct odr_error *e)
{
	if (!h->next)
		return bad(h, "the bank before this mark holds no data", e);
	if (++h->bank == ODR_HEX_BANKS)
		return bad(h, "more banks than any drive has", e);
	h->next = 0;
	return ODR_OK;
}

static enum odr_err finish_line(struct odr_hex *h, struct odr_error *e)
{
	unsigned n = h->digits / 2u;
	uint32_t address = (uint32_t)h->bytes[1] << 8 | h->bytes[2];
	uint8_t type = h->bytes[3], sum = 0;

	h->in_line = false;
	if (h->digits % 2 || n < 5 || n != h->bytes[0] + 5u)
		return bad(h, "the length does not fit the line", e);
	for (unsigned i = 0; i < n; i++)
		sum = (uint8_t)(sum + h->bytes[i]);
	if (sum)
		return bad(h, "the checksum is wrong", e);

	if (type == 0x55 && !h->bytes[0] && address == 1)
		return next_bank(h, e);
	if (type == 0x01 && !h->bytes[0] && !address) {
		h->ended = true;
		return ODR_OK;
	}
	if (type != 0x00 || !h->bytes[0])
		return bad(h, "a record of a kind that BTC files do not have", e);
	if (!h->next && address)
		return bad(h, "its bank begins in the middle: the lines before it are lost", e);
	if (address < h->next)
		return bad(h, "data for a place that was filled before", e);
	h->next = address + h->bytes[0];
	if (h->next > ODR_HEX_BANK)
		return bad(h, "data beyond the end of its bank", e);
	h->given += h->bytes[0];
	h->off = h->bank * ODR_HEX_BANK + address;
	h->len = h->bytes[0];
	h->data = h->bytes + 4;
	return ODR_OK;
}

static enum odr_err line_end(struct odr_hex *h, struct odr_error *e)
{
	enum odr_err rc;

	if (!h->in_line)
		return h->ended ? ODR_OK : bad(h, "an empty line in the middle", e);
	rc = finish_line(h, e);
	h->line++;
	return rc;
}

enum odr_err odr_hex_feed(struct odr_hex *h, uint8_t c, struct odr_error *e)
{
	int value;

	h->len = 0;
	if (h->after_cr && c != '\n')
		return bad(h, "a line end that is none", e);
	h->after_cr = c == '\r';
	if (h->after_cr)
		return ODR_OK;
	if (c == '\n')
		return line_end(h, e);
	if (h->ended)
		return bad(h, "more text after the end record", e);
	if (!h->in_line) {
		if (c != ':')
			return bad(h, "does not begin with a colon", e);
		h->in_line = true;
		h->digits = 0;
		return ODR_OK;
	}
	value = digit(h, c);
	if (value < 0 || (h->upper && h->lower))
		return bad(h, "a character that is no hex digit of this file", e);
	if (h->digits >= 2 * sizeof h->bytes)
		return bad(h, "too long", e);
	if (h->digits % 2)
		h->bytes[h->digits / 2] = (uint8_t)(h->bytes[h->digits / 2] | value);
	else
		h->bytes[h->digits / 2] = (uint8_t)(value << 4);
	h->digits++;
	return ODR_OK;
}

enum odr_err odr_hex_end(struct odr_hex *h, uint32_t *bytes, struct odr_error *e)
{
	uint32_t banks = h->bank + 1;

	if (h->in_line) { /* the last line may lack its end */
		enum odr_err rc = line_end(h, e);

		if (rc != ODR_OK)
			return rc;
	}
	if (!h->ended)
		return bad(h, "the file stops without its end record", e);
	if (!h->next)
		return bad(h, "the last bank holds no data", e);
	if (banks & (banks - 1))
		return odr_fail(e, ODR_E_FILE,
				"%lu banks of 64 KiB: no flash has that size, a bank is lost or "
				"doubled",
				(unsigned long)banks);
	*bytes = banks * ODR_HEX_BANK;
	return ODR_OK;
}
