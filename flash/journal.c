#include "flash/journal.h"

#include "flash/crc32.h"
#include "flash/event.h"

#include <stdio.h>
#include <string.h>

static const char *const names[ODR_POINTS] = {"none",  "knock", "plan",	   "backup", "vendor",
					      "erase", "bank",	"written", "outcome"};

const char *odr_point_name(enum odr_point point)
{
	return point < ODR_POINTS ? names[point] : "?";
}

static enum odr_point point_of(const char *line)
{
	for (unsigned i = 1; i < ODR_POINTS; i++)
		if (odr_event_is(line, names[i]))
			return (enum odr_point)i;
	return ODR_POINT_NONE;
}

/* A line ends in ` crc=xxxxxxxx` over everything before it. Returns where that starts, or NULL. */
static const char *checked_end(const char *line)
{
	size_t len = strlen(line);
	const char *tail = line + len - 13;
	char expected[16];

	if (len < 14)
		return NULL;
	snprintf(expected, sizeof expected, " crc=%08lx",
		 (unsigned long)odr_crc32(0, line, len - 13));
	return strcmp(tail, expected) ? NULL : tail;
}

/* A forged line can name any position, or none: what is no position is one that nobody knows, bit 0. */
static unsigned mask_of(unsigned position)
{
	return ODR_MASK(position <= ODR_POSITIONS ? position : 0);
}

static void begin(struct odr_story *s, const char *line)
{
	unsigned bad = s->bad_lines, position = odr_event_get_number(line, "position");
	uint32_t lines = s->lines;
	unsigned left = s->left | (s->no_return ? mask_of(s->position) : 0);
	/* A new plan does not make a half-written chip whole, its own or another drive's. */
	bool rubble = left & mask_of(position);

	memset(s, 0, sizeof *s);
	s->lines = lines;
	s->bad_lines = bad;
	s->rubble = rubble;
	s->left = left & ~mask_of(position);
	s->unfinished = true;
	s->no_return = rubble;
	s->position = s->at_work = position;
	odr_event_get(line, "boot", s->boot_id, sizeof s->boot_id);
	odr_event_get_exact(line, "image", s->image, sizeof s->image);
	odr_event_get(line, "sha256", s->image_sha256, sizeof s->image_sha256);
	odr_event_get(line, "chip", s->chip, sizeof s->chip);
	/* A plan that goes on after a failure names the backup of the plan before it: the chip's
	 * content now is rubble, the backup must stay the one of the beginning. */
	odr_event_get_exact(line, "backup", s->backup, sizeof s->backup);
	odr_event_get(line, "backup_sha256", s->backup_sha256, sizeof s->backup_sha256);
	s->backup_bytes = odr_event_get_number(line, "backup_bytes");
}

/* Lines are lost. In the middle of a rescue one of them may have been the erase. */
static void lose_lines(struct odr_story *s, uint32_t lost)
{
	s->bad_lines += lost;
	if (s->unfinished && !s->no_return)
		s->doubt = s->no_return = true;
}

bool odr_story_line(struct odr_story *s, const char *line)
{
	enum odr_point point;
	char result[20];
	uint32_t number;

	s->lines++;
	if (!checked_end(line)) {
		lose_lines(s, 1);
		return false;
	}
	point = point_of(line);
	if (point == ODR_POINT_NONE) {
		lose_lines(s, 1);
		return false;
	}
	number = odr_event_get_number(line, "n");
	if (number > s->lines) {
		lose_lines(s, number - s->lines);
		s->lines = number;
	}
	switch (point) {
	case ODR_POINT_KNOCK:
		s->at_work = odr_event_get_number(line, "position");
		break;
	case ODR_POINT_VENDOR:
		break;
	case ODR_POINT_PLAN:
		begin(s, line);
		break;
	case ODR_POINT_BACKUP:
		odr_event_get_exact(line, "file", s->backup, sizeof s->backup);
		odr_event_get(line, "sha256", s->backup_sha256, sizeof s->backup_sha256);
		s->backup_bytes = odr_event_get_number(line, "bytes");
		if (!s->unfinished) {
			s->position = odr_event_get_number(line, "position");
			odr_event_get(line, "chip", s->chip, sizeof s->chip);
		}
		break;
	case ODR_POINT_ERASE:
	case ODR_POINT_BANK:
	case ODR_POINT_WRITTEN:
		s->unfinished = true;
		s->no_return = true;
		s->doubt = false;
		break;
	case ODR_POINT_OUTCOME:
		/* CHANGED ends a job, not the rescue: the chip is still half written. So it is when
		 * the next plan stopped before its own erase. */
		odr_event_get(line, "result", result, sizeof result);
		s->unfinished =
			!strcmp(result, "changed") || (s->rubble && !strcmp(result, "unchanged"));
		s->no_return = s->unfinished;
		s->doubt = false;
		break;
	case ODR_POINT_NONE:
	case ODR_POINTS:
		break;
	}
	s->last = point;
	return true;
}

bool odr_story_half_written(const struct odr_story *s, unsigned position)
{
	return s->unfinished && s->no_return && s->position == position;
}

/* Real time: another program only looks, too. */
#define LOOK_PATIENCE_MS 200
#define HOLD_PATIENCE_MS 1000

static enum odr_err load(struct odr_journal *j, struct odr_error *e)
{
	const struct odr_platform_ops *ops = j->platform.ops;
	char line[ODR_EVENT_MAX], chunk[512];
	size_t len = 0;
	uint64_t size, off = 0;
	uint32_t got = 1;
	int handle;
	enum odr_err rc;

