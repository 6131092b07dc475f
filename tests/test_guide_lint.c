/*
 * Tests of odr_guide_check: each file of tests/guides/bad has one fault, is named for it, and the lint
 * says that one, in that line, and nothing else.
 */
#include "guides/guide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BAD "tests/guides/bad"

/* file : line and words that the finding has to hold. */
struct fault {
	const char *file;
	unsigned line;
	const char *words;
};

/* A folder that holds one file beside a good guide and a good table; the real one holds them all. */
static const char *under_test;

static bool list_one(const char *folder, void (*each)(void *ctx, const char *name), void *ctx)
{
	const char *slash = under_test ? strchr(under_test, '/') : NULL;
	bool is_drive = slash && !strncmp(under_test, "drives/", 7);
	bool is_picture = slash && !strncmp(under_test, "pics/", 5);

	if (!strcmp(folder, BAD "/.")) {
		each(ctx, "second.ini");
		if (under_test && !slash && strcmp(under_test, "second.ini") != 0)
			each(ctx, under_test);
		return true;
	}
	if (!strcmp(folder, BAD "/drives"))
		each(ctx, is_drive ? slash + 1 : "good.ini");
	else if (is_picture)
		each(ctx, slash + 1);
	return true;
}

struct said {
	unsigned lines;
	char line[3][400];
};

static void note(void *ctx, const char *line)
{
	struct said *said = ctx;

	if (said->lines < 3)
		snprintf(said->line[said->lines], sizeof said->line[0], "%s", line);
	said->lines++;
}

static void check(const char *file, struct said *said)
{
	const struct odr_guide_host host = {NULL, list_one};
	unsigned faults;

	memset(said, 0, sizeof *said);
	under_test = file;
	faults = odr_guide_check(&host, BAD, note, said);
	assert_int_equal(faults, said->lines);
}

static void expect(const struct fault *faults, size_t n)
{
	unsigned wrong = 0;

	for (size_t i = 0; i < n; i++) {
		const struct fault *f = &faults[i];
		struct said said;
		char where[80];

		check(f->file, &said);
		snprintf(where, sizeof where, "%s:%u: ", f->file, f->line);
		if (said.lines == 1 && !strncmp(said.line[0], where, strlen(where)) &&
		    strstr(said.line[0], f->words))
			continue;
		wrong++;
		fprintf(stderr, "%s ... %s\n", where, f->words);
		for (unsigned k = 0; k < said.lines && k < 3; k++)
			fprintf(stderr, "   said: %s\n", said.line[k]);
	}
	assert_int_equal(wrong, 0);
}

#define EXPECT(faults) expect(faults, sizeof faults / sizeof faults[0])

static void a_folder_without_a_fault_is_clean(void **state)
{
	struct said said;

	(void)state;
	check(NULL, &said);
	assert_int_equal(said.lines, 0);
	check("pics/good.txt", &said);
	assert_int_equal(said.lines, 0);
}

static void finds_what_iniparser_hides(void **state)
{
	static const struct fault faults[] = {
		{"dblkey.ini", 9, "title stands here twice, first in line 8"},
		{"dblsect.ini", 16, "[step_a] stands here twice, first in line 6"},
		{"semicol.ini", 9, "cuts the value at ;"},
		{"hash.ini", 9, "cuts the value at #"},
		{"quote.ini", 9, "a backslash: \\\" ends the value"},
		{"backsl.ini", 9, "a backslash"},
		{"bscomm.ini", 9, "the next line for comment"},
		{"bom.ini", 1, "byte order mark"},
		{"longline.ini", 9, "longer than 1000 bytes"},
		{"crlf.ini", 1, "CR LF"},
		{"control.ini", 9, "control byte 07"},
		{"ascii.ini", 9, "outside ASCII"},
		{"tab.ini", 9, "a tab in the value"},
		{"unclosed.ini", 9, "no closing quote"},
		{"behind.ini", 9, "ends at its second \""},
		{"single.ini", 9, "double quotes"},
		{"noequal.ini", 9, "neither [section] nor key = value"},
		{"upper.ini", 9, "a key consists of"},
		{"sectbad.ini", 16, "a section's name consists of"},
		{"sectjunk.ini", 16, "a section is [name]"},
		{"data.ini", 4, "name stands here twice"},
		{"big.ini", 1, "more than 24576 bytes"},
	};

	(void)state;
	EXPECT(faults);
}

