/*
 * facts.h - what a guide may ask about: a closed list of facts, each with its closed list of words.
 *
 * A guide decides by facts only (`target more 0`, `host is other`) and may show them in its lines
 * (`{position_name}`). The person sets some of them by choices, the program sets the others from the
 * engine's events. A fact that nobody has set is "": it is nothing, it is `not` everything, and it is
 * neither less nor more than any number. There is no expression language and no fact outside the list.
 */
#ifndef ODR_FACTS_H
#define ODR_FACTS_H

#include <stdbool.h>
#include <stddef.h>

/* Who sets it. */
enum odr_fact_by { ODR_BY_PERSON, ODR_BY_PROGRAM };

/*
 * X(name, by, words): words are separated by one blank; "LOW..HIGH" is a number, which alone may be
 * compared with less and more.
 */
#define ODR_FACT_LIST(X)                                                                           \
	X(host, ODR_BY_PERSON, "here other")                                                       \
	X(boots, ODR_BY_PERSON, "floppy cd stick linux windows none")                              \
	X(hang, ODR_BY_PERSON, "none ide powered os")                                              \
	X(variant, ODR_BY_PERSON, "a b c d e f g")                                                 \
	X(jumper, ODR_BY_PERSON, "master slave cable unknown")                                     \
	X(channel, ODR_BY_PERSON, "primary secondary unknown")                                     \
	X(alone, ODR_BY_PERSON, "yes no unknown")                                                  \
	X(tool, ODR_BY_PERSON, "180 1801 183c 148 155 other none")                                 \
	X(way, ODR_BY_PERSON, "own mtkflash")                                                      \
	X(light, ODR_BY_PERSON, "yes no")                                                          \
	X(tray, ODR_BY_PERSON, "yes no")                                                           \
	X(smell, ODR_BY_PERSON, "yes no")                                                          \
	X(fresh, ODR_BY_PERSON, "yes no") /* the file was got again */                             \
	X(level, ODR_BY_PERSON, "1..9")	  /* rung of the retry ladder */                           \
	X(practice, ODR_BY_PROGRAM, "yes no")                                                      \
	X(pc, ODR_BY_PROGRAM, "on hung off")                                                       \
	X(baseline, ODR_BY_PROGRAM, "yes no")                                                      \
	X(changed, ODR_BY_PROGRAM, "none primary secondary both unknown")                          \
	X(kind, ODR_BY_PROGRAM, "appeared vanished renamed none")                                  \
	X(target, ODR_BY_PROGRAM, "0..4")                                                          \
	/* of the target, or without one of the only changed or only dead position */              \
	X(state, ODR_BY_PROGRAM,                                                                   \
	  "empty absent silent busy alive boot noname odd aborting drq vendor locked disk noport " \
	  "unknown")                                                                               \
	X(partner, ODR_BY_PROGRAM, "none drive disk")                                              \
	X(dead, ODR_BY_PROGRAM, "0..4")	  /* positions that look dead */                           \
	X(living, ODR_BY_PROGRAM, "0..4") /* optical drives that say their name */                 \
	X(image, ODR_BY_PROGRAM, "none ok")                                                        \
	X(label, ODR_BY_PROGRAM, "none known")                                                     \
	X(chip, ODR_BY_PROGRAM, "none known")                                                      \
	X(plan, ODR_BY_PROGRAM, "none made confirmed")                                             \
	X(outcome, ODR_BY_PROGRAM, "none verified unverified unchanged changed")                   \
	/* the last refusal: the names in flash/words.c */                                         \
	X(code, ODR_BY_PROGRAM,                                                                    \
	  "none line no-target no-image no-plan not-confirmed words nobody disk disk-on-cable "    \
	  "partner proof other-channel two-changed reboot places no-label label-unknown "          \
	  "other-product size alive half-written knock-first no-answer locked serial-flash "       \
	  "no-chip-id other-label dead-elsewhere whole "                                           \
	  "chip-page protected family journal room unstable blank no-backup image-changed image "  \
	  "no-baseline no-ports in-use drive-used rights battery sleep login-ends no-way stopped " \
	  "frozen")                                                                                \
	X(journal, ODR_BY_PROGRAM, "none unchanged changed")                                       \
	X(tries, ODR_BY_PROGRAM, "0..99")  /* writes begun so far */                               \
	X(named, ODR_BY_PROGRAM, "yes no") /* after a rescue the drive says its name */

