/*
 * handles.h - what hands could do with the practice PC as it stands now, for a page of hands: the
 * wrong ones, too, because here they do no harm.
 */
#ifndef ODR_SIM_HANDLES_H
#define ODR_SIM_HANDLES_H

#include "platform/sim/machine.h"

/*
 * One row a line, "LETTER|HAND|WORDS": `c|cable 3 off|Pull the data cable ...`. A HAND may be two with
 * "; " between them. A letter means the same thing all the time. At most 14 rows of 100 characters.
 */
void sim_handles(const struct sim *m, char *answer, size_t cap);

#endif
