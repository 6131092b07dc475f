/*
 * wrong.h - what a program did that no documented sequence has: one line each in DIR/wrong.txt.
 *
 * A real drive forgives most of it and dies of some; the practice PC forgives nothing, so that a
 * mistake is found here.
 */
#ifndef ODR_SIM_WRONG_H
#define ODR_SIM_WRONG_H

#include "platform/sim/machine.h"

/*
 * source: the place in protocols.md that says otherwise, e.g. "2.4".
 * channel: 0 or 1; 2: no channel. Counted always; only the first 200 are written.
 */
void sim_wrong(struct sim *m, unsigned channel, const char *source, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
