/*
 * test_app.c - the assistant without a terminal and without an engine: keys, events and time in, pages
 * and command lines out. Its guide is tests/app/first.ini.
 */
#include "tui/app.h"
#include "tui/key.h"
#include "tui/layout.h"
#include "tui/r_prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct odr_app app;
static struct odr_page page;
static char sent[4096], hands[4096], saved[ODR_SAVED_TEXT];

static void keep_line(char *to, const char *line)
{
	size_t used = strlen(to);

	snprintf(to + used, 4096 - used, "%s\n", line);
}

static void send(void *ctx, const char *line)
{
	(void)ctx;
	keep_line(sent, line);
}

static void hand(void *ctx, const char *line)
{
	(void)ctx;
	keep_line(hands, line);
}

static void save(void *ctx, const char *text)
{
	(void)ctx;
	snprintf(saved, sizeof saved, "%s", text);
}

static bool front(void *ctx, const struct odr_facts *facts, const char *line, odr_put *put,
		  void *put_ctx, int *code)
{
	(void)ctx, (void)facts;
	*code = 0;
	if (strncmp(line, "explain ", 8))
		return false;
	put(put_ctx, "  explained");
	return true;
}

static const struct odr_guide_host host;
static struct odr_app_door door = {.send = send,
				   .save = save,
				   .front = front,
				   .host = &host,
				   .guides = "tests/app",
				   .folder = "."};

static void start(const char *from)
{
	sent[0] = hands[0] = 0;
	odr_app_stop(&app);
	odr_app_start(&app, &door, from);
}

static void event(const char *line)
{
	odr_app_event(&app, line);
}

static void keys(const char *text)
{
	for (; *text; text++)
		odr_app_key(&app, *text == '\n' ? ODR_KEY_ENTER : *text);
}

static const struct odr_page *now(void)
{
	odr_app_page(&app, &page);
	return &page;
}

static void assert_on(const char *id)
{
	assert_string_equal(now()->id, id);
}

static bool page_says(const char *text)
{
	for (unsigned i = 0; i < now()->lines; i++)
		if (strstr(page.line[i].text, text))
			return true;
	return strstr(page.notice, text) != NULL;
}

static int set_up(void **state)
{
	(void)state;
	door.hand = NULL;
	start("");
	event("end code=0");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	odr_app_stop(&app);
	memset(&app, 0, sizeof app);
	return 0;
}

static void place(unsigned position, const char *state)
{
	char line[200];

	snprintf(line, sizeof line, "place position=%u at=\"x\" state=\"%s\" status=d0", position,
		 state);
	event(line);
}

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

