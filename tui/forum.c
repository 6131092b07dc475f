#include "tui/forum.h"

#include "flash/journal.h"
#include "tui/clause.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JOURNAL_LINES = 120 }; /* of the newest: three writes of 16 banks */

struct report {
	const struct odr_forum *forum;
	struct odr_sheet sheet;
	struct odr_redact redact;
	char line[ODR_EVENT_MAX];
	char raw[ODR_EVENT_MAX];
};

/* ---- rows ---- */

static void head(struct report *r, const char *text)
{
	odr_sheet_gap(&r->sheet);
	odr_sheet_line(&r->sheet, text);
}

/* A row of text that may hold what is private. */
static void row(struct report *r, const char *lead, unsigned indent, const char *text)
{
	odr_redact_text(&r->redact, text, r->line, sizeof r->line);
	odr_sheet_wrap(&r->sheet, lead, indent, r->line);
}

static void put_row(void *ctx, const char *line)
{
	struct odr_sheet *sheet = ctx;

	odr_sheet_line(sheet, line);
}

/* The record's events of these kinds, in words. false: there is none. */
static bool events(struct report *r, const char *const *kinds)
{
	const struct odr_record *record = r->forum->record;
	bool any = false;

	for (unsigned i = 0; i < record->lines; i++)
		for (unsigned k = 0; kinds[k]; k++) {
			if (!odr_event_is(record->line[i], kinds[k]))
				continue;
			odr_redact_line(&r->redact, record->line[i], r->line);
			odr_text_event(r->line, put_row, &r->sheet);
			any = true;
		}
	return any;
}

/* ---- the journal ---- */

static FILE *open_journal(const struct report *r)
{
	char path[ODR_PATH_MAX + 20];

	if (!r->forum->folder[0])
		return NULL;
	odr_cut(path, sizeof path, "%s/JOURNAL.TXT", r->forum->folder);
	return fopen(path, "r");
}

/* One line without its end into raw. false: no more. *torn: it has no end, a crash has cut it. */
static bool next_line(struct report *r, FILE *file, bool *torn)
{
	size_t len = 0;
	int c;

	while ((c = getc(file)) != EOF && c != '\n')
		if (len + 1 < sizeof r->raw)
			r->raw[len++] =
				(char)(c ? c : '.'); /* a crash can leave a tail of zeroes */
	r->raw[len] = 0;
	*torn = c == EOF;
	return len || c != EOF;
}

static void journal_line(struct report *r, bool torn)
{
	struct odr_story story = {.last = ODR_POINT_NONE}; /* only to ask for the line's sum */
	char text[80];

	if (!torn && odr_story_line(&story, r->raw)) {
		odr_redact_line(&r->redact, r->raw, r->line);
		odr_sheet_wrap(&r->sheet, "", 4, r->line);
		return;
	}
	/* What is damaged cannot be taken apart, so nothing private can be found in it. */
	if (r->forum->redact) {
		odr_cut(text, sizeof text, "  DAMAGED, hidden: %u characters",
			(unsigned)strlen(r->raw));
		odr_sheet_line(&r->sheet, text);
		return;
	}
	odr_sheet_wrap(&r->sheet, "  DAMAGED:", 4, r->raw);
}

static void put_journal(struct report *r)
{
	FILE *file = open_journal(r);
	unsigned lines = 0, at = 0;
	char text[80];
	bool torn;

	head(r, "JOURNAL: what was done to a drive, oldest first");
	if (!file) {
		odr_sheet_line(
			&r->sheet,
			r->forum->folder[0]
				? "  There is none: nothing was done to any drive."
				: "  Not looked for: its folder is not known (--state DIR).");
		return;
	}
	while (next_line(r, file, &torn))
		lines++;
	rewind(file);
	if (lines > JOURNAL_LINES) {
		odr_cut(text, sizeof text, "  (%u older lines are left out)",
			lines - JOURNAL_LINES);
		odr_sheet_line(&r->sheet, text);
	}
	for (; next_line(r, file, &torn); at++)
		if (at + JOURNAL_LINES >= lines)
			journal_line(r, torn);
	fclose(file);
}

