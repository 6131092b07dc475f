#include "tui/app.h"

#include "tui/app_front.h"
#include "tui/app_moves.h"
#include "tui/builtin.h"
#include "tui/key.h"

#include <stdlib.h>
#include <string.h>

enum { HANDS_MS = 1000 }; /* between two looks at which hands there are, while they are shown */

static const char busy_text[] = "odrescue is at work. It goes on by itself when it is done.";

/* ---- small helpers ---- */

void odr_app_note(struct odr_app *app, const char *text)
{
	odr_cut(app->notice, sizeof app->notice, " %s", text);
}

bool odr_app_is_practice(const struct odr_app *app)
{
	return app->door->hand != NULL;
}

bool odr_app_is_dark(const struct odr_app *app)
{
	const char *pc = odr_facts_get(&app->seen.facts, ODR_FACT_pc);

	return odr_app_is_practice(app) && pc[0] && strcmp(pc, "on");
}

static bool shows_hands(const struct odr_app *app)
{
	return odr_app_is_practice(app) && (odr_app_is_dark(app) || app->face == ODR_FACE_HANDS);
}

bool odr_app_is_busy(const struct odr_app *app)
{
	return !app->ready || app->sent[0];
}

bool odr_app_is_job(const struct odr_app *app)
{
	return !strncmp(app->sent, "flash", 5);
}

/* A half-written chip comes before the page where the person was: the first page leads to it. */
bool odr_app_is_half_written(const struct odr_app *app)
{
	return !strcmp(odr_facts_get(&app->seen.facts, ODR_FACT_journal), "changed");
}

static void turn(struct odr_app *app)
{
	app->selected = app->scroll = 0;
	odr_rows_settle(&app->seen.rows);
	odr_app_explain_line(app);
}

static void face(struct odr_app *app, enum odr_face to)
{
	app->face = to;
	turn(app);
}

/* From what lies over a page back to it: whoever was asked where to go on is asked again. */
static void face_back(struct odr_app *app)
{
	face(app, app->resumes ? ODR_FACE_RESUME : ODR_FACE_GUIDE);
}

static void send(struct odr_app *app, const char *line, bool by_guide)
{
	odr_cut(app->sent, sizeof app->sent, "%s", line);
	app->by_guide = by_guide;
	odr_says_command(&app->says);
	app->door->send(app->door->ctx, app->sent);
}

/* The page that a new start goes on from; told whenever it, or an answer, is another one. */
static void keep(struct odr_app *app)
{
	static char text[ODR_SAVED_TEXT]; /* too big for a small stack */

	if (!app->ready || app->face == ODR_FACE_RESUME)
		return;
	text[0] = 0;
	if (app->guide.place[0])
		odr_saved_write(app->guide.place, &app->guide.way, &app->seen.facts, text);
	if (!strcmp(text, app->kept))
		return;
	memcpy(app->kept, text, sizeof text);
	app->door->save(app->door->ctx, text);
}

static void count_try(struct odr_app *app)
{
	unsigned long n = strtoul(odr_facts_get(&app->seen.facts, ODR_FACT_tries), NULL, 10);

	odr_facts_set_number(&app->seen.facts, ODR_FACT_tries, n < 99 ? (unsigned)n + 1 : 99);
}

/* After anything that may have turned the guide's page or left a command. */
static void pump(struct odr_app *app)
{
	char line[sizeof app->guide.command];
	int code;

	/* Commands of the person's side end at once, without an engine, and the next page may want
	 * one, too. */
	while (app->guide.command[0] && !app->sent[0]) {
		memcpy(line, app->guide.command, sizeof line);
		if (odr_app_front(app, line, &code)) {
			app->guide.command[0] = 0;
			odr_app_keep_answer(app, code);
			odr_case_done(&app->guide, &app->seen.facts, code, app->now_ms);
			turn(app);
			continue;
		}
		if (odr_app_is_busy(app))
			break;
		app->guide.command[0] = 0;
		if (!strncmp(line, "flash", 5))
			count_try(app);
		send(app, line, true);
	}
	keep(app);
}

