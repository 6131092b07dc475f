/*
 * seqcheck.c - does a trace hold exactly the documented sequence, access by access?
 *
 * Written from protocols.md 2.3, 2.4, 2.5 and 3.1 alone; shares nothing with flash/.
 *   seqcheck mtk TRACE IMAGE BYTES PROTECT   a whole rescue by the boot ROM at the secondary master
 *   seqcheck btc TRACE IMAGE                 WRITE BUFFER to a living drive there
 * Exit 0, or 1 with the first line that deviates. PROTECT 1: the chip is asked which sectors are
 * protected (autoselect, AMD data sheets).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line {
	char kind;
	unsigned port, value;
};

static FILE *trace;
static unsigned long number;
static struct line ahead[4]; /* a small window: what a line means shows in what follows it */
static int have;
static unsigned char image[1 << 20];

_Noreturn static void deviates(const char *expected)
{
	fprintf(stderr, "line %lu: %c %03X %X: %s\n", number - (unsigned long)have + 1,
		ahead[0].kind, ahead[0].port, ahead[0].value, expected);
	exit(1);
}

static struct line *peek(int n)
{
	char text[40];

	while (have <= n) {
		struct line *l = &ahead[have];

		memset(l, 0, sizeof *l);
		if (fgets(text, sizeof text, trace)) {
			number++;
			l->kind = text[0];
			if (l->kind == 'W')
				l->value = (unsigned)strtoul(text + 2, NULL, 10);
			else
				sscanf(text + 2, "%x %x", &l->port, &l->value);
		}
		have++;
	}
	return &ahead[n];
}

static struct line take(void)
{
	struct line l = *peek(0);

	memmove(ahead, ahead + 1, sizeof ahead - sizeof ahead[0]);
	have--;
	return l;
}

static void want(char kind, unsigned port, unsigned value, const char *what)
{
	struct line *l = peek(0);

	if (l->kind != kind || l->port != port || l->value != value)
		deviates(what);
	take();
}

/* Looks (5.4), commands to other channels, and the person's waits are not part of a sequence. */
static int is_look(void)
{
	const struct line *l = peek(0), *n = peek(1);

	if (l->kind == 'W') /* a look polls; the sequences wait in milliseconds */
		return l->value < 1000;
	if (!l->kind)
		return 0;
	if (l->port != 0x376 && (l->port < 0x170 || l->port > 0x177))
		return 1;
	if (l->port == 0x376 || (l->kind == 'i' && l->port != 0x177))
		return 1;
	return l->kind == 'o' && l->port == 0x176 &&
	       (n->port == 0x376 || (n->kind == 'i' && n->port != 0x177));
}

/* Whatever stands between the sequences may ask who is there, and nothing else: no SRST, no other
 * command, on no channel (2.4 and 5.4: 80h to a disk, 2Eh to a boot ROM). */
static void skip(void)
{
	const struct line *l = peek(0);
	unsigned v = l->value;

	if (l->kind == 'o' && (l->port & 0x37F) == 0x177 && v != 0xA0 && v != 0xA1 && v != 0xEC)
		deviates("5.4: a command that is no look");
	if (l->kind == 'o' && (l->port & 0x37F) == 0x376 && v != 0x08 && v != 0x0A)
		deviates("5.4: a control byte that is no look");
	take();
}

static void skip_looks(void)
{
	while (is_look())
		skip();
}

/* ---- 2.4, 2.5 ---- */

static void wait_of(unsigned us, const char *what)
{
	skip_looks();
	want('W', 0, us, what);
}

static void address(unsigned a)
{
	skip_looks();
	want('o', 0x176, 0xA0, "2.5 address: device");
	want('o', 0x174, a & 0xFF, "2.5 address: A0..A7");
	want('o', 0x175, a >> 8 & 0xFF, "2.5 address: A8..A15");
	want('o', 0x176, 0xA0 | (a >> 16 & 15), "2.5 address: A16..A19");
}

static void until_70(void)
{
	want('o', 0x176, 0xA0, "2.5: device before the poll");
	while (peek(0)->kind == 'i' && peek(0)->port == 0x177 && peek(0)->value != 0x70)
		take();
	want('i', 0x177, 0x70, "2.5: poll until 70");
}

static void wr(unsigned a, unsigned d)
{
	address(a);
	want('o', 0x173, d, "2.5 WR: data");
	want('o', 0x177, 0x01, "2.5 WR: command 01");
	until_70();
}

