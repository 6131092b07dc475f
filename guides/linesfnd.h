/* linesfnd.h - finding the patterns of mtkerr.ini in what was seen, and the values behind them. */
#ifndef ODR_LINESFND_H
#define ODR_LINESFND_H

#include "guides/linesint.h"

/* A row of mtkerr.ini, found in odr_decoded.plain. */
struct odr_lines_match {
	bool normal; /* row n<row>; else e<row> */
	uint8_t row;
	uint16_t from, to; /* in plain; to: behind its last letter */
};

enum { ODR_LINES_ROWS = ODR_ERROR_ROWS + ODR_NORMAL_ROWS, ODR_LINES_VALUE = 40 };

/* Fill text, plain and at of d from what was typed. */
void odr_lines_squeeze(struct odr_decoded *d, const char *text);

/*
 * odr_lines_find - where each row stands last, in the order of the text; of two that overlap the longer
 * counts. Returns how many.
 */
unsigned odr_lines_find(const struct odr_lines *l, const struct odr_decoded *d,
			struct odr_lines_match out[ODR_LINES_ROWS]);

/* "e7" or "n3" */
void odr_lines_row_name(const struct odr_lines_match *m, char out[8]);

/*
 * odr_lines_value - what a row's `take` asks for, read from the text: hex digits in lower case, a number,
 * a version, a name. "" when it is not there. position: set when it was a port, else left alone.
 */
void odr_lines_value(const struct odr_lines *l, const struct odr_decoded *d,
		     const struct odr_lines_match *m, char out[ODR_LINES_VALUE],
		     unsigned *position);

#endif