static void finds_what_is_no_guide(void **state)
{
	static const struct fault faults[] = {
		{"sectunk.ini", 16, "[stepc] a section is [guide] or [step_NAME]"},
		{"steplong.ini", 16, "NAME has at most 16"},
		{"stepback.ini", 16, "neither back nor top"},
		{"steps41.ini", 206, "more than 40 steps"},
		{"keyunk.ini", 9, "there is no key \"wy\""},
		{"keykind.ini", 9, "a step of kind say has no choice"},
		{"headunk.ini", 4, "there is no key \"author\""},
		{"headless.ini", 1, "id, title and start"},
		{"nostart.ini", 4, "start: there is no such step"},
		{"empty.ini", 9, "why has no value"},
		{"notitle.ini", 6, "title is missing"},
		{"nonext.ini", 6, "next is missing"},
		{"nokind.ini", 16, "kind is missing"},
		{"kindunk.ini", 17, "there is no kind \"tell\""},
		{"viewunk.ini", 9, "there is no view \"drives\""},
		{"yesno.ini", 9, "neither yes nor no"},
		{"passunk.ini", 9, "\"image\" cannot be passed"},
		{"targbad.ini", 9, "\"b c\" is no target"},
		{"targnone.ini", 9, "there is no step \"c\""},
		{"filenone.ini", 9, "none:b: there is no such guide"},
		{"filestep.ini", 9, "second:none: there is no such step"},
		{"noresult.ini", 11, "result is missing"},
		{"resunk.ini", 14, "there is no result \"fine\""},
		{"longername.ini", 1, "DOS cannot open this name"},
	};

	(void)state;
	EXPECT(faults);
}

static void finds_what_no_fact_and_no_choice_can_be(void **state)
{
	static const struct fault faults[] = {
		{"factunk.ini", 8, "there is no fact \"drive\""},
		{"wordunk.ini", 8, "host is never \"there\"; it can be: here other"},
		{"facttext.ini", 8, "reason is only text"},
		{"factless.ini", 8, "host is no number"},
		{"opunk.ini", 8, "\"over\" is no comparison"},
		{"whenmore.ini", 8, "\"c\" is too much"},
		{"whentarg.ini", 8, "\"\" is no target"},
		{"letters.ini", 10, "the letter c is taken by choice1"},
		{"letterq.ini", 9, "\"q\" is no letter for a choice"},
		{"choiceno.ini", 9, "the choice has no text"},
		{"chgap.ini", 6, "choice2 is missing"},
		{"setlone.ini", 6, "choice2 is missing"},
		{"setprog.ini", 10, "target is set by the program"},
		{"setword.ini", 10, "host is never \"there\""},
		{"nochoice.ini", 6, "choice1 is missing"},
		{"choice10.ini", 10, "there is no key \"choice10\""},
		{"waitever.ini", 6, "waits for ever"},
		{"waitlate.ini", 6, "timeout is missing"},
		{"waitzero.ini", 11, "\"0\" are no seconds"},
		{"runout.ini", 6, "nobody is missing"},
		{"nocmd.ini", 6, "command is missing"},
		{"cmdunk.ini", 9, "there is no command \"erase\""},
		{"typed.ini", 9, "{typed} needs a prompt"},
		{"untyped.ini", 10, "what is typed is not used"},
	};

	(void)state;
	EXPECT(faults);
}

static void finds_what_does_not_fit_the_page(void **state)
{
	static const struct fault faults[] = {
		{"wide.ini", 9, "text1: up to 73 columns, 72 fit"},
		{"widefact.ini", 9, "text1: up to 76 columns, 72 fit"},
		{"widettl.ini", 8, "title: up to 61 columns, 60 fit"},
		{"factshow.ini", 9, "there is no fact {nothing}"},
		{"thirteen.ini", 21, "there is no key \"text13\""},
		{"gap.ini", 6, "text2 is missing"},
		{"nopic.ini", 9, "there is no picture pics/nopic.txt"},
		{"picname.ini", 9, "\"a picture\" is no picture"},
		{"writview.ini", 30, "only a page with view = line"},
		{"family.ini", 4, "there is no \"plextor\""},
		{"hosts.ini", 4, "there is no \"amiga\""},
		{"pics/wide.txt", 2, "wider than 75 columns"},
		{"pics/nine.txt", 9, "more than 8 lines"},
		{"pics/tab.txt", 2, "a tab"},
		{"pics/letter.txt", 2, "outside ASCII"},
		{"pics/empty.txt", 1, "empty"},
		{"pics/longername.txt", 1, "DOS cannot open this name"},
	};

	(void)state;
	EXPECT(faults);
}

