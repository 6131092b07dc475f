#include "platform/sim/clock.h"

#include "platform/host.h"
#include "platform/sim/drive.h"
#include "platform/sim/hands.h"
#include "platform/sim/pc.h"

/* Sleep when this much real time has been run ahead; short enough for a smooth progress bar. */
#define PACE_REAL_US 10000
/* A program that is slower than the clock by this much is not made to catch up. */
#define PACE_LATE_US 100000

/* How often a letter is looked for: sooner than a person's finger, rarely beside the accesses. */
#define MAIL_US 10000

void sim_clock_plan(struct sim *m)
{
	struct sim_state *s = m->s;
	uint64_t due = s->boot_at < m->pace_at ? s->boot_at : m->pace_at;
	unsigned i;

	if (m->mail_at < due)
		due = m->mail_at;
	for (i = 0; i < s->rig.drives; i++) {
		const struct sim_drive *d = &s->drive[i];

		if (d->life_at < due)
			due = d->life_at;
		if (d->burn_until && d->burn_until < due)
			due = d->burn_until;
	}
	s->waits_for = 0;
	for (i = 0; i < SIM_HANDS; i++) {
		const struct sim_hand *h = &s->hand[i];

		if (!h->waits)
			continue;
		s->waits_for |= 1u << h->moment;
		if (h->moment == SIM_AT_TIME && h->at_us < due)
			due = h->at_us;
	}
	m->due = due;
}

static void keep_pace(struct sim *m)
{
	uint64_t should, is;

	if (m->speed == 0) {
		m->pace_at = SIM_NEVER;
		return;
	}
	should = (m->s->us - m->pace_virtual) / m->speed;
	is = odr_host_now_us() - m->pace_real;
	if (should > is)
		odr_host_sleep_us(should - is);
	else if (is - should > PACE_LATE_US)
		m->pace_real += is - should;
	m->pace_at = m->s->us + (uint64_t)PACE_REAL_US * m->speed;
}

void sim_clock_due(struct sim *m)
{
	struct sim_state *s = m->s;
	unsigned i;

	if (m->pace_at <= s->us)
		keep_pace(m);
	for (i = 0; i < s->rig.drives; i++)
		sim_drive_due(m, i);
	if (s->boot_at <= s->us)
		sim_pc_booted(m);
	for (i = 0; i < SIM_HANDS; i++)
		if (s->hand[i].waits && s->hand[i].moment == SIM_AT_TIME &&
		    s->hand[i].at_us <= s->us)
			sim_hand_play(m, i);
	if (m->mail_at <= s->us) {
		m->mail_at = s->us + MAIL_US;
		sim_hand_mail(m);
	}
	sim_clock_plan(m);
}

void sim_clock_pass(struct sim *m, uint64_t us)
{
	uint64_t target = m->s->us + us;

	while (m->due <= target) {
		if (m->due > m->s->us)
			m->s->us = m->due;
		sim_clock_due(m);
	}
	if (m->s->us < target) /* a hand that waits for the BIOS has turned the clock itself */
		m->s->us = target;
}

void sim_clock_moment(struct sim *m, enum sim_moment moment)
{
	struct sim_state *s = m->s;
	unsigned i;

	if (!(s->waits_for & 1u << moment))
		return;
	for (i = 0; i < SIM_HANDS; i++) {
		struct sim_hand *h = &s->hand[i];

		if (h->waits && h->moment == moment && --h->count == 0)
			sim_hand_play(m, i);
	}
	sim_clock_plan(m);
}
