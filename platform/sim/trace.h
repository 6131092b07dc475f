/*
 * trace.h - every port access and every wait of a session, one short line each:
 *   o 176 A0      OUT, port and byte, hex
 *   i 177 70      IN
 *   O 170 1234    one word written to the data port (low byte is the first in memory)
 *   I 170 1234    one word read
 *   W 250000      wait_us, decimal; a wait_ms of the platform is written in us too
 * Buffered; written out when the buffer is full, when a hand ends the process, and at the end.
 */
#ifndef ODR_SIM_TRACE_H
#define ODR_SIM_TRACE_H

#include "platform/platform.h"

struct sim_trace {
	bool on;
	int handle;
	uint32_t used;
	char buffer[4096];
};

/* path: made or continued. */
enum odr_err sim_trace_open(struct sim_trace *t, const char *path, struct odr_error *e);
void sim_trace_flush(struct sim_trace *t);
void sim_trace_close(struct sim_trace *t);

/* Only when t->on. kind: 'o', 'i', 'O' or 'I'. */
void sim_trace_access(struct sim_trace *t, char kind, uint16_t port, unsigned value);
void sim_trace_wait(struct sim_trace *t, uint64_t us);

#endif
