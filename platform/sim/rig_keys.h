/*
 * rig_keys.h - the words of a rig file (tests/rigs/README lists them for people).
 *
 * Each function returns false with *reason, which reads on with the key: "wrong value for " "left".
 */
#ifndef ODR_SIM_RIG_KEYS_H
#define ODR_SIM_RIG_KEYS_H

#include "platform/sim/rig.h"

bool sim_rig_has_section(const char *section);
/* The key `type` makes the drive; it comes before all others. */
bool sim_rig_set_type(struct sim_rig *rig, const char *section, const char *value,
		      const char **reason);
/* Any other key. `chip` resets what depends on the size: it comes before those. */
bool sim_rig_set(struct sim_rig *rig, const char *section, const char *key, const char *value,
		 const char **reason);

#endif
