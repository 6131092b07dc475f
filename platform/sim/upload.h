/*
 * upload.h - WRITE BUFFER as BTC DRW1004/1008/1108 take it: 256 pieces of 4 KiB, a header with the sum,
 * burn (protocols.md 3.1). Any other drive that is sent one is a case for wrong.txt.
 */
#ifndef ODR_SIM_UPLOAD_H
#define ODR_SIM_UPLOAD_H

#include "platform/sim/machine.h"

/* Look at any CDB: what comes in the middle of an upload, or in the fixed wait, is wrong. */
void sim_upload_watch(struct sim *m, unsigned drive);
/* 3Bh. */
void sim_upload_command(struct sim *m, unsigned drive);
/* Its data are in the channel's buffer. */
void sim_upload_data(struct sim *m, unsigned drive);

/* The end of a burn: false when what is now in the chip does not run. */
bool sim_upload_burn_end(struct sim *m, unsigned drive);
/* Power or RESET- in mid burn: part new, the rest erased. */
void sim_upload_burn_cut(struct sim *m, unsigned drive);

#endif
