/*
 * main_serve.c - the worker's side of the process border: opens the back-end and the engine, and runs
 * what it is sent. The only process that touches the machine.
 */
#include "flash/engine.h"
#include "flash/panel.h"
#include "guides/drives.h"
#include "platform/host.h"
#include "platform/linux/attach.h"
#include "platform/linux/linux.h"
#include "platform/sim/sim.h"
#include "tui/main.h"

#include <stdio.h>

/* What the guides' readers may not do themselves. */
const struct odr_guide_host odr_main_host = {odr_host_is_unsafe, odr_host_list};

/* Another terminal that looks on. */
static struct odr_attach attach = {.door = -1, .client = -1};

static void emit(void *ctx, const char *line)
{
	char text[ODR_EVENT_MAX + 1];
	int len = snprintf(text, sizeof text, "%s\n", line);

	odr_worker_emit(ctx, line);
	odr_attach_say(&attach, text, (size_t)len);
}

/* Who started us is gone. Does somebody look on? Then that is the person now. */
static bool is_taken_over(struct odr_worker *w)
{
	odr_attach_let_in(&attach);
	if (attach.client < 0)
		return false;
	odr_worker_adopt(w, attach.client);
	attach.client = -1;
	return true;
}

static void emit_fatal(struct odr_worker *w, const struct odr_error *err)
{
	struct odr_event ev;

	odr_event_start(&ev, "failed");
	odr_event_text(&ev, "text", err->text);
	odr_worker_emit(w, ev.line);
	odr_worker_emit(w, "end code=1");
}

/*
 * The next line; false: the person is gone. While none comes, the machine's clock goes on: a practice
 * PC with a speed sleeps by itself meanwhile, one without would leave no rest to this computer. A system
 * that tells news by itself is waited for: what moved is looked at when it moves.
 */
static bool next_line(struct odr_worker *w, struct odr_engine *engine, bool live, char *line,
		      size_t cap)
{
	enum { REST_MS = 5, TICK_MS = 250 };
	const struct odr_platform *p = &engine->platform;
	int news = live ? p->ops->news_fd(p->self) : -1;
	int rest = !live ? -1 : news < 0 ? REST_MS : TICK_MS;
	enum odr_worker_next next;

	odr_worker_listen(w, live ? news : attach.door);
	while ((next = odr_worker_read(w, line, cap, rest)) != ODR_WORKER_LINE) {
		if (next == ODR_WORKER_GONE && !is_taken_over(w))
			return false;
		odr_attach_let_in(&attach);
		if (odr_host_was_told_to_end())
			return false;
		if (!live)
			continue;
		if (news < 0)
			p->ops->wait_ms(p->self, TICK_MS);
		odr_panel_tick(engine);
	}
	odr_attach_begin(&attach);
	return true;
}

static enum odr_err open_machine(struct odr_platform *platform, const struct odr_setup *setup,
				 struct odr_error *e)
{
	const char *practice = odr_main_practice(setup);

	return practice ? odr_sim_open(platform, practice, e) : odr_linux_open(platform, e);
}

void odr_main_serve(struct odr_worker *w, void *arg)
{
	/* Some kilobytes, and one per process: static keeps the stack small. */
	static struct odr_engine engine;
	static struct odr_drive_book book;
	const struct odr_setup *setup = arg;
	struct odr_platform platform;
	struct odr_error err;
	char line[ODR_EVENT_MAX];

	odr_host_hear_end(true);
	if (odr_drives_load(&book, &odr_main_host, setup->guides, &err) != ODR_OK) {
		emit_fatal(w, &err);
		return;
	}
	if (open_machine(&platform, setup, &err) != ODR_OK) {
		emit_fatal(w, &err);
		return;
	}
	odr_engine_start(&engine, platform, setup->folder, &book.table, emit, w);
	odr_attach_open(&attach, setup->folder);
	odr_worker_emit(w, "end code=0");
	while (!engine.ended && !odr_host_was_told_to_end() &&
	       next_line(w, &engine, setup->live, line, sizeof line))
		odr_engine_command(&engine, line);
	odr_engine_stop(&engine);
	platform.ops->close(platform.self);
	odr_drives_free(&book);
}
