/* Names inside an archive: what may be firmware, what nobody should write to, and what DOS calls it. */
#include "tui/member.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_long_name_becomes_one_that_dos_can_open(void **state)
{
	static const char *const rows[][2] = {
		{"rpc1v758.bin", "RPC1V758.BIN"},     {"fw/RPC1 v758 (final).bin", "RPC1V758.BIN"},
		{"FW\\v0758.Hex", "V0758.HEX"},	      {"a.b.c.bin", "ABC.BIN"},
		{"1008-IB_.BIN", "1008-IB_.BIN"},     {".bin", "FIRMWARE.BIN"},
		{"dir/\xe4\xf6.hex", "FIRMWARE.HEX"}, {"c.o.n.bin", "FIRMWARE.BIN"},
		{"lpt-1.bin", "LPT-1.BIN"},	      {"", "FIRMWARE.BIN"},
	};
	char out[ODR_NAME_83];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		odr_member_83(rows[i][0], out);
		assert_string_equal(out, rows[i][1]);
	}
}

static void only_bin_and_hex_may_be_firmware(void **state)
{
	(void)state;
	assert_true(odr_member_may_be_image("v/RPC1V758.BIN"));
	assert_true(odr_member_may_be_image("v0758.hex"));
	assert_false(odr_member_may_be_image("bin"));
	assert_false(odr_member_may_be_image(".bin")); /* an ending needs a name */
	assert_false(odr_member_may_be_image("v0758.hex.exe"));
	assert_false(odr_member_may_be_image("v0758.binx"));
	assert_false(odr_member_may_be_image(""));
}

static void trust(const char *const *names, size_t n, bool trusted)
{
	for (size_t i = 0; i < n; i++)
		if (!odr_member_wrong(names[i]) != trusted)
			fail_msg("%s is %strusted", names[i], trusted ? "not " : "");
}

static void a_name_that_leaves_its_folder_is_not_trusted(void **state)
{
	static const char *const bad[] = {"../a.bin", "a/../../b.bin", "a\\..\\b.bin",
					  "..",	      "/etc/a.bin",    "\\a.bin",
					  "c:a.bin",  "C:\\a.bin",     "//host/a.bin"};
	static const char *const good[] = {"a.bin", "a/b.bin", "..a.bin", "a../b.bin", "a..bin",
					   "...",   "",	       "dir/",	  "a/./b.bin"};

	(void)state;
	trust(bad, sizeof bad / sizeof bad[0], false);
	trust(good, sizeof good / sizeof good[0], true);
}

static void the_name_of_a_device_is_not_trusted(void **state)
{
	static const char *const bad[] = {"CON",	  "nul.bin",  "dir/Aux.txt", "com1.bin",
					  "a/lpt3/b.bin", "PRN .bin", "clock$"};
	static const char *const good[] = {"console.bin", "con x.bin", "com.bin",
					   "com10.bin",	  "nul1.bin",  "xcon"};

	(void)state;
	trust(bad, sizeof bad / sizeof bad[0], false);
	trust(good, sizeof good / sizeof good[0], true);
}

static void a_member_is_called_by_its_whole_name_or_its_last_part(void **state)
{
	(void)state;
	assert_true(odr_member_is_called("fw/A.BIN", "a.bin"));
	assert_true(odr_member_is_called("fw/A.BIN", "FW\\a.bin"));
	assert_false(odr_member_is_called("fw/A.BIN", "w/a.bin"));
	assert_false(odr_member_is_called("fw/A.BIN", ""));
	assert_false(odr_member_is_called("fw/", "fw"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_name_becomes_one_that_dos_can_open),
		cmocka_unit_test(only_bin_and_hex_may_be_firmware),
		cmocka_unit_test(a_name_that_leaves_its_folder_is_not_trusted),
		cmocka_unit_test(the_name_of_a_device_is_not_trusted),
		cmocka_unit_test(a_member_is_called_by_its_whole_name_or_its_last_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
