/*
 * mkarchive - make an archive for the tests, good or bad.
 *
 *   mkarchive FORMAT OUT NAME CONTENT [NAME CONTENT...]
 *
 * FORMAT: zip, 7z, locked (a zip with a password), rar or cab (both stored; written from the formats'
 * descriptions, since libarchive can only read them). CONTENT: a file, zeros:BYTES, link:TARGET, or
 * copies:N for N empty members NAME0, NAME1 and so on. NAME is packed as it is given, however bad.
 * Exit 0 done, 1 usage, 2 something could not be read or written.
 */
#include "flash/crc32.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONTENT_MAX = 16 * 1024 * 1024 };

static uint8_t content[CONTENT_MAX];

static void fail(const char *what, const char *name)
{
	fprintf(stderr, "mkarchive: %s: %s\n", name, what);
	exit(2);
}

/* The bytes that a CONTENT stands for; returns how many. */
static size_t load(const char *from)
{
	size_t got;
	FILE *file;

	if (!strncmp(from, "zeros:", 6)) {
		got = strtoul(from + 6, NULL, 10);
		if (got > CONTENT_MAX)
			fail("too many", from);
		memset(content, 0, got);
		return got;
	}
	file = fopen(from, "rb");
	if (!file)
		fail("cannot be opened", from);
	got = fread(content, 1, CONTENT_MAX, file);
	fclose(file);
	return got;
}

/* ---- what libarchive writes ---- */

static void add(struct archive *a, const char *name, const char *link, size_t bytes)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, link ? AE_IFLNK : AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, link ? 0 : (la_int64_t)bytes);
	if (link)
		archive_entry_set_symlink(entry, link);
	if (archive_write_header(a, entry) != ARCHIVE_OK ||
	    (bytes && archive_write_data(a, content, bytes) != (la_ssize_t)bytes))
		fail(archive_error_string(a), name);
	archive_entry_free(entry);
}

static void add_copies(struct archive *a, const char *name, unsigned n)
{
	char copy[200];

	for (unsigned i = 0; i < n; i++) {
		snprintf(copy, sizeof copy, "%s%u", name, i);
		add(a, copy, NULL, 0);
	}
}

static void write_archive(const char *format, const char *out, int argc, char **argv)
{
	struct archive *a = archive_write_new();
	bool locked = !strcmp(format, "locked");

	if (!strcmp(format, "7z"))
		archive_write_set_format_7zip(a);
	else
		archive_write_set_format_zip(a);
	if (locked && (archive_write_set_options(a, "zip:encryption=traditional") != ARCHIVE_OK ||
		       archive_write_set_passphrase(a, "secret") != ARCHIVE_OK))
		fail(archive_error_string(a), out);
	if (archive_write_open_filename(a, out) != ARCHIVE_OK)
		fail(archive_error_string(a), out);
	for (int i = 0; i + 1 < argc; i += 2) {
		if (!strncmp(argv[i + 1], "link:", 5))
			add(a, argv[i], argv[i + 1] + 5, 0);
		else if (!strncmp(argv[i + 1], "copies:", 7))
			add_copies(a, argv[i], (unsigned)strtoul(argv[i + 1] + 7, NULL, 10));
		else
			add(a, argv[i], NULL, load(argv[i + 1]));
	}
	if (archive_write_close(a) != ARCHIVE_OK)
		fail(archive_error_string(a), out);
	archive_write_free(a);
}

/* ---- what it only reads ---- */

struct head {
	uint8_t byte[400];
	size_t len;
};

static void number(struct head *h, unsigned bytes, uint32_t value)
{
	for (; bytes--; value >>= 8)
		h->byte[h->len++] = (uint8_t)value;
}

static void text(struct head *h, const char *word, size_t len)
{
	memcpy(h->byte + h->len, word, len);
	h->len += len;
}

/* A block of RAR 4 begins with the low half of the CRC-32 of what follows it in the head. */
static void rar_block(FILE *out, struct head *h)
{
	uint32_t crc = odr_crc32(0, h->byte + 2, h->len - 2);

	h->byte[0] = (uint8_t)crc;
	h->byte[1] = (uint8_t)(crc >> 8);
	fwrite(h->byte, 1, h->len, out);
	h->len = 0;
}