static void finds_ways_that_must_not_be(void **state)
{
	static const struct fault faults[] = {
		{"unreach.ini", 16, "[step_c] no way leads here"},
		{"noguide.ini", 4, "no guide leads here"},
		{"noend.ini", 18, "no way leads from here to an end"},
		{"circle.ini", 6, "checks lead in a circle"},
		{"wrotarg.ini", 20,
		 "a way leads here without target: wrotarg:a > wrotarg:b > wrotarg:c"},
		{"wroimag.ini", 20, "a way leads here without image"},
		{"wrobak.ini", 20, "a way leads here without backup"},
		{"wroline.ini", 20, "a way leads here without image"},
		{"wroround.ini", 27, "a way leads here without image"},
		{"wroagain.ini", 34, "a way leads here without backup"},
	};
	struct said said;

	(void)state;
	/* These two are a pair: both ends of the circle are told. */
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		const struct fault *f = &faults[i];
		bool is_pair = !strcmp(f->file, "noend.ini") || !strcmp(f->file, "circle.ini");
		char where[80];

		if (!is_pair) {
			expect(f, 1);
			continue;
		}
		check(f->file, &said);
		snprintf(where, sizeof where, "%s:%u: ", f->file, f->line);
		assert_int_equal(said.lines, 2);
		assert_true(!strncmp(said.line[0], where, strlen(where)));
		assert_non_null(strstr(said.line[0], f->words));
		assert_non_null(strstr(said.line[1], f->words));
	}
}

static void finds_faults_in_tables_of_drives(void **state)
{
	static const struct fault faults[] = {
		{"drives/number.ini", 6, "\"1000000\" is no size of a flash chip"},
		{"drives/bytesbig.ini", 6, "\"33554432\" is no size"},
		{"drives/settle.ini", 7, "\"300001\": milliseconds, 1 to 300000"},
		{"drives/dbllabel.ini", 14,
		 "DRW1008I stands in two rows; the first is in drives/dbllabel.ini:3"},
		{"drives/dblprod.ini", 15, "DVDRW IDE1008 stands in two rows"},
		{"drives/famunk.ini", 5, "there is no family \"acme\""},
		{"drives/tierunk.ini", 9, "there is no tier \"safe\""},
		{"drives/toolunk.ini", 7, "\"2.0\" is no version of MTKFLASH"},
		{"drives/toolless.ini", 1, "tool is missing"},
		{"drives/linebad.ini", 8, "mtkflash {digit} w /m /b {file83}"},
		{"drives/linefact.ini", 8, "mtkflash {digit} w /m /b {file83}"},
		{"drives/prodlong.ini", 4, "at most 16 characters"},
		{"drives/lower.ini", 3, "a label consists of A to Z"},
		{"drives/noname.ini", 1, "name is missing"},
		{"drives/nosource.ini", 1, "source is missing"},
		{"drives/keyunk.ini", 11, "there is no key \"vendor\""},
		{"drives/warngap.ini", 1, "warn2 is missing"},
		{"drives/warn5.ini", 11, "warn1 to warn4"},
		{"drives/warnwide.ini", 11, "73 columns, 72 fit"},
		{"drives/section.ini", 12, "a row is [drive_NAME]"},
		{"drives/semicol.ini", 11, "cuts the value at ;"},
		{"drives/dblkey.ini", 11, "bytes stands here twice"},
		{"drives/longername.ini", 1, "DOS cannot open this name"},
	};

	(void)state;
	EXPECT(faults);
}

static bool everybody_may_write(const char *path)
{
	return strstr(path, "/drives/good.ini") != NULL;
}

static void finds_what_root_must_not_obey(void **state)
{
	const struct odr_guide_host host = {everybody_may_write, list_one};
	struct said said = {0};

	(void)state;
	under_test = NULL;
	assert_int_equal(odr_guide_check(&host, BAD, note, &said), 1);
	assert_non_null(strstr(said.line[0], "drives/good.ini:1: "));
	assert_non_null(strstr(said.line[0], "everybody on this computer may change it"));
}

static bool list_nothing(const char *folder, void (*each)(void *ctx, const char *name), void *ctx)
{
	(void)folder;
	(void)each;
	(void)ctx;
	return false;
}

static void a_folder_that_is_missing_is_a_fault(void **state)
{
	const struct odr_guide_host host = {NULL, list_nothing};
	struct said said = {0};

	(void)state;
	assert_int_equal(odr_guide_check(&host, "nowhere", note, &said), 1);
	assert_string_equal(said.line[0],
			    "nowhere:1: there is no such folder, or no memory for it");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_folder_without_a_fault_is_clean),
		cmocka_unit_test(finds_what_iniparser_hides),
		cmocka_unit_test(finds_what_is_no_guide),
		cmocka_unit_test(finds_what_no_fact_and_no_choice_can_be),
		cmocka_unit_test(finds_what_does_not_fit_the_page),
		cmocka_unit_test(finds_ways_that_must_not_be),
		cmocka_unit_test(finds_faults_in_tables_of_drives),
		cmocka_unit_test(finds_what_root_must_not_obey),
		cmocka_unit_test(a_folder_that_is_missing_is_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
