/*
 * A typed line taken apart (domain.md 1.3, 8.1).
 *
 * First words between blanks; a quoted piece is one word, its quotes are gone. Then each word into
 * tokens: what is glued together is cut where it can be known that something is glued.
 */
#include "guides/linesint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Where the next word goes, and what is being read. */
struct reader {
	struct odr_line *line;
	size_t used;	  /* of line->text */
	uint16_t word;	  /* the word as typed that is being cut */
	bool behind_file; /* the token before was the file: a name with a blank goes on */
};

const char *odr_line_word(const struct odr_line *line, uint16_t at)
{
	return line->text + at;
}

static bool same(const char *a, const char *b)
{
	return odr_lines_has_word(a, b);
}

/* ---- words ---- */

/* Copy into the line's text; 0, which is no word, when there is no room. */
static uint16_t keep(struct reader *r, const char *word, size_t len)
{
	uint16_t at = (uint16_t)r->used;

	if (len + 1 > sizeof r->line->text - r->used)
		return 0;
	memcpy(r->line->text + r->used, word, len);
	r->line->text[r->used + len] = 0;
	r->used += len + 1;
	return at;
}

static void fault(struct reader *r, enum odr_line_rule rule, uint16_t word)
{
	if (!(r->line->rules & ODR_LINE_BIT(rule)))
		r->line->fault[rule] = word;
	r->line->rules |= ODR_LINE_BIT(rule);
}

static void token(struct reader *r, enum odr_line_kind kind, uint16_t at)
{
	struct odr_line *line = r->line;

	if (!at || line->tokens == ODR_LINE_TOKENS) {
		fault(r, ODR_P3_WORD_TOO_MUCH, r->word);
		return;
	}
	line->token[line->tokens].kind = kind;
	line->token[line->tokens++].at = at;
	r->behind_file = kind == ODR_LINE_FILE;
}

/* A quote at text: its bytes. Those of forums come as UTF-8, E2 80 98 to 9F. */
static size_t quote_len(const char *text)
{
	if (*text == '"' || *text == '\'')
		return 1;
	if (!strncmp(text, "\xE2\x80", 2) && (unsigned char)text[2] >= 0x98 &&
	    (unsigned char)text[2] <= 0x9F)
		return 3;
	return 0;
}

static bool is_blank(char c)
{
	return c && strchr(" \t\r\n", c);
}

/* The next word, printable, without quotes. Returns what is behind it; "" in out: no more words. */
static const char *next_word(const char *text, char *out, size_t cap, bool *quoted)
{
	size_t n = 0, quote;
	bool inside = false;

	*quoted = false;
	while (is_blank(*text))
		text++;
	for (; *text && (inside || !is_blank(*text)); text++) {
		quote = quote_len(text);
		if (quote) {
			inside = !inside;
			*quoted = true;
			text += quote - 1;
		} else if (n + 1 < cap) {
			out[n++] = *text >= ' ' && *text < 127 ? *text : '?';
		}
	}
	/* "" is a word that is not there; at the end of the line nothing may look like one. */
	if (!n && *quoted && cap > 1)
		out[n++] = '?';
	out[n] = 0;
	return text;
}

/* ---- what a piece can be ---- */

static bool is_switch(const char *word)
{
	return same("/b /m /sata /h", word);
}

/* The letters of "sata" at word, and then the end or the next slash. */
static bool is_sata(const char *word)
{
	char plain[5];

	snprintf(plain, sizeof plain, "%.4s", word);
	return same("sata", plain) && (!word[4] || word[4] == '/');
}

/* "/m/b", "/mb": nothing but switches, some glued. */
static bool is_switches(const char *word)
{
	if (strlen(word) < 3)
		return false;
	while (*word == '/') {
		word++;
		if (is_sata(word)) {
			word += 4;
			continue;
		}
		if (!*word || !strchr("bmhBMH", *word))
			return false;
		word += strspn(word, "bmhBMH");
	}
	return !*word;
}

/* A letter or x, #: what stands where the digit belongs. */
static bool is_channel(char c)
{
	return isdigit((unsigned char)c) || c == 'x' || c == 'X' || c == '#';
}

static bool is_op(char c)
{
	return c && strchr("rwcsvRWCSV", c);
}

/* ---- tokens ---- */

static void take_switch(struct reader *r, const char *word, size_t len)
{
	char plain[8];
	uint16_t at = keep(r, word, len);

	snprintf(plain, sizeof plain, "%.*s", (int)len, word);
	r->line->b |= same("/b", plain);
	r->line->m |= same("/m", plain);
	r->line->h |= same("/h", plain);
	r->line->sata |= same("/sata", plain);
	token(r, ODR_LINE_SWITCH, at);
}

