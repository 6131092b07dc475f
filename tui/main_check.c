/*
 * main_check.c - is this member of an archive firmware? Asked of the engine's own reader, through a
 * platform that has one file, in memory: nothing has to be written to find out.
 */
#include "platform/host.h"
#include "tui/main.h"

#include <string.h>

static enum odr_err memory_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
				struct odr_error *e)
{
	(void)self, (void)path, (void)mode, (void)e;
	*handle = 0;
	return ODR_OK;
}

static enum odr_err memory_size(void *self, int handle, uint64_t *bytes, struct odr_error *e)
{
	const struct odr_member *m = self;

	(void)handle, (void)e;
	*bytes = m->bytes;
	return ODR_OK;
}

static enum odr_err memory_read(void *self, int handle, uint64_t off, void *buf, uint32_t len,
				uint32_t *got, struct odr_error *e)
{
	const struct odr_member *m = self;

	(void)handle, (void)e;
	*got = off >= m->bytes ? 0 : m->bytes - (uint32_t)off;
	*got = *got < len ? *got : len;
	if (*got)
		memcpy(buf, m->data + off, *got);
	return ODR_OK;
}

static void memory_close(void *self, int handle)
{
	(void)self, (void)handle;
}

static uint8_t *stage; /* of odr_host_stage */

static enum odr_err stage_size(void *self, uint32_t bytes, struct odr_error *e)
{
	(void)self;
	stage = odr_host_stage(bytes, e);
	return stage || !bytes ? ODR_OK : ODR_E_SPACE;
}

static void stage_write(void *self, uint32_t off, const uint8_t *buf, uint32_t len)
{
	(void)self;
	memcpy(stage + off, buf, len);
}

static void stage_read(void *self, uint32_t off, uint8_t *buf, uint32_t len)
{
	(void)self;
	memcpy(buf, stage + off, len);
}

enum odr_err odr_main_check(struct odr_image *image, const struct odr_member *m,
			    struct odr_error *e)
{
	static const struct odr_platform_ops ops = {.file_open = memory_open,
						    .file_size = memory_size,
						    .file_read_at = memory_read,
						    .file_close = memory_close,
						    .stage_size = stage_size,
						    .stage_write = stage_write,
						    .stage_read = stage_read};
	struct odr_member file = *m;
	enum odr_err err = odr_image_load(image, (struct odr_platform){&ops, &file}, "", false, e);

	stage_size(NULL, 0, NULL);
	return err;
}
