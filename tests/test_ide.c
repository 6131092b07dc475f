/* Who is on a cable: every row of protocols.md 5.7, and 5.4, 5.6, 5.9 around them, on the practice PC. */
#include "idekit.h"

#define ASK_BOTH ODR_MASK_ALL
#define SCAN_MS 5000 /* ide.h: "at most about 5 s for a channel that hangs" */

static void open_file(const char *name)
{
	char path[64], text[2000];
	size_t n;
	FILE *f;

	snprintf(path, sizeof path, "tests/rigs/%s.ini", name);
	f = fopen(path, "r");
	if (!f)
		fail_msg("%s cannot be opened", path);
	n = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	text[n] = '\0';
	kit_open(text);
}

/* A rig by its file's name, or by its own text. */
static void open_rig(const char *rig)
{
	if (strchr(rig, '\n'))
		kit_open(rig);
	else
		open_file(rig);
}

static enum odr_state scanned(unsigned position, unsigned ask, struct odr_place *place)
{
	struct odr_place out[2];

	spy_on(odr_position_channel(position));
	spy_scan(ask, out);
	assert_int_equal(out[0].position, 2 * spy_of + 1);
	assert_int_equal(out[1].position, 2 * spy_of + 2);
	*place = out[odr_position_device(position)];
	return place->state;
}

/* A look: selects, device control, and nothing else but the 55/AA test where nobody shows himself. */
static void wrote_nothing_but_selects(bool may_test)
{
	for (unsigned i = 0; i < spy_count; i++) {
		if (spy[i].kind == 'i')
			continue;
		assert_int_equal(spy[i].kind, 'o');
		if (may_test && (spy[i].reg == 2 || spy[i].reg == 3))
			continue;
		assert_true(spy[i].reg == 6 || spy[i].reg == SPY_CTL);
		if (spy[i].reg == SPY_CTL)
			assert_true(spy[i].value == 0x0A || spy[i].value == 0x08);
	}
}

static void sent_nothing_but_questions(void)
{
	unsigned questions = spy_saw('o', 7, 0xA1) + spy_saw('o', 7, 0xA0) + spy_saw('o', 7, 0xEC);

	assert_int_equal(spy_saw('o', 7, -1), questions);
	assert_int_equal(spy_saw('o', SPY_CTL, -1), 2);
}

/* ---- the rows ---- */

