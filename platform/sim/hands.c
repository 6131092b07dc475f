#include "platform/sim/hands.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"
#include "platform/sim/handles.h"
#include "platform/sim/pc.h"
#include "platform/sim/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS 10
#define SETTLE_US \
	2000000 /* a plug that went in may bounce: nothing may be sent (protocols.md 5.6) */

struct hand {
	char copy[SIM_HAND_TEXT];
	const char *word[WORDS];
	unsigned words;
	char *answer;
	size_t cap;
};

static enum odr_err no(struct odr_error *e, const char *why)
{
	return odr_fail(e, ODR_E_USAGE, "%s", why);
}

static enum odr_err saw(const struct hand *h, const char *text)
{
	if (h->answer)
		snprintf(h->answer, h->cap, "%s", text);
	return ODR_OK;
}

static bool is(const struct hand *h, unsigned i, const char *word)
{
	return i < h->words && strcmp(h->word[i], word) == 0;
}

static bool split(struct hand *h, const char *text)
{
	char *p = h->copy;

	h->words = 0;
	if (strlen(text) >= sizeof h->copy)
		return false;
	strcpy(h->copy, text);
	for (;;) {
		p += strspn(p, " \t");
		if (*p == '\0')
			return true;
		if (h->words == WORDS)
			return false;
		h->word[h->words++] = p;
		p += strcspn(p, " \t");
		if (*p != '\0')
			*p++ = '\0';
	}
}

