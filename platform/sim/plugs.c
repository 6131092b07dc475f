/* Hands at a drive: its data cable, its power plug, its jumper, and the drive itself. */
#include "platform/sim/clock.h"
#include "platform/sim/hand.h"
#include "platform/sim/pc.h"

/* After a plug went in the cable may bounce: nothing may be sent for 2 s (protocols.md 5.6). */
#define SETTLE_US 2000000

/* "3" or "secondary master" at *i; moves *i behind it. 0: none. */
static unsigned plug_at(const struct sim_words *h, unsigned *i)
{
	unsigned plug;

	if (*i < h->words && h->word[*i][0] >= '1' && h->word[*i][0] <= '4' && !h->word[*i][1])
		return (unsigned)(h->word[(*i)++][0] - '0');
	for (plug = 1; plug <= ODR_DIGITS; plug++) {
		bool channel = sim_word_is(h, *i, plug <= 2 ? "primary" : "secondary");

		if (channel && sim_word_is(h, *i + 1, plug % 2 ? "master" : "slave")) {
			*i += 2;
			return plug;
		}
	}
	return 0;
}

static struct sim_drive *drive_on(struct sim *m, unsigned plug)
{
	unsigned i;

	for (i = 0; i < m->s->rig.drives; i++)
		if (m->s->drive[i].plug == plug)
			return &m->s->drive[i];
	return NULL;
}

/* "A" or "spareA". */
static struct sim_drive *spare(struct sim *m, const char *name)
{
	unsigned i;

	if (strncmp(name, "spare", 5) == 0)
		name += 5;
	for (i = 0; i < m->s->rig.drives; i++)
		if (strcmp(m->s->rig.drive[i].name, name) == 0)
			return &m->s->drive[i];
	return NULL;
}

/* The drive that the words from *i name: a position, or the letter of a spare. NULL: none. */
static struct sim_drive *named(struct sim *m, const struct sim_words *h, unsigned *i)
{
	unsigned plug = plug_at(h, i);

	if (plug)
		return drive_on(m, plug);
	return *i < h->words ? spare(m, h->word[(*i)++]) : NULL;
}

static unsigned number(const struct sim *m, const struct sim_drive *d)
{
	return (unsigned)(d - m->s->drive);
}

static void plugged_in(struct sim *m, const struct sim_drive *d)
{
	if (m->s->pc_on)
		m->s->cable[sim_channel_of(d)].plugged_until = m->s->us + SETTLE_US;
}

/* ---- the data cable ---- */

static enum odr_err pull(struct sim *m, const struct sim_words *h, struct sim_drive *d,
			 struct odr_error *e)
{
	enum sim_lesson lesson = sim_teach_unplug(m, number(m, d));

	if (!d->cable)
		return sim_hand_no(e, "The data cable is off already.");
	d->cable = d->upside = d->moved = false;
	d->pulled_boot = m->s->pc_on ? m->s->boots : 0;
	sim_pc_rewire(m);
	return sim_hand_saw(h,
			    d->power ? "The data cable is off the drive; its power is still in."
				     : "The data cable is off the drive; so is its power.",
			    lesson);
}

/* A cable has two plugs for drives. */
static bool has_room(const struct sim *m, const struct sim_drive *d, unsigned channel)
{
	unsigned i, used = 0;

	for (i = 0; i < m->s->rig.drives; i++) {
		const struct sim_drive *other = &m->s->drive[i];

		used += other != d && other->plug && other->cable &&
			sim_channel_of(other) == channel;
	}
	return used < 2;
}

static const char *plug_text(const struct sim_drive *d, bool was_upside, bool was_moved)
{
	if (d->upside)
		return "With some force the plug is in; the red stripe is on the wrong side.";
	if (d->moved)
		return "The drive hangs on the other channel's cable now.";
	if (was_upside)
		return "You turn the plug round: the data cable is in, the right way.";
	return was_moved ? "The drive hangs on its own cable again."
			 : "The data cable is in the drive again.";
}

static enum odr_err plug_in(struct sim *m, const struct sim_words *h, struct sim_drive *d,
			    bool upside, bool moved, struct odr_error *e)
{
	bool was_upside = d->upside, was_moved = d->moved;
	unsigned channel = odr_position_channel(d->plug) ^ moved;
	enum sim_lesson lesson;

	if (d->cable && was_upside == upside && was_moved == moved)
		return sim_hand_no(e, "The data cable is in already.");
	if (!has_room(m, d, channel))
		return sim_hand_no(e, "Both plugs of that cable are in use.");
	d->cable = true;
	d->upside = upside;
	d->moved = moved;
	sim_pc_rewire(m);
	plugged_in(m, d);
	lesson = sim_teach_plug(m, number(m, d), was_upside || was_moved);
	d->plugged_at = m->s->pc_on && !upside && !moved ? m->s->us : SIM_NEVER;
	return sim_hand_saw(h, plug_text(d, was_upside, was_moved), lesson);
}

