#include "tui/r_prose.h"

#include "tui/key.h"
#include "tui/rows.h"
#include "tui/text.h"

#include <stdio.h>
#include <string.h>

static void say(struct odr_prose *prose, const char *text)
{
	if (prose->asked)
		putchar('\n');
	prose->asked = false;
	puts(text);
}

static bool was_said(const struct odr_page *last, const char *text)
{
	for (unsigned i = 0; i < last->lines; i++)
		if (!strcmp(last->line[i].text, text))
			return true;
	return false;
}

static void say_body(struct odr_prose *prose, const struct odr_page *page, bool new_page)
{
	for (unsigned i = 0; i < page->lines; i++) {
		const struct odr_page_line *line = &page->line[i];

		if (line->role == ODR_ROLE_BAR) /* a serial line pays for every byte: quarters do */
			continue;
		if (new_page || (line->text[0] && !was_said(&prose->last, line->text)))
			say(prose, line->text);
	}
}

static void say_progress(struct odr_prose *prose, const struct odr_page *page)
{
	unsigned quarter = page->percent / 25;

	if (quarter != prose->quarter && quarter)
		for (unsigned i = 0; i < page->lines; i++)
			if (page->line[i].role == ODR_ROLE_BAR)
				say(prose, page->line[i].text);
	prose->quarter = quarter;
}

/* The rows are told apart by their position, whatever their order on the page. */
static bool row_is_new(const struct odr_page *last, const char *text)
{
	for (unsigned i = 0; i < last->panel_rows; i++)
		if (!strncmp(last->panel[i].text, text, 2))
			return strcmp(last->panel[i].text, text) != 0;
	return true;
}

static void say_panel(struct odr_prose *prose, const struct odr_page *page)
{
	char text[ODR_PAGE_WIDTH + 1];

	for (unsigned i = 0; i < page->panel_rows; i++) {
		if (!row_is_new(&prose->last, page->panel[i].text))
			continue;
		if (strstr(page->panel[i].text, ODR_ROW_UNKNOWN))
			continue;
		odr_cut(text, sizeof text, "  channel%s", page->panel[i].text);
		say(prose, text);
	}
}

static void say_choices(struct odr_prose *prose, const struct odr_page *page)
{
	char text[ODR_PAGE_WIDTH + 1];

	for (unsigned i = 0; i < page->choices; i++) {
		if (page->choice[i].key == '\n')
			odr_cut(text, sizeof text, "  Enter = %s", page->choice[i].text);
		else
			odr_cut(text, sizeof text, "  %c = %s", page->choice[i].key,
				page->choice[i].text);
		say(prose, text);
	}
}

static bool same_choices(const struct odr_page *a, const struct odr_page *b)
{
	return a->choices == b->choices && !memcmp(a->choice, b->choice, sizeof a->choice);
}

void odr_prose_show(struct odr_prose *prose, const struct odr_page *page)
{
	bool new_page = strcmp(prose->last.id, page->id) != 0;
	bool ask = new_page || !same_choices(&prose->last, page) ||
		   page->has_input != prose->last.has_input;

	if (new_page) {
		char text[ODR_PAGE_WIDTH + 1];

		odr_cut(text, sizeof text, "--- %s%s%s ---", page->title,
			page->where[0] ? ", " : "", page->where);
		say(prose, "");
		say(prose, text);
		prose->quarter = 0;
	}
	say_body(prose, page, new_page);
	say_progress(prose, page);
	say_panel(prose, page);
	if (page->notice[0] && strcmp(page->notice, prose->last.notice))
		say(prose, page->notice);
	if (ask)
		say_choices(prose, page);
	prose->last = *page;
	if (!prose->asked && !page->works && (page->has_input || page->choices)) {
		printf("%s> ", page->has_input ? page->prompt : "");
		prose->asked = true;
	}
	fflush(stdout);
}

int odr_prose_key(const struct odr_page *page, const char *line, unsigned i)
{
	size_t len = strlen(line);

	if (!strcmp(line, "back"))
		return i == 0 ? ODR_KEY_ESC : ODR_KEY_NONE;
	if (!strcmp(line, "print"))
		return i == 0 ? ODR_KEY_PRINT : ODR_KEY_NONE;
	if (!strcmp(line, "?"))
		return i == 0 ? ODR_KEY_HELP : ODR_KEY_NONE;
	if (page->has_input && len) { /* the line replaces what stood there */
		if (i == 0)
			return ODR_KEY_CLEAR;
		return i <= len ? line[i - 1] : i == len + 1 ? ODR_KEY_ENTER : ODR_KEY_NONE;
	}
	if (!len)
		return i == 0 ? ODR_KEY_ENTER : ODR_KEY_NONE;
	return i == 0 ? line[0] : ODR_KEY_NONE;
}
