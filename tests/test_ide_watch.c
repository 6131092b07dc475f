/* Waiting for a plug (protocols.md 5.6), resets (5.8), draining (5.4), and statuses with two meanings
 * (2.2, 5.9), on the practice PC. */
#include "idekit.h"

#include "platform/ide_reg.h" /* odr_ide_drain: what the row DRQ_STUCK of 5.7 wants next */

static void scanned(unsigned channel, unsigned ask, struct odr_place out[2])
{
	spy_on(channel);
	spy_scan(ask, out);
}

/* ---- watch ---- */

static uint64_t stop_us; /* the moment from which on the watch is told to end; 0: never */

static bool is_told_to_end(void *self)
{
	assert_ptr_equal(self, kit.self);
	return stop_us && spy_now() >= stop_us;
}

static enum odr_err watched(unsigned position, uint32_t timeout_ms, struct odr_place *place)
{
	spy_on(odr_position_channel(position));
	return odr_ide_watch(&spy_channel, position, timeout_ms, is_told_to_end, kit.self, place,
			     &kit_error);
}

static unsigned ms_of(unsigned access)
{
	return (unsigned)((spy[access].us - spy_begin) / 1000);
}

/* The first access from `from` on that is no reading of the alternate status. */
static unsigned first_other(unsigned from)
{
	while (from < spy_count && spy[from].kind == 'i' && spy[from].reg == SPY_CTL)
		from++;
	return from;
}

static void a_watch_that_sees_nothing_ends_in_time_and_never_wrote(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("");
	assert_int_equal(watched(3, 10000, &place), ODR_E_TIMEOUT);
	assert_in_range(spy_ms(), 10000, 10300);
	assert_int_equal(first_other(0), spy_count);
	assert_int_equal(spy_count, 41); /* one look, then one each 250 ms */
	assert_non_null(strstr(kit_error.text, "7F"));
}

