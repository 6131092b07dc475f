#include "flash/place.h"

#include "flash/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The next word of *text in lower case; moves *text behind it. */
static bool word(const char **text, char *out, size_t cap)
{
	size_t n = 0;

	while (**text == ' ')
		(*text)++;
	while (**text && **text != ' ') {
		if (n + 1 < cap)
			out[n++] = (char)tolower((unsigned char)**text);
		(*text)++;
	}
	out[n] = 0;
	return n > 0;
}

/* "1" to "12"; 0: it is none. */
static unsigned number(const char *text)
{
	unsigned n = 0;

	while (isdigit((unsigned char)*text) && n <= ODR_POSITIONS)
		n = 10 * n + (unsigned)(*text++ - '0');
	return *text || n > ODR_POSITIONS ? 0 : n;
}

unsigned odr_parse_position(const char *text, const char **rest)
{
	char first[12] = "", second[8] = "";
	const char *p = text;
	unsigned position = 0;

	*rest = text;
	if (!word(&p, first, sizeof first))
		return 0;
	if (isdigit((unsigned char)first[0])) {
		position = number(first);
	} else if (word(&p, second, sizeof second)) {
		if (!strcmp(first, "primary") || !strcmp(first, "prim"))
			position = 1;
		else if (!strcmp(first, "secondary") || !strcmp(first, "sec"))
			position = 3;
		/* The four of the cables have names, which no slip of a key turns into another. */
		if (!strcmp(first, "position"))
			position = number(second) > ODR_DIGITS ? number(second) : 0;
		else if (!strcmp(second, "slave"))
			position += position ? 1 : 0;
		else if (strcmp(second, "master"))
			position = 0;
	}
	while (*p == ' ')
		p++;
	if (position)
		*rest = p;
	return position;
}

unsigned odr_parse_seconds(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	return isdigit((unsigned char)*text) && !*end && n <= 3600 ? (unsigned)n : 0;
}

static void report_all(struct odr_engine *engine, const struct odr_snapshot *snap)
{
	for (unsigned i = 0; i < ODR_POSITIONS; i++)
		if (odr_place_is_told(engine, &snap->place[i]))
			odr_report_place(engine, &snap->place[i]);
}

static enum odr_err scan_all(struct odr_engine *engine, struct odr_snapshot *snap,
			     struct odr_error *e)
{
	return engine->platform.ops->scan(engine->platform.self, ODR_MASK_ALL, snap, e);
}

enum odr_exit odr_cmd_scan(struct odr_engine *engine, const char *args)
{
	struct odr_snapshot snap;
	struct odr_error e;

	(void)args;
	if (scan_all(engine, &snap, &e) != ODR_OK)
		return odr_failed(
			engine, &e,
			"If the PC is off, switch it on (practice: hand start). Then: scan.");
	report_all(engine, &snap);
	return ODR_EXIT_DONE;
}

enum odr_exit odr_cmd_watch(struct odr_engine *engine, const char *args)
{
	const char *rest;
	unsigned position = odr_parse_position(args, &rest);
	unsigned seconds = *rest ? odr_parse_seconds(rest) : 120;
	struct odr_place place;
	struct odr_error e;
	enum odr_err rc;

	if (!position || !seconds)
		return odr_refuse(engine, ODR_NO_LINE, "watch POSITION [SECONDS up to 3600]");
	odr_ask(engine, "Watching %s. It goes on by itself when something changes there.",
		odr_position_name(position));
	rc = engine->platform.ops->watch(engine->platform.self, position, seconds * 1000, &place,
					 &e);
	if (rc == ODR_E_ABORTED)
		return odr_refuse(engine, ODR_NO_STOPPED, e.text);
	if (rc != ODR_OK)
		return odr_failed(engine, &e, "Look at the cable and the plug, then watch again.");
	odr_report_place(engine, &place);
	return ODR_EXIT_DONE;
}

enum odr_exit odr_cmd_baseline(struct odr_engine *engine, const char *args)
{
	struct odr_error e;

