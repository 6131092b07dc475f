/*
 * The keys of a step, one row each: which kinds have it, what its value is, where it goes.
 */
#include "guides/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum type {
	TEXT,	/* a pointer to the value */
	LINES,	/* numbered TEXT */
	TARGET, /* a TARGET */
	YES,	/* yes or no */
	KIND,
	VIEW,
	RESULT,
	SECONDS,
	PASSES,
	PICTURE,
	CHOICE, /* numbered */
	SET,	/* numbered */
	WHEN,	/* numbered */
};

#define BIT(kind) (1u << (kind))
#define ANY (BIT(ODR_KINDS) - 1)
#define PAGES (ANY & ~BIT(ODR_CHECK))
#define WITH_CHOICE (BIT(ODR_ASK) | BIT(ODR_WAIT) | BIT(ODR_RUN) | BIT(ODR_END))
#define WITH_WHEN (BIT(ODR_WAIT) | BIT(ODR_CHECK))
#define WITH_NEXT (BIT(ODR_SAY) | BIT(ODR_CHECK) | BIT(ODR_RUN) | BIT(ODR_END))

/* Exit codes as flash/words.h numbers them. */
#define EXIT(code) (offsetof(struct odr_step, exit) + (code) * sizeof(const char *))
#define AT(member) offsetof(struct odr_step, member)

static const struct row {
	const char *name;
	unsigned kinds;
	enum type type;
	size_t at;
	unsigned most; /* the highest number of a numbered key */
} rows[] = {
	{"kind", ANY, KIND, AT(kind), 0},
	{"title", PAGES, TEXT, AT(title), 0},
	{"text", PAGES, LINES, AT(text), ODR_GUIDE_TEXTS},
	{"picture", PAGES, PICTURE, AT(picture_name), 0},
	{"why", PAGES, TEXT, AT(why), 0},
	{"wrong", PAGES, TEXT, AT(wrong), 0},
	{"view", PAGES, VIEW, AT(view), 0},
	{"hazard", PAGES, TEXT, AT(hazard), 0},
	{"paper", PAGES, YES, AT(paper), 0},
	{"writes", PAGES, YES, AT(writes), 0},
	{"passes", PAGES, PASSES, AT(passes), 0},
	{"choice", WITH_CHOICE, CHOICE, AT(choice), ODR_GUIDE_CHOICES},
	{"set", WITH_CHOICE, SET, AT(choice), ODR_GUIDE_CHOICES},
	{"when", WITH_WHEN, WHEN, AT(when), ODR_GUIDE_WHENS},
	{"next", WITH_NEXT, TARGET, AT(next), 0},
	{"timeout", BIT(ODR_WAIT), SECONDS, AT(timeout_s), 0},
	{"late", BIT(ODR_WAIT), TARGET, AT(late), 0},
	{"command", BIT(ODR_RUN), TEXT, AT(command), 0},
	{"prompt", BIT(ODR_RUN), TEXT, AT(prompt), 0},
	{"refused", BIT(ODR_RUN), TARGET, EXIT(2), 0},
	{"unchanged", BIT(ODR_RUN), TARGET, EXIT(3), 0},
	{"file", BIT(ODR_RUN), TARGET, EXIT(4), 0},
	{"changed", BIT(ODR_RUN), TARGET, EXIT(5), 0},
	{"unverified", BIT(ODR_RUN), TARGET, EXIT(6), 0},
	{"nobody", BIT(ODR_RUN), TARGET, EXIT(7), 0},
	{"fail", BIT(ODR_RUN), TARGET, EXIT(8), 0},
	{"result", BIT(ODR_END), RESULT, AT(result), 0},
};
#define ROWS (sizeof rows / sizeof rows[0])

static const char *const kinds[ODR_KINDS] = {
	[ODR_SAY] = "say",     [ODR_ASK] = "ask", [ODR_WAIT] = "wait",
	[ODR_CHECK] = "check", [ODR_RUN] = "run", [ODR_END] = "end"};
static const char *const views[ODR_VIEWS] = {
	[ODR_VIEW_NONE] = "none",	[ODR_VIEW_PLACES] = "places",
	[ODR_VIEW_TARGET] = "target",	[ODR_VIEW_IMAGE] = "image",
	[ODR_VIEW_PLAN] = "plan",	[ODR_VIEW_PROGRESS] = "progress",
	[ODR_VIEW_OUTCOME] = "outcome", [ODR_VIEW_LINE] = "line",
	[ODR_VIEW_DECODE] = "decode",	[ODR_VIEW_RECOVERY] = "recovery",
	[ODR_VIEW_CHIP] = "chip"};
