/*
 * test_redact.c - what a report for a forum must not hold is taken out of events, journal lines and
 * plain words, what helps the forum stays; and which events a report remembers.
 */
#include "tui/record.h"
#include "tui/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* Written like this because no file here may name a folder of somebody's machine. */
#define HOME "/\x68ome/"
#define USERS "/\x55sers/"

static struct odr_redact r;
static struct odr_record record;
static char out[ODR_EVENT_MAX];

static void fresh(void)
{
	odr_redact_start(&r, true);
}

#define becomes(text, want)                                 \
	do {                                                \
		odr_redact_text(&r, text, out, sizeof out); \
		assert_string_equal(out, want);             \
	} while (0)

#define line_becomes(line, want)                \
	do {                                    \
		odr_redact_line(&r, line, out); \
		assert_string_equal(out, want); \
	} while (0)

static void of_a_path_only_the_files_own_name_stays(void **state)
{
	(void)state;
	fresh();
	becomes(HOME "alice/fw/RPC1V758.BIN", "RPC1V758.BIN");
	becomes("C:\\1008\\RPC1V758.BIN", "RPC1V758.BIN");
	becomes("C:/My Own Files/RPC1V758.BIN", "RPC1V758.BIN");
	becomes("alice/fw.bin", "fw.bin");
	becomes("~/fw.bin", "fw.bin");
	becomes("cannot open " HOME "alice smith/no file.bin: no such file",
		"cannot open no file.bin: no such file");
	becomes("(C:\\Documents and Settings\\Al Ice\\fw.bin) and /mnt/x/b.bin",
		"(fw.bin) and b.bin");
	becomes("rig=tests/rigs/a.ini,state=" HOME "alice/rig,speed=max",
		"rig=a.ini,state=rig,speed=max");
}

static void a_folder_that_is_called_like_a_person_is_hidden(void **state)
{
	(void)state;
	fresh();
	becomes(HOME "alice", ODR_HIDDEN);
	becomes("state=" USERS "alice,speed=max", "state=" ODR_HIDDEN ",speed=max");
	becomes("C:\\Users\\alice", ODR_HIDDEN);
	odr_redact_learn_path(&r, HOME "alice");
	becomes(HOME "alice", ODR_HIDDEN);
	becomes("of Alice.", "of " ODR_HIDDEN ".");
}

static void lines_of_mtkflash_and_plain_words_stay_whole(void **state)
{
	static const char *const texts[] = {"mtkflash 3 w /m /b RPC1V758.BIN",
					    "DVDRW IDE1008 0758",
					    "write 1048576 bytes, boot page last",
					    "I/O error at 12000: 5a instead of a5",
					    "the drive is as it was; nothing was sent.",
					    "50 % of it",
					    ""};

	(void)state;
	fresh();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		becomes(texts[i], texts[i]);
}

static void what_could_be_a_serial_number_is_hidden(void **state)
{
	(void)state;
	fresh();
	becomes("S/N 4711081500 and HB7CA42104711", "S/N " ODR_HIDDEN " and " ODR_HIDDEN);
	becomes("SHA-256 b5afbbd29339b1887d5cf2a8b989a136b6ce5bb4e8697304a9aed38bdd10f629",
		"SHA-256 b5afbbd29339b1887d5cf2a8b989a136b6ce5bb4e8697304a9aed38bdd10f629");
	line_becomes("place position=3 serial=\"X1\" name=\"ST3160021A\"",
		     "place position=3 serial=\"" ODR_HIDDEN "\" name=\"ST3160021A\"");
}

static void of_a_label_only_the_model_stays_wherever_it_is_said(void **state)
{
	(void)state;
	fresh();
	odr_redact_learn(&r, "target position=3 label=\"BTC DRW1008IB of alice 77\"");
	line_becomes("target position=3 label=\"BTC DRW1008IB of alice 77\" proof=\"good\"",
		     "target position=3 label=\"BTC DRW1008IB " ODR_HIDDEN "\" proof=\"good\"");
	line_becomes("fact key=\"the drive\" text=\"X, label BTC DRW1008IB of alice 77\"",
		     "fact key=\"the drive\" text=\"X, label BTC DRW1008IB " ODR_HIDDEN "\"");
	fresh();
	odr_redact_learn(&r, "target label=\"DRW1008IB\"");
	line_becomes("target label=\"DRW1008IB\"", "target label=\"DRW1008IB\"");
	fresh();
	odr_redact_learn(&r, "refused code=\"label-unknown\" detail=\"alice's own\"");
	line_becomes("refused code=\"label-unknown\" detail=\"alice's own\"",
		     "refused code=\"label-unknown\" detail=\"" ODR_HIDDEN "\"");
	fresh();
	odr_redact_learn_label(&r, "DRW1008IB471108150");
	becomes("DRW1008IB471108150", ODR_HIDDEN);
}

static void boot_ids_and_sums_of_whole_lines_go(void **state)
{
	static const char plan[] = "plan n=3 position=3 boot=\"0f3c-77\" image=\"" HOME
				   "bob/a/fw.bin\" sha256=\"12345678\" crc=12345678";

	(void)state;
	fresh();
	odr_redact_learn(&r, plan);
	line_becomes(plan, "plan n=3 position=3 boot=\"" ODR_HIDDEN
			   "\" image=\"fw.bin\" sha256=\"12345678\"");
	becomes("in boot 0f3c-77 of bob", "in boot " ODR_HIDDEN " of " ODR_HIDDEN);
	/* A part of a word is no name. */
	becomes("a bobbin", "a bobbin");
}

