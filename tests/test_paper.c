/*
 * test_paper.c - the guide on paper: which steps get a page, what is followed one way only, and that
 * every page which is named exists. Its guide is tests/paper/way.ini; the shipped ones are printed, too.
 */
#include "tests/paperkit.h"

/* ---- what is followed ---- */

static const char true_page[] = "Which of these is true? Take the first that is.";

static void what_is_not_known_keeps_all_its_ways(void **state)
{
	(void)state;
	know(NULL);
	add(FOLDER, "way");
	print(FOLDER, false, "");
	leads(true_page, "odrescue runs on another PC", "At another PC");
	leads(true_page, "positions that look dead: more than 0", "Something looks dead");
	leads(true_page, "None of these", "Which jumper?");
}

static void what_is_known_is_followed_one_way_only(void **state)
{
	(void)state;
	know("host", "other", NULL);
	print_way("");
	assert_int_equal(number_of("At another PC"), 1);
	assert_int_equal(number_of("Which jumper?"), 2);
}

static void a_fact_that_a_page_may_change_is_open_behind_it(void **state)
{
	(void)state;
	know("host", "here", "jumper", "master", "channel", "secondary", NULL);
	print_way("");
	/* dead is 0 at the start: decided there, open once the person has left a page. */
	assert_int_equal(number_of("Which jumper?"), 1);
	says(true_page, "positions that look dead: more than 0 ->");
	/* The page before has set the jumper to either. */
	says(true_page, "the drive's jumper is on MASTER ->");
}

static void an_answer_that_no_page_changes_stays_decided(void **state)
{
	(void)state;
	know("host", "here", "channel", "secondary", NULL);
	print_way("");
	leads(true_page, "None of these", "odrescue looks");
	assert_null(strstr(page(true_page), "IDE 1"));
	end_paper(NULL);
	know("host", "here", "channel", "primary", NULL);
	print_way("");
	leads(true_page, "None of these", "The primary channel");
	assert_null(strstr(page(true_page), "IDE 1"));
}

static void a_command_makes_open_what_the_program_knew(void **state)
{
	(void)state;
	know("host", "here", NULL);
	print_way("way.ini:look");
	says(true_page, "odrescue says NO (partner) ->");
}

static void a_page_that_waits_keeps_what_it_waits_for(void **state)
{
	(void)state;
	know("host", "here", "changed", "none", "channel", "secondary", NULL);
	print_way("way.ini:plug");
	leads("Plug it in", "only the secondary channel has changed", "The line");
	leads("Plug it in", "the ribbon goes to IDE 1, primary", "The primary channel");
	leads("Plug it in", "nothing of this within 5 minutes", "Nobody there");
	leads("Plug it in", "x It is in", "The line");
}

static void it_begins_where_the_person_is(void **state)
{
	(void)state;
	know("host", "here", NULL);
	print_way("way.ini:line");
	assert_int_equal(paper.route.pages, 1);
	assert_int_equal(number_of("The line"), 1);
	end_paper(NULL);
	print_way("way.ini:nowhere");
	assert_int_equal(number_of("Which jumper?"), 1);
}

static void every_outcome_of_a_command_has_its_way(void **state)
{
	(void)state;
	know("host", "here", "channel", "secondary", NULL);
	print_way("");
	leads("odrescue looks", "When it is done", "Plug it in");
	says("odrescue looks", "It is refused -> page");
	leads("odrescue looks", "Nobody answers there", "Nobody there");
	leads("odrescue looks", "If it does not work", "Which jumper?");
}

static void back_top_and_other_guides_are_said_in_words(void **state)
{
	(void)state;
	know("host", "here", NULL);
	print_way("");
	says("Nobody there", "To the page before -> the page that you came from\n");
	says("Nobody there", "To the first page -> odrescue's first page\n");
	says("Nobody there", "To the other guide -> the guide far, \"Away from the way\"\n");
	says("Nobody there", "To its check -> the guide far\n");
	assert_non_null(strstr(text, "   guide print way far\n"));
}

