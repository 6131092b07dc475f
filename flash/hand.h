/*
 * hand.h - the hands of the practice PC's person, as a command. Inside flash/ only; nothing of it
 * reaches a real machine.
 *
 * Events: `hand did="cable 3 off" text="what is seen" lesson="..."`, the lesson only after a wrong
 * hand; and for `hand ?` a row each of what hands could do now: `handle key="c" form="cable 3 off"
 * text="..."`. A form may be two hands with "; " between them.
 */
#ifndef ODR_HAND_H
#define ODR_HAND_H

#include "flash/engine.h"

enum odr_exit odr_cmd_hand(struct odr_engine *engine, const char *args);

#endif
