#include "flash/panel.h"

#include "flash/families/mtk_reg.h"
#include "flash/hold.h"
#include "flash/job.h"
#include "flash/place.h"
#include "flash/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUIET_US 3000000 /* a plug bounces, a drive starts: protocols.md 5.6, the short end */
#define HUNG_US 31000000 /* who is busy for longer is hung: 5.7 */
#define CABLES 0xFFFFu	 /* of a glance: where a plug may bounce; the rest has come to rest */
#define LOOKS 4		 /* in one tick, while there is more news each time */

static const char *const channel_name[] = {"primary", "secondary"};

static uint64_t now_us(const struct odr_engine *engine)
{
	return engine->platform.ops->now_us(engine->platform.self);
}

/* Does a program run on the PC? Tells when that, or the start of the PC, is another than before. */
static bool pc_runs(struct odr_engine *engine)
{
	const struct odr_platform *p = &engine->platform;
	struct odr_panel *panel = &engine->panel;
	char pc[sizeof panel->pc], boots[sizeof panel->boots];
	struct odr_event ev;

	snprintf(pc, sizeof pc, "%s", p->ops->fact(p->self, "pc"));
	snprintf(boots, sizeof boots, "%s", p->ops->fact(p->self, "boots"));
	if (strcmp(pc, panel->pc) != 0 || strcmp(boots, panel->boots) != 0) {
		strcpy(panel->pc, pc);
		strcpy(panel->boots, boots);
		panel->looked = panel->moving = false;
		odr_event_start(&ev, "pc");
		odr_event_text(&ev, "state", pc);
		odr_event_number(&ev, "boots", (uint32_t)strtoul(boots, NULL, 10));
		odr_emit(engine, &ev);
	}
	return !*pc || strcmp(pc, "on") == 0;
}

/* One glance; the bits in which it is another one than the last. */
static uint32_t glance(struct odr_engine *engine)
{
	uint32_t before = engine->panel.glance;

	engine->panel.glance = engine->platform.ops->glance(engine->platform.self);
	return engine->panel.glance ^ before;
}

/* Nothing moves on a cable, but the system below knows of a drive that came or went. */
static bool is_news(uint32_t moved)
{
	return moved && !(moved & CABLES);
}

/* A glance, and tell what moved. */
static uint32_t see(struct odr_engine *engine)
{
	struct odr_panel *panel = &engine->panel;
	uint32_t before = panel->glance;
	uint32_t moved = glance(engine);
	struct odr_event ev;

	odr_target_glance(engine, panel->glance);
	for (unsigned c = 0; c < 2 && panel->looked; c++) {
		uint8_t status = (uint8_t)(panel->glance >> 8 * c);

		if (status == (uint8_t)(before >> 8 * c))
			continue;
		odr_event_start(&ev, "moving");
		odr_event_text(&ev, "channel", channel_name[c]);
		odr_event_hex(&ev, "status", status, 2);
		odr_emit(engine, &ev);
	}
	return moved;
}

static const char *kind_of(const struct odr_place *was, const struct odr_place *is)
{
	if (odr_place_nobody(was->state))
		return "appeared";
	if (odr_place_nobody(is->state) || (was->product[0] && !is->product[0]))
		return "vanished";
	return "renamed";
}

static void tell_change(struct odr_engine *engine, const struct odr_snapshot *now)
{
	const struct odr_snapshot *baseline = &engine->baseline;
	unsigned changed, position = 0;
	const char *kind = "none";
	struct odr_event ev;

	if (!engine->has_baseline || strcmp(baseline->boot_id, now->boot_id) != 0)
		return;
	changed = odr_channels_changed(engine, now);
	for (unsigned p = ODR_POSITIONS; p >= 1; p--)
		if (!odr_place_same(&baseline->place[p - 1], &now->place[p - 1]))
			position = p;
	if (position)
		kind = kind_of(&baseline->place[position - 1], &now->place[position - 1]);
	odr_event_start(&ev, "change");
	odr_event_number(&ev, "primary", changed & 1);
	odr_event_number(&ev, "secondary", changed >> 1 & 1);
	if (changed >> 2)
		odr_event_number(&ev, "further", 1);
	odr_event_number(&ev, "position", position);
	odr_event_text(&ev, "kind", kind);
	odr_event_number(&ev, "settled", 1);
	odr_emit(engine, &ev);
}