static void two_guides_on_one_paper_lead_to_each_others_pages(void **state)
{
	(void)state;
	know("host", "here", NULL);
	add(FOLDER, "way");
	add(FOLDER, "far.ini");
	add(FOLDER, "way");
	assert_int_equal(paper.route.guides, 2);
	print(FOLDER, true, "");
	leads("Nobody there", "To the other guide", "Away from the way");
	leads("Away from the way", "Go on", "The line");
	assert_null(strstr(text, "the guide far"));
	assert_null(strstr(text, "not on this paper"));
}

static void a_guide_that_nothing_leads_to_is_printed_too(void **state)
{
	(void)state;
	know("host", "here", "way", "own", NULL);
	add(FOLDER, "way");
	add(FOLDER, "far");
	print(FOLDER, true, "way.ini:line");
	assert_int_equal(number_of("The line"), 1);
	assert_int_equal(number_of("Away from the way"), 2);
	assert_int_equal(number_of("The end of far"), 0);
}

/* ---- a way without loops ---- */

static void what_a_hand_can_change_is_open_once_a_page_was_left(void **state)
{
	(void)state;
	know("practice", "yes", NULL);
	add(FOLDER, "straight");
	print(FOLDER, true, "straight.ini:begin");
	leads("The beginning", "Go on", true_page);
	says(true_page, "positions that look dead: more than 0 -> page");
	end_paper(NULL);
	/* Where the person is right now it is decided, if the program has looked. */
	add(FOLDER, "straight");
	print(FOLDER, true, "straight.ini:hand");
	assert_int_equal(number_of("The first jumper"), 1);
	end_paper(NULL);
	add(FOLDER, "straight");
	print(FOLDER, false, "straight.ini:hand");
	assert_int_equal(number_of(true_page), 1);
	/* A guide that comes behind another one is not read right now. */
	end_paper(NULL);
	add(FOLDER, "far");
	add(FOLDER, "straight");
	print(FOLDER, true, "far.ini:end");
	assert_int_equal(number_of("The end of far"), 1);
	assert_int_equal(number_of(true_page), 2);
}

static void the_same_answer_again_is_known_again(void **state)
{
	(void)state;
	know("jumper", "master", NULL);
	add(FOLDER, "straight");
	print(FOLDER, true, "");
	leads("The second jumper", " [ ] m On master (your answer)", "It runs");
	assert_int_equal(number_of("Slave"), 0);
	end_paper(NULL);
	know("jumper", "slave", NULL);
	add(FOLDER, "straight");
	print(FOLDER, true, "");
	assert_int_not_equal(number_of("Slave"), 0);
}

static void a_word_that_says_unknown_decides_nothing(void **state)
{
	(void)state;
	know("jumper", "unknown", NULL);
	add(FOLDER, "straight");
	print(FOLDER, true, "straight.ini:jumper");
	leads(true_page, "the drive's jumper is on MASTER", "It runs");
}

static void a_command_leaves_only_what_kind_of_pc_it_is(void **state)
{
	(void)state;
	know("practice", "yes", NULL);
	add(FOLDER, "straight");
	print(FOLDER, true, "straight.ini:run");
	/* practice is passed, image is not. */
	leads(true_page, "the firmware file is chosen and checked", "A real PC");
	leads(true_page, "None of these", "The practice PC");
	assert_int_equal(paper.route.pages, 4);
}

/* ---- the shipped guides ---- */

static const char *const shipped[] = {"first",	"mtkdead", "mtkdead2", "mtkdead3",
				      "dosway", "ownway",  "after",    "ladder",
				      "findfw", "alive",   "otherpc",  NULL};

static void check_lines(void)
{
	unsigned n, pages = 0;

	for (const char *line = text, *end; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (end - line > ODR_PAPER_WIDTH)
			fail_msg("too wide: %.*s", (int)(end - line), line);
		for (const char *c = line; c < end; c++)
			assert_in_range(*c, ' ', '~');
		if (sscanf(line, "---- page %u of", &n) == 1)
			assert_int_equal(n, ++pages);
	}
	assert_int_equal(pages, paper.route.pages);
	for (const char *at = text; (at = strstr(at, "> page ")); at++)
		assert_in_range(strtoul(at + 7, NULL, 10), 1, pages);
	assert_null(strstr(text, "-> \n"));
}

