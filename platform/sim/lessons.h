/*
 * lessons.h - what a wrong hand would have done in life, and how it is mended: the words (lessons.c),
 * and when each is due (teach.c).
 *
 * A lesson is a judgement from the rig's state alone: the same hand is right at one moment and wrong
 * at another. It must never change anything; the hand itself has its consequence, here as in life,
 * save that no drive burns.
 */
#ifndef ODR_SIM_LESSONS_H
#define ODR_SIM_LESSONS_H

#include "platform/sim/machine.h"

enum sim_lesson {
	SIM_NO_LESSON,
	SIM_LESSON_POWER_OUT,	 /* the power plug instead of the data cable */
	SIM_LESSON_POWER_IN,	 /* power put in while the PC runs */
	SIM_LESSON_OTHER,	 /* the cable of another drive */
	SIM_LESSON_OTHER_DISK,	 /* of the hard disk */
	SIM_LESSON_SLAVE,	 /* the jumper on slave */
	SIM_LESSON_CLASH,	 /* as its partner */
	SIM_LESSON_EARLY_BOOT,	 /* plugged before the PC has started */
	SIM_LESSON_EARLY_LOOK,	 /* plugged before anybody has looked */
	SIM_LESSON_TWICE,	 /* out and in again while it settles */
	SIM_LESSON_UPSIDE,	 /* the plug turned round */
	SIM_LESSON_CHANNEL,	 /* on the other channel's cable */
	SIM_LESSON_CHANNEL_DISK, /* where the hard disk hangs */
	SIM_LESSON_RESET_WRITE,	 /* reset in the middle of a write */
	SIM_LESSON_OFF_WRITE,	 /* power lost in the middle of a write */
	SIM_LESSON_CABLE_WRITE,	 /* cable out in the middle of a write */
	SIM_LESSON_BURN_CUT,	 /* a living drive that writes itself was stopped */
	SIM_LESSON_FLASH_MODE,	 /* flash mode lost, nothing written yet */
	SIM_LESSONS
};

/* One or more sentences, at most 450 characters; "" for SIM_NO_LESSON. */
const char *sim_lesson_text(enum sim_lesson lesson);

/* Before the cable comes out of a drive. */
enum sim_lesson sim_teach_unplug(struct sim *m, unsigned drive);
/* After it went in. mends: it was in, but upside down or on the other channel. */
enum sim_lesson sim_teach_plug(struct sim *m, unsigned drive, bool mends);
/* Before the power plug moves. */
enum sim_lesson sim_teach_power(struct sim *m, unsigned drive, bool on);
/* After a jumper was moved. */
enum sim_lesson sim_teach_jumper(const struct sim *m, unsigned drive);
/* Before the PC is reset, or loses its power. */
enum sim_lesson sim_teach_reset(struct sim *m);
enum sim_lesson sim_teach_off(struct sim *m);

#endif