static unsigned rd(unsigned a)
{
	address(a);
	want('o', 0x177, 0x00, "2.5 RD: command 00");
	until_70();
	if (peek(0)->kind != 'i' || peek(0)->port != 0x173)
		deviates("2.5 RD: value");
	return take().value;
}

/* Two readings, and are they the same? */
static int steady(unsigned a)
{
	unsigned first = rd(a);

	return rd(a) == first;
}

static void unlocked(unsigned command)
{
	wr(0x5555, 0xAA);
	wr(0x2AAA, 0x55);
	wr(0x5555, command);
}

static unsigned intro(void)
{
	unsigned status;

	want('o', 0x176, 0xA0, "2.4 intro");
	want('W', 0, 250000, "2.4 intro: 250 ms");
	want('o', 0x176, 0xA0, "2.4 intro");
	while (peek(0)->kind == 'i' && peek(0)->port != 0x177) /* is it a disk? (2.4, Danger) */
		take();
	want('o', 0x173, 0x2A, "2.4 intro: 2A");
	want('o', 0x177, 0x80, "2.4 intro: 80");
	want('W', 0, 2000, "2.4 intro: 2 ms");
	want('o', 0x176, 0xA0, "2.4 intro");
	status = peek(0)->value;
	want('i', 0x177, status, "2.4 intro: status");
	want('W', 0, 1000, "2.4 intro: 1 ms");
	return status;
}

static void identify(unsigned bytes, int protect)
{
	while (!steady(0)) /* it still works: the same twice means done */
		wait_of(250000, "2.5: 250 ms while the chip is busy");
	rd(0);
	rd(1);
	unlocked(0x90);
	rd(0);
	rd(1);
	for (unsigned bank = 0; protect && bank < bytes; bank += 0x10000)
		rd(bank + 2);
	unlocked(0xF0);
	rd(0);
	rd(1);
}

static int write_page(unsigned page)
{
	int touched = 0;

	for (unsigned a = page; a < page + 0x100; a++) {
		int tries = 1;

		if (image[a] == 0xFF)
			continue;
		unlocked(0xA0);
		wr(a, image[a]);
		while (rd(a) != image[a])
			if (++tries > 3)
				deviates("2.5: read back up to 3 times");
		touched = 1;
	}
	if (touched)
		wait_of(20000, "2.5: 20 ms a page");
	return touched;
}

static void knock_until_answer(void)
{
	for (;;) {
		while (peek(0)->kind && !(peek(0)->kind == 'o' && peek(0)->port == 0x176 &&
					  peek(1)->kind == 'W' && peek(1)->value > 100000))
			skip();
		if (intro() == 0x70)
			return;
		skip_looks();
		want('W', 0, 250000, "2.4: every 250 ms");
	}
}

static void mtk(unsigned bytes, int protect)
{
	knock_until_answer();
	identify(bytes, protect);
	identify(bytes, protect); /* again when the job begins: the same chip? */
	for (int pass = 0; pass < 2; pass++)
		for (unsigned a = 0; a < bytes; a++)
			while (!steady(a))
				;
	unlocked(0x80);
	unlocked(0x10);
	for (int i = 0; i < 12; i++)
		wait_of(250000, "2.5: 12 x 250 ms");
	while (!steady(0))
		wait_of(250000, "2.5: 250 ms while the chip is busy");
	for (unsigned a = 0; a < bytes; a++)
		if (rd(a) != 0xFF)
			deviates("2.5: blank check");
	for (unsigned bank = bytes; bank; bank -= 0x10000)
		for (unsigned page = 0x100; page < 0x10000; page += 0x100)
			write_page(bank - 0x10000 + page);
	for (unsigned bank = bytes; bank; bank -= 0x10000)
		write_page(bank - 0x10000);
	wait_of(200000, "2.5: 200 ms at the end");
	for (unsigned a = 0; a < bytes; a++)
		for (int twice = 0; twice < 2; twice++)
			if (rd(a) != image[a])
				deviates("2.5: verify");
	skip_looks();
	want('o', 0x176, 0xA0, "2.4 outro");
	want('o', 0x177, 0x81, "2.4 outro: 81");
	want('o', 0x176, 0xA0, "2.4 outro");
	want('o', 0x177, 0x08, "2.4 outro: DEVICE RESET");
	want('i', 0x177, peek(0)->value, "2.4 outro: status");
	want('W', 0, 350000, "2.4 outro: 350 ms");
	want('W', 0, 1500000, "2.4 outro: 1.5 s");
	if (peek(0)->kind)
		deviates("nothing after the outro");
}

/* ---- 3.1, by the PACKET protocol of 5.5 ---- */

