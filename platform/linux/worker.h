/*
 * worker.h - the process border: one child process touches the machine, its parent talks to the
 * person, and lines of text go between them.
 *
 * The worker has a session of its own and ignores what a terminal can send, so that a closed window
 * or Ctrl-C never stops a write (design.md section 6, rule 5). Knows nothing of what the lines mean.
 */
#ifndef ODR_WORKER_H
#define ODR_WORKER_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define ODR_WORKER_LINE_MAX 1024

struct odr_worker {
	pid_t pid; /* the worker, on the person's side; 0 in the worker */
	int in, out;
	bool deaf; /* worker's side: nobody listens any more */
	size_t used;
	char buffer[4 * ODR_WORKER_LINE_MAX];
};

/* Forks. In the child `serve` runs once, then it ends. The caller owns w. */
enum odr_err odr_worker_start(struct odr_worker *w, void (*serve)(struct odr_worker *w, void *arg),
			      void *arg, struct odr_error *e);

/* ---- the person's side ---- */

enum odr_err odr_worker_send(struct odr_worker *w, const char *line, struct odr_error *e);

enum odr_worker_next { ODR_WORKER_LINE, ODR_WORKER_TIMEOUT, ODR_WORKER_GONE };
/* The next line without its end, cut to cap. timeout_ms -1: wait as long as it takes. */
enum odr_worker_next odr_worker_next(struct odr_worker *w, char *line, size_t cap, int timeout_ms);

/* Close the pipes, wait for the worker's end, and say in `how` (may be NULL) what it was.
 * Returns its exit status, or 128 and the signal. */
int odr_worker_close(struct odr_worker *w, char *how, size_t cap);

/* ---- the worker's side ---- */

/* The next line that was sent; waits. false: the person's side is gone. */
bool odr_worker_read(struct odr_worker *w, char *line, size_t cap);
/* Say a line. Waits for a slow reader; when there is none any more, drops it. */
void odr_worker_emit(struct odr_worker *w, const char *line);

#endif
