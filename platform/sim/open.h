/*
 * open.h - open a practice PC from a rig in memory. sim.h's odr_sim_open reads the rig from a file
 * and calls this; the DOS smoke program, which has no INI reader, calls it with a rig made in C.
 */
#ifndef ODR_SIM_OPEN_H
#define ODR_SIM_OPEN_H

#include "platform/sim/rig.h"

/* dir: the state folder. speed: 0 as fast as it can, else virtual over real time. trace: a path, or
 * NULL. One practice PC per process. */
enum odr_err odr_sim_open_rig(struct odr_platform *out, const struct sim_rig *rig, const char *dir,
			      uint32_t speed, const char *trace, struct odr_error *e);

#endif
