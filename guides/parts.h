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
/*
 * odr_step_set - take `key = value` into the step. value is cut into its words in place and has to
 * live as long as the step. `kind` comes first: it decides which keys there are.
 * ODR_E_FILE with "what is wrong; what to do", without file and line.
 */
enum odr_err odr_step_set(struct odr_step *step, const char *key, char *value, struct odr_error *e);
/* Once all keys are set: what a step of this kind lacks, holes in numbers. */
enum odr_err odr_step_end(struct odr_step *step, struct odr_error *e);
/* The columns that the text of this key may take on the page; 0: it is not shown. */
unsigned odr_key_columns(const char *key);

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

/* Every way out of a step as a TARGET, n from 0; "" : this one leads nowhere; NULL: no more. */
const char *odr_step_way(const struct odr_step *step, unsigned n);

/*
 * odr_picture_load - folder/pics/NAME.txt; *line is the line that a fault is on. name is kept, not
 * copied.
 */
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
enum { ODR_INI_WORD = 40 };
struct odr_ini_entry {
	char section[ODR_INI_WORD], key[ODR_INI_WORD];
	char *value;
};
bool odr_ini_entry(void *ini, unsigned n, struct odr_ini_entry *entry);

#endif