/* Each switch of a word for which is_switches() is true. */
static void take_switches(struct reader *r, const char *word)
{
	while (*word) {
		char one[3] = {'/', 0, 0};

		word++; /* the slash */
		if (is_sata(word)) {
			take_switch(r, "/sata", 5);
			word += 4;
			continue;
		}
		for (; *word && *word != '/'; word++) {
			one[1] = *word;
			take_switch(r, one, 2);
		}
	}
}

static void take_op(struct reader *r, const char *word, size_t len)
{
	struct odr_line *line = r->line;

	line->op = len == 1 && is_op(*word) ? (char)tolower((unsigned char)*word) : '?';
	if (line->op != 'r' && line->op != 'w' && line->op != 'c')
		fault(r, ODR_L12_UNKNOWN_OP, r->word);
	token(r, ODR_LINE_OP, keep(r, word, len));
}

static void take_channel(struct reader *r, const char *word, size_t len)
{
	bool good = len == 1 && *word >= '1' && *word <= '4';

	r->line->channel = good ? (unsigned)(*word - '0') : 0;
	if (!good)
		fault(r, ODR_L3_NO_CHANNEL, r->word);
	token(r, ODR_LINE_CHANNEL, keep(r, word, len));
}

static void take_odd(struct reader *r, const char *word, enum odr_line_rule rule)
{
	fault(r, rule, r->word);
	token(r, ODR_LINE_ODD, keep(r, word, strlen(word)));
}

/* A blank does not end a name for the one who typed it: the parts become one name again. */
static void take_file(struct reader *r, const char *word, size_t len)
{
	struct odr_line *line = r->line;
	char name[ODR_LINE_MAX];
	uint16_t at = 0;

	if (!line->file) {
		line->file = keep(r, word, len);
		token(r, ODR_LINE_FILE, line->file);
		return;
	}
	if (r->behind_file) {
		snprintf(name, sizeof name, "%s %.*s", odr_line_word(line, line->file), (int)len,
			 word);
		at = keep(r, name, strlen(name));
	}
	if (at)
		line->file = line->token[line->tokens - 1].at = at;
	else
		take_odd(r, word, ODR_P3_WORD_TOO_MUCH);
}

/* Before the operation: a digit, the letter, or both glued, perhaps with switches behind. */
static void take_front(struct reader *r, const char *word)
{
	const char *rest = word;
	bool has_channel = r->line->channel || (r->line->rules & ODR_LINE_BIT(ODR_L3_NO_CHANNEL));

	if (!has_channel && is_channel(*rest) && is_op(rest[1]) &&
	    (!rest[2] || is_switches(rest + 2) || is_switch(rest + 2))) {
		fault(r, ODR_L2_GLUED_OP, r->word);
		take_channel(r, rest++, 1);
	}
	if (is_op(*rest) && (is_switches(rest + 1) || is_switch(rest + 1))) {
		fault(r, ODR_L2_GLUED_OP, r->word);
		if (!is_switch(rest + 1))
			fault(r, ODR_L1_GLUED_SWITCH, r->word);
		take_op(r, rest, 1);
		take_switches(r, rest + 1);
	} else if (is_op(*rest) && !rest[1]) {
		take_op(r, rest, 1);
	} else if (strpbrk(rest, ".\\/")) {
		take_file(r, rest, strlen(rest));
	} else if (!has_channel) {
		take_channel(r, rest, strlen(rest));
	} else if (!r->line->channel || isdigit((unsigned char)*rest)) {
		take_odd(r, rest, ODR_P3_WORD_TOO_MUCH);
	} else {
		take_op(r, rest, strlen(rest)); /* it stands where the letter belongs */
	}
}

/* A word with a slash in front: switches, an operation as 1.83 takes it, or a path of Linux. */
static void take_slash(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	if (is_switch(word)) {
		take_switch(r, word, len);
	} else if (is_switches(word)) {
		fault(r, ODR_L1_GLUED_SWITCH, r->word);
		take_switches(r, word);
	} else if (!r->line->op && len == 2 && is_op(word[1])) {
		fault(r, ODR_P5_OP_WITH_SLASH, r->word);
		take_op(r, word + 1, 1);
	} else if (strchr("bmhBMH", word[1]) && word[1] && strchr(word, '.') &&
		   !strchr(word + 1, '/')) {
		fault(r, ODR_L1_GLUED_SWITCH, r->word);
		take_switch(r, word, 2);
		take_file(r, word + 2, len - 2);
	} else if (strchr(word, '.') || strchr(word + 1, '/')) {
		take_file(r, word, len);
	} else {
		take_odd(r, word, ODR_P2_UNKNOWN_SWITCH);
	}
}

