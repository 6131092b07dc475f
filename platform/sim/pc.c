#include "platform/sim/pc.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"

#include <string.h>

void sim_pc_rewire(struct sim *m)
{
	struct sim_state *s = m->s;
	unsigned c, i;

	for (c = 0; c < 2; c++) {
		s->cable[c].slot[0] = s->cable[c].slot[1] = -1;
		s->cable[c].clash = false;
	}
	for (i = 0; i < s->rig.drives; i++) {
		struct sim_drive *d = &s->drive[i];
		struct sim_cable *cable;
		bool powered = s->pc_on && d->power;

		if (powered != (d->life != SIM_OFF))
			sim_drive_power(m, i, powered);
		if (!sim_is_connected(d))
			continue;
		cable = &s->cable[odr_position_channel(d->plug)];
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
	reset_cable(&m->s->cable[0]);
	reset_cable(&m->s->cable[1]);
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
	for (i = 0; i < m->s->rig.drives; i++) {
		struct sim_drive *d = &m->s->drive[i];

		if (!sim_is_connected(d))
			continue;
		d->slave = d->jumper; /* read again, as at power-on */
		sim_drive_reset(m, i);
	}
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
