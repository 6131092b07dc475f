/*
 * words.h - the catalogue: every reason for a no, with what it means and what to do next.
 *
 * A refusal is not an error: it is a reason that the person can mend. Nothing was sent to the drive
 * when one is given. All text for people that the engine needs stands in words.c, in one place, so
 * that it can be translated and so that nobody writes a no without its advice.
 */
#ifndef ODR_WORDS_H
#define ODR_WORDS_H

/* Exit codes of the program and of each command (design.md section 4). */
enum odr_exit {
	ODR_EXIT_DONE = 0,
	ODR_EXIT_USAGE = 1,
	ODR_EXIT_REFUSED = 2,	     /* refused, nothing sent */
	ODR_EXIT_UNCHANGED = 3,	     /* failed, the drive is as it was */
	ODR_EXIT_FILE = 4,	     /* the image or backup file is unusable */
	ODR_EXIT_CHANGED = 5,	     /* failed, the drive is changed */
	ODR_EXIT_NOT_VERIFIABLE = 6, /* written, cannot be read back */
	ODR_EXIT_NO_DEVICE = 7,	     /* no such position or device */
	ODR_EXIT_INTERNAL = 8,
};

enum odr_no {
	ODR_NO_LINE,
	ODR_NO_TARGET,
	ODR_NO_IMAGE,
	ODR_NO_PLAN,
	ODR_NO_CONFIRM,
	ODR_NO_WORDS,
	ODR_NO_BODY,
	ODR_NO_DISK_TARGET,
	ODR_NO_DISK_CABLE,
	ODR_NO_PARTNER,
	ODR_NO_PROOF,
	ODR_NO_OTHER_CHANNEL,
	ODR_NO_TWO_CHANGED,
	ODR_NO_REBOOT,
	ODR_NO_PLACES,
	ODR_NO_LABEL,
	ODR_NO_LABEL_KNOWN,
	ODR_NO_OTHER_LABEL,
	ODR_NO_DEAD_ELSEWHERE,
	ODR_NO_FITS_LABEL,
	ODR_NO_FITS_DRIVE,
	ODR_NO_FITS_CHIP,
	ODR_NO_KNOCK_ALIVE,
	ODR_NO_HALF_WRITTEN,
	ODR_NO_KNOCK_FIRST,
	ODR_NO_ANSWER,
	ODR_NO_LOCKED,
	ODR_NO_SERIAL_FLASH,
	ODR_NO_CHIP_ID,
	ODR_NO_CHIP_PAGE,
	ODR_NO_CHIP_PROTECTED,
	ODR_NO_FAMILY,
	ODR_NO_JOURNAL,
	ODR_NO_ROOM,
	ODR_NO_BACKUP_STABLE,
	ODR_NO_BACKUP_BLANK,
	ODR_NO_WHOLE,
	ODR_NO_BACKUP_FILE,
	ODR_NO_IMAGE_CHANGED,
	ODR_NO_IMAGE_FILE,
	ODR_NO_BASELINE,
	ODR_NO_PORTS,
	ODR_NO_LOCK,
	ODR_NO_USED,
	ODR_NO_RIGHTS,
	ODR_NO_BATTERY,
	ODR_NO_SLEEP,
	ODR_NO_LOGIN,
	ODR_NO_WAY,
	ODR_NO_STOPPED,
	ODR_NO_RUNNING,
	ODR_NOS
};

struct odr_words {
	const char *name;   /* the code in events and tests: "partner" */
	enum odr_exit exit; /* what the command ends with */
	const char *text;   /* what is the matter; one or two sentences */
	const char *advice; /* what to do next */
};

/* Never NULL for a valid `no`. */
const struct odr_words *odr_words(enum odr_no no);

/* A state's name (platform.h, events) in a sentence for people, who know vendor mode as flash mode. */
const char *odr_words_state(const char *name);

#endif
