#include "flash/hand.h"

#include "flash/report.h"

#include <string.h>

/* An event and an answer would be too much for one frame of the stack: so no inlining of these two. */
static __attribute__((noinline)) void tell_seen(struct odr_engine *engine, const char *did,
						char *answer)
{
	size_t len = strcspn(answer, "\n");
	const char *lesson = answer[len] ? answer + len + 1 : NULL;
	struct odr_event ev;

	answer[len] = 0;
	odr_event_start(&ev, "hand");
	odr_event_text(&ev, "did", did);
	odr_event_text(&ev, "text", answer);
	if (lesson)
		odr_event_text(&ev, "lesson", lesson);
	odr_emit(engine, &ev);
}

/* LETTER|HAND|WORDS */
static __attribute__((noinline)) void tell_row(struct odr_engine *engine, char *row)
{
	char *form = strchr(row, '|');
	char *text = form ? strchr(form + 1, '|') : NULL;
	struct odr_event ev;

	if (!text)
		return;
	*form++ = *text++ = 0;
	odr_event_start(&ev, "handle");
	odr_event_text(&ev, "key", row);
	odr_event_text(&ev, "form", form);
	odr_event_text(&ev, "text", text);
	odr_emit(engine, &ev);
}

static void tell_rows(struct odr_engine *engine, char *rows)
{
	while (*rows) {
		size_t len = strcspn(rows, "\n");
		bool more = rows[len] != 0;

		rows[len] = 0;
		tell_row(engine, rows);
		rows += len + more;
	}
}

enum odr_exit odr_cmd_hand(struct odr_engine *engine, const char *args)
{
	char answer[ODR_HAND_ANSWER];
	struct odr_error e;

	if (engine->platform.ops->hand(engine->platform.self, args, answer, sizeof answer, &e) !=
	    ODR_OK)
		return odr_failed(engine, &e, "On a practice PC the hands are listed by: hand ?");
	if (strcmp(args, "?") == 0)
		tell_rows(engine, answer);
	else
		tell_seen(engine, args, answer);
	return ODR_EXIT_DONE;
}
