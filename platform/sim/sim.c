#include "platform/sim/sim.h"

#include "platform/host.h"
#include "platform/ide.h"
#include "platform/sim/clock.h"
#include "platform/sim/files.h"
#include "platform/sim/hands.h"
#include "platform/sim/machine.h"
#include "platform/sim/open.h"
#include "platform/sim/pc.h"
#include "platform/sim/rules.h"
#include "platform/sim/store.h"

#include <stdio.h>
#include <string.h>

static void close_sim(void *self)
{
	struct sim *m = self;

	sim_rules_close(m);
	odr_host_stage(0, NULL);
	sim_drop(m);
}

/* Can a program on this PC reach this position? */
static enum odr_err check(struct sim *m, unsigned position, struct odr_error *e)
{
	if (position < 1 || position > ODR_DIGITS)
		return odr_fail(e, ODR_E_NO_DEVICE, "there is no position %u", position);
	return sim_pc_check(m, e);
}

/* The BIOS is through, and a program runs on this PC. */
static bool is_running(const struct sim *m)
{
	return m->s->pc_on && !m->s->pc_hung && m->s->boot_at == SIM_NEVER;
}

static uint32_t glance(void *self)
{
	struct sim *m = self;
	uint32_t seen = (m->s->boots & 0x3FFF) << 18 | (uint32_t)m->s->pc_hung << 17 |
			(uint32_t)m->s->pc_on << 16;
	unsigned c;

	for (c = 0; c < 2 && is_running(m); c++)
		seen |= (uint32_t)m->io.in8(m, m->channel[c].ctl) << 8 * c;
	return seen;
}

static int news_fd(void *self)
{
	(void)self;
	return -1;
}

static const char *fact(void *self, const char *name)
{
	struct sim *m = self;

	if (strcmp(name, "practice") == 0)
		return "yes";
	if (strcmp(name, "pc") == 0)
		return sim_pc_word(m);
	if (strcmp(name, "boots") != 0)
		return "";
	snprintf(m->fact, sizeof m->fact, "%u", (unsigned)m->s->boots);
	return m->fact;
}

static const char *boot_id(void *self)
{
	struct sim *m = self;

	snprintf(m->boot_id, sizeof m->boot_id, "boot-%u", (unsigned)m->s->boots);
	return m->boot_id;
}

static enum odr_err scan(void *self, unsigned ask, struct odr_snapshot *out, struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = sim_pc_check(m, e);
	unsigned c;

	if (err != ODR_OK)
		return err;
	odr_snapshot_start(out, boot_id(m));
	for (c = 0; c < 2; c++)
		odr_ide_scan(&m->channel[c], c, ask, &out->place[2 * c]);
	return ODR_OK;
}

static bool stop_asked(void *self)
{
	(void)self;
	return odr_host_was_told_to_end();
}

static void where(void *self, unsigned position, struct odr_where *out)
{
	(void)self;
	(void)position;
	memset(out, 0, sizeof *out);
}

/* The practice PC is a DOS PC: nobody but the program knows its drives. */
static enum odr_err no_kernel(void *self, unsigned position, struct odr_error *e)
{
	(void)self;
	(void)position;
	return odr_fail(e, ODR_E_UNSUPPORTED, "the practice PC has no kernel that knows drives");
}

static enum odr_err watch(void *self, unsigned position, uint32_t timeout_ms, struct odr_place *out,
			  struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = check(m, position, e);

	return err ? err
		   : odr_ide_watch(&m->channel[odr_position_channel(position)], position,
				   timeout_ms, stop_asked, m, out, e);
}

static enum odr_err lock(void *self, uint32_t patience_ms, struct odr_error *e)
{
	enum { STEP_US = 1000 };
	struct sim *m = self;
	uint64_t until = odr_host_now_us() + (uint64_t)patience_ms * 1000;
	enum odr_err err = ODR_OK;

	while (m->lock < 0) {
		err = sim_store_lock(m->dir, "machine", &m->lock, e);
		if (err == ODR_OK)
			break;
		m->lock = -1;
		if (err != ODR_E_REFUSED || odr_host_now_us() >= until)
			break;
		odr_host_sleep_us(STEP_US);
	}
	return err;
}

