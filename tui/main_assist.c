/*
 * main_assist.c - the assistant's loop: keys and the worker's events into the app, its page out.
 *
 * It waits for nothing but the keyboard, the worker and the time. A practice PC that is reset takes its
 * program with it, as in life: then the worker is gone, and everything but the saved place starts anew.
 */
#include "flash/words.h"
#include "platform/host.h"
#include "tui/app.h"
#include "tui/key.h"
#include "tui/main.h"
#include "tui/main_hands.h"
#include "tui/main_typing.h"
#include "tui/r_curses.h"
#include "tui/r_prose.h"
#include "tui/rows.h"

#include <stdio.h>
#include <string.h>

enum {
	WAKE_MS = 1000,	   /* a page that waits counts its seconds */
	BLIND_MS = 5000,   /* that prose waits at most for what is seen first */
	ROWS_MS = 200,	   /* that prose waits for the next row of the same look at the channels */
	EVENTS_A_TURN = 64 /* keys are looked at in between, however much the worker says */
};

struct assist {
	struct odr_setup *setup;
	struct odr_worker worker;
	bool has_worker;
	struct odr_main_hands hands;
	char boots[16]; /* how often the practice PC was started, as the worker said it */
	char trouble[ODR_EVENT_MAX]; /* why there is no engine at all */
	struct odr_app app;
	struct odr_prose prose;
	uint64_t started_ms;
	bool closing; /* the command ends in a moment, with a page that says it all: prose only */
	struct odr_typing typing;
	char consents[40]; /* the page that asks for consent and was shown last, "" none */
	bool ends;	   /* told to end; a write is seen to its end first */
	int outcome;	   /* exit code of a write that was seen to its end */
};

/* ---- the app's door ---- */

static void send(void *ctx, const char *line)
{
	struct assist *a = ctx;
	struct odr_error e;

	/* A worker that is gone is seen by the loop, with the reason. */
	odr_worker_send(&a->worker, line, &e);
}

static void path_of(const struct assist *a, char out[240], const char *name)
{
	snprintf(out, 240, "%s/%s", a->setup->folder, name);
}

/* Written beside and moved over: a crash leaves the old place or the new one, never half of one. */
static void save(void *ctx, const char *text)
{
	struct assist *a = ctx;
	char path[240], fresh[240];
	FILE *file;
	bool well;

	path_of(a, path, "PLACE.TXT");
	path_of(a, fresh, "PLACE.NEW");
	if (!*text) {
		remove(path);
		return;
	}
	/* Made anew: a link that somebody has put there must not lead root's pen elsewhere. */
	remove(fresh);
	file = fopen(fresh, "wx");
	if (!file)
		return;
	well = fputs(text, file) >= 0;
	if (fclose(file) == 0 && well)
		rename(fresh, path);
}

static void hand(void *ctx, const char *line)
{
	struct assist *a = ctx;

	odr_main_want_hand(&a->hands, line);
}

/* Only looks into the app, which calls it; what the answer makes known goes into its facts. */
static bool front(void *ctx, struct odr_facts *facts, const char *line, odr_put *put, void *put_ctx,
		  int *code)
{
	struct assist *a = ctx;
	struct odr_desk desk;
	char here[ODR_TARGET_ROOM];

	if (odr_main_front(a->setup, facts, line, put, put_ctx, code))
		return true;
	odr_case_here(&a->app.guide, here);
	odr_main_desk(&desk, a->setup);
	desk.used_as = "the assistant";
	desk.seen = &a->app.seen;
	desk.record = &a->app.record;
	desk.here = here;
	desk.page = true;
	return odr_desk_command(line, &desk, put, put_ctx, code);
}

static bool line_for(void *ctx, const struct odr_facts *facts, char *out, size_t cap)
{
	const struct assist *a = ctx;

	return odr_main_line(a->setup, facts, out, cap);
}

/* ---- one start of the program ---- */

/* A practice PC may come with a firmware file for its drive: its name stands in the input already. */
static void offer_file(struct assist *a)
{
	char path[240];
	FILE *file;

	path_of(a, path, "FW.BIN");
	file = fopen(path, "rb");
	if (!file)
		return;
	fclose(file);
	odr_facts_set(&a->app.seen.facts, ODR_FACT_file, path);
}

static bool start(struct assist *a, const struct odr_app_door *door, struct odr_error *e)
{
	static char saved[ODR_SAVED_TEXT]; /* too big for a small stack */

	odr_main_drop_hands(&a->hands); /* the worker's process must not inherit them */
	if (odr_worker_start(&a->worker, odr_main_serve, a->setup, e) != ODR_OK)
		return false;
	a->has_worker = true;
	odr_main_place(a->setup, saved);
	odr_app_stop(&a->app);
	odr_app_start(&a->app, door, saved);
	offer_file(a);
	a->prose.guide.id[0] = 0;
	a->started_ms = odr_host_now_us() / 1000;
	a->closing = false;
	if (a->hands.last[0])
		odr_app_event(&a->app, a->hands.last);
	return true;
}

