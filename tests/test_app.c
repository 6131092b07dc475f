/* test_app.c - the assistant's pages: keys, waiting, commands. */
#include "appkit.h"

/* ---- pages and keys ---- */

static void the_first_page_is_there_before_the_engine_says_a_word(void **state)
{
	(void)state;
	start("");
	assert_on("first:start");
	assert_true(page_says("Where is the jumper?"));
}

static void a_letter_that_is_no_choice_says_so_until_the_next_key(void **state)
{
	(void)state;
	keys("x");
	assert_on("first:start");
	assert_true(page_says("does nothing on this page"));
	odr_app_key(&app, ODR_KEY_DOWN);
	assert_string_equal(now()->notice, "");
}

static void a_capital_letter_means_the_same(void **state)
{
	(void)state;
	keys("W");
	assert_on("first:plug");
}

static void enter_takes_the_marked_choice(void **state)
{
	(void)state;
	odr_app_key(&app, ODR_KEY_DOWN);
	odr_app_key(&app, ODR_KEY_DOWN);
	keys("\n");
	assert_on("first:plug");
}

static void up_from_the_first_choice_is_the_last(void **state)
{
	(void)state;
	odr_app_key(&app, ODR_KEY_UP);
	now();
	assert_int_equal(page.selected, page.choices - 1);
}

static void the_head_counts_the_pages_so_far_and_promises_nothing(void **state)
{
	(void)state;
	assert_string_equal(now()->where, "step 1");
	keys("m");
	assert_string_equal(now()->where, "step 2");
	keys("y\n");
	assert_string_equal(now()->where, "step 3");
	odr_app_key(&app, ODR_KEY_ESC);
	assert_string_equal(now()->where, "step 2");
}

static void esc_goes_a_page_back_and_says_where_there_is_none(void **state)
{
	(void)state;
	keys("w");
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:start");
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:start");
	assert_true(page_says("first page"));
}

static void a_hazard_holds_every_key_until_it_was_read(void **state)
{
	(void)state;
	keys("m\n\n\n");
	assert_on("first:danger");
	assert_true(page_says("press y"));
	keys("y");
	assert_on("first:danger");
	keys("\n");
	assert_on("first:plug");
}

static void help_comes_back_to_the_same_page(void **state)
{
	(void)state;
	keys("w?");
	assert_on("help");
	keys("\n");
	assert_on("first:plug");
}

static void help_in_plain_lines_names_words_and_no_key_of_a_screen(void **state)
{
	static const char *const words[] = {"back", "print", "q", "e", "?", "Enter"};

	(void)state;
	door.words = true;
	keys("w?");
	for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
		assert_true(page_says(words[i]));
	for (unsigned i = 0; i < page.lines; i++) {
		assert_null(strstr(page.line[i].text, "Up Down"));
		assert_null(strstr(page.line[i].text, "Ctrl-L"));
		assert_null(strstr(page.line[i].text, "Ctrl-U"));
		assert_null(strstr(page.line[i].text, "marked"));
		assert_null(strstr(page.line[i].text, "F1"));
	}
	door.words = false;
	assert_true(page_says("F1"));
}

static void hands_without_a_practice_pc_say_why_not(void **state)
{
	(void)state;
	keys("h");
	assert_on("first:start");
	assert_true(page_says("practice PC only"));
}

static void that_a_row_has_just_changed_is_said_whole_where_room_is_short(void **state)
{
	static const char *const rows[] = {
		"place position=1 state=alive name=\"A VERY LONG NAME OF A DRIVE THAT NEVER ENDS\" "
		"revision=0758",
		"place position=1 state=\"stuck busy\" settled=0 status=d0",
	};
	static struct odr_screen screen;
	unsigned last = ODR_PAGE_HEIGHT - 3; /* above the rule and the foot */

	(void)state;
	event("place position=1 state=absent status=00");
	for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		event(rows[i]);
		odr_layout(now(), &screen);
		assert_non_null(strstr(page.panel[0].text, "<- just changed"));
		while (page.lines < ODR_PAGE_LINES)
			odr_page_add(&page, ODR_ROLE_TEXT, 1, "more than there is room for");
		odr_layout(&page, &screen);
		assert_int_equal(strncmp(screen.row[last], " 1 prim master  ", 16), 0);
		assert_non_null(strstr(screen.row[last], "   <- just changed + 3 more"));
	}
	assert_non_null(strstr(screen.row[last], "wait 31 s "));
}

/* ---- waiting ---- */

