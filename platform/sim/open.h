/*
 * open.h - open a practice PC from a rig in memory. sim.h's odr_sim_open reads the rig from a file
 * and calls this; the DOS smoke program, which has no INI reader, calls it with a rig made in C.
 */
#ifndef ODR_SIM_OPEN_H
#define ODR_SIM_OPEN_H

#include "platform/sim/rig.h"

struct sim_how {
	const char *dir;   /* the state folder */
	uint32_t speed;	   /* 0 as fast as it can, else virtual over real time */
	const char *trace; /* a path; NULL or "" none */
	bool reboot_ends;  /* reset, off and mains off end the process that plays them */
	bool only_hands;   /* this process is no program on the PC: nothing ends it */
	/* The rig's file, and the line of each drive's content in it. NULL: a rig made in C. */
	const char *rig;
	unsigned content_line[SIM_DRIVES];
};

/* One practice PC per process. */
enum odr_err odr_sim_open_rig(struct odr_platform *out, const struct sim_rig *rig,
			      const struct sim_how *how, struct odr_error *e);

/* odr_sim_open_hands of sim.h, with a rig that is copied. */
enum odr_err sim_hands_open_rig(struct odr_platform *out, const struct sim_rig *rig,
				const char *dir, struct odr_error *e);

struct sim;
/* Inside sim/: the table, and giving back what opening took. */
extern const struct odr_platform_ops sim_ops;
void sim_drop(struct sim *m);

#endif
