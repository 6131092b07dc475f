/* The task file of the practice PC: what registers show in every row of protocols.md 5.7 and 5.9. */
#include "simkit.h"

static void pattern(uint8_t *count, uint8_t *lba)
{
	out(2, 0x55);
	out(3, 0xAA);
	*count = in(2);
	*lba = in(3);
}

static bool keeps_pattern(void)
{
	uint8_t count, lba;

	pattern(&count, &lba);
	return count == 0x55 && lba == 0xAA;
}

static void channel_without_a_controller_reads_ff(void **state)
{
	unsigned reg;

	(void)state;
	kit_open("[primary]\nport = no\n");
	kit_select(1);
	for (reg = 1; reg < 8; reg++)
		assert_int_equal(in(reg), 0xFF);
	assert_int_equal(alternate(), 0xFF);
	assert_int_equal(kit_wrongs(""), 0);
}

static void empty_channel_reads_7f_or_00_and_keeps_nothing(void **state)
{
	(void)state;
	kit_open("[secondary]\nempty = 00\n");
	kit_select(1);
	out(6, 0xA0);
	assert_int_equal(in(7), 0x7F);
	assert_false(keeps_pattern());
	kit_select(3);
	out(6, 0xB0);
	assert_int_equal(in(7), 0x00);
	assert_false(keeps_pattern());
}

static void absent_slave_keeps_the_pattern_and_shows_status_00(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_select(3);
	out(6, 0xB0);
	assert_int_equal(in(7), 0x00);
	assert_true(keeps_pattern());
	assert_int_equal(in(6), 0xB0);
}

static void srst_puts_the_signature_back_and_ff_where_nobody_is(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_select(3);
	control(0x0C);
	wait_us(20);
	control(0x08);
	kit_wait_ms(150);
	assert_int_equal(in(7), 0x00);
	assert_int_equal(in(1), 0x01);
	assert_int_equal(in(2), 0x01);
	assert_int_equal(in(3), 0x01);
	assert_int_equal(in(4), 0x14);
	assert_int_equal(in(5), 0xEB);
	out(6, 0xB0);
	assert_int_equal(in(7), 0x00);
	assert_int_equal(in(1), 0x00);
	assert_int_equal(in(2), 0x01);
	assert_int_equal(in(4), 0xFF);
	assert_int_equal(in(5), 0xFF);
	assert_int_equal(kit_wrongs(""), 0);
}

static void device_reset_puts_the_signature_back(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\nleft = 0024\n");
	kit_select(3);
	out(6, 0xA0);
	assert_int_equal(in(5), 0x24);
	out(7, 0x08);
	assert_int_equal(settled(), 0x00);
	assert_int_equal(in(4), 0x14);
	assert_int_equal(in(5), 0xEB);
}

static void ec_to_an_optical_drive_aborts_and_shows_what_it_is(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\nleft = 0024\nabort_status = 41\n");
	kit_select(3);
	out(6, 0xA0);
	out(7, 0xEC);
	assert_int_equal(settled(), 0x41);
	assert_int_equal(in(1), 0x04);
	assert_int_equal(in(4), 0x14);
	assert_int_equal(in(5), 0xEB);
	assert_int_equal(kit_wrongs(""), 0);
}

static void disk_says_its_model(void **state)
{
	uint8_t id[512];

	(void)state;
	kit_open("[1]\ntype = disk\nproduct = WDC WD800\n");
	kit_select(1);
	out(6, 0xA0);
	assert_int_equal(in(4), 0x00);
	assert_int_equal(in(5), 0x00);
	out(7, 0xEC);
	assert_int_equal(settled(), 0x58);
	words_in(id, 256);
	assert_int_equal(settled(), 0x50);
	assert_memory_equal(id + 54, "DW CDW08", 8);
}

static void registers_of_a_busy_drive_read_as_its_status(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n");
	kit_select(3);
	out(6, 0xB0);
	assert_int_equal(in(7), 0xD0);
	assert_int_equal(in(2), 0xD0);
	assert_int_equal(in(5), 0xD0);
}