/* Scan and tell what differs. patient: who is busy may still come to rest. */
static enum odr_err scan(struct odr_engine *engine, bool patient, struct odr_snapshot *now)
{
	struct odr_panel *panel = &engine->panel;
	enum odr_err err =
		engine->platform.ops->scan(engine->platform.self, ODR_MASK_ALL, now, NULL);

	if (err != ODR_OK)
		return err; /* the next tick tries again, or says that the PC is off */
	for (unsigned p = 1; p <= ODR_POSITIONS; p++) {
		const struct odr_place *place = &now->place[p - 1];
		bool rests = !patient || place->state != ODR_BUSY;
		bool told_rests = !(panel->unsettled & ODR_MASK(p));

		if (odr_place_is_told(engine, place) &&
		    (!panel->looked || rests != told_rests ||
		     !odr_place_same(place, &panel->told[p - 1])))
			odr_report_watched(engine, place, rests);
		panel->unsettled &= ~ODR_MASK(p);
		panel->unsettled |= rests ? 0 : ODR_MASK(p);
	}
	panel->looked = true;
	return ODR_OK;
}

/* true: more news came meanwhile. */
static bool look(struct odr_engine *engine, bool patient)
{
	struct odr_panel *panel = &engine->panel;
	struct odr_snapshot now;
	uint32_t moved;

	if (scan(engine, patient, &now) != ODR_OK)
		return false;
	moved = glance(engine);
	if (moved) {
		/* The scan's own questions, or a hand in the middle of it: the next look, after as
		 * long a quiet as any, tells them apart. */
		panel->changed_us = now_us(engine);
		panel->waits = false;
		return is_news(moved);
	}
	panel->waits = panel->unsettled != 0;
	panel->moving = panel->waits;
	if (!panel->moving)
		tell_change(engine, &now);
	return false;
}

/*
 * A drive that was knocked on and shows another status than flash mode's, twice in a row, has lost its
 * power or was reset: what the knock found is void, and the panel watches it again.
 */
static void watch_flash_mode(struct odr_engine *engine)
{
	struct odr_panel *panel = &engine->panel;
	uint8_t status, settled;

	glance(engine);
	status = (uint8_t)(panel->glance >> 8 * odr_position_channel(engine->locked));
	settled = status & 0x7F; /* F2: 72, not settled yet (protocols.md 2.2) */
	if (settled == ODR_MTK_PARALLEL || settled == ODR_MTK_SERIAL_72 ||
	    settled == ODR_MTK_SERIAL_73 || settled == ODR_MTK_LOCKED) {
		panel->left = false;
		return;
	}
	if (!panel->left) {
		panel->left = true;
		return;
	}
	panel->left = false;
	panel->doubts = true;
	engine->target.moved = true;
	odr_say(engine,
		"The drive at %s has left flash mode: its power was off, or the PC was reset. "
		"Nothing was written.",
		odr_position_name(engine->locked));
	odr_undo_all(engine);
}

void odr_panel_tick(struct odr_engine *engine)
{
	struct odr_panel *panel = &engine->panel;
	uint32_t moved;
	uint64_t quiet;
	bool now;

	if (engine->frozen || engine->ended || !pc_runs(engine) || !odr_hold_for_panel(engine))
		return;
	if (engine->in_vendor_mode) {
		watch_flash_mode(engine);
		return; /* held as long as it is in work */
	}
	moved = see(engine);
	if (moved || panel->doubts || !panel->looked) {
		panel->doubts = false;
		panel->moving = true;
		panel->waits = false;
		panel->changed_us = now_us(engine);
	}
	quiet = now_us(engine) - panel->changed_us;
	now = !panel->looked || is_news(moved) ||
	      (panel->moving && quiet >= (panel->waits ? HUNG_US : QUIET_US));
	for (unsigned n = 0; now && n < LOOKS; n++)
		now = look(engine, quiet < HUNG_US);
	odr_hold_end(engine);
}
