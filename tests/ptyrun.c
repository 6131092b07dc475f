/*
 * ptyrun - run a program on a terminal of its own, play the person, measure. For tests and benches.
 *
 *   ptyrun [--size RxC] [--term NAME] [--baud N] [--stdin closed|null] [--limit MS] PROGRAM ARG... <SCRIPT
 *
 * SCRIPT, one line each; # is a remark. MS is the most that it may take; if it takes longer, ptyrun
 * says which line failed, shows the screen, ends the program and exits 1.
 *   wait MS TEXT     TEXT stands in a row of the screen
 *   gone MS TEXT     TEXT does not
 *   said MS TEXT     TEXT was printed since the last `point` (what moves the cursor is left out)
 *   quiet N MS       no byte came for N ms
 *   ended MS         the program has ended
 *   alone MS         it and all that it started have ended
 *   pass MS          let time pass, for a measurement
 *   send TEXT        type TEXT in one burst: \e \r \n \t \s (blank) \\ \xHH
 *   key NAME [N]     up down right left home end enter esc tab back ctrl-X, N times in one burst
 *   size RxC         the terminal changes its size (0x0: it does not know its size)
 *   hold, release    the terminal takes no byte, takes them again
 *   hangup           the line is cut
 *   kill NAME        INT TERM HUP TSTP CONT KILL to the program
 *   cursor, show     print cursor=ROW,COL or all rows as rowNN=TEXT
 *   point NAME       print what came since the last point, or the start:
 *     NAME.us=N      from there to the byte that ended the last wait (said, quiet ...)
 *     NAME.bytes=N   bytes from the program      NAME.bursts=N  in groups 20 ms apart
 *     NAME.cpu_us=N  processor time of the program and all that it started
 *     NAME.cols=N, NAME.rows=N   the widest and the lowest cell written to, from 1
 *     NAME.unknown=N control sequences that tests/tui/vt.h does not know
 * At the end: exit=N or signal=N if the program has ended, left=N processes that still ran; ptyrun ends
 * them. Exit 0, 1 a line failed, 2 usage. After --limit (60000) everything is ended.
 */
#include "tests/tui/line.h"

#include <getopt.h>

enum { LINE = 1024, SENT = 64 * 1024 };

static int usage(const char *what, const char *which)
{
	fprintf(stderr, "ptyrun: %s %s\n", what, which);
	return 2;
}

static void show(void)
{
	char row[VT_COLS + 1];

	for (unsigned r = 0; r < screen.rows; r++)
		printf("row%02u=%s\n", r + 1, vt_row(&screen, r, row));
}

static bool send_text(const char *text)
{
	char out[LINE], hex[3] = "";
	size_t n = 0;

	for (; *text && n < sizeof out; text++) {
		if (*text != '\\') {
			out[n++] = *text;
			continue;
		}
		switch (*++text) {
		case 'x':
			if (!text[1] || !text[2])
				return false;
			hex[0] = text[1];
			hex[1] = text[2];
			out[n++] = (char)strtoul(hex, NULL, 16);
			text += 2;
			break;
		case 'e':
			out[n++] = 0x1b;
			break;
		case 'r':
			out[n++] = '\r';
			break;
		case 'n':
			out[n++] = '\n';
			break;
		case 't':
			out[n++] = '\t';
			break;
		case 's':
			out[n++] = ' ';
			break;
		case '\\':
			out[n++] = '\\';
			break;
		default:
			return false;
		}
	}
	return type(out, n);
}

static bool send_key(const char *name, unsigned times)
{
	static const struct {
		const char *name, *bytes;
	} keys[] = {{"up", "\x1b[A"},	{"down", "\x1b[B"}, {"right", "\x1b[C"}, {"left", "\x1b[D"},
		    {"home", "\x1b[H"}, {"end", "\x1b[F"},  {"enter", "\r"},	 {"esc", "\x1b"},
		    {"tab", "\t"},	{"back", "\x7f"}};
	static char out[SENT];
	char one[4] = "";
	size_t i, len;

	for (i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!strcmp(keys[i].name, name))
			strcpy(one, keys[i].bytes);
	if (!strncmp(name, "ctrl-", 5) && name[5])
		one[0] = (char)(name[5] & 0x1f);
	len = strlen(one);
	if (!len || times * len > sizeof out)
		return false;
	if (len == 3 && screen.app_cursor) /* the program has asked for ESC O instead */
		one[1] = 'O';
	for (i = 0; i < times; i++)
		memcpy(out + i * len, one, len);
	return type(out, times * len);
}

static bool send_signal(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} known[] = {{"INT", SIGINT},	{"TERM", SIGTERM}, {"HUP", SIGHUP},
		     {"TSTP", SIGTSTP}, {"CONT", SIGCONT}, {"KILL", SIGKILL}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].name, name))
			return !run.ended && !kill(run.child, known[i].number);
	return false;
}

static bool read_size(const char *text, struct winsize *size)
{
	return sscanf(text, "%hux%hu", &size->ws_row, &size->ws_col) == 2;
}

