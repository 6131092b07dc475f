/*
 * content.h - what lies in a chip when the rig is new. Synthetic: never a byte of a real firmware.
 */
#ifndef ODR_SIM_CONTENT_H
#define ODR_SIM_CONTENT_H

#include "platform/sim/rig.h"

/*
 * Fill rig->chip.bytes at `cells` as rig->content says. The same rig gives the same bytes.
 * ODR_E_FILE: SIM_FILE, and the file is missing or not as long as the chip.
 */
enum odr_err sim_content_make(const struct sim_rig_drive *rig, uint8_t *cells, struct odr_error *e);

#endif
