/* Any text as script lines for the engine, on a machine where everything fails: no crash, every
 * command ends with its end event, and nothing is ever sent to a drive. */
#include "flash/engine.h"
#include "flash/event.h"
#include "tui/script.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char last[ODR_EVENT_MAX];

static void emit(void *ctx, const char *line)
{
	(void)ctx;
	if (strlen(line) >= sizeof last || strchr(line, '\n'))
		abort();
	strcpy(last, line);
}

static enum odr_err scan(void *self, unsigned ask, struct odr_snapshot *out, struct odr_error *e)
{
	(void)self;
	(void)ask;
	(void)out;
	return odr_fail(e, ODR_E_TIMEOUT, "nothing works here");
}

static enum odr_err watch(void *self, unsigned position, uint32_t ms, struct odr_place *out,
			  struct odr_error *e)
{
	(void)out;
	(void)ms;
	if (position < 1 || position > 4)
		abort();
	return scan(self, 0, NULL, e);
}

static enum odr_err packet(void *self, unsigned position, struct odr_packet *p, struct odr_error *e)
{
	(void)self;
	(void)position;
	(void)p;
	(void)e;
	abort();
}

static const struct odr_channel *ports(void *self, unsigned position, struct odr_error *e)
{
	(void)self;
	(void)position;
	(void)e;
	abort();
}

static enum odr_err file_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
			      struct odr_error *e)
{
	(void)mode;
	(void)handle;
	return scan(self, !*path, NULL, e);
}

static enum odr_err hand(void *self, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	(void)text;
	(void)answer;
	(void)cap;
	return scan(self, 0, NULL, e);
}

static void wait_ms(void *self, uint32_t ms)
{
	(void)self;
	(void)ms;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct odr_platform_ops ops = {.scan = scan,
						    .watch = watch,
						    .packet = packet,
						    .ports = ports,
						    .file_open = file_open,
						    .hand = hand,
						    .wait_ms = wait_ms};
	static struct odr_engine engine;
	struct odr_platform platform = {&ops, NULL};
	char raw[ODR_EVENT_MAX], line[ODR_EVENT_MAX];
	size_t len = 0;
	bool may_fail;

	odr_engine_start(&engine, platform, "folder", emit, NULL);
	for (size_t i = 0; i <= size; i++) {
		if (i < size && data[i] != '\n') {
			if (len + 1 < sizeof raw)
				raw[len++] = data[i] ? (char)data[i] : ' ';
			continue;
		}
		raw[len] = 0;
		len = 0;
		if (odr_script_line(raw, line, sizeof line, &may_fail, NULL) != ODR_OK)
			continue;
		odr_engine_command(&engine, line);
		if (!odr_event_is(last, "end"))
			abort();
	}
	odr_engine_stop(&engine);
	return 0;
}
