/*
 * Tests of guides/load.c and guides/facts.c: what a guide is after it was read, and which files are
 * refused in words.
 */
#include "guides/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER "tests/guides"

static struct odr_guide guide;

static int load_small(void **state)
{
	struct odr_error e;

	(void)state;
	if (odr_guide_load(&guide, NULL, FOLDER, "small.ini", &e) != ODR_OK)
		fail_msg("%s", e.text);
	return 0;
}

static int free_small(void **state)
{
	(void)state;
	odr_guide_free(&guide);
	return 0;
}

static void has_what_the_file_says(void **state)
{
	const struct odr_step *hello = odr_guide_step(&guide, "hello");
	const struct odr_step *plug = odr_guide_step(&guide, "plug");

	(void)state;
	assert_string_equal(guide.id, "small");
	assert_string_equal(guide.file, "small.ini");
	assert_int_equal(guide.steps, 7);
	assert_ptr_equal(guide.start, hello);
	assert_true(guide.first);
	assert_int_equal(hello->kind, ODR_SAY);
	assert_int_equal(hello->n_text, 3);
	assert_string_equal(hello->text[0],
			    "A line; with what an INI file does not like: # = and more.");
	assert_string_equal(hello->text[1], " ");
	assert_int_equal(hello->picture->lines, 3);
	assert_string_equal(hello->picture->line[1], "| o |");
	assert_true(hello->paper);
	assert_int_equal(plug->view, ODR_VIEW_PLACES);
	assert_int_equal(plug->timeout_s, 120);
	assert_string_equal(plug->late, "where");
	assert_string_equal(plug->hazard, "The power stays on.");
	assert_int_equal(plug->n_when, 2);
	assert_int_equal(plug->when[1].fact, ODR_FACT_pc);
	assert_string_equal(plug->when[1].word, "hung");
	assert_string_equal(plug->when[1].target, "gone");
	assert_null(odr_guide_step(&guide, "nowhere"));
}

static void cuts_choices_and_their_facts(void **state)
{
	const struct odr_step *where = odr_guide_step(&guide, "where");

	(void)state;
	assert_int_equal(where->n_choice, 3);
	assert_int_equal(where->choice[1].key, 's');
	assert_string_equal(where->choice[1].target, "sort");
	assert_string_equal(where->choice[1].text, "At the secondary channel");
	assert_int_equal(where->choice[1].fact, ODR_FACT_channel);
	assert_string_equal(where->choice[1].word, "secondary");
	assert_int_equal(where->choice[2].fact, ODR_FACTS);
}

static const struct odr_step *walk(const char *from, struct odr_facts *facts,
				   struct odr_answer answer, const char *to)
{
	const char *target = odr_walk_next(&guide, odr_guide_step(&guide, from), facts, &answer);

	if (!to) {
		assert_null(target);
		return NULL;
	}
	assert_non_null(target);
	assert_string_equal(target, to);
	return odr_guide_step(&guide, target);
}

#define ANSWER(...) ((struct odr_answer){.what = __VA_ARGS__})

