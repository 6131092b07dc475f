/*
 * main_lines.c - commands from the shell's line, a script or standard input; events as prose.
 */
#include "flash/engine.h"
#include "flash/words.h"
#include "platform/host.h"
#include "platform/linux/attach.h"
#include "tui/main.h"
#include "tui/r_plain.h"
#include "tui/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the commands of the person's side need to know: all that the engine said here. */
static struct session {
	struct odr_seen seen;
	struct odr_record record;
	char here[ODR_TARGET_ROOM];
	bool quiet; /* the engine is asked for a report, its answer is not shown by itself */
} session;

static void begin_session(const struct odr_setup *setup)
{
	static struct odr_saved saved;
	static char text[ODR_SAVED_TEXT]; /* too big for a small stack */

	odr_seen_start(&session.seen);
	odr_facts_set(&session.seen.facts, ODR_FACT_practice,
		      odr_main_practice(setup) ? "yes" : "no");
	odr_facts_set(&session.seen.facts, ODR_FACT_folder, setup->folder);
	odr_main_place(setup, text);
	odr_saved_read(&saved, text);
	odr_saved_apply(&saved, &session.seen.facts);
	odr_seen_answered(&session.seen);
	snprintf(session.here, sizeof session.here, "%s", saved.place);
}

static void take_event(const struct odr_setup *setup, const char *line)
{
	odr_seen_event(&session.seen, line);
	odr_record_event(&session.record, line);
	if (session.quiet)
		return;
	if (setup->events) {
		puts(line);
		fflush(stdout); /* a program may wait for it before it sends the next line */
	} else {
		odr_plain_event(line);
	}
}

/* Only what comes behind the point of no return is told by another phase than "backup". */
static bool is_past_erase(const char *event)
{
	char phase[20];

	return odr_event_is(event, "progress") &&
	       odr_event_get(event, "phase", phase, sizeof phase) && strcmp(phase, "backup") != 0;
}

/* Show events until the command's end. Returns its exit code. */
static int follow(struct odr_worker *w, const struct odr_setup *setup)
{
	enum { WAKE_MS = 100 };
	char line[ODR_EVENT_MAX], how[80];
	bool past = false, stopped = false, told = false;

	for (;;) {
		if (odr_host_was_told_to_end() && !stopped) {
			stopped = true;
			odr_worker_stop(w); /* heard before the erase only */
		}
		if (stopped && past && !told) {
			told = true;
			puts("odrescue was told to end. The write goes on: do NOT switch anything "
			     "off.");
			fflush(stdout);
		}
		switch (odr_worker_next(w, line, sizeof line, WAKE_MS)) {
		case ODR_WORKER_LINE:
			past = past || is_past_erase(line);
			take_event(setup, line);
			if (odr_event_is(line, "end"))
				return (int)odr_event_get_number(line, "code");
			break;
		case ODR_WORKER_TIMEOUT:
			break;
		case ODR_WORKER_GONE:
			odr_worker_close(w, how, sizeof how);
			fprintf(stderr,
				"odrescue: the engine stopped: %s.\nLeave the drive's power on and "
				"start odrescue again:\nit reads its journal and says what was "
				"done.\n",
				how);
			exit(ODR_EXIT_INTERNAL);
		}
	}
}

static int ask_engine(struct odr_worker *w, const struct odr_setup *setup, const char *line)
{
	bool is_job = strncmp(line, "flash", 5) == 0;
	struct odr_error err;
	int code;

	odr_host_hear_end(is_job);
	if (odr_worker_send(w, line, &err) != ODR_OK) {
		fprintf(stderr, "odrescue: %s\n", err.text);
		return ODR_EXIT_INTERNAL;
	}
	code = follow(w, setup);
	if (!odr_host_was_told_to_end())
		odr_host_hear_end(false);
	odr_seen_end(&session.seen, line, code);
	return code;
}

static void put_line(void *ctx, const char *line)
{
	(void)ctx;
	puts(line);
}

static void show_help(void *ctx, const char *line)
{
	(void)ctx;
	odr_plain_event(line);
}

/* w: NULL when no machine was named; then only the person's side answers. */
static int run_line(struct odr_worker *w, const struct odr_setup *setup, const char *line)
{
	struct odr_desk desk;
	int code;

	if (odr_main_front(setup, &session.seen.facts, line, put_line, NULL, &code)) {
		fflush(stdout);
		return code;
	}
	if (!odr_desk_takes(line)) {
		if (w)
			return ask_engine(w, setup, line);
		if (!strcmp(line, "help")) {
			odr_engine_help(show_help, NULL);
			return ODR_EXIT_DONE;
		}
		fputs(odr_no_backend, stderr);
		return ODR_EXIT_USAGE;
	}
	if (w && odr_desk_wants_engine(line)) {
		session.quiet = true;
		ask_engine(w, setup, "scan");
		ask_engine(w, setup, "status");
		session.quiet = false;
	}
	odr_main_desk(&desk, setup);
	desk.seen = &session.seen;
	desk.record = &session.record;
	desk.here = session.here;
	odr_desk_command(line, &desk, put_line, NULL, &code);
	fflush(stdout);
	return code;
}

