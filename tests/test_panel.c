/* The channels panel: what it sees without a key, and when it says so. */
#include "panelkit.h"

static void first_tick_tells_the_pc_and_all_four_places(void **state)
{
	(void)state;
	kit_open(DISK CDROM);
	open_engine();
	odr_panel_tick(&engine);
	expect(0, "pc", "state=\"on\" boots=1");
	assert_int_equal(count("place"), 4);
	expect(0, "place", "position=1 at=\"primary master\" state=\"hard disk\"");
	expect(0, "place", "position=3");
	assert_int_equal(count("moving"), 0);
	forget();
	idle_ms(60000);
	assert_int_equal(lines, 0); /* nothing moves: nothing is said */
}

static void plugged_drive_is_seen_at_once_and_looked_at_after_a_quiet_of_3_s(void **state)
{
	uint64_t plugged;
	unsigned moving, place;

	(void)state;
	start(DISK DEAD);
	command("baseline");
	kit_hand("cable 3 on");
	plugged = kit.ops->now_us(kit.self);
	idle_ms(10000);
	moving = expect(0, "moving", "channel=\"secondary\" status=d0");
	assert_true(said_at[moving] - plugged <= 260000);
	place = expect(0, "place", "position=3 at=\"secondary master\" state=\"stuck busy\"");
	assert_true(said_at[place] - plugged >= 3000000);
	assert_true(said_at[place] - plugged <= 7000000);
	expect(place, "place", "settled=0");
	assert_int_equal(count("change"), 0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void busy_drive_is_settled_after_31_s_and_then_the_change_is_told(void **state)
{
	uint64_t plugged;
	unsigned change;

	(void)state;
	start(DISK DEAD);
	command("baseline");
	kit_hand("cable 3 on");
	plugged = kit.ops->now_us(kit.self);
	idle_ms(29000);
	assert_int_equal(count("change"), 0);
	idle_ms(10000);
	change =
		expect(0, "change", "primary=0 secondary=1 position=3 kind=\"appeared\" settled=1");
	assert_true(said_at[change] - plugged >= 31000000);
	expect(0, "place",
	       "position=3 at=\"secondary master\" state=\"stuck busy\" status=d0 "
	       "mirrored=1 settled=1");
	forget();
	idle_ms(60000);
	assert_int_equal(lines, 0);
}

static void drive_that_starts_is_settled_as_soon_as_it_says_its_name(void **state)
{
	uint64_t plugged;
	unsigned change;

	(void)state;
	start(DISK "[3]\ntype = cdrom\npower = no\nstart_ms = 8000\n");
	command("baseline");
	kit_hand("power 3 on");
	plugged = kit.ops->now_us(kit.self);
	idle_ms(25000);
	expect(0, "place", "settled=0");
	expect(0, "place", "name=\"ACME CD-ROM 52X\" revision=\"1.00\" settled=1");
	change = expect(0, "change", "position=3 kind=\"appeared\"");
	assert_true(said_at[change] - plugged < 20000000);
	assert_int_equal(count("change"), 1);
}

static void pulled_drive_has_vanished_and_another_one_is_renamed(void **state)
{
	(void)state;
	start(DISK CDROM "[spareA]\ntype = cdrom\nproduct = CD-ROM 8X\n");
	command("baseline");
	kit_hand("cable 3 off");
	idle_ms(8000);
	expect(0, "moving", "status=7f");
	expect(0, "place", "position=3 at=\"secondary master\" state=\"empty\"");
	expect(0, "change", "primary=0 secondary=1 position=3 kind=\"vanished\"");
	forget();
	kit_hand("swap 3 A");
	idle_ms(20000);
	expect(0, "place", "CD-ROM 8X");
	expect(0, "change", "primary=0 secondary=1 position=3 kind=\"renamed\"");
	forget();
	kit_hand("swap 3 3");
	idle_ms(20000);
	expect(0, "change", "primary=0 secondary=0 position=0 kind=\"none\"");
}

static void name_that_a_dead_drive_takes_the_place_of_has_vanished(void **state)
{
	(void)state;
	start(DISK CDROM "[spareA]\ntype = burner\ncontent = dead\n");
	command("baseline");
	kit_hand("swap 3 A");
	idle_ms(40000);
	expect(0, "change", "primary=0 secondary=1 position=3 kind=\"vanished\"");
}

static void both_channels_are_told_when_both_have_changed(void **state)
{
	(void)state;
	start("[1]\ntype = cdrom\n" CDROM);
	command("baseline");
	kit_hand("cable 1 off");
	kit_hand("cable 3 off");
	idle_ms(8000);
	expect(0, "moving", "channel=\"primary\"");
	expect(0, "moving", "channel=\"secondary\"");
	expect(0, "change", "primary=1 secondary=1 position=1 kind=\"vanished\"");
}

static void without_a_baseline_there_is_no_change_to_tell(void **state)
{
	(void)state;
	start(DISK CDROM);
	kit_hand("cable 3 off");
	idle_ms(8000);
	expect(0, "place", "position=3");
	assert_int_equal(count("change"), 0);
	command("baseline");
	kit_hand("reset"); /* void: another start of the PC */
	kit_hand("cable 3 on");
	idle_ms(20000);
	assert_int_equal(count("change"), 0);
}

static void each_bounce_of_the_plug_begins_the_quiet_anew(void **state)
{
	uint64_t last;

	(void)state;
	start(DISK DEAD);
	kit_hand("cable 3 on");
	idle_ms(2000);
	kit_hand("cable 3 off");
	idle_ms(2000);
	kit_hand("cable 3 on");
	last = kit.ops->now_us(kit.self);
	idle_ms(10000);
	assert_true(said_at[expect(0, "place", "position=3")] - last >= 3000000);
	assert_int_equal(count("moving"), 3);
	assert_int_equal(kit_wrongs(""), 0);
}

static void hand_in_the_middle_of_a_scan_is_not_missed(void **state)
{
	(void)state;
	start(DISK DEAD);
	kit_hand("cable 3 on");
	/* The scan begins at 3.25 s, and gives each of the two positions a second to come to rest. */
	kit_hand("cable 3 off after 4800 ms");
	idle_ms(20000);
	expect(expect(0, "place", "position=3 at=\"secondary master\" state=\"stuck busy\"") + 1,
	       "place", "position=3 at=\"secondary master\" state=\"empty\" status=7f settled=1");
}

static void what_a_command_told_is_not_told_again_and_not_contradicted(void **state)
{
	(void)state;
	start(DISK CDROM);
	kit_hand("cable 3 off");
	kit_wait_ms(3000);
	command("scan"); /* tells that 3 is empty */
	kit_hand("cable 3 on");
	idle_ms(20000);
	expect(0, "place", "position=3 at=\"secondary master\" state=\"alive\"");
}

/* ---- flash mode ---- */

static void drive_that_leaves_flash_mode_is_told_and_its_target_is_void(void **state)
{
	(void)state;
	start(DISK ROM);
	command("target 3");
	command("knock 3");
	idle_ms(2000);
	assert_int_equal(lines, 0);
	kit_hand("power 3 off");
	idle_ms(500);
	expect(0, "say", "The drive at secondary master has left flash mode");
	assert_false(engine.in_vendor_mode);
	idle_ms(5000);
	expect(0, "place", "position=3 at=\"secondary master\" state=\"empty\"");
	kit_hand("power 3 on");
	idle_ms(40000);
	assert_int_equal(odr_engine_command(&engine, "knock 3"), ODR_EXIT_REFUSED);
	expect(0, "refused", "was away since you named it");
}

/* ---- the PC ---- */

static void pc_that_is_switched_off_or_hangs_is_told_and_not_scanned(void **state)
{
	(void)state;
	start(DISK DEAD);
	kit_hand("off");
	kit_hand("cable 3 on");
	idle_ms(5000);
	expect(0, "pc", "state=\"off\" boots=1");
	assert_int_equal(count("place"), 0);
	forget();
	kit_hand("start");
	idle_ms(5000);
	expect(0, "pc", "state=\"hung\" boots=2");
	assert_int_equal(count("place"), 0);
	forget();
	kit_hand("cable 3 off");
	kit_hand("reset");
	idle_ms(1000);
	expect(0, "pc", "state=\"on\" boots=3");
	assert_int_equal(count("place"), 4); /* another start: all of them */
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_tick_tells_the_pc_and_all_four_places),
		TEST(plugged_drive_is_seen_at_once_and_looked_at_after_a_quiet_of_3_s),
		TEST(busy_drive_is_settled_after_31_s_and_then_the_change_is_told),
		TEST(drive_that_starts_is_settled_as_soon_as_it_says_its_name),
		TEST(pulled_drive_has_vanished_and_another_one_is_renamed),
		TEST(name_that_a_dead_drive_takes_the_place_of_has_vanished),
		TEST(both_channels_are_told_when_both_have_changed),
		TEST(without_a_baseline_there_is_no_change_to_tell),
		TEST(each_bounce_of_the_plug_begins_the_quiet_anew),
		TEST(hand_in_the_middle_of_a_scan_is_not_missed),
		TEST(what_a_command_told_is_not_told_again_and_not_contradicted),
		TEST(drive_that_leaves_flash_mode_is_told_and_its_target_is_void),
		TEST(pc_that_is_switched_off_or_hangs_is_told_and_not_scanned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
