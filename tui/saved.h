/*
 * saved.h - what survives a restart of the program: the page, the way to it, and what the person has
 * answered and typed. Plain text, a line each; nothing of it is believed about a drive: that is asked anew.
 */
#ifndef ODR_SAVED_H
#define ODR_SAVED_H

#include "tui/case.h"

/* At their longest: all facts that are kept 830, the place 34, ODR_TRAIL pages of 33, their number 16. */
#define ODR_SAVED_TEXT 2560

struct odr_saved {
	char place[ODR_TARGET_ROOM]; /* "" : nothing was saved */
	struct odr_trail way;	     /* to the place; empty: not kept, or damaged */
	struct odr_facts facts;	     /* the person's answers; file and label as typed */
};

/* Lines that cannot be understood are left out: an older or newer program wrote them. */
void odr_saved_read(struct odr_saved *saved, const char *text);
void odr_saved_write(const char *place, const struct odr_trail *way, const struct odr_facts *facts,
		     char out[ODR_SAVED_TEXT]);
/* The person's answers become facts again. */
void odr_saved_apply(const struct odr_saved *saved, struct odr_facts *facts);

#endif
