#include "tui/r_prose.h"

#include "tui/hands.h"
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

/* Pages of guides are named FILE:STEP; what lies over them (help, hands) has a plain name. */
static bool is_of_guide(const struct odr_page *page)
{
	return strchr(page->id, ':') != NULL;
}

/* The command line's page is a log: what stood there before goes on below. Returns where what is new begins. */
static unsigned new_in_log(const struct odr_page *before, const struct odr_page *page)
{
	for (unsigned skip = 0; skip < before->lines; skip++) {
		unsigned same = 0, left = before->lines - skip;

		while (same < left && same < page->lines &&
		       !strcmp(before->line[skip + same].text, page->line[same].text))
			same++;
		if (same == left)
			return same;
	}
	return 0;
}

/* Compared with `before`: the same page as it was said last, or NULL on a new one. */
static void say_body(struct odr_prose *prose, const struct odr_page *page,
		     const struct odr_page *before)
{
	bool is_log = !strcmp(page->id, "prompt");

	for (unsigned i = is_log && before ? new_in_log(before, page) : 0; i < page->lines; i++) {
		const struct odr_page_line *line = &page->line[i];
		bool is_title = line->role == ODR_ROLE_HEAD && line->text[0] &&
				!strcmp(line->text + 1, page->title);

		if (line->role == ODR_ROLE_BAR)
			continue;
		if (line->text[0] && (is_title || was_said(&prose->answer, line->text)))
			continue;
		if (!before || is_log || (line->text[0] && !was_said(before, line->text)))
			say(prose, line->text);
	}
}

/* Few lines on a slow line: the quarters in the middle; its end is told by what comes after it. */
static void say_progress(struct odr_prose *prose, const struct odr_page *page)
{
	char text[ODR_PAGE_WIDTH + 1];
	unsigned quarter = page->percent / 25;

	for (unsigned i = 1; i < page->lines; i++) {
		const struct odr_page_line *phase = &page->line[i - 1];

		if (page->line[i].role != ODR_ROLE_BAR || phase->role == ODR_ROLE_BAR ||
		    quarter == prose->quarter || !quarter || quarter == 4)
			continue;
		odr_cut(text, sizeof text, " %s: %u %%", phase->text, quarter * 25);
		say(prose, text);
	}
	prose->quarter = quarter;
}

/* That a row has just changed is heard from its being said. */
static void bare(char out[ODR_PAGE_WIDTH + 1], const char *row)
{
	const char *mark = strstr(row, ODR_ROW_FRESH);

	odr_cut(out, ODR_PAGE_WIDTH + 1, "%.*s", mark ? (int)(mark - row) : ODR_PAGE_WIDTH, row);
}

/* The rows are told apart by their position, whatever their order on the page. */
static bool row_is_new(const struct odr_page *last, const char *text)
{
	char row[ODR_PAGE_WIDTH + 1];

	for (unsigned i = 0; i < last->panel_rows; i++) {
		bare(row, last->panel[i].text);
		if (!strncmp(row, text, 3)) /* " 5 ", " 12" */
			return strcmp(row, text) != 0;
	}
	return true;
}

static void say_panel(struct odr_prose *prose, const struct odr_page *page)
{
	char row[ODR_PAGE_WIDTH + 1], text[ODR_PAGE_WIDTH + 1];

	for (unsigned i = 0; i < page->panel_rows; i++) {
		bare(row, page->panel[i].text);
		if (!row_is_new(&prose->last, row) || strstr(row, ODR_ROW_UNKNOWN))
			continue;
		odr_cut(text, sizeof text, "  position%s", row);
		say(prose, text);
	}
	if (page->places > page->panel_rows && page->places != prose->last.places) {
		odr_cut(text, sizeof text, "  and %u more drives: the command scan lists them",
			page->places - page->panel_rows);
		say(prose, text);
	}
}

static bool choice_is_new(const struct odr_page *last, const struct odr_page_choice *choice)
{
	const struct odr_page_choice *was = odr_page_find(last, choice->key);

	return !was || strcmp(was->text, choice->text) != 0;
}

/* All on a new page, else what is new. What stands in the input is what Enter would send. */
static void say_choices(struct odr_prose *prose, const struct odr_page *page, bool all)
{
	char text[ODR_PAGE_WIDTH + 1];

	for (unsigned i = 0; i < page->choices; i++) {
		const struct odr_page_choice *choice = &page->choice[i];

		if (!all && !choice_is_new(&prose->last, choice))
			continue;
		if (choice->key == '\n')
			odr_cut(text, sizeof text, "  Enter = %s", choice->text);
		else
			odr_cut(text, sizeof text, "  %c = %s", choice->key, choice->text);
		say(prose, text);
	}
	if (page->input[0] && (all || !prose->last.has_input)) {
		odr_cut(text, sizeof text, "  Enter = %s", page->input);
		say(prose, text);
	}
}

static void say_heading(struct odr_prose *prose, const struct odr_page *page, bool back)
{
	char text[ODR_PAGE_WIDTH + 1];

	odr_cut(text, sizeof text, "--- %s%s%s%s ---", back ? "Back: " : "", page->title,
		page->where[0] ? ", " : "", page->where);
	say(prose, "");
	say(prose, text);
	if (back && page->lines)
		say(prose, page->line[0].text);
	prose->quarter = 0;
}

void odr_prose_show(struct odr_prose *prose, const struct odr_page *page)
{
	bool new_page = strcmp(prose->last.id, page->id) != 0;
	bool first = !prose->last.id[0];
	bool back = new_page && !is_of_guide(&prose->last) && !strcmp(prose->guide.id, page->id);

	if (first)
		say(prose,
		    " Letters and words are typed with Enter behind them. On every page: "
		    "back (it is\n"
		    " what Esc means), ? for help, print; q to leave where no text is asked for.");
	if (new_page)
		say_heading(prose, page, back);
	say_body(prose, page, !new_page ? &prose->last : back ? &prose->guide : NULL);
	say_progress(prose, page);
	say_panel(prose, page);
	if (page->notice[0] && strcmp(page->notice, prose->last.notice))
		say(prose, page->notice);
	say_choices(prose, page, new_page);
	prose->last = *page;
	if (is_of_guide(page))
		prose->guide = *page;
	if (!prose->asked && !page->works && (page->has_input || page->choices)) {
		printf("%s> ", page->has_input ? page->prompt : "");
		prose->asked = true;
	}
	fflush(stdout);
}

void odr_prose_answer(struct odr_prose *prose, const char *event)
{
	static struct odr_hands hands; /* big; only the answer to the last one is in it */

	odr_hands_event(&hands, event);
	odr_page_start(&prose->answer, "answer", "");
	odr_hands_show(&hands, &prose->answer);
	for (unsigned i = 0; i < prose->answer.lines; i++)
		if (!was_said(&prose->last, prose->answer.line[i].text))
			say(prose, prose->answer.line[i].text);
}

void odr_prose_heard(struct odr_prose *prose)
{
	prose->asked = false;
	prose->answer.lines = 0;
	prose->last.notice[0] = 0;
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
	if (i == 0) /* a word is not meant as its first letter */
		return len == 1 ? line[0] : ODR_KEY_BURST;
	return ODR_KEY_NONE;
}