	j->torn = j->busy = false;
	j->bytes = 0;
	memset(&j->story, 0, sizeof j->story);
	if (ops->file_open(j->platform.self, j->path, ODR_FILE_READ, &handle, NULL))
		return ODR_OK; /* none yet; a place that cannot be read shows at the first write */
	if (!j->held)
		j->busy = ops->file_lock(j->platform.self, handle, LOOK_PATIENCE_MS, NULL) ==
			  ODR_E_REFUSED;
	rc = ops->file_size(j->platform.self, handle, &size, e);
	j->bytes = rc == ODR_OK ? size : 0;
	while (rc == ODR_OK && off < size && got) {
		rc = ops->file_read_at(j->platform.self, handle, off, chunk, sizeof chunk, &got, e);
		for (uint32_t i = 0; rc == ODR_OK && i < got; i++) {
			if (chunk[i] != '\n') {
				if (len + 1 < sizeof line)
					line[len++] = chunk[i] ? chunk[i] : '.';
				continue;
			}
			line[len] = 0;
			odr_story_line(&j->story, line);
			len = 0;
		}
		off += got;
	}
	ops->file_close(j->platform.self, handle);
	if (len) { /* the last line has no end */
		j->torn = true;
		j->story.lines++;
		j->story.bad_lines++;
	}
	return rc;
}

enum odr_err odr_journal_open(struct odr_journal *j, struct odr_platform platform,
			      const char *folder, struct odr_error *e)
{
	memset(j, 0, sizeof *j);
	j->platform = platform;
	snprintf(j->path, sizeof j->path, "%.180s/JOURNAL.TXT", folder);
	return load(j, e);
}

enum odr_err odr_journal_hold(struct odr_journal *j, struct odr_error *e)
{
	const struct odr_platform_ops *ops = j->platform.ops;
	uint64_t bytes;
	int handle;
	enum odr_err rc;

	if (j->held)
		return ODR_OK;
	rc = ops->file_open(j->platform.self, j->path, ODR_FILE_APPEND, &handle, e);
	if (rc != ODR_OK)
		return rc;
	rc = ops->file_lock(j->platform.self, handle, HOLD_PATIENCE_MS, e);
	if (rc == ODR_E_REFUSED)
		rc = odr_fail(e, rc, "its journal is %s", j->path);
	if (rc == ODR_OK)
		rc = ops->file_size(j->platform.self, handle, &bytes, e);
	if (rc != ODR_OK) {
		ops->file_close(j->platform.self, handle);
		return rc;
	}
	j->held = handle + 1;
	return bytes == j->bytes ? ODR_OK : load(j, e);
}

void odr_journal_let_go(struct odr_journal *j)
{
	if (j->held)
		j->platform.ops->file_close(j->platform.self, j->held - 1);
	j->held = 0;
}

bool odr_journal_look(struct odr_journal *j)
{
	if (!j->busy)
		return false;
	load(j, NULL);
	return !j->busy;
}

static enum odr_err read_back(struct odr_journal *j, int handle, const char *text, size_t len,
			      struct odr_error *e)
{
	char seen[128];
	uint64_t size;
	size_t off = 0;
	enum odr_err rc = j->platform.ops->file_size(j->platform.self, handle, &size, e);

	while (rc == ODR_OK && off < len) {
		uint32_t want = len - off < sizeof seen ? (uint32_t)(len - off) : sizeof seen, got;

		rc = j->platform.ops->file_read_at(j->platform.self, handle, size - len + off, seen,
						   want, &got, e);
		if (rc == ODR_OK && (got != want || memcmp(seen, text + off, want)))
			rc = odr_fail(e, ODR_E_SPACE, "%s: what was written does not read back",
				      j->path);
		off += want;
	}
	return rc;
}

static enum odr_err put_line(struct odr_journal *j, const char *text, size_t len,
			     struct odr_error *e)
{
	const struct odr_platform_ops *ops = j->platform.ops;
	void *self = j->platform.self;
	int handle;
	enum odr_err rc = ops->file_open(self, j->path, ODR_FILE_APPEND, &handle, e);

	if (rc != ODR_OK)
		return rc;
	rc = ops->file_append(self, handle, text, (uint32_t)len, e);
	if (rc == ODR_OK)
		rc = ops->file_sync(self, handle, e);
	if (rc == ODR_OK)
		rc = read_back(j, handle, text, len, e);
	ops->file_close(self, handle);
	return rc;
}

enum odr_err odr_journal_write(struct odr_journal *j, enum odr_point point, const char *fields,
			       struct odr_error *e)
{
	const struct odr_story before = j->story;
	char text[ODR_EVENT_MAX + 2];
	size_t start = j->torn ? 1 : 0, len;
	uint32_t on_disk = j->story.lines;
	enum odr_err rc;

	text[0] = '\n';
	snprintf(text + start, ODR_EVENT_MAX - 20, "%s n=%lu%s", names[point],
		 (unsigned long)on_disk + 1, fields);
	len = strlen(text);
	len += (size_t)snprintf(text + len, 20, " crc=%08lx",
				(unsigned long)odr_crc32(0, text + start, len - start));
	odr_story_line(&j->story, text + start);
	j->story.lines = on_disk;
	if (j->off)
		return ODR_OK;
	text[len++] = '\n';

	rc = put_line(j, text, len, e);
	if (rc == ODR_OK) {
		j->torn = false;
		j->story.lines++;
		j->bytes += len;
	} else if (point <= ODR_POINT_ERASE) {
		/* Nobody goes on without it, so what it tells has not happened. */
		j->story = before;
	}
	return rc;
}