static const struct {
	const char *rig;
	unsigned position;
	enum odr_state looked, asked;
	const char *vendor, *product, *revision;
} rows[] = {
	{"rows4", 1, ODR_NO_PORT, ODR_NO_PORT, "", "", ""},
	{"rows4", 2, ODR_NO_PORT, ODR_NO_PORT, "", "", ""},
	{"rows5", 1, ODR_EMPTY, ODR_EMPTY, "", "", ""}, /* 00 that keeps no pattern */
	{"rows5", 2, ODR_EMPTY, ODR_EMPTY, "", "", ""},
	{"rows5", 4, ODR_ABSENT, ODR_ABSENT, "", "", ""}, /* beside vendor mode */
	{"rows6", 2, ODR_ABSENT, ODR_ABSENT, "", "", ""}, /* 00 beside a master */
	/* the registers of its master, that is an ATAPI signature, and a pattern that is kept */
	{"[3]\ntype = cdrom\n", 4, ODR_ABSENT, ODR_ABSENT, "", "", ""},
	{"[1]\ntype = disk\n", 2, ODR_ABSENT, ODR_ABSENT, "", "", ""},
	{"rows6", 3, ODR_ABSENT, ODR_ABSENT, "", "", ""},	      /* 7F beside a slave */
	{"[pc]\nboot_ms = 1\n", 1, ODR_EMPTY, ODR_EMPTY, "", "", ""}, /* 7F */
	{"rows6", 4, ODR_NO_IDENT, ODR_ALIVE, "ACME", "CD-ROM 52X", "1.00"},
	{"rows3", 3, ODR_NO_IDENT, ODR_ALIVE, "ACME", "CD-ROM 52X", "1.00"},
	{"rows1", 1, ODR_NO_IDENT, ODR_BOOT, "ACME", "CD-ROM 52X", "0000"},
	{"rows1", 2, ODR_NO_IDENT, ODR_BOOT, "NEC", "DVD_RW ND-3500AG", "0.00"},
	{"rows1", 3, ODR_NO_IDENT, ODR_BOOT, "ACME", "CD-ROM 52X", "BOOT"},
	{"rows1", 4, ODR_NO_IDENT, ODR_NO_IDENT, "........", "................", "...."},
	{"rows3", 4, ODR_NO_IDENT, ODR_NO_IDENT, "........", "................", "...."},
	{"rows2", 1, ODR_NO_IDENT, ODR_SILENT, "", "", ""},
	{"[1]\ntype = cdrom\nrow = wrong_sig\n", 1, ODR_WRONG_SIG, ODR_WRONG_SIG, "", "", ""},
	{"rows2", 4, ODR_WRONG_SIG, ODR_WRONG_SIG, "", "", ""},
	{"rows2", 3, ODR_NO_IDENT, ODR_ABORTING, "", "", ""},
	{"rows3", 1, ODR_DRQ_STUCK, ODR_DRQ_STUCK, "", "", ""},
	{"rows3", 2, ODR_DRQ_STUCK, ODR_DRQ_STUCK, "", "", ""},
	{"rows4", 3, ODR_BUSY, ODR_BUSY, "", "", ""},
	{"rows4", 4, ODR_BUSY, ODR_BUSY, "", "", ""}, /* the same drive once more */
	{"rows5", 3, ODR_VENDOR, ODR_VENDOR, "", "", ""},
	{"[3]\ntype = burner\nrow = vendor\nrom_status = 72\n", 3, ODR_VENDOR, ODR_VENDOR, "", "",
	 ""},
	{"[3]\ntype = burner\nrow = vendor\nrom_status = 73\n", 3, ODR_VENDOR, ODR_VENDOR, "", "",
	 ""},
	{"rows6", 1, ODR_VENDOR_LOCKED, ODR_VENDOR_LOCKED, "", "", ""},
	{"[1]\ntype = disk\nproduct = WDC WD800\n", 1, ODR_DISK, ODR_DISK, "", "WDC WD800", ""},
};
#define ROWS (sizeof rows / sizeof rows[0])

static void expect_state(unsigned row, enum odr_state seen, enum odr_state expected)
{
	if (seen != expected)
		fail_msg("row %u, position %u of %s: %s, not %s", row, rows[row].position,
			 rows[row].rig, odr_state_name(seen), odr_state_name(expected));
}

