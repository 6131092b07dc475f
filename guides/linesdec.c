/* What the screen says, in words: which row it is, how far the run was, is the chip erased, what now. */
#include "guides/linesfnd.h"

#include <stdio.h>
#include <string.h>

enum { BANNER = 1 /* row n1 */, HANGS = 9 /* row E9 */ };

struct teller {
	const struct odr_lines *l;
	struct odr_decoded *d;
	odr_line_say *say;
	void *ctx;
	struct odr_lines_fill fill;
};

static void tell(const struct teller *t, const char *key, const char *row, const char *name)
{
	odr_lines_say(t->say, t->ctx, key, odr_lines_text(t->l->errors, row, name), &t->fill);
}

/* key1, key2, ... of a row. */
static void tell_all(const struct teller *t, const char *key, const char *row, const char *name)
{
	const char *text;

	for (unsigned n = 1; *(text = odr_lines_nth(t->l->errors, row, name, n)); n++)
		odr_lines_say(t->say, t->ctx, key, text, &t->fill);
}

/* The chip after one more line of the text. An end without a beginning (alone) can be of any run. */
static enum odr_erased follow(enum odr_erased now, const char *word, bool alone)
{
	if (!strcmp(word, "written"))
		return ODR_ERASED_WRITTEN;
	if (!strcmp(word, "yes"))
		return ODR_ERASED_YES;
	if (!strcmp(word, "half"))
		return now == ODR_ERASED_YES ? now : ODR_ERASED_HALF;
	if (!strcmp(word, "before") && !alone)
		return now >= ODR_ERASED_HALF ? ODR_ERASED_WRITTEN : now;
	if (now == ODR_ERASED_NO && strcmp(word, "no") != 0)
		return ODR_ERASED_UNKNOWN;
	return now;
}

static const char *erased_word(enum odr_erased erased)
{
	static const char *const words[] = {"no", "unknown", "half", "yes", "written"};

	return words[erased];
}

/* What a single value means: status 51, maker's number FF. */
static void tell_value(const struct teller *t, const struct odr_lines_match *match)
{
	char value[ODR_LINES_VALUE], row[8], name[16];

	odr_lines_row_name(match, row);
	odr_lines_value(t->l, t->d, match, value, &t->d->position);
	snprintf(name, sizeof name, "value_%.4s", value);
	tell(t, "seen", row, name);
}

/* The run as it is told by its normal lines, and what it says of version, position and chip. */
static void tell_run(struct teller *t, const struct odr_lines_match *match, unsigned n)
{
	char run[ODR_LINES_TEXT] = "", value[ODR_LINES_VALUE], row[8];
	const struct odr_lines_fill fill = {.value = value};
	const char *bare;
	size_t used = 0;

	for (unsigned i = 0; i < n; i++) {
		if (!match[i].normal)
			continue;
		odr_lines_row_name(&match[i], row);
		odr_lines_value(t->l, t->d, &match[i], value, &t->d->position);
		snprintf(run + used, sizeof run - used, "%s", used ? ", " : "");
		used = strlen(run);
		bare = odr_lines_text(t->l->errors, row, "bare");
		odr_lines_fill(run + used, sizeof run - used,
			       *value || !*bare ? odr_lines_text(t->l->errors, row, "text") : bare,
			       &fill);
		used = strlen(run);
		if (match[i].row == BANNER)
			t->d->version = odr_mtk_version(t->l, value);
	}
	if (t->say && used)
		t->say(t->ctx, "run", run);
	if (t->d->version)
		odr_lines_say(t->say, t->ctx, t->d->version->id, t->d->version->said, &t->fill);
}

static void tell_error(struct teller *t, const struct odr_lines_match *match, bool with_erased)
{
	char row[8], seen[ODR_LINES_TEXT];

	odr_lines_row_name(match, row);
	snprintf(seen, sizeof seen, "E%s: %s", row + 1, odr_lines_text(t->l->errors, row, "title"));
	odr_lines_say(t->say, t->ctx, "seen", seen, &t->fill);
	tell_value(t, match);
	tell(t, "where", row, "where");
	if (with_erased)
		tell(t, "erased", "erased", erased_word(t->d->erased));
	tell_all(t, "cause", row, "cause");
	tell_all(t, "helps", row, "help");
	tell(t, "now", row, "next");
	tell(t, "source", row, "source");
}