	(void)args;
	engine->has_baseline = false;
	memset(&engine->plan, 0, sizeof engine->plan);
	if (scan_all(engine, &engine->baseline, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_BASELINE, e.text);
	engine->has_baseline = true;
	report_all(engine, &engine->baseline);
	odr_say(engine, "This is the baseline. What changes from here on is your drive.");
	return ODR_EXIT_DONE;
}

/* ---- proof of the target ---- */

const char *odr_proof_text(enum odr_proof proof)
{
	switch (proof) {
	case ODR_PROOF_NONE:
		break;
	case ODR_PROOF_IDENTITY:
		return "it says its name";
	case ODR_PROOF_CHANGED:
		return "the only channel that changed; jumper as you said";
	case ODR_PROOF_VANISHED:
		return "its name vanished since the baseline and nothing else changed";
	case ODR_PROOF_EXCLUSION:
		return "every other position said what it is; weaker than a change that you made";
	case ODR_PROOF_KNOCK:
		return "an empty cable: proven only when a boot ROM answers on it";
	case ODR_PROOF_RECOVERY:
		return "the journal's position, the same start of the PC, still in flash mode";
	}
	return "none";
}

bool odr_place_same(const struct odr_place *a, const struct odr_place *b)
{
	return a->state == b->state && !strcmp(a->product, b->product) &&
	       !strcmp(a->revision, b->revision);
}

bool odr_place_nobody(enum odr_state state)
{
	return state == ODR_EMPTY || state == ODR_ABSENT || state == ODR_NO_PORT;
}

bool odr_place_is_told(const struct odr_engine *engine, const struct odr_place *place)
{
	return place->position <= ODR_DIGITS || !odr_place_nobody(place->state) ||
	       !odr_place_nobody(engine->panel.told[place->position - 1].state);
}

/* Does the cable carry another drive? A stuck BSY that shows twice is one drive. */
static bool has_partner(const struct odr_snapshot *snap, unsigned position)
{
	unsigned partner = odr_position_partner(position);

	return partner && !odr_place_nobody(snap->place[partner - 1].state) &&
	       !snap->place[partner - 1].mirrored;
}

unsigned odr_channels_changed(const struct odr_engine *engine, const struct odr_snapshot *now)
{
	unsigned channels = 0;

	for (unsigned i = 0; i < ODR_POSITIONS; i++)
		if (!odr_place_same(&engine->baseline.place[i], &now->place[i]))
			channels |= 1u << odr_position_channel(i + 1);
	return channels;
}

static bool others_are_known(const struct odr_snapshot *now, unsigned position)
{
	for (unsigned p = 1; p <= ODR_POSITIONS; p++) {
		enum odr_state state = now->place[p - 1].state;

		if (p == position ||
		    (p == odr_position_partner(position) && now->place[p - 1].mirrored))
			continue; /* one stuck drive that shows twice */
		if (!odr_place_nobody(state) && state != ODR_ALIVE && state != ODR_DISK)
			return false;
	}
	return true;
}

static bool is_recovery(const struct odr_engine *engine, const struct odr_snapshot *now,
			unsigned position)
{
	const struct odr_story *story = &engine->journal.story;

	return story->unfinished && story->position == position &&
	       !strcmp(story->boot_id, now->boot_id) &&
	       now->place[position - 1].state == ODR_VENDOR;
}

/* The strongest proof that what was seen allows; NONE with *no when there is none. */
static enum odr_proof prove(const struct odr_engine *engine, const struct odr_snapshot *now,
			    unsigned position, enum odr_no *no)
{
	const struct odr_place *place = &now->place[position - 1];
	unsigned mine = 1u << odr_position_channel(position);
	unsigned changed;

	*no = ODR_NO_PROOF;
	if (place->state == ODR_ALIVE || place->state == ODR_BOOT)
		return ODR_PROOF_IDENTITY;
	if (is_recovery(engine, now, position))
		return ODR_PROOF_RECOVERY;
	if (engine->has_baseline) {
		changed = odr_channels_changed(engine, now);
		if (changed == mine)
			return engine->baseline.place[position - 1].state == ODR_ALIVE
				       ? ODR_PROOF_VANISHED
				       : ODR_PROOF_CHANGED;
		if (changed) {
			*no = changed & mine ? ODR_NO_TWO_CHANGED : ODR_NO_OTHER_CHANNEL;
			return ODR_PROOF_NONE;
		}
	}
	return others_are_known(now, position) ? ODR_PROOF_EXCLUSION : ODR_PROOF_NONE;
}

/* ---- is it still there? ---- */

#define BSY 0x80
#define FLOATING 0xFF
#define PULLED_DOWN 0x7F

/* A drive on neither cable is the kernel's: no status of its shows, and its place tells it apart. */
static uint8_t status_in(uint32_t glance, unsigned position)
{
	if (position > ODR_DIGITS)
		return FLOATING;
	return (uint8_t)(glance >> 8 * odr_position_channel(position));
}

static bool shows_nobody(uint8_t status)
{
	return status == FLOATING || status == PULLED_DOWN;
}

void odr_target_glance(struct odr_engine *engine, uint32_t glance)
{
	struct odr_target *t = &engine->target;
	uint8_t status;

	if (!t->position || engine->in_vendor_mode || shows_nobody(t->seen))
		return;
	status = status_in(glance, t->position);
	/* An empty channel can also read 00; of one that was stuck busy that is told apart. */
	if (shows_nobody(status) || ((t->seen & BSY) && !(status & BSY)))
		t->moved = true;
}

/* ---- the command ---- */

void odr_report_target(struct odr_engine *engine)
{
	const struct odr_target *t = &engine->target;
	struct odr_event ev;

	odr_event_start(&ev, "target");
	odr_event_number(&ev, "position", t->position);
	odr_event_text(&ev, "at", odr_position_name(t->position));
	odr_event_text(&ev, "state", odr_state_name(t->places.place[t->position - 1].state));
	odr_event_text(&ev, "proof", odr_proof_text(t->proof));
	odr_event_text(&ev, "label", t->label);
	if (t->drive)
		odr_event_text(&ev, "product", t->drive->product);
	odr_emit(engine, &ev);
}

/*
 * Who was on this cable at the baseline is still there, or nobody has seen it go: two devices with the same
 * jumper shout each other down, and both look like one that is stuck busy. At the target's own plug a living
 * drive may have made room (way D), never a disk.
 */
static enum odr_exit check_hidden(struct odr_engine *engine, unsigned position)
{
	const struct odr_place *was = &engine->baseline.place[position - 1], *beside;

