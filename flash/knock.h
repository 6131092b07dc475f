/*
 * knock.h - wake the boot ROM of a dead drive (protocols.md 2.4): the one thing that may need the
 * person's hand on the power switch before a plan can exist. Its consent is the name of the position,
 * typed. It never erases and never programs; it reads the chip's id. Inside flash/ only.
 */
#ifndef ODR_KNOCK_H
#define ODR_KNOCK_H

#include "flash/engine.h"

enum odr_exit odr_cmd_knock(struct odr_engine *engine, const char *args);

#endif
