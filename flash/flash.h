/*
 * flash.h - a confirmed plan becomes a job: every check again, the journal, the family, the outcome.
 * Inside flash/ only.
 */
#ifndef ODR_FLASH_H
#define ODR_FLASH_H

#include "flash/job.h"

/*
 * odr_flash_point_of_no_return - the last look before something is erased: all places passively,
 * the image file to its end, then the erase point in the journal; then the engine is frozen.
 * false: something differs; *out is UNCHANGED with the reason, and nothing may be erased.
 */
bool odr_flash_point_of_no_return(struct odr_job *job, struct odr_outcome *out);

/* Every place is where the target's proof saw it. Passive for the target's channel unless the lane
 * is btc. ODR_E_REFUSED says what differs. */
enum odr_err odr_flash_look_again(struct odr_engine *engine, struct odr_error *e);

enum odr_exit odr_cmd_flash(struct odr_engine *engine, const char *args);

#endif
