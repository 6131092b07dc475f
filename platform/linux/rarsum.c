#define _FILE_OFFSET_BITS 64

#include "platform/linux/rarsum.h"

#include <string.h>
#include <unistd.h>

enum {
	FILE_HEAD = 0x74,
	LONG = 0x8000,	/* flag: more bytes belong to the block than its head has */
	LARGE = 0x0100, /* flag: of more than 4 GiB */
	SFX_MAX = 1024 * 1024,
	STEP = 1024,
};

static uint32_t le(const uint8_t *at, unsigned bytes)
{
	uint32_t value = 0;

	while (bytes--)
		value = value << 8 | at[bytes];
	return value;
}

/* A program may stand in front of an archive that unpacks itself. -1: no archive. */
static off_t find_start(int fd)
{
	static const char mark[] = "Rar!\x1a\x07"; /* and a 0 behind it */
	char buf[STEP + sizeof mark];
	ssize_t got;

	for (off_t at = 0; at < SFX_MAX; at += STEP) {
		got = pread(fd, buf, sizeof buf, at);
		for (ssize_t i = 0; i + (ssize_t)sizeof mark <= got && i < STEP; i++)
			if (!memcmp(buf + i, mark, sizeof mark))
				return at + i;
	}
	return -1;
}

/* Every block: 2 bytes of checksum, type, flags (2), size of the head (2), size of what follows (4). */
bool odr_rar_sum(int fd, unsigned number, uint32_t *sum)
{
	off_t at = find_start(fd);
	uint8_t head[20];

	while (at >= 0 && pread(fd, head, sizeof head, at) >= 7) {
		uint32_t flags = le(head + 3, 2), size = le(head + 5, 2);

		if (size < 7 || (head[2] == FILE_HEAD && (flags & LARGE)))
			return false;
		if (head[2] == FILE_HEAD && number-- == 0) {
			*sum = le(head + 16, 4);
			return true;
		}
		at += size;
		if (flags & LONG)
			at += le(head + 7, 4);
	}
	return false;
}
