/*
 * mkimage - make a firmware image that looks real and is nobody's property.
 *
 *   mkimage [--size BYTES] [--seed N] [--vendor V] [--product P] [--rev R] [--hex] OUT
 *
 * The same options give the same bytes. The image satisfies what a program can check of a BTC image
 * (domain.md 5.3): identity at 40BCh, no blank bank, boot page not blank. It must never contain bytes
 * of a real firmware. OUT is overwritten. Exit 0 done, 1 usage, 2 the file could not be written.
 */
#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BANK_BYTES = 0x10000, /* domain.md 5.2: a bank change every 64 KiB */
	SIZE_MAX_BYTES = 4 * 1024 * 1024,
	PAGE_BYTES = 0x100,
	/* domain.md 5.3 */
	VENDOR_AT = 0x40bc,
	VENDOR_LEN = 8,
	PRODUCT_AT = 0x40c4,
	PRODUCT_LEN = 16,
	REVISION_AT = 0x40d4,
	REVISION_LEN = 4,
	HEX_LINE = 0x20, /* data bytes a line, as in the files of BTC */
};

struct options {
	uint32_t size;
	uint32_t seed;
	const char *vendor, *product, *revision;
	int hex;
	const char *out;
};

static uint8_t image[SIZE_MAX_BYTES];

static int usage(const char *reason)
{
	fprintf(stderr,
		"mkimage: %s\nmkimage [--size BYTES] [--seed N] [--vendor V] [--product P] "
		"[--rev R] [--hex] OUT\n",
		reason);
	return 1;
}

/* xorshift32 (Marsaglia 2003): the same stream on every machine. */
static uint32_t next_random(uint32_t *state)
{
	uint32_t x = *state;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return *state = x;
}

/* Machine code is neither noise nor text: few byte values make up most of it. The squared draw
 * favours low indices; the table turns them into common 8051 opcodes (MOV, LCALL, RET, JZ ...). */
static uint8_t code_byte(uint32_t *state)
{
	static const uint8_t common[] = {0x90, 0xe0, 0xf0, 0x12, 0x22, 0x54, 0x60, 0x02,
					 0xe5, 0x75, 0x74, 0x70, 0xa3, 0xef, 0x80, 0x00};
	uint32_t draw = next_random(state) >> 8;

	if (draw & 1)
		return (uint8_t)(draw >> 8);
	draw = (draw >> 4) & 0xff;
	return common[draw * draw >> 12];
}

/* One run of FF for every nine stretches of code of the same mean length: a tenth of the image. */
static void fill(uint32_t size, uint32_t seed)
{
	uint32_t state = seed * 2654435761u + 1; /* xorshift must not start at 0 */

	if (!state)
		state = 1;
	for (uint32_t at = 0; at < size;) {
		int blank = next_random(&state) % 10 == 0;
		uint32_t end = at + 16 + next_random(&state) % 64;

		for (; at < end && at < size; at++)
			image[at] = blank ? 0xff : code_byte(&state);
	}
	/* Each bank begins with a long jump, as 8051 firmware does (domain.md 5.4), so that its first
	 * page is never blank. */
	for (uint32_t bank = 0; bank < size; bank += BANK_BYTES) {
		image[bank] = 0x02;
		for (uint32_t i = 1; i < PAGE_BYTES; i++)
			image[bank + i] = code_byte(&state);
	}
}

static void put_name(uint32_t at, size_t len, const char *text)
{
	memset(image + at, ' ', len);
	memcpy(image + at, text, strlen(text));
}

static int all_ff(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != 0xff)
			return 0;
	return 1;
}

static void write_hex_line(FILE *out, uint32_t at, const uint8_t *bytes)
{
	uint32_t offset = at % BANK_BYTES;
	uint32_t sum = HEX_LINE + (offset >> 8) + (offset & 0xff);

	fprintf(out, ":%02X%04X00", HEX_LINE, offset);
	for (size_t i = 0; i < HEX_LINE; i++) {
		fprintf(out, "%02X", bytes[i]);
		sum += bytes[i];
	}
	fprintf(out, "%02X\n", (0x100 - (sum & 0xff)) & 0xff);
}

/* domain.md 5.2: gaps of FF are left out, an odd record stands between two banks. */
static void write_hex(FILE *out, uint32_t size)
{
	for (uint32_t at = 0; at < size; at += HEX_LINE) {
		if (at && at % BANK_BYTES == 0)
			fputs(":00000155AA\n", out);
		if (!all_ff(image + at, HEX_LINE))
			write_hex_line(out, at, image + at);
	}
	fputs(":00000001FF\n", out);
}

static int parse(int argc, char **argv, struct options *o)
{
	static const struct option known[] = {
		{"size", required_argument, NULL, 's'},
		{"seed", required_argument, NULL, 'n'},
		{"vendor", required_argument, NULL, 'v'},
		{"product", required_argument, NULL, 'p'},
		{"rev", required_argument, NULL, 'r'},
		{"hex", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int c;

	while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (c) {
		case 's':
			o->size = (uint32_t)strtoul(optarg, NULL, 0);
			break;
		case 'n':
			o->seed = (uint32_t)strtoul(optarg, NULL, 0);
			break;
		case 'v':
			o->vendor = optarg;
			break;
		case 'p':
			o->product = optarg;
			break;
		case 'r':
			o->revision = optarg;
			break;
		case 'h':
			o->hex = 1;
			break;
		default:
			return usage("unknown option");
		}
	}
	if (optind + 1 != argc)
		return usage("exactly one output file is needed");
	o->out = argv[optind];
	if (o->size < BANK_BYTES || o->size > SIZE_MAX_BYTES || o->size % BANK_BYTES)
		return usage("the size must be whole banks of 65536 bytes, at most 4 MiB");
	if (strlen(o->vendor) > VENDOR_LEN || strlen(o->product) > PRODUCT_LEN ||
	    strlen(o->revision) > REVISION_LEN)
		return usage("vendor at most 8, product 16, revision 4 characters");
	return 0;
}

int main(int argc, char **argv)
{
	struct options o = {.size = BANK_BYTES,
			    .seed = 1,
			    .vendor = "BTC",
			    .product = "DVDRW IDE1008",
			    .revision = "0758"};
	FILE *out;

	if (parse(argc, argv, &o))
		return 1;
	fill(o.size, o.seed);
	put_name(VENDOR_AT, VENDOR_LEN, o.vendor);
	put_name(PRODUCT_AT, PRODUCT_LEN, o.product);
	put_name(REVISION_AT, REVISION_LEN, o.revision);

	out = fopen(o.out, "wb");
	if (!out) {
		fprintf(stderr, "mkimage: %s: %s\n", o.out, strerror(errno));
		return 2;
	}
	if (o.hex)
		write_hex(out, o.size);
	else
		fwrite(image, 1, o.size, out);
	if (ferror(out) | fclose(out)) {
		fprintf(stderr, "mkimage: %s: could not be written\n", o.out);
		return 2;
	}
	return 0;
}