/* fgets() would cut a line at a NUL without a word. false: the end, nothing was read. */
static bool read_line(char *raw, size_t cap, FILE *file, struct odr_error *e)
{
	size_t n = 0;
	int c;

	while ((c = getc(file)) != EOF && n + 1 < cap) {
		raw[n++] = (char)c;
		if (c == 0) {
			odr_fail(e, ODR_E_USAGE, "a control character (00)");
			return true;
		}
		if (c == '\n')
			break;
	}
	raw[n] = 0;
	if (n + 1 == cap && c != '\n')
		odr_fail(e, ODR_E_USAGE, "longer than any command");
	return n > 0;
}

/*
 * Lines of a script or of standard input. A script stops at the first command that fails, unless its
 * line begins with `-`; a person at a terminal goes on. code: what is returned when there is no line.
 */
static int run_file(struct odr_worker *w, const struct odr_setup *setup, FILE *file,
		    const char *name, int code)
{
	bool typed = file == stdin && odr_host_is_typed(), may_fail;
	static char raw[ODR_EVENT_MAX], line[ODR_EVENT_MAX];
	struct odr_error err;
	int number = 0;

	for (;;) {
		if (typed) {
			printf("> ");
			fflush(stdout);
		}
		err.code = ODR_OK;
		if (!read_line(raw, sizeof raw, file, &err)) {
			if (ferror(file))
				fprintf(stderr, "odrescue: %s: cannot be read\n", name);
			return ferror(file) ? ODR_EXIT_USAGE : code;
		}
		number++;
		if (err.code ||
		    odr_script_line(raw, line, sizeof line, &may_fail, &err) != ODR_OK) {
			fprintf(stderr, "%s:%d: %s\n", name, number, err.text);
			if (!typed)
				return ODR_EXIT_USAGE;
			continue;
		}
		if (!*line)
			continue;
		if (!typed && !setup->events)
			odr_plain_command(line);
		code = run_line(w, setup, line);
		if (!strncmp(line, "quit", 4) && !code)
			return code;
		if (odr_host_was_told_to_end())
			return code;
		if (ferror(stdout)) /* nothing is begun that nobody could follow */
			return code;
		if (code == ODR_EXIT_USAGE && !typed && !may_fail)
			fprintf(stderr, "%s:%d: this line was not understood\n", name, number);
		if (code && !typed && !may_fail)
			return code;
		if (may_fail)
			code = 0;
	}
}

/* Start one, or join the one that runs. Returns 0, or the exit code. */
static int reach_worker(struct odr_worker *w, struct odr_setup *setup)
{
	struct odr_error err;
	int fd;

	if (!setup->attach) {
		if (odr_worker_start(w, odr_main_serve, setup, &err) == ODR_OK)
			return ODR_EXIT_DONE;
		fprintf(stderr, "odrescue: %s\n", err.text);
		return ODR_EXIT_INTERNAL;
	}
	if (odr_attach_connect(setup->folder, &fd, &err) == ODR_OK) {
		odr_worker_join(w, fd);
		return ODR_EXIT_DONE;
	}
	fprintf(stderr,
		"odrescue: %s.\nWhat was done so far: the command log, on the same "
		"folder.\n",
		err.text);
	return err.code == ODR_E_NO_DEVICE ? ODR_EXIT_NO_DEVICE : ODR_EXIT_REFUSED;
}

int odr_main_lines(struct odr_setup *setup)
{
	static struct odr_worker worker; /* holds the lines that wait: too big for a small stack */
	struct odr_worker *w = NULL;	 /* none where no machine was named */
	FILE *file = stdin;
	int code = ODR_EXIT_DONE;

	if (setup->script) {
		file = fopen(setup->script, "r");
		if (!file) {
			fprintf(stderr, "odrescue: %s: cannot be opened\n", setup->script);
			return ODR_EXIT_USAGE;
		}
	}
	begin_session(setup);
	/* No engine where none is needed: a guide is printed without a look at any drive. */
	if (odr_main_front_takes(setup->command) &&
	    !(setup->backend && odr_desk_wants_engine(setup->command)))
		return run_line(NULL, setup, setup->command);
	if (setup->backend) {
		w = &worker;
		code = reach_worker(w, setup);
		if (code)
			return code;
		session.quiet = odr_main_front_takes(setup->command);
		code = follow(w, setup);
		session.quiet = false;
	}
	if (!code && *setup->command)
		code = run_line(w, setup, setup->command);
	else if (!code || setup->attach) /* a job that was seen to its end is no reason to stop */
		code = run_file(w, setup, file, setup->script ? setup->script : "standard input",
				code);
	if (w)
		odr_worker_close(w, NULL, 0);
	if (file != stdin)
		fclose(file);
	return code;
}
