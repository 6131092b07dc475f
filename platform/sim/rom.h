/*
 * rom.h - the MediaTek boot ROM: the intro, the cycles to the flash chip, the outro
 * (protocols.md 2.4, 2.5). Only the parallel chip (status 70) is modelled behind it.
 */
#ifndef ODR_SIM_ROM_H
#define ODR_SIM_ROM_H

#include "platform/sim/machine.h"

/* A command for a drive whose boot ROM listens. */
void sim_rom_command(struct sim *m, unsigned drive, uint8_t command);

#endif
