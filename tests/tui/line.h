/*
 * line.h - a program on a terminal of its own, what comes over the line, and the waits for it. ptyrun's
 * other half.
 *
 * All times in microseconds of the monotonic clock. Nothing here waits longer than it was told, nor past
 * run.end_us; nothing sleeps: every wait is a poll() that the awaited thing ends.
 */
#ifndef TESTS_TUI_LINE_H
#define TESTS_TUI_LINE_H

#define _GNU_SOURCE
#include "tests/tui/kin.h"
#include "tests/tui/vt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <time.h>

enum { SAID = 256 * 1024, BURST_US = 20000 };

struct options {
	struct winsize size;
	const char *term, *in;
	unsigned baud;
	uint64_t limit_us;
};

static struct {
	int master, signals;
	pid_t child;
	bool ended, alone, held, stopped; /* stopped: a signal asks ptyrun to end */
	int status;
	uint64_t bytes, bursts, byte_us; /* so far; when the last one came */
	uint64_t moment_us;		 /* when the last wait was over */
	const char *typing; /* what the person types, and how much of it is still to be sent */
	size_t typed;
	char said[SAID + 1];
	size_t said_len;
	struct {
		uint64_t us, bytes, bursts, cpu_us;
	} from; /* the last point */
	uint64_t end_us;
} run;
static struct vt screen;

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void take(const uint8_t *bytes, size_t n)
{
	uint64_t us = now_us();

	if (us - run.byte_us > BURST_US || !run.bytes)
		run.bursts++;
	run.byte_us = us;
	run.bytes += n;
	for (size_t i = 0; i < n; i++) {
		char c = vt_put(&screen, bytes[i]);

		if (!c && bytes[i] == '\n')
			c = '\n';
		if (run.said_len == SAID) { /* the older half goes */
			memmove(run.said, run.said + SAID / 2, SAID - SAID / 2);
			run.said_len -= SAID / 2;
		}
		if (c)
			run.said[run.said_len++] = c;
	}
	run.said[run.said_len] = '\0';
}

static void fetch_children(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == run.child) {
			run.ended = true;
			run.status = status;
		}
	run.alone = pid < 0 && errno == ECHILD;
}

static void take_signals(void)
{
	struct signalfd_siginfo info;

	while (read(run.signals, &info, sizeof info) == sizeof info)
		if (info.ssi_signo != SIGCHLD)
			run.stopped = true;
	fetch_children();
}

static void hang_up(void)
{
	close(run.master);
	run.master = -1;
}

/* Take what comes, until something has come or the time is up. Type what waits to be typed. */
static void pump(uint64_t until_us)
{
	uint8_t bytes[4096];
	uint64_t us = now_us();
	struct pollfd fd[2] = {{run.signals, POLLIN, 0}, {run.master, 0, 0}};
	struct timespec left = {0, 0};
	ssize_t n;

	if (until_us > run.end_us)
		until_us = run.end_us;
	if (until_us > us)
		left = (struct timespec){.tv_sec = (time_t)((until_us - us) / 1000000),
					 .tv_nsec = (long)((until_us - us) % 1000000 * 1000)};
	fd[1].events = (short)((run.held ? 0 : POLLIN) | (run.typed ? POLLOUT : 0));
	if (!fd[1].events)
		fd[1].fd = -1;
	if (ppoll(fd, 2, &left, NULL) <= 0)
		return;
	if (fd[1].revents & POLLOUT) {
		n = write(run.master, run.typing, run.typed);
		if (n > 0) {
			run.typing += n;
			run.typed -= (size_t)n;
		}
	}
	if (fd[1].revents & (POLLIN | POLLHUP)) {
		n = read(run.master, bytes, sizeof bytes);
		if (n > 0)
			take(bytes, (size_t)n);
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			hang_up(); /* nobody holds the other end any more */
	}
	if (fd[0].revents)
		take_signals();
}