static void stuck_drive_does_not_hide_a_partner_that_lives(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n[4]\ntype = cdrom\n");
	kit_select(3);
	out(6, 0xA0);
	assert_int_equal(in(7), 0xD0);
	out(6, 0xB0);
	assert_int_equal(in(7), 0x50);
}

static void two_masters_on_one_cable_look_stuck(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\n[4]\ntype = cdrom\njumper = master\n");
	kit_select(3);
	out(6, 0xA0);
	assert_int_equal(in(7) & 0x80, 0x80);
	out(6, 0xB0);
	assert_int_equal(in(7) & 0x80, 0x80);
}

static void drive_starts_after_boot_rom_and_firmware_have_had_their_time(void **state)
{
	(void)state;
	kit_open("[3]\ntype = burner\npower = no\nwindow_ms = 1000\nstart_ms = 3000\n");
	kit_select(3);
	assert_int_equal(alternate(), 0x7F);
	kit_hand("power 3 on");
	assert_int_equal(alternate(), 0x80);
	kit_wait_ms(3990);
	assert_int_equal(alternate(), 0x80);
	kit_wait_ms(20);
	assert_int_equal(alternate(), 0x00);
}

static void drq_stuck_ends_with_a_device_reset_and_drq_short_by_draining(void **state)
{
	uint8_t drained[512];

	(void)state;
	kit_open("[3]\ntype = cdrom\nrow = drq_stuck\n[4]\ntype = cdrom\nrow = drq_short\n");
	kit_select(3);
	out(6, 0xA0);
	words_in(drained, 256);
	assert_int_equal(in(7), 0x58);
	out(7, 0x08);
	assert_int_equal(settled() & 0x08, 0);
	out(6, 0xB0);
	assert_int_equal(in(7), 0x58);
	words_in(drained, 256);
	assert_int_equal(in(7), 0x50);
	assert_int_equal(kit_wrongs(""), 0);
}

