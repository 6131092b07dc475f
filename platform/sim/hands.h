/*
 * hands.h - what the person's hands do to the practice PC: plugs, switches, jumpers, and what can
 * happen to the disk with the files. A hand that is possible has its true consequence, also when it
 * is the wrong one.
 */
#ifndef ODR_SIM_HANDS_H
#define ODR_SIM_HANDS_H

#include "platform/sim/machine.h"

/*
 * sim_hand_do - play one hand now, or queue it when it ends with a moment:
 *   cable P on|off   cable P upside (the plug turned round)
 *   cable P primary|secondary (which channel's cable it is plugged to)
 *   power P on|off   jumper P master|slave   attach SPARE P   detach P
 *   swap P SPARE (two seconds, when the PC is on)   start   off   reset   mains off   kill
 *   disk full|readonly|gone|ok        file NAME bad OFFSET|changed|ok
 *   ... after N s|ms   ... on vendor|erase   ... on program|read|packet N
 * P: the plug, 1..4 or "secondary master", or for power and jumper a spare's letter. answer: one sentence of what the person sees.
 * ODR_E_USAGE: no such hand, or it is impossible now. `mains off` and `kill` do not return.
 */
enum odr_err sim_hand_do(struct sim *m, const char *text, char *answer, size_t cap,
			 struct odr_error *e);

/* Play the hand of another process, if one has sent any (mail.h). */
void sim_hand_mail(struct sim *m);

/* The moment of a queued hand has come. One that has become impossible is dropped. */
void sim_hand_play(struct sim *m, unsigned slot);

#endif
