/*
 * guide.h - a guide: pages of text and where to go from each, read from one INI file of guides/.
 *
 * Knows nothing of drives, engine or screen: it says what to show and which ways lead on; walk.h says
 * which of them is taken. A guide never touches a machine and never runs anything: a `run` step
 * only names the command line that the caller may send.
 *
 * The file (guides/README tells it to authors): [guide] and one [step_NAME] a step; values in double
 * quotes where they hold ; = # or leading blanks; at most 24 KB, 40 steps, names 8.3.
 */
#ifndef ODR_GUIDE_H
#define ODR_GUIDE_H

#include "guides/facts.h"
#include "platform/error.h"

#include <stdbool.h>

enum {
	ODR_GUIDE_BYTES = 24 * 1024, /* of the file; DOS has to hold it twice */
	ODR_GUIDE_STEPS = 40,
	ODR_GUIDE_COLUMNS = 72, /* of a line of text; the frame of a page takes the rest of 79 */
	ODR_TITLE_COLUMNS = 60,
	ODR_PROMPT_COLUMNS = 40,
	ODR_GUIDE_TEXTS = 12,
	ODR_GUIDE_CHOICES = 9,
	ODR_GUIDE_WHENS = 9,
	ODR_STEP_NAME = 16,   /* letters of a step's name */
	ODR_FILE_NAME = 12,   /* letters of an 8.3 name */
	ODR_TARGET_ROOM = 30, /* "deadmtk1.ini:name_of_a_step01" and the end mark */
	ODR_PICTURE_LINES = 8,
	ODR_PICTURE_COLUMNS = 75,
	ODR_TIMEOUT_MAX_S = 3600,
};

enum odr_kind { ODR_SAY, ODR_ASK, ODR_WAIT, ODR_CHECK, ODR_RUN, ODR_END, ODR_KINDS };

/* What the program shows below the text, from the engine's events. */
enum odr_view {
	ODR_VIEW_NONE,
	ODR_VIEW_PLACES,
	ODR_VIEW_TARGET,
	ODR_VIEW_IMAGE,
	ODR_VIEW_PLAN,
	ODR_VIEW_PROGRESS,
	ODR_VIEW_OUTCOME,
	ODR_VIEW_LINE,
	ODR_VIEW_DECODE,
	ODR_VIEW_RECOVERY,
	ODR_VIEW_CHIP,
	ODR_VIEWS
};

enum odr_result { ODR_RESULT_NONE, ODR_RESULT_CLOSED, ODR_RESULT_OPEN, ODR_RESULT_PAPER };

enum odr_op { ODR_IS, ODR_NOT, ODR_LESS, ODR_MORE };

/* What a step passes by the author's word; the lint of writes counts with it. */
enum { ODR_PASSES_TARGET = 1, ODR_PASSES_BACKUP = 2 }; /* an image is never passed by word */

/*
 * TARGET, everywhere below: a step of this guide; "file:step", file with or without .ini; "back", the
 * step before; "top", the first page. Owned by the guide, like every other text here.
 */
struct odr_choice {
	char key; /* a to z, never h or q */
	const char *target, *text;
	enum odr_fact fact; /* set when it is taken; ODR_FACTS: nothing is */
	const char *word;
};

struct odr_when {
	enum odr_fact fact;
	enum odr_op op;
	const char *word, *target;
};

struct odr_picture {
	char name[8 + 1]; /* of pics/NAME.txt */
	unsigned lines;
	char line[ODR_PICTURE_LINES][ODR_PICTURE_COLUMNS + 1];
};

/* Texts and targets that the file does not give are NULL, numbers 0. */
struct odr_step {
	char name[ODR_STEP_NAME + 1];
	enum odr_kind kind;
	const char *title; /* NULL only for check */
	const char *text[ODR_GUIDE_TEXTS];
	unsigned n_text;
	const char *picture_name;
	const struct odr_picture *picture;
	const char *why, *wrong, *hazard;
	enum odr_view view;
	bool paper;
	struct odr_choice choice[ODR_GUIDE_CHOICES];
	unsigned n_choice;
	struct odr_when when[ODR_GUIDE_WHENS];
	unsigned n_when;
	const char *next;
	const char *late; /* wait: where to after timeout_s */
	unsigned timeout_s;
	const char *command, *prompt; /* run */
	/* run: by exit code of flash/words.h, none is NULL; [0] is next. Those that the file does not
	 * name are `fail`; 1 and 8, which it cannot name, are `fail` or else `refused`. */
	const char *exit[9];
	enum odr_result result; /* end */
	bool writes;		/* the line on this page writes when it is typed elsewhere */
	unsigned passes;	/* ODR_PASSES_... */
};

struct odr_guide {
	const char *id, *title;
	const char *families, *hosts; /* words as they stand in the file; "" : all */
	char file[ODR_FILE_NAME + 1]; /* "mtkdead.ini" */
	bool first;		      /* may be entered at its start, from the first page */
	const struct odr_step *start;
	struct odr_step *step;
	unsigned steps;
	struct odr_picture *pictures;
	unsigned n_pictures;
	void *ini; /* iniparser's dictionary: the texts live in it */
};

/*
 * What guides/ may not do itself, since it knows no operating system. Filled by main from
 * platform/host.h; a pointer may be NULL where the caller wants no such check.
 */
struct odr_guide_host {
	/* Does this process run with rights that whoever may write this file or folder has not? */
	bool (*is_unsafe)(const char *path);
	/* Calls each() with the name of every file in a folder. false: cannot be read. */
	bool (*list)(const char *folder, void (*each)(void *ctx, const char *name), void *ctx);
};

/*
 * odr_guide_load - folder: "guides" or whatever it was installed as. file: "mtkdead.ini" or "mtkdead".
 * The guide owns heap until odr_guide_free. ODR_E_FILE with words that name the file: missing, unsafe,
 * too big, not a guide. What loads is safe to walk (its own targets exist); whether it is
 * good is asked by odr_guide_check.
 */
enum odr_err odr_guide_load(struct odr_guide *guide, const struct odr_guide_host *host,
			    const char *folder, const char *file, struct odr_error *e);
/* Everything that came out of the guide is gone afterwards. A zeroed guide may be freed. */
void odr_guide_free(struct odr_guide *guide);
/* NULL: there is no such step. */
const struct odr_step *odr_guide_step(const struct odr_guide *guide, const char *name);

/*
 * odr_target_split - "file:step" into its parts; file becomes "" for a step of the same guide and ends
 * with .ini else. false: neither that nor a step's name (`back` and `top` are no steps).
 */
bool odr_target_split(const char *target, char file[ODR_FILE_NAME + 1],
		      char step[ODR_STEP_NAME + 1]);

/*
 * odr_guide_check - every fault in every guide, picture and table of drives below folder, one call of
 * say() each: "mtkdead.ini:17: what is wrong; what to do". host->list must be there.
 * Returns the number of faults; 0 is clean.
 */
unsigned odr_guide_check(const struct odr_guide_host *host, const char *folder,
			 void (*say)(void *ctx, const char *line), void *ctx);

#endif