static bool resize(const char *text)
{
	struct winsize size = {0};

	return run.master >= 0 && read_size(text, &size) &&
	       vt_resize(&screen, size.ws_row, size.ws_col) &&
	       !ioctl(run.master, TIOCSWINSZ, &size);
}

static bool point(const char *name)
{
	uint64_t cpu_us = kin_cpu_us();

	printf("%s.us=%llu\n%s.bytes=%llu\n%s.bursts=%llu\n%s.cpu_us=%llu\n"
	       "%s.cols=%u\n%s.rows=%u\n%s.unknown=%u\n",
	       name,
	       (unsigned long long)(run.moment_us > run.from.us ? run.moment_us - run.from.us : 0),
	       name, (unsigned long long)(run.bytes - run.from.bytes), name,
	       (unsigned long long)(run.bursts - run.from.bursts), name,
	       (unsigned long long)(cpu_us > run.from.cpu_us ? cpu_us - run.from.cpu_us : 0), name,
	       screen.max_col, name, screen.max_row, name, screen.unknown);
	run.from.us = now_us();
	run.from.bytes = run.bytes;
	run.from.bursts = run.bursts;
	run.from.cpu_us = cpu_us;
	run.said_len = 0;
	run.said[0] = '\0';
	screen.max_col = screen.max_row = screen.unknown = 0;
	return true;
}

static bool command(const char *what, const char *arg)
{
	char *rest;
	uint64_t number = strtoull(arg, &rest, 10);

	rest += strspn(rest, " ");
	if (!strcmp(what, "wait") || !strcmp(what, "gone") || !strcmp(what, "said"))
		return *rest && wait_for(what, number, rest);
	if (!strcmp(what, "ended") || !strcmp(what, "alone"))
		return wait_for(what, number, "");
	if (!strcmp(what, "quiet"))
		return *rest && wait_quiet(number, strtoull(rest, NULL, 10));
	if (!strcmp(what, "pass"))
		return pass(number);
	if (!strcmp(what, "send"))
		return send_text(arg);
	if (!strcmp(what, "key")) {
		char name[16] = "";
		unsigned times = 1;

		return sscanf(arg, "%15s %u", name, &times) >= 1 && send_key(name, times);
	}
	if (!strcmp(what, "kill"))
		return send_signal(arg);
	if (!strcmp(what, "size"))
		return resize(arg);
	if (!strcmp(what, "point"))
		return point(arg);
	if (!strcmp(what, "hold") || !strcmp(what, "release"))
		run.held = *what == 'h';
	else if (!strcmp(what, "hangup"))
		hang_up();
	else if (!strcmp(what, "cursor"))
		printf("cursor=%u,%u\n", screen.row + 1, screen.col + 1);
	else if (!strcmp(what, "show"))
		show();
	else
		return false;
	return true;
}

static bool play(void)
{
	char line[LINE], *arg;
	unsigned number = 0;

	while (fgets(line, sizeof line, stdin)) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		arg = line + strcspn(line, " ");
		if (*arg)
			*arg++ = '\0';
		if (!command(line, arg)) {
			printf("failed=%u: %s %s\n", number, line, arg);
			show();
			return false;
		}
		fflush(stdout);
	}
	return true;
}

int main(int argc, char **argv)
{
	static const struct option known[] = {
		{"size", 1, NULL, 's'},	 {"term", 1, NULL, 't'},  {"baud", 1, NULL, 'b'},
		{"stdin", 1, NULL, 'i'}, {"limit", 1, NULL, 'l'}, {NULL, 0, NULL, 0},
	};
	struct options o = {{24, 80, 0, 0}, NULL, NULL, 0, 60000000};
	bool well = true;
	int c;

	while ((c = getopt_long(argc, argv, "+", known, NULL)) != -1) {
		switch (c) {
		case 's':
			well = read_size(optarg, &o.size);
			break;
		case 't':
			o.term = optarg;
			break;
		case 'b':
			o.baud = (unsigned)strtoul(optarg, NULL, 10);
			break;
		case 'i':
			o.in = optarg;
			well = !strcmp(optarg, "closed") || !strcmp(optarg, "null");
			break;
		case 'l':
			o.limit_us = strtoull(optarg, NULL, 10) * 1000;
			break;
		default:
			return 2;
		}
		if (!well)
			return usage("this cannot be:", optarg);
	}
	if (optind == argc)
		return usage("which program?", "");
	if (!vt_start(&screen, o.size.ws_row, o.size.ws_col))
		return usage("too big a terminal", "");
	if (!start(&o, argv + optind))
		return usage("no terminal:", strerror(errno));
	well = play();
	if (run.ended && WIFEXITED(run.status))
		printf("exit=%d\n", WEXITSTATUS(run.status));
	else if (run.ended)
		printf("signal=%d\n", WTERMSIG(run.status));
	printf("left=%u\n", kin_end());
	return well ? 0 : 1;
}
