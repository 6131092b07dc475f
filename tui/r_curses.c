#include "tui/r_curses.h"

#include "tui/key.h"
#include "tui/layout.h"
#include "tui/text.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

/* A serial terminal of 9600 baud needs this long to send the rest of an arrow key (linux.md E). */
#define ESC_WAIT_MS 200

static SCREEN *screen;
static bool colours;

bool odr_curses_open(bool mono, char *why, size_t cap)
{
	const char *term = getenv("TERM");

	if (!term || !*term) {
		odr_cut(why, cap, "TERM is not set");
		return false;
	}
	screen = newterm(NULL, stdout, stdin);
	if (!screen) {
		odr_cut(why, cap, "the terminal \"%s\" is not known here", term);
		return false;
	}
	/* Without absolute cursor moves a page cannot be drawn (TERM=dumb). */
	if (!tigetstr("cup") || tigetstr("cup") == (char *)-1) {
		odr_curses_close();
		odr_cut(why, cap, "the terminal \"%s\" cannot place its cursor", term);
		return false;
	}
	raw(); /* Ctrl-C is a key: it is answered with words */
	noecho();
	nonl(); /* so that Enter is told from Ctrl-J on no terminal, and moves are cheaper */
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(ESC_WAIT_MS);
	if (LINES <= 0 || COLS <= 0) /* a serial line says 0x0 */
		resizeterm(24, 80);
	colours = !mono && has_colors() && start_color() == OK;
	if (colours) {
		use_default_colors();
		init_pair(ODR_ROLE_WARN, COLOR_YELLOW, -1);
		init_pair(ODR_ROLE_GOOD, COLOR_GREEN, -1);
	}
	return true;
}

void odr_curses_close(void)
{
	if (!screen)
		return;
	endwin();
	delscreen(screen);
	screen = NULL;
}

static chtype look_of(enum odr_role role)
{
	switch (role) {
	case ODR_ROLE_HEAD:
		return A_BOLD;
	case ODR_ROLE_WARN:
	case ODR_ROLE_GOOD:
		return A_BOLD | (colours ? (chtype)COLOR_PAIR(role) : 0);
	case ODR_ROLE_TEXT:
	case ODR_ROLE_PICTURE:
	case ODR_ROLE_BAR:
		break;
	}
	return A_NORMAL;
}

/* Trailing blanks cost nothing this way: the terminal clears to the end of its line. */
static void draw_row(int row, enum odr_role role, const char *text)
{
	size_t len = ODR_PAGE_WIDTH;

	while (len && text[len - 1] == ' ')
		len--;
	move(row, 0);
	attrset((int)look_of(role));
	addnstr(text, (int)len);
	attrset(A_NORMAL);
	clrtoeol();
}

bool odr_curses_fits(void)
{
	return COLS >= ODR_PAGE_WIDTH && LINES >= ODR_PAGE_HEIGHT;
}

static void put_row(void *ctx, const char *line)
{
	int *row = ctx;

	if (*row < LINES)
		mvaddnstr((*row)++, 0, line, COLS - 1);
}

/* A page's `quit` is the only one that can be answered here (odr_app_key_unseen). */
static void say_too_small(const struct odr_page *page)
{
	unsigned width = COLS > 2 ? (unsigned)COLS - 1 : 1;
	char text[ODR_PAGE_WIDTH + 1];
	int row = 0;

	if (width > ODR_PAGE_WIDTH)
		width = ODR_PAGE_WIDTH;
	erase();
	odr_cut(text, sizeof text, "odrescue needs %d x %d, this is %d x %d.", ODR_PAGE_WIDTH,
		ODR_PAGE_HEIGHT, COLS, LINES);
	odr_text_fold(width, "", 0, text, put_row, &row);
	odr_text_fold(width, "", 0, "Make the window larger.", put_row, &row);
	if (page->notice[0])
		odr_text_fold(width, "", 0, page->notice + 1, put_row, &row);
	else if (strcmp(page->id, "quit"))
		odr_text_fold(width, "", 0, "Nothing is lost, a job goes on. q: leave", put_row,
			      &row);
	else
		odr_text_fold(width, "", 0, "Leave? y: yes, b: no", put_row, &row);
	refresh();
}

void odr_curses_show(const struct odr_page *page)
{
	struct odr_screen drawn;

	if (!odr_curses_fits()) {
		say_too_small(page);
		return;
	}
	odr_layout(page, &drawn);
	for (int row = 0; row < ODR_PAGE_HEIGHT; row++)
		draw_row(row, drawn.role[row], drawn.row[row]);
	clrtobot();
	if (page->offered)
		mvchgat((int)drawn.cursor_row, (int)drawn.input_column,
			(int)(drawn.cursor_column - drawn.input_column), A_REVERSE, 0, NULL);
	move((int)drawn.cursor_row, (int)drawn.cursor_column);
	refresh();
}

void odr_curses_redraw(void)
{
	clearok(stdscr, TRUE);
}

int odr_curses_key(void)
{
	int key = getch();

	switch (key) {
	case ERR:
		return ODR_KEY_NONE;
	case KEY_UP:
		return ODR_KEY_UP;
	case KEY_DOWN:
		return ODR_KEY_DOWN;
	case KEY_LEFT:
		return ODR_KEY_LEFT;
	case KEY_RIGHT:
		return ODR_KEY_RIGHT;
	case KEY_PPAGE:
		return ODR_KEY_PAGE_UP;
	case KEY_NPAGE:
		return ODR_KEY_PAGE_DOWN;
	case KEY_F(1):
		return ODR_KEY_HELP;
	case KEY_RESIZE:
		return ODR_KEY_RESIZE;
	case KEY_ENTER:
	case '\r':
		return ODR_KEY_ENTER;
	case KEY_BACKSPACE:
	case 127:
		return ODR_KEY_BACKSPACE;
	default:
		return key < 256 ? key : ODR_KEY_OTHER;
	}
}
