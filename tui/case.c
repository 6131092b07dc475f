#include "tui/case.h"

#include "guides/walk.h"
#include "tui/key.h"
#include "tui/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A walk that meets more checks than this in a row goes in a circle: the lint forbids it. */
#define CHECKS_AT_MOST 80

void odr_case_start(struct odr_case *c, const struct odr_guide_host *host, const char *folder)
{
	memset(c, 0, sizeof *c);
	c->host = host;
	c->folder = folder;
}

void odr_case_end(struct odr_case *c)
{
	odr_guide_free(&c->guide);
	c->step = NULL;
}

bool odr_case_has_input(const struct odr_case *c)
{
	return c->step && c->step->prompt && !c->works && (!c->step->hazard || c->acknowledged);
}

/* ---- going ---- */

static void name_of(const struct odr_case *c, char out[ODR_TARGET_ROOM])
{
	odr_cut(out, ODR_TARGET_ROOM, "%s:%s", c->guide.file, c->step->name);
}

/* A page that only runs a command is not gone back to: it would run again. */
static bool is_page(const struct odr_step *step)
{
	return step->kind != ODR_CHECK && (step->kind != ODR_RUN || step->prompt);
}

void odr_case_here(const struct odr_case *c, char out[ODR_TARGET_ROOM])
{
	out[0] = 0;
	if (c->step && is_page(c->step))
		name_of(c, out);
	else if (c->trail.depth)
		odr_cut(out, ODR_TARGET_ROOM, "%s", c->trail.page[c->trail.depth - 1]);
}

/* This page gets behind the one that the trail leads to. */
static void leave(const struct odr_case *c, struct odr_trail *trail)
{
	/* What a page has said of a typed line is gone once another line was typed. */
	if (!c->step || !is_page(c->step) || c->step->view == ODR_VIEW_DECODE)
		return;
	if (trail->depth == ODR_TRAIL) {
		memmove(trail->page[0], trail->page[1], sizeof trail->page - sizeof trail->page[0]);
		trail->depth--;
	}
	name_of(c, trail->page[trail->depth++]);
}

/* Find the step of a target, reading its guide when it is another one. */
static bool find(struct odr_case *c, const char *target)
{
	char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];
	struct odr_guide other = {0};

	if (!odr_target_split(target, file, name)) {
		odr_fail(&c->trouble, ODR_E_FILE, "%s is no place in a guide", target);
		return false;
	}
	if (!file[0])
		odr_cut(file, sizeof file, "%s", c->guide.file);
	if (strcmp(file, c->guide.file)) {
		if (odr_guide_load(&other, c->host, c->folder, file, &c->trouble) != ODR_OK)
			return false;
		odr_guide_free(&c->guide);
		c->guide = other;
	}
	c->step = odr_guide_step(&c->guide, name);
	if (!c->step)
		odr_fail(&c->trouble, ODR_E_FILE, "%s has no step %s", file, name);
	return c->step != NULL;
}

/* What was typed the last time stands there again: nobody types a path twice. */
static void prefill(struct odr_case *c, const struct odr_facts *facts)
{
	const char *text = "";

	if (!strncmp(c->step->command, "image", 5))
		text = odr_facts_get(facts, ODR_FACT_file);
	else if (!strncmp(c->step->command, "target", 6))
		text = odr_facts_get(facts, ODR_FACT_label_text);
	else if (!strncmp(c->step->command, "unpack", 6) &&
		 strchr(odr_facts_get(facts, ODR_FACT_typed), '.')) /* the name of a file */
		text = odr_facts_get(facts, ODR_FACT_typed);
	odr_cut(c->typed, sizeof c->typed, "%s", text);
	c->offered = text[0] != 0;
}

static void run(struct odr_case *c, struct odr_facts *facts, uint64_t now_ms)
{
	if (odr_walk_fill(c->command, sizeof c->command, c->step->command, facts)) {
		c->works = true;
		return;
	}
	c->command[0] = 0;
	odr_facts_set(facts, ODR_FACT_reason, "Something that this step needs is not known yet.");
	odr_facts_set(facts, ODR_FACT_advice, "Go back with Esc and answer the page before.");
	odr_case_done(c, facts, 1, now_ms);
}

