#include "tui/desk.h"

#include "flash/words.h"
#include "guides/lines.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { PATH_ROOM = 240, NAMES = ODR_ROUTE_GUIDES };

static const char guide_form[] = "guide print [NAME...] [FILE]";
static const char report_form[] = "report [--redact] [FILE]";

/* ---- where it is written ---- */

struct sink {
	odr_put *put;
	void *ctx;
	FILE *file; /* NULL: lines go to put */
	char path[PATH_ROOM];
};

static void put_line(void *ctx, const char *line)
{
	struct sink *sink = ctx;

	if (sink->file)
		fprintf(sink->file, "%s\n", line);
	else
		sink->put(sink->ctx, line);
}

static void say(const struct sink *sink, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void say(const struct sink *sink, const char *fmt, ...)
{
	char text[PATH_ROOM + 120];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	odr_text_wrap("-", 2, text, sink->put, sink->ctx);
}

static bool is_there(const char *path)
{
	FILE *file = fopen(path, "r");

	if (file)
		fclose(file);
	return file != NULL;
}

static const char *folder_of(const char *path, char room[PATH_ROOM])
{
	size_t len = (size_t)(odr_base_name(path) - path);

	if (!len)
		return "the folder where odrescue was started";
	odr_cut(room, PATH_ROOM, "%.*s", (int)len, path);
	return room;
}

/* GUIDE.TXT becomes GUIDEA.TXT, then GUIDEB.TXT: the letter in front of the ending. */
static void add_letter(const char *path, char letter, char out[PATH_ROOM])
{
	const char *dot = strrchr(path, '.');
	size_t stem = dot ? (size_t)(dot - path) : strlen(path);

	odr_cut(out, PATH_ROOM, "%.*s%c%s", (int)stem, path, letter, dot ? dot : "");
}

/*
 * A new file, never one that is there. lettered: a name that is taken gets a letter.
 * false: nothing was opened, and why was said.
 */
static bool open_sink(struct sink *sink, const char *path, bool lettered)
{
	odr_cut(sink->path, sizeof sink->path, "%s", path);
	for (char letter = 'A'; lettered && is_there(sink->path) && letter <= 'Z'; letter++)
		add_letter(path, letter, sink->path);
	sink->file = fopen(sink->path, "wx");
	if (sink->file)
		return true;
	if (is_there(sink->path)) {
		say(sink, "%s is there already. It was left as it is.", sink->path);
		say(sink, "Give another name, or delete that file first.");
	} else {
		say(sink, "%s cannot be written here.", sink->path);
		say(sink, "Is the folder there, and may you write into it? Give another one: a "
			  "floppy or stick will do.");
	}
	return false;
}

/* Half of a guide is worse than none: it is deleted. */
static bool close_sink(struct sink *sink)
{
	bool well;

	if (!sink->file)
		return true;
	well = !ferror(sink->file);
	well = fclose(sink->file) == 0 && well;
	sink->file = NULL;
	if (well)
		return true;
	remove(sink->path);
	say(sink, "%s could not be written to its end: the disk is full.", sink->path);
	say(sink, "Make room, or give a file on another disk.");
	return false;
}

/*
 * Where the text goes: the file that was named; from a page, one in the state folder; else the lines.
 * false: nowhere, and why was said.
 */
static bool choose_sink(struct sink *sink, const struct odr_desk *desk, const char *file,
			const char *usual)
{
	char path[PATH_ROOM];

	sink->file = NULL;
	if (*file)
		return open_sink(sink, file, desk->page);
	if (!desk->page)
		return true;
	odr_cut(path, sizeof path, "%s%s%s", desk->folder, desk->folder[0] ? "/" : "", usual);
	return open_sink(sink, path, true);
}

/* ---- guide print ---- */

/* A guide's name is a word without dot and slash; .ini may stand behind it. */
static bool is_name(const char *word, size_t len)
{
	if (len > 4 && !strncmp(word + len - 4, ".ini", 4))
		len -= 4;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)word[i]) && word[i] != '_' && word[i] != '-')
			return false;
	return len > 0 && len <= 8;
}

/* The names in front of args into the route; *args moves to the file's name. */
static enum odr_err add_named(struct odr_paper *paper, const struct odr_desk *desk,
			      const char **args, struct odr_error *e)
{
	char name[ODR_FILE_NAME + 1];

	while (**args) {
		size_t len = strcspn(*args, " ");

		if (!is_name(*args, len))
			return ODR_OK;
		for (size_t i = 0; i <= len; i++)
			name[i] = (char)(i < len ? tolower((unsigned char)(*args)[i]) : 0);
		if (odr_route_add(&paper->route, desk->host, desk->guides, name, e) != ODR_OK)
			return e->code;
		*args += len + strspn(*args + len, " ");
	}
	return ODR_OK;
}

/* Without a name: the guide in which the person is. */
static enum odr_err add_here(struct odr_paper *paper, const struct odr_desk *desk,
			     struct odr_error *e)
{
	char file[ODR_FILE_NAME + 1], step[ODR_STEP_NAME + 1];

