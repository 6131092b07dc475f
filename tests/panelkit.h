/* The channels panel on a practice PC whose clock the test moves; what it says is kept. For test_panel*.c. */
#ifndef TESTS_PANELKIT_H
#define TESTS_PANELKIT_H

#include "simkit.h"

#include "flash/engine.h"
#include "flash/event.h"
#include "flash/panel.h"

#define DISK "[1]\ntype = disk\nproduct = WDC WD800\n"
#define DEAD "[3]\ntype = burner\ncontent = dead\ncable = no\n"
#define ROM "[pc]\nbios = waits\n[3]\ntype = burner\nchip = 64K\ncontent = rom\n"
#define CDROM "[3]\ntype = cdrom\n"

static struct odr_engine engine;
static char said[64][ODR_EVENT_MAX]; /* since the last forget() */
static uint64_t said_at[64];
static unsigned lines;

static inline void hear(void *ctx, const char *line)
{
	(void)ctx;
	assert_true(lines < 64);
	snprintf(said[lines], sizeof said[0], "%s", line);
	said_at[lines++] = kit.ops->now_us(kit.self);
}

static inline void forget(void)
{
	lines = 0;
}

static inline void open_engine(void)
{
	static const struct odr_drives none;
	char folder[160];

	snprintf(folder, sizeof folder, "%s/pc", kit_dir);
	odr_engine_start(&engine, kit, folder, &none, hear, NULL);
	forget();
}

static inline void idle_ms(uint32_t ms)
{
	for (; ms >= 250; ms -= 250) {
		kit_wait_ms(250);
		odr_panel_tick(&engine);
	}
}

static inline void start(const char *rig)
{
	kit_open(rig);
	open_engine();
	odr_panel_tick(&engine);
	forget();
}

static inline void command(const char *line)
{
	assert_int_equal(odr_engine_command(&engine, line), ODR_EXIT_DONE);
	forget();
}

/* The first event of this kind from `from` that holds the text; fails when there is none. */
static inline unsigned expect(unsigned from, const char *kind, const char *text)
{
	for (unsigned i = from; i < lines; i++)
		if (odr_event_is(said[i], kind) && strstr(said[i], text))
			return i;
	for (unsigned i = 0; i < lines; i++)
		print_message("%s\n", said[i]);
	fail_msg("no %s with %s", kind, text);
	return 0;
}

static inline unsigned count(const char *kind)
{
	unsigned n = 0;

	for (unsigned i = 0; i < lines; i++)
		n += odr_event_is(said[i], kind);
	return n;
}

#endif
