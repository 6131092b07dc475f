#include "platform/sim/hands.h"

#include "platform/sim/clock.h"
#include "platform/sim/hand.h"
#include "platform/sim/handles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool split(struct sim_words *h, const char *text)
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
		if (h->words == SIM_HAND_WORDS)
			return false;
		h->word[h->words++] = p;
		p += strcspn(p, " \t");
		if (*p != '\0')
			*p++ = '\0';
	}
}

static enum odr_err list(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	(void)e;
	if (h->answer)
		sim_handles(m, h->answer, h->cap);
	return ODR_OK;
}

static enum odr_err play(struct sim *m, const struct sim_words *h, struct odr_error *e)
{
	static const struct {
		const char *name;
		sim_hand_fn *play;
	} hands[] = {
		{"cable", sim_hand_cable},   {"power", sim_hand_power},
		{"jumper", sim_hand_jumper}, {"attach", sim_hand_attach},
		{"detach", sim_hand_detach}, {"swap", sim_hand_swap},
		{"start", sim_hand_switch},  {"off", sim_hand_switch},
		{"reset", sim_hand_switch},  {"mains", sim_hand_mains},
		{"kill", sim_hand_kill},     {"disk", sim_hand_disk},
		{"file", sim_hand_file},     {"?", list},
	};
	unsigned i;

	for (i = 0; i < sizeof hands / sizeof hands[0]; i++)
		if (sim_word_is(h, 0, hands[i].name)) {
			enum odr_err err;

			m->hands_moving++;
			err = hands[i].play(m, h, e);
			m->hands_moving--;
			sim_clock_plan(m);
			return err;
		}
	return sim_hand_no(
		e, "Hands: cable power jumper attach detach swap start off reset mains kill disk "
		   "file.");
}

/* ---- later ---- */

/* Take the moment off the end of the words. false: there is none, play it now. */
static bool take_moment(struct sim *m, struct sim_words *h, struct sim_hand *later)
{
	static const char *const moment[] = {"", "vendor", "erase", "program", "read", "packet"};
	unsigned n = h->words, i;

	later->count = 1;
	if (n >= 4 && sim_word_is(h, n - 3, "after") &&
	    (sim_word_is(h, n - 1, "s") || sim_word_is(h, n - 1, "ms"))) {
		uint64_t us = strtoul(h->word[n - 2], NULL, 10) * 1000ull;

		later->at_us = m->s->us + (sim_word_is(h, n - 1, "s") ? us * 1000 : us);
		later->moment = SIM_AT_TIME;
		h->words -= 3;
		return true;
	}
	for (i = SIM_ON_VENDOR; i <= SIM_ON_PACKET; i++) {
		if (n >= 3 && sim_word_is(h, n - 2, "on") && sim_word_is(h, n - 1, moment[i])) {
			h->words -= 2;
		} else if (n >= 4 && sim_word_is(h, n - 3, "on") &&
			   sim_word_is(h, n - 2, moment[i])) {
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

static enum odr_err queue(struct sim *m, struct sim_hand *later, struct odr_error *e)
{
	unsigned i;

	for (i = 0; i < SIM_HANDS && m->s->hand[i].waits; i++)
		;
	if (i == SIM_HANDS)
		return sim_hand_no(e, "More hands wait than a person has.");
	later->waits = true;
	m->s->hand[i] = *later;
	sim_clock_plan(m);
	return ODR_OK;
}

static enum odr_err queue_words(struct sim *m, const struct sim_words *h, struct sim_hand *later,
				struct odr_error *e)
{
	unsigned w;
	size_t used = 0;
	enum odr_err err;

	for (w = 0; w < h->words; w++)
		used += (size_t)snprintf(later->text + used, sizeof later->text - used, "%s%s",
					 w ? " " : "", h->word[w]);
	err = queue(m, later, e);
	return err == ODR_OK ? sim_hand_saw(h, "The hand waits for its moment.", SIM_NO_LESSON)
			     : err;
}

enum odr_err sim_hand_later(struct sim *m, const char *text, uint64_t us, struct odr_error *e)
{
	struct sim_hand later = {.moment = SIM_AT_TIME, .count = 1, .at_us = m->s->us + us};

	snprintf(later.text, sizeof later.text, "%s", text);
	return queue(m, &later, e);
}

enum odr_err sim_hand_do(struct sim *m, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	struct sim_words h = {.answer = answer, .cap = cap};
	struct sim_hand later = {0};

	if (!split(&h, text) || h.words == 0)
		return sim_hand_no(e, "That is more, or less, than one hand can do.");
	if (take_moment(m, &h, &later))
		return queue_words(m, &h, &later, e);
	return play(m, &h, e);
}

void sim_hand_play(struct sim *m, unsigned slot)
{
	struct sim_words h = {0};

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
