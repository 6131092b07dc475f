/*
 * A process that has hands and nothing else (sim.h, odr_sim_open_hands). As long as a program has the
 * folder open, hands go to it by mail; when none has, they are played here, at once: the rig is opened
 * for that moment, and nothing ends this process, because it is no program on that PC.
 */
#include "platform/sim/hands.h"
#include "platform/sim/mail.h"
#include "platform/sim/machine.h"
#include "platform/sim/open.h"
#include "platform/sim/store.h"

#include <stdio.h>
#include <string.h>

static struct second {
	char dir[200];
	struct sim_rig rig;
	struct sim_mail *mail;
	char fact[12];
} second;

static void close_hands(void *self)
{
	struct second *me = self;

	sim_mail_close(me->mail);
	me->mail = NULL;
}

/* Open the rig, and play; text NULL: nothing. ODR_E_REFUSED: somebody else turns the clock now. */
static enum odr_err play_here(struct second *me, const char *text, char *answer, size_t cap,
			      struct odr_error *e)
{
	struct odr_platform pc;
	enum odr_err err = odr_sim_open_rig(
		&pc, &me->rig, &(struct sim_how){.dir = me->dir, .only_hands = true}, e);

	if (err != ODR_OK)
		return err;
	if (text)
		err = sim_hand_do(pc.self, text, answer, cap, e);
	sim_drop(pc.self); /* not ops->close: what a program left behind is not our fault */
	return err;
}

static enum odr_err hand(void *self, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	struct second *me = self;
	enum odr_err err;
	bool alone;

	do {
		err = sim_mail_send(me->mail, me->dir, text, answer, cap, &alone, e);
		if (alone)
			err = play_here(me, text, answer, cap, e);
	} while (alone && err == ODR_E_REFUSED);
	return err;
}

static const char *fact(void *self, const char *name)
{
	struct second *me = self;

	if (strcmp(name, "practice") == 0)
		return "yes";
	if (strcmp(name, "pc") == 0)
		return sim_mail_pc(me->mail);
	if (strcmp(name, "boots") != 0)
		return "";
	snprintf(me->fact, sizeof me->fact, "%u", (unsigned)sim_mail_boots(me->mail));
	return me->fact;
}

enum odr_err sim_hands_open_rig(struct odr_platform *out, const struct sim_rig *rig,
				const char *dir, struct odr_error *e)
{
	static const struct odr_platform_ops ops = {
		.close = close_hands,
		.hand = hand,
		.fact = fact,
	};
	struct second *me = &second;
	enum odr_err err;

	if (me->mail)
		return odr_fail(e, ODR_E_INTERNAL, "these hands are open already");
	memset(me, 0, sizeof *me);
	memcpy(&me->rig, rig, sizeof *rig);
	if (snprintf(me->dir, sizeof me->dir, "%s", dir) >= (int)sizeof me->dir)
		return odr_fail(e, ODR_E_USAGE, "sim: the name of the state folder is too long");
	/* Makes the rig where there is none yet, and says what is wrong with the folder. */
	err = play_here(me, NULL, NULL, 0, e);
	if (err == ODR_OK || err == ODR_E_REFUSED)
		err = sim_mail_open(dir, &me->mail, e);
	out->ops = &ops;
	out->self = me;
	return err;
}
