#include "tui/app_moves.h"

#include "tui/key.h"
#include "tui/layout.h"

static void scroll(struct odr_app *app, const struct odr_page *page, bool down)
{
	enum { ROWS = 8 };
	static struct odr_screen drawn; /* too big for a small stack; nothing is kept in it */

	odr_layout(page, &drawn);
	if (down ? !drawn.below : !drawn.above)
		odr_app_note(app, down ? "There is no more text below."
				       : "There is no more text above.");
	else if (down)
		app->scroll = drawn.above + ROWS;
	else /* 0 is the end of the command line's page, else the beginning */
		app->scroll =
			drawn.above > ROWS ? drawn.above - ROWS : app->face == ODR_FACE_PROMPT;
}

bool odr_app_moves(struct odr_app *app, int key, const struct odr_page *page)
{
	bool has_choices = page->choices > 1 && !page->has_input;

	if (key == ODR_KEY_UP && has_choices)
		app->selected = (app->selected + page->choices - 1) % page->choices;
	else if ((key == ODR_KEY_DOWN || key == ODR_KEY_TAB) && has_choices)
		app->selected = (app->selected + 1) % page->choices;
	else if (key == ODR_KEY_PAGE_DOWN || (key == '+' && !page->has_input))
		scroll(app, page, true);
	else if (key == ODR_KEY_PAGE_UP || (key == '-' && !page->has_input))
		scroll(app, page, false);
	else
		return false;
	return true;
}
