#include "flash/image.h"

#include "flash/crc32.h"
#include "flash/hex.h"

#include <stdio.h>
#include <string.h>

#define CHUNK 512u

/* Files bigger than the HEX of the biggest chip (2 MiB as text, domain.md 3.3) are no firmware. */
#define FILE_MAX (8u * 1024 * 1024)
/* The smallest and the biggest flash of a drive that we know (domain.md 5.1, chips.c). */
#define BYTES_MIN 0x10000u
#define BYTES_MAX 0x200000u

/* Walks over the whole file; each chunk goes to `take`. */
static enum odr_err walk(struct odr_platform p, const char *path, uint64_t *bytes,
			 enum odr_err (*take)(void *ctx, const uint8_t *buf, uint32_t len,
					      struct odr_error *e),
			 void *ctx, struct odr_error *e)
{
	uint8_t buf[CHUNK];
	uint64_t off = 0;
	uint32_t got;
	int handle;
	enum odr_err rc = p.ops->file_open(p.self, path, ODR_FILE_READ, &handle, e);

	if (rc != ODR_OK)
		return rc;
	rc = p.ops->file_size(p.self, handle, bytes, e);
	if (rc == ODR_OK && *bytes > FILE_MAX)
		rc = odr_fail(e, ODR_E_FILE, "%lu bytes: too big for firmware of such a drive",
			      (unsigned long)*bytes);
	while (rc == ODR_OK && off < *bytes) {
		rc = p.ops->file_read_at(p.self, handle, off, buf, sizeof buf, &got, e);
		if (rc == ODR_OK && !got)
			rc = odr_fail(e, ODR_E_FILE, "ends at byte %lu of %lu", (unsigned long)off,
				      (unsigned long)*bytes);
		if (rc == ODR_OK)
			rc = take(ctx, buf, got, e);
		off += got;
	}
	p.ops->file_close(p.self, handle);
	return rc;
}

/* ---- first look: what is it, and its checksum ---- */

struct look {
	struct odr_sha256 sha;
	uint8_t head[16];
	uint32_t head_len;
	uint8_t first;
	bool started, one_value, all_text;
};

static enum odr_err look_take(void *ctx, const uint8_t *buf, uint32_t len, struct odr_error *e)
{
	struct look *l = ctx;

	(void)e;
	if (!l->started) {
		l->started = true;
		l->first = buf[0];
		l->head_len = len < sizeof l->head ? len : (uint32_t)sizeof l->head;
		memcpy(l->head, buf, l->head_len);
	}
	for (uint32_t i = 0; i < len; i++) {
		if (buf[i] != l->first)
			l->one_value = false;
		if (buf[i] > 126 ||
		    (buf[i] < 32 && buf[i] != '\n' && buf[i] != '\r' && buf[i] != '\t'))
			l->all_text = false;
	}
	odr_sha256_feed(&l->sha, buf, len);
	return ODR_OK;
}

