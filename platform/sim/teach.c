#include "platform/sim/drive.h"
#include "platform/sim/hands.h"
#include "platform/sim/lessons.h"

/* The intro comes at most every 753 ms (protocols.md 2.4); two of them missed, and nobody knocks. */
#define KNOCKS_US 1600000
/* Who is busy may come to rest for 31 s after a plug (protocols.md 5.7). */
#define SETTLES_US 31000000

static bool is_running(const struct sim *m)
{
	return m->s->pc_on && !m->s->pc_hung && m->s->boot_at == SIM_NEVER;
}

/* A drive that somebody would want to rescue. */
static bool is_dead(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_nor nor = sim_nor_of(m, drive);

	if (rig->row != SIM_ROW_NATURAL)
		return true;
	return rig->kind == SIM_BURNER && !sim_drive_is_whole(&nor, rig);
}

/* Is this a living drive of a PC that has a dead one? */
static bool is_other(struct sim *m, unsigned drive)
{
	unsigned i;

	if (is_dead(m, drive))
		return false;
	for (i = 0; i < m->s->rig.drives; i++)
		if (m->s->drive[i].plug && is_dead(m, i))
			return true;
	return false;
}

static bool is_half_written(struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];
	struct sim_nor nor = sim_nor_of(m, drive);

	return d->life == SIM_IN_VENDOR && d->chip.erases &&
	       (sim_chip_is_busy(&nor, m->s->us) ||
		!sim_drive_is_whole(&nor, &m->s->rig.drive[drive]));
}

/* Somebody knocks on its channel: now its power is the right plug. */
static bool is_knocked(const struct sim *m, const struct sim_drive *d)
{
	const struct sim_cable *cable = &m->s->cable[sim_channel_of(d)];

	return cable->last_command == 0x80 && m->s->us - cable->command_at < KNOCKS_US;
}

static bool clashes(const struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];
	unsigned i;

	for (i = 0; i < m->s->rig.drives; i++) {
		const struct sim_drive *other = &m->s->drive[i];

		if (i != drive && other->plug && other->cable && d->cable &&
		    sim_channel_of(other) == sim_channel_of(d) && other->jumper == d->jumper)
			return true;
	}
	return false;
}

static bool with_disk(const struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];
	unsigned i;

	for (i = 0; i < m->s->rig.drives; i++) {
		const struct sim_drive *other = &m->s->drive[i];

		if (m->s->rig.drive[i].kind == SIM_DISK && other->plug && other->cable &&
		    sim_channel_of(other) == sim_channel_of(d))
			return true;
	}
	return false;
}

static enum sim_lesson other_lesson(const struct sim *m, unsigned drive)
{
	return m->s->rig.drive[drive].kind == SIM_DISK ? SIM_LESSON_OTHER_DISK : SIM_LESSON_OTHER;
}

enum sim_lesson sim_teach_unplug(struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];

	if (!m->s->pc_on || d->upside || d->moved)
		return SIM_NO_LESSON;
	if (is_half_written(m, drive))
		return SIM_LESSON_CABLE_WRITE;
	return is_other(m, drive) ? other_lesson(m, drive) : SIM_NO_LESSON;
}

enum sim_lesson sim_teach_plug(struct sim *m, unsigned drive, bool mends)
{
	const struct sim_drive *d = &m->s->drive[drive];

	if (d->upside)
		return SIM_LESSON_UPSIDE;
	if (d->moved)
		return with_disk(m, drive) ? SIM_LESSON_CHANNEL_DISK
		       : clashes(m, drive) ? SIM_LESSON_CLASH
					   : SIM_LESSON_CHANNEL;
	if (clashes(m, drive))
		return SIM_LESSON_CLASH;
	if (!is_running(m)) {
		bool will_hang = m->s->rig.bios_hangs && d->power && is_dead(m, drive);

		return will_hang ? SIM_LESSON_EARLY_BOOT : SIM_NO_LESSON;
	}
	if (mends)
		return SIM_NO_LESSON;
	/* Put back what was pulled since the start: that is how it is mended. */
	if (is_other(m, drive))
		return d->pulled_boot == m->s->boots ? SIM_NO_LESSON : other_lesson(m, drive);
	if (d->plugged_at != SIM_NEVER && m->s->us - d->plugged_at < SETTLES_US)
		return SIM_LESSON_TWICE;
	if (!m->s->cable[sim_channel_of(d)].looked)
		return SIM_LESSON_EARLY_LOOK;
	return SIM_NO_LESSON;
}

enum sim_lesson sim_teach_power(struct sim *m, unsigned drive, bool on)
{
	const struct sim_drive *d = &m->s->drive[drive];

	if (!m->s->pc_on || !d->plug)
		return SIM_NO_LESSON;
	if (d->burn_until)
		return SIM_LESSON_BURN_CUT;
	if (is_half_written(m, drive))
		return SIM_LESSON_OFF_WRITE;
	if (d->life == SIM_IN_VENDOR)
		return SIM_LESSON_FLASH_MODE;
	if (is_knocked(m, d))
		return SIM_NO_LESSON;
	return on ? SIM_LESSON_POWER_IN : SIM_LESSON_POWER_OUT;
}

enum sim_lesson sim_teach_jumper(const struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];

	if (!d->plug)
		return SIM_NO_LESSON;
	if (clashes(m, drive))
		return SIM_LESSON_CLASH;
	return d->jumper && odr_position_device(d->plug) == 0 ? SIM_LESSON_SLAVE : SIM_NO_LESSON;
}

/* The worst that it does to any drive; half_written: the words for that. connected: only on a cable. */
static enum sim_lesson worst(struct sim *m, enum sim_lesson half_written, bool connected)
{
	enum sim_lesson lesson = SIM_NO_LESSON;
	unsigned i;

	for (i = 0; i < m->s->rig.drives; i++) {
		const struct sim_drive *d = &m->s->drive[i];

		if (connected && !sim_is_connected(d))
			continue;
		if (is_half_written(m, i))
			return half_written;
		if (d->burn_until)
			lesson = SIM_LESSON_BURN_CUT;
		else if (d->life == SIM_IN_VENDOR && !lesson &&
			 m->s->rig.drive[i].row != SIM_ROW_VENDOR)
			lesson = SIM_LESSON_FLASH_MODE;
	}
	return lesson;
}

enum sim_lesson sim_teach_reset(struct sim *m)
{
	return worst(m, SIM_LESSON_RESET_WRITE, true);
}

enum sim_lesson sim_teach_off(struct sim *m)
{
	return worst(m, SIM_LESSON_OFF_WRITE, false);
}
