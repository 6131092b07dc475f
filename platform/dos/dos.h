/*
 * dos.h - DOS as the 32-bit program sees it: INT n, INT 21h files, the BIOS data area.
 *
 * Under it lies crt32.S; on it stand glue.c (newlib) and host.c (platform/host.h). Paths are 8.3,
 * '/' and '\' both separate. It must never keep interrupts off across a call and never retry one:
 * what DOS answers is what the caller gets.
 */
#ifndef ODR_DOS_H
#define ODR_DOS_H

#include <stdbool.h>
#include <stdint.h>

/* Layout known to crt32.S. */
struct odr_dos_regs {
	uint32_t eax, ebx, ecx, edx, esi, edi, ebp;
	uint16_t ds, es, flags, unused;
};

/* Interrupt `number` with these registers; they come back as the handler left them. */
void odr_dos_int(unsigned number, struct odr_dos_regs *regs);

extern uint32_t odr_dos_base; /* linear address of the image, that is of pointer 0 */
extern uint16_t odr_dos_psp;  /* segment of the program segment prefix */

/* A pointer of ours as DOS wants it: everything lives below 1 MiB. */
static inline uint16_t odr_dos_segment(const void *p)
{
	return (uint16_t)((odr_dos_base + (uint32_t)p) >> 4);
}
static inline uint16_t odr_dos_offset(const void *p)
{
	return (uint16_t)((odr_dos_base + (uint32_t)p) & 15);
}

/* Memory outside the image, by linear address. crt32.S keeps FS on all of memory. */
static inline uint8_t odr_dos_peek8(uint32_t linear)
{
	return *(const volatile __seg_fs uint8_t *)linear;
}
static inline uint32_t odr_dos_peek32(uint32_t linear)
{
	return *(const volatile __seg_fs uint32_t *)linear;
}

/*
 * Files. Each returns what DOS returned, or minus the DOS error number (-2 no such file, -3 no such
 * folder, -5 access denied, -80 exists). Handles 0, 1, 2 are the standard ones.
 */
enum { ODR_DOS_READ, ODR_DOS_WRITE, ODR_DOS_READ_WRITE };
enum { ODR_DOS_SEEK_SET, ODR_DOS_SEEK_CURRENT, ODR_DOS_SEEK_END };

int odr_dos_open(const char *path, unsigned access);
int odr_dos_create(const char *path);	  /* an existing file is emptied */
int odr_dos_create_new(const char *path); /* an existing file is an error */
int odr_dos_close(int handle);
/* Bytes moved; fewer than `bytes` only at the end of the file (read) or on a full disk (write). */
int32_t odr_dos_read(int handle, void *buf, uint32_t bytes);
int32_t odr_dos_write(int handle, const void *buf, uint32_t bytes);
/* The new place, counted from the start. */
int32_t odr_dos_seek(int handle, int32_t off, unsigned whence);
int odr_dos_commit(int handle); /* data and directory entry to the disk; DOS 3.3 and later */
int odr_dos_remove(const char *path);
int odr_dos_mkdir(const char *path);
bool odr_dos_is_device(int handle); /* CON, NUL, PRN: not a file */

/* The layout that INT 21h AH=4Eh fills (DTA, 43 bytes). */
struct odr_dos_found {
	uint8_t reserved[21], attributes, time[2], date[2], size[4];
	char name[13]; /* upper case, 8.3 */
};
/*
 * odr_dos_find_first, odr_dos_find_next - plain files that match a pattern, one a call; no folders.
 * Minus the error number when there are none, or no more (-18). `found` is handed back unchanged.
 */
int odr_dos_find_first(const char *pattern, struct odr_dos_found *found);
int odr_dos_find_next(struct odr_dos_found *found);

/* Free bytes on the drive of a path, 0 for a drive that does not exist. */
uint64_t odr_dos_space(const char *path);

/* Let interrupts and resident programs run, give the rest of the time slice away. */
void odr_dos_idle(void);
/* The BIOS tick count of today, 18.2 a second. It stands still while no interrupt can run. */
uint32_t odr_dos_ticks(void);

/* The most bytes of the 32-bit stack that were ever in use. */
uint32_t odr_dos_stack_used(void);

#endif
