/*
 * place.h - which drive do you mean, and how do we know? Positions as people type them, and the
 * proof of the target (design.md section 2). Inside flash/ only; never writes to a drive.
 */
#ifndef ODR_PLACE_H
#define ODR_PLACE_H

#include "flash/engine.h"

/*
 * odr_parse_position - "3", "secondary master", "sec master", "Secondary  Slave".
 * Returns the position and sets *rest behind it (blanks skipped); 0: no position there, *rest is then text.
 */
unsigned odr_parse_position(const char *text, const char **rest);

/* Seconds, a whole number from 1 to 3600 and nothing behind it; 0: anything else. */
unsigned odr_parse_seconds(const char *text);

/* The same state and name? */
bool odr_place_same(const struct odr_place *a, const struct odr_place *b);
/* Empty, absent or no port. */
bool odr_place_nobody(enum odr_state state);
/* The four plugs are always told; a further position only where somebody is, or was. */
bool odr_place_is_told(const struct odr_engine *engine, const struct odr_place *place);
/* Which channels differ from the baseline, which there must be: bit 0 primary, bit 1 secondary, the
 * others as odr_position_channel counts them. */
unsigned odr_channels_changed(const struct odr_engine *engine, const struct odr_snapshot *now);

enum odr_exit odr_cmd_scan(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_watch(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_baseline(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_rescan(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_detach(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_target(struct odr_engine *engine, const char *args);
void odr_report_target(struct odr_engine *engine);
/*
 * odr_target_glance - compare a glance (platform.h) with the one at the proof. A stuck drive looks like
 * its twin, so only the moment between the two tells that it was changed: nobody on its channel. Call it
 * between commands; a drive that answers in flash mode cannot leave without leaving that, too.
 */
void odr_target_glance(struct odr_engine *engine, uint32_t glance);
/* "only channel that changed since the baseline", ... */
const char *odr_proof_text(enum odr_proof proof);

#endif
