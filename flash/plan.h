/*
 * plan.h - everything that will happen to one position, before anything happens: shown line by line,
 * digested, confirmed by words that name the position (design.md section 2, idea 6; section 6, rule
 * 1). Making a plan looks at the drives passively and writes nothing. Inside flash/ only.
 */
#ifndef ODR_PLAN_H
#define ODR_PLAN_H

#include "flash/engine.h"

enum odr_exit odr_cmd_image(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_plan(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_confirm(struct odr_engine *engine, const char *args);
enum odr_exit odr_cmd_restore(struct odr_engine *engine, const char *args);

#endif
