/*
 * walkkit.h - the search of test_guide_walk.c: every state that guides can be in, and every way between
 * them, with the program's own walker.
 *
 * A state is a step and what the person has said so far, as far as any guide asks about it. What the
 * program knows may change at any moment, so at each step every word that its conditions mention is
 * tried. The search has an end, because facts and words are closed lists.
 */
#ifndef ODR_TESTS_WALKKIT_H
#define ODR_TESTS_WALKKIT_H

#include "guides/parts.h"
#include "guides/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	GUIDES = 32,
	STATES = 600000, /* more would mean that guides ask too much at once */
	SAID = 8,
	WORDS = 16,
};

static struct odr_guide guide[GUIDES];
static unsigned guides;
static unsigned faults, chased;

static void fault(const struct odr_guide *g, const struct odr_step *step, const char *text)
{
	fprintf(stderr, "%s [step_%s]: %s\n", g->file, step->name, text);
	faults++;
}

/* ---- what the person has said ---- */

/*
 * Facts of the person that any condition asks about. Words that no condition anywhere tells apart are
 * one: `same` is the first of them. Word 0 is: not said.
 */
static struct said {
	enum odr_fact fact;
	unsigned words;
	char word[WORDS][ODR_FACT_WORD];
	unsigned same[WORDS];
} said[SAID];
static unsigned saids;

static bool told_apart(enum odr_fact fact, const char *a, const char *b)
{
	static struct odr_facts facts;

	for (unsigned g = 0; g < guides; g++)
		for (unsigned n = 0; n < guide[g].steps; n++)
			for (unsigned w = 0; w < guide[g].step[n].n_when; w++) {
				const struct odr_when *when = &guide[g].step[n].when[w];
				bool holds;

				if (when->fact != fact)
					continue;
				odr_facts_set(&facts, fact, a);
				holds = odr_walk_holds(when, &facts);
				odr_facts_set(&facts, fact, b);
				if (holds != odr_walk_holds(when, &facts))
					return true;
			}
	return false;
}

static void learn(enum odr_fact fact)
{
	struct said *s = &said[saids];

	assert_true(saids < SAID);
	s->fact = fact;
	s->words = 1;
	while (odr_fact_word(fact, s->words - 1, s->word[s->words]))
		assert_true(++s->words < WORDS);
	for (unsigned i = 0; i < s->words; i++)
		while (told_apart(fact, s->word[i], s->word[s->same[i]]))
			s->same[i]++;
	for (unsigned i = 1; i < s->words; i++)
		if (s->same[i]) { /* a fact that nobody asks about is not remembered */
			saids++;
			return;
		}
	memset(s, 0, sizeof *s);
}

/* ---- states ---- */

struct state {
	uint8_t guide, step, word[SAID];
	bool ends; /* an end is reached from here */
};

static struct state *states;
static unsigned n_states;
static uint32_t *table; /* hash -> number of the state and 1 */
static uint32_t (*edges)[2];
static unsigned n_edges;
/* A bit for each way of a step (odr_step_way). */
static uint32_t taken[GUIDES][ODR_GUIDE_STEPS];

/* The number of this state, a new one if need be. */
static unsigned state_of(const struct state *s)
{
	const size_t key = offsetof(struct state, ends);
	const unsigned char *p = (const unsigned char *)s;
	uint32_t at = 2166136261u;

	for (size_t i = 0; i < key; i++)
		at = (at ^ p[i]) * 16777619u;
	at %= 2 * STATES;
	for (; table[at]; at = (at + 1) % (2 * STATES))
		if (!memcmp(&states[table[at] - 1], s, key))
			return table[at] - 1;
	if (n_states == STATES)
		fail_msg("more than %d states", STATES);
	states[n_states] = *s;
	table[at] = ++n_states;
	return n_states - 1;
}

static void to_facts(const struct state *s, struct odr_facts *facts)
{
	odr_facts_clear(facts);
	for (unsigned i = 0; i < saids; i++)
		odr_facts_set(facts, said[i].fact, said[i].word[s->word[i]]);
}

static void from_facts(const struct odr_facts *facts, struct state *s)
{
	for (unsigned i = 0; i < saids; i++) {
		const char *is = odr_facts_get(facts, said[i].fact);
		unsigned word = 0;

		while (strcmp(said[i].word[word], is) != 0)
			word++;
		s->word[i] = (uint8_t)said[i].same[word];
	}
}

