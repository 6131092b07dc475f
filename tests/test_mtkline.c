/*
 * The engine takes some of MTKFLASH's lines as its own command (flash/mtkline.h), and guides/lines.h explains
 * them all. The two share no code: here they are held against each other, over every way to put a
 * few thousand lines together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "flash/engine.h"
#include "flash/event.h"
#include "guides/lines.h"
#include "tests/lineskit.h"

#include <stdio.h>
#include <string.h>

/* ---- an engine whose target is named already, so that a line comes as far as its file ---- */

static struct {
	bool form; /* it was refused for its form */
	char path[ODR_PATH_MAX];
} took;

static void emit(void *ctx, const char *line)
{
	char code[24];

	(void)ctx;
	if (odr_event_is(line, "refused") && odr_event_get(line, "code", code, sizeof code))
		took.form |= !strcmp(code, "line");
}

static enum odr_err file_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
			      struct odr_error *e)
{
	(void)self;
	(void)mode;
	(void)handle;
	snprintf(took.path, sizeof took.path, "%s", path);
	return odr_fail(e, ODR_E_FILE, "no files here");
}

static enum odr_err scan(void *self, unsigned ask, struct odr_snapshot *out, struct odr_error *e)
{
	(void)self;
	(void)ask;
	(void)out;
	return odr_fail(e, ODR_E_NO_DEVICE, "no drives here");
}

static enum odr_err lock(void *self, uint32_t patience_ms, struct odr_error *e)
{
	(void)self;
	(void)patience_ms;
	(void)e;
	return ODR_OK;
}

static void leave(void *self)
{
	(void)self;
}

static uint32_t glance(void *self)
{
	(void)self;
	return 0x7F7F; /* two empty cables */
}

static void unlock(void *self)
{
	(void)self;
}

/* The file that the engine goes for, NULL: it does not take the line. */
static const char *engine_takes(const char *text, unsigned position)
{
	static const struct odr_platform_ops ops = {.lock = lock,
						    .unlock = unlock,
						    .scan = scan,
						    .glance = glance,
						    .leave = leave,
						    .file_open = file_open};
	static const struct odr_drives drives; /* no label is asked for here */
	static struct odr_engine engine;

	odr_engine_start(&engine, (struct odr_platform){&ops, NULL}, "folder", &drives, emit, NULL);
	engine.target.position = position;
	memset(&took, 0, sizeof took);
	odr_engine_command(&engine, text);
	odr_engine_stop(&engine);
	return took.form || !took.path[0] ? NULL : took.path;
}

/* ---- ours ---- */

/* Faults of the form: all but what depends on a version, on the file's name, on where a disk hangs. */
static const uint32_t about_form = ODR_LINE_BIT(ODR_L1_GLUED_SWITCH) |
				   ODR_LINE_BIT(ODR_L2_GLUED_OP) | ODR_LINE_BIT(ODR_L3_NO_CHANNEL) |
				   ODR_LINE_BIT(ODR_L4_QUOTES) | ODR_LINE_BIT(ODR_L6_NO_FILE) |
				   ODR_LINE_BIT(ODR_L10_NO_DIGIT) |
				   ODR_LINE_BIT(ODR_L12_UNKNOWN_OP) | ODR_LINE_BIT(ODR_P1_NO_TOOL) |
				   ODR_LINE_BIT(ODR_P2_UNKNOWN_SWITCH) |
				   ODR_LINE_BIT(ODR_P3_WORD_TOO_MUCH) | ODR_LINE_BIT(ODR_P4_NO_OP);
static const uint32_t glued = ODR_LINE_BIT(ODR_L1_GLUED_SWITCH) | ODR_LINE_BIT(ODR_L2_GLUED_OP);

static const char *const digits[] = {"1", "2", "3", "4", "0", "5", "x", "#", ""};
static const char *const ops[] = {"w", "W", "r", "c", "s", "write", "w/m", "w/b", "W/M/B", ""};
static const char *const switches[] = {"",	" /m",	" /b", " /m /b", " /B /M",
				       " /m/b", " /mb", " -m", " /x",	 " /sata"};
static const char *const files[] = {"",
				    "fw.bin",
				    "RPC1V758.BIN",
				    "v0758.hex",
				    "my file.bin",
				    "/tmp/x/fw.bin",
				    "a:\\fw\\a.bin",
				    "\"fw.bin\"",
				    "fw.bin/m",
				    "long_name_of_it.bin"};

#define EACH(i, list) for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)

static unsigned lines, taken, refused_glued;

static void hold_against(const char *text, unsigned position)
{
	struct odr_line_asked asked = {0};
	struct odr_line_check check;
	struct odr_line line;
	const char *path = engine_takes(text, position);

	lines++;
	assert_true(odr_line_parse(&line, text));
	odr_line_lint(&tables, &line, &asked, &check, NULL, NULL);
	/* Quotes, a dash and a glued end are a file's name for the engine: one that will not be there. */
	if (path && path[0] != '-' && !strchr(path, '"') && !strstr(path, "/m")) {
		taken++;
		if (check.rules & about_form)
			fail_msg("the engine takes it, the rules do not: %s", text);
		assert_int_equal(line.channel, position);
		assert_int_equal(line.op, 'w');
		assert_string_equal(odr_line_word(&line, line.file), path);
	}
	if (!path && (line.rules & glued)) {
		refused_glued++;
		if (!(check.rules & glued) || check.verdict < ODR_LINE_FAILS)
			fail_msg("the engine refuses it as glued, the rules do not: %s", text);
	}
	if (strstr(text, "w/") || strstr(text, "W/") || strstr(text, "/mb") || strstr(text, "m/b"))
		assert_true(check.rules & (glued | ODR_LINE_BIT(ODR_L3_NO_CHANNEL)));
}

static void what_the_engine_takes_is_explained_without_a_fault_of_form(void **state)
{
	(void)state;
	EACH(d, digits)
	EACH(o, ops)
	EACH(s, switches)
	EACH(f, files)
	{
		char text[120];

		snprintf(text, sizeof text, "mtkflash %s%s%s%s%s%s", digits[d],
			 digits[d][0] ? " " : "", ops[o], switches[s], files[f][0] ? " " : "",
			 files[f]);
		hold_against(text, d < 4 ? (unsigned)d + 1 : 3);
	}
	assert_true(lines > 8000 && taken > 100 && refused_glued > 500);
}

static void the_engine_takes_the_line_of_the_thread(void **state)
{
	(void)state;
	assert_string_equal(engine_takes("mtkflash 3 w /m /b rpc1v758.bin", 3), "rpc1v758.bin");
	assert_null(engine_takes("mtkflash 3 w/m /b rpc1v758.bin", 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_engine_takes_is_explained_without_a_fault_of_form),
		cmocka_unit_test(the_engine_takes_the_line_of_the_thread),
	};

	return cmocka_run_group_tests_name("mtkline", tests, kit_load, kit_unload);
}