	if (!engine->has_baseline || position > ODR_DIGITS)
		return ODR_EXIT_DONE;
	beside = &engine->baseline.place[odr_position_partner(position) - 1];
	if (was->state == ODR_DISK || beside->state == ODR_DISK)
		return odr_refuse(engine, ODR_NO_DISK_CABLE,
				  was->state == ODR_DISK ? was->product : beside->product);
	if (!odr_place_nobody(beside->state) && !beside->mirrored)
		return odr_refuse(engine, ODR_NO_PARTNER, odr_position_name(beside->position));
	return ODR_EXIT_DONE;
}

static enum odr_exit check_place(struct odr_engine *engine, const struct odr_snapshot *now,
				 unsigned position, bool unpowered)
{
	const struct odr_place *place = &now->place[position - 1];
	unsigned partner = odr_position_partner(position);
	enum odr_exit code;

	if (place->state == ODR_DISK)
		return odr_refuse(engine, ODR_NO_DISK_TARGET, place->product);
	if (odr_place_nobody(place->state) && !unpowered)
		return odr_refuse(engine, ODR_NO_BODY, odr_state_name(place->state));
	if (partner && now->place[partner - 1].state == ODR_DISK)
		return odr_refuse(engine, ODR_NO_DISK_CABLE, now->place[partner - 1].product);
	if (has_partner(now, position))
		return odr_refuse(engine, ODR_NO_PARTNER, odr_position_name(partner));
	code = check_hidden(engine, position);
	if (code != ODR_EXIT_DONE)
		return code;
	/* Who cannot be seen is never preferred to a dead drive in plain sight. */
	if (odr_place_nobody(place->state) && !others_are_known(now, position))
		return odr_refuse(engine, ODR_NO_DEAD_ELSEWHERE, NULL);
	return ODR_EXIT_DONE;
}

/* Everything that stood on the old target is void. */
static void forget(struct odr_engine *engine)
{
	memset(&engine->target, 0, sizeof engine->target);
	memset(&engine->plan, 0, sizeof engine->plan);
}

/* Is a living drive's own name another one than the label's row has, or of another family? */
static bool contradicts(const struct odr_engine *engine, const struct odr_place *place,
			const struct odr_drive *drive)
{
	const struct odr_drive *named = odr_drive_by_product(engine->drives, place->product);

	if (place->state != ODR_ALIVE)
		return false;
	if (*drive->product)
		return strcmp(place->product, drive->product) != 0;
	return named && named->family != drive->family;
}

static enum odr_exit take_label(struct odr_engine *engine, const char *label, unsigned position)
{
	struct odr_target *t = &engine->target;
	const struct odr_place place = t->places.place[position - 1]; /* forget() clears it */

