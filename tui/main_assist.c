/*
 * main_assist.c - the assistant's loop: keys and the worker's events into the app, its page out.
 *
 * It waits for nothing but the keyboard, the worker and the time. A practice PC that is reset takes its
 * program with it, as in life: then the worker is gone, and everything but the saved place starts anew.
 */
#include "flash/words.h"
#include "platform/host.h"
#include "platform/sim/sim.h"
#include "tui/app.h"
#include "tui/key.h"
#include "tui/main.h"
#include "tui/r_curses.h"
#include "tui/r_prose.h"

#include <stdio.h>
#include <string.h>

enum {
	WAKE_MS = 1000,	    /* a page that waits counts its seconds */
	EVENTS_A_TURN = 64, /* keys are looked at in between, however much the worker says */
	HANDS = 4
};

struct assist {
	struct odr_setup *setup;
	struct odr_worker worker;
	bool has_worker;
	struct odr_platform hands; /* the practice PC, for the person's hands only */
	bool has_hands;
	char hand[HANDS][80]; /* that the app wants moved */
	unsigned n_hands;
	char boots[16]; /* how often the practice PC was started, as the worker said it */
	char trouble[ODR_EVENT_MAX]; /* why there is no engine at all */
	bool screen;		     /* curses, else prose */
	struct odr_app app;
	struct odr_prose prose;
	char last_hand[ODR_EVENT_MAX]; /* its answer outlives the program that a reset ends */
	char keys[4096];	       /* typed and not yet looked at: prose only */
	size_t n_keys;
	bool eof;
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
	file = fopen(fresh, "w");
	if (!file)
		return;
	well = fputs(text, file) >= 0;
	if (fclose(file) == 0 && well)
		rename(fresh, path);
}

/* A hand's answer: what the person sees, and behind a line end the lesson of a wrong one. */
static void tell_hand(struct assist *a, const char *line, const char *answer)
{
	size_t len = strcspn(answer, "\n");
	char text[300];
	struct odr_event ev;

	snprintf(text, sizeof text, "%.*s", (int)len, answer);
	odr_event_start(&ev, "hand");
	odr_event_text(&ev, "did", line);
	odr_event_text(&ev, "text", text);
	odr_event_text(&ev, "lesson", answer[len] ? answer + len + 1 : "");
	snprintf(a->last_hand, sizeof a->last_hand, "%s", ev.line);
	odr_app_event(&a->app, ev.line);
}

/* The practice PC's list of hands (platform/sim/handles.h): LETTER|HAND|WORDS, a row each. */
static void tell_handles(struct assist *a, char *rows)
{
	char *next, *form, *text;

	for (char *row = rows; *row; row = next) {
		size_t len = strcspn(row, "\n");
		struct odr_event ev;

		next = row + len + (row[len] != 0);
		row[len] = 0;
		form = strchr(row, '|');
		text = form ? strchr(form + 1, '|') : NULL;
		if (!text)
			continue;
		*form++ = *text++ = 0;
		odr_event_start(&ev, "handle");
		odr_event_text(&ev, "key", row);
		odr_event_text(&ev, "form", form);
		odr_event_text(&ev, "text", text);
		odr_app_event(&a->app, ev.line);
	}
}

/* The app may not be called back into: its hands are moved when it has returned. */
static void hand(void *ctx, const char *line)
{
	struct assist *a = ctx;

	if (a->n_hands < HANDS)
		snprintf(a->hand[a->n_hands++], sizeof a->hand[0], "%s", line);
}

static bool open_hands(struct assist *a, struct odr_error *e)
{
	if (!a->has_hands)
		a->has_hands = odr_sim_open_hands(&a->hands, a->setup->backend, e) == ODR_OK;
	return a->has_hands;
}

/* One hand, or two with "; " between them: then the first one's answer is what the person sees. */
static void move_hand(struct assist *a, char *line)
{
	static char
		answer[1700]; /* the list of hands is long, and the stack of small systems is not */
	char second[300], *rest = strstr(line, "; ");
	struct odr_error e;
	enum odr_err err;

	if (!open_hands(a, &e)) {
		tell_hand(a, line, e.text);
		return;
	}
	if (rest)
		*rest = 0;
	err = a->hands.ops->hand(a->hands.self, line, answer, sizeof answer, &e);
	if (err != ODR_OK)
		tell_hand(a, line, e.text);
	else if (!strcmp(line, "?"))
		tell_handles(a, answer);
	else
		tell_hand(a, line, answer);
	if (rest && err == ODR_OK)
		a->hands.ops->hand(a->hands.self, rest + 2, second, sizeof second, &e);
}

static void move_hands(struct assist *a)
{
	char line[sizeof a->hand[0]];

	while (a->n_hands) {
		memcpy(line, a->hand[0], sizeof line);
		memmove(a->hand[0], a->hand[1], (HANDS - 1) * sizeof a->hand[0]);
		a->n_hands--;
		move_hand(a, line);
	}
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

static void drop_hands(struct assist *a)
{
	if (a->has_hands)
		a->hands.ops->close(a->hands.self);
	a->has_hands = false;
}

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
	char saved[ODR_SAVED_TEXT];

	drop_hands(a); /* the worker's process must not inherit them */
	if (odr_worker_start(&a->worker, odr_main_serve, a->setup, e) != ODR_OK)
		return false;
	a->has_worker = true;
	odr_main_place(a->setup, saved);
	odr_app_stop(&a->app);
	odr_app_start(&a->app, door, saved);
	offer_file(a);
	if (a->last_hand[0])
		odr_app_event(&a->app, a->last_hand);
	return true;
}