static const char *const results[] = {[ODR_RESULT_NONE] = "",
				      [ODR_RESULT_CLOSED] = "closed",
				      [ODR_RESULT_OPEN] = "open",
				      [ODR_RESULT_PAPER] = "paper"};

static bool is_numbered(enum type type)
{
	return type == LINES || type == CHOICE || type == SET || type == WHEN;
}

/* The row for "next" or "choice3"; *number is 0-based. */
static const struct row *find(const char *key, unsigned *number)
{
	for (const struct row *row = rows; row < rows + ROWS; row++) {
		size_t len = strlen(row->name);
		char *end;
		unsigned long n;

		if (strncmp(key, row->name, len) != 0)
			continue;
		if (!is_numbered(row->type)) {
			if (!key[len])
				return row;
			continue;
		}
		if (!isdigit((unsigned char)key[len]) || key[len] == '0')
			continue;
		n = strtoul(key + len, &end, 10);
		if (*end)
			continue;
		*number = n > row->most ? row->most : (unsigned)n - 1;
		return row;
	}
	return NULL;
}

const char *odr_step_target(const struct odr_step *step, const char *key)
{
	unsigned n;
	const struct row *row = find(key, &n);

	if (!row || (is_numbered(row->type) && n >= row->most))
		return NULL;
	switch (row->type) {
	case TARGET:
		return *(const char *const *)(const void *)((const char *)step + row->at);
	case CHOICE:
		return step->choice[n].target;
	case WHEN:
		return step->when[n].target;
	default:
		return NULL;
	}
}

/* ---- values ---- */

static bool find_word(const char *const *words, size_t n, const char *word, unsigned *found)
{
	for (*found = 0; *found < n; ++*found)
		if (!strcmp(words[*found], word) && *word)
			return true;
	return false;
}
#define FIND_WORD(words, word, found) \
	find_word((words), sizeof(words) / sizeof(words)[0], word, found)

static enum odr_err take_word(struct odr_step *step, enum type type, const char *value,
			      struct odr_error *e)
{
	unsigned n;

	switch (type) {
	case KIND:
		if (FIND_WORD(kinds, value, &n)) {
			step->kind = (enum odr_kind)n;
			return ODR_OK;
		}
		return odr_fail(e, ODR_E_FILE,
				"there is no kind \"%.20s\"; say ask wait check run end", value);
	case VIEW:
		if (FIND_WORD(views, value, &n)) {
			step->view = (enum odr_view)n;
			return ODR_OK;
		}
		return odr_fail(
			e, ODR_E_FILE,
			"there is no view \"%.20s\"; none places target image plan progress "
			"outcome line decode recovery chip",
			value);
	default:
		if (FIND_WORD(results, value, &n)) {
			step->result = (enum odr_result)n;
			return ODR_OK;
		}
		return odr_fail(e, ODR_E_FILE, "there is no result \"%.20s\"; closed open paper",
				value);
	}
}

static enum odr_err lacks(const char *what, struct odr_error *e)
{
	return odr_fail(e, ODR_E_FILE, "%s is missing", what);
}

enum odr_err odr_step_set(struct odr_step *step, const char *key, char *value, struct odr_error *e)
{
	unsigned n = 0;
	const struct row *row = find(key, &n);
	char *at;

	if (!row || (is_numbered(row->type) && n >= row->most))
		return odr_fail(e, ODR_E_FILE, "there is no key \"%.30s\"; see guides/README", key);
	if (step->kind == ODR_KINDS && row->type != KIND)
		return lacks("kind", e);
	if (row->type != KIND && !(row->kinds & BIT(step->kind)))
		return odr_fail(e, ODR_E_FILE, "a step of kind %s has no %s", kinds[step->kind],
				row->name);
	if (!*value)
		return odr_fail(e, ODR_E_FILE,
				"%s has no value; leave it out, or write \" \" for an empty line",
				key);
	at = (char *)step + row->at;
	switch (row->type) {
	case LINES:
		step->text[n] = value;
		if (n + 1 > step->n_text)
			step->n_text = n + 1;
		return ODR_OK;
	case TEXT:
		*(const char **)(void *)at = value;
		return ODR_OK;
	case PICTURE:
		if (!odr_name_is_83(value, ""))
			return odr_fail(
				e, ODR_E_FILE,
				"\"%.30s\" is no picture; pics/NAME.txt is named by NAME, at "
				"most 8 of a-z 0-9 _ -",
				value);
		step->picture_name = value;
		return ODR_OK;
	case TARGET:
		if (!odr_is_target(value))
			return odr_bad_target(value, e);
		*(const char **)(void *)at = value;
		return ODR_OK;
	case YES:
		return odr_read_yes((bool *)(void *)at, value, e);
	case SECONDS:
		return odr_read_seconds(&step->timeout_s, value, e);
	case PASSES:
		return odr_read_passes(&step->passes, value, e);
	case CHOICE:
		if (n + 1 > step->n_choice)
			step->n_choice = n + 1;
		return odr_read_choice(&step->choice[n], value, e);
	case SET:
		return odr_read_set(&step->choice[n], value, e);
	case WHEN:
		if (n + 1 > step->n_when)
			step->n_when = n + 1;
		return odr_read_when(&step->when[n], value, e);
	case KIND:
	case VIEW:
	case RESULT:
		break;
	}
	return take_word(step, row->type, value, e);
}

