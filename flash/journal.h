/*
 * journal.h - what was done to a drive, on disk before it is done.
 *
 * One file, JOURNAL.TXT in the state folder, only ever appended to: a line a point, each with its
 * number and its CRC. It is what the next start believes after a crash, so it must never promise more
 * than was done: "erase" is written (synced, read back) before the erase is sent, "outcome" after all is
 * over. The person reads it too, and sends it to a forum.
 */
#ifndef ODR_JOURNAL_H
#define ODR_JOURNAL_H

#include "flash/sha256.h"
#include "platform/platform.h"

#define ODR_PATH_MAX 200

/* The points of a rescue, in their order. */
enum odr_point {
	ODR_POINT_NONE,
	ODR_POINT_KNOCK, /* the boot ROM is about to be knocked on; nothing can be erased by that */
	ODR_POINT_PLAN,	 /* a confirmed plan begins */
	ODR_POINT_BACKUP,  /* the old content is safe in a file */
	ODR_POINT_VENDOR,  /* the boot ROM answers in vendor mode */
	ODR_POINT_ERASE,   /* the point of no return */
	ODR_POINT_BANK,	   /* one bank more is written */
	ODR_POINT_WRITTEN, /* every byte was sent */
	ODR_POINT_OUTCOME, /* it is over, and how */
	ODR_POINTS
};

/* What the journal says of the last rescue in it. */
struct odr_story {
	enum odr_point last; /* NONE: no journal, or nothing in it */
	bool unfinished;     /* a plan began and has no outcome that ends it */
	bool no_return;	     /* unfinished, and the erase was ordered */
	bool rubble;	     /* a plan before this one left the chip half written */
	unsigned left;	     /* ODR_MASK bits: other positions whose last write did not end */
	bool doubt;	     /* no_return, and only because a lost line may have been the erase */
	uint32_t lines;	     /* in the file so far: damaged and missing ones count */
	unsigned bad_lines;  /* damaged or missing; the last one may be torn by a crash */
	unsigned position;   /* of the rescue and its backup; 0: none */
	unsigned at_work;    /* the position that was knocked on or planned for last; 0: none */
	char boot_id[40];
	char image[ODR_PATH_MAX];
	char image_sha256[ODR_SHA256_HEX];
	char backup[ODR_PATH_MAX]; /* "" : none was made */
	char backup_sha256[ODR_SHA256_HEX];
	char chip[40];
	uint32_t backup_bytes;
};

struct odr_journal {
	struct odr_platform platform;
	char path[ODR_PATH_MAX];
	bool off;  /* the person typed "without journal" */
	bool torn; /* the file's last line has no end: a crash; the next append starts a new one */
	int held;  /* the open file that is ours against other programs; 0: none, else handle + 1 */
	bool busy; /* another program worked with it when it was last looked at */
	uint64_t bytes; /* of the file when it was last read or written */
	struct odr_story story;
};

/*
 * odr_journal_open - read what is there. folder: the state folder, made when it is missing.
 * A missing file is an empty story. ODR_E_FILE: there is one and it cannot be read.
 */
enum odr_err odr_journal_open(struct odr_journal *j, struct odr_platform platform,
			      const char *folder, struct odr_error *e);

/*
 * odr_journal_hold - work with the journal alone, from here to odr_journal_let_go, and read what another
 * program may have added. ODR_E_REFUSED: another program works with it. ODR_E_SPACE, ODR_E_FILE: no place.
 */
enum odr_err odr_journal_hold(struct odr_journal *j, struct odr_error *e);
void odr_journal_let_go(struct odr_journal *j);
/* When it was busy: is it still? Reads it anew when not. Returns whether that has changed. */
bool odr_journal_look(struct odr_journal *j);

/*
 * odr_journal_write - append one point, sync, and read it back before returning.
 * fields: event pairs (event.h) without a kind, e.g. ` bank=7`; each becomes part of the story.
 * ODR_E_SPACE: it is not on disk; the caller must not go on.
 */
enum odr_err odr_journal_write(struct odr_journal *j, enum odr_point point, const char *fields,
			       struct odr_error *e);

/*
 * odr_story_line - the pure half: take one journal line (without its line end) into the story.
 * Returns false when its CRC is wrong or its kind unknown: then the story is the worst that the line may
 * have told. A line that a crash has torn off is no such line: while it was torn, nothing was erased yet.
 * A number that is too high tells of lines that are missing in front of it: they are taken for the worst,
 * too. A number that is too low is sound: the line that had it first was torn off or not known to be on
 * disk.
 */
bool odr_story_line(struct odr_story *story, const char *line);

/* Does the story end in a write to this position that may have stopped half-way? */
bool odr_story_half_written(const struct odr_story *story, unsigned position);

/* "knock", "plan", ...: the words in the file. */
const char *odr_point_name(enum odr_point point);

#endif
