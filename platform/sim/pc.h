/*
 * pc.h - the machine round the channels: its switch, its reset button, its BIOS, and which drive
 * hangs on which cable.
 */
#ifndef ODR_SIM_PC_H
#define ODR_SIM_PC_H

#include "platform/sim/machine.h"

void sim_pc_switch_on(struct sim *m);
void sim_pc_switch_off(struct sim *m);
/* The reset button: RESET- reaches every drive that hangs on a cable. */
void sim_pc_reset(struct sim *m);
/* The BIOS has looked at the drives: hangs on a stuck one, or hands over. */
void sim_pc_booted(struct sim *m);
/* Wait until the BIOS is through. */
void sim_pc_wait_boot(struct sim *m);
/* After any plug, jumper or power change: who answers on which cable. */
void sim_pc_rewire(struct sim *m);
/* "on", "hung", "off" */
const char *sim_pc_word(const struct sim *m);
/* ODR_E_REFUSED with a sentence unless a program can run on this PC. */
enum odr_err sim_pc_check(struct sim *m, struct odr_error *e);

#endif