static void become(const struct options *o, pid_t parent, char **argv)
{
	static const int usual[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGTSTP, SIGCHLD};
	sigset_t none;
	int null;

	kin_bind(parent);
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		signal(usual[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (o->in)
		close(0);
	if (o->in && !strcmp(o->in, "null")) {
		null = open("/dev/null", O_RDONLY);
		if (null != 0)
			_exit(127);
	}
	if (o->term)
		setenv("TERM", o->term, 1);
	/* what a shell may have set for its own window would overrule the terminal's size */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	execvp(argv[0], argv);
	fprintf(stderr, "ptyrun: %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static speed_t speed_of(unsigned baud)
{
	return baud == 9600 ? B9600 : baud == 115200 ? B115200 : B38400;
}

static bool start(const struct options *o, char **argv)
{
	struct termios t;
	pid_t parent = getpid();
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	run.signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	kin_adopt();
	run.from.us = run.moment_us = now_us();
	run.end_us = run.from.us + o->limit_us;
	run.child = forkpty(&run.master, NULL, NULL, &o->size);
	if (run.child < 0)
		return false;
	if (!run.child) {
		/* as a serial line has it; a shell's terminal usually says 38400 */
		if (o->baud && !tcgetattr(1, &t) && !cfsetspeed(&t, speed_of(o->baud)))
			tcsetattr(1, TCSANOW, &t);
		become(o, parent, argv);
	}
	fcntl(run.master, F_SETFL, O_NONBLOCK);
	fcntl(run.master, F_SETFD, FD_CLOEXEC);
	return true;
}

/* ---- waits: false when the time is up ---- */

static bool on_screen(const char *text)
{
	char row[VT_COLS + 1];

	for (unsigned r = 0; r < screen.rows; r++)
		if (strstr(vt_row(&screen, r, row), text))
			return true;
	return false;
}

static bool holds(const char *what, const char *text)
{
	if (!strcmp(what, "wait"))
		return on_screen(text);
	if (!strcmp(what, "gone"))
		return !on_screen(text);
	if (!strcmp(what, "said"))
		return strstr(run.said, text);
	return strcmp(what, "ended") ? run.alone : run.ended;
}

static bool in_time(uint64_t until_us)
{
	uint64_t us = now_us();

	return !run.stopped && us < until_us && us < run.end_us;
}

static bool wait_for(const char *what, uint64_t ms, const char *text)
{
	uint64_t until_us = now_us() + ms * 1000;

	while (!holds(what, text)) {
		if (!in_time(until_us))
			return false;
		pump(until_us);
	}
	run.moment_us = run.bytes ? run.byte_us : now_us();
	if (*what == 'e' || *what == 'a') {
		run.moment_us = now_us();
		for (uint64_t seen = run.bytes - 1; run.master >= 0 && seen != run.bytes;) {
			seen = run.bytes; /* its last words may still be on the line */
			pump(0);
		}
	}
	return true;
}

static bool wait_quiet(uint64_t quiet_ms, uint64_t ms)
{
	uint64_t began_us = now_us(), until_us = began_us + ms * 1000, last_us;

	for (;;) {
		last_us = run.byte_us > began_us ? run.byte_us : began_us;
		if (now_us() >= last_us + quiet_ms * 1000)
			break;
		if (!in_time(until_us))
			return false;
		pump(last_us + quiet_ms * 1000);
	}
	run.moment_us = run.bytes ? run.byte_us : now_us();
	return true;
}

static bool pass(uint64_t ms)
{
	uint64_t until_us = now_us() + ms * 1000;

	while (in_time(until_us))
		pump(until_us);
	run.moment_us = now_us();
	return !run.stopped && run.moment_us < run.end_us;
}

static bool type(const char *bytes, size_t len)
{
	run.typing = bytes;
	run.typed = len;
	while (run.typed) {
		if (run.master < 0 || !in_time(run.end_us))
			return false;
		pump(run.end_us);
	}
	return true;
}

#endif