static void every_row_is_told_by_looking(void **state)
{
	struct odr_place place;

	for (unsigned i = 0; i < ROWS; i++) {
		open_rig(rows[i].rig);
		expect_state(i, scanned(rows[i].position, 0, &place), rows[i].looked);
		assert_string_equal(place.product, "");
		wrote_nothing_but_selects(place.state == ODR_EMPTY);
		assert_true(spy_ms() <= SCAN_MS);
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

static void every_row_is_told_by_asking_and_its_name_is_read(void **state)
{
	struct odr_place place;

	for (unsigned i = 0; i < ROWS; i++) {
		open_rig(rows[i].rig);
		expect_state(i, scanned(rows[i].position, ASK_BOTH, &place), rows[i].asked);
		assert_string_equal(place.vendor, rows[i].vendor);
		assert_string_equal(place.product, rows[i].product);
		assert_string_equal(place.revision, rows[i].revision);
		sent_nothing_but_questions();
		assert_true(spy_ms() <= SCAN_MS);
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

static void every_row_leaves_interrupts_on_and_the_device_that_was_selected(void **state)
{
	struct odr_place place;

	for (unsigned i = 0; i < 4 * ROWS; i++) {
		uint8_t device = i & 1 ? 0xB0 : 0xA0;
		bool readable;

		open_rig(rows[i / 4].rig);
		spy_on(odr_position_channel(rows[i / 4].position));
		control(0x08);
		out(6, device);
		/* Who is busy owns the registers, and an empty cable has none: then the master. */
		readable = !(alternate() & 0x80) && alternate() != 0x7F && in(6) == device;
		scanned(rows[i / 4].position, i & 2 ? ASK_BOTH : 0, &place);
		spy_left_as_it_was(readable ? device : 0xA0);
		kit_teardown(state);
	}
}

/* ---- 5.4: the order ---- */

static void a_look_begins_with_interrupts_off_and_waits_400_ns_after_each_select(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	scanned(3, 0, &place);
	assert_int_equal(spy[0].kind, 'o');
	assert_int_equal(spy[0].reg, SPY_CTL);
	assert_int_equal(spy[0].value, 0x0A);
	for (unsigned i = 0; i < spy_count; i++)
		if (spy[i].kind == 'o' && spy[i].reg == 6)
			for (unsigned n = 1; n <= 4; n++)
				assert_true(spy[i + n].kind == 'i' && spy[i + n].reg == SPY_CTL);
	assert_int_equal(spy[spy_count - 1].reg, SPY_CTL);
	assert_int_equal(spy[spy_count - 1].value, 0x08);
}

static void only_positions_named_are_asked(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	spy_on(1);
	spy_scan(ODR_MASK(4) | ODR_MASK(1), out);
	assert_int_equal(out[0].state, ODR_NO_IDENT);
	assert_int_equal(out[1].state, ODR_ALIVE);
	for (unsigned i = 0, device = 0; i < spy_count; i++) {
		if (spy[i].kind == 'o' && spy[i].reg == 6)
			device = spy[i].value;
		if (spy[i].kind == 'o' && spy[i].reg == 7)
			assert_int_equal(device, 0xB0);
	}
}

static void a_disk_is_sent_ec_and_nothing_else(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("[1]\ntype = disk\nleft = 3C12\n[2]\ntype = cdrom\nleft = 3C12\n");
	assert_int_equal(scanned(1, ASK_BOTH & ~ODR_MASK(2), &place), ODR_DISK);
	assert_int_equal(spy_saw('o', 7, 0xEC), 1);
	assert_int_equal(spy_saw('o', 7, -1), 1);
	/* Its cable mate looks the same; refusing EC it shows its signature, and is asked by name. */
	assert_int_equal(scanned(2, ASK_BOTH & ~ODR_MASK(1), &place), ODR_ALIVE);
	assert_int_equal(kit_wrongs(""), 0);
}

static void a_drive_that_was_asked_once_gives_the_same_answer_again(void **state)
{
	struct odr_place place;

	for (unsigned i = 0; i < ROWS; i++) {
		if (rows[i].asked == ODR_SILENT) /* that one hangs over the question */
			continue;
		open_rig(rows[i].rig);
		for (unsigned n = 0; n < 3; n++)
			expect_state(i, scanned(rows[i].position, ASK_BOTH, &place), rows[i].asked);
		assert_string_equal(place.product, rows[i].product);
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

static void an_abort_is_told_by_the_err_bit_not_by_51(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("[1]\ntype = cdrom\nrow = aborting\nabort_status = 41\n"
		 "[3]\ntype = cdrom\nrow = a1_aborts\nabort_status = 41\nleft = 0024\n");
	assert_int_equal(scanned(1, ASK_BOTH, &place), ODR_ABORTING);
	assert_int_equal(scanned(3, ASK_BOTH, &place), ODR_ALIVE);
	assert_int_equal(kit_wrongs(""), 0);
}

static uint8_t no_signature(unsigned reg, uint8_t value)
{
	return reg == ODR_REG_LBA_MID || reg == ODR_REG_LBA_HI ? 0 : value;
}

static void the_pattern_tests_put_back_what_was_there(void **state)
{
	struct odr_place out[2], place;

	/* Status 00 and no signature: somebody is there only if he keeps 55 AA. */
	kit_open("[3]\ntype = cdrom\npower = no\n");
	kit_hand("power 3 on");
	kit_wait_ms(5000);
	spy_on(1);
	spy_lie = no_signature;
	spy_scan(0, out);
	assert_int_equal(out[0].state, ODR_SILENT);
	wrote_nothing_but_selects(true);
	assert_int_equal(in(2), 0x01);
	assert_int_equal(in(3), 0x01);
	kit_teardown(state);
	/* Refuses EC: LBA mid and high are tried. */
	kit_open("[3]\ntype = cdrom\nrow = aborting\nleft = 0024\n");
	assert_int_equal(scanned(3, ASK_BOTH, &place), ODR_ABORTING);
	assert_int_equal(in(4), 0x00);
	assert_int_equal(in(5), 0x24);
	assert_int_equal(kit_wrongs(""), 0);
}

/* ---- 5.7: nobody is disturbed ---- */

static void a_stuck_busy_drive_mirrors_on_both_positions(void **state)
{
	static const char *const shown[] = {"80", "D0", "D1"};
	struct odr_place out[2];
	char rig[100];

	for (unsigned i = 0; i < 3; i++) {
		snprintf(rig, sizeof rig,
			 "[pc]\nbios = waits\n[%u]\ntype = cdrom\nrow = hung\nstuck_status = %s\n",
			 3 + i % 2, shown[i]);
		kit_open(rig);
		spy_on(1);
		spy_scan(ASK_BOTH, out);
		for (unsigned d = 0; d < 2; d++) {
			assert_int_equal(out[d].state, ODR_BUSY);
			assert_int_equal(out[d].status, strtoul(shown[i], NULL, 16));
			assert_true(out[d].mirrored);
		}
		wrote_nothing_but_selects(false);
		assert_in_range(spy_ms(), 2000, 2001); /* BSY may last 1 s for each device */
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

/* Whatever the owner of the cable is, and whichever of the two it is. */
static void beside_who_is_busy_moves_data_or_is_in_vendor_mode_nobody_is_asked(void **state)
{
	static const struct {
		const char *type;
		enum odr_state seen;
	} owner[] = {{"cdrom\nrow = hung", ODR_BUSY},
		     {"burner\nrow = vendor", ODR_VENDOR},
		     {"burner\nrow = vendor\nrom_status = 52", ODR_VENDOR_LOCKED},
		     {"cdrom\nrow = drq_stuck", ODR_DRQ_STUCK}};
	struct odr_place out[2];
	char rig[120];

	for (unsigned i = 0; i < 8; i++) {
		unsigned d = i % 2;

		snprintf(rig, sizeof rig,
			 "[pc]\nbios = waits\n[%u]\ntype = %s\n[%u]\ntype = cdrom\n", 3 + d,
			 owner[i / 2].type, 4 - d);
		kit_open(rig);
		spy_on(1);
		spy_scan(ASK_BOTH, out);
		assert_int_equal(out[d].state, owner[i / 2].seen);
		assert_int_equal(out[!d].state, ODR_NO_IDENT);
		assert_false(out[0].mirrored || out[1].mirrored);
		wrote_nothing_but_selects(false);
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

static void a_drive_that_hangs_over_a_question_costs_no_more_than_5_s(void **state)
{
	struct odr_place out[2];

	(void)state;
	kit_open("[3]\ntype = cdrom\nrow = silent\n[4]\ntype = cdrom\nrow = silent\n");
	spy_on(1);
	spy_scan(ASK_BOTH, out);
	assert_int_equal(out[0].state, ODR_SILENT);
	assert_int_equal(out[1].state, ODR_NO_IDENT); /* not disturbed any more */
	assert_int_equal(spy_saw('o', 7, -1), 1);
	/* 1 s for the answer, 1 s for the drive to be free again. */
	assert_int_equal(spy_ms(), 2000);
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_row_is_told_by_looking),
		TEST(every_row_is_told_by_asking_and_its_name_is_read),
		TEST(every_row_leaves_interrupts_on_and_the_device_that_was_selected),
		TEST(a_look_begins_with_interrupts_off_and_waits_400_ns_after_each_select),
		TEST(only_positions_named_are_asked),
		TEST(a_disk_is_sent_ec_and_nothing_else),
		TEST(a_drive_that_was_asked_once_gives_the_same_answer_again),
		TEST(an_abort_is_told_by_the_err_bit_not_by_51),
		TEST(the_pattern_tests_put_back_what_was_there),
		TEST(a_stuck_busy_drive_mirrors_on_both_positions),
		TEST(beside_who_is_busy_moves_data_or_is_in_vendor_mode_nobody_is_asked),
		TEST(a_drive_that_hangs_over_a_question_costs_no_more_than_5_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