static void write_rar(FILE *out, const char *name, size_t bytes)
{
	struct head h = {.len = 0};

	fwrite("Rar!\x1a\x07", 1, 7, out);
	number(&h, 2, 0);
	number(&h, 1, 0x73); /* MAIN_HEAD */
	number(&h, 2, 0);
	number(&h, 2, 13);
	number(&h, 4, 0);
	number(&h, 2, 0);
	rar_block(out, &h);
	number(&h, 2, 0);
	number(&h, 1, 0x74); /* FILE_HEAD */
	number(&h, 2, 0x8000);
	number(&h, 2, 32 + (uint32_t)strlen(name));
	number(&h, 4, (uint32_t)bytes);
	number(&h, 4, (uint32_t)bytes);
	number(&h, 1, 0); /* packed on DOS */
	number(&h, 4, odr_crc32(0, content, bytes));
	number(&h, 4, 0x2a214000); /* some day */
	number(&h, 1, 20);
	number(&h, 1, 0x30); /* stored */
	number(&h, 2, (uint32_t)strlen(name));
	number(&h, 4, 0x20);
	text(&h, name, strlen(name));
	rar_block(out, &h);
	fwrite(content, 1, bytes, out);
	number(&h, 2, 0);
	number(&h, 1, 0x7b); /* the end */
	number(&h, 2, 0x4000);
	number(&h, 2, 7);
	rar_block(out, &h);
}

/* One folder of blocks of 32 KiB that are not compressed; a block's checksum 0 means: none. */
static void write_cab(FILE *out, const char *name, size_t bytes)
{
	enum { BLOCK = 32768, FOLDER = 36, FILES = FOLDER + 8 };
	uint32_t blocks = (uint32_t)((bytes + BLOCK - 1) / BLOCK);
	uint32_t data = FILES + 16 + (uint32_t)strlen(name) + 1;
	struct head h = {.len = 0};

	text(&h, "MSCF", 4);
	number(&h, 4, 0);
	number(&h, 4, data + blocks * 8 + (uint32_t)bytes);
	number(&h, 4, 0);
	number(&h, 4, FILES);
	number(&h, 4, 0);
	number(&h, 2, 0x0103);
	number(&h, 2, 1);
	number(&h, 2, 1);
	number(&h, 2, 0);
	number(&h, 4, 0);
	number(&h, 4, data);
	number(&h, 2, blocks);
	number(&h, 2, 0);
	number(&h, 4, (uint32_t)bytes);
	number(&h, 4, 0);
	number(&h, 2, 0);
	number(&h, 4, 0x2a214000);
	number(&h, 2, 0x20);
	text(&h, name, strlen(name) + 1);
	fwrite(h.byte, 1, h.len, out);
	for (size_t at = 0; at < bytes; at += BLOCK) {
		size_t len = bytes - at < BLOCK ? bytes - at : BLOCK;

		h.len = 0;
		number(&h, 4, 0);
		number(&h, 2, (uint32_t)len);
		number(&h, 2, (uint32_t)len);
		fwrite(h.byte, 1, h.len, out);
		fwrite(content + at, 1, len, out);
	}
}

int main(int argc, char **argv)
{
	size_t bytes;
	FILE *out;

	if (argc < 3 || argc % 2 == 0) {
		fputs("mkarchive zip|7z|locked|rar|cab OUT NAME CONTENT...\n", stderr);
		return 1;
	}
	if (strcmp(argv[1], "rar") && strcmp(argv[1], "cab")) {
		write_archive(argv[1], argv[2], argc - 3, argv + 3);
		return 0;
	}
	if (argc != 5)
		fail("one member only", argv[1]);
	bytes = load(argv[4]);
	out = fopen(argv[2], "wb");
	if (!out)
		fail("cannot be written", argv[2]);
	if (!strcmp(argv[1], "rar"))
		write_rar(out, argv[3], bytes);
	else
		write_cab(out, argv[3], bytes);
	if (fclose(out))
		fail("cannot be written", argv[2]);
	return 0;
}
