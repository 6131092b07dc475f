/*
 * Any lines as a journal. A line gets the CRC that it needs to be believed, unless it begins with
 * '!': then it is told as it stands, behind the mark.
 */
#include "flash/crc32.h"
#include "flash/event.h"
#include "flash/journal.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

#define ENDS(field) MUST(memchr((field), 0, sizeof(field)))

static void check_story(const struct odr_story *s)
{
	MUST(s->last > ODR_POINT_NONE && s->last < ODR_POINTS);
	MUST(!s->no_return || s->unfinished);
	MUST(s->last != ODR_POINT_PLAN || s->unfinished);
	MUST(s->last != ODR_POINT_ERASE || s->no_return);
	ENDS(s->boot_id);
	ENDS(s->image);
	ENDS(s->image_sha256);
	ENDS(s->backup);
	ENDS(s->backup_sha256);
	ENDS(s->chip);
}

/* Told once: believed and sound, or nothing changes but the count of bad lines and what they may hide. */
static bool tell(struct odr_story *s, const char *line)
{
	struct odr_story before = *s;

	if (odr_story_line(s, line)) {
		/* Each line more than this one is missing. */
		MUST(s->bad_lines - before.bad_lines == s->lines - before.lines - 1);
		check_story(s);
		/* A plan must not wash off that this very chip is half written. */
		if (s->last == ODR_POINT_PLAN && before.no_return && before.position == s->position)
			MUST(s->no_return);
		return true;
	}
	before.lines++;
	before.bad_lines++;
	if (before.unfinished && !before.no_return)
		before.doubt = before.no_return = true;
	MUST(!memcmp(s, &before, sizeof before));
	return false;
}

static void tell_line(struct odr_story *s, const uint8_t *text, size_t len, size_t salt)
{
	char line[ODR_EVENT_MAX], was;
	size_t end = len < sizeof line - 14 ? len : sizeof line - 14, flip;

	for (size_t i = 0; i < end; i++) /* as journal.c reads it */
		line[i] = text[i] ? (char)text[i] : '.';
	line[end] = 0;
	if (line[0] == '!') {
		tell(s, line + 1);
		return;
	}
	snprintf(line + end, 14, " crc=%08lx", (unsigned long)odr_crc32(0, line, end));
	flip = salt % (end + 13);
	was = line[flip];
	line[flip] = (char)(was ^ (char)(1 << salt % 8));
	if (!line[flip]) /* as journal.c reads it */
		line[flip] = was == '.' ? ',' : '.';
	MUST(!tell(s, line));
	line[flip] = was;
	tell(s, line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct odr_story story;

	memset(&story, 0, sizeof story); /* with its padding: stories are compared by their bytes */
	for (size_t at = 0; at < size;) {
		const uint8_t *end = memchr(data + at, '\n', size - at);
		size_t len = end ? (size_t)(end - (data + at)) : size - at;

		tell_line(&story, data + at, len, size + at);
		at += len + 1;
	}
	return 0;
}
