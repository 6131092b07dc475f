/* guides/lines.h: typed lines, the rules, the versions, the builder; against the files in golden/lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "guides/lines.h"
#include "tests/lineskit.h"

static struct kit_rows rows;

static bool starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

/* ---- typed lines ---- */

static const struct odr_mtk_version *version_of(const char *name)
{
	const struct odr_mtk_version *version = odr_mtk_version(&tables, name);

	assert_true(version || !strcmp(name, "-"));
	return version;
}

/* "L2 L14" as the bits of the rules. */
static uint32_t rules_of(const char *text)
{
	static const char *const names[ODR_LINE_RULES] = {
		"",    "L1",  "L2",  "L3",  "L4", "L5", "L6", "L7", "L8", "L9", "L10",
		"L11", "L12", "L13", "L14", "P1", "P2", "P3", "P4", "P5", "P6"};
	char word[8];
	uint32_t rules = 0;
	int used;

	for (; sscanf(text, "%7s%n", word, &used) == 1; text += used)
		for (unsigned i = 1; i < ODR_LINE_RULES; i++)
			if (!strcmp(word, names[i]))
				rules |= ODR_LINE_BIT(i);
	return rules;
}

static struct odr_line_check lint(const char *text, const struct odr_line_asked *asked)
{
	struct odr_line line;
	struct odr_line_check check;

	kit_clear(&rows);
	assert_true(odr_line_parse(&line, text));
	odr_line_lint(&tables, &line, asked, &check, kit_row, &rows);
	return check;
}

static void every_rule_speaks_on_its_own_lines_and_on_no_others(void **state)
{
	struct kit_case c;
	FILE *file = kit_open("typed.txt");
	uint32_t seen = 0;
	unsigned lines = 0;

	(void)state;
	while (kit_next(file, &c)) {
		struct odr_line_asked asked = {.version = version_of(c.field[0])};
		struct odr_line_check check = lint(c.field[2], &asked);

		if (check.rules != rules_of(c.field[1]))
			fail_msg("%s: %s, not %s", c.field[2], rows.text, c.field[1]);
		seen |= check.rules;
		lines++;
	}
	fclose(file);
	assert_true(lines >= 60);
	assert_int_equal(seen, (1u << ODR_LINE_RULES) - 2); /* each of them at least once */
}

static void a_better_line_has_nothing_left_to_mend(void **state)
{
	struct kit_case c;
	FILE *file = kit_open("typed.txt");
	unsigned mended = 0;

	(void)state;
	while (kit_next(file, &c)) {
		/* Somebody knows the digit: then a missing one can be mended, too. */
		struct odr_line_asked asked = {.version = version_of(c.field[0]), .position = 3};
		struct odr_line_check first = lint(c.field[2], &asked), again;

		if (!*first.better)
			continue;
		again = lint(first.better, &asked);
		if (*again.better || (again.verdict > ODR_LINE_NOTES &&
				      again.rules != ODR_LINE_BIT(ODR_L13_PRIMARY)))
			fail_msg("%s became %s: %s", c.field[2], first.better, rows.text);
		mended++;
	}
	fclose(file);
	assert_true(mended >= 15);
}

