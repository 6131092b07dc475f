/* The rig reader: what is wrong in a rig file is named with file, line and reason. */
#include "platform/sim/rig.h"

#include "simkit.h"

#include <time.h>

static struct sim_rig rig;
static char path[160];

static enum odr_err load(const char *text)
{
	memset(&kit_error, 0, sizeof kit_error);
	kit_write_rig(text);
	snprintf(path, sizeof path, "%s/rig.ini", kit_dir);
	return sim_rig_load(&rig, path, &kit_error);
}

static int folder(void **state)
{
	(void)state;
	kit_folder();
	return 0;
}

static void expect_error(const char *text, unsigned line, const char *reason)
{
	char start[192];

	assert_int_equal(load(text), ODR_E_USAGE);
	snprintf(start, sizeof start, "%s:%u: ", path, line);
	if (strncmp(kit_error.text, start, strlen(start)) != 0 || !strstr(kit_error.text, reason))
		fail_msg("%s", kit_error.text);
}

static void every_fault_is_named_with_file_line_and_reason(void **state)
{
	(void)state;
	expect_error("[pc]\non = maybe\n", 2, "wrong value for on");
	expect_error("\n# remark\n[5]\ntype = disk\n", 3, "no section 5");
	expect_error("[1]\ntype = disk\n\nbananas = 3\n", 4, "no key bananas");
	expect_error("[primary]\nbananas = 3\n", 2, "no key bananas");
	expect_error("[1]\ntype = disk\n[1]\n", 3, "twice: 1");
	expect_error("[1]\ntype = disk\ntype = cdrom\n", 3, "twice: type");
	expect_error("[pc]\non = yes\n[1]\n", 3, "wants a type: 1");
	expect_error("[1]\npower = no\n", 2, "wants a type before power");
	expect_error("[1]\ntype = floppy\n", 2, "wrong value for type");
	expect_error("[1]\ntype = disk\nchip = 64K\n", 3, "only a burner has chip");
	expect_error("[1]\ntype = burner\nchip = 48K\n", 3, "wrong value for chip");
	expect_error("[1]\ntype = burner\nman = 100\n", 3, "wrong value for man");
	expect_error("[1]\ntype = burner\nprotect = 1000-FFFFF\n", 3, "wrong value for protect");
	expect_error("[1]\ntype = burner\nweak = 10\n", 3, "wrong value for weak");
	expect_error("[1]\ntype = burner\nvendor = much too long\n", 3, "wrong value for vendor");
	expect_error("[1]\ntype = burner\ngood_crc = 1 2 3 4 5\n", 3, "wrong value for good_crc");
	expect_error("[spareA]\ntype = disk\npower = yes\n", 3, "wrong value for power");
	expect_error("[pc]\njust words\n", 2, "neither");
	expect_error("on = yes\n", 1, "neither");
	expect_error("\xEF\xBB\xBF[pc]\non = yes\n", 1, "neither");
	expect_error("[pc]\n[1]\ntype = disk\nproduct = \"a\nb = c\n", 5, "no key b");
}

static void line_that_is_too_long_is_named(void **state)
{
	static char text[2000];

	(void)state;
	memset(text, 'x', sizeof text - 1);
	memcpy(text, "[pc]\n", 5);
	expect_error(text, 2, "too long");
}

static void missing_file_is_named(void **state)
{
	(void)state;
	assert_int_equal(sim_rig_load(&rig, "/nowhere/rig.ini", &kit_error), ODR_E_FILE);
	assert_non_null(strstr(kit_error.text, "/nowhere/rig.ini"));
}

