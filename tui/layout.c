#include "tui/layout.h"

#include "tui/rows.h"
#include "tui/text.h"

#include <string.h>

enum { ROW_BESIDE_MORE = ODR_PAGE_WIDTH - 11 }; /* cells of a row with " + 3 more" behind it */

static const char rule[] =
	"-------------------------------------------------------------------------------";

static void put(struct odr_screen *screen, unsigned row, enum odr_role role, const char *text)
{
	odr_cut(screen->row[row], sizeof screen->row[row], "%-79.79s", text);
	screen->role[row] = role;
}

/* ` odrescue  Rescue of a dead drive                    step 3    ? help`; the name gives way. */
static void put_title(const struct odr_page *page, struct odr_screen *screen)
{
	char left[ODR_PAGE_WIDTH + 1], text[ODR_PAGE_WIDTH + 1];
	int room = ODR_PAGE_WIDTH - 11 - (int)strlen(page->where);

	odr_cut(left, sizeof left, " odrescue  %s", page->title);
	odr_cut(text, sizeof text, "%-*.*s %s    ? help", room, room, left, page->where);
	put(screen, 0, ODR_ROLE_HEAD, text);
	put(screen, 1, ODR_ROLE_TEXT, rule);
}

/* From `row` to the screen's end: what is seen on the channels, and what else is worth knowing. */
static void put_bottom(const struct odr_page *page, struct odr_screen *screen, unsigned row,
		       unsigned panel)
{
	char more[16], cut[ODR_PAGE_WIDTH + 1], text[ODR_PAGE_WIDTH + 1];

	if (panel)
		put(screen, row, ODR_ROLE_TEXT, rule);
	row++;
	for (unsigned i = 0; i < panel; i++, row++) {
		put(screen, row, page->panel[i].role, page->panel[i].text);
		if (i + 1 < panel || page->places <= panel)
			continue;
		odr_cut(more, sizeof more, " + %u more", page->places - panel);
		odr_row_cut(cut, ROW_BESIDE_MORE, page->panel[i].text);
		odr_cut(text, sizeof text, "%-*s%s", ROW_BESIDE_MORE, cut, more);
		put(screen, row, page->panel[i].role, text);
	}
	put(screen, row++, ODR_ROLE_TEXT, rule);
	put(screen, row, page->notice[0] ? ODR_ROLE_WARN : ODR_ROLE_TEXT,
	    page->notice[0] ? page->notice : page->footer);
}

static unsigned put_choices(const struct odr_page *page, struct odr_screen *screen, unsigned row)
{
	char text[ODR_PAGE_WIDTH + 1];

	for (unsigned i = 0; i < page->choices; i++, row++) {
		const struct odr_page_choice *choice = &page->choice[i];
		bool here = i == page->selected && !page->has_input;

		if (choice->key == '\n')
			odr_cut(text, sizeof text, " %c Enter  %s", here ? '>' : ' ', choice->text);
		else
			odr_cut(text, sizeof text, " %c %c  %s", here ? '>' : ' ', choice->key,
				choice->text);
		put(screen, row, ODR_ROLE_TEXT, text);
		if (here) {
			screen->cursor_row = row;
			screen->cursor_column = 1;
		}
	}
	return row;
}

/* The end of a long input stays visible: there the person types. */
static unsigned put_input(const struct odr_page *page, struct odr_screen *screen, unsigned row)
{
	char text[ODR_PAGE_WIDTH + 1];
	size_t lead = strlen(page->prompt) + 3, room = ODR_PAGE_WIDTH - lead - 1;
	size_t len = strlen(page->input);
	const char *shown = page->input + (len > room ? len - room : 0);

	odr_cut(text, sizeof text, " %s: %s", page->prompt, shown);
	screen->cursor_row = row;
	screen->input_column = (unsigned)lead;
	screen->cursor_column = (unsigned)strlen(text);
	put(screen, row, ODR_ROLE_TEXT, text);
	return row + 1;
}

/* What is left of the 23 rows, and what was given up for it. */
struct fit {
	unsigned panel;
	bool gaps; /* blank lines of the body are kept */
	bool air;  /* a blank row above the choices */
	unsigned room;
};

static unsigned body_lines(const struct odr_page *page, bool gaps)
{
	unsigned n = 0;

	for (unsigned i = 0; i < page->lines; i++)
		n += gaps || page->line[i].text[0];
	return n;
}

static bool fits(const struct odr_page *page, struct fit *fit)
{
	/* title and rule, a rule above and below the panel, the footer: 5 rows */
	unsigned low = page->choices + (page->has_input ? 1 : 0);
	unsigned used = 5 + fit->panel + low + (low && fit->air ? 1 : 0);

	fit->room = used < ODR_PAGE_HEIGHT ? ODR_PAGE_HEIGHT - used : 1;
	return body_lines(page, fit->gaps) <= fit->room;
}

/* Where room is short: rows of the other cable go first, then blank lines, then the partner's row, then
 * the blank row above the choices. What is too long even then scrolls, with all of that given up. */
static struct fit fit(const struct odr_page *page)
{
	struct fit f = {.panel = page->panel_rows, .gaps = true, .air = true};

	while (!fits(page, &f) && f.panel > 2)
		f.panel--;
	if (!fits(page, &f))
		f.gaps = false;
	while (!fits(page, &f) && f.panel > 1)
		f.panel--;
	if (!fits(page, &f))
		f.air = false;
	/* Giving up all blank lines at once may have been more than was needed. */
	while (f.panel < page->panel_rows && fits(page, &f))
		f.panel++;
	while (!fits(page, &f) && f.panel > 1)
		f.panel--;
	return f;
}

static void put_body(const struct odr_page *page, struct odr_screen *screen, const struct fit *f)
{
	unsigned all = body_lines(page, f->gaps), room = f->room, first = 0, row = 2, n = 0;

	if (all > room) {
		room -= room > 1; /* for the line that says so */
		first = page->scroll < all - room ? page->scroll : all - room;
	}
	for (unsigned i = 0; i < page->lines; i++) {
		if (!f->gaps && !page->line[i].text[0])
			continue;
		if (n >= first && n < first + room)
			put(screen, row++, page->line[i].role, page->line[i].text);
		n++;
	}
	if (all > room) {
		char text[ODR_PAGE_WIDTH + 1];

		screen->above = first;
		screen->below = all - first - room;
		odr_cut(text, sizeof text, " -- %u lines above, %u below: + and - show them --",
			screen->above, screen->below);
		put(screen, row, ODR_ROLE_TEXT, text);
	}
}

void odr_layout(const struct odr_page *page, struct odr_screen *screen)
{
	struct fit f = fit(page);
	unsigned lines = body_lines(page, f.gaps), row;

	memset(screen, 0, sizeof *screen);
	for (row = 0; row < ODR_PAGE_HEIGHT; row++)
		put(screen, row, ODR_ROLE_TEXT, "");
	put_title(page, screen);
	put_body(page, screen, &f);
	row = 2 + (lines < f.room ? lines : f.room) + (f.air ? 1 : 0);
	if (page->has_input)
		row = put_input(page, screen, row);
	put_choices(page, screen, row);
	put_bottom(page, screen, ODR_PAGE_HEIGHT - 3 - f.panel, f.panel);
}
