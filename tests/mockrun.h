/*
 * mockrun.h - runs the program on the machine that mockkit.h shows, in a pipe or on a terminal, and waits
 * for what it says.
 */
#ifndef ODR_TESTS_MOCKRUN_H
#define ODR_TESTS_MOCKRUN_H

#include "tests/mockkit.h"

#include <linux/capability.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum { KIT_PATIENCE_MS = 20000 };

static bool kit_weak; /* it runs without root's right to pass over the rights of files */

struct kit_run {
	pid_t pid;
	int out; /* its standard output and errors; of a page, its terminal */
	char text[65536];
	size_t used;
};

static inline uint64_t kit_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* In the child, and for good. tree: the folder of the program. args: blanks between them. */
static inline _Noreturn void kit_exec(const char *tree, const char *args)
{
	char program[300], words[400], *argv[24] = {program};
	unsigned n = 1;

	snprintf(program, sizeof program, "%s/odrescue", tree);
	snprintf(words, sizeof words, "%s", args);
	for (char *word = strtok(words, " "); word && n < 23; word = strtok(NULL, " "))
		argv[n++] = word;
	if (kit_weak && getuid() == 0 &&
	    (prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) ||
	     prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0)))
		_exit(126);
	execv(program, argv);
	_exit(127);
}

/* Start the program of a tree on this machine. in: what it reads, -1 nothing. */
static inline void kit_run(struct kit_run *run, const char *tree, const char *args, int in)
{
	int end[2];

	memset(run, 0, sizeof *run);
	if (pipe(end) < 0)
		kit_die("pipe", NULL);
	run->pid = fork();
	if (run->pid == 0) {
		if (in >= 0)
			dup2(in, STDIN_FILENO);
		dup2(end[1], STDOUT_FILENO);
		dup2(end[1], STDERR_FILENO);
		close(end[0]);
		close(end[1]);
		kit_exec(tree, args);
	}
	close(end[1]);
	run->out = end[0];
}

/* The same on a terminal of 80 x 24, for its pages. */
static inline void kit_run_page(struct kit_run *run, const char *tree, const char *args)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};

	memset(run, 0, sizeof *run);
	run->pid = forkpty(&run->out, NULL, NULL, &size);
	if (run->pid < 0)
		kit_die("forkpty", NULL);
	if (run->pid == 0) {
		setenv("TERM", "vt100", 1);
		kit_exec(tree, args);
	}
}

/* Read on until the text shows behind `from`, or the end. Where it begins; -1: it does not come. */
static inline long kit_until(struct kit_run *run, const char *text, size_t from)
{
	uint64_t until = kit_now_us() + KIT_PATIENCE_MS * 1000ull;
	struct pollfd fd = {.fd = run->out, .events = POLLIN};
	ssize_t got = 1;

	for (;;) {
		const char *at = text ? strstr(run->text + from, text) : NULL;
		uint64_t now = kit_now_us();

		if (at)
			return at - run->text;
		if (got <= 0 || now >= until || run->used + 1 >= sizeof run->text)
			return -1;
		if (poll(&fd, 1, (int)((until - now) / 1000 + 1)) <= 0)
			continue;
		got = read(run->out, run->text + run->used, sizeof run->text - 1 - run->used);
		run->used += got > 0 ? (size_t)got : 0;
		run->text[run->used] = 0;
	}
}

/* Read to its end; one that finds none is ended. Its exit code, or 128 and the signal. */
static inline int kit_end(struct kit_run *run)
{
	uint64_t until = kit_now_us() + KIT_PATIENCE_MS * 1000ull;
	int status = 0;

	kit_until(run, NULL, 0);
	close(run->out);
	if (kit_now_us() >= until)
		kill(run->pid, SIGKILL);
	waitpid(run->pid, &status, 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

#endif
