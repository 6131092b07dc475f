#include "tui/rows.h"

#include "flash/event.h"
#include "tui/text.h"

#include <stdio.h>
#include <string.h>

/* What a person reads for each state of the engine (flash says "stuck busy"; platform.h enum odr_state). */
static const struct {
	const char *state, *text;
} words[] = {
	{"empty", "-"},
	{"absent", "-"},
	{"no port", "no IDE channel here"},
	{"silent", "something is here and does not answer"},
	{"stuck busy", "BUSY, does not answer"},
	{"no name", "a drive that does not say its name"},
	{"strange signature", "something strange answers"},
	{"aborts everything", "a drive that refuses every command"},
	{"stuck data request", "a drive that waits for data nobody sent"},
	{"vendor mode", "boot ROM answers: FLASH MODE"},
	{"vendor mode locked", "boot ROM answers, flash LOCKED"},
	{"not asked", "a drive that could not be asked: scan says why"},
};

bool odr_row_is(const struct odr_row *row, const char *state)
{
	return row->known && !strcmp(row->state, state);
}

bool odr_row_is_nobody(const struct odr_row *row)
{
	return !row->known || odr_row_is(row, "empty") || odr_row_is(row, "absent") ||
	       odr_row_is(row, "no port");
}

bool odr_row_is_dead(const struct odr_row *row)
{
	return !odr_row_is_nobody(row) && !odr_row_is(row, "alive") &&
	       !odr_row_is(row, "hard disk") && !odr_row_is(row, "not asked");
}

void odr_rows_start(struct odr_rows *rows)
{
	memset(rows, 0, sizeof *rows);
	rows->moving = -1;
}

static void take_place(struct odr_rows *rows, const char *event)
{
	unsigned position = (unsigned)odr_event_get_number(event, "position");
	struct odr_row *row, was;
	char word[4];

	if (position < 1 || position > ODR_ROWS + ODR_ROWS_FURTHER)
		return;
	row = &rows->row[position - 1];
	was = *row;
	memset(row, 0, sizeof *row);
	row->known = true;
	odr_event_get(event, "state", row->state, sizeof row->state);
	odr_event_get(event, "name", row->name, sizeof row->name);
	odr_event_get(event, "revision", row->revision, sizeof row->revision);
	odr_event_get(event, "where", row->where, sizeof row->where);
	row->where[strcspn(row->where, ",")] = 0;
	row->mirrored = odr_event_get_number(event, "mirrored") != 0;
	row->settled = !odr_event_get(event, "settled", word, sizeof word) || word[0] == '1';
	row->fresh = was.known &&
		     (was.fresh || strcmp(was.state, row->state) || strcmp(was.name, row->name));
	if (rows->moving == (int)(position - 1) / 2)
		rows->moving = -1;
}

/* While it knocks and in flash mode nobody looks at the channels: that the chip has named itself says
 * how the target is. */
static void take_chip(struct odr_rows *rows)
{
	unsigned first = (rows->target - 1) & 2;

	for (unsigned i = first; i < first + 2; i++)
		if (i == rows->target - 1 || rows->row[i].mirrored) {
			odr_cut(rows->row[i].state, sizeof rows->row[i].state, "vendor mode");
			rows->row[i].settled = true;
		}
}

void odr_rows_event(struct odr_rows *rows, const char *event)
{
	char channel[16];

	if (odr_event_is(event, "place"))
		take_place(rows, event);
	if (odr_event_is(event, "chip") && rows->target)
		take_chip(rows);
	if (odr_event_is(event, "moving") &&
	    odr_event_get(event, "channel", channel, sizeof channel))
		rows->moving = strcmp(channel, "primary") ? 1 : 0;
}

void odr_rows_settle(struct odr_rows *rows)
{
	for (unsigned i = 0; i < ODR_ROWS + ODR_ROWS_FURTHER; i++)
		rows->row[i].fresh = false;
}