void odr_step_clear(struct odr_step *step, const char *name)
{
	memset(step, 0, sizeof *step);
	snprintf(step->name, sizeof step->name, "%s", name);
	step->kind = ODR_KINDS;
	for (unsigned i = 0; i < ODR_GUIDE_CHOICES; i++)
		step->choice[i].fact = ODR_FACTS;
}

static enum odr_err hole(const char *what, unsigned n, struct odr_error *e)
{
	return odr_fail(e, ODR_E_FILE, "%s%u is missing; number them 1, 2, 3 without a gap", what,
			n + 1);
}

static enum odr_err end_run(struct odr_step *step, struct odr_error *e)
{
	static const char *const names[] = {[2] = "refused", [3] = "unchanged",	 [4] = "file",
					    [5] = "changed", [6] = "unverified", [7] = "nobody"};

	if (!step->command)
		return lacks("command", e);
	if (!step->next)
		return lacks("next", e);
	step->exit[0] = step->next;
	for (unsigned code = 2; code < 8; code++) {
		if (!step->exit[code])
			step->exit[code] = step->exit[8];
		if (!step->exit[code])
			return odr_fail(e, ODR_E_FILE,
					"%s is missing; name every outcome, or say fail = TARGET",
					names[code]);
	}
	if (!step->exit[8])
		step->exit[8] = step->exit[2];
	step->exit[1] = step->exit[8];
	return ODR_OK;
}

enum odr_err odr_step_end(struct odr_step *step, struct odr_error *e)
{
	if (step->kind == ODR_KINDS)
		return lacks("kind", e);
	if (!step->title && step->kind != ODR_CHECK)
		return lacks("title", e);
	for (unsigned i = 0; i < step->n_text; i++)
		if (!step->text[i])
			return hole("text", i, e);
	for (unsigned i = 0; i < ODR_GUIDE_CHOICES; i++) {
		if (!step->choice[i].key && (i < step->n_choice || step->choice[i].word))
			return hole("choice", i, e);
	}
	for (unsigned i = 0; i < step->n_when; i++)
		if (!step->when[i].target)
			return hole("when", i, e);
	switch (step->kind) {
	case ODR_SAY:
	case ODR_CHECK:
		return step->next ? ODR_OK : lacks("next", e);
	case ODR_ASK:
		return step->n_choice ? ODR_OK : lacks("choice1", e);
	case ODR_WAIT:
		if (!step->n_when)
			return lacks("when1", e);
		if (!step->timeout_s != !step->late)
			return lacks(step->late ? "timeout" : "late", e);
		return ODR_OK;
	case ODR_RUN:
		return end_run(step, e);
	case ODR_END:
		return step->result ? ODR_OK : lacks("result", e);
	case ODR_KINDS:
		break;
	}
	return ODR_OK;
}

enum odr_err odr_head_set(struct odr_guide *guide, const char **start, const char *key, char *value,
			  struct odr_error *e)
{
	if (!strcmp(key, "id"))
		guide->id = value;
	else if (!strcmp(key, "title"))
		guide->title = value;
	else if (!strcmp(key, "families"))
		guide->families = value;
	else if (!strcmp(key, "hosts"))
		guide->hosts = value;
	else if (!strcmp(key, "start"))
		*start = value;
	else if (!strcmp(key, "first"))
		return odr_read_yes(&guide->first, value, e);
	else
		return odr_fail(
			e, ODR_E_FILE,
			"there is no key \"%.30s\" in [guide]; id title families hosts start "
			"first",
			key);
	return ODR_OK;
}