/* The last outcome in the journal, for a session that has none of its own; and a write without one. */
static bool journal_outcome(struct report *r)
{
	struct odr_story story = {.last = ODR_POINT_NONE};
	bool half_written;
	FILE *file = open_journal(r);
	char result[24] = "", evidence[24] = "", text[100];
	bool torn;

	while (file && next_line(r, file, &torn)) {
		if (torn || !odr_story_line(&story, r->raw) || story.last != ODR_POINT_OUTCOME)
			continue;
		odr_event_get(r->raw, "result", result, sizeof result);
		odr_event_get(r->raw, "evidence", evidence, sizeof evidence);
	}
	if (file)
		fclose(file);
	odr_cut(text, sizeof text, "%s; evidence: %s (from the journal)", result, evidence);
	half_written = story.unfinished && story.no_return && story.last != ODR_POINT_OUTCOME;
	if (half_written)
		odr_sheet_wrap(&r->sheet, "", 2,
			       "A write was begun and has no outcome: take the chip for half "
			       "written (from the journal)");
	else if (result[0])
		odr_sheet_wrap(&r->sheet, "", 2, text);
	return half_written || result[0];
}

/* ---- sections ---- */

static void put_program(struct report *r)
{
	const struct odr_forum *f = r->forum;
	char text[120];

	odr_sheet_rule(&r->sheet, '=');
	odr_cut(text, sizeof text, "odrescue report%s",
		f->redact ? ", private things taken out" : "");
	odr_sheet_line(&r->sheet, text);
	odr_sheet_rule(&r->sheet, '=');
	head(r, "PROGRAM");
	odr_cut(text, sizeof text, "odrescue %s on %s, used as %s", f->version, f->system,
		f->used_as);
	odr_sheet_wrap(&r->sheet, "  program", 12, text);
	row(r, "  machine", 12, f->machine[0] ? f->machine : "none was named (--backend)");
	if (!f->redact && f->folder[0])
		row(r, "  folder", 12, f->folder);
}

static void put_channels(struct report *r)
{
	static const char *const names[] = {"primary master", "primary slave", "secondary master",
					    "secondary slave"};
	const struct odr_rows *rows = &r->forum->seen->rows;
	char lead[32], text[ODR_PAGE_WIDTH + 1];
	bool any = false;

	head(r, "CHANNELS: what odrescue sees");
	for (unsigned p = 1; p <= ODR_ROWS; p++)
		any = any || rows->row[p - 1].known;
	for (unsigned p = 1; any && p <= ODR_ROWS; p++) {
		odr_cut(lead, sizeof lead, "  %u %s", p, names[p - 1]);
		odr_row_text(rows, p, text, sizeof text);
		odr_sheet_wrap(&r->sheet, lead, 22, text);
	}
	for (unsigned p = ODR_ROWS + 1; p <= ODR_ROWS + ODR_ROWS_FURTHER; p++) {
		if (odr_row_is_nobody(&rows->row[p - 1]))
			continue;
		odr_cut(lead, sizeof lead, "  %u %s ", p, rows->row[p - 1].where);
		odr_row_text(rows, p, text, sizeof text);
		odr_sheet_wrap(&r->sheet, lead, 22, text);
	}
	if (!any)
		odr_sheet_line(&r->sheet, "  It has not looked yet.");
}

static void put_choices(struct report *r)
{
	static const char *const drive[] = {"target", "chip", NULL}, *const file[] = {"image",
										      NULL};
	const struct odr_facts *facts = &r->forum->seen->facts;

	head(r, "CHOSEN");
	if (!events(r, drive)) {
		odr_sheet_line(&r->sheet, "  drive     none in this session");
		if (odr_facts_get(facts, ODR_FACT_label_text)[0])
			row(r, "  label", 12, odr_facts_get(facts, ODR_FACT_label_text));
	}
	if (!events(r, file)) {
		odr_sheet_line(&r->sheet, "  file      none in this session");
		if (odr_facts_get(facts, ODR_FACT_file)[0])
			row(r, "  before", 12, odr_facts_get(facts, ODR_FACT_file));
	}
}