static void every_state_of_a_position_can_be_scanned(void **state)
{
	static const struct {
		const char *rig;
		unsigned position;
		enum odr_state seen;
	} rows[] = {
		{"[primary]\nport = no\n", 1, ODR_NO_PORT},
		{"[primary]\nempty = 00\n", 1, ODR_EMPTY},
		{"", 1, ODR_EMPTY},
		{"[1]\ntype = disk\n", 2, ODR_ABSENT},
		{"[1]\ntype = disk\n", 1, ODR_DISK},
		{"[3]\ntype = cdrom\nrow = silent\n", 3, ODR_SILENT},
		{"[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n", 3, ODR_BUSY},
		{"[3]\ntype = burner\n", 3, ODR_ALIVE},
		{"[3]\ntype = cdrom\nrow = a1_aborts\n", 3, ODR_ALIVE},
		{"[3]\ntype = cdrom\nrow = boot_0000\n", 3, ODR_BOOT},
		{"[3]\ntype = cdrom\nrow = boot_boot\n", 3, ODR_BOOT},
		{"[3]\ntype = cdrom\nvendor = NEC\nrow = boot_0\n", 3, ODR_BOOT},
		{"[3]\ntype = cdrom\nrow = no_ident\n", 3, ODR_NO_IDENT},
		{"[3]\ntype = cdrom\nrow = no_ident_ff\n", 3, ODR_NO_IDENT},
		{"[3]\ntype = cdrom\nrow = wrong_sig\n", 3, ODR_WRONG_SIG},
		{"[3]\ntype = cdrom\nrow = wrong_fixed\n", 3, ODR_WRONG_SIG},
		{"[3]\ntype = cdrom\nrow = aborting\n", 3, ODR_ABORTING},
		{"[3]\ntype = cdrom\nrow = drq_stuck\n", 3, ODR_DRQ_STUCK},
		{"[3]\ntype = burner\nrow = vendor\n", 3, ODR_VENDOR},
		{"[3]\ntype = burner\nrow = vendor\nrom_status = 73\n", 3, ODR_VENDOR},
		{"[3]\ntype = burner\nrow = vendor\nrom_status = 52\n", 3, ODR_VENDOR_LOCKED},
	};
	struct odr_snapshot shot;
	unsigned i;

	for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		kit_open(rows[i].rig);
		assert_int_equal(kit.ops->scan(kit.self, ODR_MASK_ALL, &shot, &kit_error), ODR_OK);
		if (shot.place[rows[i].position - 1].state != rows[i].seen)
			fail_msg("row %u is seen as %s", i,
				 odr_state_name(shot.place[rows[i].position - 1].state));
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

/* ---- what is wrong ---- */

static void data_word_without_drq_is_wrong(void **state)
{
	uint8_t word[2] = {0, 0};

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_select(3);
	words_in(word, 1);
	words_out(word, 1);
	assert_int_equal(kit_wrongs("without DRQ"), 2);
}

static void command_and_register_while_bsy_are_wrong(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n");
	kit_select(3);
	out(6, 0xA0);
	in(7);
	out(2, 0x55);
	assert_int_equal(kit_wrongs("register 2 written while BSY"), 1);
	out(7, 0xA1);
	assert_int_equal(kit_wrongs("command A1 while BSY"), 1);
	out(7, 0x08); /* must be taken even while BSY */
	assert_int_equal(kit_wrongs(""), 2);
}

static void unknown_command_is_wrong(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_select(3);
	out(6, 0xA0);
	out(7, 0x92);
	assert_int_equal(kit_wrongs("command 92"), 1);
}

static void srst_beside_a_disk_is_wrong(void **state)
{
	(void)state;
	kit_open("[1]\ntype = disk\n");
	kit_select(1);
	control(0x0C);
	assert_int_equal(kit_wrongs("SRST with a disk"), 1);
}

static void access_too_soon_after_a_plug_is_wrong(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\ncable = no\n");
	kit_select(3);
	kit_hand("cable 3 on");
	kit_wait_ms(1900);
	alternate();
	assert_int_equal(kit_wrongs(""), 0);
	in(7);
	assert_int_equal(kit_wrongs("after a plug went in"), 1);
	kit_hand("cable 3 off");
	kit_hand("cable 3 on");
	kit_wait_ms(2000);
	in(7);
	assert_int_equal(kit_wrongs(""), 1);
}

static void nien_left_set_is_wrong(void **state)
{
	(void)state;
	kit_open("");
	kit_select(1);
	control(0x0A);
	kit_close();
	assert_int_equal(kit_wrongs("nIEN left set"), 1);
	assert_int_equal(kit_reopen(""), ODR_OK);
	kit_select(1);
	control(0x08);
	kit_close();
	assert_int_equal(kit_wrongs(""), 1);
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(channel_without_a_controller_reads_ff),
		TEST(empty_channel_reads_7f_or_00_and_keeps_nothing),
		TEST(absent_slave_keeps_the_pattern_and_shows_status_00),
		TEST(srst_puts_the_signature_back_and_ff_where_nobody_is),
		TEST(device_reset_puts_the_signature_back),
		TEST(ec_to_an_optical_drive_aborts_and_shows_what_it_is),
		TEST(disk_says_its_model),
		TEST(registers_of_a_busy_drive_read_as_its_status),
		TEST(stuck_drive_does_not_hide_a_partner_that_lives),
		TEST(two_masters_on_one_cable_look_stuck),
		TEST(drive_starts_after_boot_rom_and_firmware_have_had_their_time),
		TEST(drq_stuck_ends_with_a_device_reset_and_drq_short_by_draining),
		cmocka_unit_test(every_state_of_a_position_can_be_scanned),
		TEST(data_word_without_drq_is_wrong),
		TEST(command_and_register_while_bsy_are_wrong),
		TEST(unknown_command_is_wrong),
		TEST(srst_beside_a_disk_is_wrong),
		TEST(access_too_soon_after_a_plug_is_wrong),
		TEST(nien_left_set_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
