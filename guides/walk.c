#include "guides/walk.h"

#include "guides/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool odr_walk_holds(const struct odr_when *when, const struct odr_facts *facts)
{
	const char *is = odr_facts_get(facts, when->fact);
	unsigned long a = strtoul(is, NULL, 10), b = strtoul(when->word, NULL, 10);

	switch (when->op) {
	case ODR_IS:
		return !strcmp(is, when->word);
	case ODR_NOT:
		return strcmp(is, when->word) != 0;
	case ODR_LESS:
		return *is && a < b;
	case ODR_MORE:
		return *is && a > b;
	}
	return false;
}

static const char *by_facts(const struct odr_step *step, const struct odr_facts *facts)
{
	for (unsigned i = 0; i < step->n_when; i++)
		if (odr_walk_holds(&step->when[i], facts))
			return step->when[i].target;
	return NULL;
}

static const char *by_key(const struct odr_step *step, struct odr_facts *facts, char key)
{
	for (unsigned i = 0; i < step->n_choice; i++) {
		const struct odr_choice *choice = &step->choice[i];

		if (choice->key != key)
			continue;
		if (choice->fact != ODR_FACTS)
			odr_facts_set(facts, choice->fact, choice->word);
		return choice->target;
	}
	return NULL;
}

static const char *wait_next(const struct odr_step *step, const struct odr_facts *facts,
			     const struct odr_answer *answer)
{
	const char *target = by_facts(step, facts);

	return target || answer->what != ODR_ANSWER_LATE ? target : step->late;
}

static const char *run_next(const struct odr_step *step, int code)
{
	return code >= 0 && (size_t)code < sizeof step->exit / sizeof step->exit[0]
		       ? step->exit[code]
		       : NULL;
}

const char *odr_walk_next(const struct odr_guide *guide, const struct odr_step *step,
			  struct odr_facts *facts, const struct odr_answer *answer)
{
	const char *target;

	(void)guide;
	if (step->kind == ODR_CHECK) {
		target = by_facts(step, facts);
		return target ? target : step->next;
	}
	if (answer->what == ODR_ANSWER_KEY)
		return by_key(step, facts, answer->key);
	switch (step->kind) {
	case ODR_SAY:
	case ODR_END:
		return answer->what == ODR_ANSWER_ENTER ? step->next : NULL;
	case ODR_WAIT:
		return wait_next(step, facts, answer);
	case ODR_RUN:
		return answer->what == ODR_ANSWER_EXIT ? run_next(step, answer->exit) : NULL;
	case ODR_ASK:
	case ODR_CHECK:
	case ODR_KINDS:
		break;
	}
	return NULL;
}

/* ---- every way out of a step ---- */

bool odr_step_way(const struct odr_step *step, unsigned n, struct odr_way *way)
{
	const unsigned exits = sizeof step->exit / sizeof step->exit[0];

	*way = (struct odr_way){.target = "", .exit = -1};
	if (n < step->n_choice) {
		way->target = step->choice[n].target;
		return true;
	}
	n -= step->n_choice;
	if (n < step->n_when) {
		way->when = &step->when[n];
		way->target = way->when->target;
		return true;
	}
	n -= step->n_when;
	if (n < exits) {
		way->exit = (int)n;
		if (step->exit[n])
			way->target = step->exit[n];
		return true;
	}
	n -= exits;
	if (n == 0 && step->next && step->kind != ODR_RUN) /* of a run it is exit 0 */
		way->target = step->next;
	if (n == 1 && step->late)
		way->target = step->late;
	return n < 2;
}

/* ---- {fact} ---- */

bool odr_walk_fill(char *out, size_t cap, const char *text, const struct odr_facts *facts)
{
	size_t used = 0;
	bool good = true;

	while (*text) {
		size_t len = 1, name = *text == '{' ? strcspn(text, "}") : 0;
		const char *part = text;

		if (name && text[name]) {
			enum odr_fact fact = odr_fact_by_name(text + 1, name - 1);

			part = fact == ODR_FACTS ? "" : odr_facts_get(facts, fact);
			good = good && *part;
			if (!*part)
				part = "?";
			len = strlen(part);
			text += name;
		}
		for (size_t i = 0; i < len; i++) {
			if (used + 1 < cap)
				out[used++] = part[i];
			else
				good = false;
		}
		text++;
	}
	if (cap)
		out[used] = '\0';
	return good && cap;
}
