/* guides/mtk*.ini: a row that was spoilt is found when the tables are loaded, with file, row and reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "guides/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"mtkvers.ini", "mtkline.ini", "mtkerr.ini"};
static char folder[] = "/tmp/odr-tables-XXXXXX";

static int enter(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int leave(void **state)
{
	char path[80];

	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	return rmdir(folder);
}

/* Copy one table; what the line `from` begins with becomes `to`. Behind the first "[row]" only. */
static void copy(const char *file, const char *row, const char *from, const char *to)
{
	char path[80], line[1024];
	FILE *in, *out;
	bool there = false, done = false;

	snprintf(path, sizeof path, "guides/%s", file);
	in = fopen(path, "r");
	snprintf(path, sizeof path, "%s/%s", folder, file);
	out = fopen(path, "w");
	assert_true(in && out);
	while (fgets(line, sizeof line, in)) {
		if (line[0] == '[')
			there = row && !strncmp(line + 1, row, strlen(row)) &&
				line[1 + strlen(row)] == ']';
		if (there && !done && !strncmp(line, from, strlen(from))) {
			fprintf(out, "%s\n", to);
			done = true;
		} else {
			fputs(line, out);
		}
	}
	assert_true(done || !row);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void spoilt_rows_are_found_and_named(void **state)
{
	static const struct {
		const char *file, *row, *from, *to, *said;
	} cases[] = {
		{"mtkvers.ini", "1.80", "said", "", "mtkvers.ini: [1.80] said is missing"},
		{"mtkvers.ini", "1.55", "flags", "flags = \"digit sometimes\"",
		 "mtkvers.ini: [1.55] sometimes is no flag"},
		{"mtkvers.ini", "1.80", "advised", "advised = \"pioneer\"",
		 "mtkline.ini: [families] pioneer is missing"},
		{"mtkline.ini", "l7", "when2", "when2 = \"w any bad\"",
		 "mtkline.ini: [l7] w any bad: not OP VERSION SEVERITY"},
		{"mtkline.ini", "l9", "when1", "when1 = \"w before1.80 fails\"", "[l9]"},
		{"mtkline.ini", "l13", "advice", "", "mtkline.ini: [l13] advice is missing"},
		{"mtkline.ini", "p5", "source", "", "mtkline.ini: [p5] source is missing"},
		{"mtkline.ini", "l14", "names", "", "mtkline.ini: [l14] names is missing"},
		{"mtkline.ini", "words", "sw_b", "", "mtkline.ini: [words] sw_b is missing"},
		{"mtkline.ini", "row_btc", "tools", "tools = \"1.80 1.8\"",
		 "mtkline.ini: [row_btc] 1.8 is no version of mtkvers.ini"},
		{"mtkline.ini", "row_btc", "form", "", "mtkline.ini: [row_btc] form is missing"},
		{"mtkline.ini", "row_sam", "family", "family = ricoh",
		 "mtkline.ini: [families] ricoh is missing"},
		{"mtkerr.ini", "e18", "next", "", "mtkerr.ini: [e18] next is missing"},
		{"mtkerr.ini", "e1", "erased", "erased = maybe", "mtkerr.ini: [e1] erased"},
		{"mtkerr.ini", "n7", "text", "", "mtkerr.ini: [n7] text is missing"},
		{"mtkerr.ini", "n6", "stands", "stands = e20", "mtkerr.ini: [e20] title"},
		{"mtkerr.ini", "unknown", "look1", "", "mtkerr.ini: [unknown] look1 is missing"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct odr_lines tables;
		struct odr_error e = {0};

		for (int n = 0; n < 3; n++) {
			bool this = !strcmp(files[n], cases[i].file);

			copy(files[n], this ? cases[i].row : NULL, cases[i].from, cases[i].to);
		}
		assert_int_equal(odr_lines_load(&tables, folder, &e), ODR_E_FILE);
		if (!strstr(e.text, cases[i].said))
			fail_msg("%s, not %s", e.text, cases[i].said);
		assert_null(tables.lines);
	}
}

static void a_missing_table_and_a_missing_folder_are_named(void **state)
{
	struct odr_lines tables;
	struct odr_error e = {0};
	char path[80];

	(void)state;
	for (int n = 0; n < 3; n++)
		copy(files[n], NULL, "", "");
	assert_int_equal(odr_lines_load(&tables, folder, &e), ODR_OK);
	odr_lines_free(&tables);
	snprintf(path, sizeof path, "%s/mtkerr.ini", folder);
	unlink(path);
	assert_int_equal(odr_lines_load(&tables, folder, &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "mtkerr.ini"));
	assert_int_equal(odr_lines_load(&tables, "/nowhere", &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "/nowhere/mtkvers.ini"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spoilt_rows_are_found_and_named),
		cmocka_unit_test(a_missing_table_and_a_missing_folder_are_named),
	};

	return cmocka_run_group_tests_name("tables", tests, enter, leave);
}
