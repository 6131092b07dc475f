/*
 * A channel whose drives answer by the book until the input says otherwise: 0 is the book, E0 and
 * more replaces this answer by the next byte, FF makes the drive busy for 16 ms times the next byte.
 * All words of data are bytes of the input, so that names are a stranger's. When the input is over,
 * the book rules.
 */
#include "platform/ide.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { BASE = 0x170, CTL = 0x376 };
enum phase { IDLE, CDB, DATA };

struct port {
	const uint8_t *data;
	size_t size, at;
	uint64_t us, busy_until;
	enum phase phase;
	unsigned words; /* of this data phase */
	uint8_t reg[8], control;
};

static uint8_t next(struct port *p)
{
	return p->at < p->size ? p->data[p->at++] : 0;
}

static uint8_t in8(void *ctx, uint16_t port)
{
	struct port *p = ctx;
	unsigned reg = port == CTL ? ODR_REG_STATUS : (unsigned)port - BASE;
	uint8_t whim = next(p);

	MUST(reg < 8 && ++p->us);
	if (whim == 0xFF)
		p->busy_until = p->us + next(p) * 16000u;
	else if (whim >= 0xE0)
		return next(p);
	if (p->us < p->busy_until)
		return 0xD0;
	if (reg == ODR_REG_STATUS)
		return p->phase == IDLE ? 0x50 : 0x58;
	if (reg == ODR_REG_COUNT && p->phase != IDLE)
		return p->phase == CDB ? 1 : 2;
	return p->reg[reg];
}

static void out8(void *ctx, uint16_t port, uint8_t value)
{
	struct port *p = ctx;

	p->us++;
	if (port == CTL) {
		MUST(!(value & 0x04)); /* a look never resets */
		p->control = value;
		return;
	}
	MUST(port > BASE && port <= BASE + ODR_REG_STATUS);
	p->reg[port - BASE] = value;
	if (port != BASE + ODR_REG_STATUS)
		return;
	MUST(value == 0xA0 || value == 0xA1 || value == 0xEC);
	p->phase = value == 0xA0 ? CDB : DATA;
	p->words = 256;
}

static void in16s(void *ctx, uint16_t port, uint8_t *bytes, unsigned count)
{
	struct port *p = ctx;

	MUST(port == BASE);
	p->us += count;
	for (unsigned i = 0; i < 2 * count; i++)
		bytes[i] = next(p);
	p->words -= count < p->words ? count : p->words;
	if (!p->words)
		p->phase = IDLE;
}

static void out16s(void *ctx, uint16_t port, const uint8_t *bytes, unsigned count)
{
	struct port *p = ctx;
	bool is_cdb = p->phase == CDB && count == 6;

	/* INQUIRY and REQUEST SENSE; to a drive that wants data in return, zeroes. */
	MUST(port == BASE && (!bytes[0] || (is_cdb && (bytes[0] == 0x12 || bytes[0] == 0x03))));
	p->us += count;
	p->phase = DATA;
	p->words = (p->reg[ODR_REG_LBA_MID] | (unsigned)p->reg[ODR_REG_LBA_HI] << 8) / 2;
}

static uint64_t now_us(void *ctx)
{
	return ((struct port *)ctx)->us;
}

static void wait_us(void *ctx, uint32_t us)
{
	((struct port *)ctx)->us += us;
}

static void check_text(const char *text, size_t room)
{
	MUST(is_plain_text(text, room));
	for (size_t i = 0; text[i]; i++)
		MUST(text[i] > 0 &&
		     (text[i] != ' ' || text[i + 1])); /* ASCII, no blank at the end */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct port p = {.data = data, .size = size, .reg = {0, 0, 1, 1, 0x14, 0xEB, 0xA0, 0}};
	struct odr_port_io io = {&p, in8, out8, in16s, out16s, now_us, wait_us};
	struct odr_channel ch = {&io, BASE, CTL};
	struct odr_place out[2];

	odr_ide_scan(&ch, 1, ODR_MASK_ALL, out);
	MUST(p.us <= 11000000);	   /* platform.h: about 10 s for a channel that hangs */
	MUST(!(p.control & 0x02)); /* nIEN left set hangs DOS on its own disk */
	for (unsigned d = 0; d < 2; d++) {
		MUST(out[d].position == 3 + d && out[d].state < ODR_STATES);
		check_text(out[d].vendor, sizeof out[d].vendor);
		check_text(out[d].product, sizeof out[d].product);
		check_text(out[d].revision, sizeof out[d].revision);
		MUST(out[d].state != ODR_DISK || !out[d].vendor[0]);
	}
	return 0;
}
