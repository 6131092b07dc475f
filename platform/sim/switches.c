/* Hands at the PC, its switch, its plug, its disk; and what ends a program. */
#include "platform/sim/clock.h"
#include "platform/sim/hand.h"
#include "platform/sim/pc.h"
#include "platform/sim/store.h"

#include <stdlib.h>

/* Whoever sent a letter does not wait for the BIOS: the program sees by itself how that ends. */
static enum odr_err after_boot(struct sim *m, const struct sim_words *h, enum sim_lesson lesson)
{
	if (m->by_mail)
		return sim_hand_saw(h, "The PC begins to start.", lesson);
	sim_pc_wait_boot(m);
	return sim_hand_saw(h,
			    m->s->pc_hung ? "The PC hangs at detecting IDE drives."
					  : "The PC starts, and odrescue runs on it.",
			    lesson);
}

/* As in life, nothing is cleaned up. Who sent the hand is told first. */
static _Noreturn void end_process(struct sim *m)
{
	if (m->by_mail)
		sim_mail_answer(m->mail, ODR_OK);
	sim_trace_flush(&m->trace);
	sim_store_die();
}

enum odr_err sim_hand_switch(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	bool on = sim_word_is(h, 0, "start"), reset = sim_word_is(h, 0, "reset");
	char text[80];
	bool hung = m->s->pc_hung; /* then no program runs that could be gone */
	enum sim_lesson lesson;

	if (h->words != 1)
		return sim_hand_no(e, "start, off and reset take no more words");
	if (m->s->pc_on == on)
		return sim_hand_no(e, on ? "The PC is on already." : "The PC is off.");
	lesson = on ? SIM_NO_LESSON : reset ? sim_teach_reset(m) : sim_teach_off(m);
	if (on)
		sim_pc_switch_on(m);
	else if (reset)
		sim_pc_reset(m);
	else
		sim_pc_switch_off(m);
	if (!on && m->reboot_ends && !m->only_hands) {
		snprintf(text, sizeof text, "%s%s%s",
			 reset ? "The screen goes dark, " : "The PC is off, ",
			 hung ? "" : "odrescue is gone, ",
			 reset ? "and the PC starts again."
			       : "and every drive has lost its power.");
		sim_hand_saw(h, text, lesson);
		end_process(m);
	}
	if (!on && !reset)
		return sim_hand_saw(h, "The PC is off, and every drive in it has lost its power.",
				    lesson);
	return after_boot(m, h, lesson);
}

enum odr_err sim_hand_mains(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	enum sim_lesson lesson;

	if (h->words != 2 || !sim_word_is(h, 1, "off"))
		return sim_hand_no(e, "The mains can only fail: mains off. Then the PC is "
				      "switched on by: start.");
	lesson = sim_teach_off(m);
	if (m->s->pc_on)
		sim_pc_switch_off(m);
	sim_hand_saw(h, "Every light goes out: the PC, the drives, the screen.", lesson);
	if (!m->only_hands)
		end_process(m);
	return ODR_OK;
}

enum odr_err sim_hand_kill(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	if (h->words != 1)
		return sim_hand_no(e, "kill takes no more words");
	if (m->only_hands)
		return sim_hand_no(e, "No program runs on that PC.");
	sim_hand_saw(h, "odrescue is gone; the PC and its drives go on.", SIM_NO_LESSON);
	end_process(m);
}

enum odr_err sim_hand_disk(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	static const char *const mode[] = {"ok", "full", "readonly", "gone"};
	unsigned i;

	for (i = 0; i < sizeof mode / sizeof mode[0]; i++)
		if (h->words == 2 && sim_word_is(h, 1, mode[i])) {
			m->s->disk_mode = (uint8_t)i;
			return sim_hand_saw(h, "The disk with the files is as you said.",
					    SIM_NO_LESSON);
		}
	return sim_hand_no(e, "disk full|readonly|gone|ok");
}

enum odr_err sim_hand_file(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	struct sim_bad_file *bad = NULL;
	const char *slash = h->words > 1 ? strrchr(h->word[1], '/') : NULL;
	const char *name = slash ? slash + 1 : h->word[1]; /* files are known by it: files.c */
	unsigned i;

	if (h->words < 3 || !*name || strlen(name) >= sizeof bad->name)
		return sim_hand_no(e, "file NAME bad OFFSET|changed|ok");
	for (i = SIM_BAD_FILES; i-- > 0;)
		if (!m->s->bad[i].name[0] || strcmp(m->s->bad[i].name, name) == 0)
			bad = &m->s->bad[i];
	if (!bad)
		return sim_hand_no(e, "No more files can be made bad.");
	memset(bad, 0, sizeof *bad);
	if (sim_word_is(h, 2, "ok"))
		return sim_hand_saw(h, "The file is well again.", SIM_NO_LESSON);
	strcpy(bad->name, name);
	bad->changed = sim_word_is(h, 2, "changed");
	bad->bad_from = sim_word_is(h, 2, "bad") && h->words == 4 ? strtoul(h->word[3], NULL, 0)
								  : SIM_NEVER;
	if (bad->changed == (bad->bad_from != SIM_NEVER)) {
		memset(bad, 0, sizeof *bad);
		return sim_hand_no(e, "file NAME bad OFFSET|changed|ok");
	}
	return sim_hand_saw(h,
			    bad->changed ? "Somebody changed the file."
					 : "The disk has a bad sector under the file.",
			    SIM_NO_LESSON);
}
