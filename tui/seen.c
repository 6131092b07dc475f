#include "tui/seen.h"

#include "flash/event.h"
#include "guides/lines.h"

#include <stdio.h>
#include <string.h>

/* The engine's words for a state (platform.h) and the guides' (facts.h). */
static const struct {
	const char *state, *word;
} states[] = {
	{"empty", "empty"},
	{"absent", "absent"},
	{"silent", "silent"},
	{"stuck busy", "busy"},
	{"alive", "alive"},
	{"boot code only", "boot"},
	{"no name", "noname"},
	{"strange signature", "odd"},
	{"aborts everything", "aborting"},
	{"stuck data request", "drq"},
	{"vendor mode", "vendor"},
	{"vendor mode locked", "locked"},
	{"hard disk", "disk"},
	{"no port", "noport"},
};

static void set(struct odr_seen *seen, enum odr_fact fact, const char *word)
{
	odr_facts_set(&seen->facts, fact, word);
}

static const char *get(const struct odr_seen *seen, enum odr_fact fact)
{
	return odr_facts_get(&seen->facts, fact);
}

static bool is(const struct odr_seen *seen, enum odr_fact fact, const char *word)
{
	return !strcmp(get(seen, fact), word);
}

void odr_seen_start(struct odr_seen *seen)
{
	odr_facts_clear(&seen->facts);
	odr_rows_start(&seen->rows);
	seen->changed = 0;
	set(seen, ODR_FACT_baseline, "no");
	set(seen, ODR_FACT_changed, "unknown");
	set(seen, ODR_FACT_kind, "none");
	set(seen, ODR_FACT_target, "0");
	set(seen, ODR_FACT_state, "unknown");
	set(seen, ODR_FACT_partner, "none");
	set(seen, ODR_FACT_image, "none");
	set(seen, ODR_FACT_label, "none");
	set(seen, ODR_FACT_chip, "none");
	set(seen, ODR_FACT_plan, "none");
	set(seen, ODR_FACT_outcome, "none");
	set(seen, ODR_FACT_code, "none");
	set(seen, ODR_FACT_journal, "none");
	set(seen, ODR_FACT_tries, "0");
	set(seen, ODR_FACT_named, "no");
}

/* ---- which position the person means ---- */

static unsigned only_dead(const struct odr_rows *rows)
{
	unsigned found = 0;

	for (unsigned p = 1; p <= ODR_ROWS; p++) {
		const struct odr_row *row = &rows->row[p - 1];

		/* A stuck drive that shows twice is one drive. */
		if (!odr_row_is_dead(row) || (row->mirrored && p % 2 == 0))
			continue;
		if (found)
			return 0;
		found = p;
	}
	return found;
}

/* The target; without one what changed, what looks dead, or what the person said of cable and jumper. */
static unsigned position_of(const struct odr_seen *seen)
{
	unsigned position = (unsigned)(get(seen, ODR_FACT_target)[0] - '0');
	bool slave = is(seen, ODR_FACT_jumper, "slave");

	if (!position)
		position = seen->changed ? seen->changed : only_dead(&seen->rows);
	if (!position)
		return (is(seen, ODR_FACT_channel, "primary") ? 1u : 3u) + (slave ? 1 : 0);
	/* A stuck drive answers for both: the jumper alone tells which it is (design.md section 2), also
	 * when the person has looked again after it was named. */
	if (seen->rows.row[position - 1].mirrored)
		position = ((position - 1) & 2) + (slave ? 2 : 1);
	return position;
}

static const char *state_word(const struct odr_row *row)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (odr_row_is(row, states[i].state))
			return states[i].word;
	return "unknown";
}

void odr_seen_answered(struct odr_seen *seen)
{
	static const char *const names[] = {"primary master", "primary slave", "secondary master",
					    "secondary slave"};
	unsigned position = position_of(seen), dead = 0, living = 0;
	const struct odr_row *row = &seen->rows.row[position - 1];
	const struct odr_row *partner = &seen->rows.row[(position - 1) ^ 1];
	char text[ODR_PAGE_WIDTH + 1];

	for (unsigned p = 1; p <= ODR_ROWS; p++) {
		const struct odr_row *at = &seen->rows.row[p - 1];

		dead += odr_row_is_dead(at) && !(at->mirrored && p % 2 == 0);
		living += odr_row_is(at, "alive");
	}
	odr_facts_set_number(&seen->facts, ODR_FACT_dead, dead);
	odr_facts_set_number(&seen->facts, ODR_FACT_living, living);
	set(seen, ODR_FACT_state, state_word(row));
	set(seen, ODR_FACT_named, odr_row_is(row, "alive") ? "yes" : "no");
	set(seen, ODR_FACT_partner,
	    odr_row_is(partner, "hard disk")		      ? "disk"
	    : odr_row_is_nobody(partner) || partner->mirrored ? "none"
							      : "drive");
	set(seen, ODR_FACT_position_name, names[position - 1]);
	odr_facts_set_number(&seen->facts, ODR_FACT_digit, position);
	odr_row_text(&seen->rows, position, text, sizeof text);
	set(seen, ODR_FACT_seen, text);
	/* The row that matters is shown first, proven or not; without any, as they are counted. */
	seen->rows.target = odr_row_is_dead(row) || !is(seen, ODR_FACT_target, "0") || seen->changed
				    ? position
				    : 0;
}

/* ---- events ---- */

/* The value of a key becomes a fact, where the event has it. */
static void copy(struct odr_seen *seen, enum odr_fact fact, const char *event, const char *key)
{
	char text[ODR_FACT_TEXT];

	if (odr_event_get(event, key, text, sizeof text) && text[0])
		set(seen, fact, text);
}

