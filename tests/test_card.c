/*
 * test_card.c - what is printed on the card and on a page: what is known is filled in, what is only a
 * default or still open is a line to write on, and every fact can be said in words.
 * Its guide is tests/paper/way.ini.
 */
#include "tests/paperkit.h"

static void a_position_that_is_only_a_default_is_a_line_to_write_on(void **state)
{
	(void)state;
	know("host", "here", NULL);
	assert_string_equal(odr_facts_get(&seen.facts, ODR_FACT_digit), "3");
	print_way("");
	assert_null(card.proof);
	assert_non_null(strstr(text, "   position          ____"));
	assert_non_null(strstr(text, "   MTKFLASH digit    ____"));
	assert_non_null(strstr(text, "   the MTKFLASH line ____"));
	assert_null(strstr(page("The line"), "mtkflash"));
}

static void what_the_person_said_is_filled_in_and_called_unproven(void **state)
{
	(void)state;
	know("jumper", "slave", "channel", "secondary", "file", "C:\\1008\\fw.hex", NULL);
	print_way("way.ini:dead");
	says("Something looks dead", "It is secondary slave, digit 4.");
	assert_non_null(strstr(text, "as you said; not proven yet"));
	says("The line", "     mtkflash 4 w fw.hex\n");
	assert_non_null(strstr(text, "\n   mtkflash 4 w fw.hex\n"));
	know("target", "3", "file", "/x/RPC1V758.BIN", NULL);
	end_paper(NULL);
	print_way("way.ini:dead");
	assert_non_null(strstr(text, "proven by odrescue"));
	says("The line", "     mtkflash 3 w RPC1V758.BIN\n");
}

static void words_that_are_open_are_lines_to_write_on(void **state)
{
	(void)state;
	know("host", "here", "jumper", "slave", "channel", "primary", NULL);
	print_way("");
	says("The primary channel", "The ribbon is on the primary one.");
	says("Which jumper?", "s On slave (your answer) ->");
	says("Which jumper?", "r Not at all (note: rung of the ladder: 3) ->");
	says("Nobody there", "(odrescue shows the reason here)");
	says("The line", "Backup: " ODR_BLANK);
	end_paper(NULL);
	know("host", "here", "label_text", "DRW1008IB", NULL);
	print_way("");
	says("Which jumper?", "The jumper is on " ODR_BLANK ".");
	says("odrescue looks", " Model on the label: DRW1008IB\n");
}

static void dangers_papers_and_pictures_are_shown(void **state)
{
	(void)state;
	know("host", "here", "channel", "primary", "file", "/a/folder/with/a/long/name/FW.BIN",
	     NULL);
	print_way("");
	says("The primary channel", " !! DANGER: A disk may hang there.");
	says("The primary channel", " !! [ ] I have read this.");
	says("The line", "take this page with you");
	says("The line", "This way of the guide ends here.");
	says("Which jumper?",
	     "\n========================================================================\n| o |\n");
}

static void a_name_that_dos_shortens_is_a_line_to_write_on(void **state)
{
	(void)state;
	know("target", "3", "file", "/x/firmware758.bin", NULL);
	print_way("way.ini:line");
	assert_string_equal(card.guess, "FIRMWA~1.BIN");
	assert_non_null(strstr(text, "   DOS calls it      ____"));
	assert_non_null(strstr(text, "perhaps as FIRMWA~1.BIN"));
	assert_non_null(strstr(text, "   the MTKFLASH line ____"));
	says("The line", "\n     " ODR_BLANK "\n");
}

static void no_control_byte_goes_to_a_printer(void **state)
{
	struct odr_sheet sheet = {.put = put, .width = 20};

	(void)state;
	used = 0;
	odr_sheet_line(&sheet, "a\x1b[2Jb\tc\xe4   ");
	odr_sheet_line(&sheet, "one two three four" ODR_HARD_BLANK "five");
	odr_sheet_line(&sheet, "   in by three, and so on");
	odr_sheet_gap(&sheet);
	odr_sheet_gap(&sheet);
	odr_sheet_rule(&sheet, '=');
	assert_string_equal(text, "a.[2Jb.c.\none two three\nfour five\n   in by three, and\n"
				  "   so on\n\n====================\n");
}

static void only_what_is_dead_alone_counts_as_a_position(void **state)
{
	(void)state;
	know(NULL);
	odr_facts_set(&seen.facts, ODR_FACT_dead, "1");
	odr_facts_set(&seen.facts, ODR_FACT_state, "silent");
	odr_card_make(&card, &seen.facts, true, line_for, NULL);
	assert_non_null(card.proof);
	/* A stuck drive shows at both positions of its cable. */
	odr_facts_set(&seen.facts, ODR_FACT_state, "busy");
	odr_card_make(&card, &seen.facts, true, line_for, NULL);
	assert_null(card.proof);
	odr_facts_set(&seen.facts, ODR_FACT_jumper, "master");
	odr_card_make(&card, &seen.facts, true, line_for, NULL);
	assert_non_null(card.proof);
	odr_card_make(&card, &seen.facts, false, line_for, NULL);
	assert_null(card.proof);
}

static void every_word_of_every_fact_can_be_said(void **state)
{
	char word[ODR_FACT_WORD], room[100], other[100];

	(void)state;
	for (unsigned f = 0; f < ODR_FACT_FIRST_TEXT; f++) {
		enum odr_fact fact = (enum odr_fact)f;
		struct odr_when when = {.fact = fact, .op = ODR_NOT, .word = word};

		for (unsigned n = 0; odr_fact_word(fact, n, word); n++) {
			if (!odr_clause(fact, word, room, sizeof room))
				fail_msg("%s %s has no words", odr_fact_name(fact), word);
			odr_clause_when(&when, other, sizeof other);
			assert_memory_equal(other, "it is not so that ", 18);
		}
		assert_null(odr_clause(fact, "nonsense", room, sizeof room));
		assert_null(odr_clause(fact, "", room, sizeof room));
	}
	assert_null(odr_clause(ODR_FACT_file, "x", room, sizeof room));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_position_that_is_only_a_default_is_a_line_to_write_on),
		TEST(what_the_person_said_is_filled_in_and_called_unproven),
		TEST(words_that_are_open_are_lines_to_write_on),
		TEST(dangers_papers_and_pictures_are_shown),
		TEST(a_name_that_dos_shortens_is_a_line_to_write_on),
		TEST(no_control_byte_goes_to_a_printer),
		TEST(only_what_is_dead_alone_counts_as_a_position),
		TEST(every_word_of_every_fact_can_be_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
