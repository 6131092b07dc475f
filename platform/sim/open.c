#include "platform/sim/open.h"

#include "platform/host.h"
#include "platform/sim/channel.h"
#include "platform/sim/clock.h"
#include "platform/sim/content.h"
#include "platform/sim/machine.h"
#include "platform/sim/pc.h"
#include "platform/sim/store.h"

#include <stdio.h>
#include <string.h>

#define MAGIC 0x0D12E5C1u /* any number that an empty file does not hold */
/* A PC that is on when practice begins has been on for a while: everything has started. */
#define WARM_UP_US 15000000
#define CLOCK_PATIENCE_US 500000

/* One practice PC per process, as one process touches a machine. */
static struct sim machine;

/* Give back what opening took, also half way through it. */
void sim_drop(struct sim *m)
{
	unsigned i;

	sim_trace_close(&m->trace);
	sim_mail_close(m->mail);
	if (m->lock >= 0)
		sim_store_unlock(m->lock);
	for (i = 0; i < SIM_DRIVES; i++) {
		if (m->chip[i])
			sim_store_unmap(m->chip[i], m->s->rig.drive[i].chip.bytes);
		if (m->upload[i])
			sim_store_unmap(m->upload[i], SIM_CHIP_MAX);
	}
	if (m->s)
		sim_store_unmap((uint8_t *)m->s, sizeof *m->s);
	if (m->clock >= 0)
		sim_store_unlock(m->clock);
	m->open = false;
}

/* A content that cannot be had is a fault of the rig's file, where there is one. */
static enum odr_err make_content(struct sim *m, unsigned i, const struct sim_how *how,
				 struct odr_error *e)
{
	struct odr_error why;
	enum odr_err err = sim_content_make(&m->s->rig.drive[i], m->chip[i], &why);

	if (err != ODR_OK && how->rig)
		err = odr_fail(e, ODR_E_USAGE, "%s:%u: content: %s", how->rig, how->content_line[i],
			       why.text);
	else if (err != ODR_OK)
		err = odr_fail(e, err, "%s", why.text);
	return err;
}

static enum odr_err map_chip(struct sim *m, unsigned i, bool fresh, const struct sim_how *how,
			     struct odr_error *e)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[i];
	char name[24];
	enum odr_err err;

	if (rig->kind != SIM_BURNER)
		return ODR_OK;
	snprintf(name, sizeof name, "chip%s.bin", rig->name);
	err = sim_store_map(m->dir, name, rig->chip.bytes, &m->chip[i], e);
	if (err == ODR_OK && fresh)
		err = make_content(m, i, how, e);
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
		d->life_at = d->plugged_at = SIM_NEVER;
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
static enum odr_err map_rig(struct sim *m, const struct sim_rig *rig, const struct sim_how *how,
			    bool *fresh, struct odr_error *e)
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
		err = map_chip(m, i, *fresh, how, e);
	return err;
}

/*
 * Become the one who turns the clock. A hand of another process holds it for a moment only; a second
 * program does without.
 */
static void take_clock(struct sim *m, uint64_t patience_us)
{
	uint64_t until = odr_host_now_us() + patience_us;

	m->clock = -1;
	while (sim_store_lock(m->dir, SIM_CLOCK_LOCK, &m->clock, NULL) != ODR_OK) {
		m->clock = -1;
		if (odr_host_now_us() >= until)
			return;
		odr_host_sleep_us(1000);
	}
	sim_mail_clear(m->mail);
}

static enum odr_err map_all(struct sim *m, const struct sim_rig *rig, const struct sim_how *how,
			    bool *fresh, struct odr_error *e)
{
	enum odr_err err = sim_store_folder(m->dir, e);
	uint8_t *block;

	if (err == ODR_OK)
		err = sim_mail_open(m->dir, &m->mail, e);
	if (err != ODR_OK)
		return err;
	take_clock(m, how->only_hands ? 0 : CLOCK_PATIENCE_US);
	if (m->clock < 0 && how->only_hands)
		return odr_fail(e, ODR_E_REFUSED, "odrescue has this folder open");
	err = sim_store_map(m->dir, "rig.bin", sizeof *m->s, &block, e);
	if (err != ODR_OK)
		return err;
	m->s = (struct sim_state *)(void *)block; /* a mapping is aligned to a page */
	err = map_rig(m, rig, how, fresh, e);
	if (err == ODR_OK && how->trace && *how->trace)
		err = sim_trace_open(&m->trace, how->trace, e);
	return err;
}

/* Somebody who looks at the clock has to look for letters, too. */
static void begin(struct sim *m, const struct sim_how *how, bool fresh)
{
	sim_channel_ports(m);
	m->reboot_ends = how->reboot_ends;
	m->only_hands = how->only_hands;
	m->mail_at = SIM_NEVER;
	set_pace(m, 0);
	if (fresh && m->s->rig.pc_on) {
		sim_pc_switch_on(m);
		sim_clock_pass(m, WARM_UP_US);
	}
	m->s->magic = MAGIC;
	sim_mail_publish(m->mail, sim_pc_word(m), m->s->boots);
	if (m->clock >= 0)
		m->mail_at = m->s->us;
	set_pace(m, how->speed);
	/* The program that the reboot ended is started by hand again, when the BIOS is through. */
	if (how->reboot_ends && !how->only_hands)
		sim_pc_wait_boot(m);
}

enum odr_err odr_sim_open_rig(struct odr_platform *out, const struct sim_rig *rig,
			      const struct sim_how *how, struct odr_error *e)
{
	struct sim *m = &machine;
	enum odr_err err;
	bool fresh = false;

	if (m->open)
		return odr_fail(e, ODR_E_INTERNAL, "a practice PC is open already");
	memset(m, 0, sizeof *m);
	m->lock = m->clock = -1;
	if (snprintf(m->dir, sizeof m->dir, "%s", how->dir) >= (int)sizeof m->dir)
		return odr_fail(e, ODR_E_USAGE, "sim: the name of the state folder is too long");
	err = map_all(m, rig, how, &fresh, e);
	if (err != ODR_OK) {
		sim_drop(m);
		return err;
	}
	m->open = true;
	begin(m, how, fresh);
	out->ops = &sim_ops;
	out->self = m;
	return ODR_OK;
}
