/*
 * Tests of guides/drives.c and flash/drive.c: the shipped tables of drives, and what is looked up in
 * them.
 */
#include "guides/drives.h"
#include "flash/words.h"
#include "platform/host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct odr_guide_host host = {NULL, odr_host_list};
static struct odr_drive_book book;

static int load(void **state)
{
	struct odr_error e;

	(void)state;
	if (odr_drives_load(&book, &host, "guides", &e) != ODR_OK)
		fail_msg("%s", e.text);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	odr_drives_free(&book);
	return 0;
}

static const struct odr_drive *by_label(const char *label)
{
	return odr_drive_by_label(&book.table, label);
}

static void a_label_is_known_however_it_is_typed(void **state)
{
	static const char *const typed[] = {"DRW1008IM",       "drw1008ib",	"DVD-RW 1008 IB",
					    " DVDRW IDE1008 ", "DVDRW-IDE1008", "1008ib"};

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		const struct odr_drive *drive = by_label(typed[i]);

		assert_non_null(drive);
		assert_string_equal(drive->product, "DVDRW IDE1008");
		assert_int_equal(drive->family, ODR_FAMILY_BTC);
		assert_int_equal(drive->bytes, 1048576);
	}
	assert_null(by_label("1008"));
	assert_null(by_label("XYZZY"));
	assert_null(by_label(""));
	assert_null(by_label("- -"));
}

static void the_drives_that_burn_by_themselves_are_left_alone_for_50_s(void **state)
{
	(void)state;
	assert_int_equal(by_label("DRW1004IM")->settle_ms, 50000);
	assert_int_equal(by_label("DRW1008IB")->settle_ms, 50000);
	assert_int_equal(by_label("DRW1108IM")->settle_ms, 50000);
}

static void the_longest_label_that_fits_wins(void **state)
{
	static const struct odr_drive rows[] = {
		{.labels = "AB ABCD", .product = "one"},
		{.labels = "ABC X", .product = "two"},
		{.labels = "ABCDE", .product = "three"},
	};
	const struct odr_drives table = {rows, 3};

	(void)state;
	assert_string_equal(odr_drive_by_label(&table, "abd")->product, "one");
	assert_string_equal(odr_drive_by_label(&table, "abce")->product, "two");
	assert_string_equal(odr_drive_by_label(&table, "abcd9")->product, "one");
	assert_string_equal(odr_drive_by_label(&table, "abcdef")->product, "three");
	assert_null(odr_drive_by_label(&table, "a"));
}

static void usb_and_ide_models_are_told_apart(void **state)
{
	(void)state;
	assert_string_equal(by_label("DRW1008UI")->product, "DVDRW USB1008");
	assert_string_equal(by_label("DRW1108IM")->product, "DVDRW IDE1108");
	assert_string_equal(by_label("DRW1108UI")->product, "");
}

static void a_product_is_found_and_an_unknown_one_is_not(void **state)
{
	(void)state;
	assert_ptr_equal(odr_drive_by_product(&book.table, "DVDRW IDE1004"), by_label("DRW1004IM"));
	assert_null(odr_drive_by_product(&book.table, "DVDRW IDE100"));
	assert_null(odr_drive_by_product(&book.table, "")); /* many rows have none */
}

static void other_families_say_what_helps_them(void **state)
{
	const struct odr_drive *liteon = by_label("LTR-48246S"), *nec = by_label("ND-1100A");

	(void)state;
	assert_int_equal(liteon->family, ODR_FAMILY_LITEON);
	assert_string_equal(liteon->tool, "148");
	assert_string_equal(liteon->line, "mtkflash {digit} w /b {file83}");
	assert_int_equal(by_label("SD-616F")->bytes, 131072);
	assert_int_equal(by_label("TS-H352A")->family, ODR_FAMILY_SAMSUNG);
	assert_int_equal(by_label("TS-H352C")->tier, ODR_TIER_NONE);
	assert_int_equal(nec->family, ODR_FAMILY_FOREIGN);
	assert_string_equal(nec->line, "");
	assert_non_null(strstr(nec->warn[0], "Binflash"));
}

/* What the pages count on; odr_guide_check looks at texts, this at what rows mean together. */
static void every_row_is_whole(void **state)
{
	(void)state;
	assert_true(book.table.rows > 30);
	for (unsigned i = 0; i < book.table.rows; i++) {
		const struct odr_drive *row = &book.table.row[i];

		assert_true(*row->name && *row->labels && *row->source);
		assert_true(row->family < ODR_FAMILIES && row->tier < ODR_TIERS);
		/* Only what can be written has a line, and what has none says why. */
		assert_int_equal(!*row->line, row->tier == ODR_TIER_NONE);
		assert_true(*row->line || row->n_warn);
		for (unsigned n = 0; n < row->n_warn; n++)
			assert_non_null(row->warn[n]);
	}
}

static void a_missing_folder_is_told(void **state)
{
	struct odr_drive_book none;
	struct odr_error e;

	(void)state;
	assert_int_equal(odr_drives_load(&none, &host, "nowhere", &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "nowhere/drives: no table"));
	odr_drives_free(&none);
}

/* The fact `code` lists the refusals of the catalogue, which guides/ may not include. */
static void every_refusal_is_a_word_of_the_fact_code(void **state)
{
	(void)state;
	for (unsigned no = 0; no < ODR_NOS; no++)
		assert_true(odr_fact_takes(ODR_FACT_code, odr_words((enum odr_no)no)->name));
}

static void every_word_of_the_fact_code_is_a_refusal(void **state)
{
	char word[ODR_FACT_WORD];

	(void)state;
	for (unsigned n = 0; odr_fact_word(ODR_FACT_code, n, word); n++) {
		unsigned no = 0;

		while (no < ODR_NOS && strcmp(odr_words((enum odr_no)no)->name, word) != 0)
			no++;
		assert_true(no < ODR_NOS || !strcmp(word, "none"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_label_is_known_however_it_is_typed),
		cmocka_unit_test(the_drives_that_burn_by_themselves_are_left_alone_for_50_s),
		cmocka_unit_test(the_longest_label_that_fits_wins),
		cmocka_unit_test(usb_and_ide_models_are_told_apart),
		cmocka_unit_test(a_product_is_found_and_an_unknown_one_is_not),
		cmocka_unit_test(other_families_say_what_helps_them),
		cmocka_unit_test(every_row_is_whole),
		cmocka_unit_test(a_missing_folder_is_told),
		cmocka_unit_test(every_refusal_is_a_word_of_the_fact_code),
		cmocka_unit_test(every_word_of_the_fact_code_is_a_refusal),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
