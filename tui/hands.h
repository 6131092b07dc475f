/*
 * hands.h - the page of the practice PC's hands: what can be pulled, plugged, pressed, and what the
 * last hand did. It knows no rig: the list comes from the practice PC itself as `handle` events.
 */
#ifndef ODR_HANDS_H
#define ODR_HANDS_H

#include "flash/event.h"
#include "tui/page.h"

struct odr_hand_choice {
	char key;
	char form[64]; /* "cable 3 off": what is sent */
	char text[72];
};

struct odr_hands {
	struct odr_hand_choice choice[ODR_PAGE_CHOICES];
	unsigned choices;
	char did[72], text[300], lesson[600]; /* of the last hand */
};

/* What the practice PC answered to a hand, as a `hand` event: what the person sees, and behind a line
 * end the lesson of a wrong one. back: a second hand follows that takes the first one back. */
void odr_hands_answered(struct odr_event *ev, const char *line, const char *answer, bool back);
/* The next row of the practice PC's list (platform/sim/handles.h: LETTER|HAND|WORDS) as a `handle`
 * event; moves *rows behind it and writes into it. false: there is none. */
bool odr_hands_listed(struct odr_event *ev, char **rows);

/* Takes `handle` and `hand` events. */
void odr_hands_event(struct odr_hands *hands, const char *event);
/* The list is asked for again: a hand was used. */
void odr_hands_forget(struct odr_hands *hands);
/* What a letter sends; NULL: nothing. */
const char *odr_hands_key(const struct odr_hands *hands, int key);
/* The answer to the last hand, and the choices. */
void odr_hands_show(const struct odr_hands *hands, struct odr_page *page);

#endif
