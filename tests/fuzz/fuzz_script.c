/*
 * Any text as script lines for the engine, on a machine where everything fails, in words that a
 * terminal would obey. Nothing reaches a drive: what no failed look may lead to is not in the table,
 * so that calling it is a crash. What is said is plain lines, and `end` with the exit code the last.
 */
#include "flash/engine.h"
#include "flash/event.h"
#include "tests/fuzz/fuzz.h"
#include "tui/script.h"

#include <string.h>

static char last[ODR_EVENT_MAX];

static void emit(void *ctx, const char *line)
{
	(void)ctx;
	MUST(*line && is_plain_text(line, sizeof last));
	strcpy(last, line);
}

static enum odr_err scan(void *self, unsigned ask, struct odr_snapshot *out, struct odr_error *e)
{
	(void)ask;
	(void)out;
	return odr_fail(e, *(enum odr_err *)self, "\033[2J\" end code=0\n%%s \177");
}

static enum odr_err watch(void *self, unsigned position, uint32_t ms, struct odr_place *out,
			  struct odr_error *e)
{
	(void)out;
	MUST(position >= 1 && position <= ODR_POSITIONS && ms <= 3600000);
	return scan(self, 0, NULL, e);
}

static enum odr_err kick(void *self, unsigned position, struct odr_error *e)
{
	MUST(position >= 1 && position <= ODR_POSITIONS);
	return scan(self, 0, NULL, e);
}

static enum odr_err file_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
			      struct odr_error *e)
{
	(void)handle;
	MUST(strlen(path) < ODR_PATH_MAX && mode == ODR_FILE_READ);
	return scan(self, 0, NULL, e);
}

static enum odr_err hand(void *self, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	(void)answer;
	MUST(is_plain_text(text, ODR_EVENT_MAX) && cap);
	return scan(self, 0, NULL, e);
}

static void wait_ms(void *self, uint32_t ms)
{
	(void)self;
	MUST(ms <= 3600000);
}

static enum odr_err lock(void *self, uint32_t patience_ms, struct odr_error *e)
{
	(void)self;
	(void)e;
	MUST(patience_ms <= 2000);
	return ODR_OK;
}

static void unlock(void *self)
{
	(void)self;
}

static bool stop_asked(void *self)
{
	(void)self;
	return false;
}

static void run_line(struct odr_engine *engine, const char *raw)
{
	char line[ODR_EVENT_MAX];
	struct odr_error e = {0};
	bool may_fail;
	enum odr_err err = odr_script_line(raw, line, sizeof line, &may_fail, &e);

	MUST(is_plain_text(line, sizeof line));
	if (err != ODR_OK) {
		MUST(err == ODR_E_USAGE && !*line && is_plain_text(e.text, sizeof e.text));
		return;
	}
	MUST(!*line || (*line != ' ' && line[strlen(line) - 1] != ' '));
	last[0] = 0;
	err = (enum odr_err)odr_engine_command(engine, line);
	MUST(odr_event_is(last, "end") && odr_event_get_number(last, "code") == (unsigned)err);
	MUST(!engine->target.position && !engine->plan.made && !engine->frozen);
}

static const struct odr_drives drives; /* no row: a label is never known */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct odr_platform_ops ops = {.scan = scan,
						    .lock = lock,
						    .unlock = unlock,
						    .leave = unlock,
						    .stop_asked = stop_asked,
						    .watch = watch,
						    .rescan = kick,
						    .detach = kick,
						    .file_open = file_open,
						    .hand = hand,
						    .wait_ms = wait_ms};
	static struct odr_engine engine;
	enum odr_err failure = (enum odr_err)(1 + size % ODR_E_INTERNAL);
	char raw[ODR_EVENT_MAX];
	size_t len = 0;

	setenv("IMAGE", "fw.bin", 1);
	odr_engine_start(&engine, (struct odr_platform){&ops, &failure}, "folder", &drives, emit,
			 NULL);
	for (size_t i = 0; i <= size; i++) {
		if (i < size && data[i] != '\n') {
			if (len + 1 < sizeof raw)
				raw[len++] = data[i] ? (char)data[i] : ' ';
			continue;
		}
		raw[len] = 0;
		len = 0;
		run_line(&engine, raw);
	}
	odr_engine_stop(&engine);
	return 0;
}
