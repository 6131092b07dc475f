/*
 * card.h - what belongs to this person's drive, on one sheet: position, label, file, the MTKFLASH line
 * and what to type in DOS. A default of the program is no knowledge: what nobody has proven or said
 * becomes a line to write on.
 */
#ifndef ODR_CARD_H
#define ODR_CARD_H

#include "guides/facts.h"
#include "tui/sheet.h"

#define ODR_BLANK "______________" /* to write on */
#define ODR_DOS_NAME_ROOM 13	   /* "RPC1V758.BIN" and the end mark */

/* What the person and the program know, for card and pages. */
struct odr_card {
	struct odr_facts facts; /* made fit for paper by odr_card_make */
	const char *proof;	/* how the position is known; NULL: it is not */
};

/*
 * odr_card_make - facts: of seen.h, whose position is a guess as long as nothing proves it: such a
 * guess is taken out. The DOS name is made of the file's name, and the MTKFLASH line is put together
 * from what is known when there is none. looked: the program has looked at the channels.
 */
void odr_card_make(struct odr_card *card, const struct odr_facts *facts, bool looked);

/* How DOS calls the file of this path. false: not an 8.3 name, DOS shows it by another one. */
bool odr_card_dos_name(const char *path, char out[ODR_DOS_NAME_ROOM]);

/* title: of the guide that follows on this many pages. */
void odr_card_print(const struct odr_card *card, struct odr_sheet *sheet, const char *version,
		    const char *title, unsigned pages);

#endif
