#include "tui/layout.h"

#include "tui/text.h"

#include <string.h>

static const char rule[] =
	"-------------------------------------------------------------------------------";

static void put(struct odr_screen *screen, unsigned row, enum odr_role role, const char *text)
{
	odr_cut(screen->row[row], sizeof screen->row[row], "%-79.79s", text);
	screen->role[row] = role;
}

/* ` odrescue  Rescue of a dead drive          step 3, at most 6 more    ? help` */
static void put_title(const struct odr_page *page, struct odr_screen *screen)
{
	char text[ODR_PAGE_WIDTH + 1];
	int left;

	odr_cut(text, sizeof text, " odrescue  %s", page->title);
	left = (int)strlen(text);

	odr_cut(text + left, sizeof text - (size_t)left, "%*s    ? help",
		ODR_PAGE_WIDTH - left - 10, page->where);
	put(screen, 0, ODR_ROLE_HEAD, text);
	put(screen, 1, ODR_ROLE_TEXT, rule);
}

/* From `row` to the screen's end: what is seen on the channels, and what else is worth knowing. */
static void put_bottom(const struct odr_page *page, struct odr_screen *screen, unsigned row,
		       unsigned panel)
{
	char more[16], text[ODR_PAGE_WIDTH + 1];

	put(screen, row++, ODR_ROLE_TEXT, rule);
	for (unsigned i = 0; i < panel; i++, row++) {
		put(screen, row, page->panel[i].role, page->panel[i].text);
		if (i + 1 < panel || page->places <= panel)
			continue;
		odr_cut(more, sizeof more, "+ %u more", page->places - panel);
		odr_cut(text, sizeof text, "%-*.*s%s", (int)(ODR_PAGE_WIDTH - 10),
			(int)(ODR_PAGE_WIDTH - 10), page->panel[i].text, more);
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
	screen->cursor_column = (unsigned)strlen(text);
	put(screen, row, ODR_ROLE_TEXT, text);
	return row + 1;
}

static void put_body(const struct odr_page *page, struct odr_screen *screen, unsigned room)
{
	unsigned first = page->scroll, row = 2;
	bool scrolls = page->lines > room;

	if (scrolls)
		room--; /* for the line that says so */
	if (scrolls && first > page->lines - room)
		first = page->lines - room;
	if (!scrolls)
		first = 0;
	for (unsigned i = first; i < page->lines && i < first + room; i++, row++)
		put(screen, row, page->line[i].role, page->line[i].text);
	screen->room = room;
	screen->hidden = scrolls ? page->lines - first - room : 0;
	if (scrolls) {
		char text[ODR_PAGE_WIDTH + 1];

		odr_cut(text, sizeof text, " -- %u lines above, %u below: + and - show them --",
			first, screen->hidden);
		put(screen, row, ODR_ROLE_TEXT, text);
	}
}

void odr_layout(const struct odr_page *page, struct odr_screen *screen)
{
	unsigned low = page->choices + (page->has_input ? 1 : 0);
	unsigned panel = page->panel_rows, room, row;

	memset(screen, 0, sizeof *screen);
	for (row = 0; row < ODR_PAGE_HEIGHT; row++)
		put(screen, row, ODR_ROLE_TEXT, "");
	if (low)
		low++; /* a blank row above the choices */
	/* title and rule, rule above and below the panel, footer: 5 rows. Where room is short the
	 * panel shrinks to one row, but not before it has to. */
	while (panel > 1 && 5 + panel + low + page->lines > ODR_PAGE_HEIGHT)
		panel--;
	room = 5 + panel + low < ODR_PAGE_HEIGHT ? ODR_PAGE_HEIGHT - 5 - panel - low : 1;
	put_title(page, screen);
	put_body(page, screen, room);
	row = page->lines < room ? 2 + page->lines : 2 + room;
	if (low)
		row++;
	if (page->has_input)
		row = put_input(page, screen, row);
	put_choices(page, screen, row);
	put_bottom(page, screen, ODR_PAGE_HEIGHT - 3 - panel, panel);
}
