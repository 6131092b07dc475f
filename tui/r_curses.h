/*
 * r_curses.h - pages on a text screen, by curses: the only file that knows it.
 *
 * It draws what odr_layout says and reads keys; curses itself sends only the cells that changed. The
 * terminal's cursor always stands on the selected line or in the input, for people who hear or feel
 * the screen; nothing is told by colour alone. It never talks to the engine.
 */
#ifndef ODR_R_CURSES_H
#define ODR_R_CURSES_H

#include "tui/page.h"

#include <stddef.h>

/*
 * Take the terminal. mono: no colours even where there are some. why: what to do when false is
 * returned - no terminal, or one that cannot place its cursor; nothing has been changed then.
 */
bool odr_curses_open(bool mono, char *why, size_t cap);
/* Give it back as it was; may be called twice. */
void odr_curses_close(void);

/* Draw; only what differs from what the terminal shows is sent. */
void odr_curses_show(const struct odr_page *page);
/* Is the terminal large enough for a page? If not, show() says that instead, and how to leave. */
bool odr_curses_fits(void);
/* Draw every cell again: something else has written on the screen. */
void odr_curses_redraw(void);
/* The next key (key.h) if one waits, else ODR_KEY_NONE. Never waits itself. */
int odr_curses_key(void);

#endif
