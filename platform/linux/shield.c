#define _GNU_SOURCE /* pipe2 */

#include "platform/linux/shield.h"

#include "platform/host.h"
#include "platform/linux/spot.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MS = 5000, ANSWER_ROOM = 64 };

/* ---- battery -------------------------------------------------------------------------------- */

/* Of a mouse or a pen says its scope. */
static bool is_discharging(const char *root, const char *name)
{
	char path[300], type[16], status[16], scope[16];

	snprintf(path, sizeof path, "class/power_supply/%.255s", name);
	return odr_sys_line(root, path, "type", type, sizeof type) && !strcmp(type, "Battery") &&
	       odr_sys_line(root, path, "status", status, sizeof status) &&
	       !strcmp(status, "Discharging") &&
	       !(odr_sys_line(root, path, "scope", scope, sizeof scope) &&
		 !strcmp(scope, "Device"));
}

static bool is_on_battery(const char *root, struct odr_error *e)
{
	char path[300];
	const struct dirent *entry;
	bool found = false;
	DIR *dir;

	snprintf(path, sizeof path, "%.200s/sys/class/power_supply", root);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir)) != NULL) {
		found = entry->d_name[0] != '.' && is_discharging(root, entry->d_name);
		if (found)
			odr_fail(e, ODR_E_REFUSED, "battery %s is discharging", entry->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

/* ---- a program of systemd ------------------------------------------------------------------- */

/* argv[0]: its path. *in, *out: our ends of its input and output. */
static pid_t start(const char *const *argv, int *in, int *out)
{
	int to[2], from[2], null;
	pid_t child;

	if (pipe2(to, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(from, O_CLOEXEC) < 0) {
		close(to[0]);
		close(to[1]);
		return -1;
	}
	child = fork();
	if (child == 0) {
		null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		if (null >= 0)
			dup2(null, STDERR_FILENO);
		/* Our job remembers this order; it would take our shield with it. */
		signal(SIGTERM, SIG_IGN);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	*in = to[1];
	*out = from[0];
	return child;
}

/* What it says first. false: nothing in time, or it has ended. */
static bool hear(int fd, char text[ANSWER_ROOM])
{
	struct pollfd wait = {.fd = fd, .events = POLLIN};
	ssize_t got = -1;

	if (poll(&wait, 1, ANSWER_MS) > 0)
		got = read(fd, text, ANSWER_ROOM - 1);
	text[got > 0 ? got : 0] = 0;
	return got > 0;
}

/* Run it to its end; its first words are in `text`. */
static void ask(const char *const *argv, char text[ANSWER_ROOM])
{
	int in, out;
	pid_t child = start(argv, &in, &out);

	text[0] = 0;
	if (child < 0)
		return;
	if (!hear(out, text))
		kill(child, SIGKILL); /* at its end already, or it will never be */
	close(in);
	close(out);
	waitpid(child, NULL, 0);
}

/* ---- the login ------------------------------------------------------------------------------ */

/* Does this process belong to a login (session-N.scope), or to a user's own programs (user@UID.service)? */
static bool is_in_login(void)
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	char line[300];
	bool is = false;

	while (file && fgets(line, sizeof line, file))
		is |= strstr(line, "/session-") != NULL || strstr(line, "/user@") != NULL;
	if (file)
		fclose(file);
	return is;
}

/* A scope of the system's, as systemd-run --scope makes one, with us in it. */
static void leave_login(void)
{
	char unit[40], pid[20], text[ANSWER_ROOM];
	const char *const argv[] = {"/usr/bin/busctl",
				    "call",
				    "org.freedesktop.systemd1",
				    "/org/freedesktop/systemd1",
				    "org.freedesktop.systemd1.Manager",
				    "StartTransientUnit",
				    "ssa(sv)a(sa(sv))",
				    unit,
				    "fail",
				    "1",
				    "PIDs",
				    "au",
				    "1",
				    pid,
				    "0",
				    NULL};

	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	snprintf(unit, sizeof unit, "odrescue-%s.scope", pid);
	ask(argv, text);
}

static bool logins_take_all(void)
{
	static const char *const argv[] = {"/usr/bin/busctl",
					   "get-property",
					   "org.freedesktop.login1",
					   "/org/freedesktop/login1",
					   "org.freedesktop.login1.Manager",
					   "KillUserProcesses",
					   NULL};
	char text[ANSWER_ROOM];

	ask(argv, text);
	return strstr(text, "true") != NULL;
}

/* ---- sleep ---------------------------------------------------------------------------------- */

/* It runs cat only when it holds: what we write comes back then. */
static bool inhibit(struct odr_shield *shield)
{
	static const char *const argv[] = {"/usr/bin/systemd-inhibit",
					   "--what=sleep:shutdown:idle:handle-lid-switch",
					   "--who=odrescue",
					   "--why=A drive's firmware is being written",
					   "--mode=block",
					   "/bin/cat",
					   NULL};
	char text[ANSWER_ROOM];
	int out;

	shield->inhibitor = start(argv, &shield->hold, &out);
	if (shield->inhibitor < 0) {
		shield->inhibitor = 0;
		return false;
	}
	if (write(shield->hold, "held\n", 5) != 5 || !hear(out, text)) {
		kill(shield->inhibitor, SIGKILL);
		odr_shield_lower(shield);
	}
	close(out);
	return shield->inhibitor != 0;
}

/* ---- both ----------------------------------------------------------------------------------- */

/* As sd-login tells whether logind runs; elogind makes the same folder. */
static bool has_logind(void)
{
	return access("/run/systemd/seats", F_OK) == 0;
}

enum odr_obstacle odr_shield_raise(struct odr_shield *shield, const char *root, struct odr_error *e)
{
	if (shield->inhibitor)
		return ODR_CLEAR;
	if (is_on_battery(root, e))
		return ODR_ON_BATTERY;
	if (!has_logind())
		return ODR_CLEAR;
	if (is_in_login())
		leave_login();
	if (is_in_login() && logins_take_all()) {
		odr_fail(e, ODR_E_REFUSED, "KillUserProcesses is set, and systemd gives no scope");
		return ODR_LOGIN_ENDS;
	}
	if (!inhibit(shield)) {
		odr_fail(e, ODR_E_REFUSED, "systemd-inhibit gets no lock from logind");
		return ODR_MAY_SLEEP;
	}
	return ODR_CLEAR;
}

void odr_shield_lower(struct odr_shield *shield)
{
	if (!shield->inhibitor)
		return;
	close(shield->hold);
	waitpid(shield->inhibitor, NULL, 0);
	shield->inhibitor = 0;
}
