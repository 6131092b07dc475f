/*
 * case.h - one person's rescue as it walks through the guides: which page is shown, what was answered,
 * which command the page wants sent, and where to go on after a restart.
 *
 * Pure but for reading guide files: it sends nothing and asks nothing; what it wants sent it leaves in
 * `command` for the app. Where to go next is decided by guides/walk.h alone.
 */
#ifndef ODR_CASE_H
#define ODR_CASE_H

#include "guides/guide.h"
#include "tui/page.h"
#include "tui/said.h"

#include <stdint.h>

#define ODR_TRAIL 48
#define ODR_FIRST_PAGE "first:start"

/* The way to a page. */
struct odr_trail {
	char page[ODR_TRAIL][ODR_TARGET_ROOM]; /* behind it, for Esc; the oldest are forgotten */
	unsigned depth;			       /* how many */
	unsigned shown;			       /* pages so far, this one too */
};

struct odr_case {
	const struct odr_guide_host *host;
	const char *folder;
	struct odr_guide guide;
	const struct odr_step *step;
	struct odr_trail trail;
	bool acknowledged; /* the hazard of this page */
	bool works;	   /* the page's command has not ended yet */
	uint64_t entered_ms;
	char typed[ODR_PAGE_INPUT];
	bool offered;			   /* nobody has typed it on this page */
	char command[ODR_PAGE_INPUT + 40]; /* for the app to send and to empty */
	/* Where a new start goes on. After a command the engine knows things that a restart forgets, so
	 * it stays at the page before the first one until the job has an outcome. A line that is typed
	 * elsewhere is such a job as well: the next start goes on where it is told how that went. */
	char place[ODR_TARGET_ROOM];
	struct odr_trail way; /* to that place */
	bool away;
	struct odr_error trouble; /* code: the guide could not be read, and why */
};

void odr_case_start(struct odr_case *c, const struct odr_guide_host *host, const char *folder);
void odr_case_end(struct odr_case *c);

/* To a TARGET (guide.h). Checks are walked through, commands are left in c->command. */
void odr_case_go(struct odr_case *c, struct odr_facts *facts, const char *target, uint64_t now_ms);

/*
 * To a page that was kept by an earlier start, as if it had been walked to by `way`. A way without pages,
 * or with one that is no page of the guides (any more), leaves what the case has walked itself.
 */
void odr_case_return(struct odr_case *c, struct odr_facts *facts, const char *place,
		     const struct odr_trail *way, uint64_t now_ms);
/* What the page waits for has come, and only its warning was not acknowledged yet. */
bool odr_case_wants_y(const struct odr_case *c, struct odr_facts *facts);
/* Facts may have changed, or time has passed: a waiting page may move on. true: another page. */
bool odr_case_look(struct odr_case *c, struct odr_facts *facts, uint64_t now_ms);

/* The page's command has ended. */
void odr_case_done(struct odr_case *c, struct odr_facts *facts, int code, uint64_t now_ms);

/*
 * A key on this page. false: it does nothing here, and why says so. Esc goes a page back.
 * selected: the choice that Enter means.
 */
bool odr_case_key(struct odr_case *c, struct odr_facts *facts, int key, unsigned selected,
		  uint64_t now_ms, const char **why);

/* Is text being typed on this page? Then letters are no choices. */
bool odr_case_has_input(const struct odr_case *c);

/* The page where the person is, as a TARGET with its file; "" without a guide. */
void odr_case_here(const struct odr_case *c, char out[ODR_TARGET_ROOM]);

void odr_case_page(const struct odr_case *c, const struct odr_facts *facts,
		   const struct odr_says *says, uint64_t now_ms, struct odr_page *page);

#endif
