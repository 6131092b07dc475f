/* Which page is shown: the guide's, or what lies over it. */
#include "tui/app.h"

#include "tui/builtin.h"

static void foot(const struct odr_app *app, struct odr_page *page)
{
	bool hands = odr_app_is_practice(app) && app->face == ODR_FACE_GUIDE;

	if (page->offered)
		odr_cut(page->footer, sizeof page->footer,
			" Enter takes it, typing replaces it%s   Esc back%s   F1 help",
			hands ? "" : ", Backspace mends it", hands ? ", then h: hands" : "");
	else if (page->has_input)
		odr_cut(page->footer, sizeof page->footer,
			" Enter sends it   Esc back%s   Ctrl-U empties the line   F1 help",
			hands ? ", then h: hands" : "");
	else
		odr_cut(page->footer, sizeof page->footer,
			" %sEsc back   ? help   e command line   q leave",
			odr_app_is_practice(app) ? "h your hands   " : "");
	odr_cut(page->notice, sizeof page->notice, "%s", app->notice);
}

void odr_app_page(const struct odr_app *app, struct odr_page *page)
{
	if (app->face == ODR_FACE_HELP)
		odr_page_help(app, page);
	else if (app->face == ODR_FACE_QUIT)
		odr_page_quit(app, page);
	else if (odr_app_is_dark(app))
		odr_page_dark(app, page);
	else if (app->face == ODR_FACE_HANDS)
		odr_page_hands(app, page);
	else if (app->face == ODR_FACE_RESUME)
		odr_page_resume(app, page);
	else if (app->face == ODR_FACE_PROMPT) {
		odr_page_start(page, "prompt", "Command line");
		odr_prompt_show(&app->prompt, page);
	} else if (app->guide.trouble.code)
		odr_page_trouble(app, page);
	else
		odr_case_page(&app->guide, &app->seen.facts, &app->says, app->now_ms, page);
	page->selected = app->selected < page->choices ? app->selected : 0;
	page->scroll = app->face == ODR_FACE_PROMPT && !app->scroll ? ODR_PAGE_LINES : app->scroll;
	page->works = odr_app_is_busy(app);
	foot(app, page);
	if (!odr_app_is_dark(app)) /* a program that does not run sees nothing */
		odr_rows_show(&app->seen.rows, page);
}