static void a_learned_user_is_found_in_every_other_line(void **state)
{
	(void)state;
	fresh();
	odr_redact_learn_user(&r, "alice");
	odr_redact_learn_user(&r, "root");
	odr_redact_learn_user(&r, "io");
	line_becomes("failed text=\"alice may not, root and io may\"",
		     "failed text=\"" ODR_HIDDEN " may not, root and io may\"");
}

static void lines_that_break_off_are_no_way_round(void **state)
{
	(void)state;
	fresh();
	line_becomes("plan boot=\"0f3c", "plan boot=\"" ODR_HIDDEN "\"");
	line_becomes("plan image=\"" HOME "bob/fw.bin", "plan image=\"fw.bin\"");
	line_becomes("plan n=", "plan n=");
	line_becomes("plan  =", "plan  =");
	line_becomes("", "");
}

static void without_redaction_everything_stays(void **state)
{
	(void)state;
	odr_redact_start(&r, false);
	odr_redact_learn_path(&r, HOME "alice/fw.bin");
	becomes(HOME "alice/fw.bin", HOME "alice/fw.bin");
	line_becomes("plan boot=\"1\" crc=12345678", "plan boot=\"1\" crc=12345678");
}

static void more_names_than_there_is_room_for_do_no_harm(void **state)
{
	char path[60];

	(void)state;
	fresh();
	for (int i = 0; i < 2 * ODR_REDACT_WORDS; i++) {
		snprintf(path, sizeof path, HOME "user%d/f%d.bin", i, i);
		odr_redact_learn_path(&r, path);
	}
	becomes(HOME "user47/f47.bin", "f47.bin");
	becomes(HOME "user1/f1.bin of user1", "f1.bin of " ODR_HIDDEN);
}

/* ---- what is remembered ---- */

static unsigned count(const char *kind)
{
	unsigned n = 0;

	for (unsigned i = 0; i < record.lines; i++)
		n += odr_event_is(record.line[i], kind);
	return n;
}

static void events(const char *const *lines)
{
	for (; *lines; lines++)
		odr_record_event(&record, *lines);
}

static void of_a_choice_the_last_one_is_remembered(void **state)
{
	(void)state;
	memset(&record, 0, sizeof record);
	events((const char *const[]){"target position=3", "image file=\"a\"", "place position=1",
				     "target position=4", "say text=\"x\"", "progress percent=5",
				     NULL});
	assert_int_equal(record.lines, 2);
	assert_string_equal(record.line[0], "image file=\"a\"");
	assert_string_equal(record.line[1], "target position=4");
}

static void of_two_plans_nothing_of_the_first_stays(void **state)
{
	(void)state;
	memset(&record, 0, sizeof record);
	events((const char *const[]){"plan position=3", "step n=1", "step n=2", "fact key=a",
				     "digest sha256=1", "plan position=4", "step n=1", NULL});
	assert_int_equal(record.lines, 2);
	assert_string_equal(record.line[0], "plan position=4");
}

static void the_four_newest_refusals_are_remembered(void **state)
{
	(void)state;
	memset(&record, 0, sizeof record);
	events((const char *const[]){"target position=3", "refused code=a", "failed text=b",
				     "refused code=c", "refused code=d", "refused code=e", NULL});
	assert_int_equal(count("refused") + count("failed"), ODR_RECORD_REFUSALS);
	assert_string_equal(record.line[1], "failed text=b");
	assert_true(odr_record_has(&record, "target"));
	for (int i = 0; i < 3 * ODR_RECORD_LINES; i++)
		odr_record_event(&record, i ? "step n=1" : "plan position=1");
	assert_int_equal(record.lines, ODR_RECORD_LINES);
}

static void an_outcome_closes_what_an_earlier_start_left_open(void **state)
{
	(void)state;
	memset(&record, 0, sizeof record);
	events((const char *const[]){"recovery position=3", "outcome result=\"verified\"", NULL});
	assert_false(odr_record_has(&record, "recovery"));
	assert_true(odr_record_has(&record, "outcome"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_a_path_only_the_files_own_name_stays),
		cmocka_unit_test(a_folder_that_is_called_like_a_person_is_hidden),
		cmocka_unit_test(lines_of_mtkflash_and_plain_words_stay_whole),
		cmocka_unit_test(what_could_be_a_serial_number_is_hidden),
		cmocka_unit_test(of_a_label_only_the_model_stays_wherever_it_is_said),
		cmocka_unit_test(boot_ids_and_sums_of_whole_lines_go),
		cmocka_unit_test(a_learned_user_is_found_in_every_other_line),
		cmocka_unit_test(lines_that_break_off_are_no_way_round),
		cmocka_unit_test(without_redaction_everything_stays),
		cmocka_unit_test(more_names_than_there_is_room_for_do_no_harm),
		cmocka_unit_test(of_a_choice_the_last_one_is_remembered),
		cmocka_unit_test(of_two_plans_nothing_of_the_first_stays),
		cmocka_unit_test(the_four_newest_refusals_are_remembered),
		cmocka_unit_test(an_outcome_closes_what_an_earlier_start_left_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
