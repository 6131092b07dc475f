/*
 * main_hands.h - the person's hands on the practice PC: it is opened a second time beside the worker,
 * for hands only. Never used on a real machine; never sends a drive anything.
 */
#ifndef ODR_MAIN_HANDS_H
#define ODR_MAIN_HANDS_H

#include "platform/platform.h"
#include "tui/app.h"

/* Owned by the caller, zeroed at first but for `backend`. */
struct odr_main_hands {
	const char *backend; /* behind "sim:"; NULL on a real machine: there are no hands */
	struct odr_platform rig;
	bool open;
	char wanted[4][80]; /* hands that the app wants moved */
	unsigned n_wanted;
	bool moved;		  /* one was; cleared by who has heard what comes of it */
	char last[ODR_EVENT_MAX]; /* its answer outlives the program that a reset ends */
};

/* The app may not be called back into: its hands are moved when it has returned. */
void odr_main_want_hand(struct odr_main_hands *hands, const char *line);
/* Move what is wanted; the app hears what the person sees. */
void odr_main_move_hands(struct odr_main_hands *hands, struct odr_app *app);
/* What the practice PC says of itself (platform.h, fact). false: it cannot be opened. */
bool odr_main_rig_fact(struct odr_main_hands *hands, const char *name, char *out, size_t cap);
/* Close it. A worker that is started must not inherit it. */
void odr_main_drop_hands(struct odr_main_hands *hands);

#endif
