/*
 * walk.h - where a guide goes next. Pure: the same guide, facts and answer give the same way; nothing
 * is read, sent, remembered or waited for.
 */
#ifndef ODR_WALK_H
#define ODR_WALK_H

#include "guides/guide.h"

struct odr_answer {
	enum {
		ODR_ANSWER_NONE,  /* the step was entered, or an event changed a fact */
		ODR_ANSWER_ENTER, /* the person goes on */
		ODR_ANSWER_KEY,	  /* a letter: `key` */
		ODR_ANSWER_EXIT,  /* the step's command has ended: `exit` */
		ODR_ANSWER_LATE,  /* timeout_s have passed on this step */
	} what;
	char key;
	int exit; /* 0 to 8, flash/words.h */
};

/*
 * odr_walk_next - what a step makes of an answer:
 *   say    ENTER: next
 *   ask    KEY: the choice's target
 *   wait   any but KEY: the first `when` that holds, if none holds and it is LATE: late; KEY: choice
 *   check  any: the first `when` that holds, else next; send it NONE and show nothing
 *   run    EXIT: by its exit code; KEY: choice
 *   end    ENTER: next; KEY: choice
 * A choice that is taken sets its fact in *facts. A hazard that is not yet acknowledged is the caller's
 * affair: until then it gives no answer but NONE.
 * Returns the TARGET (guide.h), owned by the guide; NULL: stay.
 */
const char *odr_walk_next(const struct odr_guide *guide, const struct odr_step *step,
			  struct odr_facts *facts, const struct odr_answer *answer);

/* Does the condition hold? */
bool odr_walk_holds(const struct odr_when *when, const struct odr_facts *facts);

/*
 * odr_walk_fill - copy text, {fact} replaced by its value; a fact that is not set becomes "?".
 * false: something was not set, is no fact, or did not fit in cap: good enough to show, not to be sent
 * as a command.
 */
bool odr_walk_fill(char *out, size_t cap, const char *text, const struct odr_facts *facts);

#endif
