#define _POSIX_C_SOURCE 200809L

#include "platform/linux/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a terminal, a closed window or a dead reader sends. */
static void ignore_signals(void)
{
	static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE};

	for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
		signal(ignored[i], SIG_IGN);
}

static _Noreturn void be_worker(struct odr_worker *w,
				void (*serve)(struct odr_worker *w, void *arg), void *arg)
{
	setsid();
	ignore_signals();
	serve(w, arg);
	_exit(0);
}

enum odr_err odr_worker_start(struct odr_worker *w, void (*serve)(struct odr_worker *w, void *arg),
			      void *arg, struct odr_error *e)
{
	int to[2], from[2];

	memset(w, 0, sizeof *w);
	if (pipe(to) < 0)
		return odr_fail(e, ODR_E_INTERNAL, "no pipe: %s", strerror(errno));
	if (pipe(from) < 0) {
		close(to[0]);
		close(to[1]);
		return odr_fail(e, ODR_E_INTERNAL, "no pipe: %s", strerror(errno));
	}
	fflush(stdout);
	w->pid = fork();
	if (w->pid == 0) {
		close(to[1]);
		close(from[0]);
		w->in = to[0];
		w->out = from[1];
		be_worker(w, serve, arg);
	}
	close(to[0]);
	close(from[1]);
	w->in = from[0];
	w->out = to[1];
	if (w->pid < 0) {
		close(w->in);
		close(w->out);
		return odr_fail(e, ODR_E_INTERNAL, "no second process: %s", strerror(errno));
	}
	signal(SIGPIPE, SIG_IGN); /* a dead worker is told by next(), not by a signal */
	return ODR_OK;
}

static bool write_line(int fd, const char *line)
{
	char text[ODR_WORKER_LINE_MAX + 1];
	size_t len = (size_t)snprintf(text, sizeof text, "%.*s\n", ODR_WORKER_LINE_MAX - 1, line);
	size_t done = 0;

	while (done < len) {
		ssize_t n = write(fd, text + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

enum odr_err odr_worker_send(struct odr_worker *w, const char *line, struct odr_error *e)
{
	if (!write_line(w->out, line))
		return odr_fail(e, ODR_E_INTERNAL, "the engine does not listen any more");
	return ODR_OK;
}

/* Take one line out of the buffer. */
static bool take(struct odr_worker *w, char *line, size_t cap)
{
	char *end = memchr(w->buffer, '\n', w->used);
	size_t len;

	if (!end && w->used < sizeof w->buffer)
		return false;
	len = end ? (size_t)(end - w->buffer) : w->used;
	snprintf(line, cap, "%.*s", (int)len, w->buffer);
	len += end ? 1 : 0;
	w->used -= len;
	memmove(w->buffer, w->buffer + len, w->used);
	return true;
}

enum odr_worker_next odr_worker_next(struct odr_worker *w, char *line, size_t cap, int timeout_ms)
{
	while (!take(w, line, cap)) {
		struct pollfd fd = {.fd = w->in, .events = POLLIN};
		int ready = poll(&fd, 1, timeout_ms);
		ssize_t n;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready == 0)
			return ODR_WORKER_TIMEOUT;
		n = read(w->in, w->buffer + w->used, sizeof w->buffer - w->used);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ODR_WORKER_GONE;
		w->used += (size_t)n;
	}
	return ODR_WORKER_LINE;
}

int odr_worker_close(struct odr_worker *w, char *how, size_t cap)
{
	int status = 0;

	close(w->out);
	close(w->in);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status)) {
		if (how)
			snprintf(how, cap, "killed by signal %d", WTERMSIG(status));
		return 128 + WTERMSIG(status);
	}
	if (how)
		snprintf(how, cap, "it ended with status %d", WEXITSTATUS(status));
	return WEXITSTATUS(status);
}

bool odr_worker_read(struct odr_worker *w, char *line, size_t cap)
{
	return odr_worker_next(w, line, cap, -1) == ODR_WORKER_LINE;
}

void odr_worker_emit(struct odr_worker *w, const char *line)
{
	if (!w->deaf)
		w->deaf = !write_line(w->out, line);
}
