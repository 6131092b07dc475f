/*
 * host.c - platform/host.h on DOS: files by INT 21h, the stage from the program's own heap, time
 * from the BIOS.
 *
 * The shield (odr_host_guard) has nothing to do here: crt32.S takes Ctrl-C and the critical error
 * for the whole run, and nobody else can end a DOS program.
 */
#include "platform/host.h"

#include "platform/dos/dos.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Error numbers of DOS, negative as dos.h gives them. */
#define DOS_NO_FILE (-2)
#define DOS_NO_FOLDER (-3)
#define DOS_DENIED (-5)
#define DOS_WRITE_PROTECTED (-19)
#define DOS_EXISTS (-80)

#define PATH_CHARS 80 /* DOS takes 64 for the folders, 12 for the name */

/* 65536 counts of the 1.193182 MHz timer. */
#define TICK_US 54925u
/* 24 hours in ticks; the BIOS starts again at 0. */
#define TICKS_A_DAY 0x1800B0u

static enum odr_err fail_dos(struct odr_error *e, const char *doing, const char *path,
			     int dos_error)
{
	enum odr_err err = dos_error == DOS_WRITE_PROTECTED ? ODR_E_SPACE : ODR_E_FILE;
	const char *reason;

	switch (dos_error) {
	case DOS_NO_FILE:
		reason = "no such file";
		break;
	case DOS_NO_FOLDER:
		reason = "no such folder";
		break;
	case DOS_DENIED:
		reason = "DOS denies it";
		break;
	case DOS_WRITE_PROTECTED:
		reason = "the disk is write-protected";
		break;
	case DOS_EXISTS:
		reason = "it is already there";
		break;
	default:
		return odr_fail(e, err, "cannot %s %s: DOS error %d", doing, path, -dos_error);
	}
	return odr_fail(e, err, "cannot %s %s: %s", doing, path, reason);
}

/* One level only: a mistyped path must not grow a tree. DOS says "denied" for one that is there. */
static enum odr_err make_folder(const char *folder, struct odr_error *e)
{
	int error = odr_dos_mkdir(folder);

	return error >= 0 || error == DOS_DENIED ? ODR_OK
						 : fail_dos(e, "make the folder", folder, error);
}

static enum odr_err create_new(const char *path, int *handle, struct odr_error *e)
{
	char folder[PATH_CHARS];
	size_t len = strlen(path);

	if (len >= sizeof folder)
		return odr_fail(e, ODR_E_FILE, "a path longer than %d characters", PATH_CHARS - 1);
	memcpy(folder, path, len + 1);
	while (len > 0 && folder[len] != '/' && folder[len] != '\\')
		folder[len--] = '\0';
	if (len > 0 && folder[len - 1] != ':') { /* "C:/NAME" lies in the root, which is there */
		enum odr_err err;

		folder[len] = '\0';
		err = make_folder(folder, e);
		if (err)
			return err;
	}
	*handle = odr_dos_create_new(path);
	return *handle < 0 ? fail_dos(e, "create", path, *handle) : ODR_OK;
}

/* CON, NUL and PRN exist in every folder. */
static enum odr_err open_existing(const char *path, unsigned access, int *handle,
				  struct odr_error *e)
{
	*handle = odr_dos_open(path, access);
	if (*handle < 0)
		return fail_dos(e, "open", path, *handle);
	if (odr_dos_is_device(*handle)) {
		odr_dos_close(*handle);
		return odr_fail(e, ODR_E_FILE, "%s is a device of DOS, not a file", path);
	}
	return ODR_OK;
}

enum odr_err odr_host_open(const char *path, enum odr_file_mode mode, int *handle,
			   struct odr_error *e)
{
	switch (mode) {
	case ODR_FILE_READ:
		return open_existing(path, ODR_DOS_READ, handle, e);
	case ODR_FILE_CREATE:
		return create_new(path, handle, e);
	case ODR_FILE_APPEND:
		*handle = odr_dos_open(path, ODR_DOS_READ);
		if (*handle == DOS_NO_FILE || *handle == DOS_NO_FOLDER)
			return create_new(path, handle, e);
		if (*handle >= 0)
			odr_dos_close(*handle);
		return open_existing(path, ODR_DOS_READ_WRITE, handle, e);
	}
	return odr_fail(e, ODR_E_INTERNAL, "no such way to open a file: %d", (int)mode);
}

enum odr_err odr_host_size(int handle, uint64_t *bytes, struct odr_error *e)
{
	int32_t end = odr_dos_seek(handle, 0, ODR_DOS_SEEK_END);

	if (end < 0)
		return fail_dos(e, "measure", "the file", end);
	*bytes = (uint64_t)end;
	return ODR_OK;
}

