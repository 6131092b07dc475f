#include "flash/flash.h"

#include "flash/event.h"
#include "flash/families/family.h"
#include "flash/hold.h"
#include "flash/report.h"

#include <stdio.h>
#include <string.h>

/* ---- the same places? ---- */

static bool same_name(const struct odr_place *a, const struct odr_place *b)
{
	return !strcmp(a->vendor, b->vendor) && !strcmp(a->product, b->product) &&
	       !strcmp(a->revision, b->revision);
}

enum odr_err odr_flash_look_again(struct odr_engine *engine, struct odr_error *e)
{
	const struct odr_target *target = &engine->target;
	unsigned partner = odr_position_partner(target->position);
	unsigned ask = ODR_MASK_ALL;
	struct odr_snapshot now;
	enum odr_err rc;

	/* A drive in vendor mode is asked its status and nothing else, nor is its cable used. */
	if (target->places.place[target->position - 1].state == ODR_VENDOR)
		ask &= ~(ODR_MASK(target->position) | ODR_MASK(partner));
	if (target->moved)
		return odr_fail(e, ODR_E_REFUSED,
				"%s was away since you named it: it may be another drive now",
				odr_position_name(target->position));
	rc = engine->platform.ops->scan(engine->platform.self, ask, &now, e);
	if (rc != ODR_OK)
		return rc;
	if (strcmp(now.boot_id, target->places.boot_id))
		return odr_fail(e, ODR_E_REFUSED, "the PC was started again");
	for (unsigned i = 0; i < ODR_POSITIONS; i++) {
		const struct odr_place *was = &target->places.place[i], *is = &now.place[i];

		if (was->state != is->state)
			return odr_fail(e, ODR_E_REFUSED, "%s was %s, now it is %s",
					odr_position_name(i + 1),
					odr_words_state(odr_state_name(was->state)),
					odr_words_state(odr_state_name(is->state)));
		if ((ask & ODR_MASK(i + 1)) && !same_name(was, is))
			return odr_fail(e, ODR_E_REFUSED, "%s named itself %s %s, now %s %s",
					odr_position_name(i + 1), was->product, was->revision,
					is->product, is->revision);
	}
	return ODR_OK;
}

/* ---- the last look ---- */

static bool stop(struct odr_outcome *out, enum odr_no no)
{
	out->result = ODR_RESULT_UNCHANGED;
	out->evidence = ODR_EVIDENCE_NONE;
	out->no = no;
	return false;
}

bool odr_flash_point_of_no_return(struct odr_job *job, struct odr_outcome *out)
{
	struct odr_engine *engine = job->engine;

	if (odr_image_recheck(&engine->image, engine->platform, &out->why) != ODR_OK)
		return stop(out, ODR_NO_IMAGE_CHANGED);
	if (odr_flash_look_again(engine, &out->why) != ODR_OK)
		return stop(out, ODR_NO_PLACES);
	/* First the shield, then the question: an order to end comes before it or has no effect. */
	engine->platform.ops->guard(engine->platform.self, true);
	job->shielded = true;
	if (odr_job_should_stop(job)) {
		odr_fail(&out->why, ODR_E_REFUSED, "told to end before the erase");
		return stop(out, ODR_NO_STOPPED);
	}
	if (odr_journal_write(&engine->journal, ODR_POINT_ERASE, "", &out->why) != ODR_OK)
		return stop(out, ODR_NO_JOURNAL);
	engine->frozen = true;
	return true;
}

/* ---- the outcome ---- */

static const char *const result_name[] = {"verified", "not-verifiable", "unchanged", "changed"};
static const char *const evidence_name[] = {"none", "identity", "read back"};

static const char *advice(const struct odr_engine *engine, const struct odr_outcome *out)
{
	switch (out->result) {
	case ODR_RESULT_VERIFIED:
		return "Switch the PC off (not only reset), set the BIOS back to Auto if you "
		       "changed "
		       "it, switch on: the drive should show its name.";
	case ODR_RESULT_NOT_VERIFIABLE:
		return "The drive took everything, but it cannot be read back. Switch the PC off "
		       "and "
		       "on, look for its name, and try a disc you can spare.";
	case ODR_RESULT_UNCHANGED:
		return out->no == ODR_NO_LINE
			       ? "The drive is as it was. Look at the cable, then try "
				 "again: target, knock, plan, confirm, flash."
			       : odr_words(out->no)->advice;
	case ODR_RESULT_CHANGED:
		break;
	}
	return engine->plan.lane == ODR_LANE_MTK_ROM
		       ? "DO NOT SWITCH OFF. It can be written again: look at the cable, then "
			 "target, knock, plan, confirm, flash. Is its power gone already? Then "
			 "begin with: target POSITION unpowered LABEL"
		       : "DO NOT SWITCH OFF. Look with scan whether it still answers, then try "
			 "once "
			 "more: target, plan, confirm, flash.";
}

static enum odr_exit tell(struct odr_engine *engine, const struct odr_outcome *out)
{
	static const enum odr_exit exits[] = {ODR_EXIT_DONE, ODR_EXIT_NOT_VERIFIABLE,
					      ODR_EXIT_UNCHANGED, ODR_EXIT_CHANGED};
	bool with_reason = out->result == ODR_RESULT_UNCHANGED && out->no != ODR_NO_LINE;
	struct odr_event ev;

