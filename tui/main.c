/*
 * main.c - the command line: what is wanted, by whom, on which machine.
 */
#include "tui/main.h"

#include "flash/words.h"
#include "platform/host.h"
#include "platform/linux/files.h"
#include "tui/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
	"usage: odrescue [OPTION...]                the assistant\n"
	"       odrescue [OPTION...] COMMAND...     one command; help lists them\n"
	"       odrescue [OPTION...] --script FILE  many, which know of each other\n"
	"       odrescue [OPTION...] attach         shows a job that runs already, and\n"
	"                 speaks to it when the terminal that began it is gone\n"
	"       odrescue --check-guides [DIR]       are guides and drive tables sound\n"
	"  --backend linux  this machine's drives: lists them, and writes to living BTC\n"
	"                 writers; a dead one wants DOS or Windows\n"
	"  --backend sim:rig=FILE,state=DIR[,speed=max|Nx][,trace=FILE][,reboot=ends]\n"
	"                 a practice PC; N is 1 to 1000\n"
	"  --state DIR    where journal, backups and your place are kept\n"
	"  --guides DIR   the folder of the guides\n"
	"  --plain        the assistant as lines of text, also for screen readers\n"
	"  --mono         no colours (also: NO_COLOR in the environment)\n"
	"  --live         with commands: tell what changes on the channels meanwhile\n"
	"  --events       with commands: the engine's own lines\n"
	"  --help, --version\n"
	"Of the commands these need no --backend:\n"
	"  help                        every command with an example\n"
	"  explain [version V] LINE    what a line for MTKFLASH would do, and its faults\n"
	"  decode TEXT                 what MTKFLASH printed, and what to do now\n"
	"  unpack FILE [MEMBER]        the firmware out of a zip, 7z, rar, cab or exe\n"
	"  guide print [NAME...] [FILE]\n"
	"                              the guide on paper, from your place (--state DIR)\n"
	"  report [--redact] [FILE]    what was seen and done, for a forum\n"
	"With commands on standard input that nobody types, the same as --script.\n"
	"A rescue is one script: scan, target, image, knock, plan, confirm, flash.\n"
	"What was named and planned is forgotten when odrescue ends.\n"
	"Exit: 0 done, 1 bad line, 2 refused, 3 failed and unchanged,\n"
	"      4 file unusable, 5 failed and CHANGED, 6 written but not verifiable,\n"
	"      7 no such drive, 8 bug.\n";

/* state=DIR of the practice PC: journal and backups lie beside its drive. Else where this system keeps
 * such things. */
static const char *folder_of(const struct odr_setup *setup)
{
	static char folder[200];
	const char *practice = odr_main_practice(setup);
	const char *at = practice ? strstr(practice, "state=") : NULL;

	if (!practice)
		odr_linux_state_folder(folder, sizeof folder);
	else if (at)
		snprintf(folder, sizeof folder, "%.*s", (int)strcspn(at + 6, ","), at + 6);
	return folder;
}

static bool take_switch(struct odr_setup *setup, const char *name)
{
	bool *const to = !strcmp(name, "--events")  ? &setup->events
			 : !strcmp(name, "--live")  ? &setup->live
			 : !strcmp(name, "--plain") ? &setup->plain
			 : !strcmp(name, "--mono")  ? &setup->mono
						    : NULL;

	if (to)
		*to = true;
	return to != NULL;
}

static bool take_option(struct odr_setup *setup, const char *name, const char *value)
{
	const char **const to = !strcmp(name, "--backend")  ? &setup->backend
				: !strcmp(name, "--state")  ? &setup->folder
				: !strcmp(name, "--guides") ? &setup->guides
				: !strcmp(name, "--script") ? &setup->script
							    : NULL;

	if (to)
		*to = value;
	return to != NULL;
}

static int take_command(struct odr_setup *setup, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		size_t used = strlen(setup->command), room = sizeof setup->command - used;

		if (strlen(argv[i]) + 2 > room ||
		    (strpbrk(argv[i], "\r\n") && !odr_main_front_takes(setup->command))) {
			fputs("odrescue: the command is too long or has a line end in it\n",
			      stderr);
			return ODR_EXIT_USAGE;
		}
		snprintf(setup->command + used, room, "%s%s", used ? " " : "", argv[i]);
	}
	odr_script_lower(setup->command);
	return -1;
}

static const char *guides_folder(void)
{
	const char *guides = getenv("ODRESCUE_GUIDES");

	return guides && *guides ? guides : ODR_GUIDES_DIR;
}

