/* A channel whose every read is a byte of the input: the scan ends, in bounded time, and what it
 * says of names is printable (IDENTIFY and INQUIRY answers are data of a stranger). */
#include "platform/ide.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct port {
	const uint8_t *data;
	size_t size, at;
	uint64_t us;
};

static uint8_t next(struct port *p)
{
	p->us++;
	return p->at < p->size ? p->data[p->at++] : 0x50;
}

static uint8_t in8(void *ctx, uint16_t port)
{
	(void)port;
	return next(ctx);
}

static void out8(void *ctx, uint16_t port, uint8_t value)
{
	(void)port;
	/* A scan may select, ask and reset its own bits; it never sends a vendor command. */
	if ((port & 7) == 7 && port < 0x300 && value != 0xA0 && value != 0xA1 && value != 0xEC)
		abort();
	((struct port *)ctx)->us++;
}

static void in16s(void *ctx, uint16_t port, uint8_t *bytes, unsigned count)
{
	(void)port;
	for (unsigned i = 0; i < 2 * count; i++)
		bytes[i] = next(ctx);
}

static void out16s(void *ctx, uint16_t port, const uint8_t *bytes, unsigned count)
{
	(void)port;
	(void)bytes;
	((struct port *)ctx)->us += count;
}

static uint64_t now_us(void *ctx)
{
	return ((struct port *)ctx)->us++;
}

static void wait_us(void *ctx, uint32_t us)
{
	((struct port *)ctx)->us += us;
}

static void check_text(const char *text, size_t cap)
{
	if (strlen(text) >= cap)
		abort();
	for (; *text; text++)
		if (*text < 32 || *text > 126)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct port p = {data, size, 0, 0};
	struct odr_port_io io = {&p, in8, out8, in16s, out16s, now_us, wait_us};
	struct odr_channel ch = {&io, 0x170, 0x376};
	struct odr_place out[2];

	odr_ide_scan(&ch, 1, ODR_MASK_ALL, out);
	for (int i = 0; i < 2; i++) {
		if (out[i].position != 3 + i || out[i].state >= ODR_STATES)
			abort();
		check_text(out[i].vendor, sizeof out[i].vendor);
		check_text(out[i].product, sizeof out[i].product);
		check_text(out[i].revision, sizeof out[i].revision);
	}
	if (p.us > 20000000) /* platform.h: a scan is bounded, about 10 s for both channels */
		abort();
	return 0;
}
