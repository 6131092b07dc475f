/*
 * forum.h - the report that somebody pastes into a forum: what this program is, what it saw, what was
 * chosen, done and refused, and how it is known. Lines of at most 79 characters.
 *
 * It reads the journal's file and nothing else; it asks no drive, and it never leaves this computer.
 */
#ifndef ODR_FORUM_H
#define ODR_FORUM_H

#include "tui/record.h"
#include "tui/redact.h"
#include "tui/seen.h"
#include "tui/sheet.h"

struct odr_forum {
	const char *version, *system; /* "0.1", "Linux" */
	const char *machine;	      /* the back-end as it was named; "" none */
	const char *used_as;	      /* "the assistant", "commands" */
	const char *folder;	      /* of JOURNAL.TXT; "" not known */
	const char *here;	      /* "mtkdead.ini:jumper"; "" nowhere */
	const struct odr_seen *seen;
	const struct odr_record *record;
	bool redact;
};

/* Not reentrant: its lines are too big for a small stack. */
void odr_forum_write(const struct odr_forum *forum, odr_put *put, void *ctx);

#endif
