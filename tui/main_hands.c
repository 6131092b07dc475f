#include "tui/main_hands.h"

#include "platform/sim/sim.h"

#include <stdio.h>
#include <string.h>

enum {
	WANTED = sizeof((struct odr_main_hands *)0)->wanted /
		 sizeof((struct odr_main_hands *)0)->wanted[0]
};

void odr_main_want_hand(struct odr_main_hands *hands, const char *line)
{
	if (hands->n_wanted < WANTED)
		snprintf(hands->wanted[hands->n_wanted++], sizeof hands->wanted[0], "%s", line);
}

static void tell_hand(struct odr_main_hands *hands, struct odr_app *app, const char *line,
		      const char *answer, bool back)
{
	struct odr_event ev;

	odr_hands_answered(&ev, line, answer, back);
	snprintf(hands->last, sizeof hands->last, "%s", ev.line);
	odr_app_event(app, ev.line);
}

static void tell_handles(struct odr_app *app, char *rows)
{
	struct odr_event ev;

	while (odr_hands_listed(&ev, &rows))
		odr_app_event(app, ev.line);
}

static bool open_rig(struct odr_main_hands *hands, struct odr_error *e)
{
	if (!hands->open && hands->backend)
		hands->open = odr_sim_open_hands(&hands->rig, hands->backend, e) == ODR_OK;
	return hands->open;
}

/* One hand, or two with "; " between them: then the first one's answer is what the person sees. */
static void move_hand(struct odr_main_hands *hands, struct odr_app *app, char *line)
{
	static char
		answer[1700]; /* the list of hands is long, and the stack of small systems is not */
	char second[300], *rest = strstr(line, "; ");
	struct odr_error e;
	enum odr_err err;

	if (!open_rig(hands, &e)) {
		tell_hand(hands, app, line, e.text, false);
		return;
	}
	if (rest)
		*rest = 0;
	err = hands->rig.ops->hand(hands->rig.self, line, answer, sizeof answer, &e);
	if (err != ODR_OK)
		tell_hand(hands, app, line, e.text, false);
	else if (!strcmp(line, "?"))
		tell_handles(app, answer);
	else
		tell_hand(hands, app, line, answer, rest != NULL), hands->moved = true;
	if (rest && err == ODR_OK)
		hands->rig.ops->hand(hands->rig.self, rest + 2, second, sizeof second, &e);
}

void odr_main_move_hands(struct odr_main_hands *hands, struct odr_app *app)
{
	char line[sizeof hands->wanted[0]];

	while (hands->n_wanted) {
		memcpy(line, hands->wanted[0], sizeof line);
		memmove(hands->wanted[0], hands->wanted[1], (WANTED - 1) * sizeof hands->wanted[0]);
		hands->n_wanted--;
		move_hand(hands, app, line);
	}
}

bool odr_main_rig_fact(struct odr_main_hands *hands, const char *name, char *out, size_t cap)
{
	struct odr_error e;

	if (!open_rig(hands, &e))
		return false;
	snprintf(out, cap, "%s", hands->rig.ops->fact(hands->rig.self, name));
	return true;
}

void odr_main_drop_hands(struct odr_main_hands *hands)
{
	if (hands->open)
		hands->rig.ops->close(hands->rig.self);
	hands->open = false;
}
