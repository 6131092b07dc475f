/*
 * mtkline.h - `mtkflash 3 w /m /b FILE`, understood as what it means: that position, that file, a
 * plan. It never runs MTKFLASH and never writes: the plan still wants its words.
 */
#ifndef ODR_MTKLINE_H
#define ODR_MTKLINE_H

#include "flash/engine.h"

enum odr_exit odr_cmd_mtkflash(struct odr_engine *engine, const char *args);

#endif
