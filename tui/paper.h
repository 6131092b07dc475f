/*
 * paper.h - a guide for somebody who has no program beside them: a card with what belongs to this
 * drive, then the pages of route.h with their numbers. 72 columns of plain ASCII.
 *
 * It says nothing that the guide and the person's own facts do not say: what is not known becomes a
 * line to write on, never a guess.
 */
#ifndef ODR_PAPER_H
#define ODR_PAPER_H

#include "tui/card.h"
#include "tui/route.h"

/* Everything that paper.c needs to say where a way leads. */
struct odr_paper {
	struct odr_sheet sheet;
	struct odr_route route; /* found already, its facts those of the card */
	const struct odr_guide_host *host;
	const char *folder;   /* of the guides */
	struct odr_guide led; /* the last guide that a way led to and that is not on this paper */
	char leads[ODR_ROUTE_GUIDES][ODR_FILE_NAME + 1]; /* all of them */
	unsigned n_leads;
};

/* version: of the program. The paper's guides stay loaded; odr_paper_end frees them. */
void odr_paper_print(struct odr_paper *paper, const struct odr_card *card, const char *version);
void odr_paper_end(struct odr_paper *paper);

#endif
