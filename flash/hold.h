/*
 * hold.h - exclusive use: of the machine against every other program, and of the journal's folder.
 *
 * The cable is one: a second program that only looks selects a device and reads registers between two
 * accesses of a write, and breaks it. So one lock is for all positions, and whoever does not hold it
 * touches no port at all. It is held for the moment of a command, and from a knock that was answered (or
 * a job) until the ways out have run. Both locks end with the process. Inside flash/ only.
 */
#ifndef ODR_HOLD_H
#define ODR_HOLD_H

#include "flash/engine.h"

/* Before the first access of a command. Waits up to 2 s. Not DONE: refused and told, nothing touched. */
enum odr_exit odr_hold_machine(struct odr_engine *engine);
/* The same for the panel, which says once that it is shut out and once that it is not any more. */
bool odr_hold_for_panel(struct odr_engine *engine);
/* After a command or a look: give the machine back, unless a drive is still in work. */
void odr_hold_end(struct odr_engine *engine);

/* One glance (platform.h). false: another program works with the machine just now, nothing was seen. */
bool odr_hold_glance(struct odr_engine *engine, uint32_t *glance);

/*
 * Take a position into work, and the journal with it, until odr_undo_all. Held already: ODR_OK.
 * ODR_E_REFUSED: another position is in work, or another program works with this journal.
 */
enum odr_err odr_hold_position(struct odr_engine *engine, unsigned position, struct odr_error *e);
/* Why not, by the error of the above: in use, or no place for the journal. */
enum odr_no odr_hold_no(const struct odr_error *e);
/* The way back, for odr_undo_all. */
void odr_hold_drop(struct odr_engine *engine);

#endif
