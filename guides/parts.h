/*
 * parts.h - what loader, lint and walker of guides/ share and nobody else needs: one key of a step at
 * a time, read with the reason when it cannot be, so that all three mean the same by it.
 */
#ifndef ODR_GUIDE_PARTS_H
#define ODR_GUIDE_PARTS_H

#include "flash/drive.h"
#include "guides/guide.h"

/* How the sections are called. */
#define ODR_SECTION_GUIDE "guide"
#define ODR_SECTION_STEP "step_"
#define ODR_SECTION_DRIVE "drive_"

/* A file name as DOS takes it, lower case: base of at most 8, .ext of at most 3. */
bool odr_name_is_83(const char *name, const char *extension);
/* a-z 0-9 _ , at most ODR_STEP_NAME, not back and not top. */
bool odr_name_is_step(const char *name);

/* A step without anything but its name. */
void odr_step_clear(struct odr_step *step, const char *name);
/* A fault in an INI file: section and key as iniparser has them, key "" for the section itself. */
struct odr_faults {
	void (*tell)(void *ctx, const char *section, const char *key, const char *text);
	void *ctx;
};
/* Such a function for who stops at the first: ctx is a struct odr_error, ODR_OK before. */
void odr_note_first(void *ctx, const char *section, const char *key, const char *text);
/*
 * odr_guide_build - the steps of guide->ini. Every fault is told; the guide may be walked only when there
 * was none. Pictures are not looked for.
 */
void odr_guide_build(struct odr_guide *guide, const struct odr_faults *faults);

/*
 * odr_step_set - take `key = value` into the step. value is cut into its words in place and has to
 * live as long as the step. `kind` comes first: it decides which keys there are.
 * ODR_E_FILE with "what is wrong; what to do", without file and line.
 */
enum odr_err odr_step_set(struct odr_step *step, const char *key, char *value, struct odr_error *e);
/* Once all keys are set: what a step of this kind lacks, holes in numbers. */
enum odr_err odr_step_end(struct odr_step *step, struct odr_error *e);
/* The TARGET that this key has given to the step; NULL when it is none that has one. */
const char *odr_step_target(const struct odr_step *step, const char *key);
/* The values of several words, for odr_step_set. */
enum odr_err odr_read_choice(struct odr_choice *choice, char *value, struct odr_error *e);
enum odr_err odr_read_set(struct odr_choice *choice, char *value, struct odr_error *e);
enum odr_err odr_read_when(struct odr_when *when, char *value, struct odr_error *e);
enum odr_err odr_read_seconds(unsigned *seconds, const char *value, struct odr_error *e);
enum odr_err odr_read_yes(bool *yes, const char *value, struct odr_error *e);
enum odr_err odr_read_passes(unsigned *passes, char *value, struct odr_error *e);
bool odr_is_target(const char *target);
enum odr_err odr_bad_target(const char *target, struct odr_error *e);

/* The same for [guide]; start is looked up by the caller. */
enum odr_err odr_head_set(struct odr_guide *guide, const char **start, const char *key, char *value,
			  struct odr_error *e);

/* The same three for a row of a table of drives. */
void odr_drive_clear(struct odr_drive *row);
enum odr_err odr_drive_set(struct odr_drive *row, const char *key, char *value,
			   struct odr_error *e);
enum odr_err odr_drive_end(const struct odr_drive *row, struct odr_error *e);

/* How many rows a table has, and all of them. Rows with a fault are told and not to be used. */
unsigned odr_drives_count(void *ini);
void odr_drives_build(struct odr_drive *row, void *ini, const struct odr_faults *faults);

/*
 * odr_step_way - every way out of a step, n from 0. target "" : this one leads nowhere.
 * false: no more.
 */
struct odr_way {
	const char *target;
	const struct odr_when *when; /* the condition that leads here, or NULL */
	int exit;		     /* the exit code that leads here, or -1 */
};
bool odr_step_way(const struct odr_step *step, unsigned n, struct odr_way *way);

/* odr_picture_load - folder/pics/NAME.txt; *line is the line that a fault is on. */
enum odr_err odr_picture_load(struct odr_picture *picture, const char *folder, const char *name,
			      unsigned *line, struct odr_error *e);

/* folder/name, or "" when that is longer than any path that a person would use. */
enum { ODR_PATH_ROOM = 300 };
void odr_path(char path[ODR_PATH_ROOM], const char *folder, const char *name);

/*
 * odr_ini_load - iniparser's dictionary of a file (void *, so that only ini.c knows iniparser), after
 * the checks that iniparser does not make: is_unsafe, most bytes, byte order mark. NULL and *e set.
 */
void *odr_ini_load(const struct odr_guide_host *host, const char *folder, const char *name,
		   unsigned long most, struct odr_error *e);
void odr_ini_free(void *ini);
/*
 * odr_ini_entry - the n-th entry of the file, from 0: section and key in lower case. A section's own
 * entry has key "" and value NULL. section and key are copied (cut to the room), value may be cut
 * into words: it is ours. false: no more.
 */
enum { ODR_INI_WORD = 40 }; /* lintraw.c tells people of 39 */
struct odr_ini_entry {
	char section[ODR_INI_WORD], key[ODR_INI_WORD];
	char *value;
};
bool odr_ini_entry(void *ini, unsigned n, struct odr_ini_entry *entry);

#endif