enum odr_err odr_host_read_at(int handle, uint64_t off, void *buf, uint32_t len, uint32_t *got,
			      struct odr_error *e)
{
	int32_t moved = 0;

	*got = 0;
	if (off > INT32_MAX) /* no file of DOS is that long */
		return ODR_OK;
	moved = odr_dos_seek(handle, (int32_t)off, ODR_DOS_SEEK_SET);
	if (moved >= 0)
		moved = odr_dos_read(handle, buf, len);
	if (moved < 0)
		return fail_dos(e, "read", "the file", moved);
	*got = (uint32_t)moved;
	return ODR_OK;
}

enum odr_err odr_host_append(int handle, const void *buf, uint32_t len, struct odr_error *e)
{
	int32_t moved = odr_dos_seek(handle, 0, ODR_DOS_SEEK_END);

	if (moved >= 0)
		moved = odr_dos_write(handle, buf, len);
	if (moved < 0)
		return fail_dos(e, "write to", "the file", moved);
	if ((uint32_t)moved < len)
		return odr_fail(e, ODR_E_SPACE, "cannot write to the file: the disk is full");
	return ODR_OK;
}

enum odr_err odr_host_sync(int handle, struct odr_error *e)
{
	int error = odr_dos_commit(handle);

	if (error < 0)
		return fail_dos(e, "sync", "the file", error);
	return ODR_OK;
}

void odr_host_close(int handle)
{
	odr_dos_close(handle);
}

enum odr_err odr_host_remove(const char *path, struct odr_error *e)
{
	int error = odr_dos_remove(path);

	if (error < 0)
		return fail_dos(e, "remove", path, error);
	return ODR_OK;
}

enum odr_err odr_host_rename(const char *from, const char *to, struct odr_error *e)
{
	int error = odr_dos_rename(from, to);

	if (error < 0)
		return fail_dos(e, "rename to", to, error);
	odr_dos_flush();
	return ODR_OK;
}

enum odr_err odr_host_space(const char *folder, uint64_t *bytes, struct odr_error *e)
{
	enum odr_err err = make_folder(folder, e);

	if (err)
		return err;
	*bytes = odr_dos_space(folder);
	return ODR_OK;
}

bool odr_host_is_unsafe(const char *path)
{
	(void)path;
	return false; /* DOS has one user */
}

bool odr_host_list(const char *folder, void (*each)(void *ctx, const char *name), void *ctx)
{
	char pattern[PATH_CHARS];
	struct odr_dos_found found;
	int error;

	if (strlen(folder) + sizeof "/*.*" > sizeof pattern)
		return false;
	snprintf(pattern, sizeof pattern, "%s/*.*", folder);
	error = odr_dos_find_first(pattern, &found);
	if (error == DOS_NO_FOLDER)
		return false;
	for (; error >= 0; error = odr_dos_find_next(&found)) {
		for (char *c = found.name; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		each(ctx, found.name);
	}
	return true;
}

uint8_t *odr_host_stage(uint32_t bytes, struct odr_error *e)
{
	static uint8_t *stage;

	free(stage);
	stage = NULL;
	if (bytes == 0)
		return NULL;
	stage = malloc(bytes);
	if (stage)
		memset(stage, 0xFF, bytes);
	else
		odr_fail(e, ODR_E_SPACE, "no memory for an image of %lu bytes",
			 (unsigned long)bytes);
	return stage;
}

/* DOS runs one program. */
enum odr_err odr_host_lock(int handle, uint32_t patience_ms, struct odr_error *e)
{
	(void)handle;
	(void)patience_ms;
	(void)e;
	return ODR_OK;
}

bool odr_host_was_told_to_end(void)
{
	return false; /* nobody else is there who could */
}

void odr_host_guard(bool on)
{
	(void)on;
}

unsigned odr_host_wait(int keys, int worker, int ms)
{
	uint64_t end = odr_host_now_us() + (ms < 0 ? 0 : (uint64_t)ms * 1000u);

	(void)worker;
	while (keys < 0 || !odr_dos_key_waits())
		if (odr_host_now_us() >= end && ms >= 0)
			return 0;
	return ODR_HOST_KEYS;
}

/* Steps of 55 ms. The tick only comes while interrupts can run, so each look lets one through. */
uint64_t odr_host_now_us(void)
{
	static uint32_t last, days;
	uint32_t ticks;

	odr_dos_idle();
	ticks = odr_dos_ticks();
	if (ticks < last)
		days++;
	last = ticks;
	return ((uint64_t)days * TICKS_A_DAY + ticks) * TICK_US;
}

void odr_host_sleep_us(uint64_t us)
{
	/* The first tick may be due at once: one more makes it "at least". */
	uint64_t end = odr_host_now_us() + us + TICK_US;

	while (odr_host_now_us() < end)
		;
}
