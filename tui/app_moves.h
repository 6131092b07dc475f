/*
 * app_moves.h - keys that only move the mark or the text of a page. They never choose anything.
 */
#ifndef ODR_APP_MOVES_H
#define ODR_APP_MOVES_H

#include "tui/app.h"

/* false: the key is none of these on this page. A text that cannot move any further says so. */
bool odr_app_moves(struct odr_app *app, int key, const struct odr_page *page);

#endif