/* ---- one answer ---- */

static void take(unsigned from, struct odr_facts *facts, struct odr_answer answer)
{
	const struct odr_guide *g = &guide[states[from].guide];
	const struct odr_step *step = &g->step[states[from].step], *to;
	const char *target = odr_walk_next(g, step, facts, &answer);
	char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];
	struct state next = {.guide = states[from].guide};
	struct odr_way way;

	if (!target)
		return;
	/* By address: a guide's texts lie still. One `fail` may be the way of several exits. */
	for (unsigned n = 0; odr_step_way(step, n, &way); n++)
		if (way.target == target)
			taken[states[from].guide][states[from].step] |= 1u << n;
	if (!strcmp(target, "top"))
		states[from].ends = true;
	if (!odr_target_split(target, file, name))
		return; /* top; or back, to where this state was come from */
	if (*file) {
		for (next.guide = 0; next.guide < guides; next.guide++)
			if (!strcmp(guide[next.guide].file, file))
				break;
		if (next.guide == guides) {
			fault(g, step, target);
			return;
		}
	}
	to = odr_guide_step(&guide[next.guide], name);
	if (!to) {
		fault(g, step, target);
		return;
	}
	next.step = (uint8_t)(to - guide[next.guide].step);
	from_facts(facts, &next);
	if (n_edges % 65536 == 0)
		edges = realloc(edges, (n_edges + 65536) * sizeof *edges);
	assert_non_null(edges);
	edges[n_edges][0] = from;
	edges[n_edges][1] = state_of(&next);
	n_edges++;
}

/* ---- every answer ---- */

/* The program's facts that a step asks about. */
static unsigned asks(const struct odr_step *step, enum odr_fact fact[ODR_GUIDE_WHENS])
{
	unsigned n = 0;

	for (unsigned i = 0; i < step->n_when; i++) {
		unsigned known = 0;

		while (known < n && fact[known] != step->when[i].fact)
			known++;
		if (known == n && odr_fact_by(step->when[i].fact) == ODR_BY_PROGRAM)
			fact[n++] = step->when[i].fact;
	}
	return n;
}

/* All combinations of the words of these facts, each also unset. */
static void take_all(unsigned from, const enum odr_fact *fact, unsigned n, struct odr_facts *facts,
		     struct odr_answer answer)
{
	unsigned word[ODR_GUIDE_WHENS] = {0}, i = 0;
	char text[ODR_FACT_WORD];

	for (unsigned k = 0; k < n; k++)
		odr_facts_set(facts, fact[k], "");
	do {
		take(from, facts, answer);
		for (i = 0; i < n; i++) {
			if (odr_fact_word(fact[i], word[i]++, text)) {
				odr_facts_set(facts, fact[i], text);
				break;
			}
			word[i] = 0;
			odr_facts_set(facts, fact[i], "");
		}
	} while (i < n);
}

static void leave(unsigned from)
{
	const struct odr_step *step = &guide[states[from].guide].step[states[from].step];
	enum odr_fact fact[ODR_GUIDE_WHENS];
	unsigned n = asks(step, fact);
	struct odr_facts facts;

	to_facts(&states[from], &facts);
	states[from].ends = states[from].ends || step->kind == ODR_END;
	if (step->kind == ODR_CHECK || step->kind == ODR_WAIT)
		take_all(from, fact, n, &facts, (struct odr_answer){.what = ODR_ANSWER_NONE});
	if (step->kind == ODR_WAIT)
		take_all(from, fact, n, &facts, (struct odr_answer){.what = ODR_ANSWER_LATE});
	take(from, &facts, (struct odr_answer){.what = ODR_ANSWER_ENTER});
	for (int code = 0; step->kind == ODR_RUN && code <= 8; code++)
		take(from, &facts, (struct odr_answer){.what = ODR_ANSWER_EXIT, .exit = code});
	for (unsigned i = 0; i < step->n_choice; i++) {
		take(from, &facts,
		     (struct odr_answer){.what = ODR_ANSWER_KEY, .key = step->choice[i].key});
		to_facts(&states[from], &facts);
	}
}

#endif