	odr_event_start(&ev, "outcome");
	odr_event_text(&ev, "result", result_name[out->result]);
	odr_event_text(&ev, "evidence", evidence_name[out->evidence]);
	if (with_reason) {
		odr_event_text(&ev, "code", odr_words(out->no)->name);
		odr_event_text(&ev, "reason", odr_words(out->no)->text);
	}
	if (out->result == ODR_RESULT_UNCHANGED || out->result == ODR_RESULT_CHANGED)
		odr_event_text(&ev, "why", out->why.text);
	odr_event_text(&ev, "advice", advice(engine, out));
	odr_emit(engine, &ev);
	return with_reason ? odr_words(out->no)->exit : exits[out->result];
}

static void close_journal(struct odr_engine *engine, const struct odr_outcome *out)
{
	struct odr_event ev;
	struct odr_error e;

	odr_event_start(&ev, "");
	odr_event_text(&ev, "result", result_name[out->result]);
	odr_event_text(&ev, "evidence", evidence_name[out->evidence]);
	if (odr_journal_write(&engine->journal, ODR_POINT_OUTCOME, ev.line, &e) != ODR_OK)
		odr_say(engine,
			"The journal lacks this end (%s): the next start will tell of an "
			"interrupted rescue. What is said here is what is true: write it down, "
			"and move JOURNAL.TXT away when all is done.",
			e.text);
}

/* ---- the command ---- */

static enum odr_err open_journal(struct odr_engine *engine, struct odr_error *e)
{
	const struct odr_story *story =
		&engine->journal.story; /* the rescue this one goes on from */
	struct odr_event ev;
	char hex[ODR_SHA256_HEX];

	odr_event_start(&ev, "");
	odr_event_number(&ev, "position", engine->target.position);
	odr_event_text(&ev, "boot", engine->target.places.boot_id);
	odr_event_text(&ev, "image", engine->image.path);
	odr_sha256_hex(engine->image.sha256, hex);
	odr_event_text(&ev, "sha256", hex);
	odr_event_text(&ev, "plan", engine->plan.digest);
	if (engine->chip)
		odr_event_text(&ev, "chip", engine->chip->name);
	if (engine->plan.keeps_backup) {
		odr_event_text(&ev, "backup", story->backup);
		odr_event_text(&ev, "backup_sha256", story->backup_sha256);
		odr_event_number(&ev, "backup_bytes", story->backup_bytes);
	}
	return odr_journal_write(&engine->journal, ODR_POINT_PLAN, ev.line, e);
}

static enum odr_exit run(struct odr_engine *engine, struct odr_job *job)
{
	struct odr_outcome out = {.no = ODR_NO_LINE};
	enum odr_exit code;

	if (engine->plan.lane == ODR_LANE_MTK_ROM)
		odr_mtk_rom_run(job, &out);
	else
		odr_btc_run(job, &out);
	close_journal(engine, &out);
	engine->frozen = engine->journal.story.no_return;
	code = tell(engine, &out);
	odr_undo_all(engine);
	/* A plan is good for one job, and the places are no longer as the proof saw them. */
	memset(&engine->plan, 0, sizeof engine->plan);
	memset(&engine->target, 0, sizeof engine->target);
	if (job->shielded)
		engine->platform.ops->guard(engine->platform.self, false);
	return code;
}

static const enum odr_no no_of[ODR_OBSTACLES] = {
	[ODR_USED] = ODR_NO_USED,	   [ODR_NOT_ALLOWED] = ODR_NO_RIGHTS,
	[ODR_ON_BATTERY] = ODR_NO_BATTERY, [ODR_MAY_SLEEP] = ODR_NO_SLEEP,
	[ODR_LOGIN_ENDS] = ODR_NO_LOGIN,   [ODR_NO_SAFE_WAY] = ODR_NO_WAY,
};

enum odr_exit odr_cmd_flash(struct odr_engine *engine, const char *args)
{
	const struct odr_platform *p = &engine->platform;
	struct odr_job job;
	struct odr_error e;
	enum odr_obstacle obstacle;

	(void)args;
	if (!engine->plan.made)
		return odr_refuse(engine, ODR_NO_PLAN, NULL);
	if (!engine->plan.confirmed)
		return odr_refuse(engine, ODR_NO_CONFIRM, NULL);
	if (odr_image_recheck(&engine->image, *p, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_IMAGE_CHANGED, e.text);
	if (odr_flash_look_again(engine, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PLACES, e.text);
	if (odr_job_open(&job, engine, engine->target.position,
			 engine->plan.lane == ODR_LANE_MTK_ROM, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PORTS, e.text);
	if (odr_hold_position(engine, job.position, &e) != ODR_OK)
		return odr_refuse(engine, odr_hold_no(&e), e.text);
	obstacle = p->ops->enter(p->self, job.position, &e);
	if (obstacle != ODR_CLEAR)
		return odr_refuse(engine, no_of[obstacle], e.text);
	if (open_journal(engine, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_JOURNAL, e.text);
	return run(engine, &job);
}
