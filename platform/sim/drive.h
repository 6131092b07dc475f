/*
 * drive.h - one drive's power, life and task file.
 *
 * Life comes from the bytes in the chip: blank boot page - the boot ROM stays in charge; firmware
 * not whole - it hangs; whole - it starts. A disk and a CD-ROM just start.
 */
#ifndef ODR_SIM_DRIVE_H
#define ODR_SIM_DRIVE_H

#include "platform/sim/machine.h"

#define SIM_BSY 0x80
#define SIM_DRDY 0x40
#define SIM_DSC 0x10
#define SIM_DRQ 0x08
#define SIM_ERR 0x01

void sim_drive_power(struct sim *m, unsigned drive, bool on);
/* RESET- by the PC, or by the outro of the boot ROM. */
void sim_drive_reset(struct sim *m, unsigned drive);
/* SRST on its cable, after the bit has fallen. */
void sim_drive_soft_reset(struct sim *m, unsigned drive);
/* Let happen what its times say. */
void sim_drive_due(struct sim *m, unsigned drive);
/* Leave it as a BIOS does that identified it. */
void sim_drive_asked_by_bios(struct sim *m, unsigned drive);

uint8_t sim_drive_status(const struct sim *m, unsigned drive);
bool sim_drive_is_stuck(const struct sim *m, unsigned drive);
/* Does it drive BSY for both positions when it is alone? */
bool sim_drive_mirrors(const struct sim *m, unsigned drive);
/* A write to features..LBA high that came by on its cable. */
void sim_drive_latch(struct sim *m, unsigned drive, unsigned reg, uint8_t value);
/* A command for it. */
void sim_drive_command(struct sim *m, unsigned drive, uint8_t command);

/* After `us` of BSY the host sees `status`. */
void sim_drive_answer(struct sim *m, unsigned drive, uint8_t status, uint32_t us);
void sim_drive_abort(struct sim *m, unsigned drive);

/* Is the firmware in the chip one that runs? */
bool sim_drive_is_whole(const struct sim_nor *nor, const struct sim_rig_drive *rig);

/* Where a BTC image holds its name (protocols.md 3.1). */
#define SIM_AT_VENDOR 0x40BC
#define SIM_AT_PRODUCT 0x40C4
#define SIM_AT_REVISION 0x40D4

#endif
