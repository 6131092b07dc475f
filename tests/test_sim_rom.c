/* The boot ROM of the practice PC's burner: intro, cycles, outro, and every way to do them wrong. */
#include "simkit.h"

#define RIG(content) "[pc]\nbios = waits\n[3]\ntype = burner\ncontent = " content "\n"

static int open_rom(void **state)
{
	(void)state;
	kit_open(RIG("rom"));
	kit_select(3);
	return 0;
}

static uint8_t intro(uint8_t dev)
{
	uint8_t status;

	out(6, dev);
	wait_us(250000);
	out(6, dev);
	out(3, 0x2A);
	out(7, 0x80);
	wait_us(2000);
	out(6, dev);
	status = in(7);
	wait_us(1000);
	return status;
}

static void wait_cycle(uint8_t command)
{
	out(7, command);
	out(6, 0xA0);
	while (in(7) != 0x70)
		;
}

static void address(uint32_t a)
{
	out(6, 0xA0);
	out(4, (uint8_t)a);
	out(5, (uint8_t)(a >> 8));
	out(6, (uint8_t)(0xA0 | a >> 16));
}

static void wr(uint32_t a, uint8_t d)
{
	address(a);
	out(3, d);
	wait_cycle(0x01);
}

static uint8_t rd(uint32_t a)
{
	address(a);
	wait_cycle(0x00);
	return in(3);
}

static void unlock(uint8_t command)
{
	wr(0x5555, 0xAA);
	wr(0x2AAA, 0x55);
	wr(0x5555, command);
}

static void erase_chip(void)
{
	unlock(0x80);
	unlock(0x10);
}

static void program(uint32_t a, uint8_t d)
{
	unlock(0xA0);
	wr(a, d);
	while (rd(a) != d)
		;
}

static void outro(void)
{
	out(6, 0xA0);
	out(7, 0x81);
	out(6, 0xA0);
	out(7, 0x08);
	in(7);
	wait_us(350000);
	wait_us(1500000);
}

static void boot_rom_in_charge_is_stuck_busy_on_both_positions(void **state)
{
	(void)state;
	out(6, 0xA0);
	assert_int_equal(alternate(), 0xD0);
	out(6, 0xB0);
	assert_int_equal(alternate(), 0xD0);
}

static void intro_brings_status_70_at_its_own_position_alone(void **state)
{
	(void)state;
	assert_int_equal(intro(0xB0), 0xD0);
	assert_int_equal(intro(0xA0), 0x70);
	out(6, 0xB0);
	assert_int_equal(alternate(), 0x00);
	assert_int_equal(kit_wrongs(""), 0);
}

static void chip_behind_the_rom_identifies_erases_and_programs(void **state)
{
	(void)state;
	intro(0xA0);
	unlock(0x90);
	assert_int_equal(rd(0), 0x9D);
	assert_int_equal(rd(1), 0x1B);
	unlock(0xF0);
	erase_chip();
	while (rd(0x8000) != 0xFF)
		wait_us(10000);
	program(0x8000, 0x42);
	assert_int_equal(rd(0x8000), 0x42);
	assert_int_equal(kit_wrongs(""), 0);
}

static void whole_firmware_lives_after_the_outro(void **state)
{
	(void)state;
	intro(0xA0);
	program(0, 0x12);
	outro();
	kit_wait_ms(5000);
	assert_int_equal(in(7), 0x00);
	assert_int_equal(in(4), 0x14);
	assert_int_equal(in(5), 0xEB);
	assert_int_equal(kit_wrongs(""), 0);
}

static void hung_firmware_takes_the_intro_only_after_a_power_cycle(void **state)
{
	(void)state;
	kit_open(RIG("dead"));
	kit_select(3);
	assert_int_equal(intro(0xA0), 0xD0);
	kit_hand("power 3 off");
	kit_hand("power 3 on");
	assert_int_equal(intro(0xA0), 0x70);
	assert_int_equal(kit_wrongs(""), 0);
}

static void intro_after_the_window_is_too_late(void **state)
{
	(void)state;
	kit_open(RIG("dead"));
	kit_select(3);
	kit_hand("power 3 off");
	kit_hand("power 3 on");
	kit_wait_ms(900);
	assert_int_equal(intro(0xA0), 0xD0);
}

