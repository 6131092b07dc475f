/*
 * vt.h - a small VT100/linux terminal: bytes in, rows of text out. ptyrun's eye, and beside tmux the
 * second witness of what stands on a page.
 *
 * Source: ECMA-48 and the terminfo entries vt100, vt220, linux, xterm, screen of ncurses-base. Colours
 * and attributes are dropped on purpose: a test asks what a reader without colour can read. Line drawing
 * becomes - | +; any character that is not ASCII becomes ?. What is not understood is counted, never shown.
 */
#ifndef TESTS_TUI_VT_H
#define TESTS_TUI_VT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { VT_ROWS = 100, VT_COLS = 250, VT_PARAMS = 16 };

struct vt {
	unsigned rows, cols;
	unsigned row, col, saved_row, saved_col;
	unsigned top, bottom; /* scrolling region, both inside */
	bool wrap; /* the last column is written, the next character goes to the next row */
	bool insert, app_cursor, alternate;
	bool drawing[2], shift; /* G0, G1 are line drawing; G1 is in use */
	char cell[VT_ROWS][VT_COLS];

	/* of everything written since they were last set to 0, 1-based: the widest, the lowest */
	unsigned max_col, max_row;
	unsigned unknown; /* sequences that are not understood */

	enum { VT_GROUND, VT_ESC, VT_CSI, VT_STRING, VT_CHARSET, VT_IGNORE_ONE } state;
	char private, charset;
	unsigned param[VT_PARAMS], params;
	unsigned utf8; /* continuation bytes that still come */
	char last;     /* for REP */
};

static inline unsigned vt_least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static inline void vt_blank(struct vt *t, unsigned row, unsigned from, unsigned to)
{
	memset(t->cell[row] + from, ' ', to - from);
}

static inline void vt_clear(struct vt *t)
{
	for (unsigned r = 0; r < VT_ROWS; r++)
		vt_blank(t, r, 0, VT_COLS);
}

/* 0 is what a serial line says of its size: it means 24x80. Returns false when it is too big. */
static inline bool vt_resize(struct vt *t, unsigned rows, unsigned cols)
{
	rows = rows ? rows : 24;
	cols = cols ? cols : 80;
	if (rows > VT_ROWS || cols > VT_COLS)
		return false;
	for (unsigned r = 0; r < VT_ROWS; r++)
		vt_blank(t, r, r < rows ? cols : 0, VT_COLS);
	t->rows = rows;
	t->cols = cols;
	t->row = vt_least(t->row, rows - 1);
	t->col = vt_least(t->col, cols - 1);
	t->top = 0;
	t->bottom = rows - 1;
	return true;
}

static inline bool vt_start(struct vt *t, unsigned rows, unsigned cols)
{
	memset(t, 0, sizeof *t);
	vt_clear(t);
	return vt_resize(t, rows, cols);
}

/* Rows from..to move up by n, blank rows come in below; negative n moves them down. */
static inline void vt_scroll(struct vt *t, unsigned from, unsigned to, int n)
{
	unsigned height = to - from + 1, by = vt_least(n < 0 ? (unsigned)-n : (unsigned)n, height);
	unsigned kept = height - by;

	memmove(t->cell[n < 0 ? from + by : from], t->cell[n < 0 ? from : from + by],
		kept * sizeof t->cell[0]);
	for (unsigned i = 0; i < by; i++)
		vt_blank(t, n < 0 ? from + i : to - i, 0, VT_COLS);
}

static inline void vt_down(struct vt *t)
{
	if (t->row == t->bottom)
		vt_scroll(t, t->top, t->bottom, 1);
	else if (t->row + 1 < t->rows)
		t->row++;
}

/* The cells of the row from the cursor on move right by n; negative n: left. */
static inline void vt_shift(struct vt *t, int n)
{
	char *at = t->cell[t->row] + t->col;
	unsigned room = t->cols - t->col;
	unsigned by = vt_least(n < 0 ? (unsigned)-n : (unsigned)n, room);

	memmove(n < 0 ? at : at + by, n < 0 ? at + by : at, room - by);
	memset(n < 0 ? at + room - by : at, ' ', by);
}