/* ---- start, events, time ---- */

void odr_app_start(struct odr_app *app, const struct odr_app_door *door, const char *saved)
{
	memset(app, 0, sizeof *app);
	app->door = door;
	odr_seen_start(&app->seen);
	odr_facts_set(&app->seen.facts, ODR_FACT_practice, door->hand ? "yes" : "no");
	odr_facts_set(&app->seen.facts, ODR_FACT_folder, door->folder);
	odr_saved_read(&app->saved, saved);
	odr_case_start(&app->guide, door->host, door->guides);
	odr_case_go(&app->guide, &app->seen.facts, ODR_FIRST_PAGE, 0);
	if (app->saved.place[0])
		app->face = ODR_FACE_RESUME;
	app->resumes = app->face == ODR_FACE_RESUME;
}

void odr_app_stop(struct odr_app *app)
{
	odr_case_end(&app->guide);
}

static void look(struct odr_app *app)
{
	if (app->face != ODR_FACE_RESUME &&
	    odr_case_look(&app->guide, &app->seen.facts, app->now_ms))
		turn(app);
	if (app->face == ODR_FACE_GUIDE && !app->notice[0] &&
	    odr_case_wants_y(&app->guide, &app->seen.facts))
		odr_app_note(app, "It has changed. Read the warning, press y: then it goes on.");
	pump(app);
}

static void ended(struct odr_app *app, int code)
{
	char sent[sizeof app->sent];

	/* The first end: the engine is there and has told of an unfinished rescue, if there is one. */
	if (!app->ready) {
		app->ready = true;
		if (app->face == ODR_FACE_GUIDE && !app->guide.trail.depth)
			odr_case_go(&app->guide, &app->seen.facts, ODR_FIRST_PAGE, app->now_ms);
		return;
	}
	if (!app->sent[0])
		return;
	memcpy(sent, app->sent, sizeof sent);
	app->sent[0] = 0;
	odr_seen_end(&app->seen, sent, code);
	if (!strncmp(sent, "quit", 4)) {
		app->over = code == 0;
		app->frozen = code != 0;
	}
	if (app->by_guide) {
		odr_case_done(&app->guide, &app->seen.facts, code, app->now_ms);
		turn(app);
	}
}

static void tell_first(struct odr_app *app, const char *event)
{
	char text[ODR_PAGE_WIDTH + 1];

	odr_event_get(event, "text", text, sizeof text);
	odr_app_note(app, text);
}

static void list_hands(struct odr_app *app)
{
	app->listed_ms = app->now_ms;
	odr_hands_forget(&app->hands);
	app->door->hand(app->door->ctx, "?");
}

void odr_app_event(struct odr_app *app, const char *event)
{
	odr_seen_event(&app->seen, event);
	odr_says_event(&app->says, event, app->now_ms);
	odr_hands_event(&app->hands, event);
	odr_prompt_event(&app->prompt, event);
	odr_record_event(&app->record, event);
	if ((app->sent[0] && !app->by_guide) ||
	    (app->face == ODR_FACE_PROMPT && odr_event_is(event, "hand")))
		odr_text_event(event, odr_said_add, &app->prompt.said);
	/* What it says before the first command is about its journal, and on no page. */
	if (!app->ready && odr_event_is(event, "say"))
		tell_first(app, event);
	if (odr_event_is(event, "pc") && odr_app_is_dark(app))
		list_hands(app);
	if (odr_event_is(event, "end"))
		ended(app, (int)odr_event_get_number(event, "code"));
	look(app);
}

void odr_app_tick(struct odr_app *app, uint64_t now_ms)
{
	app->now_ms = now_ms;
	/* A hand that acts later changes what there is to do, and nobody tells. */
	if (shows_hands(app) && now_ms - app->listed_ms >= HANDS_MS)
		list_hands(app);
	look(app);
}

