/* test_app_job.c - the assistant in a job, on the practice PC, under any input. */
#include "appkit.h"

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

static void help_is_left_on_a_pc_that_is_off(void **state)
{
	(void)state;
	door.hand = hand;
	start("");
	event("end code=0");
	event("pc state=\"off\" boots=0");
	event("handle key=s form=\"start\" text=\"Switch the PC on\"");
	keys("?");
	assert_on("help");
	odr_app_key(&app, ODR_KEY_ESC);
	assert_on("off");
	keys("?\n");
	assert_on("off");
	assert_string_equal(hands, "?\n");
}

static void the_hands_are_asked_for_anew_each_second_while_they_are_shown(void **state)
{
	(void)state;
	door.hand = hand;
	start("");
	event("end code=0");
	odr_app_tick(&app, 5000);
	assert_string_equal(hands, "");
	keys("h");
	event("handle key=p form=\"power 3 on\" text=\"Push in the POWER plug\"");
	assert_string_equal(hands, "?\n");
	odr_app_tick(&app, 5900);
	assert_string_equal(hands, "?\n");
	odr_app_tick(&app, 6000);
	assert_string_equal(hands, "?\n?\n");
	event("handle key=t form=\"power 3 off; power 3 on\" text=\"Switch its power off\"");
	assert_int_equal(now()->choices, 1);
	assert_int_equal(page.choice[0].key, 't');
	odr_app_key(&app, ODR_KEY_ESC);
	odr_app_tick(&app, 9000);
	assert_string_equal(hands, "?\n?\n");
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

static void a_hand_that_is_typed_is_answered_there(void **state)
{
	(void)state;
	door.hand = hand;
	start("");
	event("end code=0");
	keys("ehand cable 3 sideways\n");
	event("hand did=\"cable 3 sideways\" text=\"No such hand.\"");
	assert_true(page_says("No such hand."));
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
		T(progress_is_a_bar_with_bytes_rate_and_time),
		T(nothing_interrupts_a_job),
		T(leaving_is_asked_for_and_ends_the_engine),
		T(a_half_written_chip_is_only_left_by_giving_it_up),
		T(a_pc_that_is_off_takes_nothing_but_hands),
		T(help_is_left_on_a_pc_that_is_off),
		T(the_hands_are_asked_for_anew_each_second_while_they_are_shown),
		T(commands_typed_go_to_the_engine_and_their_answer_to_the_page),
		T(a_hand_that_is_typed_is_answered_there),
		T(tab_completes_a_word_and_up_brings_lines_back),
		T(a_command_of_the_persons_side_never_reaches_the_engine),
		T(any_keys_and_events_give_a_page_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
