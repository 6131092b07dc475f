/*
 * host.c - platform/host.h on Linux.
 *
 * A file that we wrote must survive the power cut that a rescue provokes: a new file is synced together
 * with the folder that names it. Nothing but plain files is ever opened, and they are looked at before
 * they are opened: opening /dev/sr0 alone already sends commands to a drive (linux.md C).
 */
#define _FILE_OFFSET_BITS 64 /* the rescue disk is a 32-bit system */
#define _GNU_SOURCE	     /* renameat2 */

#include "platform/host.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

/* Longest path with its end mark: ample for a person's, small enough for the stack. */
enum { PATH_CHARS = 1024 };

static enum odr_err fail_errno(struct odr_error *e, const char *doing, const char *path)
{
	int err = errno;
	bool no_room = err == ENOSPC || err == EDQUOT || err == EFBIG || err == EROFS;

	return odr_fail(e, no_room ? ODR_E_SPACE : ODR_E_FILE, "cannot %s %s: %s", doing, path,
			strerror(err));
}

/* ---- folders -------------------------------------------------------------------------------- */

/* The folder part of a path; "." when there is none. */
static enum odr_err folder_of(const char *path, char folder[PATH_CHARS], struct odr_error *e)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;

	if (strlen(path) >= PATH_CHARS)
		return odr_fail(e, ODR_E_FILE, "a path longer than %d characters", PATH_CHARS - 1);
	if (slash == path)
		len = 1; /* "/name" lies in "/" */
	if (len == 0) {
		strcpy(folder, ".");
	} else {
		memcpy(folder, path, len);
		folder[len] = '\0';
	}
	return ODR_OK;
}

static enum odr_err sync_folder(const char *folder, struct odr_error *e)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum odr_err err = ODR_OK;

	if (fd < 0)
		return fail_errno(e, "open", folder);
	/* EINVAL: this file system keeps no folders that could be synced. */
	if (fsync(fd) < 0 && errno != EINVAL)
		err = fail_errno(e, "sync", folder);
	close(fd);
	return err;
}

/* One level only: a mistyped path must not grow a tree. */
static enum odr_err make_folder(const char *folder, struct odr_error *e)
{
	char parent[PATH_CHARS];

	if (mkdir(folder, 0777) < 0)
		return errno == EEXIST ? ODR_OK : fail_errno(e, "make the folder", folder);
	if (folder_of(folder, parent, e) != ODR_OK)
		return e ? e->code : ODR_E_FILE;
	return sync_folder(parent, e);
}

/* ---- files ---------------------------------------------------------------------------------- */

static enum odr_err refuse_special(const struct stat *st, const char *path, struct odr_error *e)
{
	if (S_ISREG(st->st_mode))
		return ODR_OK;
	return odr_fail(e, ODR_E_FILE, "%s is not a plain file", path);
}

static enum odr_err open_existing(const char *path, int flags, int *handle, struct odr_error *e)
{
	struct stat st;
	enum odr_err err;
	int fd;

	if (stat(path, &st) < 0)
		return fail_errno(e, "open", path);
	err = refuse_special(&st, path, e);
	if (err)
		return err;
	/* O_NONBLOCK: should the name have become a pipe since, this does not hang. */
	fd = open(path, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(e, "open", path);
	if (fstat(fd, &st) < 0)
		err = fail_errno(e, "look at", path);
	else
		err = refuse_special(&st, path, e);
	if (err)
		close(fd);
	else
		*handle = fd;
	return err;
}

static enum odr_err create_new(const char *path, int *handle, struct odr_error *e)
{
	char folder[PATH_CHARS];
	enum odr_err err = folder_of(path, folder, e);
	int fd;

