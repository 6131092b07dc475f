/* test_app_again.c - the assistant over a restart: what is kept, where it goes on. */
#include "appkit.h"

static void answers_and_place_survive_a_restart(void **state)
{
	char kept[ODR_SAVED_TEXT];

	(void)state;
	keys("sy\n");
	assert_on("first:plug");
	memcpy(kept, saved, sizeof kept);
	start(kept);
	event("end code=0");
	assert_on("resume");
	keys("c");
	assert_on("first:plug");
	assert_string_equal(odr_facts_get(&app.seen.facts, ODR_FACT_jumper), "slave");
}

static void the_number_of_the_page_and_the_way_back_survive_a_restart(void **state)
{
	char kept[ODR_SAVED_TEXT];

	(void)state;
	keys("sy\n");
	assert_on("first:plug");
	assert_string_equal(page.where, "step 3");
	memcpy(kept, saved, sizeof kept);
	start(kept);
	event("end code=0");
	keys("c");
	assert_on("first:plug");
	assert_string_equal(page.where, "step 3");
	assert_string_equal(saved, kept);
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:danger");
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:start");
}

static void a_way_that_is_damaged_is_left_out(void **state)
{
	/* as an older program wrote it; cut; no such page; no page; into a command; too many; no number */
	static const char *const ways[] = {
		"",
		"by first.ini:start\nby first.ini:danger\n",
		"by first.ini:start\nby first.ini:nowhere\nstep 3\n",
		"by first.ini:start\nby danger\nstep 3\n",
		"by first.ini:start\nby first.ini:write\nstep 3\n",
		"by first.ini:start\nby first.ini:danger\nstep 2\n",
		"by first.ini:start\nby first.ini:danger\nstep -1\n",
		"step 3\nby first.ini:start\nby first.ini:danger\n",
	};
	char text[ODR_SAVED_TEXT];

	(void)state;
	for (unsigned i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		snprintf(text, sizeof text, "at first.ini:plug\njumper slave\n%s", ways[i]);
		start(text);
		event("end code=0");
		keys("c");
		assert_on("first:plug");
		assert_string_equal(page.where, "step 2");
		odr_app_key(&app, ODR_KEY_ESC);
		assert_on("first:start");
		assert_string_equal(sent, "");
	}
}

/* There the first page is behind a check. */
static void the_shipped_guides_take_a_place_without_its_way(void **state)
{
	static const char *const ways[] = {"", "by mtkdead.ini:nowhere\nstep 3\n"};
	char text[ODR_SAVED_TEXT];

	(void)state;
	door.guides = "guides";
	for (unsigned i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		snprintf(text, sizeof text, "at mtkdead.ini:brand\n%s", ways[i]);
		start(text);
		event("end code=0");
		keys("c");
		assert_on("mtk-dead:brand");
		assert_string_equal(page.where, "step 2");
		odr_app_key(&app, ODR_KEY_ESC);
		assert_on("first:first");
	}
}

static void the_longest_way_and_answers_are_kept_whole(void **state)
{
	static struct odr_saved longest, got;
	static char text[ODR_SAVED_TEXT];
	char word[ODR_FACT_WORD], longer[ODR_FACT_TEXT];

	(void)state;
	memset(&longest, 0, sizeof longest);
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = 0;
	odr_facts_clear(&longest.facts);
	odr_facts_set(&longest.facts, ODR_FACT_file, longer);
	odr_facts_set(&longest.facts, ODR_FACT_label_text, longer);
	odr_facts_set_number(&longest.facts, ODR_FACT_tries, 99);
	for (unsigned f = 0; f < ODR_FACT_FIRST_TEXT; f++)
		for (unsigned n = 0; odr_fact_by(f) == ODR_BY_PERSON && odr_fact_word(f, n, word);
		     n++)
			if (strlen(word) > strlen(odr_facts_get(&longest.facts, f)))
				odr_facts_set(&longest.facts, f, word);
	odr_cut(longest.place, sizeof longest.place, "deadmtk1.ini:name_of_a_step01");
	for (unsigned i = 0; i < ODR_TRAIL; i++)
		odr_cut(longest.way.page[i], ODR_TARGET_ROOM, "deadmtk1.ini:name_of_a_step%02u", i);
	longest.way.depth = ODR_TRAIL;
	longest.way.shown = 9999;
	odr_saved_write(longest.place, &longest.way, &longest.facts, text);
	odr_saved_read(&got, text);
	assert_memory_equal(&got, &longest, sizeof got);
}

