#include "platform/sim/files.h"

#include "platform/host.h"
#include "platform/sim/machine.h"

#include <string.h>

#define HANDLES ((int)(sizeof((struct sim *)NULL)->file_is / sizeof(uint32_t)))

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* FNV-1a: enough to tell a handful of file names apart. Never 0. */
static uint32_t hash(const char *name)
{
	uint32_t h = 2166136261u;

	for (; *name; name++)
		h = (h ^ (uint8_t)*name) * 16777619u;
	return h | 1;
}

/* Looked up at each access, because a hand may come between two of them. */
static const struct sim_bad_file *bad_of(const struct sim *m, int handle)
{
	int i;

	for (i = 0; handle < HANDLES && i < SIM_BAD_FILES; i++)
		if (m->s->bad[i].name[0] && hash(m->s->bad[i].name) == m->file_is[handle])
			return &m->s->bad[i];
	return NULL;
}

/* Why the disk does not do what it was asked. */
static enum odr_err check_disk(const struct sim *m, struct odr_error *e)
{
	switch (m->s->disk_mode) {
	case SIM_DISK_FULL:
		return odr_fail(e, ODR_E_SPACE, "No space left on the disk.");
	case SIM_DISK_READONLY:
		return odr_fail(e, ODR_E_SPACE, "The disk is write protected.");
	case SIM_DISK_GONE:
		return odr_fail(e, ODR_E_SPACE, "There is no disk in the drive.");
	default:
		return ODR_OK;
	}
}

enum odr_err sim_file_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
			   struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = ODR_OK;

	/* A full disk can still be opened for writing; what is written then fails. */
	if (m->s->disk_mode == SIM_DISK_GONE ||
	    (mode != ODR_FILE_READ && m->s->disk_mode == SIM_DISK_READONLY))
		err = check_disk(m, e);
	if (err == ODR_OK)
		err = odr_host_open(path, mode, handle, e);
	if (err == ODR_OK && *handle < HANDLES)
		m->file_is[*handle] = hash(base_name(path));
	return err;
}

enum odr_err sim_file_size(void *self, int handle, uint64_t *bytes, struct odr_error *e)
{
	(void)self;
	return odr_host_size(handle, bytes, e);
}

enum odr_err sim_file_read_at(void *self, int handle, uint64_t off, void *buf, uint32_t len,
			      uint32_t *got, struct odr_error *e)
{
	const struct sim *m = self;
	const struct sim_bad_file *bad = bad_of(m, handle);
	enum odr_err err;

	if (m->s->disk_mode == SIM_DISK_GONE)
		return check_disk(m, e);
	if (bad && off + len > bad->bad_from)
		return odr_fail(e, ODR_E_FILE, "%s: read error at byte %lu", bad->name,
				(unsigned long)bad->bad_from);
	err = odr_host_read_at(handle, off, buf, len, got, e);
	if (err == ODR_OK && bad && bad->changed && off == 0 && *got > 0)
		((uint8_t *)buf)[0] ^= 0xFF;
	return err;
}

enum odr_err sim_file_append(void *self, int handle, const void *buf, uint32_t len,
			     struct odr_error *e)
{
	enum odr_err err = check_disk(self, e);

	return err ? err : odr_host_append(handle, buf, len, e);
}

enum odr_err sim_file_sync(void *self, int handle, struct odr_error *e)
{
	enum odr_err err = check_disk(self, e);

	return err ? err : odr_host_sync(handle, e);
}

enum odr_err sim_file_lock(void *self, int handle, uint32_t patience_ms, struct odr_error *e)
{
	(void)self;
	return odr_host_lock(handle, patience_ms, e);
}

void sim_file_close(void *self, int handle)
{
	(void)self;
	odr_host_close(handle);
}

/* Taking a name away or giving another one needs no room. */
static enum odr_err check_names(const struct sim *m, struct odr_error *e)
{
	return m->s->disk_mode == SIM_DISK_FULL ? ODR_OK : check_disk(m, e);
}

enum odr_err sim_file_remove(void *self, const char *path, struct odr_error *e)
{
	enum odr_err err = check_names(self, e);

	return err ? err : odr_host_remove(path, e);
}

enum odr_err sim_file_rename(void *self, const char *from, const char *to, struct odr_error *e)
{
	enum odr_err err = check_names(self, e);

	return err ? err : odr_host_rename(from, to, e);
}

enum odr_err sim_file_space(void *self, const char *folder, uint64_t *bytes, struct odr_error *e)
{
	const struct sim *m = self;
	enum odr_err err = odr_host_space(folder, bytes, e);

	if (err == ODR_OK && m->s->disk_mode == SIM_DISK_FULL)
		*bytes = 0;
	else if (err == ODR_OK)
		err = check_disk(m, e);
	return err;
}
