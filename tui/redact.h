/*
 * redact.h - takes out of a report what nobody in a forum needs: serial numbers and what could be one,
 * folders and the user names in them, the ids of a start of the PC. What stays: the model, the file's
 * own name, sums and sizes. In doubt it takes out too much.
 *
 * Works on whole event and journal lines, before they are cut into rows: a name that is cut in two
 * would not be found.
 */
#ifndef ODR_REDACT_H
#define ODR_REDACT_H

#include "flash/event.h"

#include <stdbool.h>

enum { ODR_REDACT_WORDS = 24, ODR_REDACT_WORD = 200 };

#define ODR_HIDDEN "[hidden]"

struct odr_redact {
	bool on; /* off: everything goes through as it is */
	unsigned words;
	struct {
		char from[ODR_REDACT_WORD], to[64];
		bool whole; /* only where it is a word of its own */
	} word[ODR_REDACT_WORDS];
	char work[2][ODR_EVENT_MAX]; /* of one call */
};

void odr_redact_start(struct odr_redact *r, bool on);

/* Learn first, all of it, then take out: what is private in one line is found in every other one. */
void odr_redact_learn(struct odr_redact *r, const char *line); /* an event or a journal line */
void odr_redact_learn_path(struct odr_redact *r, const char *path);
void odr_redact_learn_label(struct odr_redact *r, const char *label);
void odr_redact_learn_user(struct odr_redact *r, const char *name);

/* `kind key=value ...`, event or journal. */
void odr_redact_line(struct odr_redact *r, const char *line, char out[ODR_EVENT_MAX]);
/* Any other text, a path or words with a path in them. */
void odr_redact_text(struct odr_redact *r, const char *text, char *out, size_t cap);

#endif
