#include "guides/linesfnd.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	GAP = 12, /* letters that may stand between two words of a pattern: "to", "the", "when it" */
	LONG_WORD = 5,	/* one wrong letter is forgiven in words of this length */
	LONG_ALONE = 7, /* ... in a pattern of one word: "stick" is not "stuck" */
};

/* ---- the text ---- */

void odr_lines_squeeze(struct odr_decoded *d, const char *text)
{
	size_t len = strlen(text), n = 0;

	if (len >= sizeof d->text)
		text += len - (sizeof d->text - 1);
	for (len = 0; text[len]; len++) {
		char c = text[len];

		d->text[len] = c == '\n' || (c >= ' ' && c < 127) ? c : ' ';
		if (!isalnum((unsigned char)d->text[len]) && c != '%' && c != ':')
			continue;
		d->plain[n] = (char)tolower((unsigned char)c);
		d->at[n++] = (uint16_t)len;
	}
	d->text[len] = d->plain[n] = 0;
}

/* ---- patterns ---- */

static size_t prefix(const char *text, const char *word, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] && text[n] == word[n])
		n++;
	return n;
}

/* The length of `word` at the start of text, with at most one wrong letter if `forgive`; 0: not it. */
static size_t word_at(const char *text, const char *word, size_t len, bool forgive)
{
	size_t same = prefix(text, word, len);
	const char *t = text + same, *w = word + same;
	size_t rest = len - same;

	if (!rest)
		return len;
	if (!forgive || !same || !*t)
		return 0;
	if (prefix(t + 1, w + 1, rest - 1) == rest - 1) /* another letter */
		return len;
	if (prefix(t + 1, w, rest) == rest) /* a letter too many */
		return len + 1;
	if (prefix(t, w + 1, rest - 1) == rest - 1) /* a letter is missing */
		return len - 1;
	if (rest > 1 && t[0] == w[1] && t[1] == w[0] &&
	    prefix(t + 2, w + 2, rest - 2) == rest - 2) /* two are swapped */
		return len;
	return 0;
}

/* A word begins there: what stands before it in the text is no letter or digit. */
static bool begins_word(const struct odr_decoded *d, size_t at)
{
	return !d->at[at] || !isalnum((unsigned char)d->text[d->at[at] - 1]);
}

/* The end of the pattern that begins at `from`; 0: it does not. */
static size_t pattern_at(const struct odr_decoded *d, size_t from, const char *pattern, size_t gap)
{
	bool first = true, alone = !strchr(pattern, ' ');
	size_t at = from;

	while (*pattern) {
		size_t len = strcspn(pattern, " "), n = 0, skip;
		bool forgive = len >= (size_t)(alone ? LONG_ALONE : LONG_WORD);

		for (skip = 0; skip <= (first ? 0 : gap) && d->plain[at + skip] && !n; skip++) {
			/* 00% is not the end of 100% */
			if (isdigit((unsigned char)*pattern) && at + skip &&
			    isdigit((unsigned char)d->plain[at + skip - 1]))
				continue;
			n = word_at(d->plain + at + skip, pattern, len, forgive);
		}
		if (!n)
			return 0;
		at += skip - 1 + n;
		first = false;
		pattern += len;
		pattern += strspn(pattern, " ");
	}
	return at;
}

static bool find_last(const struct odr_decoded *d, const char *pattern, size_t gap,
		      struct odr_lines_match *m)
{
	size_t from = strlen(d->plain), to;

	while (from-- > 0) {
		if (!begins_word(d, from))
			continue;
		to = pattern_at(d, from, pattern, gap);
		if (to) {
			m->from = (uint16_t)from;
			m->to = (uint16_t)to;
			return true;
		}
	}
	return false;
}

void odr_lines_row_name(const struct odr_lines_match *m, char out[8])
{
	snprintf(out, 8, "%c%u", m->normal ? 'n' : 'e', m->row);
}

/* The pattern of the row that reaches furthest; of two that reach as far the longer. */
static bool find_row(const struct odr_lines *l, const struct odr_decoded *d,
		     struct odr_lines_match *m)
{
	struct odr_lines_match now = *m;
	const char *pattern, *asked;
	size_t gap = GAP;
	bool found = false;
	char row[8];

	odr_lines_row_name(m, row);
	asked = odr_lines_text(l->errors, row, "gap");
	if (*asked)
		gap = (size_t)strtoul(asked, NULL, 10);
	for (unsigned n = 1; *(pattern = odr_lines_nth(l->errors, row, "pattern", n)); n++) {
		if (!find_last(d, pattern, gap, &now))
			continue;
		if (!found || now.to > m->to || (now.to == m->to && now.from < m->from))
			*m = now;
		found = true;
	}
	return found;
}

/* Does b hide a? Both overlap, and b is longer; or as long, and of the two the earlier row. */
static bool hides(const struct odr_lines_match *b, const struct odr_lines_match *a)
{
	size_t len_a = a->to - a->from, len_b = b->to - b->from;

	if (b->from >= a->to || a->from >= b->to)
		return false;
	if (len_b != len_a)
		return len_b > len_a;
	return b->normal == a->normal ? b->row < a->row : a->normal;
}

unsigned odr_lines_find(const struct odr_lines *l, const struct odr_decoded *d,
			struct odr_lines_match out[ODR_LINES_ROWS])
{
	unsigned found = 0, kept = 0;