static void take_word(struct reader *r, const char *word)
{
	const char *slash = strchr(word, '/');
	char meant[8];

	if (word[0] == '/') {
		take_slash(r, word);
	} else if ((word[0] == '-' || word[0] == '\\') && same("b m h sata", word + 1)) {
		snprintf(meant, sizeof meant, "/%s", word + 1);
		fault(r, ODR_P2_UNKNOWN_SWITCH, r->word);
		take_switch(r, meant, strlen(meant));
	} else if (slash && strchr(word, '.') && (is_switches(slash) || is_switch(slash))) {
		fault(r, ODR_L1_GLUED_SWITCH, r->word);
		take_file(r, word, (size_t)(slash - word));
		take_switches(r, slash);
	} else if (!r->line->op && !r->line->file) {
		take_front(r, word);
	} else {
		take_file(r, word, strlen(word));
	}
}

static bool is_tool(const char *word)
{
	char plain[4];

	snprintf(plain, sizeof plain, "%.3s", odr_base_name(word));
	return same("mtk", plain);
}

/* What shows only when all words are there. */
static void judge(struct odr_line *line, struct reader *r)
{
	char dos[ODR_DOS_NAME];
	const char *file = odr_line_word(line, line->file), *part = file;
	bool long_name = false, has_channel = line->rules & ODR_LINE_BIT(ODR_L3_NO_CHANNEL);

	if (line->file) {
		if (part[0] && part[1] == ':')
			part += 2;
		for (size_t len; *part; part += len + (part[len] == '\\')) {
			char name[ODR_LINE_MAX];

			len = strcspn(part, "\\");
			snprintf(name, sizeof name, "%.*s", (int)len, part);
			if (len && strspn(name, ".") < len)
				long_name |= strchr(name, '/') || !odr_dos_name(name, dos);
		}
		long_name |= !*odr_base_name(file);
	}
	if (long_name)
		fault(r, ODR_L5_LONG_NAME, line->file);
	if (!line->op)
		fault(r, ODR_P4_NO_OP, 0);
	if ((line->op == 'w' || line->op == 'r') && !line->file)
		fault(r, ODR_L6_NO_FILE, 0);
	if (line->op == 'w' && line->b && odr_lines_kind(file) == ODR_FILE_KIND_HEX)
		fault(r, ODR_L8_HEX_WITH_B, line->file);
	if (!line->channel && !has_channel)
		fault(r, ODR_L10_NO_DIGIT, 0);
	if (line->op == 'c' && line->file)
		fault(r, ODR_P3_WORD_TOO_MUCH, line->file);
	if (line->channel == 1 || line->channel == 2)
		fault(r, ODR_L13_PRIMARY, 0);
}

/* Quotes round the whole line are the shell's or a forum's, not the line's. */
static const char *unquote(const char *text, size_t *len)
{
	while (is_blank(*text))
		text++;
	*len = strlen(text);
	while (*len && is_blank(text[*len - 1]))
		(*len)--;
	if (*len > 1 && (*text == '"' || *text == '\'') &&
	    memchr(text + 1, *text, *len - 1) == text + *len - 1) {
		*len -= 2;
		text++;
	}
	return text;
}

bool odr_line_parse(struct odr_line *out, const char *text)
{
	struct reader r = {.line = out, .used = 1};
	char whole[ODR_LINE_MAX], word[ODR_LINE_MAX];
	const char *first = word, *prompt;
	bool quoted;
	size_t len;

	memset(out, 0, sizeof *out);
	text = unquote(text, &len);
	snprintf(whole, sizeof whole, "%.*s", (int)(len < sizeof whole ? len : sizeof whole - 1),
		 text);
	text = next_word(whole, word, sizeof word, &quoted);
	prompt = strrchr(word, '>');
	if (prompt && !prompt[1])
		text = next_word(text, word, sizeof word, &quoted);
	else if (prompt)
		first = prompt + 1;
	if (is_tool(first)) {
		token(&r, ODR_LINE_TOOL, keep(&r, first, strlen(first)));
		text = next_word(text, word, sizeof word, &quoted);
		first = word;
		out->bare = !*first;
	} else if (is_channel(*first) || (is_op(*first) && !first[1])) {
		fault(&r, ODR_P1_NO_TOOL, 0); /* it begins like one: 3 w ... */
	} else {
		return false;
	}
	while (*first) {
		if (quoted)
			fault(&r, ODR_L4_QUOTES, 0);
		r.word = keep(&r, first, strlen(first));
		take_word(&r, first);
		text = next_word(text, word, sizeof word, &quoted);
		first = word;
	}
	if (len >= sizeof whole)
		fault(&r, ODR_P3_WORD_TOO_MUCH, r.word);
	if (!out->bare)
		judge(out, &r);
	return true;
}
