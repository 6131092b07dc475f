/* The journal as the next start believes it: pure lines, torn lines, forged lines. */
#include "flash/crc32.h"
#include "flash/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static bool tell(struct odr_story *s, const char *text)
{
	char line[500];

	snprintf(line, sizeof line, "%s crc=%08lx", text,
		 (unsigned long)odr_crc32(0, text, strlen(text)));
	return odr_story_line(s, line);
}

static const char plan[] = "plan n=1 position=3 boot=\"boot-2\" image=\"fw.bin\" sha256=\"ab\"";

static void before_erase(void **state)
{
	struct odr_story s = {0};

	(void)state;
	assert_true(tell(&s, plan));
	assert_true(tell(&s, "backup n=2 file=\"BACKUP3.BIN\" sha256=\"cd\" bytes=65536"));
	assert_true(s.unfinished);
	assert_false(s.no_return);
	assert_int_equal(s.position, 3);
	assert_string_equal(s.backup, "BACKUP3.BIN");
	assert_int_equal(s.last, ODR_POINT_BACKUP);
}

static void after_erase(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	tell(&s, "erase n=2");
	tell(&s, "bank n=3 bank=0");
	assert_true(s.unfinished);
	assert_true(s.no_return);
}

static void other_drive(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	tell(&s, "erase n=2");
	tell(&s, "plan n=3 position=1 boot=\"boot-2\" image=\"fw.bin\" sha256=\"ab\"");
	tell(&s, "erase n=4");
	tell(&s, "outcome n=5 result=\"verified\" evidence=\"read back\"");
	assert_false(s.unfinished);
	assert_int_equal(s.left, ODR_MASK(3));
	/* Gone on with, it is its own story again; mended, it is none. */
	tell(&s, plan);
	assert_int_equal(s.left, 0);
	assert_true(odr_story_half_written(&s, 3));
	tell(&s, "erase n=7");
	tell(&s, "outcome n=8 result=\"verified\" evidence=\"read back\"");
	assert_int_equal(s.left, 0);
	assert_false(odr_story_half_written(&s, 3));
}

static void outcomes(void **state)
{
	static const char *const good[] = {"verified", "not-verifiable", "unchanged"};
	struct odr_story s = {0};
	char line[60];

	(void)state;
	for (int i = 0; i < 3; i++) {
		tell(&s, plan);
		tell(&s, "erase n=2");
		snprintf(line, sizeof line, "outcome n=3 result=\"%s\"", good[i]);
		tell(&s, line);
		assert_false(s.unfinished);
		assert_false(s.no_return);
	}
	tell(&s, plan);
	tell(&s, "erase n=2");
	tell(&s, "outcome n=3 result=\"changed\"");
	assert_true(s.unfinished);
	assert_true(s.no_return);
}

static void backup_stays(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	tell(&s, "backup n=2 file=\"BACKUP3.BIN\" sha256=\"cd\" bytes=65536");
	tell(&s, "erase n=3");
	tell(&s, "plan n=4 position=3 boot=\"b\" image=\"f\" sha256=\"e\" backup=\"BACKUP3.BIN\" "
		 "backup_sha256=\"cd\" backup_bytes=65536");
	assert_string_equal(s.backup, "BACKUP3.BIN");
	assert_string_equal(s.backup_sha256, "cd");
	assert_int_equal(s.backup_bytes, 65536);
}

static void rubble_stays(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	tell(&s, "erase n=2");
	tell(&s, plan);
	assert_true(s.no_return);
	tell(&s, "outcome n=4 result=\"unchanged\"");
	assert_true(s.unfinished);
	assert_true(s.no_return);
	tell(&s, plan);
	tell(&s, "outcome n=6 result=\"verified\"");
	assert_false(s.unfinished);
	tell(&s, plan);
	assert_false(s.no_return);
}

