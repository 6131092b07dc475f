/*
 * main_desk.c - what the two ways to use the program share for the commands of the person's side.
 */
#include "tui/front.h"
#include "tui/main.h"
#include "tui/text.h"

#include <stdio.h>
#include <string.h>

#if defined __linux__
#define SYSTEM "Linux"
#elif defined _WIN32
#define SYSTEM "Windows"
#else
#define SYSTEM "DOS"
#endif

static bool line_for(const void *ctx, const struct odr_facts *facts, char *out, size_t cap)
{
	return odr_main_line(ctx, facts, out, cap);
}

const char *odr_main_practice(const struct odr_setup *setup)
{
	return setup->backend && !strncmp(setup->backend, "sim:", 4) ? setup->backend + 4 : NULL;
}

void odr_main_desk(struct odr_desk *desk, const struct odr_setup *setup)
{
	static char machine[300];

	if (odr_main_practice(setup))
		snprintf(machine, sizeof machine, "practice PC, %s", odr_main_practice(setup));
	else if (setup->backend)
		snprintf(machine, sizeof machine, "this machine, by %s", setup->backend);
	*desk = (struct odr_desk){.version = ODR_VERSION,
				  .system = SYSTEM,
				  .machine = machine,
				  .used_as = "commands",
				  .host = &odr_main_host,
				  .guides = setup->guides,
				  .folder = setup->folder,
				  .line = line_for,
				  .line_ctx = setup,
				  .here = ""};
}

void odr_main_place(const struct odr_setup *setup, char text[ODR_SAVED_TEXT])
{
	char path[240];
	FILE *file;
	size_t got = 0;

	snprintf(path, sizeof path, "%s/PLACE.TXT", setup->folder);
	file = setup->folder[0] ? fopen(path, "r") : NULL;
	if (file) {
		got = fread(text, 1, ODR_SAVED_TEXT - 1, file);
		fclose(file);
	}
	text[got] = 0;
}

/* ---- explain, decode, unpack ---- */

const char odr_no_backend[] = "odrescue: on which machine? Say --backend linux for this one,\n"
			      "or --backend sim:... for a practice PC.\n";

struct rows {
	odr_put *put;
	void *ctx;
};

static void say_row(void *ctx, const char *key, const char *text)
{
	const struct rows *rows = ctx;
	char lead[16];

	odr_cut(lead, sizeof lead, "  %s", key);
	odr_text_wrap(lead, 12, text, rows->put, rows->ctx);
}

bool odr_main_front_takes(const char *line)
{
	return odr_desk_takes(line) || odr_front_takes(line) || odr_main_unpack_takes(line);
}

bool odr_main_front(const struct odr_setup *setup, struct odr_facts *facts, const char *line,
		    odr_put *put, void *ctx, int *code)
{
	static struct odr_front tables; /* read once, when they are first asked for */
	struct rows rows = {put, ctx};

	tables.guides = setup->guides;
	tables.proven = strcmp(odr_facts_get(facts, ODR_FACT_image), "ok")
				? ""
				: odr_facts_get(facts, ODR_FACT_file83);
	tables.say = say_row;
	tables.ctx = &rows;
	return odr_front_command(line, &tables, code) ||
	       odr_main_unpack(line, facts, put, ctx, code);
}

bool odr_main_line(const struct odr_setup *setup, const struct odr_facts *facts, char *out,
		   size_t cap)
{
	static struct odr_lines tables;
	const char *file = odr_facts_get(facts, ODR_FACT_file83);
	const char *level = odr_facts_get(facts, ODR_FACT_level);
	const char *tool = odr_facts_get(facts, ODR_FACT_tool);
	struct odr_line_wish wish = {.op = 'w', .file = file, .family = "btc"};
	struct odr_line_built built;
	struct odr_error e;

	if (!file[0] ||
	    (!tables.n_versions && odr_lines_load(&tables, setup->guides, &e) != ODR_OK))
		return false;
	wish.position = (unsigned)(odr_facts_get(facts, ODR_FACT_digit)[0] - '0');
	wish.version = tool[0] ? odr_mtk_version(&tables, tool) : NULL;
	wish.rung =
		level[0] == '2' ? 2 : 0; /* the second rung of the ladder changes the form (3.6) */
	if (odr_line_build(&tables, &wish, &built, NULL, NULL, &e) != ODR_OK)
		return false;
	odr_cut(out, cap, "%s", built.line);
	return true;
}