/* What else people hand to a flasher (domain.md 5.1). */
static const char *wrong_kind(const struct look *l)
{
	static const struct {
		uint8_t at, len;
		const char *magic, *what;
	} known[] = {
		{0, 2, "MZ", "a program (EXE), the firmware is still inside: unpack FILE"},
		{0, 2, "PK", "a ZIP archive, take the firmware out first: unpack FILE"},
		{0, 4, "Rar!", "a RAR archive, take the firmware out first: unpack FILE"},
		{0, 6, "7z\xbc\xaf\x27\x1c",
		 "a 7z archive, take the firmware out first: unpack FILE"},
		{0, 4, "MSCF", "a CAB archive, take the firmware out first: unpack FILE"},
		{7, 7, "**ACE**", "an ACE archive: unpack it first"},
		{0, 2, "\x1f\x8b", "a gzip archive: unpack it first"},
		{0, 4, "%PDF", "a PDF document"},
		{0, 4, "<htm", "a web page: the download went wrong"},
		{0, 4, "<HTM", "a web page: the download went wrong"},
		{0, 4, "<!DO", "a web page: the download went wrong"},
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (l->head_len >= known[i].at + known[i].len &&
		    !memcmp(l->head + known[i].at, known[i].magic, known[i].len))
			return known[i].what;
	if (l->one_value)
		return "blank: every byte is the same";
	if (l->all_text && l->first != ':')
		return "plain text, not firmware";
	return NULL;
}

/* ---- second pass: stage it ---- */

struct stage {
	struct odr_platform platform;
	struct odr_sha256 file_sha;
	struct odr_hex *hex; /* NULL: raw binary */
	uint32_t off;
};

static enum odr_err stage_take(void *ctx, const uint8_t *buf, uint32_t len, struct odr_error *e)
{
	struct stage *s = ctx;

	odr_sha256_feed(&s->file_sha, buf, len);
	if (!s->hex) {
		s->platform.ops->stage_write(s->platform.self, s->off, buf, len);
		s->off += len;
		return ODR_OK;
	}
	for (uint32_t i = 0; i < len; i++) {
		enum odr_err rc = odr_hex_feed(s->hex, buf[i], e);

		if (rc != ODR_OK)
			return rc;
		if (s->hex->len)
			s->platform.ops->stage_write(s->platform.self, s->hex->off, s->hex->data,
						     s->hex->len);
	}
	return ODR_OK;
}

/* Checksums of the staged copy. */
static void sum_stage(const struct odr_image *image, struct odr_platform p, uint8_t sha256[32],
		      uint32_t *crc, uint16_t *sum16)
{
	struct odr_sha256 sha;
	uint8_t buf[CHUNK];

	odr_sha256_start(&sha);
	*crc = 0;
	*sum16 = 0;
	for (uint32_t off = 0; off < image->bytes; off += CHUNK) {
		odr_image_read_at(p, off, buf, CHUNK);
		odr_sha256_feed(&sha, buf, CHUNK);
		*crc = odr_crc32(*crc, buf, CHUNK);
		for (unsigned i = 0; i < CHUNK; i++)
			*sum16 = (uint16_t)(*sum16 + buf[i]);
	}
	odr_sha256_end(&sha, sha256);
}

/* Is a part of it lost, and for whom is it? */
static enum odr_err check_whole(struct odr_image *image, struct odr_platform p, struct odr_error *e)
{
	struct odr_whole whole;
	uint8_t buf[CHUNK];

	odr_whole_start(&whole);
	for (uint32_t off = 0; off < image->bytes; off += CHUNK) {
		odr_image_read_at(p, off, buf, CHUNK);
		odr_whole_feed(&whole, buf, CHUNK);
	}
	return odr_whole_end(&whole, &image->made_for, e);
}

static enum odr_err check_size(uint64_t bytes, struct odr_error *e)
{
	uint32_t fit = BYTES_MIN;

	while (fit < BYTES_MAX && fit < bytes)
		fit *= 2;
	/* The nearer of the two sizes makes the better message: one byte long is not half a chip. */
	if (fit > BYTES_MIN && bytes < fit && bytes - fit / 2 < fit - bytes)
		fit /= 2;
	if (bytes != fit)
		return odr_fail(e, ODR_E_FILE, "%lu bytes, that is %lu too %s: a flash has %lu",
				(unsigned long)bytes,
				(unsigned long)(bytes > fit ? bytes - fit : fit - bytes),
				bytes > fit ? "many" : "few", (unsigned long)fit);
	return ODR_OK;
}

static enum odr_err stage_file(struct odr_image *image, struct odr_platform p, struct odr_error *e)
{
	struct odr_hex hex;
	struct stage stage = {.platform = p};
	uint8_t again[ODR_SHA256_BYTES];
	uint64_t bytes;
	enum odr_err rc = ODR_OK;

	if (image->kind == ODR_IMAGE_HEX) {
		stage.hex = &hex;
		odr_hex_start(&hex);
		rc = p.ops->stage_size(p.self, BYTES_MAX, e);
	} else {
		rc = check_size(image->file_bytes, e);
		if (rc == ODR_OK)
			rc = p.ops->stage_size(p.self, (uint32_t)image->file_bytes, e);
		image->bytes = (uint32_t)image->file_bytes;
	}
	if (rc != ODR_OK)
		return rc;
	odr_sha256_start(&stage.file_sha);
	rc = walk(p, image->path, &bytes, stage_take, &stage, e);
	if (rc == ODR_OK && stage.hex)
		rc = odr_hex_end(&hex, &image->bytes, e);
	if (rc == ODR_OK && stage.hex)
		image->gaps = image->bytes - hex.given;
	if (rc != ODR_OK)
		return rc;
	odr_sha256_end(&stage.file_sha, again);
	if (bytes != image->file_bytes || memcmp(again, image->file_sha256, sizeof again))
		return odr_fail(
			e, ODR_E_FILE,
			"it reads differently each time: a bad disk or cable; copy it elsewhere");
	sum_stage(image, p, image->sha256, &image->crc32, &image->sum16);
	return ODR_OK;
}

static enum odr_err load(struct odr_image *image, struct odr_platform p, bool as_backup,
			 struct odr_error *e)
{
	struct look look = {.one_value = true, .all_text = true};
	const char *wrong;
	enum odr_err rc;

	odr_sha256_start(&look.sha);
	rc = walk(p, image->path, &image->file_bytes, look_take, &look, e);
	if (rc != ODR_OK)
		return rc;
	odr_sha256_end(&look.sha, image->file_sha256);
	if (!image->file_bytes)
		return odr_fail(e, ODR_E_FILE, "it is empty");
	if (as_backup) {
		image->kind = ODR_IMAGE_BACKUP;
		return stage_file(image, p, e);
	}
	wrong = wrong_kind(&look);
	if (wrong)
		return odr_fail(e, ODR_E_FILE, "it is %s", wrong);
	image->kind = look.first == ':' && look.all_text ? ODR_IMAGE_HEX : ODR_IMAGE_BIN;
	rc = stage_file(image, p, e);
	return rc == ODR_OK ? check_whole(image, p, e) : rc;
}

enum odr_err odr_image_load(struct odr_image *image, struct odr_platform platform, const char *path,
			    bool as_backup, struct odr_error *e)
{
	enum odr_err rc;

	memset(image, 0, sizeof *image);
	if (strlen(path) >= sizeof image->path)
		return odr_fail(e, ODR_E_FILE, "its path is longer than %d characters",
				ODR_PATH_MAX - 1);
	strcpy(image->path, path);
	rc = load(image, platform, as_backup, e);
	if (rc != ODR_OK)
		image->kind = ODR_IMAGE_NONE;
	return rc;
}

enum odr_err odr_image_recheck(const struct odr_image *image, struct odr_platform platform,
			       struct odr_error *e)
{
	struct look look = {.one_value = true, .all_text = true};
	uint8_t sum[ODR_SHA256_BYTES];
	uint64_t bytes;
	uint32_t crc;
	uint16_t sum16;
	enum odr_err rc;

	odr_sha256_start(&look.sha);
	rc = walk(platform, image->path, &bytes, look_take, &look, e);
	if (rc != ODR_OK)
		return rc;
	odr_sha256_end(&look.sha, sum);
	if (bytes != image->file_bytes || memcmp(sum, image->file_sha256, sizeof sum))
		return odr_fail(e, ODR_E_FILE, "the file is another one now");
	sum_stage(image, platform, sum, &crc, &sum16);
	if (memcmp(sum, image->sha256, sizeof sum))
		return odr_fail(e, ODR_E_FILE, "the copy in memory is damaged");
	return ODR_OK;
}

void odr_image_read_at(struct odr_platform platform, uint32_t off, void *buf, uint32_t len)
{
	platform.ops->stage_read(platform.self, off, buf, len);
}
