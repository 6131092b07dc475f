#include "platform/sim/sim.h"

#include "platform/host.h"
#include "platform/ide.h"
#include "platform/sim/channel.h"
#include "platform/sim/clock.h"
#include "platform/sim/content.h"
#include "platform/sim/files.h"
#include "platform/sim/hands.h"
#include "platform/sim/machine.h"
#include "platform/sim/open.h"
#include "platform/sim/pc.h"
#include "platform/sim/rules.h"
#include "platform/sim/store.h"

#include <stdio.h>
#include <string.h>

#define MAGIC 0x0D12E5C1u /* any number that an empty file does not hold */
/* A PC that is on when practice begins has been on for a while: everything has started. */
#define WARM_UP_US 15000000

/* One practice PC per process, as one process touches a machine. */
static struct sim machine;

/* ---- the ops table ---- */

/* Give back what opening took, also half way through it. */
static void drop(struct sim *m)
{
	unsigned i;

	sim_trace_close(&m->trace);
	for (i = 1; i <= ODR_POSITIONS; i++)
		if (m->lock[i] >= 0)
			sim_store_unlock(m->lock[i]);
	for (i = 0; i < SIM_DRIVES; i++) {
		if (m->chip[i])
			sim_store_unmap(m->chip[i], m->s->rig.drive[i].chip.bytes);
		if (m->upload[i])
			sim_store_unmap(m->upload[i], SIM_CHIP_MAX);
	}
	sim_store_unmap((uint8_t *)m->s, sizeof *m->s);
	m->open = false;
}

static void close_sim(void *self)
{
	struct sim *m = self;

	sim_rules_close(m);
	odr_host_stage(0, NULL);
	drop(m);
}

/* Can a program on this PC reach this position? */
static enum odr_err check(struct sim *m, unsigned position, struct odr_error *e)
{
	if (position < 1 || position > ODR_POSITIONS)
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

static const char *fact(void *self, const char *name)
{
	struct sim *m = self;

	if (strcmp(name, "practice") == 0)
		return "yes";
	if (strcmp(name, "pc") == 0)
		return !m->s->pc_on ? "off" : m->s->pc_hung ? "hung" : "on";
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
	memset(out, 0, sizeof *out);
	snprintf(out->boot_id, sizeof out->boot_id, "%s", boot_id(m));
	for (c = 0; c < 2; c++)
		odr_ide_scan(&m->channel[c], c, ask, &out->place[2 * c]);
	return ODR_OK;
}

static enum odr_err watch(void *self, unsigned position, uint32_t timeout_ms, struct odr_place *out,
			  struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = check(m, position, e);

	return err ? err
		   : odr_ide_watch(&m->channel[odr_position_channel(position)], position,
				   timeout_ms, out, e);
}

static enum odr_err lock(void *self, unsigned position, struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = check(m, position, e);
	char name[8];

	if (err != ODR_OK || m->lock[position] >= 0)
		return err;
	snprintf(name, sizeof name, "lock%u", position % 10);
	return sim_store_lock(m->dir, name, &m->lock[position], e);
}

static void unlock(void *self, unsigned position)
{
	struct sim *m = self;

	if (position > ODR_POSITIONS || m->lock[position] < 0)
		return;
	sim_store_unlock(m->lock[position]);
	m->lock[position] = -1;
}

static enum odr_err packet(void *self, unsigned position, struct odr_packet *p, struct odr_error *e)
{
	struct sim *m = self;
	enum odr_err err = check(m, position, e);

