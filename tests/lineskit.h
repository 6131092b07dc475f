/*
 * lineskit.h - what the tests of guides/lines.h share: the tables loaded, rows collected, the files of tests/golden/lines
 * read case by case and, with ODR_GOLDEN=write in the environment, written anew. Include after cmocka.h.
 */
#ifndef ODR_LINESKIT_H
#define ODR_LINESKIT_H

#include "guides/lines.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct odr_lines tables; /* of the shipped guides */

static inline int kit_load(void **state)
{
	struct odr_error e = {0};

	(void)state;
	if (odr_lines_load(&tables, "guides", &e) != ODR_OK)
		print_error("%s\n", e.text);
	return e.code == ODR_OK ? 0 : -1;
}

static inline int kit_unload(void **state)
{
	(void)state;
	odr_lines_free(&tables);
	return 0;
}

/* "key: text\n" for each row, and the keys alone. */
struct kit_rows {
	char text[16384], keys[2048];
};

static inline void kit_clear(struct kit_rows *rows)
{
	rows->text[0] = rows->keys[0] = 0;
}

static inline void kit_row(void *ctx, const char *key, const char *text)
{
	struct kit_rows *rows = ctx;
	size_t used = strlen(rows->text), keys = strlen(rows->keys);

	assert_true(*key && strlen(key) < ODR_LINE_KEY && *text);
	for (const char *c = text; *c; c++)
		assert_true(*c >= ' ' && *c < 127);
	assert_true(used + strlen(key) + strlen(text) + 4 < sizeof rows->text);
	snprintf(rows->text + used, sizeof rows->text - used, "%s: %s\n", key, text);
	snprintf(rows->keys + keys, sizeof rows->keys - keys, "%s ", key);
}

/* One line of a file of cases: three fields between bars, without blanks round them. */
struct kit_case {
	char line[800];
	const char *field[3];
};

static inline FILE *kit_open(const char *name)
{
	char path[80];
	FILE *file;

	snprintf(path, sizeof path, "tests/golden/lines/%s", name);
	file = fopen(path, "r");
	assert_non_null(file);
	return file;
}

static inline char *kit_trim(char *text)
{
	char *end = text + strlen(text);

	while (end > text && isspace((unsigned char)end[-1]))
		*--end = 0;
	return text + strspn(text, " ");
}

/* false: no more cases. \n in a case is a line end. */
static inline bool kit_next(FILE *file, struct kit_case *c)
{
	char *bar, *rest = c->line;

	do {
		if (!fgets(c->line, sizeof c->line, file))
			return false;
	} while (c->line[0] == '#' || c->line[0] == '\n');
	for (int i = 0; i < 3; i++) {
		bar = i < 2 ? strchr(rest, '|') : NULL;
		assert_true(bar || i == 2);
		if (bar)
			*bar = 0;
		c->field[i] = kit_trim(rest);
		rest = bar ? bar + 1 : rest;
	}
	while ((rest = strstr(c->line + (c->field[2] - c->line), "\\n"))) {
		rest[0] = ' ';
		rest[1] = '\n';
	}
	return true;
}

static inline bool kit_writes(void)
{
	const char *mode = getenv("ODR_GOLDEN");

	return mode && !strcmp(mode, "write");
}

/* A file that holds what is expected, piece after piece. */
static inline FILE *kit_golden(const char *name)
{
	char path[80];
	FILE *file;

	snprintf(path, sizeof path, "tests/golden/lines/%s", name);
	file = fopen(path, kit_writes() ? "w" : "r");
	assert_non_null(file);
	return file;
}

static inline void kit_compare(FILE *golden, const char *text)
{
	static char want[16384];
	size_t len = strlen(text);

	if (kit_writes()) {
		assert_true(fprintf(golden, "%s\n", text) > 0);
		return;
	}
	assert_true(len + 1 < sizeof want);
	len = fread(want, 1, len + 1, golden);
	want[len ? len - 1 : 0] = 0; /* the blank line between two pieces */
	assert_string_equal(want, text);
}

static inline void kit_end(FILE *golden)
{
	if (!kit_writes())
		assert_int_equal(fgetc(golden), EOF);
	fclose(golden);
}

#endif
