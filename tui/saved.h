/*
 * saved.h - what survives a restart of the program: the page, and what the person has answered and
 * typed. Plain text, a line each; nothing of it is believed about a drive: that is asked anew.
 */
#ifndef ODR_SAVED_H
#define ODR_SAVED_H

#include "guides/guide.h"

#define ODR_SAVED_TEXT 1024 /* all facts that are kept, at their longest: 830 */

struct odr_saved {
	char place[ODR_TARGET_ROOM]; /* "" : nothing was saved */
	struct odr_facts facts;	     /* the person's answers; file and label as typed */
};

/* Lines that cannot be understood are left out: an older or newer program wrote them. */
void odr_saved_read(struct odr_saved *saved, const char *text);
void odr_saved_write(const char *place, const struct odr_facts *facts, char out[ODR_SAVED_TEXT]);
/* The person's answers become facts again. */
void odr_saved_apply(const struct odr_saved *saved, struct odr_facts *facts);

#endif
