#define _GNU_SOURCE /* pipe2, F_SETPIPE_SZ */

#include "platform/linux/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

_Static_assert(ODR_WORKER_LINE_MAX <= PIPE_BUF, "a line must fit one atomic write");

enum {
	EVENTS_BYTES = 1 << 20, /* some ten thousand lines: a whole job fits before anyone reads */
	STALL_MS = 2000, /* a drive in mid-write bears that; a person's Ctrl-S lasts longer */
	DEATH_MS = 100,	 /* how soon a death is noticed that leaves the pipe open */
};

/* ---- start ---------------------------------------------------------------------------------- */

static _Noreturn void be_worker(struct odr_worker *w, pid_t parent,
				void (*serve)(struct odr_worker *w, void *arg), void *arg)
{
	/* What a terminal or a closed window sends. The rest is for odr_host_guard, while a job runs. */
	static const int ignored[] = {SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setsid();
	/* However the person's side ends: who is not in the middle of a write does not begin one. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0); /* it has ended already */
	for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
		signal(ignored[i], SIG_IGN);
	/* Whoever waits for the end of our output waits for the person's side only. */
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
	}
	serve(w, arg);
	_exit(0);
}

enum odr_err odr_worker_start(struct odr_worker *w, void (*serve)(struct odr_worker *w, void *arg),
			      void *arg, struct odr_error *e)
{
	int to[2] = {-1, -1};
	int from[2] = {-1, -1};
	bool worker;
	pid_t parent = getpid();

	memset(w, 0, sizeof *w);
	w->also = -1;
	/* Close-on-exec: an external flasher must not hold them open. */
	if (pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0)
		w->pid = fork();
	else
		w->pid = -1;
	if (w->pid < 0) {
		odr_fail(e, ODR_E_INTERNAL, "no second process: %s", strerror(errno));
		for (int i = 0; i < 2; i++) {
			close(to[i]);
			close(from[i]);
		}
		return ODR_E_INTERNAL;
	}
	worker = w->pid == 0;
	close(worker ? to[1] : to[0]);
	close(worker ? from[0] : from[1]);
	w->in = worker ? to[0] : from[0];
	w->out = worker ? from[1] : to[1];
	fcntl(w->out, F_SETFL, O_NONBLOCK);
	if (worker) {
		fcntl(w->out, F_SETPIPE_SZ, EVENTS_BYTES); /* refused: 64 KiB must do */
		be_worker(w, parent, serve, arg);
	}
	signal(SIGPIPE, SIG_IGN);
	return ODR_OK;
}

void odr_worker_join(struct odr_worker *w, int fd)
{
	memset(w, 0, sizeof *w);
	w->also = -1;
	w->in = w->out = fd;
	signal(SIGPIPE, SIG_IGN);
}

/* ---- lines ---------------------------------------------------------------------------------- */

static size_t make_line(char text[ODR_WORKER_LINE_MAX], const char *line)
{
	size_t len = strnlen(line, ODR_WORKER_LINE_MAX - 1);

	for (size_t i = 0; i < len; i++)
		text[i] = line[i] == '\n' ? ' ' : line[i];
	text[len] = '\n';
	return len + 1;
}

/* Returns 0, or EAGAIN (full), or another errno (nobody reads). Never a part of a line. */
static int put_line(int fd, const char *text, size_t len)
{
	while (write(fd, text, len) < 0) {
		if (errno != EINTR)
			return errno;
	}
	return 0;
}

/* Take one line out of the buffer. */
static bool take_line(struct odr_worker *w, char *line, size_t cap)
{
	char *end = memchr(w->buffer, '\n', w->used);
	size_t len;

	if (!end)
		return false;
	len = (size_t)(end - w->buffer);
	snprintf(line, cap, "%.*s", (int)len, w->buffer);
	w->used -= len + 1;
	memmove(w->buffer, end + 1, w->used);
	return true;
}

/* Read what is there. Both sides send lines that end, so there is always room. false: no more. */
static bool fill_buffer(struct odr_worker *w)
{
	ssize_t n = read(w->in, w->buffer + w->used, sizeof w->buffer - w->used);

	if (n > 0)
		w->used += (size_t)n;
	return n > 0 || (n < 0 && errno == EINTR);
}

/* ---- the person's side ---------------------------------------------------------------------- */

enum odr_err odr_worker_send(struct odr_worker *w, const char *line, struct odr_error *e)
{
	char text[ODR_WORKER_LINE_MAX];
	/* Of a dying process one pipe may be closed a moment before the other. */
	int err = w->gone ? EPIPE : put_line(w->out, text, make_line(text, line));

