/*
 * seen.h - facts for the guides, from what the engine says. The only place where an event becomes a
 * fact; nothing is guessed: what no event has told stays unset or unknown.
 */
#ifndef ODR_SEEN_H
#define ODR_SEEN_H

#include "guides/facts.h"
#include "tui/rows.h"

struct odr_seen {
	struct odr_facts facts;
	struct odr_rows rows;
	unsigned changed; /* position that differs from the baseline; 0: none or several */
};

/* A new start of the program: nothing is known; what the person said before is put back by the caller. */
void odr_seen_start(struct odr_seen *seen);
/* One event of the engine. */
void odr_seen_event(struct odr_seen *seen, const char *event);
/* A command of ours has ended: the line as it was sent, and its exit code. */
void odr_seen_end(struct odr_seen *seen, const char *command, int code);
/* The person answered something: what follows from it (position_name from channel and jumper). */
void odr_seen_answered(struct odr_seen *seen);

#endif
