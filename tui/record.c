#include "tui/record.h"

#include <stdio.h>
#include <string.h>

static bool is_any(const char *event, const char *const *kinds)
{
	for (; *kinds; kinds++)
		if (odr_event_is(event, *kinds))
			return true;
	return false;
}

static void drop(struct odr_record *record, unsigned at)
{
	record->lines--;
	memmove(record->line[at], record->line[at + 1],
		(record->lines - at) * sizeof record->line[0]);
}

static void drop_kind(struct odr_record *record, const char *kind)
{
	for (unsigned i = record->lines; i-- > 0;)
		if (odr_event_is(record->line[i], kind))
			drop(record, i);
}

static void add(struct odr_record *record, const char *event)
{
	if (record->lines == ODR_RECORD_LINES)
		drop(record, 0);
	snprintf(record->line[record->lines++], sizeof record->line[0], "%s", event);
}

static bool is_refusal(const char *event)
{
	return odr_event_is(event, "refused") || odr_event_is(event, "failed");
}

static void add_refusal(struct odr_record *record, const char *event)
{
	unsigned seen = 0;

	for (unsigned i = record->lines; i-- > 0;)
		if (is_refusal(record->line[i]) && ++seen == ODR_RECORD_REFUSALS)
			drop(record, i);
	add(record, event);
}

void odr_record_event(struct odr_record *record, const char *event)
{
	/* Of these the last one counts. */
	static const char *const single[] = {"target",	"image",    "chip",
					     "outcome", "recovery", NULL};
	static const char *const plan[] = {"plan", "step", "fact", "digest", NULL};

	for (unsigned i = 0; single[i]; i++)
		if (odr_event_is(event, single[i]))
			drop_kind(record, single[i]);
	if (odr_event_is(event, "plan"))
		for (unsigned i = 0; plan[i]; i++)
			drop_kind(record, plan[i]);
	/* A job that came to its end has closed what an earlier start left open. */
	if (odr_event_is(event, "outcome"))
		drop_kind(record, "recovery");
	if (is_any(event, single) || is_any(event, plan))
		add(record, event);
	else if (is_refusal(event))
		add_refusal(record, event);
}

bool odr_record_has(const struct odr_record *record, const char *kind)
{
	for (unsigned i = 0; i < record->lines; i++)
		if (odr_event_is(record->line[i], kind))
			return true;
	return false;
}
