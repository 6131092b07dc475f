/* flock() and ftruncate() are beyond plain C11 and POSIX.1-2001. */
#define _DEFAULT_SOURCE

#include "platform/sim/store.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 256

enum odr_err sim_store_folder(const char *dir, struct odr_error *e)
{
	struct stat st;

	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		return odr_fail(e, ODR_E_SPACE, "%s: %s", dir, strerror(errno));
	if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
		return odr_fail(e, ODR_E_FILE, "%s: is no folder", dir);
	return ODR_OK;
}

static enum odr_err map_open(int fd, const char *path, size_t bytes, uint8_t **block,
			     struct odr_error *e)
{
	struct stat st;
	void *at;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return odr_fail(e, ODR_E_FILE, "%s: is no plain file", path);
	if (st.st_size == 0 && ftruncate(fd, (off_t)bytes) != 0)
		return odr_fail(e, ODR_E_SPACE, "%s: %s", path, strerror(errno));
	if (st.st_size != 0 && st.st_size != (off_t)bytes)
		return odr_fail(e, ODR_E_FILE, "%s: has %lld bytes, not %zu", path,
				(long long)st.st_size, bytes);
	at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		return odr_fail(e, ODR_E_SPACE, "%s: %s", path, strerror(errno));
	*block = at;
	return ODR_OK;
}

enum odr_err sim_store_map(const char *dir, const char *name, size_t bytes, uint8_t **block,
			   struct odr_error *e)
{
	char path[PATH_ROOM];
	enum odr_err err;
	int fd;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return odr_fail(e, ODR_E_SPACE, "%s: %s", path, strerror(errno));
	err = map_open(fd, path, bytes, block, e);
	close(fd); /* the mapping keeps the file */
	return err;
}

void sim_store_unmap(uint8_t *block, size_t bytes)
{
	munmap(block, bytes);
}

enum odr_err sim_store_lock(const char *dir, const char *name, int *held, struct odr_error *e)
{
	char path[PATH_ROOM];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	*held = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (*held < 0)
		return odr_fail(e, ODR_E_SPACE, "%s: %s", path, strerror(errno));
	if (flock(*held, LOCK_EX | LOCK_NB) == 0)
		return ODR_OK;
	close(*held);
	return odr_fail(e, ODR_E_REFUSED, "Another program uses this drive.");
}

void sim_store_unlock(int held)
{
	close(held);
}

_Noreturn void sim_store_die(void)
{
	kill(getpid(), SIGKILL);
	abort(); /* not reached: SIGKILL cannot be held */
}