static void better_lines_in_words(void **state)
{
	static const char *const cases[][3] = {
		{"-", "mtkflash 3 w/b rpc1v758.bin", "mtkflash 3 w /b rpc1v758.bin"},
		{"-", "mtkflash 3 w /m /b \"rpc1v758.bin\"", "mtkflash 3 w /m /b rpc1v758.bin"},
		{"-", "mtkflash 3 w /m /b \xE2\x80\x9Crpc1v758.bin\xE2\x80\x9D",
		 "mtkflash 3 w /m /b rpc1v758.bin"},
		{"-", "mtkflash 3 w /m /b my firmware.bin", "mtkflash 3 w /m /b MYFIRM~1.BIN"},
		{"-", "mtkflash 3 w /m /b v0758.hex", "mtkflash 3 w /m v0758.hex"},
		{"1.55", "mtkflash 3 w /m crx.bin", "mtkflash 3 w /b crx.bin"},
		{"1.48", "mtkflash 3 w ltr.bin", "mtkflash 3 w /b ltr.bin"},
		{"-", "mtkflash 3 w -m -b rpc1v758.bin", "mtkflash 3 w /m /b rpc1v758.bin"},
		{"-", "3w/m/b rpc1v758.bin", "mtkflash 3 w /m /b rpc1v758.bin"},
		{"1.80", "mtkflash 3 w /m /b rpc1v758.bin", ""},
		{"1.48", "mtkflash 3 w firmware.binary", "mtkflash 3 w /b FIRMWA~1.BIN"},
		{"-", "mtkflash 3 w /m /b firmware.zipped", ""},
		{"-", "mtkflash x w /m /b rpc1v758.bin", ""},
		{"-", "mtkflash 3 w /m /b", ""},
		{"-", "mtkflash 3 s", ""},
		{"1.80", "mtkflash 3 w/m /b /sata rpc1v758.bin", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct odr_line_asked asked = {.version = version_of(cases[i][0])};
		struct odr_line_check check = lint(cases[i][1], &asked);

		assert_string_equal(check.better, cases[i][2]);
	}
}

static void how_bad_a_line_is_depends_on_the_version(void **state)
{
	static const struct {
		const char *version, *line;
		enum odr_line_verdict verdict;
	} cases[] = {
		{"1.80", "mtkflash 3 w /m /b a.bin", ODR_LINE_FINE},
		{"1.80", "mtkflash 3 w /m a.bin", ODR_LINE_NOTES},
		{"-", "mtkflash 3 w /m a.bin", ODR_LINE_NOTES},
		{"1.48", "mtkflash 3 w /m a.bin", ODR_LINE_DANGER},
		{"1.69", "mtkflash 3 w /m a.bin", ODR_LINE_DANGER},
		{"1.55", "mtkflash 3 w /m /b a.bin", ODR_LINE_FAILS},
		{"1.48", "mtkflash 3 w /m /b a.bin", ODR_LINE_FINE},
		{"1.55", "mtkflash 3 r /m /b a.bin", ODR_LINE_FINE},
		{"1.80", "mtkflash w /m /b a.bin", ODR_LINE_FAILS},
		{"1.83c", "mtkflash w /m /b a.bin", ODR_LINE_DANGER},
		{"1.83c", "mtkflash r /m /b a.bin", ODR_LINE_NOTES},
		{"1.80.1", "mtkflash 3 w /m /b /sata a.bin", ODR_LINE_FAILS},
		{"1.83", "mtkflash 3 w /m /b /sata a.bin", ODR_LINE_FINE},
		{"-", "mtkflash 1 c", ODR_LINE_NOTES},
		{"-", "mtkflash 1 w /m /b a.bin", ODR_LINE_DANGER},
		{"-", "mtkflash 3 w /m /b long_name.bin", ODR_LINE_DANGER},
		{"-", "mtkflash 3 r /m /b long_name.bin", ODR_LINE_FAILS},
		{"-", "mtkflash 3 w /m long_name.bin", ODR_LINE_DANGER},
		{"hexed", "mtkflash w /m /b a.bin", ODR_LINE_DANGER},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct odr_line_asked asked = {.version = version_of(cases[i].version)};

		if (lint(cases[i].line, &asked).verdict != cases[i].verdict)
			fail_msg("%s %s: %s", cases[i].version, cases[i].line, rows.text);
	}
}

static void a_proven_file_may_have_the_name_that_guides_use(void **state)
{
	struct odr_line_asked asked = {.version = version_of("1.80"), .proven = "FW.BIN"};

	(void)state;
	assert_int_equal(lint("mtkflash 3 w /m /b fw.bin", &asked).rules, 0);
	asked.proven = NULL;
	assert_int_equal(lint("mtkflash 3 w /m /b fw.bin", &asked).rules,
			 ODR_LINE_BIT(ODR_L14_PLACEHOLDER));
}

static void a_line_is_explained_token_by_token_and_then_in_a_sentence(void **state)
{
	struct odr_line_asked asked = {0};

	(void)state;
	kit_clear(&rows);
	assert_int_equal(odr_line_explain(&tables, "mtk180.exe 3 w /m /b rpc1v758.bin", &asked,
					  kit_row, &rows),
			 ODR_LINE_FINE);
	assert_string_equal(rows.keys, "tool 3 w /m /b file means 1.80 own ");
	assert_non_null(strstr(rows.text, "means: write rpc1v758.bin, raw binary, to secondary "
					  "master\n"));
	assert_non_null(strstr(rows.text, "3: secondary master, port 170, select byte a0\n"));
	kit_clear(&rows);
	assert_int_equal(odr_line_explain(&tables, "format c:", &asked, kit_row, &rows),
			 ODR_LINE_NONE);
	assert_string_equal(rows.text, "");
}

/* ---- versions ---- */

static void a_version_is_known_by_its_number_however_it_is_written(void **state)
{
	static const char *const names[][2] = {
		{"1.80", "1.80"},	  {"180", "1.80"},
		{"v1.80.1", "1.80.1"},	  {"1801", "1.80.1"},
		{"MTK183C.EXE", "1.83c"}, {"1.83C", "1.83c"},
		{"ver 1.83", "1.83"},	  {"c:\\fw\\mtk155.exe", "1.55"},
		{"hexed", "hexed"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		assert_string_equal(odr_mtk_version(&tables, names[i][0])->id, names[i][1]);
	assert_null(odr_mtk_version(&tables, "1.70"));
	assert_null(odr_mtk_version(&tables, "mtkflash"));
	assert_null(odr_mtk_version(&tables, ""));
}

/* ---- the builder ---- */

static void dos_names(void **state)
{
	static const struct {
		const char *name, *dos;
		bool as_it_is;
	} cases[] = {
		{"rpc1v758.bin", "rpc1v758.bin", true},
		{"2EV210~1.BIN", "2EV210~1.BIN", true},
		{"C:\\1008\\RPC1V758.BIN", "RPC1V758.BIN", true},
		{"/mnt/me/fw.bin", "fw.bin", true},
		{"README", "README", true},
		{"LongNameOfFirmware.bin", "LONGNA~1.BIN", false},
		{"a.b.bin", "AB~1.BIN", false},
		{"my fw.bin", "MYFW~1.BIN", false},
		{"fw.bin2", "FW~1.BIN", false},
		{"fw+1.bin", "FW_1~1.BIN", false},
		{"fw.", "FW~1", false},
		{"123456789", "123456~1", false},
		{"\xC3\xA4.bin", "__~1.BIN", false},
		{"", "", false},
		{"...", "", false},
		{"nul.bin", "", false},
		{"CON", "", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char dos[ODR_DOS_NAME];

		assert_int_equal(odr_dos_name(cases[i].name, dos), cases[i].as_it_is);
		assert_string_equal(dos, cases[i].dos);
	}
}

static void every_row_of_the_recommended_lines_comes_out(void **state)
{
	/* domain.md 8.2, row by row, and the second tries of 3.6. */
	static const struct {
		const char *family, *version, *file;
		enum odr_file_kind kind;
		char op;
		unsigned position, rung;
		const char *line, *tool;
	} cases[] = {
		{"btc", NULL, "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /m /b FILE.BIN", "1.80"},
		{"btc", "1.83c", "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /m FILE.BIN", "1.83c"},
		{"btc", NULL, "FILE.HEX", 2, 'w', 3, 0, "mtkflash 3 w /m FILE.HEX", "1.83c"},
		{"liteoncd", NULL, "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /b FILE.BIN", "1.48"},
		{"liteoncd", "1.55", "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /b FILE.BIN", "1.55"},
		{"liteondvd", NULL, "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /b /m FILE.BIN",
		 "1.83c"},
		{"liteondvd", NULL, "FILE.BIN", 1, 'w', 3, 2, "mtkflash 3 w /m FILE.BIN", "1.83c"},
		{"samsung", NULL, "OWN.BIN", 1, 'r', 3, 0, "mtkflash 3 r /b /m OWN.BIN", "1.83c"},
		{"samsung", NULL, "OWN.BIN", 1, 'w', 3, 0, "mtkflash 3 w /m /b OWN.BIN", "1.83c"},
		{"btc", NULL, NULL, 0, 'c', 3, 0, "mtkflash 3 c", NULL},
		{NULL, "1.48", NULL, 0, 'c', 4, 0, "mtkflash 4 c", "1.48"},
		{"btc", NULL, "FILE.BIN", 1, 'w', 3, 1, "mtkflash 3 w /m /b FILE.BIN", "1.80"},
		{"btc", NULL, "FILE.BIN", 1, 'w', 3, 2, "mtkflash 3 w /m FILE.BIN", "1.80"},
		{"btc", "1.83c", "FILE.BIN", 1, 'w', 3, 2, "mtkflash 3 w /m /b FILE.BIN", "1.83c"},
		{"btc", "1.80.1", "FILE.BIN", 1, 'w', 4, 0, "mtkflash 4 w /m /b FILE.BIN",
		 "1.80.1"},
		{"btc", "1.55", "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /b FILE.BIN", "1.55"},
		{"liteondvd", "1.80", "FILE.BIN", 1, 'w', 3, 0, "mtkflash 3 w /m /b FILE.BIN",
		 "1.80"},
		{"unheard", NULL, "FILE.BIN", 0, 'w', 3, 0, "mtkflash 3 w /m /b FILE.BIN", NULL},
		{NULL, NULL, "FILE.HEX", 0, 'w', 3, 2, "mtkflash 3 w FILE.HEX", "1.83c"},
		{"btc", NULL, "/mnt/me/LongNameOfFirmware.bin", 1, 'w', 3, 0,
		 "mtkflash 3 w /m /b LONGNA~1.BIN", "1.80"},
		{NULL, NULL, "own.bin", 0, 'r', 4, 0, "mtkflash 4 r /b /m own.bin", NULL},
	};
	FILE *golden = kit_golden("build.txt");

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct odr_line_wish wish = {
			.position = cases[i].position,
			.op = cases[i].op,
			.file = cases[i].file,
			.kind = cases[i].kind,
			.family = cases[i].family,
			.version = cases[i].version ? version_of(cases[i].version) : NULL,
			.rung = cases[i].rung,
		};
		struct odr_line_built built;
		struct odr_line_asked asked = {0};

		kit_clear(&rows);
		assert_int_equal(odr_line_build(&tables, &wish, &built, kit_row, &rows, NULL),
				 ODR_OK);
		assert_string_equal(built.line, cases[i].line);
		if (cases[i].tool)
			assert_string_equal(built.version->id, cases[i].tool);
		else
			assert_null(built.version);
		assert_true(starts_with(rows.text, "line: mtkflash"));
		kit_compare(golden, rows.text);
		/* What we advise, our own rules do not forbid. */
		asked.version = built.version;
		assert_true(lint(built.line, &asked).verdict <= ODR_LINE_NOTES);
	}
	kit_end(golden);
}

static void the_builder_says_no_where_no_line_is_right(void **state)
{
	static const struct odr_line_wish wishes[] = {
		{.position = 0, .op = 'w', .file = "a.bin"},
		{.position = 5, .op = 'w', .file = "a.bin"},
		{.position = 3, .op = 's', .file = "a.bin"},
		{.position = 3, .op = 'w', .file = NULL},
		{.position = 3, .op = 'w', .file = ""},
		{.position = 3, .op = 'w', .file = "nul.bin"},
		{.position = 3, .op = 'w', .file = "firmware.exe"},
		{.position = 3, .op = 'w', .file = "a.bin", .family = "liteoncd", .rung = 2},
	};

	struct odr_line_wish hex = {.position = 3, .op = 'w', .file = "a.hex"};
	struct odr_line_built unbuilt;

	(void)state;
	hex.version = version_of("1.62"); /* nobody told of HEX with it */
	assert_int_equal(odr_line_build(&tables, &hex, &unbuilt, NULL, NULL, NULL),
			 ODR_E_UNSUPPORTED);
	for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
		struct odr_line_built built;
		struct odr_error e = {0};

		assert_int_equal(odr_line_build(&tables, &wishes[i], &built, NULL, NULL, &e),
				 i < 7 ? ODR_E_USAGE : ODR_E_UNSUPPORTED);
		assert_true(*e.text);
		assert_string_equal(built.line, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_speaks_on_its_own_lines_and_on_no_others),
		cmocka_unit_test(a_better_line_has_nothing_left_to_mend),
		cmocka_unit_test(better_lines_in_words),
		cmocka_unit_test(how_bad_a_line_is_depends_on_the_version),
		cmocka_unit_test(a_proven_file_may_have_the_name_that_guides_use),
		cmocka_unit_test(a_line_is_explained_token_by_token_and_then_in_a_sentence),
		cmocka_unit_test(a_version_is_known_by_its_number_however_it_is_written),
		cmocka_unit_test(dos_names),
		cmocka_unit_test(every_row_of_the_recommended_lines_comes_out),
		cmocka_unit_test(the_builder_says_no_where_no_line_is_right),
	};

	return cmocka_run_group_tests_name("lines", tests, kit_load, kit_unload);
}
