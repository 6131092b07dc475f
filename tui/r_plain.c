#include "tui/r_plain.h"

#include "flash/event.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 79 /* usable cells of a line, design.md section 7 */

/* text, wrapped, every line after `indent` blanks; `lead` stands in front of the first. */
static void wrap(const char *lead, unsigned indent, const char *text)
{
	unsigned column = (unsigned)printf("%-*s", (int)indent, lead);

	while (*text) {
		unsigned word = (unsigned)strcspn(text, " ");

		if (column > indent && column + 1 + word > WIDTH) {
			printf("\n%*s", (int)indent, "");
			column = indent;
		}
		if (column > indent) {
			putchar(' ');
			column++;
		}
		/* A path without blanks may be longer than a line: it is cut into pieces. */
		while (word > WIDTH - column) {
			unsigned part = WIDTH - column;

			printf("%.*s\n%*s", (int)part, text, (int)indent, "");
			text += part;
			word -= part;
			column = indent;
		}
		printf("%.*s", (int)word, text);
		column += word;
		text += word;
		text += strspn(text, " ");
	}
	putchar('\n');
}

static void field(const char *line, const char *key, const char *lead)
{
	char text[600];

	if (odr_event_get(line, key, text, sizeof text) && text[0])
		wrap(lead, 12, text);
}

static void show_place(const char *line)
{
	char at[24], state[32], name[48], revision[8], status[4];

	odr_event_get(line, "at", at, sizeof at);
	odr_event_get(line, "state", state, sizeof state);
	odr_event_get(line, "status", status, sizeof status);
	printf("  %u  %-17s", (unsigned)odr_event_get_number(line, "position"), at);
	if (odr_event_get(line, "name", name, sizeof name)) {
		odr_event_get(line, "revision", revision, sizeof revision);
		printf("%s%s%s (%s)\n", name, revision[0] ? " " : "", revision, state);
	} else if (!strcmp(state, "empty") || !strcmp(state, "absent")) {
		printf("-\n");
	} else {
		printf("%s, status %s%s\n", state, status,
		       odr_event_get_number(line, "mirrored") ? " (shows on both positions)" : "");
	}
}

static void show_image(const char *line)
{
	char text[300], part[210];

	odr_event_get(line, "file", part, sizeof part);
	wrap("  file", 12, part);
	odr_event_get(line, "kind", part, sizeof part);
	snprintf(text, sizeof text, "%s, %lu bytes, read twice to its end, both the same", part,
		 (unsigned long)odr_event_get_number(line, "bytes"));
	wrap("  is", 12, text);
	if (odr_event_get(line, "product", part, sizeof part) && part[0]) {
		char revision[8];

		odr_event_get(line, "revision", revision, sizeof revision);
		snprintf(text, sizeof text, "%s, revision %s", part, revision);
		wrap("  made for", 12, text);
	}
	field(line, "sha256", "  SHA-256");
	field(line, "crc32", "  CRC-32");
}

static void show_target(const char *line)
{
	char at[24], state[32], text[120];

	odr_event_get(line, "at", at, sizeof at);
	odr_event_get(line, "state", state, sizeof state);
	snprintf(text, sizeof text, "position %u, %s, %s",
		 (unsigned)odr_event_get_number(line, "position"), at, state);
	wrap("  target", 12, text);
	field(line, "label", "  label");
	field(line, "proof", "  proof");
}

static void show_plan(const char *line)
{
	char at[24];

	odr_event_get(line, "at", at, sizeof at);
	printf("This will happen to position %u, %s, and to nothing else:\n",
	       (unsigned)odr_event_get_number(line, "position"), at);
}

static void show_step(const char *line)
{
	char text[80], note[80], lead[16];
	uint32_t seconds = odr_event_get_number(line, "seconds");

	odr_event_get(line, "text", text, sizeof text);
	snprintf(lead, sizeof lead, "  %u", (unsigned)odr_event_get_number(line, "n"));
	printf("%-6s%-52s", lead, text);
	if (seconds)
		printf(" about %lu %s",
		       (unsigned long)(seconds < 90 ? seconds : (seconds + 30) / 60),
		       seconds < 90 ? "s" : "min");
	putchar('\n');
	if (odr_event_get(line, "note", note, sizeof note))
		printf("      ^ %s\n", note);
}

