/*
 * clock.h - the virtual clock, and everything that happens by itself when its time comes: drives
 * start, burns end, the BIOS hands over, queued hands move.
 *
 * Each 8-bit access and each word takes 1 us (ISA); waiting turns the clock. At a speed other than
 * max the process sleeps now and then, never once per access.
 */
#ifndef ODR_SIM_CLOCK_H
#define ODR_SIM_CLOCK_H

#include "platform/sim/machine.h"

/* Let `us` pass, playing what is due on the way in its order. */
void sim_clock_pass(struct sim *m, uint64_t us);
/* Play what is due now. */
void sim_clock_due(struct sim *m);
/* Find the next moment again, after anything with a time was changed. */
void sim_clock_plan(struct sim *m);
/* Something happened that hands may be waiting for. */
void sim_clock_moment(struct sim *m, enum sim_moment moment);

/* One access: the hot path. */
static inline void sim_clock_tick(struct sim *m)
{
	m->s->accesses++;
	if (++m->s->us >= m->due)
		sim_clock_due(m);
}

#endif