static void bad_lines(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	assert_false(odr_story_line(&s, "erase n=2 crc=00000000"));
	assert_false(odr_story_line(&s, "erase n=2"));
	assert_false(odr_story_line(&s, ""));
	assert_false(tell(&s, "dance n=2"));
	assert_int_equal(s.bad_lines, 4);
	assert_true(s.unfinished);
	assert_true(s.no_return); /* any of them may have been the erase */
	assert_true(s.doubt);
	tell(&s, "outcome n=6 result=\"unchanged\"");
	assert_false(s.unfinished); /* who was there has said so */
	assert_false(s.doubt);
}

static void bad_lines_alone(void **state)
{
	struct odr_story s = {0};

	(void)state;
	assert_false(odr_story_line(&s, "rubbish"));
	assert_false(s.unfinished);
	assert_int_equal(s.bad_lines, 1);
}

static void lost_erase(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	assert_true(tell(&s, "knock n=4 position=3")); /* 2 and 3 are gone */
	assert_int_equal(s.bad_lines, 2);
	assert_true(s.no_return);
	assert_true(s.doubt);
	assert_true(tell(&s, "vendor n=5 status=70")); /* told once, not again with each line */
	assert_int_equal(s.bad_lines, 2);
	tell(&s, plan);
	assert_true(s.no_return);
}

static void lost_lines_alone(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, "knock n=1 position=3");
	tell(&s, "plan n=3 position=3");
	assert_int_equal(s.bad_lines, 1);
	assert_false(s.no_return);
}

/* Behind a line that a crash tore off, its number may come again. */
static void torn_and_gone_on(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, "knock n=1 position=3");
	assert_false(odr_story_line(&s, "vendor n=2 st"));
	tell(&s, "plan n=2 position=3");
	tell(&s, "backup n=4");
	assert_int_equal(s.bad_lines, 1);
	assert_false(s.no_return);
}

static void bank_without_erase(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	tell(&s, "bank n=3 bank=0");
	assert_true(s.no_return);
}

static void knock_is_no_plan(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, "knock n=1 position=3");
	tell(&s, "vendor n=2 status=70");
	assert_false(s.unfinished);
}

static void knock_moves_no_backup(void **state)
{
	struct odr_story s = {0};

	(void)state;
	tell(&s, plan);
	assert_int_equal(s.at_work, 3);
	tell(&s, "backup n=2 file=\"BACKUP3.BIN\" sha256=\"cd\" bytes=65536");
	tell(&s, "erase n=3");
	tell(&s, "outcome n=4 result=\"verified\"");
	tell(&s, "knock n=5 position=1");
	assert_int_equal(s.at_work, 1);
	assert_int_equal(s.position, 3);
	assert_string_equal(s.backup, "BACKUP3.BIN");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{"a rescue that stopped before the erase left the drive unchanged", before_erase,
		 NULL, NULL, NULL},
		{"a rescue that stopped after the erase may have changed it", after_erase, NULL,
		 NULL, NULL},
		{"a rescue of another drive does not hide one that did not end", other_drive, NULL,
		 NULL, NULL},
		{"only CHANGED keeps a rescue open", outcomes, NULL, NULL, NULL},
		{"going on keeps the backup of the beginning", backup_stays, NULL, NULL, NULL},
		{"a half-written chip stays one until a write ends well", rubble_stays, NULL, NULL,
		 NULL},
		{"torn, forged and unknown lines are counted and not believed", bad_lines, NULL,
		 NULL, NULL},
		{"damaged lines alone tell of no rescue", bad_lines_alone, NULL, NULL, NULL},
		{"a line that is gone may have been the erase", lost_erase, NULL, NULL, NULL},
		{"lost lines alone tell of no rescue", lost_lines_alone, NULL, NULL, NULL},
		{"a torn line is one line, whether its number comes again or not", torn_and_gone_on,
		 NULL, NULL, NULL},
		{"a bank that was written means an erase, whether it is there or not",
		 bank_without_erase, NULL, NULL, NULL},
		{"a knock alone is nothing to recover", knock_is_no_plan, NULL, NULL, NULL},
		{"a knock elsewhere is told of, and leaves the backup its position",
		 knock_moves_no_backup, NULL, NULL, NULL},
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
