/*
 * lane.h - the commands of a job to one drive, through the kernel's /dev/bsg/H:C:T:L alone.
 *
 * Only this node sends a command exactly once, whatever signals come; /dev/sgN sends an interrupted one
 * again (linux.md C), so it is never used here. While a job has its drive nobody else has: no mount, no
 * program on its sr or sg node, and not the kernel's own sr driver, which would ask for news of the disc in
 * the middle of a write. A drive that leaves and comes back at the same plug is found again, but nothing
 * is ever written to it: only whoever begins anew may do that.
 */
#ifndef ODR_LINUX_LANE_H
#define ODR_LINUX_LANE_H

#include "platform/linux/sysfs.h"

/* Owned by the caller, private. */
struct odr_lane {
	unsigned position; /* 0: not entered */
	int bsg;	   /* -1: the drive has left */
	int sg;		   /* held against other programs, never used; -1 none */
	bool left;	   /* since enter */
	bool unbound;	   /* the sr driver was taken from it */
	char key[sizeof((struct odr_spot *)0)->key];
	char device[ODR_SYSFS_NODE]; /* H:C:T:L */
};

void odr_lane_start(struct odr_lane *lane);
/* As platform.h says of enter. drive: as it was just seen, NULL if nobody is there. */
enum odr_obstacle odr_lane_enter(struct odr_lane *lane, unsigned position,
				 const struct odr_sysfs_drive *drive, struct odr_error *e);
/* ODR_E_REFUSED: not entered, or a write to a drive that had left. ODR_E_NO_DEVICE: it has left. */
enum odr_err odr_lane_packet(struct odr_lane *lane, unsigned position, struct odr_packet *packet,
			     struct odr_error *e);
/* The sr driver gets its drive back. */
void odr_lane_leave(struct odr_lane *lane);
/* Nodes are closed, nothing is given back: a half-written drive stays as it is. */
void odr_lane_close(struct odr_lane *lane);

#endif
