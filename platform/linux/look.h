/*
 * look.h - one look at the machine: what sysfs lists, what each drive answers, as the places of a
 * snapshot with the words for each.
 *
 * Passive but for INQUIRY to the positions that may be asked. Keeps which place each further position
 * stands for.
 */
#ifndef ODR_LINUX_LOOK_H
#define ODR_LINUX_LOOK_H

#include "platform/linux/inquiry.h"
#include "platform/linux/sysfs.h"

/* Owned by the caller; about 14 KiB. */
struct odr_look {
	const char *root;	     /* "" for this machine */
	int keep_out;		     /* what a child must not inherit; -1 none */
	char no_ports[ODR_WHY_TEXT]; /* forbid.h */
	struct odr_sysfs seen;
	char plug[ODR_POSITIONS - ODR_DIGITS][sizeof((struct odr_spot *)0)->key]; /* of 5, 6, ... */
	struct odr_where where[ODR_POSITIONS];
	struct odr_inquiry question[ODR_POSITIONS];
	const struct odr_sysfs_drive *asked[ODR_POSITIONS]; /* in `seen`; NULL: not asked */
};

/* How long a drive may take to say its name, all together (design.md section 2, idea 4). */
#define ODR_LOOK_ANSWER_MS 1000

/* root: as above; it stays the caller's. */
void odr_look_start(struct odr_look *look, const char *root);
/* Fills the places. ask: ODR_MASK bits of those that may be sent INQUIRY. */
void odr_look(struct odr_look *look, unsigned ask, struct odr_snapshot *out);
/* The drive that the last look saw at a position; NULL: none. Owned by look, until the next one. */
const struct odr_sysfs_drive *odr_look_at(struct odr_look *look, unsigned position);
/* A number that is another one when the kernel's list of drives is. Asks nobody. */
uint32_t odr_look_sum(const struct odr_look *look);
/* Gives up what is still asked. */
void odr_look_end(struct odr_look *look);

#endif
