#include "tui/page.h"

#include "tui/text.h"

#include <string.h>

void odr_page_start(struct odr_page *page, const char *id, const char *title)
{
	memset(page, 0, sizeof *page);
	odr_cut(page->id, sizeof page->id, "%s", id);
	odr_cut(page->title, sizeof page->title, "%s", title);
}

/* The next piece of text that fits into `room` cells; moves *text behind it. */
static size_t piece(const char **text, size_t room)
{
	size_t len = strlen(*text), cut = room;

	if (len <= room)
		return len;
	while (cut > 0 && (*text)[cut] != ' ')
		cut--;
	return cut ? cut : room; /* a word longer than the line is cut where the line ends */
}

void odr_page_add(struct odr_page *page, enum odr_role role, unsigned indent, const char *text)
{
	do {
		struct odr_page_line *line = &page->line[page->lines];
		size_t len = piece(&text, ODR_PAGE_WIDTH - indent);

		if (page->lines == ODR_PAGE_LINES)
			return;
		page->lines++;
		line->role = role;
		odr_cut(line->text, sizeof line->text, "%*s%.*s", (int)indent, "", (int)len, text);
		for (char *c = line->text; *c; c++)
			if (*c < ' ' || *c > '~')
				*c = '.';
		text += len;
		text += strspn(text, " ");
	} while (*text);
}

void odr_page_gap(struct odr_page *page)
{
	if (page->lines && page->line[page->lines - 1].text[0])
		odr_page_add(page, ODR_ROLE_TEXT, 0, "");
}

void odr_page_choice(struct odr_page *page, char key, const char *text)
{
	struct odr_page_choice *choice = &page->choice[page->choices];

	if (page->choices == ODR_PAGE_CHOICES)
		return;
	page->choices++;
	choice->key = key;
	odr_cut(choice->text, sizeof choice->text, "%s", text);
}

const struct odr_page_choice *odr_page_find(const struct odr_page *page, int key)
{
	for (unsigned i = 0; i < page->choices; i++)
		if (page->choice[i].key == key)
			return &page->choice[i];
	return NULL;
}