static void every_key_reaches_its_field(void **state)
{
	const struct sim_rig_drive *d;

	(void)state;
	assert_int_equal(
		load("[pc]\non = no\nbios = waits\nboot_ms = 5\n[primary]\nport = no\n"
		     "[secondary]\nempty = 00\n[4]\ntype = burner\nvendor = BTC\nproduct = X\n"
		     "revision = 0758\npower = no\ncable = no\njumper = master\nrow = vendor\n"
		     "rom_status = 72\nstuck_status = D1\nabort_status = 41\nleft = 1234\n"
		     "window_ms = 1\nstart_ms = 2\nburn_ms = 3\npiece = 8\nerase_ms = 9\n"
		     "chip = 128K\nman = C2\ndev = A4\nunlock = AAA\nunlock_bits = 16\nnoid = "
		     "yes\nsector = 4000\n"
		     "program_us = 20\nunstable = 7\nprotect = 0-FFF\nstuck = 10\nweak = 20 3\n"
		     "content = blank\nseed = 99\ngood_crc = CAFE1234 2\n"),
		ODR_OK);
	assert_false(rig.pc_on);
	assert_false(rig.bios_hangs);
	assert_int_equal(rig.boot_ms, 5);
	assert_false(rig.channel[0].port);
	assert_int_equal(rig.channel[1].empty, 0);
	assert_int_equal(rig.drives, 1);
	d = &rig.drive[0];
	assert_int_equal(d->plug, 4);
	assert_string_equal(d->product, "X");
	assert_string_equal(d->revision, "0758");
	assert_false(d->power || d->cable || d->slave);
	assert_int_equal(d->row, SIM_ROW_VENDOR);
	assert_int_equal(d->rom_status, 0x72);
	assert_int_equal(d->stuck_status, 0xD1);
	assert_int_equal(d->abort_status, 0x41);
	assert_int_equal(d->left_mid, 0x12);
	assert_int_equal(d->left_hi, 0x34);
	assert_int_equal(d->window_ms, 1);
	assert_int_equal(d->start_ms, 2);
	assert_int_equal(d->burn_ms, 3);
	assert_int_equal(d->piece, 8);
	assert_int_equal(d->chip.bytes, 0x20000);
	assert_int_equal(d->chip.erase_ms, 9);
	assert_int_equal(d->chip.man, 0xC2);
	assert_int_equal(d->chip.dev, 0xA4);
	assert_int_equal(d->chip.unlock, SIM_UNLOCK_AAA);
	assert_int_equal(d->chip.unlock_bits, 16);
	assert_true(d->chip.noid);
	assert_int_equal(d->chip.sector, 0x4000);
	assert_int_equal(d->chip.program_us, 20);
	assert_int_equal(d->chip.unstable, 7);
	assert_int_equal(d->chip.protect_to, 0xFFF);
	assert_int_equal(d->chip.stuck_at, 0x10);
	assert_int_equal(d->chip.weak_at, 0x20);
	assert_int_equal(d->chip.weak_tries, 3);
	assert_int_equal(d->content, SIM_BLANK);
	assert_int_equal(d->seed, 99);
	assert_int_equal(d->good_crcs, 2);
	assert_int_equal(d->good_crc[0], 0xCAFE1234u);
}

static void state_folder_of_another_rig_is_refused(void **state)
{
	(void)state;
	kit_open("[1]\ntype = disk\n");
	kit_close();
	assert_int_equal(kit_reopen(""), ODR_OK);
	kit_close();
	kit_write_rig("[1]\ntype = cdrom\n");
	assert_int_equal(kit_reopen(""), ODR_E_USAGE);
	assert_non_null(strstr(kit_error.text, "another rig"));
}

static void options_that_cannot_be_understood_are_refused(void **state)
{
	(void)state;
	kit_write_rig("");
	assert_int_equal(kit_reopen(",speed=fast"), ODR_E_USAGE);
	assert_int_equal(kit_reopen(",colour=red"), ODR_E_USAGE);
	assert_int_equal(kit_reopen(",trace"), ODR_E_USAGE);
	assert_int_equal(odr_sim_open(&kit, "rig=x", &kit_error), ODR_E_USAGE);
	kit.ops = NULL;
}

/* ---- what the words of a rig make of a chip ---- */

static uint8_t alive_status(const char *text)
{
	uint8_t status;

	kit_teardown(NULL);
	kit_open(text);
	kit_select(3);
	status = alternate();
	kit_close();
	return status;
}

static void life_comes_from_the_bytes_in_the_chip(void **state)
{
	(void)state;
#define PC "[pc]\nbios = waits\n[3]\ntype = burner\n"
	assert_int_equal(alive_status(PC "content = alive\n"), 0x50);
	assert_int_equal(alive_status(PC "content = dead\n"), 0xD0);
	assert_int_equal(alive_status(PC "content = rom\n"), 0xD0);
	assert_int_equal(alive_status(PC "content = blank\n"), 0xD0);
	assert_int_equal(alive_status(PC "vendor = SONY\n"), 0xD0); /* not one of its own */
	assert_int_equal(alive_status(PC "good_crc = 12345678\n"), 0xD0);
}

static void expect_content_error(const char *text, unsigned line, const char *reason)
{
	char start[192];

	kit_write_rig(text);
	assert_int_equal(kit_reopen(""), ODR_E_USAGE);
	snprintf(start, sizeof start, "%s/rig.ini:%u: content: ", kit_dir, line);
	if (strncmp(kit_error.text, start, strlen(start)) != 0 || !strstr(kit_error.text, reason))
		fail_msg("%s", kit_error.text);
}

