/*
 * key.h - what a person can press, whatever keyboard, terminal or serial line it came from.
 *
 * A key is its character (32..126, always lower case for letters of a choice) or one of these. Letters
 * always work; the keys below only add, because a serial terminal may have none of them.
 */
#ifndef ODR_KEY_H
#define ODR_KEY_H

enum odr_key {
	ODR_KEY_NONE = 0,
	ODR_KEY_CTRL_C = 3, /* answered with words, never a death in the middle of a write */
	ODR_KEY_BACKSPACE = 8,
	ODR_KEY_TAB = 9,
	ODR_KEY_ENTER = 10,
	ODR_KEY_REDRAW = 12, /* Ctrl-L */
	ODR_KEY_PRINT = 16,  /* Ctrl-P: the guide goes to a file */
	ODR_KEY_CLEAR = 21,  /* Ctrl-U: the input is emptied */
	ODR_KEY_ESC = 27,
	ODR_KEY_UP = 256,
	ODR_KEY_DOWN,
	ODR_KEY_LEFT,
	ODR_KEY_RIGHT,
	ODR_KEY_PAGE_UP,
	ODR_KEY_PAGE_DOWN,
	ODR_KEY_HELP, /* F1 */
	ODR_KEY_RESIZE,
	ODR_KEY_EOF,   /* nobody can type any more */
	ODR_KEY_BURST, /* several at once where a page asks for consent: none of them counts */
	ODR_KEY_OTHER, /* one that no page knows: F2, Home ... */
};

#endif