/* Everything that can be come to, without any thought about facts: the test's own search. */
static void check_pages(unsigned g)
{
	const struct odr_guide *guide = &paper.route.guide[g];
	bool reached[ODR_GUIDE_STEPS] = {false}, news = true;

	reached[guide->start - guide->step] = true;
	while (news) {
		news = false;
		for (unsigned s = 0; s < guide->steps; s++) {
			const struct odr_step *step = &guide->step[s];
			const char *to[40] = {step->next, step->late};
			unsigned n = 2;

			for (unsigned i = 0; i < step->n_choice; i++)
				to[n++] = step->choice[i].target;
			for (unsigned i = 0; i < step->n_when; i++)
				to[n++] = step->when[i].target;
			for (unsigned i = 0; i < 9; i++)
				to[n++] = step->exit[i];
			for (unsigned i = 0; reached[s] && i < n; i++) {
				const struct odr_step *there =
					to[i] ? odr_guide_step(guide, to[i]) : NULL;

				if (there && !reached[there - guide->step])
					news = reached[there - guide->step] = true;
			}
		}
	}
	for (unsigned s = 0; s < guide->steps; s++) {
		const struct odr_stop *stop = &paper.route.stop[g * ODR_GUIDE_STEPS + s];

		if (reached[s] && !stop->page)
			fail_msg("%s:%s has no page", guide->file, guide->step[s].name);
		for (unsigned i = 0; stop->page && i < guide->step[s].n_text; i++)
			if (!strchr(guide->step[s].text[i], '{') &&
			    strcmp(guide->step[s].text[i], " ") &&
			    !strstr(text, guide->step[s].text[i]))
				fail_msg("not printed: %s", guide->step[s].text[i]);
		if (stop->page && guide->step[s].picture &&
		    !strstr(text, guide->step[s].picture->line[0] +
					  strspn(guide->step[s].picture->line[0], " ")))
			fail_msg("a picture of %s was cut", guide->step[s].name);
	}
}

static void every_step_of_every_shipped_guide_has_its_page(void **state)
{
	(void)state;
	for (unsigned i = 0; shipped[i]; i++) {
		know(NULL);
		odr_facts_clear(&seen.facts);
		add("guides", shipped[i]);
		print("guides", false, "");
		check_lines();
		check_pages(0);
		end_paper(NULL);
	}
}

static void all_shipped_guides_fit_on_one_paper_that_leads_nowhere_else(void **state)
{
	(void)state;
	know(NULL);
	odr_facts_clear(&seen.facts);
	for (unsigned i = 0; shipped[i]; i++)
		add("guides", shipped[i]);
	print("guides", false, "");
	check_lines();
	for (unsigned g = 0; g < paper.route.guides; g++)
		check_pages(g);
	assert_null(strstr(text, "-> the guide "));
	assert_null(strstr(text, "first page\n"));
}

static void a_guide_too_many_is_told_in_words(void **state)
{
	struct odr_error e;

	(void)state;
	assert_int_equal(odr_route_add(&paper.route, NULL, FOLDER, "none", &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "none.ini"));
	paper.route.guides = ODR_ROUTE_GUIDES;
	assert_int_equal(odr_route_add(&paper.route, NULL, FOLDER, "way", &e), ODR_E_USAGE);
	paper.route.guides = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_not_known_keeps_all_its_ways),
		TEST(what_is_known_is_followed_one_way_only),
		TEST(a_fact_that_a_page_may_change_is_open_behind_it),
		TEST(an_answer_that_no_page_changes_stays_decided),
		TEST(a_command_makes_open_what_the_program_knew),
		TEST(a_page_that_waits_keeps_what_it_waits_for),
		TEST(it_begins_where_the_person_is),
		TEST(every_outcome_of_a_command_has_its_way),
		TEST(back_top_and_other_guides_are_said_in_words),
		TEST(two_guides_on_one_paper_lead_to_each_others_pages),
		TEST(a_guide_that_nothing_leads_to_is_printed_too),
		TEST(what_a_hand_can_change_is_open_once_a_page_was_left),
		TEST(the_same_answer_again_is_known_again),
		TEST(a_word_that_says_unknown_decides_nothing),
		TEST(a_command_leaves_only_what_kind_of_pc_it_is),
		TEST(every_step_of_every_shipped_guide_has_its_page),
		TEST(all_shipped_guides_fit_on_one_paper_that_leads_nowhere_else),
		TEST(a_guide_too_many_is_told_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