static void after_a_command_the_place_stays_before_it_until_the_job_is_over(void **state)
{
	(void)state;
	keys("pX\n");
	event("end code=0");
	assert_on("first:proven");
	assert_non_null(strstr(saved, "at first.ini:named\n"));
	keys("\n");
	event("outcome result=\"verified\" evidence=\"read back\"");
	event("end code=0");
	assert_on("first:done");
	assert_string_equal(saved, ""); /* the case is closed: nothing to go on with */
}

static void line_that_is_typed_elsewhere_is_come_back_from(void **state)
{
	(void)state;
	keys("pX\n");
	event("end code=0");
	keys("l");
	assert_on("first:line");
	assert_non_null(strstr(saved, "at first.ini:said\n"));
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:proven");
	assert_non_null(strstr(saved, "at first.ini:said\n")); /* needs what a restart forgets */
	keys("lc\n");
	assert_on("first:start");
	keys("w");
	assert_on("first:plug");
	assert_non_null(strstr(saved, "at first.ini:plug\n"));
}

static void beginning_anew_forgets_the_place_only_when_it_is_chosen(void **state)
{
	(void)state;
	start("at first.ini:plug\njumper slave\n");
	event("end code=0");
	keys("x");
	assert_on("resume");
	keys("n");
	assert_on("first:start");
	assert_string_equal(odr_facts_get(&app.seen.facts, ODR_FACT_jumper), "");
}

static void a_damaged_place_is_no_harm(void **state)
{
	(void)state;
	start("at nowhere:step\njumper upside\n\n \nat\n");
	event("end code=0");
	assert_on("resume");
	keys("c");
	assert_on("trouble");
	assert_true(page_says("nowhere"));
}

static void a_guide_that_is_missing_leaves_the_command_line(void **state)
{
	(void)state;
	door.guides = "tests/nothing";
	start("");
	door.guides = "tests/app";
	event("end code=0");
	assert_on("trouble");
	keys("e");
	assert_on("prompt");
}

static void a_damaged_journal_is_told_at_the_start(void **state)
{
	(void)state;
	start("");
	event("say text=\"2 lines of the journal are damaged and left out.\"");
	event("end code=0");
	assert_true(page_says("2 lines of the journal are damaged"));
}

static void an_interrupted_write_comes_before_the_page_where_the_person_was(void **state)
{
	(void)state;
	start("at first:found\n");
	event("recovery position=3 at=\"secondary master\" last=\"erase\" drive=\"may be "
	      "changed\"");
	event("end code=0");
	keys("c");
	assert_on("first:start");
	start("at first:found\n");
	event("recovery position=3 at=\"secondary master\" last=\"knock\" drive=\"unchanged\"");
	event("end code=0");
	keys("c");
	assert_on("first:found");
}

static void what_an_outcome_asks_for_ends_the_program_and_is_not_asked_twice(void **state)
{
	(void)state;
	keys("o");
	assert_on("first:over");
	assert_non_null(strstr(saved, "at first.ini:said\n"));
}

static void what_was_said_of_a_typed_line_is_not_come_back_to(void **state)
{
	(void)state;
	keys("d\n");
	assert_on("first:said");
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:start");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(answers_and_place_survive_a_restart),
		T(the_number_of_the_page_and_the_way_back_survive_a_restart),
		T(a_way_that_is_damaged_is_left_out),
		T(the_shipped_guides_take_a_place_without_its_way),
		T(the_longest_way_and_answers_are_kept_whole),
		T(after_a_command_the_place_stays_before_it_until_the_job_is_over),
		T(line_that_is_typed_elsewhere_is_come_back_from),
		T(beginning_anew_forgets_the_place_only_when_it_is_chosen),
		T(a_damaged_place_is_no_harm),
		T(a_guide_that_is_missing_leaves_the_command_line),
		T(a_damaged_journal_is_told_at_the_start),
		T(an_interrupted_write_comes_before_the_page_where_the_person_was),
		T(what_an_outcome_asks_for_ends_the_program_and_is_not_asked_twice),
		T(what_was_said_of_a_typed_line_is_not_come_back_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
