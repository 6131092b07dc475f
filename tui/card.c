/*
 * card.c - what belongs to this person's drive, fit for paper: what is only a default of the program
 * is taken out, what DOS needs is put in.
 */
#include "tui/card.h"

#include "tui/clause.h"

#include <string.h>

static bool is(const struct odr_facts *facts, enum odr_fact fact, const char *word)
{
	return !strcmp(odr_facts_get(facts, fact), word);
}

static bool is_one_of_two(const struct odr_facts *facts, enum odr_fact fact, const char *a,
			  const char *b)
{
	return is(facts, fact, a) || is(facts, fact, b);
}

/* The same order as in seen.c, which names the position; NULL where it only guesses. */
static const char *proof_of(const struct odr_facts *facts, bool looked)
{
	bool jumper = is_one_of_two(facts, ODR_FACT_jumper, "master", "slave");

	if (odr_facts_get(facts, ODR_FACT_target)[0] && !is(facts, ODR_FACT_target, "0"))
		return "proven by odrescue";
	if (jumper && is_one_of_two(facts, ODR_FACT_changed, "primary", "secondary"))
		return "the only channel that changed; the jumper as you said";
	/* A stuck drive shows at both positions: then the jumper alone tells them apart. */
	if (looked && is(facts, ODR_FACT_dead, "1") &&
	    (jumper || !is(facts, ODR_FACT_state, "busy")))
		return "the only one that looks dead; not proven yet";
	if (jumper && is_one_of_two(facts, ODR_FACT_channel, "primary", "secondary"))
		return "as you said; not proven yet";
	return NULL;
}

/* As DOS shows it. A name that DOS shortens is only guessed: too little to erase a chip for. */
static void put_dos_name(struct odr_card *card)
{
	struct odr_facts *own = &card->facts;
	bool known = odr_dos_name(odr_facts_get(own, ODR_FACT_file), card->guess);

	odr_facts_set(own, ODR_FACT_file83, known ? card->guess : "");
	if (known)
		card->guess[0] = 0;
}

void odr_card_make(struct odr_card *card, const struct odr_facts *facts, bool looked,
		   odr_card_line *line, const void *ctx)
{
	static const enum odr_fact of_a_moment[] = {ODR_FACT_reason, ODR_FACT_advice, ODR_FACT_seen,
						    ODR_FACT_typed};
	struct odr_facts *own = &card->facts;
	char text[ODR_FACT_TEXT];

	*own = *facts;
	card->proof = proof_of(facts, looked);
	for (size_t i = 0; i < sizeof of_a_moment / sizeof of_a_moment[0]; i++)
		odr_facts_set(own, of_a_moment[i], "");
	if (!card->proof) {
		odr_facts_set(own, ODR_FACT_position_name, "");
		odr_facts_set(own, ODR_FACT_digit, "");
	} else if (!odr_facts_get(own, ODR_FACT_jumper)[0]) {
		/* Who names a position has told the jumper with it. */
		odr_facts_set(own, ODR_FACT_jumper,
			      strstr(odr_facts_get(own, ODR_FACT_position_name), "slave")
				      ? "slave"
				      : "master");
	}
	put_dos_name(card);
	odr_facts_set(own, ODR_FACT_line,
		      card->proof && line(ctx, own, text, sizeof text) ? text : "");
}

/* ---- the card on paper ---- */

enum { CARD_INDENT = 21 };

static void put_known(struct odr_sheet *sheet, const char *name, const char *text)
{
	char lead[CARD_INDENT + 1];

	odr_cut(lead, sizeof lead, "   %s", name);
	odr_sheet_wrap(sheet, lead, CARD_INDENT, text[0] ? text : ODR_BLANK ODR_BLANK);
}

static const char *get(const struct odr_card *card, enum odr_fact fact)
{
	return odr_facts_get(&card->facts, fact);
}

