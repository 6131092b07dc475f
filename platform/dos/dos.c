#include "platform/dos/dos.h"

#include <string.h>

#define FLAG_CARRY 1
/* One INT 21h moves at most 64 KiB - 1; a paragraph less keeps offset + count in the segment. */
#define CHUNK 0x8000u
#define DEVICE_BIT 0x80u	/* INT 21h 4400h, DX */
#define TICKS_LINEAR 0x46Cu	/* BIOS data area 40:6C */
#define STACK_PAINT 0x57AC4E12u /* as in crt32.S */

static int call(struct odr_dos_regs *r)
{
	odr_dos_int(0x21, r);
	return r->flags & FLAG_CARRY ? -(int)(r->eax & 0xFFFF) : (int)(r->eax & 0xFFFF);
}

static int call_path(uint32_t eax, const char *path)
{
	struct odr_dos_regs r = {.eax = eax};

	r.ds = odr_dos_segment(path);
	r.edx = odr_dos_offset(path);
	return call(&r);
}

static int call_handle(uint32_t eax, int handle)
{
	struct odr_dos_regs r = {.eax = eax, .ebx = (uint32_t)handle};

	return call(&r);
}

int odr_dos_open(const char *path, unsigned access)
{
	return call_path(0x3D00 | access, path);
}

int odr_dos_create(const char *path)
{
	return call_path(0x3C00, path);
}

int odr_dos_create_new(const char *path)
{
	return call_path(0x5B00, path);
}

int odr_dos_close(int handle)
{
	return call_handle(0x3E00, handle);
}

static int32_t transfer(uint32_t eax, int handle, const uint8_t *buf, uint32_t bytes)
{
	uint32_t done = 0;

	while (done < bytes) {
		struct odr_dos_regs r = {.eax = eax, .ebx = (uint32_t)handle};
		uint32_t want = bytes - done < CHUNK ? bytes - done : CHUNK;
		int moved;

		r.ecx = want;
		r.ds = odr_dos_segment(buf + done);
		r.edx = odr_dos_offset(buf + done);
		moved = call(&r);
		if (moved < 0)
			return moved;
		done += (uint32_t)moved;
		if ((uint32_t)moved < want)
			break;
	}
	return (int32_t)done;
}

int32_t odr_dos_read(int handle, void *buf, uint32_t bytes)
{
	return transfer(0x3F00, handle, buf, bytes);
}

int32_t odr_dos_write(int handle, const void *buf, uint32_t bytes)
{
	return transfer(0x4000, handle, buf, bytes);
}

int32_t odr_dos_seek(int handle, int32_t off, unsigned whence)
{
	struct odr_dos_regs r = {.eax = 0x4200 | whence, .ebx = (uint32_t)handle};
	int error;

	r.ecx = (uint32_t)off >> 16;
	r.edx = (uint32_t)off & 0xFFFF;
	error = call(&r);
	if (error < 0)
		return error;
	return (int32_t)((r.edx & 0xFFFF) << 16 | (r.eax & 0xFFFF));
}

int odr_dos_commit(int handle)
{
	return call_handle(0x6800, handle);
}

int odr_dos_remove(const char *path)
{
	return call_path(0x4100, path);
}

int odr_dos_mkdir(const char *path)
{
	return call_path(0x3900, path);
}

bool odr_dos_is_device(int handle)
{
	struct odr_dos_regs r = {.eax = 0x4400, .ebx = (uint32_t)handle};

	return call(&r) >= 0 && (r.edx & DEVICE_BIT) != 0;
}

static void set_dta(struct odr_dos_found *found)
{
	struct odr_dos_regs r = {.eax = 0x1A00};

	r.ds = odr_dos_segment(found);
	r.edx = odr_dos_offset(found);
	odr_dos_int(0x21, &r);
}

int odr_dos_find_first(const char *pattern, struct odr_dos_found *found)
{
	set_dta(found);
	return call_path(0x4E00, pattern); /* CX 0: neither folders nor hidden files */
}

int odr_dos_find_next(struct odr_dos_found *found)
{
	struct odr_dos_regs r = {.eax = 0x4F00};

	set_dta(found);
	return call(&r);
}

uint64_t odr_dos_space(const char *path)
{
	struct odr_dos_regs r = {.eax = 0x3600};

	if (path[0] && path[1] == ':')
		r.edx = (uint32_t)(path[0] & 0x1F); /* A or a is 1; 0 is the current drive */
	odr_dos_int(0x21, &r);
	if ((r.eax & 0xFFFF) == 0xFFFF)
		return 0;
	/* sectors a cluster, bytes a sector, free clusters */
	return (uint64_t)(r.eax & 0xFFFF) * (r.ecx & 0xFFFF) * (r.ebx & 0xFFFF);
}

void odr_dos_idle(void)
{
	struct odr_dos_regs r = {0};

	odr_dos_int(0x28, &r);
	r.eax = 0x1680; /* give up the time slice: Windows, OS/2, DOSBox */
	odr_dos_int(0x2F, &r);
}

uint32_t odr_dos_ticks(void)
{
	return odr_dos_peek32(TICKS_LINEAR);
}

uint32_t odr_dos_stack_used(void)
{
	extern uint32_t odr_dos_stack_bottom[], odr_dos_stack_top[]; /* dos.ld */
	const uint32_t *p = odr_dos_stack_bottom;

	while (p < odr_dos_stack_top && *p == STACK_PAINT)
		p++;
	return (uint32_t)(odr_dos_stack_top - p) * 4;
}
