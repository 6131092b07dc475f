/*
 * said.h - what the engine said last of each kind, as lines ready for a page: the plan, the image,
 * the outcome. A view of events (design.md section 2, idea 2); it adds no fact of its own.
 */
#ifndef ODR_SAID_H
#define ODR_SAID_H

#include "tui/page.h"

#include <stdint.h>

enum odr_said_kind {
	ODR_SAID_LAST, /* whatever the last command said, refusals too */
	ODR_SAID_TARGET,
	ODR_SAID_IMAGE,
	ODR_SAID_PLAN,
	ODR_SAID_OUTCOME,
	ODR_SAID_RECOVERY,
	ODR_SAID_CHIP,
	ODR_SAIDS
};

#define ODR_SAID_LINES 40

struct odr_said {
	unsigned lines;
	char line[ODR_SAID_LINES][ODR_PAGE_WIDTH + 1];
};

/* How far the running job is. */
struct odr_progress {
	char phase[24]; /* "" : no job runs */
	uint32_t percent, done, total;
	uint64_t phase_ms; /* when the phase began, on the person's clock */
	unsigned step, steps;
};

struct odr_says {
	struct odr_said said[ODR_SAIDS];
	struct odr_progress progress;
};

/* A command is sent: what the one before it said is old. */
void odr_says_command(struct odr_says *says);
/* now_ms: the person's clock, for rate and time left. */
void odr_says_event(struct odr_says *says, const char *event, uint64_t now_ms);
void odr_said_show(const struct odr_says *says, enum odr_said_kind kind, struct odr_page *page);
/* Bar, bytes, rate, time left. */
void odr_progress_show(const struct odr_says *says, uint64_t now_ms, struct odr_page *page);

/* ctx: a struct odr_said. Add one line, wrapped already; the oldest line goes when there is no room. */
void odr_said_add(void *ctx, const char *line);

#endif
