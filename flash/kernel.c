/*
 * kernel.c - rescan and detach: a system's kernel is told to look for drives, or to let go of one.
 */
#include "flash/place.h"
#include "flash/report.h"

#include <string.h>

/* May the cable of this position be reset? */
static enum odr_exit check(struct odr_engine *engine, unsigned position)
{
	const struct odr_story *story = &engine->journal.story;
	unsigned partner = odr_position_partner(position);

	if (engine->in_vendor_mode || engine->frozen || odr_story_half_written(story, position) ||
	    (partner && odr_story_half_written(story, partner)))
		return odr_refuse(engine, ODR_NO_RUNNING, odr_position_name(position));
	return ODR_EXIT_DONE;
}

static enum odr_exit do_it(struct odr_engine *engine, const char *args, const char *form,
			   enum odr_err (*what)(void *self, unsigned position, struct odr_error *e),
			   const char *advice)
{
	const char *rest;
	unsigned position = odr_parse_position(args, &rest);
	enum odr_exit code;
	struct odr_error e;

	if (!position || *rest)
		return odr_refuse(engine, ODR_NO_LINE, form);
	code = check(engine, position);
	if (code != ODR_EXIT_DONE)
		return code;
	/* The places are not as any proof saw them. */
	memset(&engine->target, 0, sizeof engine->target);
	memset(&engine->plan, 0, sizeof engine->plan);
	if (what(engine->platform.self, position, &e) != ODR_OK)
		return odr_failed(engine, &e, advice);
	return odr_cmd_scan(engine, "");
}

enum odr_exit odr_cmd_rescan(struct odr_engine *engine, const char *args)
{
	return do_it(engine, args, "rescan POSITION", engine->platform.ops->rescan,
		     "What the kernel knows shows with: scan.");
}

enum odr_exit odr_cmd_detach(struct odr_engine *engine, const char *args)
{
	return do_it(engine, args, "detach POSITION", engine->platform.ops->detach,
		     "Which drives the kernel has shows with: scan.");
}
