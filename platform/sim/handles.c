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
	unsigned plug = d->plug, other = odr_position_channel(plug);

	if (d->cable) {
		row(l, "c|cable %u off|Pull the DATA cable out of the dead drive\n", plug);
		row(l, "u|cable %u off; cable %u upside|Turn its data plug upside down\n", plug,
		    plug);
	} else {
		row(l, "c|cable %u on|Plug the DATA cable into the dead drive\n", plug);
		row(l, "u|cable %u upside|Plug its data cable in upside down\n", plug);
		row(l, "w|cable %u %s|Plug it in, by a ribbon from the other socket (%s)\n", plug,
		    other ? "primary" : "secondary", other ? "IDE 1" : "IDE 2");
	}
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