/*
 * Y(name, columns): text for {name} only, never asked about, set by the program. The lint counts
 * `columns` when it asks whether a line fits; a longer text makes a longer line, which the page wraps.
 */
#define ODR_TEXT_LIST(Y)                                                        \
	Y(position_name, 16) /* "secondary master" */                           \
	Y(digit, 1)	     /* of MTKFLASH, 1 to 4 */                          \
	Y(file, 50)	     /* the firmware file as it was named */            \
	Y(file83, 12)	     /* the same as DOS calls it, without its folder */ \
	Y(label_text, 23)    /* what the person read on the sticker */          \
	Y(line, 60)	     /* the MTKFLASH line */                            \
	Y(reason, 72)	     /* why the last command was refused or failed */   \
	Y(advice, 72)	     /* what to do about it */                          \
	Y(seen, 60)	     /* the place in words: "stuck busy" */             \
	Y(revision, 4)	     /* firmware revision of the image */               \
	Y(backup, 50)	     /* the backup file */                              \
	Y(folder, 50)	     /* where journal and backups lie */                \
	Y(typed, 60)	     /* what was typed at this step's prompt */

enum odr_fact {
#define X(name, by, words) ODR_FACT_##name,
#define Y(name, columns) ODR_FACT_##name,
	ODR_FACT_LIST(X)
	/* The first that is only text. */
	ODR_FACT_FIRST_TEXT,
	ODR_FACT_BEFORE_TEXT = ODR_FACT_FIRST_TEXT - 1,
	ODR_TEXT_LIST(Y)
#undef X
#undef Y
		ODR_FACTS
};

/* Room with the end mark: the longest word, and a path of flash/journal.h (ODR_PATH_MAX). */
#define ODR_FACT_WORD 16
#define ODR_FACT_TEXT 200

/* Plain data, zeroed by odr_facts_clear: may be copied. Use the functions to look inside. */
struct odr_facts {
	char word[ODR_FACT_FIRST_TEXT][ODR_FACT_WORD];
	char text[ODR_FACTS - ODR_FACT_FIRST_TEXT][ODR_FACT_TEXT];
};

/* Nothing is known. */
void odr_facts_clear(struct odr_facts *facts);

/*
 * odr_facts_set - word "" unsets. For a fact with a closed list a word outside it changes nothing and
 * gives false: a bug of the caller. A text is cut to its room, control bytes become '.', and
 * that gives false when something was cut: do not send it as part of a command.
 */
bool odr_facts_set(struct odr_facts *facts, enum odr_fact fact, const char *word);
bool odr_facts_set_number(struct odr_facts *facts, enum odr_fact fact, unsigned number);
/* Never NULL; "" when it is not set. Valid until the next set. */
const char *odr_facts_get(const struct odr_facts *facts, enum odr_fact fact);

/* "target" -> ODR_FACT_target. len: characters of name. ODR_FACTS: there is no such fact. */
enum odr_fact odr_fact_by_name(const char *name, size_t len);
const char *odr_fact_name(enum odr_fact fact);
enum odr_fact_by odr_fact_by(enum odr_fact fact);
/* May this word stand in a condition on the fact? false for every word of a fact that is only text. */
bool odr_fact_takes(enum odr_fact fact, const char *word);
bool odr_fact_is_number(enum odr_fact fact);
/*
 * odr_fact_word - the words one by one, for lists and tests: n from 0; the word goes to `out`.
 * false: no more.
 */
bool odr_fact_word(enum odr_fact fact, unsigned n, char out[ODR_FACT_WORD]);
/* The most columns its value is counted with in a line. */
unsigned odr_fact_columns(enum odr_fact fact);

#endif
