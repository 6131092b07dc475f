/* BTC's banked HEX: good files, and every way in which one can be damaged. */
#include "flash/hex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define BANK_MARK ":00000155AA\r\n"
#define END ":00000001FF\r\n"

/* One data record of `len` bytes, value v, as a line. */
static size_t record(char *out, unsigned address, unsigned len, unsigned v)
{
	unsigned sum = len + (address >> 8) + (address & 0xFF) + len * v;
	size_t n = (size_t)sprintf(out, ":%02X%04X00", len, address);

	for (unsigned i = 0; i < len; i++)
		n += (size_t)sprintf(out + n, "%02X", v);
	return n + (size_t)sprintf(out + n, "%02X\r\n", (0x100 - (sum & 0xFF)) & 0xFF);
}

static enum odr_err parse(const char *text, size_t len, uint8_t *flat, uint32_t *bytes,
			  struct odr_error *e)
{
	struct odr_hex h;

	odr_hex_start(&h);
	for (size_t i = 0; i < len; i++) {
		if (odr_hex_feed(&h, (uint8_t)text[i], e) != ODR_OK)
			return ODR_E_FILE;
		if (h.len && flat)
			memcpy(flat + h.off, h.data, h.len);
	}
	return odr_hex_end(&h, bytes, e);
}

static size_t two_banks(char *text)
{
	size_t n = record(text, 0, 16, 0xA5);

	n += record(text + n, 0xFFF0, 16, 0x5A);
	n += (size_t)sprintf(text + n, BANK_MARK);
	n += record(text + n, 0, 16, 0x11);
	return n + (size_t)sprintf(text + n, END);
}

static void good(void **state)
{
	static uint8_t flat[2 * ODR_HEX_BANK];
	char text[600];
	uint32_t bytes = 0;

	(void)state;
	memset(flat, 0xFF, sizeof flat);
	assert_int_equal(parse(text, two_banks(text), flat, &bytes, NULL), ODR_OK);
	assert_int_equal(bytes, 2 * ODR_HEX_BANK);
	assert_int_equal(flat[0], 0xA5);
	assert_int_equal(flat[0x10], 0xFF);
	assert_int_equal(flat[0xFFFF], 0x5A);
	assert_int_equal(flat[0x10000], 0x11);
}

static void every_flip(void **state)
{
	char text[600], bad[600];
	size_t len = two_banks(text);
	uint32_t bytes;

	(void)state;
	for (size_t i = 0; i < len; i++)
		for (unsigned x = 1; x < 256; x++) {
			memcpy(bad, text, len);
			bad[i] = (char)(bad[i] ^ (char)x);
			/* The very last line feed may be missing, or be another end of line. */
			if (i >= len - 2 && parse(bad, len, NULL, &bytes, NULL) == ODR_OK)
				continue;
			if (parse(bad, len, NULL, &bytes, NULL) == ODR_OK)
				fail_msg("byte %zu: %02X became %02X and passed", i,
					 (unsigned char)text[i], (unsigned char)bad[i]);
		}
}

static void refuse(const char *text, const char *why)
{
	struct odr_error e = {0};
	uint32_t bytes;

	assert_int_equal(parse(text, strlen(text), NULL, &bytes, &e), ODR_E_FILE);
	if (!strstr(e.text, why))
		fail_msg("\"%s\" does not say \"%s\"", e.text, why);
}

static void lost_bank(void **state)
{
	char text[1200] = "";
	size_t n = 0;

	(void)state;
	for (unsigned bank = 0; bank < 3; bank++) {
		n += record(text + n, 0, 16, bank);
		if (bank < 2)
			n += (size_t)sprintf(text + n, BANK_MARK);
	}
	sprintf(text + n, END);
	refuse(text, "a bank is lost or doubled");
}

static void doubled_data(void **state)
{
	char text[600];
	size_t n = record(text, 0, 16, 1);

	(void)state;
	n += record(text + n, 0, 16, 1);
	sprintf(text + n, END);
	refuse(text, "filled before");
}

static void other_faults(void **state)
{
	char text[600];
	size_t n = record(text, 0, 16, 1);

	(void)state;
	refuse(text, "without its end record");
	sprintf(text + n, END ":00000001FF");
	refuse(text, "after the end record");
	strcpy(text, BANK_MARK);
	refuse(text, "holds no data");
	n = record(text, 0, 16, 1);
	record(text + n, 0xFFF8, 16, 1);
	refuse(text, "beyond the end of its bank");
	sprintf(text + record(text, 0x10, 16, 1), END);
	refuse(text, "begins in the middle");
	refuse(":020000021000EC\r\n", "kind that BTC files do not have");
	refuse("", "without its end record");
}

static void no_more_banks(void **state)
{
	static char text[ODR_HEX_BANKS * 80];
	size_t n = 0;

	(void)state;
	for (unsigned bank = 0; bank <= ODR_HEX_BANKS; bank++) {
		n += record(text + n, 0, 1, bank);
		n += (size_t)sprintf(text + n, BANK_MARK);
	}
	refuse(text, "more banks than any drive has");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{"a good file gives its bytes at their places and FF between", good, NULL, NULL,
		 NULL},
		{"any byte of the file flipped in any way is refused", every_flip, NULL, NULL,
		 NULL},
		{"a lost bank is refused", lost_bank, NULL, NULL, NULL},
		{"data given twice is refused", doubled_data, NULL, NULL, NULL},
		{"no end, text after it, empty banks, strange records are refused", other_faults,
		 NULL, NULL, NULL},
		{"more banks than any chip has are refused", no_more_banks, NULL, NULL, NULL},
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
