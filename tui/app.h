/*
 * app.h - the assistant: keys, events and time in, one page out.
 *
 * update(state, input) -> page (design.md section 2). It never waits, reads no clock, touches no
 * machine: what it wants done goes through the door, as lines. Renderers and tests drive it the same way.
 */
#ifndef ODR_APP_H
#define ODR_APP_H

#include "flash/event.h"
#include "tui/case.h"
#include "tui/hands.h"
#include "tui/prompt.h"
#include "tui/record.h"
#include "tui/saved.h"
#include "tui/seen.h"

/* The world outside. All are called from inside odr_app_*; none may call back into it. */
struct odr_app_door {
	void *ctx;
	/* One command line to the engine; its events come by odr_app_event. */
	void (*send)(void *ctx, const char *line);
	/* The person's hands on the practice PC; NULL on a real one. "?" lists what can be done. */
	void (*hand)(void *ctx, const char *line);
	/* Keep this text over a restart; "" forgets it. */
	void (*save)(void *ctx, const char *text);
	/* A command of the person's side (explain, decode, unpack, guide, report); facts get what became
	 * known. false: it is none. */
	bool (*front)(void *ctx, struct odr_facts *facts, const char *line, odr_put *put,
		      void *put_ctx, int *code);
	/* The line for MTKFLASH that fits these facts; false: not enough is known. May be NULL. */
	bool (*line)(void *ctx, const struct odr_facts *facts, char *out, size_t cap);
	const struct odr_guide_host *host;
	const char *guides; /* folder */
	const char *folder; /* of journal and backups, for people to read */
	bool words;	    /* keys without a letter are typed as words: back, print (r_prose.h) */
};

enum odr_face {
	ODR_FACE_GUIDE,
	ODR_FACE_RESUME, /* an earlier start left something: go on, or begin anew */
	ODR_FACE_HELP,
	ODR_FACE_HANDS,
	ODR_FACE_PROMPT,
	ODR_FACE_QUIT,
};

struct odr_app {
	const struct odr_app_door *door;
	struct odr_seen seen;
	struct odr_says says;
	struct odr_record record; /* for a report */
	struct odr_case guide;
	struct odr_prompt prompt;
	struct odr_hands hands;
	uint64_t listed_ms;	   /* when the list of hands was asked for last */
	struct odr_saved saved;	   /* of the start before this one */
	char kept[ODR_SAVED_TEXT]; /* what door->save got last */
	enum odr_face face;
	char sent[ODR_EVENT_MAX]; /* the command in work, "" none */
	bool by_guide;		  /* it is the guide's */
	bool ready;		  /* the engine has said that it is there */
	bool resumes;		  /* not yet said where to go on */
	bool frozen;		  /* it refused to end: a chip is half written */
	char notice[ODR_PAGE_WIDTH + 1];
	unsigned selected, scroll;
	uint64_t now_ms;
	bool over; /* the person leaves */
};

/* saved: what was kept by door->save, or "". Nothing of an earlier start is known any more. */
void odr_app_start(struct odr_app *app, const struct odr_app_door *door, const char *saved);
void odr_app_stop(struct odr_app *app);

void odr_app_key(struct odr_app *app, int key);
/* A key while the terminal is too small for the page: only leaving can be meant. */
void odr_app_key_unseen(struct odr_app *app, int key);
/* Is this the practice PC, which alone has hands? */
bool odr_app_is_practice(const struct odr_app *app);
/* Is the practice PC without a running program? Then pages of the program make no sense. */
bool odr_app_is_dark(const struct odr_app *app);
/* One command at a time; none before the engine is there. */
bool odr_app_is_busy(const struct odr_app *app);
/* Has a rescue been interrupted after its erase? */
bool odr_app_is_half_written(const struct odr_app *app);
/* Is something erased or written right now? */
bool odr_app_is_job(const struct odr_app *app);
/* Answer the last key: stands in the foot of the page until the next one. */
void odr_app_note(struct odr_app *app, const char *text);
void odr_app_event(struct odr_app *app, const char *event);
/* now_ms: milliseconds since any moment; only differences count. */
void odr_app_tick(struct odr_app *app, uint64_t now_ms);

void odr_app_page(const struct odr_app *app, struct odr_page *page);

#endif
