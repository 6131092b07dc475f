/*
 * record.h - what the engine said in this session that somebody else would ask for: the choices, the
 * plan, the outcome, the last refusals, as the event lines that they were. Whole, so that a report can
 * take out of them what is private before they are cut into lines.
 */
#ifndef ODR_RECORD_H
#define ODR_RECORD_H

#include "flash/event.h"

enum {
	ODR_RECORD_LINES = 40,	 /* a plan has 19, the others one each */
	ODR_RECORD_REFUSALS = 4, /* the newest ones */
};

/* Zeroed: nothing was said. */
struct odr_record {
	unsigned lines;
	char line[ODR_RECORD_LINES][ODR_EVENT_MAX];
};

/* Any event; what is not worth keeping is left out. */
void odr_record_event(struct odr_record *record, const char *event);
/* Is an event of this kind in it? */
bool odr_record_has(const struct odr_record *record, const char *kind);

#endif