static inline void vt_print(struct vt *t, char c)
{
	if (t->drawing[t->shift] && c >= '`' && c <= '~')
		c = c == 'q' ? '-' : c == 'x' ? '|' : c >= 'j' && c <= 'w' ? '+' : '?';
	if (t->wrap) {
		t->wrap = false;
		t->col = 0;
		vt_down(t);
	}
	if (t->insert)
		vt_shift(t, 1);
	t->cell[t->row][t->col] = c;
	t->last = c;
	if (t->col + 1 > t->max_col)
		t->max_col = t->col + 1;
	if (t->row + 1 > t->max_row)
		t->max_row = t->row + 1;
	if (t->col + 1 < t->cols)
		t->col++;
	else
		t->wrap = true;
}

static inline void vt_erase(struct vt *t, unsigned how, bool whole_screen)
{
	unsigned r;

	vt_blank(t, t->row, how ? 0 : t->col, how == 1 ? t->col + 1 : t->cols);
	if (!whole_screen)
		return;
	for (r = how ? 0 : t->row + 1; r < (how == 1 ? t->row : t->rows); r++)
		vt_blank(t, r, 0, VT_COLS);
}

static inline void vt_mode(struct vt *t, bool on)
{
	for (unsigned i = 0; i < t->params; i++) {
		unsigned p = t->param[i];

		if (!t->private && p == 4) {
			t->insert = on;
		} else if (t->private == '?' && p == 1) {
			t->app_cursor = on;
		} else if (t->private == '?' && (p == 47 || p == 1047 || p == 1049)) {
			if (t->alternate != on)
				vt_clear(t); /* what was there before is not kept */
			t->alternate = on;
		}
	}
}

static inline void vt_move(struct vt *t, unsigned row, unsigned col)
{
	t->row = vt_least(row, t->rows - 1);
	t->col = vt_least(col, t->cols - 1);
}

static inline void vt_csi(struct vt *t, char final)
{
	unsigned p0 = t->params ? t->param[0] : 0, n = p0 ? p0 : 1;
	unsigned p1 = t->params > 1 && t->param[1] ? t->param[1] : 1, i;

	if (final != 'm') /* setting colours keeps a wrap that waits */
		t->wrap = false;
	if (t->private && final != 'h' && final != 'l') {
		t->unknown += final != 'c';
		return;
	}
	switch (final) {
	case 'A':
		vt_move(t, t->row - vt_least(n, t->row), t->col);
		break;
	case 'B':
	case 'e':
		vt_move(t, t->row + n, t->col);
		break;
	case 'C':
	case 'a':
		vt_move(t, t->row, t->col + n);
		break;
	case 'D':
		vt_move(t, t->row, t->col - vt_least(n, t->col));
		break;
	case 'G':
	case '`':
		vt_move(t, t->row, n - 1);
		break;
	case 'd':
		vt_move(t, n - 1, t->col);
		break;
	case 'H':
	case 'f':
		vt_move(t, n - 1, p1 - 1);
		break;
	case 'J':
	case 'K':
		vt_erase(t, p0, final == 'J');
		break;
	case 'L':
	case 'M':
		if (t->row >= t->top && t->row <= t->bottom)
			vt_scroll(t, t->row, t->bottom, final == 'L' ? -(int)n : (int)n);
		break;
	case '@':
		vt_shift(t, (int)n);
		break;
	case 'P':
		vt_shift(t, -(int)n);
		break;
	case 'X':
		vt_blank(t, t->row, t->col, vt_least(t->col + n, t->cols));
		break;
	case 'S':
	case 'T':
		vt_scroll(t, t->top, t->bottom, final == 'S' ? (int)n : -(int)n);
		break;
	case 'b':
		for (i = 0; i < n && i < VT_COLS; i++)
			vt_print(t, t->last);
		break;
	case 'r':
		t->top = vt_least(n, t->rows) - 1;
		t->bottom = t->params > 1 && t->param[1] ? vt_least(p1, t->rows) - 1 : t->rows - 1;
		if (t->top >= t->bottom) {
			t->top = 0;
			t->bottom = t->rows - 1;
		}
		vt_move(t, 0, 0);
		break;
	case 'h':
	case 'l':
		vt_mode(t, final == 'h');
		break;
	case 'm': /* colours and attributes */
	case 'g': /* tabulators */
	case 'c':
	case 'n': /* questions: never answered, nobody has to wait for an answer */
	case 't':
		break;
	default:
		t->unknown++;
	}
}

