/*
 * main_typing.h - what the person types on its way into the app: keys of a screen, lines of prose.
 *
 * A key counts for the page that the person could see when it was pressed. So where a page asks for
 * consent, what comes in one burst (a paste, a stuck key, keys pressed while the page was slow) is
 * dropped as a whole. Of a script every line counts. Knows nothing of the app or the engine.
 */
#ifndef ODR_MAIN_TYPING_H
#define ODR_MAIN_TYPING_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Owned by the caller, zeroed at first but for `screen`. */
struct odr_typing {
	bool screen;	 /* keys come by curses; else lines by standard input */
	bool eof;	 /* nobody can type any more */
	char keys[4096]; /* lines: typed and not yet looked at */
	size_t n_keys;
};

/* Lines: take what is there, without waiting. */
void odr_typing_read(struct odr_typing *typing);
/* A screen's next key (key.h), or ODR_KEY_NONE: then eof may have become true. */
int odr_typing_key(struct odr_typing *typing);
/*
 * The next whole line, cut to cap. At the end of the input also one without its end. e: ODR_E_USAGE when
 * a control byte stands in it, with words for the person; then line is "", for half a line is another
 * one. Tab is a key, and the line end of DOS is none of the line.
 */
bool odr_typing_line(struct odr_typing *typing, char *line, size_t cap, struct odr_error *e);

/*
 * Has the person stopped typing? Waits some hundredths of a second for another key. When one comes it
 * and all behind it are dropped, until none comes or a second has passed, and the answer is false.
 * Where nobody types, always true.
 */
bool odr_typing_rests(struct odr_typing *typing);

#endif