static void unlock(void *self)
{
	struct sim *m = self;

	if (m->lock >= 0)
		sim_store_unlock(m->lock);
	m->lock = -1;
}

static enum odr_err packet(void *self, unsigned position, struct odr_packet *p, struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = check(m, position, e);

	return err ? err
		   : odr_ide_packet(&m->channel[odr_position_channel(position)],
				    odr_position_device(position), p, e);
}

/* On the practice PC nobody else is. */
static enum odr_obstacle enter(void *self, unsigned position, struct odr_error *e)
{
	(void)self;
	(void)position;
	(void)e;
	return ODR_CLEAR;
}

static void leave(void *self)
{
	(void)self;
}

static const struct odr_channel *ports(void *self, unsigned position, struct odr_error *e)
{
	struct sim *m = self;

	return check(m, position, e) == ODR_OK ? &m->channel[odr_position_channel(position)] : NULL;
}

static void guard(void *self, bool on)
{
	(void)self;
	odr_host_guard(on);
}

/* A second program on this folder leaves its hands to the one that turns the clock. */
static enum odr_err hand(void *self, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	struct sim *m = self;
	bool alone = m->clock >= 0;

	while (!alone) {
		enum odr_err err = sim_mail_send(m->mail, m->dir, text, answer, cap, &alone, e);

		if (!alone)
			return err;
		alone = sim_store_lock(m->dir, SIM_CLOCK_LOCK, &m->clock, NULL) == ODR_OK;
	}
	return sim_hand_do(m, text, answer, cap, e);
}

static uint64_t now_us(void *self)
{
	struct sim *m = self;

	return m->io.now_us(m);
}

static void wait_ms(void *self, uint32_t ms)
{
	struct sim *m = self;

	uint64_t us = (uint64_t)ms * 1000;

	if (m->trace.on)
		sim_trace_wait(&m->trace, us);
	sim_clock_pass(m, us);
}

static enum odr_err stage_size(void *self, uint32_t bytes, struct odr_error *e)
{
	struct sim *m = self;

	m->stage = odr_host_stage(bytes, e);
	m->stage_bytes = m->stage ? bytes : 0;
	if (m->stage)
		memset(m->stage, 0xFF, bytes);
	return m->stage || !bytes ? ODR_OK : ODR_E_SPACE;
}

static void stage_write(void *self, uint32_t off, const uint8_t *buf, uint32_t len)
{
	struct sim *m = self;

	if (off <= m->stage_bytes && len <= m->stage_bytes - off)
		memcpy(m->stage + off, buf, len);
}

static void stage_read(void *self, uint32_t off, uint8_t *buf, uint32_t len)
{
	struct sim *m = self;

	memset(buf, 0xFF, len);
	if (off <= m->stage_bytes && len <= m->stage_bytes - off)
		memcpy(buf, m->stage + off, len);
}

const struct odr_platform_ops sim_ops = {
	.close = close_sim,
	.scan = scan,
	.where = where,
	.watch = watch,
	.rescan = no_kernel,
	.detach = no_kernel,
	.glance = glance,
	.news_fd = news_fd,
	.fact = fact,
	.lock = lock,
	.unlock = unlock,
	.enter = enter,
	.leave = leave,
	.packet = packet,
	.ports = ports,
	.guard = guard,
	.stop_asked = stop_asked,
	.file_open = sim_file_open,
	.file_size = sim_file_size,
	.file_read_at = sim_file_read_at,
	.file_append = sim_file_append,
	.file_sync = sim_file_sync,
	.file_lock = sim_file_lock,
	.file_close = sim_file_close,
	.file_remove = sim_file_remove,
	.file_rename = sim_file_rename,
	.folder_space = sim_file_space,
	.stage_size = stage_size,
	.stage_write = stage_write,
	.stage_read = stage_read,
	.hand = hand,
	.boot_id = boot_id,
	.now_us = now_us,
	.wait_ms = wait_ms,
};
