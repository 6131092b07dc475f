/*
 * shield.h - what ends a job from outside, kept away while it runs: sleep, shutdown, a closed lid, the end
 * of the login that started it. And an empty battery, which nothing keeps away: that is a refusal.
 *
 * logind is asked by the programs that systemd brings, each with a fixed path and no shell. Nothing here
 * outlives this process: whatever was taken ends with it, also after kill -9. A system without logind has
 * nobody who would put it to sleep, and is left alone.
 */
#ifndef ODR_LINUX_SHIELD_H
#define ODR_LINUX_SHIELD_H

#include "platform/platform.h"

#include <sys/types.h>

/* Owned by the caller, private. Zeroed: not raised. */
struct odr_shield {
	pid_t inhibitor; /* systemd-inhibit, which holds as long as we hold its input; 0: none */
	int hold;
};

/* root: "" for this machine; sysfs below it is asked for batteries. Not ODR_CLEAR: not raised, see e. */
enum odr_obstacle odr_shield_raise(struct odr_shield *shield, const char *root,
				   struct odr_error *e);
void odr_shield_lower(struct odr_shield *shield);

#endif