static void say_fault(void *ctx, const char *line)
{
	(void)ctx;
	puts(line);
}

static int check_guides(const char *folder)
{
	unsigned faults = odr_guide_check(&odr_main_host, folder, say_fault, NULL);

	printf("%s: %u %s\n", folder, faults, faults == 1 ? "fault" : "faults");
	return faults ? ODR_EXIT_USAGE : ODR_EXIT_DONE;
}

static bool is_backend(const char *name)
{
	return !strncmp(name, "sim:", 4) || !strcmp(name, "linux");
}

static int finish(struct odr_setup *setup)
{
	const char *no_color = getenv("NO_COLOR");
	bool lines = setup->script || (!setup->plain && !odr_host_is_typed());

	setup->attach = !strcmp(setup->command, "attach");
	if (setup->attach) {
		setup->command[0] = 0;
		if (!setup->backend)
			setup->backend = "linux"; /* for its folder */
	}

	/* What the person's side does by itself needs no machine; of many lines each is looked at. */
	if (setup->backend ? !is_backend(setup->backend)
	    : *setup->command
		    ? !odr_main_front_takes(setup->command) && strcmp(setup->command, "help") != 0
		    : !lines) {
		fprintf(stderr, "%s%s", odr_no_backend, usage);
		return ODR_EXIT_USAGE;
	}
	if (!setup->folder)
		setup->folder = setup->backend ? folder_of(setup) : "";
	if (!setup->guides)
		setup->guides = guides_folder();
	if (no_color && *no_color)
		setup->mono = true;
	return -1;
}

static int no_option(const char *name)
{
	fprintf(stderr, "odrescue: there is no option %.40s\n%s", name, usage);
	return ODR_EXIT_USAGE;
}

/* Returns -1 to go on, else the exit code. */
static int parse(struct odr_setup *setup, int argc, char **argv)
{
	int i, code;

	for (i = 1; i < argc && !strncmp(argv[i], "--", 2); i++) {
		if (!strcmp(argv[i], "--help")) {
			fputs(usage, stdout);
			return ODR_EXIT_DONE;
		}
		if (!strcmp(argv[i], "--version")) {
			puts("odrescue " ODR_VERSION);
			return ODR_EXIT_DONE;
		}
		if (!strcmp(argv[i], "--check-guides"))
			return check_guides(i + 1 < argc    ? argv[i + 1]
					    : setup->guides ? setup->guides
							    : guides_folder());
		if (take_switch(setup, argv[i]))
			continue;
		if (!take_option(setup, argv[i], argv[i + 1]))
			return no_option(argv[i]);
		if (i + 1 == argc) {
			fprintf(stderr, "odrescue: %s wants a value behind it\n%s", argv[i], usage);
			return ODR_EXIT_USAGE;
		}
		i++;
	}
	if (i < argc && argv[i][0] == '-')
		return no_option(argv[i]);
	code = take_command(setup, argc - i, argv + i);
	if (code < 0)
		code = finish(setup);
	return code < 0 && !odr_main_trusts(setup->guides) ? ODR_EXIT_REFUSED : code;
}

/* Words that could not be written (a full disk, a reader that went away) must not look like success. */
static int said(int code)
{
	bool well = fflush(stdout) == 0 && !ferror(stdout);

	if (well ||
	    odr_host_was_told_to_end()) /* a closed terminal takes no words, and needs none */
		return code;
	fputs("odrescue: standard output cannot be written: some of\n"
	      "the words above are missing\n",
	      stderr);
	return code ? code : ODR_EXIT_FILE;
}

int main(int argc, char **argv)
{
	static struct odr_setup setup;
	unsigned gaps = odr_host_fill_gaps();
	bool lines;
	int code;

	if (gaps & 1u << 1) {
		fputs("odrescue: there is no standard output: nobody would see what happens\n",
		      stderr);
		return ODR_EXIT_USAGE;
	}
	code = parse(&setup, argc, argv);
	if (code >= 0)
		return said(code);
	lines = setup.command[0] || setup.script || setup.attach;
	if (!lines && gaps & 1u << 0) {
		fputs("odrescue: there is no standard input: nobody can type.\n"
		      "Name a command or a --script.\n",
		      stderr);
		return ODR_EXIT_USAGE;
	}
	if (!lines && (setup.plain || odr_host_is_typed()))
		return said(odr_main_assist(&setup));
	return said(odr_main_lines(&setup));
}