/* The worker is gone. Did the practice PC take it along, by a reset or with its mains? */
static bool is_reset(struct assist *a)
{
	char boots[16], pc[16];

	if (!odr_main_rig_fact(&a->hands, "boots", boots, sizeof boots) ||
	    !odr_main_rig_fact(&a->hands, "pc", pc, sizeof pc))
		return false;
	return strcmp(boots, a->boots) || strcmp(pc, "on");
}

/* ---- keys ---- */

static void press(struct assist *a, int key)
{
	if (key == ODR_KEY_REDRAW || key == ODR_KEY_RESIZE)
		odr_curses_redraw();
	else if (!a->typing.screen || odr_curses_fits())
		odr_app_key(&a->app, key);
	else
		odr_app_key_unseen(&a->app, key);
}

/*
 * Before a page is shown or a key is taken: does this page ask for consent? Then no key of a burst
 * counts, neither of one that has just led to it (has_key false) nor of one that begins now.
 */
static bool is_meant(struct assist *a, const struct odr_page *page, bool has_key)
{
	bool asks = page->consents, is_new = asks && strcmp(a->consents, page->id) != 0;

	snprintf(a->consents, sizeof a->consents, "%s", asks ? page->id : "");
	if (!asks || (has_key ? page->has_input : !is_new) || odr_typing_rests(&a->typing))
		return true;
	odr_app_key(&a->app, ODR_KEY_BURST);
	return false;
}

/* Said page by page, so not before it is known what there is to see: nobody can wipe it away. */
static bool is_too_early(const struct assist *a, const struct odr_page *page)
{
	return a->hands.moved || a->hands.n_wanted || a->closing ||
	       (page->panel_rows && strstr(page->panel[ODR_ROWS - 1].text, ODR_ROW_UNKNOWN) &&
		odr_host_now_us() / 1000 - a->started_ms < BLIND_MS);
}

/* A script's line waits for the work before it, but while it knocks hands may have to be moved. */
static bool is_for_later(const struct assist *a)
{
	return a->app.sent[0] && !odr_host_is_typed() &&
	       !(!strncmp(a->app.sent, "knock", 5) &&
		 (a->app.face == ODR_FACE_HANDS ||
		  (a->typing.n_keys > 1 && !strncmp(a->typing.keys, "h\n", 2))));
}

/* One typed line, when it has come whole and the app can take it. */
static bool press_line(struct assist *a)
{
	static struct odr_page page;
	char line[ODR_PAGE_INPUT];
	struct odr_error e;
	int key;

	odr_app_page(&a->app, &page);
	if (is_for_later(a) || is_too_early(a, &page))
		return false;
	if (!odr_typing_line(&a->typing, line, sizeof line, &e)) {
		if (a->typing.eof)
			press(a, ODR_KEY_EOF);
		return false;
	}
	odr_prose_heard(&a->prose);
	if (!is_meant(a, &page, true))
		return true;
	if (e.code) {
		odr_app_note(&a->app, e.text);
		return true;
	}
	for (unsigned i = 0; (key = odr_prose_key(&page, line, i)) != ODR_KEY_NONE; i++)
		press(a, key);
	return true;
}

static void press_keys(struct assist *a)
{
	static struct odr_page page;
	int key;

	while (!a->app.over && (key = odr_typing_key(&a->typing)) != ODR_KEY_NONE) {
		odr_app_page(&a->app, &page);
		if (!is_meant(a, &page, true))
			continue;
		press(a, key);
		odr_app_page(&a->app, &page);
		is_meant(a, &page, false);
	}
	if (a->typing.eof)
		press(a, ODR_KEY_EOF);
}

/* ---- the loop ---- */

static void show(struct assist *a)
{
	static struct odr_page page;

	odr_app_page(&a->app, &page);
	if (!a->typing.screen && is_too_early(a, &page))
		return;
	if (!is_meant(a, &page, false))
		odr_app_page(&a->app, &page); /* now it says so */
	if (a->typing.screen)
		odr_curses_show(&page);
	else
		odr_prose_show(&a->prose, &page);
}

/* What the loop itself has to know of what the worker says. */
static void hear(struct assist *a, const char *event)
{
	if (odr_event_is(event, "pc"))
		odr_event_get(event, "boots", a->boots, sizeof a->boots);
	a->closing = odr_event_is(event, "refused") || odr_event_is(event, "chip") ||
		     (a->closing && !odr_event_is(event, "end"));
	if (odr_event_is(event, "failed") && !a->app.ready)
		odr_event_get(event, "text", a->trouble, sizeof a->trouble);
	if (odr_event_is(event, "end") && odr_app_is_job(&a->app) && (a->ends || a->typing.eof))
		a->outcome = (int)odr_event_get_number(event, "code");
}

