#include "guides/lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void odr_lint_say(struct odr_lint *lint, const char *file, unsigned line, const char *format, ...)
{
	char text[400];
	va_list args;
	int used = snprintf(text, sizeof text, "%s:%u: ", file, line);

	va_start(args, format);
	vsnprintf(text + used, sizeof text - (size_t)used, format, args);
	va_end(args);
	lint->say(lint->ctx, text);
	lint->faults++;
}

void odr_lint_tell(void *ctx, const char *section, const char *key, const char *text)
{
	struct odr_lint_file *file = ctx;
	unsigned line = odr_raw_line(&file->raw, section, key);

	file->whole = false;
	if (*key)
		odr_lint_say(file->lint, file->name, line, "%s: %s", key, text);
	else
		odr_lint_say(file->lint, file->name, line, "[%s] %s", section, text);
}

/* ---- names ---- */

struct names {
	char (*name)[ODR_INI_WORD];
	unsigned names;
	struct odr_lint *lint;
};

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void note_name(void *ctx, const char *name)
{
	struct names *names = ctx;

	if (names->names == ODR_LINT_FILES)
		odr_lint_say(names->lint, name, 1, "too many files in this folder");
	else
		snprintf(names->name[names->names++], ODR_INI_WORD, "%s", name);
}

char (*odr_lint_list(struct odr_lint *lint, const char *folder, unsigned *n))[ODR_INI_WORD]
{
	char path[ODR_PATH_ROOM];
	struct names names = {calloc(ODR_LINT_FILES, sizeof *names.name), 0, lint};

	*n = 0;
	if (!names.name)
		return NULL;
	odr_path(path, lint->folder, folder);
	if (!lint->host->list(path, note_name, &names)) {
		free(names.name);
		return NULL;
	}
	qsort(names.name, names.names, sizeof *names.name, compare);
	*n = names.names;
	return names.name;
}

/* ---- files ---- */

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), tail = strlen(end);

	return len >= tail && !strcmp(name + len - tail, end);
}

/* A file without [guide] and steps is somebody's data: its lines are looked at, no more. */
static void check_file(struct odr_lint *lint, const char *name)
{
	struct odr_lint_file *file = &lint->file[lint->files++];
	const struct odr_faults faults = {odr_lint_tell, file};
	unsigned before = lint->faults;
	struct odr_error e;

	file->lint = lint;
	snprintf(file->name, sizeof file->name, "%s", name);
	if (!odr_name_is_83(name, ".ini"))
		odr_lint_say(lint, name, 1,
			     "DOS cannot open this name; at most 8 of a-z 0-9 _ - before .ini");
	if (lint->faults != before)
		return;
	odr_lint_raw(file);
	file->is_guide = odr_raw_has_section(&file->raw, ODR_SECTION_GUIDE) ||
			 odr_raw_has_section(&file->raw, ODR_SECTION_STEP);
	if (!file->is_guide || file->garbled)
		return;
	snprintf(file->guide.file, sizeof file->guide.file, "%.12s", name);
	file->guide.ini = odr_ini_load(lint->host, lint->folder, name, ODR_GUIDE_BYTES, &e);
	if (!file->guide.ini) {
		if (lint->faults == before)
			odr_lint_say(lint, name, 1, "%s", e.text);
		return;
	}
	file->whole = true;
	odr_guide_build(&file->guide, &faults);
	odr_lint_pages(file);
}

static void check_picture(struct odr_lint *lint, const char *name)
{
	char told[ODR_INI_WORD + 5], base[ODR_INI_WORD];
	struct odr_picture picture;
	struct odr_error e;
	unsigned line;

	snprintf(told, sizeof told, "pics/%s", name);
	snprintf(base, sizeof base, "%.*s", (int)strcspn(name, "."), name);
	if (!odr_name_is_83(name, ".txt"))
		odr_lint_say(lint, told, 1,
			     "DOS cannot open this name; at most 8 of a-z 0-9 _ - before .txt");
	else if (odr_picture_load(&picture, lint->folder, base, &line, &e) != ODR_OK)
		odr_lint_say(lint, told, line, "%s", e.text);
}

unsigned odr_guide_check(const struct odr_guide_host *host, const char *folder,
			 void (*say)(void *ctx, const char *line), void *ctx)
{
	struct odr_lint lint = {.host = host, .folder = folder, .say = say, .ctx = ctx};
	unsigned names, guides = 0;
	char(*name)[ODR_INI_WORD];

	lint.file = calloc(ODR_LINT_FILES, sizeof *lint.file);
	name = lint.file ? odr_lint_list(&lint, ".", &names) : NULL;
	if (!name) {
		odr_lint_say(&lint, folder, 1, "there is no such folder, or no memory for it");
		free(lint.file);
		return lint.faults;
	}
	for (unsigned i = 0; i < names; i++)
		if (ends_with(name[i], ".ini"))
			check_file(&lint, name[i]);
	free(name);
	name = odr_lint_list(&lint, "pics", &names);
	for (unsigned i = 0; i < names; i++)
		check_picture(&lint, name[i]);
	free(name);
	for (unsigned i = 0; i < lint.files; i++)
		guides += lint.file[i].is_guide;
	if (!guides)
		odr_lint_say(&lint, folder, 1, "no guide is there");
	odr_lint_ways(&lint);
	odr_lint_drives(&lint);
	for (unsigned i = 0; i < lint.files; i++) {
		free(lint.file[i].raw.word);
		odr_guide_free(&lint.file[i].guide);
	}
	free(lint.file);
	return lint.faults;
}
