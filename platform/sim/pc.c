#include "platform/sim/pc.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"

#include <string.h>

/* RESET- reaches it: it starts, and reads its jumper again. */
static void reset_drive(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];

	d->slave = d->jumper;
	sim_drive_reset(m, drive);
}

/*
 * A plug turned round connects the wire of RESET- with ground: every drive on the cable is held in
 * reset, and starts when that ends. Nobody drives the lines meanwhile, so it reads as an empty one.
 * From the pinout of the connector: general knowledge, no report of it was found.
 */
static void hold(struct sim *m, unsigned channel)
{
	struct sim_state *s = m->s;
	struct sim_cable *cable = &s->cable[channel];
	bool was_held = cable->held;
	unsigned i;

	cable->held = false;
	for (i = 0; i < s->rig.drives; i++)
		if (s->drive[i].plug && s->drive[i].upside &&
		    sim_channel_of(&s->drive[i]) == channel)
			cable->held = true;
	for (i = 0; i < s->rig.drives && cable->held != was_held; i++)
		if (sim_is_connected(&s->drive[i]) && sim_channel_of(&s->drive[i]) == channel)
			reset_drive(m, i);
}

void sim_pc_rewire(struct sim *m)
{
	struct sim_state *s = m->s;
	unsigned c, i;

	for (c = 0; c < 2; c++) {
		s->cable[c].slot[0] = s->cable[c].slot[1] = -1;
		s->cable[c].clash = false;
	}
	for (i = 0; i < s->rig.drives; i++) {
		bool powered = s->pc_on && s->drive[i].power;

		if (powered != (s->drive[i].life != SIM_OFF))
			sim_drive_power(m, i, powered);
	}
	hold(m, 0);
	hold(m, 1);
	for (i = 0; i < s->rig.drives; i++) {
		struct sim_drive *d = &s->drive[i];
		struct sim_cable *cable;

		if (!sim_is_connected(d))
			continue;
		cable = &s->cable[sim_channel_of(d)];
		if (cable->held)
			continue;
		if (cable->slot[d->slave] >= 0)
			cable->clash = true;
		cable->slot[d->slave] = (int8_t)i;
	}
	sim_clock_plan(m);
}

/* What RESET- and a BIOS leave of a channel, and what a new program has not seen yet. */
static void reset_cable(struct sim_cable *cable)
{
	cable->dev = 0xA0;
	cable->ctl = 0;
	cable->reset_ff = false;
	cable->looked = false;
	cable->writes = 0;
	cable->last_command = 0;
	cable->plugged_until = 0;
	cable->outro_until = 0;
	memset(cable->seen, 0, sizeof cable->seen);
}

const char *sim_pc_word(const struct sim *m)
{
	return !m->s->pc_on ? "off" : m->s->pc_hung ? "hung" : "on";
}

static void publish(struct sim *m)
{
	sim_mail_publish(m->mail, sim_pc_word(m), m->s->boots);
}

static void boot(struct sim *m)
{
	unsigned i;

	reset_cable(&m->s->cable[0]);
	reset_cable(&m->s->cable[1]);
	for (i = 0; i < m->s->rig.drives; i++)
		m->s->drive[i].plugged_at = SIM_NEVER;
	m->s->boots++;
	m->s->pc_hung = false;
	m->s->boot_at = m->s->us + (uint64_t)m->s->rig.boot_ms * 1000;
	publish(m);
}

void sim_pc_switch_on(struct sim *m)
{
	m->s->pc_on = true;
	boot(m);
	sim_pc_rewire(m);
}

void sim_pc_switch_off(struct sim *m)
{
	m->s->pc_on = false;
	m->s->pc_hung = false;
	m->s->boot_at = SIM_NEVER;
	publish(m);
	sim_pc_rewire(m);
}

void sim_pc_reset(struct sim *m)
{
	unsigned i;

	boot(m);
	for (i = 0; i < m->s->rig.drives; i++)
		if (sim_is_connected(&m->s->drive[i]))
			reset_drive(m, i);
	sim_pc_rewire(m);
}

void sim_pc_booted(struct sim *m)
{
	struct sim_state *s = m->s;
	unsigned c, dev;

	s->boot_at = SIM_NEVER;
	for (c = 0; c < 2; c++) {
		if (!s->rig.channel[c].port)
			continue;
		for (dev = 0; dev < 2; dev++) {
			int i = s->cable[c].slot[dev];

			if (i < 0)
				continue;
			if (s->cable[c].clash || sim_drive_is_stuck(m, (unsigned)i))
				s->pc_hung = s->rig.bios_hangs;
			else
				sim_drive_asked_by_bios(m, (unsigned)i);
		}
	}
	publish(m);
}

void sim_pc_wait_boot(struct sim *m)
{
	if (m->s->boot_at != SIM_NEVER)
		sim_clock_pass(m, m->s->boot_at - m->s->us);
}

enum odr_err sim_pc_check(struct sim *m, struct odr_error *e)
{
	sim_pc_wait_boot(m);
	if (!m->s->pc_on)
		return odr_fail(e, ODR_E_REFUSED, "The PC is off.");
	if (m->s->pc_hung)
		return odr_fail(
			e, ODR_E_REFUSED,
			"The PC hangs at detecting IDE drives: a drive holds the cable busy. "
			"Pull its data cable or its power, then press reset.");
	return ODR_OK;
}