/* Returns false when the worker is gone. */
static bool take_events(struct assist *a)
{
	char line[ODR_EVENT_MAX];
	enum odr_worker_next next = ODR_WORKER_LINE;
	bool was_row = false, is_row, was_job;

	for (unsigned i = 0; i < EVENTS_A_TURN; i++) {
		next = odr_worker_next(&a->worker, line, sizeof line, was_row ? ROWS_MS : 0);
		if (next != ODR_WORKER_LINE)
			break;
		is_row = odr_event_is(line, "place");
		/* What is said must not hang on what came in one go, but rows belong together. */
		if (!a->typing.screen && was_row && !is_row)
			show(a);
		hear(a, line);
		was_job = odr_app_is_job(&a->app);
		odr_app_event(&a->app, line);
		/* Lines that were typed in a write are not meant for the pages behind it. */
		if (was_job && !odr_app_is_job(&a->app) && !odr_typing_rests(&a->typing))
			odr_app_note(&a->app, "What was typed meanwhile was not taken.");
		if (!a->typing.screen && !is_row)
			show(a);
		was_row = !a->typing.screen && is_row;
	}
	return next != ODR_WORKER_GONE;
}

/* The worker is gone: start again with the practice PC, or say why that is not possible. */
static int start_again(struct assist *a, const struct odr_app_door *door)
{
	struct odr_error e = {.text = ""};
	char how[80];

	odr_worker_close(&a->worker, how, sizeof how);
	a->has_worker = false;
	if (!a->typing.screen && a->hands.moved)
		odr_prose_answer(&a->prose, a->hands.last);
	a->hands.moved = false;
	if (!a->trouble[0] && is_reset(a) && start(a, door, &e))
		return ODR_EXIT_DONE;
	odr_curses_close();
	if (a->trouble[0]) {
		fprintf(stderr, "odrescue: %s\n", a->trouble);
		return ODR_EXIT_USAGE;
	}
	fprintf(stderr,
		"odrescue: the engine stopped: %s. Leave the drive's power on and start odrescue "
		"again: it reads its journal and says what was done.\n",
		how);
	return ODR_EXIT_INTERNAL;
}

/*
 * A closed terminal, kill, or Ctrl-C where it is no key. A write is not left alone: what comes of it is
 * told in plain lines, to whoever still reads them. Returns true when nothing keeps us.
 */
static bool may_end(struct assist *a)
{
	if (!a->ends && odr_app_is_job(&a->app)) {
		odr_worker_stop(&a->worker); /* heard before the erase only */
		odr_curses_close();
		a->typing = (struct odr_typing){.eof = true};
		puts("\nodrescue was told to end. It does so when the drive is safe: do NOT "
		     "switch\n"
		     "anything off.");
	}
	a->ends = true;
	return !odr_app_is_job(&a->app);
}

static int loop(struct assist *a, const struct odr_app_door *door)
{
	int code = ODR_EXIT_DONE;

	while (!code && !a->app.over) {
		odr_app_tick(&a->app, odr_host_now_us() / 1000);
		odr_main_move_hands(&a->hands, &a->app);
		show(a);
		if (odr_host_was_told_to_end() && may_end(a))
			break;
		odr_host_wait(a->typing.eof ? -1 : 0, odr_worker_fd(&a->worker), WAKE_MS);
		if (!take_events(a) && !a->app.over) {
			code = start_again(a, door);
			continue;
		}
		a->hands.moved = false;
		if (a->typing.screen) {
			press_keys(a);
			odr_main_move_hands(&a->hands, &a->app);
			continue;
		}
		show(a); /* what came of a job, before the end of the input ends all */
		odr_typing_read(&a->typing);
		while (!a->app.over && press_line(a)) {
			odr_main_move_hands(&a->hands, &a->app);
			show(a);
		}
	}
	return code ? code : a->ends || a->typing.eof ? a->outcome : ODR_EXIT_DONE;
}

int odr_main_assist(struct odr_setup *setup)
{
	static struct assist a;
	struct odr_app_door door = {.ctx = &a,
				    .send = send,
				    .hand = odr_main_practice(setup) ? hand : NULL,
				    .save = save,
				    .front = front,
				    .line = line_for,
				    .host = &odr_main_host,
				    .guides = setup->guides,
				    .folder = setup->folder};
	struct odr_error e;
	char why[80];
	int code;

	a.setup = setup;
	a.hands.backend = odr_main_practice(setup);
	setup->live = true;
	if (!start(&a, &door, &e)) {
		fprintf(stderr, "odrescue: %s\n", e.text);
		return ODR_EXIT_INTERNAL;
	}
	odr_host_hear_end(true);
	a.typing.screen = !setup->plain && odr_curses_open(setup->mono, why, sizeof why);
	if (!a.typing.screen && !setup->plain)
		printf("No pages here: %s. odrescue goes on in plain lines.\n", why);
	door.words = !a.typing.screen;
	code = loop(&a, &door);
	odr_curses_close();
	if (!a.typing.screen)
		putchar('\n');
	odr_main_drop_hands(&a.hands);
	odr_app_stop(&a.app);
	if (a.has_worker) {
		odr_worker_stop(&a.worker); /* who leaves does not sit out a wait */
		odr_worker_close(&a.worker, NULL, 0);
	}
	return code;
}
