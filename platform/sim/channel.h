/*
 * channel.h - one cable's task file: two devices behind the same registers, and what is read where
 * nobody answers (protocols.md 5.2, 5.9).
 */
#ifndef ODR_SIM_CHANNEL_H
#define ODR_SIM_CHANNEL_H

#include "platform/sim/machine.h"

/* What a person with a logic probe would see as the status of the device that is selected. */
uint8_t sim_channel_status(const struct sim *m, unsigned channel);
/* Who answers for the selected device: a drive, or -1. */
int sim_channel_selected(const struct sim *m, unsigned channel);

/* Fill m->io and m->channel[]: the door for ide.c and the register lane. */
void sim_channel_ports(struct sim *m);

#endif
