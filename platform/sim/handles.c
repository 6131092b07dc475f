#include "platform/sim/handles.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct list {
	char *at;
	size_t room;
};

static void row(struct list *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void row(struct list *l, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(l->at, l->room, fmt, args);
	va_end(args);
	if (len < 0 || (size_t)len >= l->room)
		len = l->room ? (int)l->room - 1 : 0;
	l->at += len;
	l->room -= (size_t)len;
}

static void pc_rows(const struct sim *m, struct list *l)
{
	if (!m->s->pc_on) {
		row(l, "s|start|Switch the PC on\n");
		return;
	}
	row(l, "r|reset|Press the reset button of the PC\n");
	row(l, "o|off|Switch the PC off\n");
	row(l, "m|mains off|Pull the mains plug: a power cut\n");
}

/* The drive that this PC is about: the first writer that hangs on a plug. -1: there is none. */
static int patient(const struct sim *m)
{
	for (unsigned i = 0; i < m->s->rig.drives; i++)
		if (m->s->rig.drive[i].kind == SIM_BURNER && m->s->drive[i].plug)
			return (int)i;
	return -1;
}

static void patient_rows(const struct sim_drive *d, struct list *l)
{
	unsigned plug = d->plug, own = odr_position_channel(plug);

	row(l, "c|cable %u %s|%s\n", plug, d->cable ? "off" : "on",
	    d->cable ? "Pull the DATA cable out of the dead drive"
		     : "Plug the DATA cable into the dead drive");
	row(l, "u|cable %u %s|%s\n", plug, d->upside ? "on" : "upside",
	    d->upside  ? "Turn its data plug the right way round"
	    : d->cable ? "Turn its data plug upside down"
		       : "Plug its data cable in upside down");
	row(l, "w|cable %u %s|%s (%s)\n", plug, (d->moved ? own : !own) ? "secondary" : "primary",
	    d->moved ? "Put it back on its own ribbon"
		     : "Plug it to the ribbon of the other socket",
	    (d->moved ? own : !own) ? "IDE 2" : "IDE 1");
	row(l, "p|power %u %s|%s the POWER plug of the dead drive\n", plug, d->power ? "off" : "on",
	    d->power ? "Pull" : "Push in");
	if (d->power)
		row(l, "t|power %u off; power %u on after 1 s|Switch its power off and on again\n",
		    plug, plug);
	row(l, "j|jumper %u %s|Move its jumper to %s\n", plug, d->jumper ? "master" : "slave",
	    d->jumper ? "MASTER" : "SLAVE");
}

static void other_rows(const struct sim *m, int sick, struct list *l)
{
	static const char *const kind[] = {
		[SIM_BURNER] = "other writer", [SIM_CDROM] = "CD-ROM", [SIM_DISK] = "hard disk"};
	char letter = 'x';

	for (unsigned i = 0; i < m->s->rig.drives && letter <= 'z'; i++) {
		const struct sim_drive *d = &m->s->drive[i];

		if ((int)i == sick || !d->plug)
			continue;
		row(l, "%c|cable %u %s|%s the data cable of the %s (%s)\n", letter++, d->plug,
		    d->cable ? "off" : "on", d->cable ? "Pull" : "Plug in",
		    kind[m->s->rig.drive[i].kind], odr_position_name(d->plug));
	}
}

void sim_handles(const struct sim *m, char *answer, size_t cap)
{
	struct list l = {answer, cap};
	int sick = patient(m);

	answer[0] = '\0';
	if (sick >= 0)
		patient_rows(&m->s->drive[sick], &l);
	pc_rows(m, &l);
	other_rows(m, sick, &l);
}
