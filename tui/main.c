/*
 * main.c - joins the four folders: opens the back-end and the engine in the worker, and feeds it lines
 * from the shell, a script or standard input. The only file that may include everything.
 */
#include "flash/engine.h"
#include "flash/event.h"
#include "guides/drives.h"
#include "platform/host.h"
#include "platform/linux/worker.h"
#include "platform/sim/sim.h"
#include "tui/r_plain.h"
#include "tui/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSION "0.1"

static const char usage[] =
	"usage: odrescue [--backend sim:rig=FILE,state=DIR[,speed=max|20x][,trace=FILE]]\n"
	"                [--state DIR] [--guides DIR] [--events] [--script FILE | COMMAND...]\n"
	"       odrescue --check-guides [DIR]\n"
	"Without a script or a command, commands are read from standard input; type help.\n"
	"Exit: 0 done, 1 bad line, 2 refused, 3 failed and unchanged, 4 file unusable,\n"
	"      5 failed and CHANGED, 6 written but not verifiable, 7 no such drive, 8 bug.\n";

struct setup {
	const char *backend, *folder, *script;
	const char *guides; /* folder of guides and tables of drives */
	bool events;	    /* print the event lines themselves */
	char command[ODR_EVENT_MAX];
};

/* What the guides' readers may not do themselves. */
static const struct odr_guide_host guide_host = {odr_host_is_unsafe, odr_host_list};

/* ---- the worker's side: the only process that touches the machine ---- */

static void emit(void *ctx, const char *line)
{
	odr_worker_emit(ctx, line);
}

static void emit_fatal(struct odr_worker *w, const struct odr_error *err)
{
	struct odr_event ev;

	odr_event_start(&ev, "failed");
	odr_event_text(&ev, "text", err->text);
	odr_worker_emit(w, ev.line);
	odr_worker_emit(w, "end code=1");
}

static void serve(struct odr_worker *w, void *arg)
{
	/* Some kilobytes, and one per process: static keeps the stack small. */
	static struct odr_engine engine;
	static struct odr_drive_book book;
	const struct setup *setup = arg;
	struct odr_platform platform;
	struct odr_error err;
	char line[ODR_EVENT_MAX];

	if (odr_drives_load(&book, &guide_host, setup->guides, &err) != ODR_OK) {
		emit_fatal(w, &err);
		return;
	}
	if (odr_sim_open(&platform, setup->backend, &err) != ODR_OK) {
		emit_fatal(w, &err);
		return;
	}
	odr_engine_start(&engine, platform, setup->folder, &book.table, emit, w);
	odr_worker_emit(w, "end code=0");
	while (!engine.ended && odr_worker_read(w, line, sizeof line))
		odr_engine_command(&engine, line);
	odr_engine_stop(&engine);
	platform.ops->close(platform.self);
	odr_drives_free(&book);
}

/* ---- the person's side ---- */

/* Show events until the command's end. Returns its exit code. */
static int follow(struct odr_worker *w, const struct setup *setup)
{
	char line[ODR_EVENT_MAX], how[80];

	for (;;) {
		switch (odr_worker_next(w, line, sizeof line, -1)) {
		case ODR_WORKER_LINE:
			if (setup->events)
				printf("%s\n", line);
			else
				odr_plain_event(line);
			if (odr_event_is(line, "end"))
				return (int)odr_event_get_number(line, "code");
			break;
		case ODR_WORKER_TIMEOUT:
			break;
		case ODR_WORKER_GONE:
			odr_worker_close(w, how, sizeof how);
			fprintf(stderr,
				"odrescue: the engine stopped: %s. Leave the drive's power on and "
				"start odrescue again: it reads its journal and says what was "
				"done.\n",
				how);
			exit(ODR_EXIT_INTERNAL);
		}
	}
}

static int run_line(struct odr_worker *w, const struct setup *setup, const char *line)
{
	struct odr_error err;

	if (odr_worker_send(w, line, &err) != ODR_OK) {
		fprintf(stderr, "odrescue: %s\n", err.text);
		return ODR_EXIT_INTERNAL;
	}
	return follow(w, setup);
}

/*
 * Lines of a script or of standard input. A script stops at the first command that fails, unless its
 * line begins with `-`; a person at a terminal goes on.
 */
