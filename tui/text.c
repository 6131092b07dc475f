#include "tui/text.h"

#include "flash/event.h"
#include "flash/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct out {
	odr_put *put;
	void *ctx;
};

static void say(const struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(const struct out *o, const char *fmt, ...)
{
	char text[ODR_TEXT_WIDTH + 1];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	o->put(o->ctx, text);
}

void odr_cut(char *out, size_t cap, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(out, cap, fmt, args);
	va_end(args);
}

void odr_text_fold(unsigned width, const char *lead, unsigned indent, const char *text,
		   odr_put *put, void *ctx)
{
	char line[ODR_TEXT_WIDTH + 1];
	unsigned column = (unsigned)snprintf(line, sizeof line, "%-*s", (int)indent, lead);

	while (*text) {
		unsigned word = (unsigned)strcspn(text, " ");

		if (column > indent && column + 1 + word > width) {
			put(ctx, line);
			column = (unsigned)snprintf(line, sizeof line, "%*s", (int)indent, "");
		}
		if (column > indent)
			line[column++] = ' ';
		/* A path without blanks may be longer than a line: it is cut into pieces. */
		while (word > width - column) {
			unsigned part = width - column;

			snprintf(line + column, sizeof line - column, "%.*s", (int)part, text);
			put(ctx, line);
			text += part;
			word -= part;
			column = (unsigned)snprintf(line, sizeof line, "%*s", (int)indent, "");
		}
		column += (unsigned)snprintf(line + column, sizeof line - column, "%.*s", (int)word,
					     text);
		text += word;
		text += strspn(text, " ");
	}
	line[column] = 0;
	put(ctx, line);
}

void odr_text_wrap(const char *lead, unsigned indent, const char *text, odr_put *put, void *ctx)
{
	odr_text_fold(ODR_TEXT_WIDTH, lead, indent, text, put, ctx);
}

static void wrap(const struct out *o, const char *lead, unsigned indent, const char *text)
{
	odr_text_wrap(lead, indent, text, o->put, o->ctx);
}

static void field(const struct out *o, const char *line, const char *key, const char *lead)
{
	char text[600];

	if (odr_event_get(line, key, text, sizeof text) && text[0])
		wrap(o, lead, 12, text);
}

static void show_place(const struct out *o, const char *line)
{
	char at[24], state[32], name[48], revision[8], status[4], what[110];
	bool has_status = odr_event_get(line, "status", status, sizeof status);

	odr_event_get(line, "at", at, sizeof at);
	odr_event_get(line, "state", state, sizeof state);
	if (odr_event_get(line, "name", name, sizeof name)) {
		odr_event_get(line, "revision", revision, sizeof revision);
		snprintf(what, sizeof what, "%s%s%s (%s)", name, revision[0] ? " " : "", revision,
			 state);
	} else if (!strcmp(state, "empty") || !strcmp(state, "absent")) {
		strcpy(what, "-");
	} else {
		snprintf(what, sizeof what, "%s%s%s%s", odr_words_state(state),
			 has_status ? ", status " : "", status,
			 odr_event_get_number(line, "mirrored") ? " (shows on both positions)"
								: "");
	}
	say(o, "  %-3u%-17s%s", (unsigned)odr_event_get_number(line, "position"), at, what);
	field(o, line, "where", "     at");
	field(o, line, "no_digit", "     digit");
	field(o, line, "unseen", "     unseen");
}

static void show_image(const struct out *o, const char *line)
{
	char text[300], part[210];

	odr_event_get(line, "file", part, sizeof part);
	wrap(o, "  file", 12, part);
	odr_event_get(line, "kind", part, sizeof part);
	snprintf(text, sizeof text, "%s, %lu bytes, read twice to its end, both the same", part,
		 (unsigned long)odr_event_get_number(line, "bytes"));
	wrap(o, "  is", 12, text);
	if (odr_event_get_number(line, "gaps")) {
		snprintf(text, sizeof text, "%lu bytes are not in the file: they become FF",
			 (unsigned long)odr_event_get_number(line, "gaps"));
		wrap(o, "  gaps", 12, text);
	}
	if (odr_event_get(line, "product", part, sizeof part) && part[0]) {
		char revision[8];

		odr_event_get(line, "revision", revision, sizeof revision);
		snprintf(text, sizeof text, "%s, revision %s", part, revision);
		wrap(o, "  made for", 12, text);
	}
	field(o, line, "sha256", "  SHA-256");
	field(o, line, "crc32", "  CRC-32");
}

static void show_target(const struct out *o, const char *line)
{
	char at[24], state[32], text[120];

	odr_event_get(line, "at", at, sizeof at);
	odr_event_get(line, "state", state, sizeof state);
	snprintf(text, sizeof text, "position %u, %s, %s",
		 (unsigned)odr_event_get_number(line, "position"), at, odr_words_state(state));
	wrap(o, "  target", 12, text);
	field(o, line, "label", "  label");
	field(o, line, "proof", "  proof");
}

static void show_plan(const struct out *o, const char *line)
{
	char at[24];

	odr_event_get(line, "at", at, sizeof at);
	say(o, "This will happen to position %u, %s, and to nothing else:",
	    (unsigned)odr_event_get_number(line, "position"), at);
}

static void show_step(const struct out *o, const char *line)
{
	char text[80], note[80], lead[16], time[32] = "";
	uint32_t seconds = odr_event_get_number(line, "seconds");

	odr_event_get(line, "text", text, sizeof text);
	snprintf(lead, sizeof lead, "  %u", (unsigned)odr_event_get_number(line, "n"));
	if (seconds)
		snprintf(time, sizeof time, " about %lu %s",
			 (unsigned long)(seconds < 90 ? seconds : (seconds + 30) / 60),
			 seconds < 90 ? "s" : "min");
	say(o, "%-6s%-52s%s", lead, text, time);
	if (odr_event_get(line, "note", note, sizeof note))
		say(o, "      ^ %s", note);
}

static void show_fact(const struct out *o, const char *line)
{
	char key[24], text[200];

	odr_event_get(line, "key", key, sizeof key);
	odr_event_get(line, "text", text, sizeof text);
	if (strlen(text) <= ODR_TEXT_WIDTH - 21) {
		say(o, "  %-19s%s", key, text);
	} else {
		say(o, "  %s", key);
		wrap(o, "", 6, text);
	}
}

static void show_refused(const struct out *o, const char *line)
{
	char code[24];

	odr_event_get(line, "code", code, sizeof code);
	say(o, "  NO (%s). Nothing was erased or written.", code);
	field(o, line, "text", "  why");
	field(o, line, "detail", "  seen");
	field(o, line, "advice", "  now");
}

static void show_failed(const struct out *o, const char *line)
{
	say(o, "  That did not work. It wrote nothing to any drive.");
	field(o, line, "text", "  why");
	field(o, line, "advice", "  now");
}

static void show_outcome(const struct out *o, const char *line)
{
	static const struct {
		const char *result, *title;
	} titles[] = {
		{"verified", "VERIFIED: read back, the drive holds exactly your file."},
		{"not-verifiable", "NOT VERIFIABLE: the drive took everything and comes back."},
		{"unchanged", "UNCHANGED: nothing was written. The drive is as it was."},
		{"changed",
		 "CHANGED: it failed in the middle. Has the drive power? DO NOT SWITCH OFF."},
	};
	char result[20];

	odr_event_get(line, "result", result, sizeof result);
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (!strcmp(result, titles[i].result))
			say(o, "%s", titles[i].title);
	field(o, line, "evidence", "  evidence");
	field(o, line, "reason", "  reason");
	field(o, line, "why", "  why");
	field(o, line, "advice", "  now");
}

static void show_recovery(const struct out *o, const char *line)
{
	say(o, "AN EARLIER RESCUE WAS INTERRUPTED");
	field(o, line, "text", "  what");
	field(o, line, "at", "  where");
	field(o, line, "last", "  last");
	field(o, line, "drive", "  drive");
	field(o, line, "image", "  file");
	field(o, line, "backup", "  backup");
	field(o, line, "advice", "  now");
}

/* A serial line pays for every byte: quarters are enough to see that it moves. */
static void show_progress(const struct out *o, const char *line)
{
	char phase[24];
	unsigned percent = (unsigned)odr_event_get_number(line, "percent");

	if (percent % 25 || !percent)
		return;
	odr_event_get(line, "phase", phase, sizeof phase);
	say(o, "  %-12s%3u %%", phase, percent);
}

static void show_chip(const struct out *o, const char *line)
{
	char name[40], text[100];

	odr_event_get(line, "name", name, sizeof name);
	snprintf(text, sizeof text, "%s, %lu bytes%s", name,
		 (unsigned long)odr_event_get_number(line, "bytes"),
		 odr_event_get_number(line, "protected") ? ", PROTECTED" : "");
	wrap(o, "  flash chip", 14, text);
}

static void show_help(const struct out *o, const char *line)
{
	char form[48], what[60];

	odr_event_get(line, "form", form, sizeof form);
	odr_event_get(line, "what", what, sizeof what);
	say(o, "  %-36s %s", form, what);
}

static void show_digest(const struct out *o, const char *line)
{
	char sum[80];

	odr_event_get(line, "sha256", sum, sizeof sum);
	say(o, "  %-19s%.8s", "this plan's number", sum);
}

static void show_text(const struct out *o, const char *line)
{
	char text[420];

	if (odr_event_get(line, "text", text, sizeof text) ||
	    odr_event_get(line, "line", text, sizeof text))
		wrap(o, "  ", 2, text);
}

static void show_hand(const struct out *o, const char *line)
{
	show_text(o, line);
	field(o, line, "lesson", "  LESSON");
}

static void show_handle(const struct out *o, const char *line)
{
	char form[64], text[100];

	odr_event_get(line, "form", form, sizeof form);
	odr_event_get(line, "text", text, sizeof text);
	wrap(o, "  hand", 12, form);
	wrap(o, "", 12, text);
}

static void show_ask(const struct out *o, const char *line)
{
	char text[420];

	odr_event_get(line, "text", text, sizeof text);
	wrap(o, "* ", 2, text);
}

void odr_text_event(const char *line, odr_put *put, void *ctx)
{
	static const struct {
		const char *kind;
		void (*show)(const struct out *o, const char *line);
	} views[] = {
		{"place", show_place},	     {"image", show_image},	  {"target", show_target},
		{"plan", show_plan},	     {"step", show_step},	  {"fact", show_fact},
		{"digest", show_digest},     {"refused", show_refused},	  {"failed", show_failed},
		{"outcome", show_outcome},   {"progress", show_progress}, {"chip", show_chip},
		{"recovery", show_recovery}, {"help", show_help},	  {"say", show_text},
		{"hand", show_hand},	     {"handle", show_handle},	  {"log", show_text},
		{"ask", show_ask},
	};
	const struct out o = {put, ctx};

	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
		if (odr_event_is(line, views[i].kind))
			views[i].show(&o, line);
}