static void a_waiting_page_moves_on_by_itself(void **state)
{
	(void)state;
	keys("mny");
	keys("\n");
	assert_on("first:plug");
	place(3, "stuck busy");
	assert_on("first:plug");
	event("change primary=0 secondary=1 position=3 kind=\"appeared\" settled=1");
	assert_on("first:found");
	assert_true(page_says("Found at secondary master"));
}

static void the_jumper_decides_between_two_positions_that_look_the_same(void **state)
{
	(void)state;
	keys("sy\n");
	event("place position=3 at=\"x\" state=\"stuck busy\" status=d0 mirrored=1");
	event("place position=4 at=\"x\" state=\"stuck busy\" status=d0 mirrored=1");
	event("change primary=0 secondary=1 position=3 kind=\"appeared\" settled=1");
	assert_true(page_says("Found at secondary slave"));
}

static void the_jumper_decides_also_when_it_is_looked_at_again_after_the_proof(void **state)
{
	(void)state;
	keys("my\n");
	event("place position=3 at=\"x\" state=\"stuck busy\" status=d0 mirrored=1");
	event("place position=4 at=\"x\" state=\"stuck busy\" status=d0 mirrored=1");
	event("target position=3 at=\"secondary master\" state=\"stuck busy\" label=\"X\"");
	assert_string_equal(odr_facts_get(&app.seen.facts, ODR_FACT_position_name),
			    "secondary master");
	odr_facts_set(&app.seen.facts, ODR_FACT_jumper, "slave");
	odr_seen_answered(&app.seen);
	assert_string_equal(odr_facts_get(&app.seen.facts, ODR_FACT_position_name),
			    "secondary slave");
	/* A position that is typed says how the jumper is. */
	event("target position=3 at=\"secondary master\" state=\"stuck busy\" label=\"X\"");
	assert_string_equal(odr_facts_get(&app.seen.facts, ODR_FACT_position_name),
			    "secondary master");
}

static void what_a_page_waits_for_and_its_warning_holds_back_is_said(void **state)
{
	(void)state;
	keys("r");
	event("change primary=0 secondary=1 position=3 kind=\"appeared\" settled=1");
	assert_on("first:risky");
	assert_true(page_says("It has changed. Read the warning, press y"));
	keys("y");
	odr_app_tick(&app, 1);
	assert_on("first:found");
}

static void a_waiting_page_is_late_after_its_time_and_not_before(void **state)
{
	(void)state;
	odr_app_tick(&app, 1000);
	keys("w");
	odr_app_tick(&app, 60999);
	assert_on("first:plug");
	odr_app_tick(&app, 61000);
	assert_on("first:nothing");
}

static void what_happens_behind_help_is_there_when_it_is_left(void **state)
{
	(void)state;
	keys("w?");
	event("change primary=0 secondary=1 position=3 kind=\"appeared\" settled=1");
	assert_on("help");
	keys("\n");
	assert_on("first:found");
}

/* ---- commands ---- */

static void typed_text_goes_into_the_command(void **state)
{
	(void)state;
	keys("pDRX");
	odr_app_key(&app, ODR_KEY_BACKSPACE);
	keys("W1008IB\n");
	assert_string_equal(sent, "target secondary master DRW1008IB\n");
	assert_false(now()->has_input);
	keys("x");
	assert_true(page_says("at work"));
	event("end code=0");
	/* proven is a page; write is one that sends */
	assert_on("first:proven");
}

static void a_refusal_leads_to_its_page_with_the_reason(void **state)
{
	(void)state;
	keys("pX\n");
	event("refused code=\"label-unknown\" text=\"Not in our table.\" advice=\"Look again.\"");
	event("end code=2");
	assert_on("first:no");
	assert_true(page_says("Not in our table."));
}

static void an_exit_code_without_a_page_of_its_own_leads_to_fail(void **state)
{
	(void)state;
	keys("pX\n");
	event("end code=7");
	assert_on("first:other");
}

static void enter_on_an_empty_line_is_explained(void **state)
{
	(void)state;
	keys("p\n");
	assert_string_equal(sent, "");
	assert_true(page_says("Type it first"));
}

static void ctrl_u_empties_the_line_and_a_full_line_says_so(void **state)
{
	(void)state;
	keys("p");
	for (int i = 0; i < 300; i++)
		keys("a");
	assert_true(page_says("no room"));
	assert_int_equal(strlen(now()->input), ODR_PAGE_INPUT - 1);
	odr_app_key(&app, ODR_KEY_CLEAR);
	assert_string_equal(now()->input, "");
}