/* Where a start after this page goes on: on this page, save where the line on it ends the program. */
static void keep_place(struct odr_case *c)
{
	const char *after = c->step->next ? c->step->next : c->step->choice[0].target;

	/* What an outcome without a choice asks for ends the program: switch off. */
	bool is_over = c->step->view == ODR_VIEW_OUTCOME && c->step->kind == ODR_SAY;

	if (c->step->result == ODR_RESULT_CLOSED) {
		c->place[0] = 0; /* the case is over: there is nothing to go on with */
	} else if (c->step->writes || is_over) {
		c->away = false;
		odr_cut(c->place, sizeof c->place, "%s%s%s",
			strchr(after, ':') ? "" : c->guide.file, strchr(after, ':') ? "" : ":",
			after);
		c->way = c->trail;
		leave(c, &c->way);
		c->way.shown++;
	} else if (is_page(c->step) && !c->away && c->trail.depth) {
		/* the first page is no such place */
		name_of(c, c->place);
		c->way = c->trail;
	}
}

static void enter(struct odr_case *c, struct odr_facts *facts, uint64_t now_ms)
{
	c->acknowledged = false;
	c->works = false;
	c->typed[0] = 0;
	c->offered = false;
	c->entered_ms = now_ms;
	c->trail.shown++;
	keep_place(c);
	if (c->step->kind != ODR_RUN)
		return;
	if (c->step->prompt)
		prefill(c, facts);
	else
		run(c, facts, now_ms);
}

/* The steps that are walked through without being shown: checks, and waits that need not wait. */
static const char *walk_on(const struct odr_case *c, struct odr_facts *facts)
{
	const struct odr_answer none = {.what = ODR_ANSWER_NONE};

	return c->step->kind == ODR_CHECK || c->step->kind == ODR_WAIT
		       ? odr_walk_next(&c->guide, c->step, facts, &none)
		       : NULL;
}

void odr_case_go(struct odr_case *c, struct odr_facts *facts, const char *target, uint64_t now_ms)
{
	char next[ODR_TARGET_ROOM];

	for (unsigned i = 0; target && i < CHECKS_AT_MOST; i++) {
		odr_cut(next, sizeof next, "%s", strcmp(target, "top") ? target : ODR_FIRST_PAGE);
		if (!strcmp(next, ODR_FIRST_PAGE)) {
			/* there is nothing behind the first page */
			c->trail.depth = c->trail.shown = 0;
		} else if (!strcmp(next, "back")) {
			if (!c->trail.depth)
				return;
			c->away = c->away ||
				  c->step->writes; /* the pages before it are out of reach again */
			odr_cut(next, sizeof next, "%s", c->trail.page[--c->trail.depth]);
			c->trail.shown -= c->trail.shown > 1 ? 2 : 1;
		} else {
			leave(c, &c->trail);
		}
		if (!find(c, next))
			return;
		target = walk_on(c, facts);
	}
	if (target) {
		odr_fail(&c->trouble, ODR_E_FILE, "%s goes in a circle", c->guide.file);
		return;
	}
	enter(c, facts, now_ms);
}

bool odr_case_wants_y(const struct odr_case *c, struct odr_facts *facts)
{
	return c->step && c->step->kind == ODR_WAIT && c->step->hazard && !c->acknowledged &&
	       walk_on(c, facts);
}

/* Esc must lead to pages that are there, and never into a command. */
static bool is_whole(struct odr_case *c, const struct odr_trail *way)
{
	for (unsigned i = 0; i < way->depth; i++)
		if (!find(c, way->page[i]) || !is_page(c->step))
			return false;
	return way->depth > 0;
}

void odr_case_return(struct odr_case *c, struct odr_facts *facts, const char *place,
		     const struct odr_trail *way, uint64_t now_ms)
{
	if (is_whole(c, way)) {
		c->trail = *way;
		c->trail.shown--; /* the place itself is counted when it is entered */
		c->step = NULL;	  /* nothing is left by this: the trail is complete */
	} else {
		c->trouble = (struct odr_error){.code = ODR_OK};
		odr_case_go(c, facts, ODR_FIRST_PAGE, now_ms);
	}
	odr_case_go(c, facts, place, now_ms);
}

bool odr_case_look(struct odr_case *c, struct odr_facts *facts, uint64_t now_ms)
{
	struct odr_answer answer = {.what = ODR_ANSWER_NONE};
	uint64_t limit;
	const char *target;

	if (!c->step || c->step->kind != ODR_WAIT || (c->step->hazard && !c->acknowledged))
		return false;
	limit = (uint64_t)c->step->timeout_s * 1000;
	if (limit && now_ms - c->entered_ms >= limit)
		answer.what = ODR_ANSWER_LATE;
	target = odr_walk_next(&c->guide, c->step, facts, &answer);
	if (target)
		odr_case_go(c, facts, target, now_ms);
	return target != NULL;
}

