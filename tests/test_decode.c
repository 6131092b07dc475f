/* guides/lines.h: what stands on the screen; against the files in golden/lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "guides/lines.h"
#include "tests/lineskit.h"

static struct kit_rows rows;
static struct odr_decoded decoded;

/* "E1 E9" as bits. */
static uint32_t errors_of(const char *text)
{
	uint32_t errors = 0;
	unsigned row;
	int used;

	for (; sscanf(text, " E%u%n", &row, &used) == 1; text += used)
		errors |= 1u << row;
	return errors;
}

static bool decode(const char *text)
{
	kit_clear(&rows);
	return odr_line_decode(&tables, text, &decoded, kit_row, &rows);
}

static void every_error_is_known_by_at_least_two_typings(void **state)
{
	static const char *const words[] = {"no", "unknown", "half", "yes", "written"};
	unsigned typings[ODR_ERROR_ROWS + 1] = {0};
	FILE *file = kit_open("seen.txt");
	struct kit_case c;

	(void)state;
	while (kit_next(file, &c)) {
		uint32_t errors = errors_of(c.field[0]);
		bool known = decode(c.field[2]);

		if (decoded.errors != errors || known != !!strcmp(c.field[0], "none") ||
		    strcmp(words[decoded.erased], c.field[1]) != 0)
			fail_msg("%s: %s, not %s, erased %s", c.field[2], rows.text, c.field[0],
				 c.field[1]);
		for (unsigned row = 1; row <= ODR_ERROR_ROWS; row++)
			typings[row] += errors == 1u << row;
	}
	fclose(file);
	for (unsigned row = 1; row <= ODR_ERROR_ROWS; row++)
		assert_true(typings[row] >= 2);
}

static void case_blanks_and_line_ends_do_not_matter(void **state)
{
	FILE *file = kit_open("seen.txt");
	struct kit_case c;

	(void)state;
	while (kit_next(file, &c)) {
		struct odr_decoded *plain = malloc(sizeof *plain);
		char loud[2 * sizeof c.line];
		size_t n = 0;

		assert_non_null(plain);
		odr_line_decode(&tables, c.field[2], plain, NULL, NULL);
		for (const char *t = c.field[2]; *t; t++) {
			loud[n++] = (char)toupper((unsigned char)*t);
			if (*t == ' ')
				loud[n++] = '\n';
		}
		loud[n] = 0;
		decode(loud);
		if (decoded.errors != plain->errors || decoded.normals != plain->normals)
			fail_msg("%s", c.field[2]);
		free(plain);
	}
	fclose(file);
}

static void a_transcript_tells_version_position_and_how_far_it_came(void **state)
{
	(void)state;
	assert_true(decode("MTKFLASH by Joseph Lin, MTK 1998 (Ver 1.80)\n"
			   "Port: 170, Master/Slave: a0\n"
			   "Identifying flash type ...  Erasing..... Chip Erase...\n"
			   "Updating.... 00%\nERR: fail to open input file\n"));
	assert_string_equal(decoded.version->id, "1.80");
	assert_int_equal(decoded.position, 3);
	assert_int_equal(decoded.erased, ODR_ERASED_YES);
	assert_int_equal(decoded.normals, 1u << 1 | 1u << 2 | 1u << 3 | 1u << 6 | 1u << 7);
	assert_non_null(strstr(rows.text, "it wrote up to 00 %"));
	assert_true(decode("Port: 1F0, Master/Slave: b0"));
	assert_int_equal(decoded.position, 2);
	assert_true(decode("Port: 170, Master/Slave: b0"));
	assert_int_equal(decoded.position, 4);
	assert_true(decode("Port: 9F0, Master/Slave: b0"));
	assert_int_equal(decoded.position, 0);
	assert_true(decode("it stopped at updating"));
	assert_non_null(strstr(rows.text, "run: it began to write\n"));
	assert_true(decode("Status = 80 should be 70"));
	assert_non_null(strstr(rows.text, "80: the drive is busy"));
	assert_true(decode("ManuID : da ManuId1 : 1 dDevId :46\nFlash Type: WINBOND (W29C040)"));
	assert_non_null(strstr(rows.text, "number da, the chip is a WINBOND (W29C040)"));
}

/* The end counts: a long screen full of other things before it changes nothing. */
static void of_a_long_text_the_end_counts(void **state)
{
	static char text[5 * ODR_DECODE_MAX];

	(void)state;
	memset(text, 'x', sizeof text - 1);
	strcpy(text + sizeof text - 40, " ERR: fail to open input file");
	assert_true(decode(text));
	assert_int_equal(decoded.errors, 1u << 1);
	memcpy(text, "Bad command or file name ", 25);
	assert_true(decode(text));
	assert_int_equal(decoded.errors, 1u << 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_is_known_by_at_least_two_typings),
		cmocka_unit_test(case_blanks_and_line_ends_do_not_matter),
		cmocka_unit_test(a_transcript_tells_version_position_and_how_far_it_came),
		cmocka_unit_test(of_a_long_text_the_end_counts),
	};

	return cmocka_run_group_tests_name("decode", tests, kit_load, kit_unload);
}
