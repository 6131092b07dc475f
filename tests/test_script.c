/* One line of a script, made ready for the engine: blanks, comments, `-`, names, and what it refuses. */
#include "tui/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char line[40];
static bool may_fail;
static struct odr_error error;

static enum odr_err take(const char *raw)
{
	memset(&error, 0, sizeof error);
	return odr_script_line(raw, line, sizeof line, &may_fail, &error);
}

static void expect(const char *raw, const char *command)
{
	if (take(raw) != ODR_OK)
		fail_msg("\"%s\": %s", raw, error.text);
	assert_string_equal(line, command);
}

static void blanks_at_the_ends_of_a_line_and_its_line_end_are_left_out(void **state)
{
	(void)state;
	expect("scan\n", "scan");
	expect(" \t scan \t\r\n", "scan");
	expect("watch 3\t60", "watch 3 60");
	expect(" \t\r\n", "");
	expect("", "");
}

static void a_comment_is_no_command(void **state)
{
	(void)state;
	expect("# $NOT_SET \033", "");
	expect("  # scan", "");
	expect("image a#b.bin", "image a#b.bin"); /* only at the start of a line */
}

static void a_dash_lets_the_command_fail(void **state)
{
	(void)state;
	expect("- \t hand start", "hand start");
	assert_true(may_fail);
	expect("hand start", "hand start");
	assert_false(may_fail);
	expect("-# a comment", "");
	expect("-", "");
}

static void a_name_is_replaced_by_its_value(void **state)
{
	(void)state;
	setenv("ODR_T", "fw one.bin", 1);
	expect("image $ODR_T", "image fw one.bin");
	expect("image a$ODR_T.x", "image afw one.bin.x");
	setenv("ODR_T", "$ODR_T # -", 1); /* a value is data */
	expect("image $ODR_T", "image $ODR_T # -");
	assert_int_equal(take("image $ODR_NOT_SET"), ODR_E_USAGE);
	assert_non_null(strstr(error.text, "$ODR_NOT_SET is not set"));
	assert_string_equal(line, "");
	assert_int_equal(take("image $"), ODR_E_USAGE);
}

static void blanks_at_the_ends_of_a_value_do_not_reach_the_ends_of_the_command(void **state)
{
	(void)state;
	setenv("ODR_T", "  fw.bin  ", 1);
	expect("image $ODR_T", "image   fw.bin");
	expect("image $ODR_T \n", "image   fw.bin");
	expect("$ODR_T", "fw.bin");
	expect("-$ODR_T x", "fw.bin   x");
	setenv("ODR_T", "  ", 1);
	expect("$ODR_T", "");
	expect("scan $ODR_T$ODR_T", "scan");
}

static void control_characters_are_refused_wherever_they_come_from(void **state)
{
	(void)state;
	assert_int_equal(take("scan \033[2J"), ODR_E_USAGE);
	assert_non_null(strstr(error.text, "1B"));
	setenv("ODR_T", "fw.bin\nflash", 1);
	assert_int_equal(take("image $ODR_T"), ODR_E_USAGE);
	setenv("ODR_T", "fw.bin\n", 1); /* also where a blank would be left out */
	assert_int_equal(take("image $ODR_T"), ODR_E_USAGE);
	assert_string_equal(line, "");
}

static void a_command_has_to_fit_with_its_end(void **state)
{
	char raw[sizeof line + 1];

	(void)state;
	memset(raw, 'a', sizeof raw);
	raw[sizeof line - 1] = '\0';
	expect(raw, raw);
	raw[sizeof line - 1] = 'a';
	raw[sizeof line] = '\0';
	assert_int_equal(take(raw), ODR_E_USAGE);
	assert_non_null(strstr(error.text, "longer"));
	assert_string_equal(line, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_at_the_ends_of_a_line_and_its_line_end_are_left_out),
		cmocka_unit_test(a_comment_is_no_command),
		cmocka_unit_test(a_dash_lets_the_command_fail),
		cmocka_unit_test(a_name_is_replaced_by_its_value),
		cmocka_unit_test(
			blanks_at_the_ends_of_a_value_do_not_reach_the_ends_of_the_command),
		cmocka_unit_test(control_characters_are_refused_wherever_they_come_from),
		cmocka_unit_test(a_command_has_to_fit_with_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