	if (err == EAGAIN)
		return odr_fail(e, ODR_E_TIMEOUT, "the engine does not take lines now");
	if (err)
		return odr_fail(e, ODR_E_NO_DEVICE, "the engine does not listen any more");
	return ODR_OK;
}

void odr_worker_stop(const struct odr_worker *w)
{
	if (w->pid && !w->ended) /* reaped: the number may be somebody else's */
		kill(w->pid, SIGTERM);
}

static bool has_ended(struct odr_worker *w)
{
	if (w->pid && !w->ended)
		w->ended = waitpid(w->pid, &w->status, WNOHANG) == w->pid;
	return w->ended;
}

enum odr_worker_next odr_worker_next(struct odr_worker *w, char *line, size_t cap, int timeout_ms)
{
	struct pollfd fd = {.fd = w->in, .events = POLLIN};
	bool ended = false;
	int slice;
	int ready;

	while (!take_line(w, line, cap)) {
		slice = ended ? 0 : DEATH_MS;
		if (timeout_ms >= 0 && timeout_ms < slice)
			slice = timeout_ms;
		ready = poll(&fd, 1, slice);
		if (ready < 0)
			continue; /* EINTR */
		if (ready > 0 && fill_buffer(w))
			continue;
		/* The end of the pipe; or still quiet after the death was noticed: no line is left. */
		w->gone = ready > 0 || ended;
		if (w->gone)
			return ODR_WORKER_GONE;
		ended = has_ended(w);
		if (!ended && timeout_ms >= 0) {
			timeout_ms -= slice;
			if (timeout_ms <= 0)
				return ODR_WORKER_TIMEOUT;
		}
	}
	return ODR_WORKER_LINE;
}

int odr_worker_fd(const struct odr_worker *w)
{
	return w->in;
}

int odr_worker_close(struct odr_worker *w, char *how, size_t cap)
{
	close(w->out);
	if (w->in != w->out)
		close(w->in);
	while (w->pid && !w->ended)
		w->ended = waitpid(w->pid, &w->status, 0) == w->pid || errno != EINTR;
	if (WIFSIGNALED(w->status)) {
		if (how)
			snprintf(how, cap, "killed by signal %d", WTERMSIG(w->status));
		return 128 + WTERMSIG(w->status);
	}
	if (how)
		snprintf(how, cap, "it ended with status %d", WEXITSTATUS(w->status));
	return WEXITSTATUS(w->status);
}

/* ---- the worker's side ---------------------------------------------------------------------- */

/* Say it now, or hold it back while the pipe is full. When nobody reads any more it is dropped. */
static void say_or_hold(struct odr_worker *w, const char *text, size_t len)
{
	w->held_len = put_line(w->out, text, len) == EAGAIN ? len : 0;
	if (w->held_len && text != w->held)
		memcpy(w->held, text, len);
}

enum odr_worker_next odr_worker_read(struct odr_worker *w, char *line, size_t cap, int timeout_ms)
{
	while (!take_line(w, line, cap)) {
		struct pollfd fd[3] = {
			{.fd = w->in, .events = POLLIN},
			{.fd = w->held_len ? w->out : -1, .events = POLLOUT},
			{.fd = w->also, .events = POLLIN},
		};
		int ready = poll(fd, 3, timeout_ms);

		if (ready == 0)
			return ODR_WORKER_TIMEOUT;
		if (ready < 0)
			return ODR_WORKER_TIMEOUT; /* EINTR: it was told something */
		if (fd[1].revents)
			say_or_hold(w, w->held, w->held_len);
		if (fd[0].revents && !fill_buffer(w))
			return ODR_WORKER_GONE;
		if (fd[2].revents && !fd[0].revents)
			return ODR_WORKER_TIMEOUT;
	}
	return ODR_WORKER_LINE;
}

void odr_worker_adopt(struct odr_worker *w, int fd)
{
	close(w->in);
	close(w->out);
	w->in = w->out = fd;
	w->used = w->held_len = 0;
}

void odr_worker_listen(struct odr_worker *w, int fd)
{
	w->also = fd;
}

void odr_worker_emit(struct odr_worker *w, const char *line)
{
	struct pollfd fd = {.fd = w->out, .events = POLLOUT};
	char text[ODR_WORKER_LINE_MAX];
	size_t len = make_line(text, line);
	bool behind = w->held_len > 0;

	if (behind)
		say_or_hold(w, w->held, w->held_len);
	if (w->held_len) {
		memcpy(w->held, text, len); /* the newest counts */
		w->held_len = len;
		return;
	}
	say_or_hold(w, text, len);
	if (w->held_len && !behind && poll(&fd, 1, STALL_MS) > 0)
		say_or_hold(w, w->held, w->held_len);
}
