/*
 * main.h - the three ways to use the program, and the worker behind all of them. main*.c alone join
 * the four folders; everybody else sees only its neighbours.
 */
#ifndef ODR_MAIN_H
#define ODR_MAIN_H

#include "flash/event.h"
#include "flash/image.h"
#include "guides/guide.h"
#include "platform/archive.h"
#include "platform/linux/worker.h"
#include "tui/desk.h"
#include "tui/saved.h"

#define ODR_VERSION "0.1"

struct odr_setup {
	const char *backend; /* "linux", or "sim:" and its options; NULL: no machine */
	const char *folder;  /* journal, backups, the place in the guide */
	const char *guides;
	const char *script;
	bool attach; /* to the worker that has this folder, instead of a new one */
	bool events; /* print the event lines themselves */
	bool live;   /* watch the channels between two commands */
	bool plain;  /* the assistant as prose, not as a screen */
	bool mono;
	char command[ODR_EVENT_MAX];
};

/* The options of the practice PC, behind "sim:"; NULL: it is another machine, or none. */
const char *odr_main_practice(const struct odr_setup *setup);

/* What is said where a command needs a machine and none was named. */
extern const char odr_no_backend[];

/* explain, decode (front.h) and unpack, answered in lines; facts get what became known. false: the line
 * is for somebody else. */
bool odr_main_front(const struct odr_setup *setup, struct odr_facts *facts, const char *line,
		    odr_put *put, void *ctx, int *code);
/* The line for MTKFLASH that the guides' tables build from these facts. false: not enough is known. */
bool odr_main_line(const struct odr_setup *setup, const struct odr_facts *facts, char *out,
		   size_t cap);
/* `unpack FILE [MEMBER]`: 0 written (ODR_FACT_file is its path), 1 no FILE, 2 more than one image, 4 the
 * archive, its content or the folder cannot be used; why, and what to do, was put. false: another line. */
bool odr_main_unpack(const char *line, struct odr_facts *facts, odr_put *put, void *ctx, int *code);
/* Is it firmware? The same answer as `image` gives for a file. ODR_E_FILE: no, and why. */
enum odr_err odr_main_check(struct odr_image *image, const struct odr_member *member,
			    struct odr_error *e);
bool odr_main_unpack_takes(const char *line);
/* Does the person's side answer this line by itself? */
bool odr_main_front_takes(const char *line);

extern const struct odr_guide_host odr_main_host;

/* Guides and tables tell root what to do: true unless somebody with fewer rights may change them. Says
 * which file it is, and the remedy, on standard error. */
bool odr_main_trusts(const char *guides);

/* The desk of the person's side (desk.h), but for what was seen: that is the caller's. */
void odr_main_desk(struct odr_desk *desk, const struct odr_setup *setup);
/* What PLACE.TXT keeps over a restart; "" when there is none. */
void odr_main_place(const struct odr_setup *setup, char text[ODR_SAVED_TEXT]);

/* The worker's side, for odr_worker_start; arg: struct odr_setup. The only process that touches the machine. */
void odr_main_serve(struct odr_worker *w, void *arg);

/* One command, a script, or lines of standard input. Returns the exit code. */
int odr_main_lines(struct odr_setup *setup);
/* The assistant: pages on a screen, or as prose. Returns the exit code. */
int odr_main_assist(struct odr_setup *setup);

#endif
