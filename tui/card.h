/*
 * card.h - what belongs to this person's drive, on one sheet: position, label, file, the MTKFLASH line
 * and what to type in DOS. A default of the program is no knowledge: what nobody has proven or said
 * becomes a line to write on.
 */
#ifndef ODR_CARD_H
#define ODR_CARD_H

#include "guides/facts.h"
#include "guides/lines.h"
#include "tui/sheet.h"

#define ODR_BLANK "______________" /* to write on */

/* What the person and the program know, for card and pages. */
struct odr_card {
	struct odr_facts facts;	  /* made fit for paper by odr_card_make */
	const char *proof;	  /* how the position is known; NULL: it is not */
	char guess[ODR_DOS_NAME]; /* how DOS may shorten the file's name; "" : it need not */
};

/* The line for MTKFLASH that fits these facts; false: not enough is known. */
typedef bool odr_card_line(const void *ctx, const struct odr_facts *facts, char *out, size_t cap);

/*
 * odr_card_make - facts: of seen.h, whose position is a guess as long as nothing proves it: such a
 * guess is taken out, and with it the line. looked: the program has looked at the channels.
 */
void odr_card_make(struct odr_card *card, const struct odr_facts *facts, bool looked,
		   odr_card_line *line, const void *ctx);

/* title: of the guide that follows on this many pages. */
void odr_card_print(const struct odr_card *card, struct odr_sheet *sheet, const char *version,
		    const char *title, unsigned pages);

#endif
