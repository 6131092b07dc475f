/*
 * rules.h - the documented sequences at register level (protocols.md 2.4, 2.5, 5.4 to 5.8): looks at
 * every access before it has its effect and writes down what none of them has.
 *
 * A program is judged by what it could know: by the status it last read there. A hand that pulls a
 * plug in the middle of a cycle does not make that cycle wrong.
 */
#ifndef ODR_SIM_RULES_H
#define ODR_SIM_RULES_H

#include "platform/sim/machine.h"

/* A write of `value` to reg (ODR_REG_ERROR .. ODR_REG_STATUS). */
void sim_rules_write(struct sim *m, unsigned channel, unsigned reg, uint8_t value);
void sim_rules_control(struct sim *m, unsigned channel, uint8_t value);
/* A read of anything but the alternate status. */
void sim_rules_read(struct sim *m, unsigned channel, unsigned reg);
/* A data word without DRQ. */
void sim_rules_no_drq(struct sim *m, unsigned channel);
/* The program closes the machine. */
void sim_rules_close(struct sim *m);

#endif
