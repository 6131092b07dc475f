/*
 * The INI reader. iniparser gives the values; it has no line numbers, merges what is doubled and
 * knows no keys, so the raw lines are read too: they say what stands where.
 */
#include "platform/sim/rig_keys.h"

#include <ctype.h>
#include <iniparser.h>
#include <stdio.h>
#include <string.h>

#define LINE_ROOM 512 /* iniparser refuses lines over 1 KB; a rig needs far less */
#define WORD_ROOM 24
#define WORDS 80 /* sections and keys in one file */

/* One raw line that holds something. */
struct word {
	unsigned line;
	char section[WORD_ROOM], key[WORD_ROOM]; /* key "": the header itself */
};

/* Too big for a small stack; one rig is read at a time. */
static struct reader {
	const char *path;
	struct word word[WORDS];
	unsigned words;
} reader;

static enum odr_err fail(const struct reader *r, unsigned line, const char *reason,
			 const char *what, struct odr_error *e)
{
	return odr_fail(e, ODR_E_USAGE, "%s:%u: %s%s", r->path, line, reason, what);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Copy [from, to) without blanks at its ends. */
static bool copy_word(char *out, const char *from, const char *to)
{
	while (from < to && is_blank(*from))
		from++;
	while (from < to && is_blank(to[-1]))
		to--;
	if (from == to || to - from >= WORD_ROOM)
		return false;
	memcpy(out, from, (size_t)(to - from));
	out[to - from] = '\0';
	return true;
}

/* "[section]" or "key = value" into *w. */
static bool take_line(const char *text, struct word *w)
{
	const char *end = strchr(text, text[0] == '[' ? ']' : '=');

	if (!end)
		return false;
	if (text[0] != '[')
		return copy_word(w->key, text, end) && w->section[0];
	w->key[0] = '\0';
	return copy_word(w->section, text + 1, end) && !end[1 + strspn(end + 1, " \t")];
}

static enum odr_err check_word(const struct reader *r, const struct word *w, struct odr_error *e)
{
	unsigned i;

	if (!sim_rig_has_section(w->section))
		return fail(r, w->line, "there is no section ", w->section, e);
	for (i = 0; i < r->words; i++)
		if (strcmp(r->word[i].section, w->section) == 0 &&
		    strcmp(r->word[i].key, w->key) == 0)
			return fail(r, w->line,
				    "stands here twice: ", w->key[0] ? w->key : w->section, e);
	return ODR_OK;
}

static enum odr_err read_lines(struct reader *r, FILE *file, struct odr_error *e)
{
	char line[LINE_ROOM];
	struct word w = {0};
	enum odr_err err;

	while (fgets(line, sizeof line, file)) {
		size_t length = strcspn(line, "\r\n");
		const char *text = line + strspn(line, " \t");

		w.line++;
		if (line[length] == '\0' && !feof(file))
			return fail(r, w.line, "the line is too long", "", e);
		line[length] = '\0';
		if (*text == '\0' || *text == '#' || *text == ';')
			continue;
		if (!take_line(text, &w))
			return fail(r, w.line, "neither [section] nor key = value", "", e);
		err = check_word(r, &w, e);
		if (err != ODR_OK)
			return err;
		if (r->words == WORDS)
			return fail(r, w.line, "too many lines", "", e);
		r->word[r->words++] = w;
	}
	return ferror(file) ? fail(r, w.line + 1, "cannot be read", "", e) : ODR_OK;
}

/* The value of a word. iniparser has made section and key lower case. */
static const char *value_of(dictionary *ini, const struct word *w)
{
	char name[2 * WORD_ROOM];
	unsigned i;

	snprintf(name, sizeof name, "%s:%s", w->section, w->key);
	for (i = 0; name[i]; i++)
		name[i] = (char)tolower((unsigned char)name[i]);
	return iniparser_getstring(ini, name, "");
}

enum pass { TYPES, CHIPS, OTHERS, PASSES };

static enum pass pass_of(const char *key)
{
	return strcmp(key, "type") == 0 ? TYPES : strcmp(key, "chip") == 0 ? CHIPS : OTHERS;
}

/* The drive of this header has no type: it would not be there, without a word. */
static bool lacks_type(const struct reader *r, const struct word *header)
{
	const char *name = header->section;

	if (header->key[0] || (!isdigit((unsigned char)name[0]) && strncmp(name, "spare", 5) != 0))
		return false;
	for (unsigned i = 0; i < r->words; i++)
		if (strcmp(r->word[i].section, name) == 0 && strcmp(r->word[i].key, "type") == 0)
			return false;
	return true;
}

static enum odr_err take_values(const struct reader *r, dictionary *ini, struct sim_rig *rig,
				struct odr_error *e)
{
	const char *reason = "";
	unsigned pass, i;
	bool good;

	for (pass = TYPES; pass < PASSES; pass++)
		for (i = 0; i < r->words; i++) {
			const struct word *w = &r->word[i];

			if (!w->key[0] || pass_of(w->key) != pass)
				continue;
			good = pass == TYPES ? sim_rig_set_type(rig, w->section, value_of(ini, w),
								&reason)
					     : sim_rig_set(rig, w->section, w->key,
							   value_of(ini, w), &reason);
			if (!good)
				return fail(r, w->line, reason, w->key, e);
		}
	for (i = 0; i < r->words; i++)
		if (lacks_type(r, &r->word[i]))
			return fail(r, r->word[i].line,
				    "a drive wants a type: ", r->word[i].section, e);
	return ODR_OK;
}

/* iniparser says on stderr what it does not like, unless it is given somebody else to tell. */
static int say_nothing(const char *format, ...)
{
	(void)format;
	return 0;
}

enum odr_err sim_rig_load(struct sim_rig *rig, const char *path, struct odr_error *e)
{
	struct reader *r = &reader;
	dictionary *ini;
	FILE *file = fopen(path, "r");
	enum odr_err err;

	if (!file)
		return odr_fail(e, ODR_E_FILE, "%s: cannot be opened", path);
	memset(r, 0, sizeof *r);
	r->path = path;
	err = read_lines(r, file, e);
	fclose(file);
	if (err != ODR_OK)
		return err;
	iniparser_set_error_callback(say_nothing);
	ini = iniparser_load(path);
	if (!ini)
		return odr_fail(e, ODR_E_USAGE, "%s:1: not an INI file", path);
	sim_rig_default(rig);
	err = take_values(r, ini, rig, e);
	iniparser_freedict(ini);
	return err;
}

unsigned sim_rig_content_line(const struct sim_rig_drive *drive)
{
	const char *name = drive->name;

	for (unsigned i = 0; i < reader.words; i++) {
		const struct word *w = &reader.word[i];
		bool spare = strncmp(w->section, "spare", 5) == 0;

		if (strcmp(w->key, "content") == 0 &&
		    strcmp(w->section + (spare ? 5 : 0), name) == 0)
			return w->line;
	}
	return 0;
}