	return err ? err
		   : odr_ide_packet(&m->channel[odr_position_channel(position)],
				    odr_position_device(position), p, e);
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

static enum odr_err hand(void *self, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	return sim_hand_do(self, text, answer, cap, e);
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

static const struct odr_platform_ops ops = {
	.close = close_sim,
	.scan = scan,
	.watch = watch,
	.glance = glance,
	.fact = fact,
	.lock = lock,
	.unlock = unlock,
	.packet = packet,
	.ports = ports,
	.guard = guard,
	.file_open = sim_file_open,
	.file_size = sim_file_size,
	.file_read_at = sim_file_read_at,
	.file_append = sim_file_append,
	.file_sync = sim_file_sync,
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

/* ---- opening ---- */

static enum odr_err map_chip(struct sim *m, unsigned i, bool fresh, struct odr_error *e)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[i];
	char name[24];
	enum odr_err err;

	if (rig->kind != SIM_BURNER)
		return ODR_OK;
	snprintf(name, sizeof name, "chip%s.bin", rig->name);
	err = sim_store_map(m->dir, name, rig->chip.bytes, &m->chip[i], e);
	if (err == ODR_OK && fresh)
		err = sim_content_make(rig, m->chip[i], e);
	/* A BTC writer collects a whole image before it burns it (protocols.md 3.1). */
	if (err == ODR_OK && rig->chip.bytes == SIM_CHIP_MAX) {
		snprintf(name, sizeof name, "ram%s.bin", rig->name);
		err = sim_store_map(m->dir, name, SIM_CHIP_MAX, &m->upload[i], e);
	}
	return err;
}

/* Every drive where the rig says, nothing has power yet. */
static void put_together(struct sim_state *s)
{
	unsigned i;

	for (i = 0; i < s->rig.drives; i++) {
		struct sim_drive *d = &s->drive[i];

		d->plug = s->rig.drive[i].plug;
		d->power = s->rig.drive[i].power;
		d->cable = s->rig.drive[i].cable;
		d->jumper = s->rig.drive[i].slave;
		d->life = SIM_OFF;
		d->life_at = SIM_NEVER;
		d->chip.noise = s->rig.drive[i].seed | 1;
	}
	for (i = 0; i < SIM_BAD_FILES; i++)
		s->bad[i].bad_from = SIM_NEVER;
	s->boot_at = SIM_NEVER;
	s->bytes = sizeof *s;
}

static void set_pace(struct sim *m, uint32_t speed)
{
	m->speed = speed;
	m->pace_real = odr_host_now_us();
	m->pace_virtual = m->s->us;
	m->pace_at = speed ? m->s->us : SIM_NEVER;
	sim_clock_plan(m);
}

/* Byte by byte: a rig is zeroed before it is filled and copied by memcpy, so its padding is 0. */
static bool same_rig(const void *one, const void *other)
{
	return memcmp(one, other, sizeof(struct sim_rig)) == 0;
}

/* Map the rig, made when the folder is empty. *fresh: it was. */
static enum odr_err map_rig(struct sim *m, const struct sim_rig *rig, bool *fresh,
			    struct odr_error *e)
{
	unsigned i;
	enum odr_err err = ODR_OK;

	*fresh = m->s->magic != MAGIC;
	if (!*fresh && (m->s->bytes != sizeof *m->s || !same_rig(&m->s->rig, rig)))
		return odr_fail(e, ODR_E_USAGE, "%s holds another rig: take an empty folder",
				m->dir);
	if (*fresh) {
		memset(m->s, 0, sizeof *m->s);
		memcpy(&m->s->rig, rig, sizeof *rig);
		put_together(m->s);
	}
	for (i = 0; err == ODR_OK && i < rig->drives; i++)
		err = map_chip(m, i, *fresh, e);
	return err;
}

enum odr_err odr_sim_open_rig(struct odr_platform *out, const struct sim_rig *rig, const char *dir,
			      uint32_t speed, const char *trace, struct odr_error *e)
{
	struct sim *m = &machine;
	uint8_t *block;
	enum odr_err err;
	bool fresh;

	if (m->open)
		return odr_fail(e, ODR_E_INTERNAL, "a practice PC is open already");
	memset(m, 0, sizeof *m);
	memset(m->lock, -1, sizeof m->lock);
	if (snprintf(m->dir, sizeof m->dir, "%s", dir) >= (int)sizeof m->dir)
		return odr_fail(e, ODR_E_USAGE, "sim: the name of the state folder is too long");
	err = sim_store_folder(dir, e);
	if (err == ODR_OK)
		err = sim_store_map(dir, "rig.bin", sizeof *m->s, &block, e);
	if (err != ODR_OK)
		return err;
	m->s = (struct sim_state *)(void *)block; /* a mapping is aligned to a page */
	err = map_rig(m, rig, &fresh, e);
	if (err == ODR_OK && trace && *trace)
		err = sim_trace_open(&m->trace, trace, e);
	if (err != ODR_OK) {
		drop(m);
		return err;
	}
	m->open = true;
	sim_channel_ports(m);
	set_pace(m, 0);
	if (fresh && rig->pc_on) {
		sim_pc_switch_on(m);
		sim_clock_pass(m, WARM_UP_US);
	}
	m->s->magic = MAGIC;
	set_pace(m, speed);
	out->ops = &ops;
	out->self = m;
	return ODR_OK;
}