void odr_case_done(struct odr_case *c, struct odr_facts *facts, int code, uint64_t now_ms)
{
	const struct odr_answer answer = {.what = ODR_ANSWER_EXIT, .exit = code};

	c->works = false;
	/* From here on the engine knows what a restart would forget; a job's end closes that. */
	c->away = strncmp(c->step->command, "flash", 5) != 0;
	odr_case_go(c, facts, odr_walk_next(&c->guide, c->step, facts, &answer), now_ms);
}

/* ---- keys ---- */

static bool answer(struct odr_case *c, struct odr_facts *facts, struct odr_answer a,
		   uint64_t now_ms)
{
	const char *target = odr_walk_next(&c->guide, c->step, facts, &a);

	if (target)
		odr_case_go(c, facts, target, now_ms);
	return target != NULL;
}

/* What is offered gives way to the first letter. A key that edits makes it the person's own text. */
static void take_over(struct odr_case *c, int key)
{
	bool is_text = key >= ' ' && key <= '~';

	if (c->offered && is_text)
		c->typed[0] = 0;
	if (is_text || key == ODR_KEY_BACKSPACE || key == ODR_KEY_CLEAR || key == ODR_KEY_LEFT ||
	    key == ODR_KEY_RIGHT)
		c->offered = false;
}

static bool type(struct odr_case *c, struct odr_facts *facts, int key, uint64_t now_ms,
		 const char **why)
{
	size_t len;

	take_over(c, key);
	len = strlen(c->typed);
	if (key == ODR_KEY_CLEAR) {
		c->typed[0] = 0;
	} else if (key == ODR_KEY_BACKSPACE) {
		c->typed[len ? len - 1 : 0] = 0;
	} else if (key >= ' ' && key <= '~') {
		if (len + 1 == sizeof c->typed) {
			*why = "There is no room for more.";
			return false;
		}
		c->typed[len] = (char)key;
		c->typed[len + 1] = 0;
	} else if (key == ODR_KEY_ENTER && !len) {
		*why = "Type it first, then press Enter. Esc goes back.";
		return false;
	} else if (key == ODR_KEY_ENTER) {
		odr_facts_set(facts, ODR_FACT_typed, c->typed);
		run(c, facts, now_ms);
	} else {
		*why = "Here you type text, at its end. Enter sends it, Esc goes back.";
		return false;
	}
	return true;
}

static bool press_enter(struct odr_case *c, struct odr_facts *facts, unsigned selected,
			uint64_t now_ms, const char **why)
{
	const struct odr_step *s = c->step;

	if (s->next && (s->kind == ODR_SAY || s->kind == ODR_END))
		return answer(c, facts, (struct odr_answer){.what = ODR_ANSWER_ENTER}, now_ms);
	if (s->kind == ODR_ASK && selected < s->n_choice)
		return answer(
			c, facts,
			(struct odr_answer){.what = ODR_ANSWER_KEY, .key = s->choice[selected].key},
			now_ms);
	*why = s->kind == ODR_WAIT
		       ? "No key is needed: it goes on by itself when something changes."
		       : "This page ends here. q leaves, Esc goes back.";
	return false;
}

bool odr_case_key(struct odr_case *c, struct odr_facts *facts, int key, unsigned selected,
		  uint64_t now_ms, const char **why)
{
	if (c->works) {
		*why = "odrescue is at work. It goes on by itself when it is done.";
		return false;
	}
	if (key == ODR_KEY_ESC) {
		*why = "This is the first page. q leaves.";
		if (!c->trail.depth)
			return false;
		odr_case_go(c, facts, "back", now_ms);
		return true;
	}
	if (c->step->hazard && !c->acknowledged) {
		*why = "Read the warning, then press y. Esc goes back.";
		c->acknowledged = key == 'y';
		return c->acknowledged;
	}
	if (odr_case_has_input(c))
		return type(c, facts, key, now_ms, why);
	if (key == ODR_KEY_ENTER)
		return press_enter(c, facts, selected, now_ms, why);
	if (key < 'a' || key > 'z') {
		*why = "This key does nothing here. ? tells the keys.";
		return false;
	}
	*why = "This letter does nothing on this page: press one in front of a choice.";
	return answer(c, facts, (struct odr_answer){.what = ODR_ANSWER_KEY, .key = (char)key},
		      now_ms);
}
