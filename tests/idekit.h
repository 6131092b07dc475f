/*
 * idekit.h - a spy between the channel driver (platform/ide*.c) and the practice PC: every access with
 * its time, and, where a row of protocols.md needs what no rig does, a lie about what was read.
 *
 * For test_ide*.c, on top of simkit.h. It never adds or drops an access.
 */
#ifndef ODR_TESTS_IDEKIT_H
#define ODR_TESTS_IDEKIT_H

#include "platform/ide.h"
#include "platform/sim/machine.h"
#include "simkit.h"

struct spy_access {
	char kind; /* i, o, I, O as in a trace; reg is SPY_CTL for the control block */
	uint8_t reg, value;
	uint64_t us;
};

enum { SPY_CTL = 8, SPY_ACCESSES = 1 << 18 };

static struct spy_access spy[SPY_ACCESSES];
static unsigned spy_count;
static uint64_t spy_begin;
static struct odr_channel spy_channel;
static unsigned spy_of; /* 0 primary, 1 secondary */
/* What the driver is told instead of `value`; NULL: the truth. */
static uint8_t (*spy_lie)(unsigned reg, uint8_t value);
static void (*spy_lie_words)(uint8_t *bytes, unsigned count);

static inline const struct odr_port_io *spy_io(void)
{
	return &((struct sim *)kit.self)->io;
}

static inline uint64_t spy_now(void)
{
	return ((struct sim *)kit.self)->s->us;
}

static inline void spy_note(char kind, uint16_t port, uint8_t value)
{
	assert_true(spy_count < SPY_ACCESSES);
	spy[spy_count].kind = kind;
	spy[spy_count].reg = port == spy_channel.ctl ? SPY_CTL : (uint8_t)(port - spy_channel.base);
	spy[spy_count].value = value;
	spy[spy_count++].us = spy_now();
}

static inline uint8_t spy_in8(void *ctx, uint16_t port)
{
	uint8_t value = spy_io()->in8(ctx, port);

	if (spy_lie)
		value = spy_lie(port == spy_channel.ctl ? SPY_CTL : port - spy_channel.base, value);
	spy_note('i', port, value);
	return value;
}

static inline void spy_out8(void *ctx, uint16_t port, uint8_t value)
{
	spy_note('o', port, value);
	spy_io()->out8(ctx, port, value);
}

static inline void spy_in16s(void *ctx, uint16_t port, uint8_t *bytes, unsigned count)
{
	spy_io()->in16s(ctx, port, bytes, count);
	if (spy_lie_words)
		spy_lie_words(bytes, count);
	for (unsigned i = 0; i < count; i++)
		spy_note('I', port, bytes[2 * i]);
}

static inline void spy_out16s(void *ctx, uint16_t port, const uint8_t *bytes, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		spy_note('O', port, bytes[2 * i]);
	spy_io()->out16s(ctx, port, bytes, count);
}

static inline uint64_t spy_now_us(void *ctx)
{
	return spy_io()->now_us(ctx);
}

static inline void spy_wait_us(void *ctx, uint32_t us)
{
	spy_io()->wait_us(ctx, us);
}

/* What comes from here on is what counts. */
static inline void spy_forget(void)
{
	spy_count = 0;
	spy_begin = spy_now();
}

/* Stand between the driver and this channel of the open practice PC; honestly, until told otherwise. */
static inline void spy_on(unsigned channel)
{
	static struct odr_port_io io;

	kit_select(2 * channel + 1);
	io = (struct odr_port_io){kit.self,   spy_in8,	  spy_out8,   spy_in16s,
				  spy_out16s, spy_now_us, spy_wait_us};
	spy_channel = *kit_channel;
	spy_channel.io = &io;
	spy_of = channel;
	spy_lie = NULL;
	spy_lie_words = NULL;
	spy_forget();
}

static inline unsigned spy_ms(void)
{
	return (unsigned)((spy_now() - spy_begin) / 1000);
}

/* How many accesses of this kind to this register; value < 0: any value. */
static inline unsigned spy_saw(char kind, unsigned reg, int value)
{
	unsigned n = 0;

	for (unsigned i = 0; i < spy_count; i++)
		n += spy[i].kind == kind && spy[i].reg == reg &&
		     (value < 0 || spy[i].value == value);
	return n;
}

/* The value of the last write to this register, or -1. */
static inline int spy_last(unsigned reg)
{
	for (unsigned i = spy_count; i-- > 0;)
		if (spy[i].kind == 'o' && spy[i].reg == reg)
			return spy[i].value;
	return -1;
}

/* Interrupts on again and the same device selected: what 5.4 promises to whoever else is there. */
static inline void spy_left_as_it_was(uint8_t device)
{
	const struct sim_state *s = ((struct sim *)kit.self)->s;

	assert_int_equal(spy_last(SPY_CTL), 0x08);
	assert_int_equal(spy_last(ODR_REG_DEVICE), device);
	if (s->rig.channel[spy_of].port) {
		assert_int_equal(s->cable[spy_of].ctl, 0x08);
		assert_int_equal(s->cable[spy_of].dev, device);
	}
}

static inline void spy_scan(unsigned ask, struct odr_place out[2])
{
	spy_forget();
	odr_ide_scan(&spy_channel, spy_of, ask, out);
}

#endif
