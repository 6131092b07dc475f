/*
 * front.h - commands that the person's side answers by itself, without engine, worker or machine:
 * `explain LINE` and `decode TEXT`. The same lines work on the shell's line, in a script, at the prompt.
 * Answers are rows through a callback, so that plain lines, pages and JSON show the same.
 * It never touches a drive and never sends a line to the engine.
 */
#ifndef ODR_FRONT_H
#define ODR_FRONT_H

#include "guides/lines.h"

#include <stdbool.h>

/* Owned by the caller; zeroed, then guides and say filled in. Some kilobytes: better not on a stack. */
struct odr_front {
	const char *guides; /* the folder of the guides */
	const char *proven; /* DOS name of the file that was read to its end; "" or NULL: none */
	odr_line_say *say;
	void *ctx; /* for say */

	bool loaded; /* the tables are read when they are first needed */
	struct odr_lines lines;
	struct odr_decoded decoded;
};

/* Is this a line for odr_front_command()? */
bool odr_front_takes(const char *line);

/*
 * odr_front_command - true: it was a front command and has been done; exit_code is
 *   explain  0 nothing worse than notes, 2 it would fail or do harm, 1 no line for MTKFLASH
 *   decode   0 something in it is known, 7 nothing is, 1 no text
 *   both     4 the guides' files cannot be used
 * false: the line is for somebody else, and nothing was said.
 */
bool odr_front_command(const char *line, struct odr_front *f, int *exit_code);

/* Give back what was loaded. */
void odr_front_end(struct odr_front *f);

#endif