static void put_drive(struct odr_sheet *sheet, const struct odr_card *card)
{
	const char *jumper = get(card, ODR_FACT_jumper);
	const char *file = get(card, ODR_FACT_file), *dos = get(card, ODR_FACT_file83);
	char text[120];

	put_known(sheet, "position", get(card, ODR_FACT_position_name));
	if (card->proof)
		put_known(sheet, "  known how", card->proof);
	put_known(sheet, "MTKFLASH digit", get(card, ODR_FACT_digit));
	put_known(sheet, "  the digits",
		  "1 primary master, 2 primary slave, 3 secondary master, "
		  "4 secondary slave");
	put_known(sheet, "jumper", strcmp(jumper, "unknown") ? jumper : "");
	put_known(sheet, "label", get(card, ODR_FACT_label_text));
	put_known(sheet, "firmware file", file);
	put_known(sheet, "DOS calls it", dos);
	if (file[0] && !dos[0]) {
		odr_cut(text, sizeof text,
			"the name is too long for DOS: dir /p shows it shortened%s%s",
			card->guess[0] ? ", perhaps as " : "", card->guess);
		put_known(sheet, "  look it up", text);
	}
	put_known(sheet, "the MTKFLASH line", get(card, ODR_FACT_line));
	if (!get(card, ODR_FACT_line)[0])
		put_known(sheet, "  it looks like",
			  "mtkflash 3 w /m /b RPC1V758.BIN, with YOUR digit "
			  "and YOUR file's name");
}

static void put_dos(struct odr_sheet *sheet, const struct odr_card *card)
{
	const char *line = get(card, ODR_FACT_line), *file = get(card, ODR_FACT_file83);
	char text[120];

	odr_sheet_gap(sheet);
	odr_sheet_wrap(sheet, "", 0,
		       "In DOS type these, each with Enter behind it. What DOS shows in front "
		       "(such as A:\\>) you do not type.");
	odr_sheet_gap(sheet);
	put_known(sheet,
		  "d:", "the disk with your files; it may be another letter, a: is a floppy");
	put_known(sheet, "dir /p",
		  "list it page by page: is your folder there? Else the next letter");
	put_known(sheet, "cd ___________", "open your folder, for example cd 1008");
	odr_cut(text, sizeof text, "MTKFLASH.EXE and %s must both be listed",
		file[0] ? file : ODR_BLANK);
	put_known(sheet, "dir /p", text);
	odr_cut(text, sizeof text, "   %s", line[0] ? line : ODR_BLANK ODR_BLANK ODR_BLANK);
	odr_sheet_line(sheet, text);
}

static void put_answers(struct odr_sheet *sheet, const struct odr_card *card)
{
	char room[96];
	bool any = false;

	odr_sheet_gap(sheet);
	odr_sheet_line(sheet, "What was answered so far:");
	for (unsigned f = 0; f < ODR_FACT_FIRST_TEXT; f++) {
		const char *clause = odr_clause((enum odr_fact)f, get(card, (enum odr_fact)f), room,
						sizeof room);

		if (!clause || odr_fact_by((enum odr_fact)f) != ODR_BY_PERSON)
			continue;
		odr_sheet_wrap(sheet, "   -", 5, clause);
		any = true;
	}
	if (!any)
		odr_sheet_line(sheet, "   nothing");
}

void odr_card_print(const struct odr_card *card, struct odr_sheet *sheet, const char *version,
		    const char *title, unsigned pages)
{
	char text[120];

	odr_sheet_rule(sheet, '=');
	odr_cut(text, sizeof text, "odrescue %s on paper: %s", version, title);
	odr_sheet_line(sheet, text);
	odr_sheet_rule(sheet, '=');
	odr_sheet_gap(sheet);
	odr_sheet_line(sheet, "THE CARD. It belongs to this drive in this PC, to no other.");
	odr_sheet_gap(sheet);
	put_drive(sheet, card);
	put_dos(sheet, card);
	put_answers(sheet, card);
	odr_sheet_gap(sheet);
	odr_sheet_line(sheet, "Write down what the screen says last, letter by letter:");
	for (unsigned i = 0; i < 3; i++) {
		odr_sheet_gap(sheet);
		odr_sheet_line(sheet, "   " ODR_BLANK ODR_BLANK ODR_BLANK ODR_BLANK);
	}
	odr_sheet_gap(sheet);
	odr_cut(text, sizeof text,
		"Begin on page 1. At the end of each page stands where to go on; tick "
		"what you took. There are %u pages.",
		pages);
	odr_sheet_wrap(sheet, "", 0, text);
}