/* "3" or "secondary master" at *i; moves *i behind it. 0: none. */
static unsigned plug_at(const struct hand *h, unsigned *i)
{
	unsigned plug;

	if (*i < h->words && h->word[*i][0] >= '1' && h->word[*i][0] <= '4' && !h->word[*i][1])
		return (unsigned)(h->word[(*i)++][0] - '0');
	for (plug = 1; plug <= ODR_POSITIONS; plug++) {
		bool channel = is(h, *i, plug <= 2 ? "primary" : "secondary");

		if (channel && is(h, *i + 1, plug % 2 ? "master" : "slave")) {
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
static struct sim_drive *named(struct sim *m, const struct hand *h, unsigned *i)
{
	unsigned plug = plug_at(h, i);

	if (plug)
		return drive_on(m, plug);
	return *i < h->words ? spare(m, h->word[(*i)++]) : NULL;
}

static void plugged_in(struct sim *m, const struct sim_drive *d)
{
	if (m->s->pc_on)
		m->s->cable[odr_position_channel(d->plug)].plugged_until = m->s->us + SETTLE_US;
}

/* ---- one hand each ---- */

static enum odr_err cable(struct sim *m, const struct hand *h, struct odr_error *e)
{
	unsigned i = 1, plug = plug_at(h, &i);
	struct sim_drive *d = plug ? drive_on(m, plug) : NULL;
	bool on = is(h, i, "on");

	if (!d || i + 1 != h->words || (!on && !is(h, i, "off")))
		return no(e, "cable POSITION on|off, of a drive that is there");
	if (d->cable == on)
		return no(e,
			  on ? "The data cable is in already." : "The data cable is off already.");
	d->cable = on;
	sim_pc_rewire(m);
	if (on)
		plugged_in(m, d);
	return saw(h, on ? "The data cable is in the drive again."
			 : "The data cable is off the drive; its power is still in.");
}

static enum odr_err power(struct sim *m, const struct hand *h, struct odr_error *e)
{
	unsigned i = 1;
	struct sim_drive *d = named(m, h, &i);
	bool on = is(h, i, "on");

	if (!d || i + 1 != h->words || (!on && !is(h, i, "off")))
		return no(e, "power POSITION on|off, of a drive that is there");
	if (d->power == on)
		return no(e,
			  on ? "Its power plug is in already." : "Its power plug is out already.");
	d->power = on;
	sim_pc_rewire(m);
	return saw(h, !on	    ? "The light of the drive goes out."
		      : m->s->pc_on ? "The light of the drive blinks once."
				    : "The power plug is in; the PC is off.");
}

static enum odr_err jumper(struct sim *m, const struct hand *h, struct odr_error *e)
{
	unsigned i = 1;
	struct sim_drive *d = named(m, h, &i);
	bool slave = is(h, i, "slave");

	if (!d || i + 1 != h->words || (!slave && !is(h, i, "master")))
		return no(e, "jumper POSITION master|slave, of a drive that is there");
	d->jumper = slave;
	if (d->life != SIM_OFF)
		return saw(h, "The jumper is moved; a drive looks at it when it gets power.");
	return saw(h, slave ? "The jumper is on SLAVE." : "The jumper is on MASTER.");
}

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
	d->power = d->cable = false;
	sim_pc_rewire(m);
	d->plug = 0;
}

static enum odr_err attach(struct sim *m, const struct hand *h, struct odr_error *e)
{
	unsigned i = 2, plug = plug_at(h, &i);
	struct sim_drive *d = h->words > 1 ? spare(m, h->word[1]) : NULL;

	if (!d || !plug || i != h->words)
		return no(e, "attach SPARE POSITION, SPARE being a letter of this rig");
	if (d->plug || drive_on(m, plug))
		return no(e, "That drive or that plug is in use.");
	put_on(m, d, plug);
	return saw(h, "Another drive hangs on that plug now, with power and cable.");
}

static enum odr_err detach(struct sim *m, const struct hand *h, struct odr_error *e)
{
	unsigned i = 1, plug = plug_at(h, &i);
	struct sim_drive *d = plug ? drive_on(m, plug) : NULL;

	if (!d || i != h->words)
		return no(e, "detach POSITION, of a drive that is there");
	take_off(m, d);
	return saw(h, "The drive lies on the table.");
}

static enum odr_err swap(struct sim *m, const struct hand *h, struct odr_error *e)
{
	unsigned i = 1, plug = plug_at(h, &i);
	struct sim_drive *d = plug ? drive_on(m, plug) : NULL;
	struct sim_drive *other = i + 1 == h->words ? spare(m, h->word[i]) : NULL;

	if (!d || !other || other->plug)
		return no(e, "swap POSITION SPARE, SPARE being a letter of this rig on the table");
	take_off(m, d);
	put_on(m, other, plug);
	return saw(h, "Another drive hangs where this one was.");
}

/* Whoever sent a letter does not wait for the BIOS: the program sees by itself how that ends. */
static enum odr_err after_boot(struct sim *m, const struct hand *h)
{
	if (m->by_mail)
		return saw(h, "The PC starts.");
	sim_pc_wait_boot(m);
	return saw(h, m->s->pc_hung ? "The PC hangs at detecting IDE drives."
				    : "The PC starts, and odrescue runs on it.");
}

/* As in life, nothing is cleaned up. Who sent the hand is told first. */
static void end_process(struct sim *m)
{
	if (m->only_hands)
		return; /* no program on that PC */
	if (m->by_mail)
		sim_mail_answer(m->mail, ODR_OK);
	sim_trace_flush(&m->trace);
	sim_store_die();
}

static enum odr_err pc_switch(struct sim *m, const struct hand *h, struct odr_error *e)
{
	bool on = is(h, 0, "start"), reset = is(h, 0, "reset");

	if (h->words != 1)
		return no(e, "start, off and reset take no more words");
	if (m->s->pc_on == on)
		return no(e, on ? "The PC is on already." : "The PC is off.");
	if (!on && !reset) {
		sim_pc_switch_off(m);
		saw(h, "The PC is off, and every drive in it has lost its power.");
		if (m->reboot_ends)
			end_process(m);
		return ODR_OK;
	}
	if (on)
		sim_pc_switch_on(m);
	else
		sim_pc_reset(m);
	if (reset && m->reboot_ends) {
		saw(h, "The screen goes dark, odrescue is gone, and the PC starts again.");
		end_process(m);
	}
	return after_boot(m, h);
}

static enum odr_err disk(struct sim *m, const struct hand *h, struct odr_error *e)
{
	static const char *const mode[] = {"ok", "full", "readonly", "gone"};
	unsigned i;

	for (i = 0; i < sizeof mode / sizeof mode[0]; i++)
		if (h->words == 2 && is(h, 1, mode[i])) {
			m->s->disk_mode = (uint8_t)i;
			return saw(h, "The disk with the files is as you said.");
		}
	return no(e, "disk full|readonly|gone|ok");
}

static enum odr_err file(struct sim *m, const struct hand *h, struct odr_error *e)
{
	struct sim_bad_file *bad = NULL;
	unsigned i;

	if (h->words < 3 || strlen(h->word[1]) >= sizeof bad->name)
		return no(e, "file NAME bad OFFSET|changed|ok");
	for (i = SIM_BAD_FILES; i-- > 0;)
		if (!m->s->bad[i].name[0] || strcmp(m->s->bad[i].name, h->word[1]) == 0)
			bad = &m->s->bad[i];
	if (!bad)
		return no(e, "No more files can be made bad.");
	memset(bad, 0, sizeof *bad);
	if (is(h, 2, "ok"))
		return saw(h, "The file is well again.");
	strcpy(bad->name, h->word[1]);
	bad->changed = is(h, 2, "changed");
	bad->bad_from = is(h, 2, "bad") && h->words == 4 ? strtoul(h->word[3], NULL, 0) : SIM_NEVER;
	if (bad->changed == (bad->bad_from != SIM_NEVER)) {
		memset(bad, 0, sizeof *bad);
		return no(e, "file NAME bad OFFSET|changed|ok");
	}
	return saw(h, bad->changed ? "Somebody changed the file."
				   : "The disk has a bad sector under the file.");
}

static enum odr_err mains(struct sim *m, const struct hand *h, struct odr_error *e)
{
	if (h->words != 2 || !is(h, 1, "off"))
		return no(e, "mains off");
	if (m->s->pc_on)
		sim_pc_switch_off(m);
	saw(h, "Every light goes out: the PC, the drives, the screen.");
	end_process(m);
	return ODR_OK;
}

static enum odr_err kill(struct sim *m, const struct hand *h, struct odr_error *e)
{
	if (h->words != 1)
		return no(e, "kill takes no more words");
	if (m->only_hands)
		return no(e, "No program runs on that PC.");
	saw(h, "odrescue is gone; the PC and its drives go on.");
	end_process(m);
	return ODR_OK;
}

static enum odr_err play(struct sim *m, const struct hand *h, struct odr_error *e)
{
	static const struct {
		const char *name;
		enum odr_err (*play)(struct sim *m, const struct hand *h, struct odr_error *e);
	} hands[] = {
		{"cable", cable},     {"power", power}, {"jumper", jumper},   {"attach", attach},
		{"detach", detach},   {"swap", swap},	{"start", pc_switch}, {"off", pc_switch},
		{"reset", pc_switch}, {"mains", mains}, {"kill", kill},	      {"disk", disk},
		{"file", file},
	};
	unsigned i;

	for (i = 0; i < sizeof hands / sizeof hands[0]; i++)
		if (is(h, 0, hands[i].name)) {
			enum odr_err err;

			m->hands_moving++;
			err = hands[i].play(m, h, e);
			m->hands_moving--;
			sim_clock_plan(m);
			return err;
		}
	return no(e, "Hands: cable power jumper attach detach swap start off reset mains kill disk "
		     "file.");
}

/* ---- later ---- */

/* Take the moment off the end of the words. false: there is none, play it now. */
static bool take_moment(struct sim *m, struct hand *h, struct sim_hand *later)
{
	static const char *const moment[] = {"", "vendor", "erase", "program", "read", "packet"};
	unsigned n = h->words, i;

	later->count = 1;
	if (n >= 4 && is(h, n - 3, "after") && (is(h, n - 1, "s") || is(h, n - 1, "ms"))) {
		uint64_t us = strtoul(h->word[n - 2], NULL, 10) * 1000ull;

		later->at_us = m->s->us + (is(h, n - 1, "s") ? us * 1000 : us);
		later->moment = SIM_AT_TIME;
		h->words -= 3;
		return true;
	}
	for (i = SIM_ON_VENDOR; i <= SIM_ON_PACKET; i++) {
		if (n >= 3 && is(h, n - 2, "on") && is(h, n - 1, moment[i])) {
			h->words -= 2;
		} else if (n >= 4 && is(h, n - 3, "on") && is(h, n - 2, moment[i])) {
			later->count = (uint32_t)strtoul(h->word[n - 1], NULL, 10);
			h->words -= 3;
		} else {
			continue;
		}
		later->moment = (uint8_t)i;
		return later->count > 0;
	}
	return false;
}

static enum odr_err queue(struct sim *m, const struct hand *h, struct sim_hand *later,
			  struct odr_error *e)
{
	unsigned i, w;
	size_t used = 0;

	for (i = 0; i < SIM_HANDS && m->s->hand[i].waits; i++)
		;
	if (i == SIM_HANDS)
		return no(e, "More hands wait than a person has.");
	for (w = 0; w < h->words; w++)
		used += (size_t)snprintf(later->text + used, sizeof later->text - used, "%s%s",
					 w ? " " : "", h->word[w]);
	later->waits = true;
	m->s->hand[i] = *later;
	sim_clock_plan(m);
	return saw(h, "The hand waits for its moment.");
}

enum odr_err sim_hand_do(struct sim *m, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	struct hand h = {.answer = answer, .cap = cap};
	struct sim_hand later = {0};

	if (strcmp(text, "?") == 0)
		return sim_handles(m, answer, cap), ODR_OK;
	if (!split(&h, text) || h.words == 0)
		return no(e, "That is more, or less, than one hand can do.");
	if (take_moment(m, &h, &later))
		return queue(m, &h, &later, e);
	return play(m, &h, e);
}

void sim_hand_play(struct sim *m, unsigned slot)
{
	struct hand h = {0};

	m->s->hand[slot].waits = false;
	if (split(&h, m->s->hand[slot].text))
		play(m, &h, NULL);
}

void sim_hand_mail(struct sim *m)
{
	struct sim_letter letter;
	struct odr_error e;
	enum odr_err err;

	/* Not while another hand waits for the BIOS: hands come one after the other. */
	if (m->hands_moving || !sim_mail_take(m->mail, &letter))
		return;
	m->by_mail = true;
	err = sim_hand_do(m, letter.text, letter.answer, letter.cap, &e);
	m->by_mail = false;
	if (err != ODR_OK)
		snprintf(letter.answer, letter.cap, "%s", e.text);
	sim_mail_answer(m->mail, err);
}
