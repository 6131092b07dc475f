/*
 * sheet.h - lines of text for something that leaves the program: the printed guide, the report. Every
 * line is printable ASCII and at most `width` characters; nothing is drawn, nothing is kept.
 */
#ifndef ODR_SHEET_H
#define ODR_SHEET_H

#include "tui/text.h"

#include <stdbool.h>

#define ODR_PAPER_WIDTH 72 /* a typewriter's line: every printer and every margin takes it */

/* Printed as a blank, but no line ends there. */
#define ODR_HARD_BLANK "\x1f"

struct odr_sheet {
	odr_put *put;
	void *ctx;
	unsigned width; /* at most ODR_TEXT_WIDTH */
	bool blank;	/* the last line was a blank one */
};

/* As it is; what is too long is wrapped, further lines begin below the first one's text. */
void odr_sheet_line(struct odr_sheet *sheet, const char *text);
/* text wrapped, every line after `indent` blanks; `lead` stands in front of the first. */
void odr_sheet_wrap(struct odr_sheet *sheet, const char *lead, unsigned indent, const char *text);
/* A blank line, unless there is one already. */
void odr_sheet_gap(struct odr_sheet *sheet);
/* A line of this character. */
void odr_sheet_rule(struct odr_sheet *sheet, char c);

#endif