/* ---- keys ---- */

static bool key_hands(struct odr_app *app, int key)
{
	const char *form = odr_hands_key(&app->hands, key);
	char line[64];

	if (!form)
		return false;
	odr_cut(line, sizeof line, "%s", form);
	app->door->hand(app->door->ctx, line);
	list_hands(app);
	return true;
}

static void open_prompt(struct odr_app *app)
{
	if (!app->prompt.forms && !odr_app_is_busy(app)) {
		send(app, "help", false);
		app->by_guide = false;
	}
	face(app, ODR_FACE_PROMPT);
}

static void run_typed(struct odr_app *app, const char *line)
{
	char shown[ODR_PAGE_WIDTH + 1];
	int code;

	odr_cut(shown, sizeof shown, "> %s", line);
	odr_said_add(&app->prompt.said, shown);
	if (app->door->front(app->door->ctx, &app->seen.facts, line, odr_said_add,
			     &app->prompt.said, &code))
		return;
	if (odr_app_is_busy(app))
		odr_said_add(&app->prompt.said, busy_text);
	else if (!strncmp(line, "hand ", 5) && odr_app_is_practice(app))
		app->door->hand(app->door->ctx, line + 5);
	else
		send(app, line, false);
}

static void key_prompt(struct odr_app *app, int key)
{
	const char *why = "", *line;

	if (key == ODR_KEY_ESC) {
		face_back(app);
		return;
	}
	line = odr_prompt_key(&app->prompt, key, &why);
	if (line)
		run_typed(app, line);
	if (why[0])
		odr_app_note(app, why);
}

static void key_quit(struct odr_app *app, int key)
{
	if (key == 'y' && !app->frozen && (odr_app_is_dark(app) || !app->ready))
		app->over = true; /* no engine answers on a PC that is off, or before it is there */
	else if (key == 'y' && !app->frozen && !odr_app_is_busy(app))
		send(app, "quit", false);
	else if (key == 'g' && app->frozen && !odr_app_is_busy(app))
		send(app, "quit give up", false);
	else if (key == 'b' || key == ODR_KEY_ESC)
		face_back(app);
	else
		odr_app_note(app, odr_app_is_busy(app) ? busy_text : "y leaves, b goes back.");
}

static void key_resume(struct odr_app *app, int key, const struct odr_page *page)
{
	if (key == ODR_KEY_ENTER)
		key = (unsigned char)page->choice[page->selected].key;
	if (key == 'c' && app->saved.place[0]) {
		odr_saved_apply(&app->saved, &app->seen.facts);
		odr_seen_answered(&app->seen);
		app->resumes = false;
		face(app, ODR_FACE_GUIDE);
		if (odr_app_is_half_written(app))
			odr_case_go(&app->guide, &app->seen.facts, ODR_FIRST_PAGE, app->now_ms);
		else
			odr_case_return(&app->guide, &app->seen.facts, app->saved.place,
					&app->saved.way, app->now_ms);
	} else if (key == 'n') {
		app->resumes = false;
		face(app, ODR_FACE_GUIDE);
		odr_case_go(&app->guide, &app->seen.facts, ODR_FIRST_PAGE, app->now_ms);
	} else {
		odr_app_note(app, "c goes on where you were, n begins anew.");
	}
}

static void key_guide(struct odr_app *app, int key)
{
	const char *why = "";
	unsigned selected = app->selected;

	if (!odr_case_key(&app->guide, &app->seen.facts, key, selected, app->now_ms, &why))
		odr_app_note(app, why);
	else if (!odr_case_has_input(&app->guide) || key == ODR_KEY_ENTER || key == ODR_KEY_ESC)
		turn(app);
	odr_seen_answered(&app->seen);
}