static void take_change(struct odr_seen *seen, const char *event)
{
	bool primary = odr_event_get_number(event, "primary") != 0;
	bool secondary = odr_event_get_number(event, "secondary") != 0;

	seen->changed =
		primary && secondary ? 0 : (unsigned)odr_event_get_number(event, "position");
	if (seen->changed > ODR_ROWS)
		seen->changed = 0; /* on neither cable: no guide is about it */
	set(seen, ODR_FACT_changed,
	    primary && secondary ? "both"
	    : primary		 ? "primary"
	    : secondary		 ? "secondary"
				 : "none");
	copy(seen, ODR_FACT_kind, event, "kind");
}

static void take_image(struct odr_seen *seen, const char *event)
{
	char path[ODR_FACT_TEXT];

	odr_event_get_exact(event, "file", path, sizeof path);
	set(seen, ODR_FACT_image, "ok");
	set(seen, ODR_FACT_file, path);
	set(seen, ODR_FACT_file83, odr_base_name(path));
	copy(seen, ODR_FACT_revision, event, "revision");
}

static void take_target(struct odr_seen *seen, const char *event)
{
	char label[ODR_FACT_WORD * 2];

	unsigned position = (unsigned)odr_event_get_number(event, "position");

	odr_facts_set_number(&seen->facts, ODR_FACT_target, position);
	/* Who types a position has said with it how the jumper is. */
	if (is(seen, ODR_FACT_jumper, position % 2 ? "slave" : "master"))
		set(seen, ODR_FACT_jumper, position % 2 ? "master" : "slave");
	odr_event_get(event, "label", label, sizeof label);
	set(seen, ODR_FACT_label, label[0] ? "known" : "none");
	set(seen, ODR_FACT_label_text, label);
}

static void take_outcome(struct odr_seen *seen, const char *event)
{
	char result[24];

	odr_event_get(event, "result", result, sizeof result);
	set(seen, ODR_FACT_outcome, !strcmp(result, "not-verifiable") ? "unverified" : result);
	/* The engine forgets plan and target after a job (flash/flash.c); so does the guide. */
	set(seen, ODR_FACT_plan, "none");
	set(seen, ODR_FACT_target, "0");
	set(seen, ODR_FACT_chip, "none");
	set(seen, ODR_FACT_reason, "");
	copy(seen, ODR_FACT_reason, event, "why");
	copy(seen, ODR_FACT_advice, event, "advice");
}

static void take_recovery(struct odr_seen *seen, const char *event)
{
	char drive[24];

	odr_event_get(event, "drive", drive, sizeof drive);
	set(seen, ODR_FACT_journal, strcmp(drive, "unchanged") ? "changed" : "unchanged");
	copy(seen, ODR_FACT_backup, event, "backup");
}

/* The reason in one text: what it is, and what was seen. */
static void take_no(struct odr_seen *seen, const char *event)
{
	char text[ODR_FACT_TEXT], detail[ODR_FACT_TEXT / 2], both[2 * ODR_FACT_TEXT];

	odr_event_get(event, "text", text, sizeof text);
	odr_event_get(event, "detail", detail, sizeof detail);
	snprintf(both, sizeof both, "%s%s%s", text, detail[0] ? " Seen: " : "", detail);
	set(seen, ODR_FACT_reason, both);
	copy(seen, ODR_FACT_advice, event, "advice");
	copy(seen, ODR_FACT_code, event, "code");
}

void odr_seen_event(struct odr_seen *seen, const char *event)
{
	odr_rows_event(&seen->rows, event);
	if (odr_event_is(event, "change"))
		take_change(seen, event);
	else if (odr_event_is(event, "image"))
		take_image(seen, event);
	else if (odr_event_is(event, "target"))
		take_target(seen, event);
	else if (odr_event_is(event, "outcome"))
		take_outcome(seen, event);
	else if (odr_event_is(event, "recovery"))
		take_recovery(seen, event);
	else if (odr_event_is(event, "refused") || odr_event_is(event, "failed"))
		take_no(seen, event);
	else if (odr_event_is(event, "chip"))
		set(seen, ODR_FACT_chip, "known");
	else if (odr_event_is(event, "digest"))
		set(seen, ODR_FACT_plan, "made");
	else if (odr_event_is(event, "pc"))
		copy(seen, ODR_FACT_pc, event, "state");
	odr_seen_answered(seen);
}

static bool starts(const char *command, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(command, word, len) && (!command[len] || command[len] == ' ');
}

static void forget_target(struct odr_seen *seen)
{
	set(seen, ODR_FACT_target, "0");
	set(seen, ODR_FACT_plan, "none");
	set(seen, ODR_FACT_chip, "none");
}

void odr_seen_end(struct odr_seen *seen, const char *command, int code)
{
	if (!code)
		set(seen, ODR_FACT_code, "none");
	if (starts(command, "baseline")) {
		set(seen, ODR_FACT_baseline, code ? "no" : "yes");
		set(seen, ODR_FACT_changed, code ? "unknown" : "none");
		set(seen, ODR_FACT_kind, "none");
		set(seen, ODR_FACT_plan, "none");
		seen->changed = 0;
	}
	if (starts(command, "target") && code)
		forget_target(seen);
	if (starts(command, "image") && code)
		set(seen, ODR_FACT_image, "none");
	if (starts(command, "plan") && code)
		set(seen, ODR_FACT_plan, "none");
	if (starts(command, "confirm") && !code)
		set(seen, ODR_FACT_plan, "confirmed");
	odr_seen_answered(seen);
}
