/*
 * lint.h - what the parts of odr_guide_check share: lint.c drives, lintraw.c reads lines, linttext.c
 * looks at pages and pictures, lintwalk.c at the ways between them, lintdrv.c at the tables of drives.
 * Only tells; never mends a file, never stops at a fault.
 */
#ifndef ODR_GUIDE_LINT_H
#define ODR_GUIDE_LINT_H

#include "guides/parts.h"

/* One raw line that holds something; key "" is the section's own line. */
struct odr_raw_word {
	unsigned line;
	char section[ODR_INI_WORD], key[ODR_INI_WORD];
};

struct odr_raw {
	struct odr_raw_word *word;
	unsigned words;
};

struct odr_lint;

struct odr_lint_file {
	struct odr_lint *lint;
	char name[ODR_INI_WORD]; /* as it is told: "mtkdead.ini", "drives/btc.ini" */
	struct odr_raw raw;
	bool is_guide;
	bool garbled; /* a line is no INI: what follows from it is not told */
	bool whole;   /* no fault in its structure: its ways may be walked */
	struct odr_guide guide;
};

enum { ODR_LINT_FILES = 48 };

struct odr_lint {
	const struct odr_guide_host *host;
	const char *folder;
	void (*say)(void *ctx, const char *line);
	void *ctx;
	unsigned faults;
	struct odr_lint_file *file; /* ODR_LINT_FILES of them */
	unsigned files;
};

/* "FILE:LINE: text" */
void odr_lint_say(struct odr_lint *lint, const char *file, unsigned line, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same for a section and a key of the file, as struct odr_faults wants it: ctx is the file. */
void odr_lint_tell(void *ctx, const char *section, const char *key, const char *text);

/* The lines of file->name into file->raw, with the faults that iniparser hides. */
void odr_lint_raw(struct odr_lint_file *file);
/* The line where this key stands; that of its section, or 1, when it stands nowhere. */
unsigned odr_raw_line(const struct odr_raw *raw, const char *section, const char *key);
bool odr_raw_has_section(const struct odr_raw *raw, const char *prefix);

/* Pages of one guide: widths, facts, letters, pictures, commands. */
void odr_lint_pages(struct odr_lint_file *file);
/* Ways through all guides: targets, reach, ends, writes. */
void odr_lint_ways(struct odr_lint *lint);
/* Tables in folder/drives. */
void odr_lint_drives(struct odr_lint *lint);

/* Names of a folder, sorted; *n of them. NULL: no such folder, or none. Freed by the caller. */
char (*odr_lint_list(struct odr_lint *lint, const char *folder, unsigned *n))[ODR_INI_WORD];

#endif