	if (!err)
		err = make_folder(folder, e);
	if (err)
		return err;
	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail_errno(e, "create", path);
	if (fsync(fd) < 0)
		err = fail_errno(e, "sync", path);
	else
		err = sync_folder(folder, e);
	if (err)
		close(fd);
	else
		*handle = fd;
	return err;
}

enum odr_err odr_host_open(const char *path, enum odr_file_mode mode, int *handle,
			   struct odr_error *e)
{
	switch (mode) {
	case ODR_FILE_READ:
		return open_existing(path, O_RDONLY, handle, e);
	case ODR_FILE_CREATE:
		return create_new(path, handle, e);
	case ODR_FILE_APPEND:
		/* Readable too: the journal is read back through the handle that wrote it. */
		if (access(path, F_OK) < 0 && errno == ENOENT)
			return create_new(path, handle, e);
		return open_existing(path, O_RDWR | O_APPEND, handle, e);
	}
	return odr_fail(e, ODR_E_INTERNAL, "no such way to open a file: %d", (int)mode);
}

enum odr_err odr_host_size(int handle, uint64_t *bytes, struct odr_error *e)
{
	struct stat st;

	if (fstat(handle, &st) < 0)
		return fail_errno(e, "measure", "the file");
	*bytes = (uint64_t)st.st_size;
	return ODR_OK;
}

enum odr_err odr_host_read_at(int handle, uint64_t off, void *buf, uint32_t len, uint32_t *got,
			      struct odr_error *e)
{
	uint8_t *to = buf;
	ssize_t n;

	*got = 0;
	while (*got < len) {
		n = pread(handle, to + *got, len - *got, (off_t)(off + *got));
		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return odr_fail(e, ODR_E_FILE, "cannot read at byte %llu: %s",
					(unsigned long long)(off + *got), strerror(errno));
		*got += (uint32_t)n;
	}
	return ODR_OK;
}

enum odr_err odr_host_append(int handle, const void *buf, uint32_t len, struct odr_error *e)
{
	const uint8_t *from = buf;
	uint32_t done = 0;
	ssize_t n;

	while (done < len) {
		n = write(handle, from + done, len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_errno(e, "write to", "the file");
		done += (uint32_t)n;
	}
	return ODR_OK;
}

enum odr_err odr_host_sync(int handle, struct odr_error *e)
{
	if (fsync(handle) < 0)
		return fail_errno(e, "sync", "the file");
	return ODR_OK;
}

enum odr_err odr_host_lock(int handle, uint32_t patience_ms, struct odr_error *e)
{
	enum { STEP_US = 1000 };
	uint64_t until = odr_host_now_us() + (uint64_t)patience_ms * 1000u;

	while (flock(handle, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail_errno(e, "lock", "the file");
		if (odr_host_now_us() >= until)
			return odr_fail(e, ODR_E_REFUSED, "another program holds it");
		odr_host_sleep_us(STEP_US);
	}
	return ODR_OK;
}

void odr_host_close(int handle)
{
	close(handle);
}

enum odr_err odr_host_remove(const char *path, struct odr_error *e)
{
	char folder[PATH_CHARS];
	enum odr_err err = folder_of(path, folder, e);

	if (err)
		return err;
	if (unlink(path) < 0)
		return fail_errno(e, "remove", path);
	/* Synced, so that a journal that was put away does not rise again. */
	return sync_folder(folder, e);
}

enum odr_err odr_host_rename(const char *from, const char *to, struct odr_error *e)
{
	char folder[PATH_CHARS];
	struct stat st;
	enum odr_err err = folder_of(to, folder, e);

	if (err)
		return err;
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return sync_folder(folder, e);
	/* Some file systems of a rescue stick know no such promise: then look before. */
	if (errno != EINVAL && errno != ENOSYS)
		return fail_errno(e, "rename to", to);
	if (lstat(to, &st) == 0)
		errno = EEXIST;
	else if (errno == ENOENT && rename(from, to) == 0)
		return sync_folder(folder, e);
	return fail_errno(e, "rename to", to);
}

enum odr_err odr_host_space(const char *folder, uint64_t *bytes, struct odr_error *e)
{
	struct statvfs fs;
	enum odr_err err = make_folder(folder, e);

