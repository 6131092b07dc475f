#include "flash/hold.h"

#include "flash/job.h"
#include "flash/report.h"

#include <string.h>

/* Real time. A person's command outlasts another program's look at the drives; the panel has time. */
#define COMMAND_PATIENCE_MS 2000
#define PANEL_PATIENCE_MS 300

static enum odr_err take(struct odr_engine *engine, uint32_t patience_ms)
{
	enum odr_err rc;

	if (engine->alone)
		return ODR_OK;
	rc = engine->platform.ops->lock(engine->platform.self, patience_ms, NULL);
	engine->alone = rc == ODR_OK;
	return rc;
}

static void give_back(struct odr_engine *engine)
{
	if (engine->alone)
		engine->platform.ops->unlock(engine->platform.self);
	engine->alone = false;
}

enum odr_exit odr_hold_machine(struct odr_engine *engine)
{
	return take(engine, COMMAND_PATIENCE_MS) == ODR_OK ? ODR_EXIT_DONE
							   : odr_refuse(engine, ODR_NO_LOCK, NULL);
}

bool odr_hold_for_panel(struct odr_engine *engine)
{
	struct odr_panel *panel = &engine->panel;
	bool was_out = panel->shut_out;

	panel->shut_out = take(engine, was_out ? 0 : PANEL_PATIENCE_MS) != ODR_OK;
	if (panel->shut_out && !was_out)
		odr_say(engine, "%s The rows stay as they were last seen.",
			odr_words(ODR_NO_LOCK)->text);
	if (!panel->shut_out && was_out) {
		odr_say(engine, "The drives are free again.");
		panel->looked = false;
	}
	return !panel->shut_out;
}

void odr_hold_end(struct odr_engine *engine)
{
	/* What a refused knock or job began has no way out but this. */
	if (!engine->in_vendor_mode)
		odr_undo_all(engine);
	if (!engine->locked)
		give_back(engine);
}

bool odr_hold_glance(struct odr_engine *engine, uint32_t *glance)
{
	bool was_alone = engine->alone;

	if (take(engine, 0) != ODR_OK)
		return false;
	*glance = engine->platform.ops->glance(engine->platform.self);
	if (!was_alone)
		give_back(engine);
	return true;
}

enum odr_err odr_hold_position(struct odr_engine *engine, unsigned position, struct odr_error *e)
{
	enum odr_err rc = ODR_OK;

	if (engine->locked && engine->locked != position)
		return odr_fail(e, ODR_E_REFUSED, "%s is still in work: quit first",
				odr_position_name(engine->locked));
	if (!engine->journal.off)
		rc = odr_journal_hold(&engine->journal, e);
	if (rc == ODR_OK)
		engine->locked = position;
	return rc;
}

enum odr_no odr_hold_no(const struct odr_error *e)
{
	return e->code == ODR_E_REFUSED ? ODR_NO_LOCK : ODR_NO_JOURNAL;
}

void odr_hold_drop(struct odr_engine *engine)
{
	engine->locked = 0;
	odr_journal_let_go(&engine->journal);
	give_back(engine);
}