enum odr_err sim_hand_cable(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	unsigned i = 1, plug = plug_at(h, &i);
	struct sim_drive *d = plug ? drive_on(m, plug) : NULL;
	bool upside = sim_word_is(h, i, "upside");
	bool primary = sim_word_is(h, i, "primary"), secondary = sim_word_is(h, i, "secondary");

	if (d && i + 1 == h->words && sim_word_is(h, i, "off"))
		return pull(m, h, d, e);
	if (!d || i + 1 != h->words || !(upside || primary || secondary || sim_word_is(h, i, "on")))
		return sim_hand_no(e, "cable POSITION on|off|upside|primary|secondary, of a drive "
				      "that is there");
	return plug_in(m, h, d, upside, plug <= 2 ? secondary : primary, e);
}

/* ---- power and jumper ---- */

enum odr_err sim_hand_power(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	unsigned i = 1;
	struct sim_drive *d = named(m, h, &i);
	bool on = sim_word_is(h, i, "on");
	enum sim_lesson lesson;

	if (!d || i + 1 != h->words || (!on && !sim_word_is(h, i, "off")))
		return sim_hand_no(e, "power POSITION on|off, of a drive that is there");
	if (d->power == on)
		return sim_hand_no(e, on ? "Its power plug is in already."
					 : "Its power plug is out already.");
	lesson = sim_teach_power(m, number(m, d), on);
	d->power = on;
	sim_pc_rewire(m);
	return sim_hand_saw(h,
			    !on		  ? "The light of the drive goes out."
			    : m->s->pc_on ? "The light of the drive blinks once."
					  : "The power plug is in; the PC is off.",
			    lesson);
}

enum odr_err sim_hand_jumper(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	unsigned i = 1;
	struct sim_drive *d = named(m, h, &i);
	bool slave = sim_word_is(h, i, "slave");

	if (!d || i + 1 != h->words || (!slave && !sim_word_is(h, i, "master")))
		return sim_hand_no(e, "jumper POSITION master|slave, of a drive that is there");
	d->jumper = slave;
	return sim_hand_saw(h,
			    d->life != SIM_OFF
				    ? "The jumper is moved; a drive looks at it when it gets power."
			    : slave ? "The jumper is on SLAVE."
				    : "The jumper is on MASTER.",
			    sim_teach_jumper(m, number(m, d)));
}

/* ---- the drive itself ---- */

static void put_on(struct sim *m, struct sim_drive *d, unsigned plug)
{
	d->plug = (uint8_t)plug;
	d->jumper = odr_position_device(plug) == 1;
	d->cable = d->power = true;
	sim_pc_rewire(m);
	plugged_in(m, d);
}

static void take_off(struct sim *m, struct sim_drive *d)
{
	d->power = d->cable = d->upside = d->moved = false;
	sim_pc_rewire(m);
	d->plug = 0;
}

enum odr_err sim_hand_attach(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	unsigned i = 2, plug = plug_at(h, &i);
	struct sim_drive *d = h->words > 1 ? spare(m, h->word[1]) : NULL;

	if (!d || !plug || i != h->words)
		return sim_hand_no(e, "attach SPARE POSITION, SPARE being a letter of this rig");
	if (d->plug || drive_on(m, plug))
		return sim_hand_no(e, "That drive or that plug is in use.");
	if (!has_room(m, d, odr_position_channel(plug)))
		return sim_hand_no(e, "Both plugs of that cable are in use.");
	put_on(m, d, plug);
	return sim_hand_saw(h, "Another drive hangs on that plug now, with power and cable.",
			    SIM_NO_LESSON);
}

enum odr_err sim_hand_detach(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	unsigned i = 1, plug = plug_at(h, &i);
	struct sim_drive *d = plug ? drive_on(m, plug) : NULL;

	if (!d || i != h->words)
		return sim_hand_no(e, "detach POSITION, of a drive that is there");
	take_off(m, d);
	return sim_hand_saw(h, "The drive lies on the table.", SIM_NO_LESSON);
}

/*
 * Nobody changes a drive in no time: the plug is empty for as long as it may bounce, and the other drive
 * hangs there only then. A PC that is off does not see the difference.
 */
enum odr_err sim_hand_swap(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	char later[SIM_HAND_TEXT];
	unsigned i = 1, plug = plug_at(h, &i);
	struct sim_drive *d = plug ? drive_on(m, plug) : NULL;
	struct sim_drive *other = i + 1 == h->words ? spare(m, h->word[i]) : NULL;

	if (!d || !other || other->plug)
		return sim_hand_no(e, "swap POSITION SPARE, SPARE being a letter of this rig on "
				      "the table");
	if (!has_room(m, d, odr_position_channel(plug)))
		return sim_hand_no(e, "Both plugs of that cable are in use.");
	take_off(m, d);
	if (!m->s->pc_on) {
		put_on(m, other, plug);
		return sim_hand_saw(h, "Another drive hangs where this one was.", SIM_NO_LESSON);
	}
	snprintf(later, sizeof later, "attach %s %u", h->word[i], plug);
	return sim_hand_later(m, later, SETTLE_US, e) == ODR_OK
		       ? sim_hand_saw(
				 h, "This drive is off; the other one hangs there in two seconds.",
				 SIM_NO_LESSON)
		       : ODR_E_USAGE;
}