	if (err)
		return err;
	if (statvfs(folder, &fs) < 0)
		return fail_errno(e, "measure", folder);
	*bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	return ODR_OK;
}

bool odr_host_is_unsafe(const char *path)
{
	struct stat st;

	return geteuid() == 0 && stat(path, &st) == 0 && (st.st_mode & S_IWOTH) != 0;
}

bool odr_host_list(const char *folder, void (*each)(void *ctx, const char *name), void *ctx)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	struct stat st;

	if (!dir)
		return false;
	while ((entry = readdir(dir)) != NULL)
		if (fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 && S_ISREG(st.st_mode))
			each(ctx, entry->d_name);
	closedir(dir);
	return true;
}

/* ---- memory, signals, time ------------------------------------------------------------------ */

uint8_t *odr_host_stage(uint32_t bytes, struct odr_error *e)
{
	static uint8_t *stage;

	free(stage);
	stage = NULL;
	if (bytes == 0)
		return NULL;
	stage = malloc(bytes);
	if (!stage) {
		odr_fail(e, ODR_E_SPACE, "no memory for an image of %lu bytes",
			 (unsigned long)bytes);
		return NULL;
	}
	memset(stage, 0xFF, bytes); /* erased flash */
	return stage;
}

void odr_host_guard(bool on)
{
	/* What a terminal, a hang-up, a broken pipe or a well-meaning kill can send. */
	static const int shielded[] = {SIGINT,	SIGTERM, SIGHUP,  SIGQUIT, SIGTSTP,
				       SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2};
	enum { COUNT = sizeof shielded / sizeof shielded[0] };
	static struct sigaction before[COUNT];
	static unsigned depth;
	const struct sigaction ignore = {.sa_handler = SIG_IGN};

	if (on && depth++ == 0) {
		for (int i = 0; i < COUNT; i++)
			sigaction(shielded[i], &ignore, &before[i]);
	} else if (!on && depth > 0 && --depth == 0) {
		for (int i = 0; i < COUNT; i++)
			sigaction(shielded[i], &before[i], NULL);
	}
}

int odr_host_read_input(char *buf, size_t cap)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	ssize_t got;

	if (poll(&in, 1, 0) <= 0 || !in.revents)
		return -1;
	got = read(STDIN_FILENO, buf, cap);
	return got > 0 ? (int)got : got < 0 && (errno == EINTR || errno == EAGAIN) ? -1 : 0;
}

bool odr_host_input_is_gone(void)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};

	return poll(&in, 1, 0) > 0 && (in.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

unsigned odr_host_fill_gaps(void)
{
	unsigned gaps = 0;

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) == fd)
			gaps |= 1u << fd;
	return gaps;
}

static volatile sig_atomic_t told_to_end;

static void hear_end(int signal)
{
	(void)signal;
	told_to_end = 1;
}

void odr_host_hear_end(bool on)
{
	static const int orders[] = {SIGHUP, SIGTERM, SIGINT, SIGQUIT};
	struct sigaction action = {.sa_handler = on ? hear_end : SIG_DFL}, was;

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
		if (sigaction(orders[i], NULL, &was) == 0 && was.sa_handler != SIG_IGN)
			sigaction(orders[i], &action, NULL);
}

bool odr_host_was_told_to_end(void)
{
	return told_to_end;
}

unsigned odr_host_wait(int keys, int worker, int ms)
{
	struct pollfd fd[2] = {
		{.fd = keys, .events = POLLIN},
		{.fd = worker, .events = POLLIN},
	};

	if (poll(fd, 2, ms) < 0)
		return ODR_HOST_KEYS; /* EINTR */
	return (fd[0].revents ? ODR_HOST_KEYS : 0u) | (fd[1].revents ? ODR_HOST_WORKER : 0u);
}

bool odr_host_is_typed(void)
{
	return isatty(STDIN_FILENO) == 1;
}

uint64_t odr_host_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

void odr_host_sleep_us(uint64_t us)
{
	uint64_t until = odr_host_now_us() + us;
	struct timespec end = {
		.tv_sec = (time_t)(until / 1000000u),
		.tv_nsec = (long)(until % 1000000u) * 1000,
	};

	/* An absolute moment: a signal cannot stretch the sleep. */
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) == EINTR)
		;
}
