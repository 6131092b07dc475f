/*
 * linesint.h - what the files behind lines.h share: looking up a text, filling it in.
 * Nobody outside guides/lines*.c includes it.
 */
#ifndef ODR_LINESINT_H
#define ODR_LINESINT_H

#include "guides/lines.h"

enum {
	ODR_LINES_TEXT = 700, /* a row's text, filled in, and its end */
	ODR_LINES_NAME = 64,  /* section:key */
};

/* The value of [section] key in one of the tables; "" when it is not there. */
const char *odr_lines_text(const struct _dictionary_ *table, const char *section, const char *key);
/* The same for key1, key2, ... */
const char *odr_lines_nth(const struct _dictionary_ *table, const char *section, const char *key,
			  unsigned n);

/* {name} in a text becomes value. NULL values are "". */
struct odr_lines_fill {
	const char *word, *file, *shortened, *digit, *at, *format, *version, *name, *value;
};
void odr_lines_fill(char *out, size_t cap, const char *text, const struct odr_lines_fill *fill);

/* Fill in and say; an empty text says nothing. */
void odr_lines_say(odr_line_say *say, void *ctx, const char *key, const char *text,
		   const struct odr_lines_fill *fill);

/* Is `word` one of the words of `list`, which blanks separate? Case does not matter. */
bool odr_lines_has_word(const char *list, const char *word);

/* l1 .. l14, p1 .. p6: the section of a rule in mtkline.ini. */
const char *odr_lines_rule(unsigned rule);

/* "raw binary" and the like: what the switches make of the file. */
const char *odr_lines_format(const struct odr_lines *l, const struct odr_line *line);
/* "secondary master"; 0: a position that is not said. */
const char *odr_lines_at(const struct odr_lines *l, unsigned position);
/* Has this version that flag of mtkvers.ini? NULL and "unknown" versions have only "unknown". */
bool odr_lines_flag(const struct odr_mtk_version *version, const char *flag);

/* ".BIN": the ending as DOS has it, three letters; "" when there is none. */
enum { ODR_LINES_ENDING = 5 };
void odr_lines_ending(const char *file, char out[ODR_LINES_ENDING]);
enum odr_file_kind odr_lines_kind(const char *file);

/* Does mtkline.ini hold every text and rule that the code relies on, and mtkerr.ini? */
enum odr_err odr_lines_check(const struct odr_lines *l, struct odr_error *e);

#endif
