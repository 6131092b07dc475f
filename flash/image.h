/*
 * image.h - one firmware file: opened, read to its end, checked, and staged as flat binary.
 *
 * MTKFLASH erases the chip before it opens its file (domain.md 1.4). This is the module that makes
 * that impossible here: nothing is planned with an image that was not read completely, and before
 * the erase it is read again. It never writes to a file and never talks to a drive.
 */
#ifndef ODR_IMAGE_H
#define ODR_IMAGE_H

#include "flash/journal.h"
#include "flash/sha256.h"
#include "flash/whole.h"
#include "platform/platform.h"

enum odr_image_kind {
	ODR_IMAGE_NONE,
	ODR_IMAGE_BIN,	  /* raw binary, byte for byte the chip */
	ODR_IMAGE_HEX,	  /* BTC's banked Intel HEX, staged as binary */
	ODR_IMAGE_BACKUP, /* our own backup: any content, known by its checksum */
};

struct odr_image {
	enum odr_image_kind kind;
	char path[ODR_PATH_MAX];
	uint64_t file_bytes;
	uint8_t file_sha256[ODR_SHA256_BYTES]; /* of the file as it lies on the disk */
	uint32_t bytes;			       /* of the staged flat binary; a power of two */
	uint32_t gaps;			  /* of HEX: bytes of it that the file does not give: FF */
	uint32_t crc32;			  /* of the flat binary */
	uint8_t sha256[ODR_SHA256_BYTES]; /* of the flat binary */
	uint16_t sum16;			  /* 16-bit sum of all bytes: BTC prints it */
	struct odr_identity made_for;	  /* of a backup: all "" */
};

/*
 * odr_image_load - read `path` twice to its end, find out what it is, stage it.
 * as_backup: the caller knows the file's checksum (our own backup): its content may be anything.
 * ODR_E_FILE, with what is wrong: missing, a directory, unreadable, unstable, an archive or a program,
 * text, blank, damaged HEX, a size no chip has, a bank lost or doubled, no identity that we know. *image
 * is then NONE.
 */
enum odr_err odr_image_load(struct odr_image *image, struct odr_platform platform, const char *path,
			    bool as_backup, struct odr_error *e);

/*
 * odr_image_recheck - the file is still the one that was loaded, to its last byte, and so is the
 * staged copy. ODR_E_FILE: not so; nothing may be erased.
 */
enum odr_err odr_image_recheck(const struct odr_image *image, struct odr_platform platform,
			       struct odr_error *e);

/* len bytes of the staged flat binary at off; off + len must not exceed the image's bytes. */
void odr_image_read_at(struct odr_platform platform, uint32_t off, void *buf, uint32_t len);

#endif