static int run_file(struct odr_worker *w, const struct setup *setup, FILE *file, const char *name)
{
	bool typed = file == stdin && odr_host_is_typed(), may_fail;
	static char raw[ODR_EVENT_MAX], line[ODR_EVENT_MAX];
	struct odr_error err;
	int code = 0, number = 0;

	for (;;) {
		if (typed) {
			printf("> ");
			fflush(stdout);
		}
		if (!fgets(raw, sizeof raw, file))
			return code;
		number++;
		err.code = ODR_OK;
		if (strlen(raw) + 1 == sizeof raw && !strchr(raw, '\n'))
			odr_fail(&err, ODR_E_USAGE, "longer than any command");
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
		if (code == ODR_EXIT_USAGE && !typed && !may_fail)
			fprintf(stderr, "%s:%d: this line was not understood\n", name, number);
		if (code && !typed && !may_fail)
			return code;
		if (may_fail)
			code = 0;
	}
}

/* ---- the command line ---- */

/* state=DIR of the back-end's words: journal and backups lie beside the practice drive. */
static const char *folder_of(const char *backend)
{
	static char folder[ODR_PATH_MAX];
	const char *at = strstr(backend, "state=");

	if (at)
		snprintf(folder, sizeof folder, "%.*s", (int)strcspn(at + 6, ","), at + 6);
	return folder;
}

static bool take_option(struct setup *setup, const char *name, const char *value)
{
	if (!strcmp(name, "--backend"))
		setup->backend = value;
	else if (!strcmp(name, "--state"))
		setup->folder = value;
	else if (!strcmp(name, "--script"))
		setup->script = value;
	else if (!strcmp(name, "--guides"))
		setup->guides = value;
	else
		return false;
	return true;
}

static void say_fault(void *ctx, const char *line)
{
	(void)ctx;
	puts(line);
}

static int check_guides(const char *folder)
{
	unsigned faults = odr_guide_check(&guide_host, folder, say_fault, NULL);

	printf("%s: %u %s\n", folder, faults, faults == 1 ? "fault" : "faults");
	return faults ? ODR_EXIT_USAGE : ODR_EXIT_DONE;
}

/* Returns -1 to go on, else the exit code. */
static int parse(struct setup *setup, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc && !strncmp(argv[i], "--", 2); i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(usage, stdout);
			return ODR_EXIT_DONE;
		}
		if (!strcmp(argv[i], "--check-guides"))
			return check_guides(i + 1 < argc ? argv[i + 1] : setup->guides);
		if (!strcmp(argv[i], "--version")) {
			puts("odrescue " VERSION);
			return ODR_EXIT_DONE;
		}
		if (!strcmp(argv[i], "--events")) {
			setup->events = true;
			continue;
		}
		if (i + 1 == argc || !take_option(setup, argv[i], argv[i + 1])) {
			fprintf(stderr, "odrescue: %s is not understood\n%s", argv[i], usage);
			return ODR_EXIT_USAGE;
		}
		i++;
	}
	for (; i < argc; i++) {
		size_t used = strlen(setup->command), room = sizeof setup->command - used;

		if (strlen(argv[i]) + 2 > room || strpbrk(argv[i], "\r\n")) {
			fputs("odrescue: the command is too long or has a line end in it\n",
			      stderr);
			return ODR_EXIT_USAGE;
		}
		snprintf(setup->command + used, room, "%s%s", used ? " " : "", argv[i]);
	}
	if (!setup->backend || strncmp(setup->backend, "sim:", 4)) {
		fprintf(stderr,
			"odrescue: this version knows the practice PC only. Give it as --backend "
			"sim:...\n%s",
			usage);
		return ODR_EXIT_USAGE;
	}
	setup->backend += 4;
	if (!setup->folder)
		setup->folder = folder_of(setup->backend);
	return -1;
}

int main(int argc, char **argv)
{
	static struct setup setup = {.guides = ODR_GUIDES_DIR};
	static struct odr_worker worker; /* holds the lines that wait: too big for a small stack */
	struct odr_error err;
	FILE *file = stdin;
	int code;

	if (getenv("ODRESCUE_GUIDES"))
		setup.guides = getenv("ODRESCUE_GUIDES");
	code = parse(&setup, argc, argv);
	if (code >= 0)
		return code;
	if (setup.script) {
		file = fopen(setup.script, "r");
		if (!file) {
			fprintf(stderr, "odrescue: %s: cannot be opened\n", setup.script);
			return ODR_EXIT_USAGE;
		}
	}
	if (odr_worker_start(&worker, serve, &setup, &err) != ODR_OK) {
		fprintf(stderr, "odrescue: %s\n", err.text);
		return ODR_EXIT_INTERNAL;
	}
	code = follow(&worker, &setup);
	if (!code && *setup.command)
		code = run_line(&worker, &setup, setup.command);
	else if (!code)
		code = run_file(&worker, &setup, file,
				setup.script ? setup.script : "standard input");
	odr_worker_close(&worker, NULL, 0);
	if (file != stdin)
		fclose(file);
	return code;
}
