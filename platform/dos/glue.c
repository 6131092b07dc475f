/*
 * glue.c - the system calls newlib asks for (its reentrant names), argv for main, and the end of a
 * program that the processor stopped. Nothing of odrescue's own lives here.
 */
#include "platform/dos/dos.h"

#include <errno.h>
#include <fcntl.h>
#include <reent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int main(int argc, char **argv);
_Noreturn void odr_dos_main(void);

/* What `exception` in crt32.S leaves on the stack. */
struct fault {
	uint32_t edi, esi, ebp, esp, ebx, edx, ecx, eax;
	uint32_t vector;
	uint32_t after[4]; /* [error code,] eip, cs, eflags */
};
_Noreturn void odr_dos_fault(const struct fault *f);

static int result(struct _reent *r, int32_t from_dos)
{
	if (from_dos >= 0)
		return (int)from_dos;
	switch (-from_dos) {
	case 2:
	case 3:
		r->_errno = ENOENT;
		break;
	case 5:
		r->_errno = EACCES;
		break;
	case 80:
		r->_errno = EEXIST;
		break;
	default:
		r->_errno = EIO;
	}
	return -1;
}

int _open_r(struct _reent *r, const char *path, int flags, int mode)
{
	int handle = -2;

	(void)mode;
	if (!(flags & O_TRUNC))
		handle = odr_dos_open(path, (unsigned)flags & O_ACCMODE);
	if (handle == -2 && (flags & O_CREAT))
		handle = odr_dos_create(path);
	if (handle >= 0 && (flags & O_APPEND))
		odr_dos_seek(handle, 0, ODR_DOS_SEEK_END);
	return result(r, handle);
}

int _close_r(struct _reent *r, int handle)
{
	return result(r, odr_dos_close(handle)) < 0 ? -1 : 0;
}

_ssize_t _read_r(struct _reent *r, int handle, void *buf, size_t bytes)
{
	return result(r, odr_dos_read(handle, buf, bytes));
}

/* The screen needs CR before LF; a file, a redirected stdout among them, keeps what was written. */
_ssize_t _write_r(struct _reent *r, int handle, const void *buf, size_t bytes)
{
	const char *text = buf;
	size_t start = 0;

	if (!odr_dos_is_device(handle))
		return result(r, odr_dos_write(handle, buf, bytes));
	for (size_t i = 0; i < bytes; i++) {
		if (text[i] != '\n')
			continue;
		odr_dos_write(handle, text + start, i - start);
		odr_dos_write(handle, "\r\n", 2);
		start = i + 1;
	}
	odr_dos_write(handle, text + start, bytes - start);
	return (_ssize_t)bytes;
}

_off_t _lseek_r(struct _reent *r, int handle, _off_t off, int whence)
{
	return result(r, odr_dos_seek(handle, (int32_t)off, (unsigned)whence));
}

int _isatty_r(struct _reent *r, int handle)
{
	(void)r;
	return odr_dos_is_device(handle);
}

int _fstat_r(struct _reent *r, int handle, struct stat *st)
{
	(void)r;
	memset(st, 0, sizeof *st);
	st->st_mode = odr_dos_is_device(handle) ? S_IFCHR : S_IFREG;
	st->st_blksize = 512;
	return 0;
}

void *_sbrk_r(struct _reent *r, ptrdiff_t bytes)
{
	extern char odr_dos_heap_start[], odr_dos_stack_bottom[]; /* dos.ld */
	static char *top = odr_dos_heap_start;
	char *old = top;

	if (bytes > odr_dos_stack_bottom - top || bytes < odr_dos_heap_start - top) {
		r->_errno = ENOMEM;
		return (void *)-1;
	}
	top += bytes;
	return old;
}

void _exit(int code)
{
	struct odr_dos_regs r = {.eax = 0x4C00 | (code & 0xFF)};

	odr_dos_int(0x21, &r);
	for (;;)
		;
}

void odr_dos_main(void)
{
	static char line[128], *argv[32] = {(char *)"PROGRAM"};
	uint32_t tail = (uint32_t)odr_dos_psp * 16 + 0x80; /* its length, then the text */
	int length = odr_dos_peek8(tail) & 0x7F;
	int argc = 1;
	bool inside = false;

	for (int i = 0; i < length; i++) {
		line[i] = (char)odr_dos_peek8(tail + 1 + (uint32_t)i);
		if (line[i] == ' ' || line[i] == '\t') {
			line[i] = '\0';
			inside = false;
		} else if (!inside && argc < 31) {
			argv[argc++] = line + i;
			inside = true;
		}
	}
	exit(main(argc, argv));
}

/* No attempt to go on or to flush: the journal on disk is what counts. */
void odr_dos_fault(const struct fault *f)
{
	static char text[320];
	bool has_error = f->vector == 8 || (f->vector >= 10 && f->vector <= 14);
	const uint32_t *frame = f->after + has_error;
	int length;

	length = snprintf(text, sizeof text,
			  "\r\nFATAL %s %lu error=%04lX eip=%08lX cs=%04lX eflags=%08lX\r\n"
			  "eax=%08lX ebx=%08lX ecx=%08lX edx=%08lX\r\n"
			  "esi=%08lX edi=%08lX ebp=%08lX esp=%08lX base=%08lX\r\n",
			  f->vector < 32 ? "exception" : "stack overflow", (unsigned long)f->vector,
			  (unsigned long)(has_error ? f->after[0] : 0), (unsigned long)frame[0],
			  (unsigned long)frame[1], (unsigned long)frame[2], (unsigned long)f->eax,
			  (unsigned long)f->ebx, (unsigned long)f->ecx, (unsigned long)f->edx,
			  (unsigned long)f->esi, (unsigned long)f->edi, (unsigned long)f->ebp,
			  (unsigned long)f->esp, (unsigned long)odr_dos_base);
	odr_dos_write(STDOUT_FILENO, text, (uint32_t)length);
	_exit(255);
}