static void show_fact(const char *line)
{
	char key[24], text[200];

	odr_event_get(line, "key", key, sizeof key);
	odr_event_get(line, "text", text, sizeof text);
	if (strlen(text) <= WIDTH - 21) {
		printf("  %-19s%s\n", key, text);
	} else {
		printf("  %s\n", key);
		wrap("", 6, text);
	}
}

static void show_refused(const char *line)
{
	char code[24];

	odr_event_get(line, "code", code, sizeof code);
	printf("  NO (%s). Nothing was erased or written.\n", code);
	field(line, "text", "  why");
	field(line, "detail", "  seen");
	field(line, "advice", "  now");
}

static void show_failed(const char *line)
{
	printf("  That did not work. The drive is unchanged.\n");
	field(line, "text", "  why");
	field(line, "advice", "  now");
}

static void show_outcome(const char *line)
{
	static const struct {
		const char *result, *title;
	} titles[] = {
		{"verified", "VERIFIED: read back, the drive holds exactly your file."},
		{"not-verifiable", "NOT VERIFIABLE: the drive took everything and comes back."},
		{"unchanged", "UNCHANGED: nothing was written. The drive is as it was."},
		{"changed", "CHANGED: it failed in the middle. DO NOT SWITCH OFF."},
	};
	char result[20];

	odr_event_get(line, "result", result, sizeof result);
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (!strcmp(result, titles[i].result))
			printf("%s\n", titles[i].title);
	field(line, "evidence", "  evidence");
	field(line, "reason", "  reason");
	field(line, "why", "  why");
	field(line, "advice", "  now");
}

static void show_recovery(const char *line)
{
	printf("AN EARLIER RESCUE WAS INTERRUPTED\n");
	field(line, "text", "  what");
	field(line, "at", "  where");
	field(line, "last", "  last point");
	field(line, "drive", "  drive");
	field(line, "image", "  file");
	field(line, "backup", "  backup");
	field(line, "advice", "  now");
}

/* A serial line pays for every byte: quarters are enough to see that it moves. */
static void show_progress(const char *line)
{
	char phase[24];
	unsigned percent = (unsigned)odr_event_get_number(line, "percent");

	if (percent % 25 || !percent)
		return;
	odr_event_get(line, "phase", phase, sizeof phase);
	printf("  %-12s%3u %%\n", phase, percent);
}

static void show_chip(const char *line)
{
	char name[40], text[100];

	odr_event_get(line, "name", name, sizeof name);
	snprintf(text, sizeof text, "%s, %lu bytes%s", name,
		 (unsigned long)odr_event_get_number(line, "bytes"),
		 odr_event_get_number(line, "protected") ? ", PROTECTED" : "");
	wrap("  flash chip", 14, text);
}

static void show_help(const char *line)
{
	char form[48], what[60];

	odr_event_get(line, "form", form, sizeof form);
	odr_event_get(line, "what", what, sizeof what);
	printf("  %-36s %s\n", form, what);
}

static void show_digest(const char *line)
{
	char sum[80];

	odr_event_get(line, "sha256", sum, sizeof sum);
	printf("  %-19s%.8s\n", "this plan's number", sum);
}

static void show_text(const char *line)
{
	char text[420];

	if (odr_event_get(line, "text", text, sizeof text) ||
	    odr_event_get(line, "line", text, sizeof text))
		wrap("  ", 2, text);
}

static void show_ask(const char *line)
{
	char text[420];

	odr_event_get(line, "text", text, sizeof text);
	wrap("* ", 2, text);
}

void odr_plain_event(const char *line)
{
	static const struct {
		const char *kind;
		void (*show)(const char *line);
	} views[] = {
		{"place", show_place},	     {"image", show_image},	  {"target", show_target},
		{"plan", show_plan},	     {"step", show_step},	  {"fact", show_fact},
		{"digest", show_digest},     {"refused", show_refused},	  {"failed", show_failed},
		{"outcome", show_outcome},   {"progress", show_progress}, {"chip", show_chip},
		{"recovery", show_recovery}, {"help", show_help},	  {"say", show_text},
		{"hand", show_text},	     {"log", show_text},	  {"ask", show_ask},
	};

	for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
		if (odr_event_is(line, views[i].kind))
			views[i].show(line);
	fflush(stdout);
}

void odr_plain_command(const char *line)
{
	wrap("> ", 2, line);
	fflush(stdout);
}
