/*
 * r_prose.h - pages as prose: for a pipe, a log, a teletype, a screen reader, `ctty com1:`.
 *
 * Each page is said once, then only what is new on it; each change on the channels is said once, in a
 * line. Choices are letters that are typed with Enter behind them. No escape sequence is ever sent.
 */
#ifndef ODR_R_PROSE_H
#define ODR_R_PROSE_H

#include "tui/page.h"

/* What was said so far; owned by the caller, zeroed at first. */
struct odr_prose {
	struct odr_page last;
	struct odr_page guide;	/* the last page of a guide: help and hands lie over it */
	struct odr_page answer; /* to the last hand; its lines are not said again */
	unsigned quarter;	/* of the job, said last */
	bool asked;		/* the prompt stands at the end of the output */
	char line[ODR_PAGE_INPUT];
	size_t typed; /* characters of a line that has no end yet */
};

/* Say what is new. */
void odr_prose_show(struct odr_prose *prose, const struct odr_page *page);
/*
 * Say what a hand's event answers, now. For a hand that ends the program: the pages after it may have
 * no room for the answer.
 */
void odr_prose_answer(struct odr_prose *prose, const char *event);
/* The person has typed a line: the next words begin a line of their own. */
void odr_prose_heard(struct odr_prose *prose);

/*
 * A line was typed on this page: which keys it means, one at a time. i counts from 0;
 * returns ODR_KEY_NONE behind the last. One letter is its key, nothing is Enter, a word is none; where the page has an
 * input, the line is typed into it; "back" is Esc, "print" is Ctrl-P and "?" is help
 * everywhere.
 */
int odr_prose_key(const struct odr_page *page, const char *line, unsigned i);

#endif
