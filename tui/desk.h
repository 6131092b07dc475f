/*
 * desk.h - two commands of the person's side: `guide print [NAME...] [FILE]` and
 * `report [--redact] [FILE]`. They read guides, the journal and what the program has seen; they write
 * one new text file or to the caller's lines. Nothing is sent to the engine, and no file that is there
 * already is ever written to.
 */
#ifndef ODR_DESK_H
#define ODR_DESK_H

#include "tui/forum.h"
#include "tui/paper.h"

/* What lies on the desk. Filled in by whoever takes the command; texts are the caller's. */
struct odr_desk {
	const char *version, *system; /* "0.1", "Linux" */
	const char *machine;	      /* the back-end as it was named; "" none */
	const char *used_as;	      /* "the assistant", "commands" */
	const struct odr_guide_host *host;
	const char *guides, *folder; /* folder: of journal and place; "" not known */
	const struct odr_seen *seen;
	const struct odr_record *record;
	odr_card_line *line; /* builds the line for MTKFLASH, from line_ctx */
	const void *line_ctx;
	const char *here; /* "mtkdead.ini:jumper": where the person is in a guide; "" nowhere */
	/* The answer goes to a page: long texts go to a file of their own in `folder`, and a name that
	 * is taken gets a letter behind it. */
	bool page;
};

/* Is this line for odr_desk_command? */
bool odr_desk_takes(const char *line);
/* May the engine be asked (`scan`, `status`) before, so that the answer is newer? */
bool odr_desk_wants_engine(const char *line);

/*
 * odr_desk_command - false: the line is for somebody else, nothing was said. Else *code is
 *   0 done, 1 bad line or no guide is chosen, 4 a file cannot be read or written
 * and what was done, or why not and what to do, is told by put, one "- " each: why not first, then
 * what to do. Not reentrant: its pages are too big for a small stack.
 */
bool odr_desk_command(const char *line, const struct odr_desk *desk, odr_put *put, void *ctx,
		      int *code);

#endif