static void walks_by_keys_facts_exits_and_time(void **state)
{
	struct odr_facts facts;

	(void)state;
	odr_facts_clear(&facts);
	walk("hello", &facts, ANSWER(ODR_ANSWER_NONE), NULL);
	walk("hello", &facts, ANSWER(ODR_ANSWER_ENTER), "where");
	walk("where", &facts, ANSWER(ODR_ANSWER_KEY, .key = 'x'), NULL);
	walk("where", &facts, ANSWER(ODR_ANSWER_KEY, .key = 'b'), "back");
	walk("sort", &facts, ANSWER(ODR_ANSWER_NONE), "name");
	walk("where", &facts, ANSWER(ODR_ANSWER_KEY, .key = 'p'), "sort");
	assert_string_equal(odr_facts_get(&facts, ODR_FACT_channel), "primary");
	walk("sort", &facts, ANSWER(ODR_ANSWER_NONE), "plug");
	walk("plug", &facts, ANSWER(ODR_ANSWER_NONE), NULL);
	walk("plug", &facts, ANSWER(ODR_ANSWER_LATE), "where");
	odr_facts_set(&facts, ODR_FACT_kind, "appeared");
	walk("plug", &facts, ANSWER(ODR_ANSWER_LATE), "name");
	walk("plug", &facts, ANSWER(ODR_ANSWER_NONE), "name");
	walk("plug", &facts, ANSWER(ODR_ANSWER_KEY, .key = 'n'), "where");
	walk("name", &facts, ANSWER(ODR_ANSWER_ENTER), NULL);
	walk("name", &facts, ANSWER(ODR_ANSWER_EXIT, .exit = 0), "done");
	walk("name", &facts, ANSWER(ODR_ANSWER_EXIT, .exit = 7), "plug");
	walk("name", &facts, ANSWER(ODR_ANSWER_EXIT, .exit = 8), "where");
	walk("name", &facts, ANSWER(ODR_ANSWER_EXIT, .exit = 9), NULL);
	walk("done", &facts, ANSWER(ODR_ANSWER_ENTER), "top");
	walk("gone", &facts, ANSWER(ODR_ANSWER_ENTER), NULL);
	walk("gone", &facts, ANSWER(ODR_ANSWER_KEY, .key = 'a'), "where");
}

static void compares_numbers_and_knows_what_nobody_set(void **state)
{
	struct odr_when when = {.fact = ODR_FACT_tries, .op = ODR_MORE, .word = "3"};
	struct odr_facts facts;

	(void)state;
	odr_facts_clear(&facts);
	assert_false(odr_walk_holds(&when, &facts));
	when.op = ODR_LESS;
	assert_false(odr_walk_holds(&when, &facts));
	when.op = ODR_NOT;
	assert_true(odr_walk_holds(&when, &facts));
	assert_true(odr_facts_set_number(&facts, ODR_FACT_tries, 12));
	when.op = ODR_MORE;
	assert_true(odr_walk_holds(&when, &facts));
	assert_false(odr_facts_set_number(&facts, ODR_FACT_tries, 100));
	assert_string_equal(odr_facts_get(&facts, ODR_FACT_tries), "12");
}

static void fills_facts_in_and_says_when_one_is_missing(void **state)
{
	struct odr_facts facts;
	char out[40];

	(void)state;
	odr_facts_clear(&facts);
	assert_false(odr_walk_fill(out, sizeof out, "target {position_name}", &facts));
	assert_string_equal(out, "target ?");
	odr_facts_set(&facts, ODR_FACT_position_name, "secondary master");
	odr_facts_set(&facts, ODR_FACT_pc, "hung");
	assert_true(odr_walk_fill(out, sizeof out, "{pc}: {position_name}.", &facts));
	assert_string_equal(out, "hung: secondary master.");
	assert_false(odr_walk_fill(out, 10, "{pc}: {position_name}.", &facts));
	assert_string_equal(out, "hung: sec");
	assert_false(odr_walk_fill(out, sizeof out, "{nothing} {", &facts));
	assert_string_equal(out, "? {");
}

static bool everybody_may_write(const char *path)
{
	return !strcmp(path, FOLDER "/small.ini");
}

static void refuses_what_everybody_may_change(void **state)
{
	const struct odr_guide_host host = {.is_unsafe = everybody_may_write};
	struct odr_guide other;
	struct odr_error e;

	(void)state;
	assert_int_equal(odr_guide_load(&other, &host, FOLDER, "small", &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "small.ini: everybody"));
	assert_int_equal(odr_guide_load(&other, &host, FOLDER, "none.ini", &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "cannot be opened"));
	assert_int_equal(odr_guide_load(&other, NULL, FOLDER, "../small.ini", &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "no name of a guide"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_what_the_file_says),
		cmocka_unit_test(cuts_choices_and_their_facts),
		cmocka_unit_test(walks_by_keys_facts_exits_and_time),
		cmocka_unit_test(compares_numbers_and_knows_what_nobody_set),
		cmocka_unit_test(fills_facts_in_and_says_when_one_is_missing),
		cmocka_unit_test(refuses_what_everybody_may_change),
	};

	return cmocka_run_group_tests(tests, load_small, free_small);
}