static void living_firmware_aborts_the_intro(void **state)
{
	(void)state;
	kit_open(RIG("alive"));
	kit_select(3);
	assert_int_equal(intro(0xA0), 0x51);
	assert_int_equal(in(1), 0x04);
	assert_int_equal(kit_wrongs(""), 0);
}

static void power_cycle_ends_vendor_mode(void **state)
{
	(void)state;
	intro(0xA0);
	kit_hand("power 3 off");
	assert_int_equal(alternate(), 0x7F);
	kit_hand("power 3 on");
	kit_wait_ms(2000);
	assert_int_equal(alternate(), 0xD0);
}

static void power_lost_in_an_erase_leaves_some_bytes_free_and_some_not(void **state)
{
	unsigned freed = 0, i;

	(void)state;
	intro(0xA0);
	erase_chip();
	wait_us(250000); /* half of its time */
	kit_hand("power 3 off");
	kit_hand("power 3 on");
	assert_int_equal(intro(0xA0), 0x70);
	for (i = 0; i < 256; i++)
		freed += rd(0x1000 + i) == 0xFF;
	assert_in_range(freed, 64, 192);
	assert_int_equal(kit_wrongs(""), 0);
}

static void drive_reset_in_mid_erase_reads_status_for_code_and_hangs(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = burner\ncontent = rom\nerase_ms = 9000\n");
	kit_select(3);
	intro(0xA0);
	erase_chip();
	outro();
	assert_int_equal(intro(0xA0), 0xD0); /* the boot ROM would have taken it */
}

static void chip_left_identifying_reads_its_bytes_after_a_reset(void **state)
{
	uint8_t first;

	(void)state;
	intro(0xA0);
	first = rd(0x1000);
	unlock(0x90);
	assert_int_equal(rd(0x1000), 0x9D);
	outro();
	kit_wait_ms(2000);
	intro(0xA0);
	assert_int_equal(rd(0x1000), first);
}

static void hand_on_a_numbered_event_waits_for_that_number(void **state)
{
	(void)state;
	intro(0xA0);
	kit_hand("power 3 off on program 3");
	program(0x10, 0x00);
	program(0x11, 0x00);
	unlock(0xA0);
	address(0x12);
	out(3, 0x00);
	out(7, 0x01);
	out(6, 0xA0);
	assert_int_equal(in(7), 0x7F);
}

static void resets_in_vendor_mode_are_wrong_and_end_it(void **state)
{
	(void)state;
	intro(0xA0);
	control(0x0C);
	wait_us(20);
	control(0x08);
	assert_int_equal(alternate(), 0x80);
	assert_int_equal(kit_wrongs("SRST in vendor mode"), 1);
	kit_wait_ms(2000);
	intro(0xA0);
	out(6, 0xA0);
	out(7, 0x08);
	assert_int_equal(alternate(), 0x80);
	assert_int_equal(kit_wrongs("without 81h"), 1);
}

static void intro_with_2e_erases_the_chip_and_is_wrong(void **state)
{
	(void)state;
	intro(0xA0);
	assert_int_not_equal(rd(0x4321), 0xFF);
	out(6, 0xA0);
	wait_us(250000);
	out(6, 0xA0);
	out(3, 0x2E);
	out(7, 0x80);
	wait_us(2000);
	assert_int_equal(kit_wrongs("LBA low 2E"), 1);
	assert_int_equal(rd(0x4321), 0xFF);
}

static void hasty_intro_is_wrong(void **state)
{
	(void)state;
	out(6, 0xA0);
	wait_us(249000);
	out(6, 0xA0);
	out(3, 0x2A);
	out(7, 0x80);
	out(6, 0xA0);
	in(7);
	assert_int_equal(kit_wrongs("less than 250 ms"), 1);
	assert_int_equal(kit_wrongs("before 2 ms"), 1);
}