void odr_row_text(const struct odr_rows *rows, unsigned position, char *out, size_t cap)
{
	const struct odr_row *row = &rows->row[position - 1];
	const char *text = row->state;

	if (rows->moving == (int)(position - 1) / 2 && position % 2) {
		odr_cut(out, cap, "something moves on this cable, wait a moment");
		return;
	}
	if (!row->known) {
		odr_cut(out, cap, ODR_ROW_UNKNOWN);
		return;
	}
	if (row->name[0]) {
		odr_cut(out, cap, "%s%s%s%s", row->name, row->revision[0] ? " " : "", row->revision,
			odr_row_is(row, "alive")       ? " (lives)"
			: odr_row_is(row, "hard disk") ? " (hard disk, never a target)"
						       : " (only its boot code lives)");
		return;
	}
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (!strcmp(row->state, words[i].state))
			text = words[i].text;
	if (row->mirrored && position % 2 == 0)
		text = odr_row_is(row, "vendor mode")
			       ? "FLASH MODE (the same drive)"
			       : "BUSY (the same drive, seen on both positions)";
	else if (!row->settled)
		text = "BUSY: starting, or dead: wait 31 s";
	odr_cut(out, cap, "%s", text);
}

void odr_row_cut(char *out, size_t room, const char *row)
{
	size_t len = strlen(row), tail = sizeof ODR_ROW_FRESH - 1;

	/* It counts at the end only: a drive may have any name. */
	if (len < tail || strcmp(row + len - tail, ODR_ROW_FRESH) != 0)
		tail = 0;
	odr_cut(out, room + 1, "%.*s%s", (int)((len < room ? len : room) - tail), row,
		row + len - tail);
}

/* The target first, then its partner, then the other cable. Without a target: as they are counted. */
static unsigned nth_position(const struct odr_rows *rows, unsigned n)
{
	unsigned first = rows->target ? rows->target - 1 : 0;

	return (n < 2 ? first ^ n : (first & 2) ^ n) + 1;
}

/* The plugs on which somebody is, or those on which nobody is; as many as there is room for. */
static unsigned add_plugs(const struct odr_rows *rows, bool nobody, unsigned *position,
			  unsigned count, unsigned room)
{
	for (unsigned n = 0; n < ODR_ROWS && count < room; n++) {
		unsigned p = nth_position(rows, n);

		if (odr_row_is_nobody(&rows->row[p - 1]) == nobody)
			position[count++] = p;
	}
	return count;
}

/* The positions to show, the most important first. Where there are further drives, empty plugs come
 * behind them: the last rows may not fit the page. Without any, all four as they are counted. */
static unsigned choose(const struct odr_rows *rows, unsigned position[ODR_ROWS + ODR_ROWS_FURTHER])
{
	unsigned plugs = add_plugs(rows, false, position, 0, ODR_ROWS), count = plugs;

	for (unsigned i = ODR_ROWS; i < ODR_ROWS + ODR_ROWS_FURTHER; i++)
		if (!odr_row_is_nobody(&rows->row[i]))
			position[count++] = i + 1;
	if (count > plugs)
		return add_plugs(rows, true, position, count, ODR_ROWS);
	for (unsigned n = 0; n < ODR_ROWS; n++)
		position[n] = nth_position(rows, n);
	return ODR_ROWS;
}

void odr_rows_show(const struct odr_rows *rows, struct odr_page *page)
{
	char text[ODR_PAGE_WIDTH + 1], row[ODR_PAGE_WIDTH + 40], place[24];
	unsigned position[ODR_ROWS + ODR_ROWS_FURTHER];

	page->panel_rows = ODR_ROWS;
	page->places = choose(rows, position);
	for (unsigned n = 0; n < ODR_ROWS; n++) {
		unsigned p = position[n];
		const struct odr_row *at = &rows->row[p - 1];

		odr_row_text(rows, p, text, sizeof text);
		if (p > ODR_ROWS)
			odr_cut(place, sizeof place, "%s", at->where);
		else
			odr_cut(place, sizeof place, "%s %s", p > 2 ? "sec " : "prim",
				p % 2 ? "master" : "slave ");
		odr_cut(row, sizeof row, " %u %s  %s%s", p, place, text,
			at->fresh ? ODR_ROW_FRESH : "");
		odr_row_cut(page->panel[n].text, ODR_PAGE_WIDTH, row);
		page->panel[n].role = odr_row_is_dead(at)	? ODR_ROLE_WARN
				      : odr_row_is(at, "alive") ? ODR_ROLE_GOOD
								: ODR_ROLE_TEXT;
	}
}