/* The row that tells what it means when nothing follows this line; "": none does. */
static const char *stands_of(const struct teller *t, const struct odr_lines_match *match)
{
	char value[ODR_LINES_VALUE], row[8], name[16];
	const char *stands;

	if (!match->normal)
		return "";
	odr_lines_row_name(match, row);
	odr_lines_value(t->l, t->d, match, value, &t->d->position);
	snprintf(name, sizeof name, "stands_%.2s", value);
	stands = odr_lines_text(t->l->errors, row, name);
	return *stands ? stands : odr_lines_text(t->l->errors, row, "stands");
}

/* Nothing but normal lines: where it stands, what comes, and what it means when nothing comes. */
static void tell_normal(struct teller *t, const struct odr_lines_match *last)
{
	char row[8];
	const char *stands;

	odr_lines_row_name(last, row);
	tell(t, "seen", "decode", "fine");
	tell(t, "where", row, "where");
	tell(t, "erased", "erased", erased_word(t->d->erased));
	tell(t, "now", row, "next");
	stands = stands_of(t, last);
	if (*stands) {
		t->fill.value = odr_lines_text(t->l->errors, stands, "title");
		tell(t, "if", "decode", "stands");
		tell(t, "then", stands, "next");
	}
	tell(t, "source", row, "source");
}

/* "eN" as a number; 0: it names no row. */
static unsigned row_number(const char *name)
{
	unsigned row = 0;

	return sscanf(name, "e%u", &row) == 1 && row <= ODR_ERROR_ROWS ? row : 0;
}

/*
 * The error row that a match means, 0: none. "It hangs" means the row of the line behind which it hangs;
 * a normal line can hold a value that is none, like the maker's number FF.
 */
static unsigned error_of(const struct teller *t, const struct odr_lines_match *match, unsigned n,
			 unsigned at)
{
	char value[ODR_LINES_VALUE], row[8], is[8];
	unsigned error = match[at].row;

	if (match[at].normal) {
		odr_lines_row_name(&match[at], row);
		odr_lines_value(t->l, t->d, &match[at], value, &t->d->position);
		snprintf(is, sizeof is, "is_%.4s", value);
		return row_number(odr_lines_text(t->l->errors, row, is));
	}
	for (unsigned i = 0; i < n && match[at].row == HANGS; i++) {
		unsigned stands = row_number(stands_of(t, &match[i]));

		if (stands)
			error = stands;
	}
	return error;
}

bool odr_line_decode(const struct odr_lines *l, const char *text, struct odr_decoded *out,
		     odr_line_say *say, void *ctx)
{
	struct teller t = {.l = l, .d = out, .say = say, .ctx = ctx};
	struct odr_lines_match match[ODR_LINES_ROWS], told[ODR_ERROR_ROWS];
	unsigned n, errors = 0;
	bool first = true;
	char row[8];

	memset(out, 0, sizeof *out);
	odr_lines_squeeze(out, text);
	n = odr_lines_find(l, out, match);
	if (!n) {
		tell(&t, "seen", "unknown", "seen");
		tell_all(&t, "look", "unknown", "look");
		return false;
	}
	tell_run(&t, match, n);
	for (unsigned i = 0; i < n; i++) {
		unsigned error = error_of(&t, match, n, i);

		odr_lines_row_name(&match[i], row);
		out->erased = follow(out->erased, odr_lines_text(l->errors, row, "erased"), i == 0);
		if (match[i].normal)
			out->normals |= 1u << match[i].row;
		if (!error || (out->errors & (1u << error)))
			continue;
		out->errors |= 1u << error;
		told[errors] = match[i];
		told[errors].normal = false;
		told[errors++].row = (uint8_t)error;
	}
	while (errors-- > 0) {
		tell_error(&t, &told[errors], first);
		first = false;
	}
	if (!out->errors)
		tell_normal(&t, &match[n - 1]);
	return true;
}