static void hands_without_a_practice_pc_say_why_not(void **state)
{
	(void)state;
	keys("h");
	assert_on("first:start");
	assert_true(page_says("practice PC only"));
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

/* ---- a job ---- */

static void begin_job(void)
{
	keys("f");
	assert_string_equal(sent, "flash\n");
	event("progress phase=\"write\" percent=50 done=32768 total=65536");
}

static void progress_is_a_bar_with_bytes_rate_and_time(void **state)
{
	(void)state;
	odr_app_tick(&app, 5000);
	keys("f");
	event("progress phase=\"write\" percent=0 done=0 total=65536");
	odr_app_tick(&app, 9000);
	event("progress phase=\"write\" percent=50 done=32768 total=65536");
	assert_true(page_says("[##############################....."));
	assert_true(page_says("32768 of 65536 bytes    8 KB/s    about 4 s left"));
	assert_int_equal(now()->percent, 50);
}

static void nothing_interrupts_a_job(void **state)
{
	(void)state;
	begin_job();
	odr_app_key(&app, ODR_KEY_CTRL_C);
	assert_true(page_says("until the drive is safe"));
	odr_app_key(&app, ODR_KEY_ESC);
	keys("q");
	assert_on("first:write");
	odr_app_key(&app, ODR_KEY_EOF);
	assert_false(app.over);
}

static void leaving_is_asked_for_and_ends_the_engine(void **state)
{
	(void)state;
	keys("q");
	assert_on("quit");
	assert_false(app.over);
	keys("y");
	assert_string_equal(sent, "quit\n");
	event("end code=0");
	assert_true(app.over);
}

static void a_half_written_chip_is_only_left_by_giving_it_up(void **state)
{
	(void)state;
	keys("qy");
	event("refused code=\"frozen\" text=\"half written\" advice=\"go on\"");
	event("end code=2");
	assert_on("quit");
	assert_true(page_says("half written"));
	keys("y");
	assert_string_equal(sent, "quit\n");
	keys("g");
	assert_string_equal(sent, "quit\nquit give up\n");
	event("end code=0");
	assert_true(app.over);
}

/* ---- over a restart ---- */

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

/* ---- the practice PC ---- */

static void a_pc_that_is_off_takes_nothing_but_hands(void **state)
{
	(void)state;
	door.hand = hand;
	start("");
	event("end code=0");
	event("pc state=\"off\" boots=0");
	assert_on("off");
	assert_string_equal(hands, "?\n");
	event("handle key=s form=\"start\" text=\"Switch the PC on\"");
	keys("m");
	assert_true(page_says("only your hands"));
	keys("s");
	assert_string_equal(hands, "?\nstart\n?\n");
	event("hand did=\"start\" text=\"It hangs.\" lesson=\"In life, too.\"");
	event("pc state=\"hung\" boots=1");
	assert_on("hung");
	assert_true(page_says("In life, too."));
	event("pc state=\"on\" boots=2");
	assert_on("first:start");
}

/* ---- the command line ---- */

static void commands_typed_go_to_the_engine_and_their_answer_to_the_page(void **state)
{
	(void)state;
	keys("e");
	event("help form=\"target secondary master DRW1008IB\" what=\"this is the drive\"");
	event("end code=0");
	keys("scan\n");
	assert_string_equal(sent, "help\nscan\n");
	event("say text=\"Four positions.\"");
	event("end code=0");
	assert_true(page_says("> scan"));
	assert_true(page_says("Four positions."));
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("first:start");
}

static void tab_completes_a_word_and_up_brings_lines_back(void **state)
{
	(void)state;
	keys("e");
	event("help form=\"target secondary master DRW1008IB\" what=\"this is the drive\"");
	event("end code=0");
	keys("ta");
	odr_app_key(&app, ODR_KEY_TAB);
	assert_string_equal(now()->input, "target ");
	odr_app_key(&app, ODR_KEY_TAB);
	assert_string_equal(now()->input, "target secondary ");
	keys("\n");
	event("end code=1");
	odr_app_key(&app, ODR_KEY_UP);
	assert_string_equal(now()->input, "target secondary ");
}

static void a_command_of_the_persons_side_never_reaches_the_engine(void **state)
{
	(void)state;
	keys("e");
	event("end code=0");
	keys("explain mtkflash 3 w /m /b fw.bin\n");
	assert_string_equal(sent, "help\n");
	assert_true(page_says("explained"));
}

/* ---- whatever comes ---- */

static uint32_t next_random(void)
{
	static uint32_t seed = 20041;

	seed = seed * 1664525u + 1013904223u;
	return seed >> 8;
}

static void random_event(void)
{
	static const char *const lines[] = {
		"end code=0",
		"end code=5",
		"place position=3 at=\"x\" state=\"stuck busy\" status=d0 mirrored=1",
		"place position=9 state=\"?\"",
		"change primary=1 secondary=1 position=1 kind=\"renamed\" settled=1",
		"moving channel=\"secondary\" status=d0",
		"outcome result=\"changed\" why=\"the drive left\" advice=\"keep it on\"",
		"refused code=\"partner\" text=\"Another drive.\" advice=\"Take it off.\"",
		"progress phase=\"write\" percent=99 done=9 total=10",
		"pc state=\"on\" boots=3",
		"recovery position=3 drive=\"may be changed\" text=\"Interrupted.\"",
		"hand text=\"ok\"",
		"nonsense",
		"",
	};

	event(lines[next_random() % (sizeof lines / sizeof lines[0])]);
}

static void any_keys_and_events_give_a_page_that_fits(void **state)
{
	static struct odr_screen screen;

	(void)state;
	door.hand = hand;
	for (unsigned i = 0; i < 40000; i++) {
		unsigned what = next_random() % 8;

		if (app.over || what == 7)
			start(next_random() % 2 ? saved : "");
		if (what < 5)
			odr_app_key(&app, (int)(next_random() % 270));
		else
			random_event();
		if (i % 7 == 0)
			odr_app_tick(&app, i * 500);
		sent[0] = hands[0] = 0;
		odr_layout(now(), &screen);
		for (unsigned row = 0; row < ODR_PAGE_HEIGHT; row++)
			assert_int_equal(strlen(screen.row[row]), ODR_PAGE_WIDTH);
		assert_true(screen.cursor_row < ODR_PAGE_HEIGHT);
		assert_true(screen.cursor_column < ODR_PAGE_WIDTH);
	}
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
		T(esc_goes_a_page_back_and_says_where_there_is_none),
		T(a_hazard_holds_every_key_until_it_was_read),
		T(help_comes_back_to_the_same_page),
		T(hands_without_a_practice_pc_say_why_not),
		T(a_waiting_page_moves_on_by_itself),
		T(the_jumper_decides_between_two_positions_that_look_the_same),
		T(a_waiting_page_is_late_after_its_time_and_not_before),
		T(what_happens_behind_help_is_there_when_it_is_left),
		T(typed_text_goes_into_the_command),
		T(a_refusal_leads_to_its_page_with_the_reason),
		T(an_exit_code_without_a_page_of_its_own_leads_to_fail),
		T(enter_on_an_empty_line_is_explained),
		T(ctrl_u_empties_the_line_and_a_full_line_says_so),
		T(what_was_typed_once_stands_there_again),
		T(progress_is_a_bar_with_bytes_rate_and_time),
		T(nothing_interrupts_a_job),
		T(leaving_is_asked_for_and_ends_the_engine),
		T(a_half_written_chip_is_only_left_by_giving_it_up),
		T(answers_and_place_survive_a_restart),
		T(after_a_command_the_place_stays_before_it_until_the_job_is_over),
		T(beginning_anew_forgets_the_place_only_when_it_is_chosen),
		T(a_damaged_place_is_no_harm),
		T(a_guide_that_is_missing_leaves_the_command_line),
		T(a_pc_that_is_off_takes_nothing_but_hands),
		T(commands_typed_go_to_the_engine_and_their_answer_to_the_page),
		T(tab_completes_a_word_and_up_brings_lines_back),
		T(a_command_of_the_persons_side_never_reaches_the_engine),
		T(any_keys_and_events_give_a_page_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
