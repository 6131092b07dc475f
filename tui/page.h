/*
 * page.h - one page as data: what the person shall see, and which keys do something.
 *
 * Made by the app, drawn by a renderer (a screen of 79x23 cells, or lines of prose). It holds no
 * escape sequences, no colours, no positions: a meaning that cannot be read in the text itself does
 * not exist. Every text is printable ASCII, at most ODR_PAGE_WIDTH characters.
 */
#ifndef ODR_PAGE_H
#define ODR_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#define ODR_PAGE_WIDTH 79  /* usable cells of a row (design.md section 7) */
#define ODR_PAGE_HEIGHT 23 /* usable rows */
#define ODR_PAGE_LINES 72
#define ODR_PAGE_CHOICES 20
#define ODR_PAGE_INPUT 200

enum odr_role {
	ODR_ROLE_TEXT,
	ODR_ROLE_HEAD,	  /* the heading of the page */
	ODR_ROLE_WARN,	  /* something that can do harm */
	ODR_ROLE_GOOD,	  /* it went well */
	ODR_ROLE_PICTURE, /* must not be wrapped or left out */
	ODR_ROLE_BAR,	  /* progress: replaces itself, worth a line of prose only now and then */
};

struct odr_page_line {
	char text[ODR_PAGE_WIDTH + 1];
	enum odr_role role;
};

struct odr_page_choice {
	char key; /* the letter; '\n' for Enter */
	char text[ODR_PAGE_WIDTH - 5];
};

struct odr_page {
	char id[40];	/* "mtkdead:plug": for the saved place, tests, and to know a new page */
	char title[48]; /* of what this page is a part */
	char where[32]; /* how far: "step 3" */

	struct odr_page_line line[ODR_PAGE_LINES];
	unsigned lines;
	struct odr_page_choice choice[ODR_PAGE_CHOICES];
	unsigned choices, selected;

	bool has_input;
	char prompt[40], input[ODR_PAGE_INPUT];
	bool offered;  /* nobody has typed the input: it is selected, what is typed replaces it */
	bool consents; /* what is pressed here agrees to something: no key of a burst may do that */
	bool works;    /* a command is in work: nothing is asked for now */
	unsigned percent; /* of the job that a BAR line shows; 0 where there is none */

	/* What the program sees on the channels; row 0 is the most important. */
	struct odr_page_line panel[4];
	unsigned panel_rows;
	unsigned places; /* rows that say something: those that do not fit are told as a number */

	char footer[ODR_PAGE_WIDTH + 1]; /* keys that work on many pages */
	char notice[ODR_PAGE_WIDTH + 1]; /* an answer to the last key; instead of the footer */
	unsigned scroll;		 /* lines of the body above the screen's first */
};

void odr_page_start(struct odr_page *page, const char *id, const char *title);
/* One line; control bytes are replaced, what is too long is wrapped at blanks, after `indent` blanks. */
void odr_page_add(struct odr_page *page, enum odr_role role, unsigned indent, const char *text);
/* A blank line, unless there is one already or the page is empty. */
void odr_page_gap(struct odr_page *page);
void odr_page_choice(struct odr_page *page, char key, const char *text);
/* The choice with this key, or NULL. */
const struct odr_page_choice *odr_page_find(const struct odr_page *page, int key);

#endif
