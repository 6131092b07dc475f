/*
 * sim.h - the practice PC: two IDE channels, four positions, drives whose life comes from the bytes
 * in their flash chips. Practice mode for people, test bed for us.
 *
 * Written from protocols.md alone. It shares no constant, table or helper with flash/, so that the
 * engine cannot be tested against its own misunderstandings; it is harsher than hardware: every
 * access outside the documented sequences is written to DIR/wrong.txt, and tests fail on that file.
 *
 * The rig's state lives in DIR, outside the program, as a real drive does: kill -9, a restart and a
 * second copy meet the same machine.
 */
#ifndef ODR_SIM_H
#define ODR_SIM_H

#include "platform/platform.h"

/*
 * odr_sim_open - options: "rig=FILE,state=DIR[,speed=max|20x|1x][,trace=FILE][,reboot=ends]".
 * rig: an INI file (tests/rigs/README explains the keys); a state folder that already holds a rig
 *      continues it and the rig file is then only checked to be the same.
 * state: made when missing. speed: max turns a virtual clock, default 20x.
 * trace: every port access, one a line (format in sim/trace.h).
 * reboot=ends: as in life, a reset, switching off and a mains failure end the process that plays them,
 *      as kill -9 does; the next one opens when the BIOS is through. Without it the same process goes on.
 * ODR_E_USAGE: file, line and reason in e.
 */
enum odr_err odr_sim_open(struct odr_platform *out, const char *options, struct odr_error *e);

/*
 * odr_sim_open_hands - the same options, for a process that has hands and nothing else: the person's
 * side, while its worker has the folder open. Of the table only close, hand and fact are there.
 * hand: played by whoever turns the clock, also in the middle of a job (why that is safe: sim/mail.h);
 *      when nobody does, played here at once, and nothing ends this process.
 *      ODR_E_TIMEOUT after about 5 s: the program has the folder open and does not let its time pass.
 * One for a process, beside none from odr_sim_open; it may be open before and after a fork.
 */
enum odr_err odr_sim_open_hands(struct odr_platform *out, const char *options, struct odr_error *e);

#endif