/* Keys that mean the same on every page. */
static bool key_everywhere(struct odr_app *app, int key, const struct odr_page *page)
{
	bool typing = page->has_input, empty = typing && !page->input[0];

	if (key == ODR_KEY_CTRL_C)
		key = 'q', typing = false;
	if (key == ODR_KEY_HELP || (key == '?' && (!typing || empty)))
		face(app, ODR_FACE_HELP);
	else if (key == 'h' && odr_app_is_dark(app))
		odr_app_note(app, "Your hands are the letters on this page.");
	else if (key == 'h' && !typing && odr_app_is_practice(app)) {
		app->hands.text[0] = app->hands.lesson[0] = 0; /* of a hand some pages ago */
		list_hands(app);
		face(app, ODR_FACE_HANDS);
	} else if (key == 'h' && !typing)
		odr_app_note(app, "Hands exist on the practice PC only. Use your own.");
	else if (key == 'e' && !typing && !odr_app_is_dark(app))
		open_prompt(app);
	else if (key == ODR_KEY_PRINT && !odr_app_is_dark(app))
		odr_app_print(app);
	else if (key == 'q' && !typing && odr_app_is_job(app))
		odr_app_note(app,
			     "Leaving waits until the drive is safe. You may close this terminal.");
	else if (key == 'q' && !typing)
		face(app, ODR_FACE_QUIT);
	else
		return false;
	return true;
}

static void key_face(struct odr_app *app, int key, const struct odr_page *page)
{
	if (odr_app_is_dark(app) && app->face != ODR_FACE_QUIT && app->face != ODR_FACE_HELP) {
		if (key == ODR_KEY_ENTER && page->choices)
			key = (unsigned char)page->choice[page->selected].key;
		if (!key_hands(app, key))
			odr_app_note(app, "The PC does not run: only your hands can do something.");
		return;
	}
	switch (app->face) {
	case ODR_FACE_HELP:
		face_back(app);
		break;
	case ODR_FACE_HANDS:
		if (key == ODR_KEY_ENTER && page->choices)
			key = (unsigned char)page->choice[page->selected].key;
		if (key == ODR_KEY_ESC)
			face_back(app);
		else if (!key_hands(app, key))
			odr_app_note(app, "No hand has this letter. Esc goes back.");
		break;
	case ODR_FACE_QUIT:
		key_quit(app, key);
		break;
	case ODR_FACE_RESUME:
		key_resume(app, key, page);
		break;
	case ODR_FACE_PROMPT:
		key_prompt(app, key);
		break;
	case ODR_FACE_GUIDE:
		if (app->guide.trouble.code)
			odr_app_note(app,
				     "Without its guide odrescue has only the command line: e");
		else
			key_guide(app, key);
		break;
	}
}

void odr_app_key(struct odr_app *app, int key)
{
	static struct odr_page page; /* too big for a small stack; nothing is kept in it */

	app->notice[0] = 0;
	if (key == ODR_KEY_EOF) {
		app->over = !odr_app_is_job(app);
		return;
	}
	if (key == ODR_KEY_BURST) {
		odr_app_note(app,
			     "Many keys came at once: none was taken here. Read, then press one.");
		return;
	}
	odr_app_page(app, &page);
	if (key >= 'A' && key <= 'Z' && !page.has_input)
		key += 'a' - 'A';
	if (!odr_app_moves(app, key, &page) && !key_everywhere(app, key, &page))
		key_face(app, key, &page);
	pump(app);
}

void odr_app_key_unseen(struct odr_app *app, int key)
{
	bool leaves = app->face == ODR_FACE_QUIT && !app->frozen;

	if (key == 'q' || key == ODR_KEY_CTRL_C)
		odr_app_key(app, ODR_KEY_CTRL_C);
	else if (key == ODR_KEY_EOF || key == ODR_KEY_BURST || (leaves && key == 'y'))
		odr_app_key(app, key);
	else if (app->face == ODR_FACE_QUIT)
		odr_app_key(app, ODR_KEY_ESC);
}
