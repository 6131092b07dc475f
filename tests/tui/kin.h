/*
 * kin.h - all processes that a process has brought forth, from /proc: their processor time, their end.
 *
 * The program under test has a worker in a session of its own, which outlives its terminal on purpose.
 * Whoever calls kin_adopt() inherits such orphans, so that none is lost: kin_end() ends them all.
 * Counts in microseconds. Nothing here waits without end, except for processes it has just killed.
 */
#ifndef TESTS_TUI_KIN_H
#define TESTS_TUI_KIN_H

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KIN_MAX = 64, KIN_TABLE = 4096 };

struct kin {
	unsigned count;
	pid_t pid[KIN_MAX];
};

static inline void kin_adopt(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

/* For the child between fork and exec: it ends when its parent does, even by SIGKILL. */
static inline void kin_bind(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != parent)
		_exit(127);
}

/* The parent of a process that runs; 0: there is none, or it is dead and waits to be fetched. */
static inline pid_t kin_parent(pid_t pid)
{
	char path[64], state = 'Z';
	int parent = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (!f)
		return 0;
	/* "pid (name) state parent": the name may hold anything, but not here: no test renames itself */
	if (fscanf(f, "%*d (%*[^)]) %c %d", &state, &parent) != 2 || state == 'Z')
		parent = 0;
	fclose(f);
	return (pid_t)parent;
}

/* Everybody below me. Parents are looked up in rounds: a child may have a smaller number than its parent. */
static inline struct kin kin_list(void)
{
	static struct {
		pid_t pid, parent;
	} all[KIN_TABLE];
	struct kin k = {0, {0}};
	unsigned n = 0, i, j;
	struct dirent *entry;
	bool found;
	DIR *proc = opendir("/proc");

	while (proc && n < KIN_TABLE && (entry = readdir(proc))) {
		all[n].pid = (pid_t)strtol(entry->d_name, NULL, 10);
		if (all[n].pid > 0 && (all[n].parent = kin_parent(all[n].pid)) > 0)
			n++;
	}
	if (proc)
		closedir(proc);
	do {
		found = false;
		for (i = 0; i < n; i++) {
			bool mine = all[i].parent == getpid();

			for (j = 0; j < k.count; j++)
				mine = mine || all[i].parent == k.pid[j];
			if (mine && k.count < KIN_MAX) {
				k.pid[k.count++] = all[i].pid;
				all[i].parent = 0;
				found = true;
			}
		}
	} while (found);
	return k;
}

/* Processor time of everybody below me; a process that has ended takes its time along. */
static inline uint64_t kin_cpu_us(void)
{
	struct kin k = kin_list();
	unsigned long long ns, sum = 0;
	char path[64];
	unsigned i;
	FILE *f;

	for (i = 0; i < k.count; i++) {
		snprintf(path, sizeof path, "/proc/%d/schedstat", (int)k.pid[i]);
		f = fopen(path, "r");
		if (!f)
			continue;
		if (fscanf(f, "%llu", &ns) == 1)
			sum += ns;
		fclose(f);
	}
	return sum / 1000;
}

/* End them all, fetch them all. Returns how many still ran. */
static inline unsigned kin_end(void)
{
	struct kin k = kin_list();
	unsigned first = k.count, i;

	while (k.count) {
		for (i = 0; i < k.count; i++)
			kill(k.pid[i], SIGKILL);
		/* one of them at least is my own child */
		if (waitpid(-1, NULL, 0) < 0)
			break;
		k = kin_list();
	}
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
	return first;
}

#endif
