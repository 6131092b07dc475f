/*
 * worker.h - the process border: one child process touches the machine, its parent talks to the
 * person, and lines of text go between them over two pipes.
 *
 * The worker has a session of its own and ignores what a terminal can send, so that a closed window
 * or Ctrl-C never stops a write (design.md section 6, rule 5). It must never wait for ever for its
 * reader, and the person's side never for the worker. Knows nothing of what the lines mean.
 *
 * One worker to a process: a second one would hold the first one's pipes open.
 */
#ifndef ODR_WORKER_H
#define ODR_WORKER_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A line with its end; longer ones are cut. Below PIPE_BUF, so that a write is all or nothing. */
#define ODR_WORKER_LINE_MAX 1024

/* Either side's end. Owned by the caller of odr_worker_start, filled there, all fields private. */
struct odr_worker {
	pid_t pid; /* the worker, on the person's side; 0: another terminal's, which is not our child */
	int in, out;
	int also;   /* worker's side: what else wakes it, -1 nothing */
	bool gone;  /* person's side: next() has said so */
	bool ended; /* person's side: the worker was reaped, with this status */
	int status;
	size_t held_len; /* worker's side: the line that waits for a reader that has stopped reading */
	char held[ODR_WORKER_LINE_MAX];
	size_t used;
	char buffer[4 * ODR_WORKER_LINE_MAX];
};

/* Forks. In the child `serve` runs once on its end, then the child exits with status 0. From here on
 * this process ignores SIGPIPE: a dead worker is told by odr_worker_next, not by a signal. */
enum odr_err odr_worker_start(struct odr_worker *w, void (*serve)(struct odr_worker *w, void *arg),
			      void *arg, struct odr_error *e);

/* The person's side of a worker that another terminal started: fd is a socket (attach.h). */
void odr_worker_join(struct odr_worker *w, int fd);

/* Tell the worker to end, as kill does. It hears that when it can; its last lines still come. Never another
 * terminal's. */
void odr_worker_stop(const struct odr_worker *w);

/* What came of waiting for a line. */
enum odr_worker_next { ODR_WORKER_LINE, ODR_WORKER_TIMEOUT, ODR_WORKER_GONE };

/* ---- the person's side ---- */

/* Never waits. ODR_E_NO_DEVICE: the worker is gone. ODR_E_TIMEOUT: it has left more than 64 KiB of
 * lines unread. */
enum odr_err odr_worker_send(struct odr_worker *w, const char *line, struct odr_error *e);

/* The next line without its end, cut to cap. timeout_ms -1: wait as long as it takes. GONE comes after
 * the worker's last line, even while a child of the worker still holds the pipe. */
enum odr_worker_next odr_worker_next(struct odr_worker *w, char *line, size_t cap, int timeout_ms);

/* What to wait for beside the keyboard (odr_host_wait), once odr_worker_next has no more lines now. */
int odr_worker_fd(const struct odr_worker *w);

/* Close the pipes, wait for the worker's end, and say in `how` (may be NULL) what it was.
 * Returns its exit status, or 128 and the signal. */
int odr_worker_close(struct odr_worker *w, char *how, size_t cap);

/* ---- the worker's side ---- */

/* The next line that was sent. timeout_ms -1: wait as long as it takes. GONE: the person's side is.
 * TIMEOUT also when a signal came, or what odr_worker_listen named can be read. */
enum odr_worker_next odr_worker_read(struct odr_worker *w, char *line, size_t cap, int timeout_ms);

/* The person is gone, and another one has come by this socket: from now on that is who is listened and
 * spoken to. */
void odr_worker_adopt(struct odr_worker *w, int fd);

/* From now on reading also wakes up when fd can be read. -1: no more. */
void odr_worker_listen(struct odr_worker *w, int fd);

/* Say a line; a line end inside it becomes a blank. A slow reader is waited for, one that has stopped
 * (Ctrl-S on its terminal) for 2 s and no more: then lines are lost until it reads again, except the
 * newest, because the end of a command is said last. When there is no reader any more, all are. */
void odr_worker_emit(struct odr_worker *w, const char *line);

#endif