static inline void vt_escape(struct vt *t, char c)
{
	t->state = VT_GROUND;
	switch (c) {
	case '[':
		t->state = VT_CSI;
		t->params = 0;
		t->private = 0;
		break;
	case ']':
	case 'P':
	case '^':
	case '_':
		t->state = VT_STRING;
		break;
	case '(':
	case ')':
		t->state = VT_CHARSET;
		t->charset = c;
		break;
	case '#':
	case '*':
	case '+':
		t->state = VT_IGNORE_ONE;
		break;
	case '7':
		t->saved_row = t->row;
		t->saved_col = t->col;
		break;
	case '8':
		vt_move(t, t->saved_row, t->saved_col);
		t->wrap = false;
		break;
	case 'D':
		vt_down(t);
		break;
	case 'E':
		t->col = 0;
		vt_down(t);
		break;
	case 'M':
		if (t->row == t->top)
			vt_scroll(t, t->top, t->bottom, -1);
		else
			t->row -= t->row > 0;
		break;
	case 'c':
		vt_start(t, t->rows, t->cols);
		break;
	case '=': /* keypad */
	case '>':
	case 'H': /* set a tabulator: they stay every 8 columns */
	case '\\':
		break;
	default:
		t->unknown++;
	}
}

static inline void vt_control(struct vt *t, char c)
{
	switch (c) {
	case '\b':
		t->col -= t->col > 0;
		t->wrap = false;
		break;
	case '\t':
		vt_move(t, t->row, (t->col | 7) + 1);
		break;
	case '\n':
	case '\v':
	case '\f':
		vt_down(t);
		t->wrap = false;
		break;
	case '\r':
		t->col = 0;
		t->wrap = false;
		break;
	case 0x0e:
	case 0x0f:
		t->shift = c == 0x0e;
		break;
	default: /* NUL is padding, BEL a sound */
		break;
	}
}

static inline void vt_param(struct vt *t, char c)
{
	if (c >= '<' && c <= '?') {
		t->private = c;
		return;
	}
	if (!t->params)
		t->param[t->params++] = 0;
	if (c == ';' || c == ':') {
		if (t->params < VT_PARAMS)
			t->param[t->params++] = 0;
	} else if (c >= '0' && c <= '9' && t->param[t->params - 1] < 10000) {
		t->param[t->params - 1] = 10 * t->param[t->params - 1] + (unsigned)(c - '0');
	}
}

/* One byte. Returns the character when one was printed, else 0. */
static inline char vt_put(struct vt *t, uint8_t byte)
{
	char c = (char)byte;

	if (t->state == VT_STRING) { /* ends with BEL or ESC \ */
		if (c == '\a' || c == 0x1b)
			t->state = c == '\a' ? VT_GROUND : VT_ESC;
		return 0;
	}
	if (c == 0x1b) {
		t->state = VT_ESC;
		return 0;
	}
	if (byte < 0x20 || byte == 0x7f) { /* also in the middle of a sequence */
		vt_control(t, c);
		return 0;
	}
	switch (t->state) {
	case VT_ESC:
		vt_escape(t, c);
		return 0;
	case VT_CSI:
		if (byte < 0x40) {
			vt_param(t, c);
		} else {
			t->state = VT_GROUND;
			vt_csi(t, c);
		}
		return 0;
	case VT_CHARSET:
		t->drawing[t->charset == ')'] = c == '0';
		t->state = VT_GROUND;
		return 0;
	case VT_IGNORE_ONE:
		t->state = VT_GROUND;
		return 0;
	default:
		break;
	}
	if (t->utf8 && byte >= 0x80 && byte < 0xc0) {
		t->utf8--;
		return 0;
	}
	t->utf8 = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
	vt_print(t, byte < 0x80 ? c : '?');
	return byte < 0x80 ? c : '?';
}

/* A row without the blanks at its end, as a string; the buffer holds VT_COLS + 1 bytes. */
static inline const char *vt_row(const struct vt *t, unsigned row, char *out)
{
	unsigned len = t->cols;

	memcpy(out, t->cell[row], len);
	while (len && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return out;
}

#endif
