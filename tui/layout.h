/*
 * layout.h - where each part of a page goes on a screen of 79x23 cells. All knowledge about that is
 * here, so that a page never holds a coordinate and the same picture goes to curses and to tests.
 *
 * The last column and the last row of an 80x24 terminal are never used: writing there scrolls some.
 * Choices, the panel's first row and the footer are always visible; a body that is too long scrolls.
 */
#ifndef ODR_LAYOUT_H
#define ODR_LAYOUT_H

#include "tui/page.h"

struct odr_screen {
	char row[ODR_PAGE_HEIGHT][ODR_PAGE_WIDTH + 1]; /* padded with blanks, NUL at the end */
	enum odr_role role[ODR_PAGE_HEIGHT];
	unsigned cursor_row, cursor_column; /* on the selected line or in the input */
	unsigned input_column;		    /* where the input begins, in the cursor's row */
	unsigned above, below;		    /* lines of the body that do not fit */
};

void odr_layout(const struct odr_page *page, struct odr_screen *screen);

#endif