static void put_plan(struct report *r)
{
	static const char *const plan[] = {"plan", "step", "fact", "digest", NULL};

	head(r, "PLAN");
	if (!events(r, plan))
		odr_sheet_line(&r->sheet, "  None was made in this session.");
}

static void put_outcome(struct report *r)
{
	static const char *const outcome[] = {"outcome", "recovery", NULL};

	head(r, "LAST OUTCOME");
	if (!events(r, outcome) && !journal_outcome(r))
		odr_sheet_line(&r->sheet, "  Nothing was written yet.");
}

static void put_refusals(struct report *r)
{
	static const char *const refusals[] = {"refused", "failed", NULL};

	head(r, "LAST REFUSALS AND FAILURES, oldest first");
	if (!events(r, refusals))
		odr_sheet_line(&r->sheet, "  None in this session.");
}

static void put_answers(struct report *r)
{
	const struct odr_facts *facts = &r->forum->seen->facts;
	char room[96];
	bool any = false;

	head(r, "ANSWERS in the guide");
	if (r->forum->here[0])
		row(r, "  at", 6, r->forum->here);
	for (unsigned f = 0; f < ODR_FACT_FIRST_TEXT; f++) {
		enum odr_fact fact = (enum odr_fact)f;
		const char *clause =
			odr_clause(fact, odr_facts_get(facts, fact), room, sizeof room);

		if (!clause || odr_fact_by(fact) != ODR_BY_PERSON)
			continue;
		odr_sheet_wrap(&r->sheet, "  -", 4, clause);
		any = true;
	}
	if (!any)
		odr_sheet_line(&r->sheet, "  None yet.");
}

static void put_wanted(struct report *r)
{
	head(r, "PLEASE ADD, when you post this");
	odr_sheet_line(&r->sheet, "  - a photograph of the label on the drive");
	odr_sheet_line(&r->sheet, "  - what was on the screen last, letter by letter");
	odr_sheet_line(&r->sheet, "  - which PC or board it is, and what else hangs on the ribbon");
	odr_sheet_rule(&r->sheet, '=');
}

/* ---- what is private ---- */

static void learn(struct report *r)
{
	/* Where the systems keep the name of who sits here. */
	static const char *const users[] = {"USER", "LOGNAME", "USERNAME"};
	static const char *const homes[] = {"HOME", "USERPROFILE"};
	const struct odr_forum *f = r->forum;
	FILE *file = open_journal(r);
	bool torn;

	for (size_t i = 0; i < sizeof users / sizeof users[0]; i++)
		if (getenv(users[i]))
			odr_redact_learn_user(&r->redact, getenv(users[i]));
	for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++)
		if (getenv(homes[i]))
			odr_redact_learn_path(&r->redact, getenv(homes[i]));
	odr_redact_learn_path(&r->redact, f->folder);
	odr_redact_learn_path(&r->redact, odr_facts_get(&f->seen->facts, ODR_FACT_file));
	odr_redact_learn_label(&r->redact, odr_facts_get(&f->seen->facts, ODR_FACT_label_text));
	for (unsigned i = 0; i < f->record->lines; i++)
		odr_redact_learn(&r->redact, f->record->line[i]);
	while (file && next_line(r, file, &torn))
		odr_redact_learn(&r->redact, r->raw);
	if (file)
		fclose(file);
}

void odr_forum_write(const struct odr_forum *forum, odr_put *put, void *ctx)
{
	static struct report r;

	memset(&r, 0, sizeof r);
	r.forum = forum;
	r.sheet = (struct odr_sheet){.put = put, .ctx = ctx, .width = ODR_TEXT_WIDTH};
	odr_redact_start(&r.redact, forum->redact);
	learn(&r);
	put_program(&r);
	put_channels(&r);
	put_choices(&r);
	put_plan(&r);
	put_outcome(&r);
	put_refusals(&r);
	put_answers(&r);
	put_journal(&r);
	put_wanted(&r);
}
