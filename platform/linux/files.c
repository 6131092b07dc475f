#include "platform/linux/files.h"

#include "platform/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum odr_err file_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
			      struct odr_error *e)
{
	(void)self;
	return odr_host_open(path, mode, handle, e);
}

static enum odr_err file_size(void *self, int handle, uint64_t *bytes, struct odr_error *e)
{
	(void)self;
	return odr_host_size(handle, bytes, e);
}

static enum odr_err file_read_at(void *self, int handle, uint64_t off, void *buf, uint32_t len,
				 uint32_t *got, struct odr_error *e)
{
	(void)self;
	return odr_host_read_at(handle, off, buf, len, got, e);
}

static enum odr_err file_append(void *self, int handle, const void *buf, uint32_t len,
				struct odr_error *e)
{
	(void)self;
	return odr_host_append(handle, buf, len, e);
}

static enum odr_err file_sync(void *self, int handle, struct odr_error *e)
{
	(void)self;
	return odr_host_sync(handle, e);
}

static enum odr_err file_lock(void *self, int handle, uint32_t patience_ms, struct odr_error *e)
{
	(void)self;
	return odr_host_lock(handle, patience_ms, e);
}

static void file_close(void *self, int handle)
{
	(void)self;
	odr_host_close(handle);
}

static enum odr_err file_remove(void *self, const char *path, struct odr_error *e)
{
	(void)self;
	return odr_host_remove(path, e);
}

static enum odr_err file_rename(void *self, const char *from, const char *to, struct odr_error *e)
{
	(void)self;
	return odr_host_rename(from, to, e);
}

static enum odr_err folder_space(void *self, const char *folder, uint64_t *bytes,
				 struct odr_error *e)
{
	(void)self;
	return odr_host_space(folder, bytes, e);
}

/* ---- one image ------------------------------------------------------------------------------ */

static uint8_t *stage;
static uint32_t stage_bytes;

static enum odr_err stage_size(void *self, uint32_t bytes, struct odr_error *e)
{
	(void)self;
	stage = odr_host_stage(bytes, e);
	stage_bytes = stage ? bytes : 0;
	return stage || !bytes ? ODR_OK : ODR_E_SPACE;
}

static void stage_write(void *self, uint32_t off, const uint8_t *buf, uint32_t len)
{
	(void)self;
	if (off <= stage_bytes && len <= stage_bytes - off)
		memcpy(stage + off, buf, len);
}

static void stage_read(void *self, uint32_t off, uint8_t *buf, uint32_t len)
{
	(void)self;
	memset(buf, 0xFF, len);
	if (off <= stage_bytes && len <= stage_bytes - off)
		memcpy(buf, stage + off, len);
}

void odr_linux_files(struct odr_platform_ops *ops)
{
	ops->file_open = file_open;
	ops->file_size = file_size;
	ops->file_read_at = file_read_at;
	ops->file_append = file_append;
	ops->file_sync = file_sync;
	ops->file_lock = file_lock;
	ops->file_close = file_close;
	ops->file_remove = file_remove;
	ops->file_rename = file_rename;
	ops->folder_space = folder_space;
	ops->stage_size = stage_size;
	ops->stage_write = stage_write;
	ops->stage_read = stage_read;
}

void odr_linux_state_folder(char *out, size_t cap)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (geteuid() == 0)
		snprintf(out, cap, "/var/lib/odrescue");
	else if (state && *state)
		snprintf(out, cap, "%s/odrescue", state);
	else if (home && *home)
		snprintf(out, cap, "%s/.local/state/odrescue", home);
	else
		out[0] = 0;
}
