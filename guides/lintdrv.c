/*
 * lintdrv.c - the tables of drives: what drives.c refuses, and what only shows when all are looked at
 * together: a label or a product that two rows claim.
 */
#include "guides/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One label or product and where it stands. */
struct claim {
	const char *text;
	size_t len;
	unsigned file, line;
};

struct tables {
	struct odr_lint *lint;
	struct odr_lint_file *file;
	unsigned files;
	struct claim *claim;
	unsigned claims;
};

static void claim(struct tables *t, unsigned file, unsigned line, const char *text, size_t len)
{
	struct odr_lint_file *at = &t->file[file];
	struct claim *more;

	for (unsigned i = 0; i < t->claims; i++) {
		const struct claim *c = &t->claim[i];

		if (c->len == len && !strncmp(c->text, text, len)) {
			odr_lint_say(t->lint, at->name, line,
				     "%.*s stands in two rows; the first is in %s:%u", (int)len,
				     text, t->file[c->file].name, c->line);
			return;
		}
	}
	more = realloc(t->claim, (t->claims + 1) * sizeof *more);
	if (!more) {
		odr_lint_say(t->lint, at->name, line, "no memory for so many labels");
		return;
	}
	t->claim = more;
	t->claim[t->claims++] = (struct claim){text, len, file, line};
}

static void check_claims(struct tables *t, unsigned file)
{
	struct odr_lint_file *f = &t->file[file];
	struct odr_ini_entry entry;

	for (unsigned n = 0; odr_ini_entry(f->guide.ini, n, &entry); n++) {
		unsigned line = odr_raw_line(&f->raw, entry.section, entry.key);
		const char *text = entry.value;

		if (!strcmp(entry.key, "product"))
			claim(t, file, line, text, strlen(text));
		while (!strcmp(entry.key, "labels") && *text) {
			size_t len = strcspn(text, " ");

			claim(t, file, line, text, len);
			text += len;
			text += strspn(text, " ");
		}
	}
}

static void check_widths(struct odr_lint_file *f)
{
	struct odr_ini_entry entry;

	for (unsigned n = 0; odr_ini_entry(f->guide.ini, n, &entry); n++) {
		size_t most = !strncmp(entry.key, "warn", 4) ? ODR_GUIDE_COLUMNS
			      : !strcmp(entry.key, "name")   ? ODR_DRIVE_NAME_COLUMNS
			      : !strcmp(entry.key, "source") ? ODR_GUIDE_COLUMNS
							     : ODR_GUIDE_BYTES;

		if (entry.value && strlen(entry.value) > most)
			odr_lint_say(f->lint, f->name,
				     odr_raw_line(&f->raw, entry.section, entry.key),
				     "%s: %u columns, %u fit", entry.key,
				     (unsigned)strlen(entry.value), (unsigned)most);
	}
}

static void check_table(struct tables *t, const char *name)
{
	struct odr_lint_file *f = &t->file[t->files++];
	const struct odr_faults faults = {odr_lint_tell, f};
	unsigned before = t->lint->faults, rows;
	struct odr_drive *row;
	struct odr_error e;

	f->lint = t->lint;
	snprintf(f->name, sizeof f->name, "drives/%.*s", (int)(sizeof f->name - 8), name);
	if (!odr_name_is_83(name, ".ini")) {
		odr_lint_say(t->lint, f->name, 1,
			     "DOS cannot open this name; at most 8 of a-z 0-9 _ - and .ini");
		return;
	}
	odr_lint_raw(f);
	if (f->garbled)
		return;
	f->guide.ini = odr_ini_load(t->lint->host, t->lint->folder, f->name, ODR_GUIDE_BYTES, &e);
	if (!f->guide.ini) {
		if (t->lint->faults == before)
			odr_lint_say(t->lint, f->name, 1, "%s", e.text);
		return;
	}
	rows = odr_drives_count(f->guide.ini);
	row = calloc(rows + 1, sizeof *row);
	if (row)
		odr_drives_build(row, f->guide.ini, &faults);
	free(row);
	check_widths(f);
	check_claims(t, t->files - 1);
}

void odr_lint_drives(struct odr_lint *lint)
{
	struct tables t = {.lint = lint};
	unsigned names;
	char(*name)[ODR_INI_WORD] = odr_lint_list(lint, "drives", &names);

	t.file = calloc(ODR_LINT_FILES, sizeof *t.file);
	if (!name || !names || !t.file)
		odr_lint_say(lint, "drives", 1, "no table of drives is there");
	for (unsigned i = 0; t.file && i < names; i++)
		check_table(&t, name[i]);
	for (unsigned i = 0; i < t.files; i++) {
		free(t.file[i].raw.word);
		odr_ini_free(t.file[i].guide.ini);
	}
	free(t.file);
	free(t.claim);
	free(name);
}