	for (unsigned n = 0; n < ODR_LINES_ROWS; n++) {
		struct odr_lines_match m = {.normal = n >= ODR_ERROR_ROWS};
		unsigned at = found;

		m.row = (uint8_t)(m.normal ? n - ODR_ERROR_ROWS + 1 : n + 1);
		if (!find_row(l, d, &m))
			continue;
		for (; at && out[at - 1].from > m.from; at--)
			out[at] = out[at - 1];
		out[at] = m;
		found++;
	}
	for (unsigned i = 0; i < found; i++) {
		struct odr_lines_match m = out[i];
		bool hidden = false;

		for (unsigned j = 0; j < found && !hidden; j++)
			hidden = j != i && hides(&out[j], &m);
		out[i].row = hidden ? 0 : m.row;
	}
	for (unsigned i = 0; i < found; i++)
		if (out[i].row)
			out[kept++] = out[i];
	return kept;
}

/* ---- values ---- */

/* The text behind `word`, in the match or else before it. NULL: no such word. */
static const char *behind(const struct odr_decoded *d, const struct odr_lines_match *m,
			  const char *word)
{
	size_t len = strlen(word), from = m->from;

	for (size_t i = from; d->plain[i]; i++)
		if (prefix(d->plain + i, word, len) == len)
			return d->text + d->at[i + len - 1] + 1;
	while (from-- > 0)
		if (prefix(d->plain + from, word, len) == len)
			return d->text + d->at[from + len - 1] + 1;
	return NULL;
}

/* The next run of hex digits, at most 12 letters away: "= 80", ": da", "=0x51". */
static void take_hex(const char *text, char *out)
{
	size_t n;

	for (size_t i = 0; i < 12 && text[i]; i++) {
		if (!strncmp(text + i, "0x", 2))
			i += 2;
		n = strspn(text + i, "0123456789abcdefABCDEF");
		if (n && !isalnum((unsigned char)text[i + n]) &&
		    (!i || !isalpha((unsigned char)text[i - 1]) || text[i - 1] == 'x')) {
			snprintf(out, ODR_LINES_VALUE, "%s%.*s", n == 1 ? "0" : "", (int)n,
				 text + i);
			for (; *out; out++)
				*out = (char)tolower((unsigned char)*out);
			return;
		}
		i += n;
		if (!text[i])
			return;
	}
}

/* The last number that has a % before letters come again: "00%", "05% 10% 15%". */
static void take_percent(const char *text, char *out)
{
	for (; *text && !isalpha((unsigned char)*text); text++) {
		size_t n = strspn(text, "0123456789");

		if (n && n < 4 && text[n + strspn(text + n, " ")] == '%')
			snprintf(out, ODR_LINES_VALUE, "%.*s %%", (int)n, text);
		text += n;
		if (!*text)
			return;
	}
}

static void take_run(const char *text, const char *letters, char *out)
{
	text += strspn(text, " .:=(");
	snprintf(out, ODR_LINES_VALUE, "%.*s", (int)strspn(text, letters), text);
}

/* "WINBOND (W29C040)": to the end of the line, of the bracket, or before "Please". */
static void take_name(const char *text, char *out)
{
	size_t n = 0;

	text += strspn(text, " .:=");
	while (n + 1 < ODR_LINES_VALUE && text[n] && text[n] != '\n' &&
	       strncmp(text + n, " Please", 7) != 0 && strncmp(text + n, " please", 7) != 0) {
		out[n] = text[n];
		if (text[n++] == ')')
			break;
	}
	out[n] = 0;
}

/* "Port: 170, Master/Slave: a0" (domain.md 1.3): the position in words. */
static void take_port(const struct odr_lines *l, const struct odr_decoded *d,
		      const struct odr_lines_match *m, const char *text, char *out,
		      unsigned *position)
{
	char port[ODR_LINES_VALUE] = "", select[ODR_LINES_VALUE] = "";
	const char *slave = behind(d, m, "slave");

	take_hex(text, port);
	if (slave)
		take_hex(slave, select);
	*position = !strcmp(port, "1f0") ? 1 : !strcmp(port, "170") ? 3 : 0;
	if (*position && !strcmp(select, "b0"))
		++*position;
	else if (strcmp(select, "a0") != 0)
		*position = 0;
	if (*position)
		snprintf(out, ODR_LINES_VALUE, "the %s, digit %u", odr_lines_at(l, *position),
			 *position);
	else
		snprintf(out, ODR_LINES_VALUE, "%s", odr_lines_at(l, 0));
}

void odr_lines_value(const struct odr_lines *l, const struct odr_decoded *d,
		     const struct odr_lines_match *m, char out[ODR_LINES_VALUE], unsigned *position)
{
	char row[8], word[12], kind[12];
	const char *text;

	out[0] = 0;
	odr_lines_row_name(m, row);
	if (sscanf(odr_lines_text(l->errors, row, "take"), "%11s %11s", word, kind) != 2)
		return;
	text = behind(d, m, word);
	if (!text)
		return;
	if (!strcmp(kind, "hex"))
		take_hex(text, out);
	else if (!strcmp(kind, "percent"))
		take_percent(text, out);
	else if (!strcmp(kind, "number"))
		take_run(text, "0123456789", out);
	else if (!strcmp(kind, "version"))
		take_run(text, "0123456789.abc", out);
	else if (!strcmp(kind, "name"))
		take_name(text, out);
	else if (!strcmp(kind, "port"))
		take_port(l, d, m, text, out, position);
}