static void a_watch_reads_every_250_ms_is_quiet_for_3_s_and_then_looks(void **state)
{
	struct odr_place place;
	unsigned seen;

	(void)state;
	kit_open("[3]\ntype = cdrom\ncable = no\n");
	kit_wait_ms(5000); /* it has started; only the plug is missing */
	kit_hand("cable 3 on after 1100 ms");
	assert_int_equal(watched(3, 60000, &place), ODR_OK);
	assert_int_equal(place.state, ODR_NO_IDENT);
	for (seen = 0; spy[seen].value == 0x7F; seen++)
		if (seen)
			assert_in_range(spy[seen].us - spy[seen - 1].us, 250000, 250002);
	assert_in_range(ms_of(seen), 1100, 1355);
	/* The change; then 3 s without a single access; then nIEN; then a look, and no command. */
	assert_in_range(spy[seen + 1].us - spy[seen].us, 3000000, 3000002);
	seen = first_other(seen + 1);
	assert_int_equal(spy[seen].kind, 'o');
	assert_int_equal(spy[seen].reg, SPY_CTL);
	assert_int_equal(spy[seen].value, 0x0A);
	assert_int_equal(spy_saw('o', ODR_REG_STATUS, -1), 0);
	spy_left_as_it_was(0xA0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void a_drive_that_starts_slowly_is_waited_for(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("[3]\ntype = cdrom\npower = no\nstart_ms = 25000\n");
	kit_hand("power 3 on after 1000 ms");
	assert_int_equal(watched(3, 60000, &place), ODR_OK);
	assert_int_equal(place.state, ODR_NO_IDENT);
	assert_in_range(spy_ms(), 26000, 26600);
}

static void a_drive_that_is_busy_for_31_s_is_hung_and_no_sooner(void **state)
{
	struct odr_place place;
	unsigned seen;

	(void)state;
	kit_open("[3]\ntype = cdrom\npower = no\nstart_ms = 30500\n");
	kit_hand("power 3 on after 1000 ms");
	assert_int_equal(watched(3, 60000, &place), ODR_OK);
	assert_int_equal(place.state, ODR_NO_IDENT);
	kit_teardown(state);

	kit_open("[3]\ntype = cdrom\npower = no\nstart_ms = 60000\n");
	kit_hand("power 3 on after 1000 ms");
	assert_int_equal(watched(3, 60000, &place), ODR_OK);
	assert_int_equal(place.state, ODR_BUSY);
	/* 31 s from the change that was seen, and a step of the watch; then the look. */
	for (seen = 0; spy[seen].value == 0x7F; seen++)
		;
	assert_in_range(ms_of(first_other(0)) - ms_of(seen), 31000, 31010);
	assert_int_equal(kit_wrongs(""), 0);
}

static void a_plug_that_is_pulled_is_a_change_as_well(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_hand("cable 3 off after 1000 ms");
	assert_int_equal(watched(3, 60000, &place), ODR_OK);
	assert_int_equal(place.state, ODR_EMPTY);
	assert_in_range(spy_ms(), 4000, 4500);
}

static void a_watch_that_is_told_to_end_does_so_and_never_wrote(void **state)
{
	struct odr_place place;

	for (int busy = 0; busy < 2; busy++) { /* nothing changes; busy, and not yet hung */
		kit_open(busy ? "[3]\ntype = cdrom\npower = no\nstart_ms = 60000\n" : "");
		if (busy)
			kit_hand("power 3 on after 1000 ms");
		stop_us = spy_now() + 10000000;
		assert_int_equal(watched(3, 3600000, &place), ODR_E_ABORTED);
		stop_us = 0;
		assert_in_range(spy_ms(), 10000, 10300);
		assert_int_equal(first_other(0), spy_count);
		kit_teardown(state);
	}
}

/* ---- resets ---- */

static void srst_is_refused_beside_what_it_could_harm_and_nothing_is_sent(void **state)
{
	static const enum odr_state harmed[] = {ODR_DISK,      ODR_WRONG_SIG, ODR_ABORTING,
						ODR_DRQ_STUCK, ODR_VENDOR,    ODR_VENDOR_LOCKED};

	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	spy_on(1);
	for (unsigned i = 0; i < 2 * sizeof harmed / sizeof harmed[0]; i++) {
		struct odr_place looked[2] = {{.state = ODR_ALIVE}, {.state = ODR_ALIVE}};

		looked[i % 2].state = harmed[i / 2];
		assert_int_equal(odr_ide_srst(&spy_channel, looked, &kit_error), ODR_E_REFUSED);
		assert_non_null(strstr(kit_error.text, odr_state_name(harmed[i / 2])));
		assert_non_null(strstr(kit_error.text, i % 2 ? "slave" : "master"));
	}
	assert_int_equal(spy_count, 0);
}

static void srst_is_allowed_where_nothing_can_be_harmed(void **state)
{
	static const enum odr_state fine[] = {ODR_EMPTY, ODR_ABSENT, ODR_SILENT,  ODR_BUSY,
					      ODR_ALIVE, ODR_BOOT,   ODR_NO_IDENT};

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	spy_on(1);
	for (unsigned i = 0; i < sizeof fine / sizeof fine[0]; i++) {
		struct odr_place looked[2] = {{.state = fine[i]}, {.state = ODR_ABSENT}};

		assert_int_equal(odr_ide_srst(&spy_channel, looked, &kit_error), ODR_OK);
	}
	assert_int_equal(kit_wrongs(""), 0);
}

static void srst_is_one_pulse_of_5_to_20_us_and_both_devices_are_awaited(void **state)
{
	struct odr_place looked[2];
	unsigned i;

	(void)state;
	kit_open("[3]\ntype = cdrom\nrow = silent\n[4]\ntype = cdrom\n");
	scanned(1, ODR_MASK(3), looked); /* the master hangs over the question */
	spy_forget();
	assert_int_equal(odr_ide_srst(&spy_channel, looked, &kit_error), ODR_OK);
	assert_int_equal(spy_saw('o', SPY_CTL, 0x0E), 1);
	for (i = 0; spy[i].value != 0x0E || spy[i].kind != 'o'; i++)
		;
	assert_int_equal(spy[i + 1].value, 0x0A);
	assert_in_range(spy[i + 1].us - spy[i].us, 5, 30);
	assert_true(spy[i + 2].us - spy[i + 1].us >= 2000);
	spy_left_as_it_was(0xA0);
	scanned(1, ODR_MASK(4), looked);
	assert_int_equal(looked[0].state, ODR_NO_IDENT);
	assert_int_equal(looked[1].state, ODR_ALIVE);
	assert_int_equal(kit_wrongs(""), 0);
}

static void srst_that_does_not_help_is_given_up_after_31_s(void **state)
{
	struct odr_place looked[2];

	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n");
	scanned(1, 0, looked);
	spy_forget();
	assert_int_equal(odr_ide_srst(&spy_channel, looked, &kit_error), ODR_E_TIMEOUT);
	assert_in_range(spy_ms(), 31000, 32000); /* once for both: the same drive */
	spy_left_as_it_was(0xA0);
}

static void device_reset_reaches_one_device_even_while_it_is_busy(void **state)
{
	struct odr_place looked[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\nrow = silent\n[4]\ntype = cdrom\n");
	scanned(1, ODR_MASK(3), looked);
	assert_int_equal(looked[0].state, ODR_SILENT);
	spy_forget();
	assert_int_equal(odr_ide_device_reset(&spy_channel, 0, &kit_error), ODR_OK);
	assert_int_equal(spy_saw('o', ODR_REG_STATUS, 0x08), 1);
	assert_int_equal(spy_saw('o', ODR_REG_STATUS, -1), 1);
	spy_left_as_it_was(0xA0);
	scanned(1, ODR_MASK(4), looked);
	assert_int_equal(looked[0].state, ODR_NO_IDENT);
	assert_int_equal(looked[1].state, ODR_ALIVE);
	assert_int_equal(kit_wrongs(""), 0);
}

static void device_reset_is_given_up_after_10_s_and_not_sent_to_nobody(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n");
	spy_on(1);
	assert_int_equal(odr_ide_device_reset(&spy_channel, 0, &kit_error), ODR_E_TIMEOUT);
	assert_in_range(spy_ms(), 10000, 10100);
	spy_on(0);
	assert_int_equal(odr_ide_device_reset(&spy_channel, 0, &kit_error), ODR_E_NO_DEVICE);
	assert_int_equal(spy_saw('o', ODR_REG_STATUS, -1), 0);
}

/* ---- a data request that nobody asked for ---- */

static void a_short_data_request_is_over_when_it_is_drained(void **state)
{
	struct odr_place looked[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\nrow = drq_short\n");
	scanned(1, ODR_MASK_ALL, looked);
	assert_int_equal(looked[0].state, ODR_DRQ_STUCK);
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 0);
	odr_ide_drain(&spy_channel);
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 256);
	scanned(1, ODR_MASK_ALL, looked);
	assert_int_equal(looked[0].state, ODR_ALIVE);
	assert_int_equal(kit_wrongs(""), 0);
}

static void an_endless_data_request_is_drained_for_64_kib_and_ends_with_a_device_reset(void **state)
{
	struct odr_place looked[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\nrow = drq_stuck\n");
	scanned(1, ODR_MASK_ALL, looked);
	odr_ide_drain(&spy_channel);
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 32768);
	assert_int_equal(odr_ide_device_reset(&spy_channel, 0, &kit_error), ODR_OK);
	scanned(1, ODR_MASK_ALL, looked);
	assert_int_equal(looked[0].state, ODR_ALIVE);
	assert_int_equal(kit_wrongs(""), 0);
}

/* ---- 5.9, and statuses with two meanings ---- */

static void
after_srst_an_absent_slave_is_absent_and_the_master_is_alive_with_status_00(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	scanned(1, ODR_MASK_ALL, out);
	assert_int_equal(odr_ide_srst(&spy_channel, out, &kit_error), ODR_OK);
	scanned(1, 0, out);
	assert_int_equal(out[0].state, ODR_NO_IDENT);
	assert_int_equal(out[0].status, 0x00);
	assert_int_equal(out[1].state, ODR_ABSENT);
	scanned(1, ODR_MASK_ALL, out);
	assert_int_equal(out[0].state, ODR_ALIVE);
	assert_int_equal(out[1].state, ODR_ABSENT);
	assert_int_equal(kit_wrongs(""), 0);
}

static void a_slave_fresh_from_a_reset_is_found_by_asking_it(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	spy_on(1);
	spy_scan(0, out);
	assert_int_equal(odr_ide_srst(&spy_channel, out, &kit_error), ODR_OK);
	spy_scan(ODR_MASK_ALL, out);
	assert_int_equal(out[0].state, ODR_ALIVE);
	assert_int_equal(out[1].state, ODR_ALIVE);
}

static void beside_vendor_mode_a_slave_fresh_from_power_on_is_believed_its_signature(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = burner\nrow = vendor\n[4]\ntype = cdrom\npower = no\n");
	scanned(1, 0, out);
	assert_int_equal(out[1].state, ODR_ABSENT);
	kit_hand("power 4 on");
	kit_wait_ms(5000);
	scanned(1, 0, out);
	assert_int_equal(out[0].state, ODR_VENDOR);
	assert_int_equal(out[1].status, 0x00);
	assert_int_equal(out[1].state, ODR_NO_IDENT);
}

static uint8_t unsettled(unsigned reg, uint8_t value)
{
	return reg == SPY_CTL || reg == ODR_REG_STATUS ? value | 0x80 : value;
}

static void f2_is_72_that_has_not_settled_yet(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = burner\nrow = vendor\nrom_status = 72\n");
	spy_on(1);
	spy_lie = unsettled;
	spy_scan(ODR_MASK_ALL, out);
	assert_int_equal(out[0].status, 0xF2);
	assert_int_equal(out[0].state, ODR_BUSY);
	spy_lie = NULL;
	spy_scan(ODR_MASK_ALL, out);
	assert_int_equal(out[0].state, ODR_VENDOR);
	assert_int_equal(kit_wrongs(""), 0);
}

/* A disk passes its index mark once a revolution: 52 now and then, 50 in between. */
static uint8_t index_mark(unsigned reg, uint8_t value)
{
	return reg == SPY_CTL && value == 0x50 && spy_now() % 16000 < 8000 ? 0x52 : value;
}

static uint8_t steady_52(unsigned reg, uint8_t value)
{
	return reg == SPY_CTL && value == 0x50 ? 0x52 : value;
}

static void a_52_that_comes_and_goes_is_a_disk_and_a_steady_one_is_locked(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[1]\ntype = disk\nleft = 3C12\n");
	spy_on(0);
	kit_wait_ms(16 - spy_now() / 1000 % 16); /* to the next index mark */
	spy_lie = index_mark;
	spy_scan(0, out);
	assert_int_equal(out[0].state, ODR_WRONG_SIG);
	spy_lie = steady_52;
	spy_scan(0, out);
	assert_int_equal(out[0].state, ODR_VENDOR_LOCKED);
}

static void a_steady_52_with_the_whole_reset_signature_is_idle(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	spy_on(1);
	spy_lie = steady_52;
	spy_scan(0, out);
	assert_int_equal(out[0].state, ODR_NO_IDENT);
}

/* Word 93 of a master that answers IDENTIFY for an absent slave (5.3). */
static void word_93(uint8_t *bytes, unsigned count)
{
	if (count == 256) {
		bytes[186] = 0x41;
		bytes[187] = 0x40;
	}
}

static void a_master_that_answers_for_its_absent_slave_is_seen_through(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	spy_on(1);
	spy_lie_words = word_93;
	spy_scan(ODR_MASK_ALL, out);
	assert_int_equal(out[0].state, ODR_ALIVE);
	assert_int_equal(out[1].state, ODR_ABSENT);
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_watch_that_sees_nothing_ends_in_time_and_never_wrote),
		TEST(a_watch_reads_every_250_ms_is_quiet_for_3_s_and_then_looks),
		TEST(a_drive_that_starts_slowly_is_waited_for),
		TEST(a_drive_that_is_busy_for_31_s_is_hung_and_no_sooner),
		TEST(a_plug_that_is_pulled_is_a_change_as_well),
		TEST(a_watch_that_is_told_to_end_does_so_and_never_wrote),
		TEST(srst_is_refused_beside_what_it_could_harm_and_nothing_is_sent),
		TEST(srst_is_allowed_where_nothing_can_be_harmed),
		TEST(srst_is_one_pulse_of_5_to_20_us_and_both_devices_are_awaited),
		TEST(srst_that_does_not_help_is_given_up_after_31_s),
		TEST(device_reset_reaches_one_device_even_while_it_is_busy),
		TEST(device_reset_is_given_up_after_10_s_and_not_sent_to_nobody),
		TEST(a_short_data_request_is_over_when_it_is_drained),
		TEST(an_endless_data_request_is_drained_for_64_kib_and_ends_with_a_device_reset),
		TEST(after_srst_an_absent_slave_is_absent_and_the_master_is_alive_with_status_00),
		TEST(a_slave_fresh_from_a_reset_is_found_by_asking_it),
		TEST(beside_vendor_mode_a_slave_fresh_from_power_on_is_believed_its_signature),
		TEST(f2_is_72_that_has_not_settled_yet),
		TEST(a_52_that_comes_and_goes_is_a_disk_and_a_steady_one_is_locked),
		TEST(a_steady_52_with_the_whole_reset_signature_is_idle),
		TEST(a_master_that_answers_for_its_absent_slave_is_seen_through),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
