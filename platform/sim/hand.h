/*
 * hand.h - inside sim/: the words of one hand, for the files that play it. plugs.c does what is done
 * at a drive, switches.c what is done at the PC and to its disk; hands.c finds out which it is.
 */
#ifndef ODR_SIM_HAND_H
#define ODR_SIM_HAND_H

#include "platform/sim/lessons.h"
#include "platform/sim/machine.h"

#include <stdio.h>
#include <string.h>

#define SIM_HAND_WORDS 10

struct sim_words {
	char copy[SIM_HAND_TEXT];
	const char *word[SIM_HAND_WORDS];
	unsigned words;
	char *answer; /* NULL: nobody hears it */
	size_t cap;
};

static inline bool sim_word_is(const struct sim_words *h, unsigned i, const char *word)
{
	return i < h->words && strcmp(h->word[i], word) == 0;
}

static inline enum odr_err sim_hand_no(struct odr_error *e, const char *why)
{
	return odr_fail(e, ODR_E_USAGE, "%s", why);
}

/* What the person sees; of a wrong hand, the lesson on a line of its own. */
static inline enum odr_err sim_hand_saw(const struct sim_words *h, const char *text,
					enum sim_lesson lesson)
{
	if (h->answer)
		snprintf(h->answer, h->cap, "%s%s%s", text, lesson ? "\n" : "",
			 sim_lesson_text(lesson));
	return ODR_OK;
}

typedef enum odr_err sim_hand_fn(struct sim *m, const struct sim_words *h, struct odr_error *e);

/* Play `text` when us microseconds have passed. ODR_E_USAGE: too many hands wait. */
enum odr_err sim_hand_later(struct sim *m, const char *text, uint64_t us, struct odr_error *e);

sim_hand_fn sim_hand_cable, sim_hand_power, sim_hand_jumper, sim_hand_attach, sim_hand_detach,
	sim_hand_swap; /* plugs.c */
sim_hand_fn sim_hand_switch, sim_hand_mains, sim_hand_kill, sim_hand_disk,
	sim_hand_file; /* switches.c */

#endif
