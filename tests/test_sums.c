/* Checksums and event lines: against published vectors and against hostile text. */
#include "flash/crc32.h"
#include "flash/event.h"
#include "flash/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void sha_of(const char *text, size_t len, size_t times, char hex[ODR_SHA256_HEX])
{
	struct odr_sha256 s;
	uint8_t sum[ODR_SHA256_BYTES];

	odr_sha256_start(&s);
	while (times--)
		odr_sha256_feed(&s, text, len);
	odr_sha256_end(&s, sum);
	odr_sha256_hex(sum, hex);
}

/* FIPS 180-4 example values. */
static void sha256_vectors(void **state)
{
	char hex[ODR_SHA256_HEX];

	(void)state;
	sha_of("", 0, 1, hex);
	assert_string_equal(hex,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	sha_of("abc", 3, 1, hex);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, 1, hex);
	assert_string_equal(hex,
			    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	sha_of("aaaaaaaaaa", 10, 100000, hex);
	assert_string_equal(hex,
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void crc32_vectors(void **state)
{
	(void)state;
	assert_int_equal(odr_crc32(0, "123456789", 9), 0xCBF43926);
	assert_int_equal(odr_crc32(odr_crc32(0, "1234", 4), "56789", 5), 0xCBF43926);
}

static void event_round_trip(void **state)
{
	struct odr_event ev;
	char text[64];

	(void)state;
	odr_event_start(&ev, "place");
	odr_event_number(&ev, "position", 3);
	odr_event_text(&ev, "name", "DVDRW IDE1008");
	odr_event_hex(&ev, "status", 0xD0, 2);
	assert_string_equal(ev.line, "place position=3 name=\"DVDRW IDE1008\" status=d0");
	assert_true(odr_event_is(ev.line, "place"));
	assert_false(odr_event_is(ev.line, "pla"));
	assert_true(odr_event_get(ev.line, "name", text, sizeof text));
	assert_string_equal(text, "DVDRW IDE1008");
	assert_int_equal(odr_event_get_number(ev.line, "position"), 3);
	assert_false(odr_event_get(ev.line, "ame", text, sizeof text));
	assert_string_equal(text, "");
}

static void event_hostile(void **state)
{
	struct odr_event ev;
	char text[80];

	(void)state;
	odr_event_start(&ev, "say");
	odr_event_text(&ev, "text", "a\" result=\"verified\"\n\x1b[2J\xff end");
	assert_null(strchr(ev.line, '\n'));
	assert_null(strchr(ev.line, 0x1b));
	assert_false(odr_event_get(ev.line, "result", text, sizeof text));
	odr_event_get(ev.line, "text", text, sizeof text);
	assert_string_equal(text, "a\" result=\"verified\"..[2J. end"); /* as it is shown */
	odr_event_get_exact(ev.line, "text", text, sizeof text);
	assert_string_equal(text,
			    "a\" result=\"verified\"\n\x1b[2J\xff end"); /* a name of a file */
}

static void event_too_long(void **state)
{
	struct odr_event ev;
	char big[3000], text[2000];

	(void)state;
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = 0;
	odr_event_start(&ev, "say");
	odr_event_text(&ev, "text", big);
	assert_true(strlen(ev.line) < ODR_EVENT_MAX);
	assert_int_equal(ev.line[strlen(ev.line) - 1], '"');
	assert_true(odr_event_get(ev.line, "text", text, sizeof text));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{"SHA-256 gives the values of the standard", sha256_vectors, NULL, NULL, NULL},
		{"CRC-32 gives the value that every other tool gives", crc32_vectors, NULL, NULL,
		 NULL},
		{"an event line gives back what was put in", event_round_trip, NULL, NULL, NULL},
		{"text of a drive cannot forge a field or move the cursor", event_hostile, NULL,
		 NULL, NULL},
		{"an event that is too long is cut and still parses", event_too_long, NULL, NULL,
		 NULL},
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
