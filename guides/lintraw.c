/*
 * lintraw.c - the raw lines of an INI file. iniparser merges what is doubled, cuts what is not quoted,
 * joins lines at a backslash and knows no line numbers; here is where that comes to light.
 */
#include "guides/lint.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 1000 }; /* iniparser 4.1 refuses a line over 1 KB */

struct reader {
	struct odr_lint_file *file;
	unsigned line;
	char section[ODR_INI_WORD];
	bool told_cr;
};

/* A line that is neither a section nor a key. */
static void garbled(struct reader *r, const char *text)
{
	r->file->garbled = true;
	odr_lint_say(r->file->lint, r->file->name, r->line, "%s", text);
}

#define SAY(r, ...) odr_lint_say((r)->file->lint, (r)->file->name, (r)->line, __VA_ARGS__)

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A name of a section or key: lower case, since iniparser makes it so and targets are compared. */
static bool take_name(char out[ODR_INI_WORD], const char *from, const char *to)
{
	while (from < to && is_blank(*from))
		from++;
	while (to > from && is_blank(to[-1]))
		to--;
	if (from == to || to - from >= ODR_INI_WORD)
		return false;
	for (const char *c = from; c < to; c++)
		if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_' &&
		    *c != '.') /* 1.80.1, a version of MTKFLASH */
			return false;
	snprintf(out, ODR_INI_WORD, "%.*s", (int)(to - from), from);
	return true;
}

static void check_bytes(struct reader *r, const char *text, size_t len)
{
	if (len > LINE_MAX_BYTES)
		SAY(r, "longer than %d bytes; iniparser refuses the file", LINE_MAX_BYTES);
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] > '~') {
			SAY(r, "a letter outside ASCII; DOS and serial lines show something else");
			return;
		}
		if ((unsigned char)text[i] < ' ' && text[i] != '\t') {
			SAY(r, "control byte %02X; take it out", (unsigned)text[i]);
			return;
		}
	}
}

static void check_value(struct reader *r, const char *value)
{
	const char *end;

	if (strchr(value, '\\')) {
		SAY(r,
		    "a backslash: \\\" ends the value in one iniparser and not in the next; write "
		    "' and /");
	} else if (*value == '\'') {
		SAY(r, "' quotes for iniparser, too; put the value into double quotes");
	} else if (*value != '"') {
		if (strpbrk(value, ";#"))
			SAY(r, "iniparser cuts the value at %c; put it into double quotes",
			    *strpbrk(value, ";#"));
		if (strchr(value, '\t'))
			SAY(r, "a tab in the value; write blanks");
	} else if (!(end = strchr(value + 1, '"'))) {
		SAY(r, "the value has no closing quote");
	} else {
		const char *rest = end + 1 + strspn(end + 1, " \t");

		if (memchr(value, '\t', (size_t)(end - value)))
			SAY(r, "a tab in the value; write blanks");
		if (*rest && *rest != ';' && *rest != '#')
			SAY(r, "the value ends at its second \"; write ' for a quote inside");
	}
}

static void note(struct reader *r, const char *key)
{
	struct odr_raw *raw = &r->file->raw;
	struct odr_raw_word *word;

	for (unsigned i = 0; i < raw->words; i++)
		if (!strcmp(raw->word[i].section, r->section) && !strcmp(raw->word[i].key, key)) {
			SAY(r, "%s%s%s stands here twice, first in line %u; iniparser merges them",
			    *key ? key : "[", *key ? "" : r->section, *key ? "" : "]",
			    raw->word[i].line);
			return;
		}
	if (raw->words % 64 == 0) {
		word = realloc(raw->word, (raw->words + 64) * sizeof *word);
		if (!word) {
			SAY(r, "no memory for so many lines");
			return;
		}
		raw->word = word;
	}
	word = &raw->word[raw->words++];
	word->line = r->line;
	snprintf(word->section, sizeof word->section, "%s", r->section);
	snprintf(word->key, sizeof word->key, "%s", key);
}

static void take_section(struct reader *r, const char *text)
{
	const char *end = strchr(text, ']');

	if (!end || end[1 + strspn(end + 1, " \t")]) {
		garbled(r, "a section is [name] and nothing behind it");
	} else if (!take_name(r->section, text + 1, end)) {
		garbled(r, "a section's name consists of at most 39 of a-z 0-9 _ .");
	} else {
		note(r, "");
	}
}

static void take_line(struct reader *r, char *text, size_t len)
{
	char key[ODR_INI_WORD];
	const char *equals;

	if (len && text[len - 1] == '\r') {
		if (!r->told_cr)
			SAY(r, "ends with CR LF; save it with LF alone");
		r->told_cr = true;
		len--;
	}
	check_bytes(r, text, len);
	text[len] = '\0';
	while (len && is_blank(text[len - 1]))
		text[--len] = '\0';
	text += strspn(text, " \t");
	if (*text == ';' || *text == '#') {
		if (text[strlen(text) - 1] == '\\')
			SAY(r, "a backslash at the end: iniparser takes the next line for comment");
		return;
	}
	if (!*text)
		return;
	if (*text == '[') {
		take_section(r, text);
		return;
	}
	equals = strchr(text, '=');
	if (!equals) {
		garbled(r, "neither [section] nor key = value nor # comment");
	} else if (!take_name(key, text, equals)) {
		garbled(r, "a key consists of at most 39 of a-z 0-9 _ .");
	} else {
		note(r, key);
		check_value(r, equals + 1 + strspn(equals + 1, " \t"));
	}
}

/* The whole file, ended by a zero byte; more than it may have is cut. */
static char *slurp(struct reader *r, size_t *len)
{
	char path[ODR_PATH_ROOM];
	char *text = malloc(ODR_GUIDE_BYTES + 2);
	FILE *in;

	odr_path(path, r->file->lint->folder, r->file->name);
	in = text ? fopen(path, "rb") : NULL;
	if (!in) {
		SAY(r, "cannot be read");
		free(text);
		return NULL;
	}
	*len = fread(text, 1, ODR_GUIDE_BYTES + 1, in);
	fclose(in);
	if (*len > ODR_GUIDE_BYTES) {
		SAY(r, "more than %d bytes; go on in another file", ODR_GUIDE_BYTES);
		*len = ODR_GUIDE_BYTES;
	}
	text[*len] = '\0';
	return text;
}

void odr_lint_raw(struct odr_lint_file *file)
{
	struct reader r = {.file = file, .line = 1};
	size_t len, at = 0;
	char *text = slurp(&r, &len);

	if (!text)
		return;
	if (len >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
		SAY(&r, "begins with a byte order mark; save it as plain ASCII");
		at = 3;
	}
	while (at < len) {
		const char *newline = memchr(text + at, '\n', len - at);
		size_t line = newline ? (size_t)(newline - (text + at)) : len - at;

		take_line(&r, text + at, line);
		at += line + 1;
		r.line++;
	}
	free(text);
}

unsigned odr_raw_line(const struct odr_raw *raw, const char *section, const char *key)
{
	unsigned line = 1;

	for (unsigned i = 0; i < raw->words; i++) {
		if (strcmp(raw->word[i].section, section) != 0)
			continue;
		if (!strcmp(raw->word[i].key, key))
			return raw->word[i].line;
		if (!*raw->word[i].key)
			line = raw->word[i].line;
	}
	return line;
}

bool odr_raw_has_section(const struct odr_raw *raw, const char *prefix)
{
	for (unsigned i = 0; i < raw->words; i++)
		if (!strncmp(raw->word[i].section, prefix, strlen(prefix)))
			return true;
	return false;
}