static void content_from_a_file_must_be_there_and_as_long_as_the_chip(void **state)
{
	char text[240];
	FILE *file;

	(void)state;
	expect_content_error("[3]\ntype = burner\ncontent = /nowhere/fw.bin\n", 3,
			     "/nowhere/fw.bin");
	expect_content_error("[3]\ntype = burner\n\n[spareA]\ntype = burner\n"
			     "content = /nowhere/fw.bin\n",
			     6, "/nowhere/fw.bin");
	snprintf(text, sizeof text, "%s/fw.bin", kit_dir);
	file = fopen(text, "w");
	assert_non_null(file);
	fputs("short", file);
	fclose(file);
	snprintf(text, sizeof text, "[3]\ntype = burner\nseed = 2\ncontent = %s/fw.bin\n", kit_dir);
	expect_content_error(text, 4, "has 5 bytes, the chip has 65536");
}

static void content_is_read_once(void **state)
{
	static uint8_t chip[SIM_CHIP_MIN];
	char text[240], fw[160];
	FILE *file;

	(void)state;
	snprintf(fw, sizeof fw, "%s/fw.bin", kit_dir);
	file = fopen(fw, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(chip, 1, sizeof chip, file), sizeof chip);
	fclose(file);
	snprintf(text, sizeof text, "[3]\ntype = burner\ncontent = %s\n", fw);
	kit_open(text);
	kit_close();
	assert_int_equal(remove(fw), 0);
	assert_int_equal(kit_reopen(""), ODR_OK); /* the chip is in the state folder */
}

static void trace_has_one_line_for_each_access_and_wait(void **state)
{
	char line[32];
	FILE *f;

	(void)state;
	kit_write_rig("[3]\ntype = cdrom\n");
	snprintf(path, sizeof path, ",trace=%s/trace", kit_dir);
	assert_int_equal(kit_reopen(path), ODR_OK);
	kit_select(3);
	out(6, 0xA0);
	wait_us(250000);
	in(7);
	kit_close();
	snprintf(path, sizeof path, "%s/trace", kit_dir);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_string_equal(fgets(line, sizeof line, f), "o 176 A0\n");
	assert_string_equal(fgets(line, sizeof line, f), "W 250000\n");
	assert_string_equal(fgets(line, sizeof line, f), "i 177 50\n");
	assert_null(fgets(line, sizeof line, f));
	fclose(f);
}

static void speed_makes_virtual_time_a_multiple_of_real_time(void **state)
{
	struct timespec from, to;
	char options[640];
	long real_ms;

	(void)state;
	kit_write_rig("");
	snprintf(options, sizeof options, "rig=%s/rig.ini,state=%s/pc,speed=100x", kit_dir,
		 kit_dir);
	assert_int_equal(odr_sim_open(&kit, options, &kit_error), ODR_OK);
	clock_gettime(CLOCK_MONOTONIC, &from);
	kit_wait_ms(5000);
	clock_gettime(CLOCK_MONOTONIC, &to);
	real_ms = (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
	assert_in_range(real_ms, 35, 1000); /* 50 ms but the last stride; late on a busy machine */
}

static void every_rig_that_ships_can_be_read(void **state)
{
	unsigned rigs = 0;
	struct dirent *entry;
	DIR *dir = opendir("tests/rigs");

	(void)state;
	assert_non_null(dir); /* the suite runs in the top folder */
	while ((entry = readdir(dir))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (!dot || strcmp(dot, ".ini") != 0)
			continue;
		snprintf(path, sizeof path, "tests/rigs/%.100s", entry->d_name);
		assert_true(dot - entry->d_name <= 8); /* a name that DOS can open */
		if (sim_rig_load(&rig, path, &kit_error) != ODR_OK)
			fail_msg("%s", kit_error.text);
		rigs++;
	}
	closedir(dir);
	assert_true(rigs > 10);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_fault_is_named_with_file_line_and_reason),
		TEST(line_that_is_too_long_is_named),
		TEST(missing_file_is_named),
		TEST(every_key_reaches_its_field),
		cmocka_unit_test_teardown(state_folder_of_another_rig_is_refused, kit_teardown),
		TEST(options_that_cannot_be_understood_are_refused),
		TEST(life_comes_from_the_bytes_in_the_chip),
		TEST(content_from_a_file_must_be_there_and_as_long_as_the_chip),
		TEST(content_is_read_once),
		TEST(trace_has_one_line_for_each_access_and_wait),
		TEST(speed_makes_virtual_time_a_multiple_of_real_time),
		cmocka_unit_test(every_rig_that_ships_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
