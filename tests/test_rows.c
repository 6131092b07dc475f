/* The channels panel: the four plugs, and the drives that hang on neither cable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tui/rows.h"

#include <stdio.h>
#include <string.h>

static struct odr_rows rows;
static struct odr_page page;

static void place(unsigned position, const char *rest)
{
	char line[300];

	snprintf(line, sizeof line, "place position=%u %s", position, rest);
	odr_rows_event(&rows, line);
}

static int four_plugs(void **state)
{
	(void)state;
	odr_rows_start(&rows);
	memset(&page, 0, sizeof page);
	place(1, "state=\"hard disk\" name=\"WDC WD800\"");
	for (unsigned p = 2; p <= 4; p++)
		place(p, "state=\"empty\"");
	return 0;
}

static void further(unsigned position, const char *name)
{
	char rest[200];

	snprintf(rest, sizeof rest,
		 "state=\"alive\" name=\"%s\" revision=\"1.00\" where=\"USB 1-%u, bridge 0x1:0x2\"",
		 name, position);
	place(position, rest);
}

static void shows(unsigned row, const char *start)
{
	if (strncmp(page.panel[row].text, start, strlen(start)) != 0)
		fail_msg("row %u is '%s', not '%s'", row, page.panel[row].text, start);
}

static void without_further_drives_the_four_plugs_are_the_panel(void **state)
{
	(void)state;
	odr_rows_show(&rows, &page);
	assert_int_equal(page.panel_rows, 4);
	assert_int_equal(page.places, 4);
	shows(0, " 1 prim master  WDC WD800 (hard disk");
	shows(3, " 4 sec  slave   -");
}

static void a_further_drive_comes_before_the_empty_plugs(void **state)
{
	(void)state;
	further(5, "A DRIVE");
	odr_rows_show(&rows, &page);
	assert_int_equal(page.places, 4);
	shows(0, " 1 prim master");
	shows(1, " 5 USB 1-5  A DRIVE 1.00 (lives)");
	assert_int_equal(page.panel[1].role, ODR_ROLE_GOOD);
	shows(2, " 2 prim slave   -");
	shows(3, " 3 sec  master  -");
}

static void when_it_goes_the_plugs_come_back(void **state)
{
	(void)state;
	further(5, "A DRIVE");
	place(5, "state=\"empty\"");
	odr_rows_show(&rows, &page);
	assert_int_equal(page.places, 4);
	shows(1, " 2 prim slave   -");
}

static void who_does_not_fit_is_counted_and_the_target_stays_first(void **state)
{
	(void)state;
	place(4, "state=\"stuck busy\"");
	rows.target = 4;
	for (unsigned p = 5; p <= 12; p++)
		further(p, "A DRIVE");
	odr_rows_show(&rows, &page);
	assert_int_equal(page.panel_rows, 4);
	assert_int_equal(page.places, 10); /* the disk, the target, and eight more */
	shows(0, " 4 sec  slave   BUSY");
	shows(1, " 1 prim master");
	shows(2, " 5 USB 1-5");
	shows(3, " 6 USB 1-6");
}

static void whoever_stands_on_the_panel_four_rows_are_filled(void **state)
{
	(void)state;
	for (unsigned mask = 0; mask < 1u << 12; mask++) {
		odr_rows_start(&rows);
		for (unsigned p = 1; p <= 12; p++)
			place(p, mask & 1u << (p - 1) ? "state=\"alive\" where=\"USB 1\""
						      : "state=\"empty\"");
		memset(&page, 0, sizeof page);
		odr_rows_show(&rows, &page);
		assert_true(page.places >= 4);
		for (unsigned n = 0; n < 4; n++)
			assert_true(page.panel[n].text[0] == ' ' && page.panel[n].text[1] >= '1');
	}
}

static void a_drive_that_could_not_be_asked_is_no_dead_one(void **state)
{
	(void)state;
	place(3, "state=\"not asked\"");
	assert_false(odr_row_is_dead(&rows.row[2]));
	assert_false(odr_row_is_nobody(&rows.row[2]));
	odr_rows_show(&rows, &page);
	shows(2, " 3 sec  master  a drive that could not be asked");
}

static void positions_beyond_the_last_are_not_for_the_panel(void **state)
{
	(void)state;
	place(13, "state=\"alive\"");
	place(0, "state=\"alive\"");
	place(4294967295u, "state=\"alive\"");
	odr_rows_show(&rows, &page);
	assert_int_equal(page.places, 4);
}

#define WITH_PLUGS(test) cmocka_unit_test_setup(test, four_plugs)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PLUGS(without_further_drives_the_four_plugs_are_the_panel),
		WITH_PLUGS(a_further_drive_comes_before_the_empty_plugs),
		WITH_PLUGS(when_it_goes_the_plugs_come_back),
		WITH_PLUGS(who_does_not_fit_is_counted_and_the_target_stays_first),
		WITH_PLUGS(whoever_stands_on_the_panel_four_rows_are_filled),
		WITH_PLUGS(a_drive_that_could_not_be_asked_is_no_dead_one),
		WITH_PLUGS(positions_beyond_the_last_are_not_for_the_panel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