static void cycle_out_of_order_is_wrong(void **state)
{
	(void)state;
	intro(0xA0);
	out(6, 0xA0);
	out(5, 0);
	out(4, 0);
	out(6, 0xA0);
	out(7, 0x00);
	assert_int_equal(kit_wrongs("other writes than its cycle"), 1);
	in(7);
	assert_int_equal(kit_wrongs("without a select"), 1);
	in(3);
	assert_int_equal(kit_wrongs("before the status was 70"), 1);
}

static void next_cycle_before_the_last_has_ended_is_wrong(void **state)
{
	(void)state;
	intro(0xA0);
	address(0);
	out(7, 0x00);
	out(6, 0xA0);
	out(4, 0);
	assert_int_equal(kit_wrongs("while BSY"), 1);
}

static void writing_to_a_busy_chip_is_wrong(void **state)
{
	(void)state;
	intro(0xA0);
	unlock(0xA0);
	wr(5, 0x00);
	wr(0x5555, 0xAA);
	assert_int_equal(kit_wrongs("a chip that is busy"), 1);
}

static void register_test_on_a_drive_in_vendor_mode_is_wrong(void **state)
{
	(void)state;
	intro(0xA0);
	out(2, 0x55);
	assert_int_equal(kit_wrongs("sector count 55"), 1);
}

static void cycle_outside_vendor_mode_is_wrong(void **state)
{
	(void)state;
	in(7);
	out(6, 0xA0);
	out(7, 0x00);
	assert_int_equal(kit_wrongs("outside vendor mode"), 1);
}

static void plug_pulled_in_mid_cycle_does_not_make_it_wrong(void **state)
{
	(void)state;
	intro(0xA0);
	kit_hand("power 3 off on read 1");
	address(0);
	out(7, 0x00);
	out(6, 0xA0);
	assert_int_equal(in(7), 0x7F);
	assert_int_equal(kit_wrongs(""), 0);
}

static void vendor_command_kills_a_disk(void **state)
{
	(void)state;
	kit_open("[3]\ntype = disk\n");
	kit_select(3);
	intro(0xA0);
	assert_int_equal(kit_wrongs("where a disk hangs"), 1);
	out(6, 0xA0);
	out(7, 0xEC);
	assert_int_equal(settled() & 0x01, 0x01);
}

static void intro_beside_a_disk_is_wrong(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = burner\ncontent = rom\n[4]\ntype = disk\n");
	kit_select(3);
	assert_int_equal(intro(0xA0), 0x70);
	assert_int_equal(kit_wrongs("where a disk hangs"), 1);
	assert_int_equal(kit_wrongs(""), 1);
	out(6, 0xB0);
	assert_int_equal(alternate(), 0x50);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_rom, kit_teardown)
#define TEST_ALONE(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(boot_rom_in_charge_is_stuck_busy_on_both_positions),
		TEST(intro_brings_status_70_at_its_own_position_alone),
		TEST(chip_behind_the_rom_identifies_erases_and_programs),
		TEST(whole_firmware_lives_after_the_outro),
		TEST_ALONE(hung_firmware_takes_the_intro_only_after_a_power_cycle),
		TEST_ALONE(intro_after_the_window_is_too_late),
		TEST_ALONE(living_firmware_aborts_the_intro),
		TEST(power_cycle_ends_vendor_mode),
		TEST(power_lost_in_an_erase_leaves_some_bytes_free_and_some_not),
		TEST_ALONE(drive_reset_in_mid_erase_reads_status_for_code_and_hangs),
		TEST(chip_left_identifying_reads_its_bytes_after_a_reset),
		TEST(hand_on_a_numbered_event_waits_for_that_number),
		TEST(resets_in_vendor_mode_are_wrong_and_end_it),
		TEST(intro_with_2e_erases_the_chip_and_is_wrong),
		TEST(hasty_intro_is_wrong),
		TEST(cycle_out_of_order_is_wrong),
		TEST(next_cycle_before_the_last_has_ended_is_wrong),
		TEST(writing_to_a_busy_chip_is_wrong),
		TEST(register_test_on_a_drive_in_vendor_mode_is_wrong),
		TEST(cycle_outside_vendor_mode_is_wrong),
		TEST(plug_pulled_in_mid_cycle_does_not_make_it_wrong),
		TEST_ALONE(vendor_command_kills_a_disk),
		TEST_ALONE(intro_beside_a_disk_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