	if (!odr_target_split(desk->here, file, step) || !file[0])
		return odr_fail(e, ODR_E_USAGE, "No guide is chosen yet.");
	return odr_route_add(&paper->route, desk->host, desk->guides, file, e);
}

static bool has_looked(const struct odr_desk *desk)
{
	for (unsigned i = 0; i < ODR_ROWS; i++)
		if (desk->seen->rows.row[i].known)
			return true;
	return false;
}

static int print_guide(const struct odr_desk *desk, struct odr_paper *paper, struct sink *sink,
		       const char *args)
{
	static struct odr_card card;
	struct odr_error e = {.code = ODR_OK};
	char folder[PATH_ROOM];

	if (add_named(paper, desk, &args, &e) == ODR_OK && !paper->route.guides)
		add_here(paper, desk, &e);
	if (e.code != ODR_OK) {
		say(sink, "%s", e.text);
		say(sink, "Name the guide: %s, for example: guide print mtkdead", guide_form);
		return e.code == ODR_E_USAGE ? ODR_EXIT_USAGE : ODR_EXIT_FILE;
	}
	if (!choose_sink(sink, desk, args, "GUIDE.TXT"))
		return ODR_EXIT_FILE;
	odr_card_make(&card, &desk->seen->facts, has_looked(desk), desk->line, desk->line_ctx);
	odr_route_find(&paper->route, &card.facts, has_looked(desk), desk->here);
	paper->sheet = (struct odr_sheet){.put = put_line, .ctx = sink, .width = ODR_PAPER_WIDTH};
	odr_paper_print(paper, &card, desk->version);
	if (!close_sink(sink))
		return ODR_EXIT_FILE;
	if (sink->path[0])
		say(sink, "Written: %s, %u pages, in %s", odr_base_name(sink->path),
		    paper->route.pages, folder_of(sink->path, folder));
	return ODR_EXIT_DONE;
}

static int cmd_guide(const struct odr_desk *desk, struct sink *sink, const char *args)
{
	static struct odr_paper paper;
	int code;

	memset(&paper, 0, sizeof paper);
	paper.host = desk->host;
	paper.folder = desk->guides;
	code = print_guide(desk, &paper, sink, args);
	odr_paper_end(&paper);
	return code;
}

/* ---- report ---- */

static int cmd_report(const struct odr_desk *desk, struct sink *sink, const char *args)
{
	static const char redact[] = "--redact";
	char folder[PATH_ROOM];
	size_t len = strcspn(args, " ");
	bool is_redact = len == sizeof redact - 1 && !strncmp(args, redact, len);
	const struct odr_forum forum = {.version = desk->version,
					.system = desk->system,
					.machine = desk->machine,
					.used_as = desk->used_as,
					.folder = desk->folder,
					.here = desk->here,
					.seen = desk->seen,
					.record = desk->record,
					.redact = is_redact};

	if (is_redact)
		args += len + strspn(args + len, " ");
	if (args[0] == '-') {
		say(sink, "%s is no switch of this command: %s", args, report_form);
		return ODR_EXIT_USAGE;
	}
	if (!choose_sink(sink, desk, args, "REPORT.TXT"))
		return ODR_EXIT_FILE;
	odr_forum_write(&forum, put_line, sink);
	if (!close_sink(sink))
		return ODR_EXIT_FILE;
	if (sink->path[0])
		say(sink, "Written: %s, for you to post, in %s", odr_base_name(sink->path),
		    folder_of(sink->path, folder));
	return ODR_EXIT_DONE;
}

/* ---- the table ---- */

static const struct {
	const char *name;
	int (*run)(const struct odr_desk *desk, struct sink *sink, const char *args);
	bool wants_engine;
} commands[] = {
	{"guide print", cmd_guide, false},
	{"report", cmd_report, true},
};
#define COMMANDS (sizeof commands / sizeof commands[0])

/* The command's row, and *args behind its name; COMMANDS: it is for somebody else. */
static size_t command_of(const char *line, const char **args)
{
	size_t i = 0, len;

	line += strspn(line, " ");
	for (; i < COMMANDS; i++) {
		len = strlen(commands[i].name);
		if (!strncmp(line, commands[i].name, len) && (!line[len] || line[len] == ' '))
			break;
	}
	*args = i < COMMANDS ? line + len + strspn(line + len, " ") : line;
	return i;
}

bool odr_desk_takes(const char *line)
{
	const char *args;

	return command_of(line, &args) < COMMANDS;
}

bool odr_desk_wants_engine(const char *line)
{
	const char *args;
	size_t row = command_of(line, &args);

	return row < COMMANDS && commands[row].wants_engine;
}

bool odr_desk_command(const char *line, const struct odr_desk *desk, odr_put *put, void *ctx,
		      int *code)
{
	struct sink sink = {.put = put, .ctx = ctx, .path = ""};
	const char *args;
	size_t row = command_of(line, &args);

	if (row == COMMANDS)
		return false;
	*code = commands[row].run(desk, &sink, args);
	return true;
}
