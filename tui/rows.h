/*
 * rows.h - the channels panel: what the program sees at the four positions, and of drives that hang on
 * neither cable where there are any, kept from `place`, `moving` and `change` events. Only what the worker said is shown here; nothing is asked for.
 */
#ifndef ODR_ROWS_H
#define ODR_ROWS_H

#include "tui/page.h"

#define ODR_ROWS 4
#define ODR_ROWS_FURTHER 8 /* drives that hang on neither cable: positions 5 to 12 */
#define ODR_ROW_UNKNOWN "not looked at yet" /* what a row says before the first look */
#define ODR_ROW_FRESH "   <- just changed"  /* behind a row's words */

struct odr_row {
	bool known; /* a place event has come */
	bool mirrored, settled;
	bool fresh;	/* changed since the person last turned a page */
	char state[32]; /* the engine's words: "stuck busy" */
	char name[48], revision[8];
	char where[24]; /* of a further drive: "USB 1-4" */
};

struct odr_rows {
	struct odr_row row[ODR_ROWS + ODR_ROWS_FURTHER]; /* by position - 1 */
	unsigned target; /* it is shown first, then its cable; 0: none */
	int moving;	 /* channel on which something moves right now; -1 none */
};

void odr_rows_start(struct odr_rows *rows);
/* Takes `place`, `moving` and `chip`; other events are not for it. */
void odr_rows_event(struct odr_rows *rows, const char *event);
/* The person has turned a page: nothing is "just now" any more. */
void odr_rows_settle(struct odr_rows *rows);
/* Fills the page's panel: the four positions; empty ones make room for further drives. */
void odr_rows_show(const struct odr_rows *rows, struct odr_page *page);
/* The row in words, without its position: "BUSY, does not answer". */
void odr_row_text(const struct odr_rows *rows, unsigned position, char *out, size_t cap);

/* A row in at most `room` cells: its words give way, never the mark behind them. */
void odr_row_cut(char *out, size_t room, const char *row);

bool odr_row_is(const struct odr_row *row, const char *state);
/* Nobody there: empty, absent beside its partner, no port. */
bool odr_row_is_nobody(const struct odr_row *row);
/* Something that does not say its name and is no disk: it could be the dead drive. */
bool odr_row_is_dead(const struct odr_row *row);

#endif