/* The worker is gone. Did the practice PC take it along, by a reset or with its mains? */
static bool is_reset(struct assist *a)
{
	struct odr_error e;
	char boots[16];

	if (!open_hands(a, &e))
		return false;
	snprintf(boots, sizeof boots, "%s", a->hands.ops->fact(a->hands.self, "boots"));
	return strcmp(boots, a->boots) || strcmp(a->hands.ops->fact(a->hands.self, "pc"), "on");
}

/* ---- keys ---- */

static void press(struct assist *a, int key)
{
	if (key == ODR_KEY_REDRAW || key == ODR_KEY_RESIZE)
		odr_curses_redraw();
	else
		odr_app_key(&a->app, key);
}

/* One typed line, when it has come whole and the app can take it. */
static bool press_line(struct assist *a)
{
	static struct odr_page page;
	char *end = memchr(a->keys, '\n', a->n_keys), line[ODR_PAGE_INPUT];
	size_t len;
	int key;

	if (a->app.sent[0] &&
	    !odr_host_is_typed()) /* a script's line waits for the work before it */
		return false;
	if (!end && a->eof && a->n_keys && a->n_keys < sizeof a->keys)
		end = a->keys + a->n_keys, a->n_keys++;
	if (!end) {
		if (a->eof)
			press(a, ODR_KEY_EOF);
		return false;
	}
	len = (size_t)(end - a->keys);
	snprintf(line, sizeof line, "%.*s", (int)len, a->keys);
	a->n_keys -= len + 1;
	memmove(a->keys, end + 1, a->n_keys);
	if (strlen(line) && line[strlen(line) - 1] == '\r')
		line[strlen(line) - 1] = 0;
	odr_app_page(&a->app, &page);
	a->prose.asked = false; /* the person's own Enter has ended the line */
	for (unsigned i = 0; (key = odr_prose_key(&page, line, i)) != ODR_KEY_NONE; i++)
		press(a, key);
	return true;
}

static void read_keys(struct assist *a)
{
	int got, key;

	if (a->screen) {
		while (!a->app.over && (key = odr_curses_key()) != ODR_KEY_NONE)
			press(a, key);
		return;
	}
	got = a->n_keys < sizeof a->keys && !a->eof
		      ? odr_host_read_input(a->keys + a->n_keys, sizeof a->keys - a->n_keys)
		      : -1;
	if (got == 0)
		a->eof = true;
	if (got > 0)
		a->n_keys += (size_t)got;
}

/* ---- the loop ---- */

static void show(struct assist *a)
{
	static struct odr_page page;

	odr_app_page(&a->app, &page);
	if (a->screen)
		odr_curses_show(&page);
	else
		odr_prose_show(&a->prose, &page);
}

/* What the loop itself has to know of what the worker says. */
static void hear(struct assist *a, const char *event)
{
	if (odr_event_is(event, "pc"))
		odr_event_get(event, "boots", a->boots, sizeof a->boots);
	if (odr_event_is(event, "failed") && !a->app.ready)
		odr_event_get(event, "text", a->trouble, sizeof a->trouble);
}

/* Returns false when the worker is gone. */
static bool take_events(struct assist *a)
{
	char line[ODR_EVENT_MAX];
	enum odr_worker_next next = ODR_WORKER_LINE;

	for (unsigned i = 0; i < EVENTS_A_TURN; i++) {
		next = odr_worker_next(&a->worker, line, sizeof line, 0);
		if (next != ODR_WORKER_LINE)
			break;
		hear(a, line);
		odr_app_event(&a->app, line);
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

static int loop(struct assist *a, const struct odr_app_door *door)
{
	int code = ODR_EXIT_DONE;

	while (!code && !a->app.over && !odr_host_was_told_to_end()) {
		odr_app_tick(&a->app, odr_host_now_us() / 1000);
		move_hands(a);
		show(a);
		odr_host_wait(a->eof ? -1 : 0, odr_worker_fd(&a->worker), WAKE_MS);
		if (!take_events(a) && !a->app.over) {
			code = start_again(a, door);
			continue;
		}
		read_keys(a);
		move_hands(a);
		while (!a->screen && !a->app.over && press_line(a)) {
			move_hands(a);
			show(a);
		}
	}
	return code;
}

int odr_main_assist(struct odr_setup *setup)
{
	static struct assist a;
	struct odr_app_door door = {.ctx = &a,
				    .send = send,
				    .hand = hand,
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
	setup->live = true;
	if (!start(&a, &door, &e)) {
		fprintf(stderr, "odrescue: %s\n", e.text);
		return ODR_EXIT_INTERNAL;
	}
	odr_host_hear_end();
	a.screen = !setup->plain && odr_curses_open(setup->mono, why, sizeof why);
	if (!a.screen && !setup->plain)
		printf("No pages here: %s. odrescue goes on in plain lines.\n", why);
	code = loop(&a, &door);
	odr_curses_close();
	if (!a.screen)
		putchar('\n');
	drop_hands(&a);
	odr_app_stop(&a.app);
	if (a.has_worker)
		odr_worker_close(&a.worker, NULL, 0);
	return code;
}