struct packet {
	unsigned char cdb[12], data[5000];
	size_t n;	 /* bytes of data out */
	unsigned waited; /* before it, in us; only waits of 100 ms and more */
};

/* The next packet to the secondary master; that there is none deviates. */
static void next_packet(struct packet *p)
{
	unsigned reg[8] = {0}; /* as they were written last */
	size_t n = 0;

	p->waited = 0;
	while (!(peek(0)->kind == 'o' && peek(0)->port == 0x177 && peek(0)->value == 0xA0)) {
		if (!peek(0)->kind)
			deviates("3.1: the end is missing");
		if (peek(0)->kind == 'W' && peek(0)->value >= 100000)
			p->waited += peek(0)->value;
		if (peek(0)->kind == 'o' && (peek(0)->port & ~7u) == 0x170)
			reg[peek(0)->port & 7] = peek(0)->value;
		skip();
	}
	if (reg[6] != 0xA0 || reg[1] != 0)
		deviates("5.5: device, features 0");
	if (reg[4] & 1 || !(reg[4] | reg[5]))
		deviates("5.5: an even byte-count limit");
	take();
	/* It ends where a register is written again, or somebody waits. */
	for (; peek(0)->kind && !(peek(0)->kind == 'o' && (peek(0)->port & ~7u) == 0x170); skip()) {
		if (peek(0)->kind == 'W' && peek(0)->value >= 100000)
			break;
		if (peek(0)->kind != 'O' || peek(0)->port != 0x170)
			continue;
		for (unsigned i = 0; i < 2; i++, n++) {
			unsigned char byte = (unsigned char)(peek(0)->value >> 8 * i);

			if (n < 12)
				p->cdb[n] = byte;
			else if (n - 12 < sizeof p->data)
				p->data[n - 12] = byte;
		}
	}
	if (n < 12)
		deviates("5.5: 12 bytes of CDB");
	p->n = n - 12;
}

static void same(const struct packet *p, const unsigned char *cdb, const unsigned char *data,
		 size_t n, const char *what)
{
	if (memcmp(p->cdb, cdb, 12) || p->n != n || (n && memcmp(p->data, data, n)))
		deviates(what);
}

static void btc(void)
{
	static struct packet p;
	unsigned char header[32] = {0};
	unsigned sum = 0, off, burning = 50000000;

	do
		next_packet(&p);
	while (p.cdb[0] != 0x3B);
	for (off = 0; off < 0x100000; off += 0x1000) {
		const unsigned char piece[12] = {
			0x3B, 0x06, 0x00, (unsigned char)(off >> 16), (unsigned char)(off >> 8),
			0x20, 0x00, 0x10};

		same(&p, piece, image + off, 0x1000, "3.1: a piece");
		next_packet(&p);
	}
	for (off = 0; off < sizeof image; off++)
		sum += image[off];
	header[30] = (unsigned char)(sum >> 8);
	header[31] = (unsigned char)sum;
	same(&p, (const unsigned char[12]){0x3B, 0x06, 0, 0, 0, 0, 0, 0, 0x20}, header, 32,
	     "3.1: the header with the sum");
	next_packet(&p);
	same(&p, (const unsigned char[12]){0x3B, 0x07}, NULL, 0, "3.1: burn");
	for (next_packet(&p); p.cdb[0] != 0x12; next_packet(&p)) {
		if (p.cdb[0] == 0x03) /* REQUEST SENSE, 5.5 */
			continue;
		same(&p, (const unsigned char[12]){0}, NULL, 0, "3.1: TEST UNIT READY");
		if (p.waited != burning + 1000000)
			deviates("3.1: 50 s, then TEST UNIT READY each 1 s");
		burning = 0;
	}
	same(&p, (const unsigned char[12]){0x12, 0, 0, 0, 0x24}, NULL, 0, "3.1: INQUIRY");
}

int main(int argc, char **argv)
{
	FILE *file = argc > 3 ? fopen(argv[3], "rb") : NULL;

	trace = argc > 3 ? fopen(argv[2], "r") : NULL;
	if (!file || !trace || !fread(image, 1, sizeof image, file)) {
		fputs("usage: seqcheck mtk TRACE IMAGE BYTES PROTECT | btc TRACE IMAGE\n", stderr);
		return 2;
	}
	if (!strcmp(argv[1], "btc"))
		btc();
	else if (argc == 6)
		mtk((unsigned)strtoul(argv[4], NULL, 0), argv[5][0] == '1');
	fclose(file);
	return 0;
}