	if (!*label)
		return ODR_EXIT_DONE;
	t->drive = odr_drive_by_label(engine->drives, label);
	if (!t->drive) {
		forget(engine);
		return odr_refuse(engine, ODR_NO_LABEL_KNOWN, label);
	}
	if (contradicts(engine, &place, t->drive)) {
		forget(engine);
		return odr_refuse(engine, ODR_NO_OTHER_LABEL, place.product);
	}
	strncpy(t->label, label, sizeof t->label - 1);
	return ODR_EXIT_DONE;
}

enum odr_exit odr_cmd_target(struct odr_engine *engine, const char *args)
{
	static const char off_word[] = "unpowered";
	struct odr_target *t = &engine->target;
	const char *label;
	unsigned position = odr_parse_position(args, &label);
	bool unpowered = !strncmp(label, off_word, sizeof off_word - 1);
	enum odr_exit code;
	struct odr_error e;
	enum odr_no no;

	if (!position)
		return odr_refuse(engine, ODR_NO_LINE, "target POSITION [unpowered] [LABEL]");
	if (unpowered)
		label += sizeof off_word - 1;
	label += strspn(label, " ");
	if (strlen(label) >= sizeof t->label || strstr(label, off_word))
		return odr_refuse(engine, ODR_NO_LINE,
				  "target POSITION [unpowered] [LABEL of at most 23 letters]");
	if (engine->in_vendor_mode && engine->locked != position)
		return odr_refuse(engine, ODR_NO_PLACES,
				  "another drive is still in flash mode: quit first");
	forget(engine);
	if (scan_all(engine, &t->places, &e) != ODR_OK)
		return odr_failed(
			engine, &e,
			"If the PC is off, switch it on (practice: hand start). Then name the "
			"target again.");
	if (engine->has_baseline && strcmp(engine->baseline.boot_id, t->places.boot_id)) {
		engine->has_baseline = false;
		return odr_refuse(engine, ODR_NO_REBOOT, "the baseline is void");
	}
	code = check_place(engine, &t->places, position, unpowered);
	if (code != ODR_EXIT_DONE)
		return code;
	t->proof = odr_place_nobody(t->places.place[position - 1].state)
			   ? ODR_PROOF_KNOCK
			   : prove(engine, &t->places, position, &no);
	if (t->proof == ODR_PROOF_NONE)
		return odr_refuse(engine, no, NULL);
	code = take_label(engine, label, position);
	if (code != ODR_EXIT_DONE)
		return code;
	t->position = position;
	t->seen = status_in(engine->platform.ops->glance(engine->platform.self), position);
	odr_report_target(engine);
	return ODR_EXIT_DONE;
}
