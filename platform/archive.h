/*
 * archive.h - what is packed in a file: zip, 7z, rar, cab, lha, and programs that unpack themselves.
 *
 * Archives come from anywhere, and what reads them is a big library: it works in a process of its own
 * that can write no file, start no program and use only so much memory and time. Nothing of an archive
 * is run and nothing is written: bytes go to the caller, who decides. One .c per system
 * (linux/archive.c); the engine never asks for it.
 */
#ifndef ODR_ARCHIVE_H
#define ODR_ARCHIVE_H

#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

/* A HEX of 1 MiB has 2.5 million bytes (domain.md 3.3); what claims to be more is no firmware. */
#define ODR_MEMBER_MAX (4u * 1024 * 1024)
/* A maker's driver CD has some thousand. */
#define ODR_MEMBERS_MAX 10000u

/* Valid during the call only. */
struct odr_member {
	const char *name;    /* as it is packed, with its folders: any bytes, never to be trusted */
	bool is_file;	     /* a plain file; else a folder, a link or a device */
	const uint8_t *data; /* the whole of it where it was wanted; else NULL */
	uint32_t bytes;	     /* of data */
	bool has_sum; /* of data: `sum` is its CRC-32 as the archive states it; not compared yet */
	uint32_t sum;
};

struct odr_archive_host {
	bool (*wants)(void *ctx, const char *name);
	void (*take)(void *ctx, const struct odr_member *member); /* each one, in their order */
	void *ctx;
};

/*
 * odr_archive_read - take the members of the archive `path` one after the other, the wanted ones with
 * their content, whose checksum was right where the format has one and no sum is given with it. ODR_OK:
 * to its end.
 * Otherwise why not, in words that go on from the archive's name; what was taken before is then worth
 * nothing. ODR_E_UNSUPPORTED: no archive at all, as far as can be seen. ODR_E_REFUSED: locked with a
 * password. ODR_E_FILE: damaged, too many members or too big a one, more memory or time than firmware
 * needs. A file that cannot be opened at all: ODR_E_FILE with a whole sentence.
 */
enum odr_err odr_archive_read(const char *path, const struct odr_archive_host *host,
			      struct odr_error *e);

#endif