static void what_was_typed_once_stands_there_again(void **state)
{
	(void)state;
	keys("pDRW1008IB\n");
	event("target position=3 at=\"secondary master\" label=\"DRW1008IB\"");
	event("end code=2");
	keys("\np");
	assert_string_equal(now()->input, "DRW1008IB");
}

/* The label page with DRW1008IB offered. */
static void offer(void)
{
	start("");
	event("end code=0");
	odr_facts_set(&app.seen.facts, ODR_FACT_label_text, "DRW1008IB");
	keys("p");
	assert_string_equal(now()->input, "DRW1008IB");
	assert_true(page.offered);
}

static void a_first_letter_takes_the_place_of_what_is_offered(void **state)
{
	(void)state;
	offer();
	keys("XY");
	assert_string_equal(now()->input, "XY");
	assert_false(page.offered);
	offer();
	keys("\n");
	assert_string_equal(sent, "target secondary master DRW1008IB\n");
}

static void what_is_offered_can_be_mended(void **state)
{
	(void)state;
	offer();
	odr_app_key(&app, ODR_KEY_BACKSPACE);
	assert_string_equal(now()->input, "DRW1008I");
	keys("M");
	assert_string_equal(now()->input, "DRW1008IM");
	offer();
	odr_app_key(&app, ODR_KEY_RIGHT);
	assert_true(page_says("at its end"));
	keys("2");
	assert_string_equal(now()->input, "DRW1008IB2");
	offer();
	odr_app_key(&app, ODR_KEY_TAB);
	assert_true(now()->offered);
	odr_app_key(&app, ODR_KEY_CLEAR);
	keys("a");
	assert_string_equal(now()->input, "a");
}

static void a_question_mark_on_what_is_offered_is_text(void **state)
{
	(void)state;
	offer();
	keys("?");
	assert_string_equal(now()->input, "?");
}

static void a_line_of_prose_takes_the_place_of_what_is_offered(void **state)
{
	int key;

	(void)state;
	offer();
	for (unsigned i = 0; (key = odr_prose_key(&page, "DRW1004", i)) != ODR_KEY_NONE; i++)
		odr_app_key(&app, key);
	assert_string_equal(sent, "target secondary master DRW1004\n");
}

static void the_foot_of_a_page_where_one_types_says_how_to_get_to_the_hands(void **state)
{
	(void)state;
	keys("p");
	assert_null(strstr(now()->footer, "hands"));
	door.hand = hand;
	start("");
	event("end code=0");
	keys("p");
	assert_non_null(strstr(now()->footer, "Esc back, then h: hands"));
	odr_app_key(&app, ODR_KEY_ESC);
	keys("h");
	assert_on("hands");
	offer();
	assert_non_null(strstr(page.footer, "Esc back, then h: hands"));
	assert_non_null(strstr(page.footer, "replaces it"));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(the_first_page_is_there_before_the_engine_says_a_word),
		T(a_letter_that_is_no_choice_says_so_until_the_next_key),
		T(a_capital_letter_means_the_same),
		T(enter_takes_the_marked_choice),
		T(up_from_the_first_choice_is_the_last),
		T(the_head_counts_the_pages_so_far_and_promises_nothing),
		T(esc_goes_a_page_back_and_says_where_there_is_none),
		T(a_hazard_holds_every_key_until_it_was_read),
		T(help_comes_back_to_the_same_page),
		T(help_in_plain_lines_names_words_and_no_key_of_a_screen),
		T(hands_without_a_practice_pc_say_why_not),
		T(that_a_row_has_just_changed_is_said_whole_where_room_is_short),
		T(a_waiting_page_moves_on_by_itself),
		T(the_jumper_decides_between_two_positions_that_look_the_same),
		T(the_jumper_decides_also_when_it_is_looked_at_again_after_the_proof),
		T(what_a_page_waits_for_and_its_warning_holds_back_is_said),
		T(a_waiting_page_is_late_after_its_time_and_not_before),
		T(what_happens_behind_help_is_there_when_it_is_left),
		T(typed_text_goes_into_the_command),
		T(a_refusal_leads_to_its_page_with_the_reason),
		T(an_exit_code_without_a_page_of_its_own_leads_to_fail),
		T(enter_on_an_empty_line_is_explained),
		T(ctrl_u_empties_the_line_and_a_full_line_says_so),
		T(what_was_typed_once_stands_there_again),
		T(a_first_letter_takes_the_place_of_what_is_offered),
		T(what_is_offered_can_be_mended),
		T(a_question_mark_on_what_is_offered_is_text),
		T(a_line_of_prose_takes_the_place_of_what_is_offered),
		T(the_foot_of_a_page_where_one_types_says_how_to_get_to_the_hands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
