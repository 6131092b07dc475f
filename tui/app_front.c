#include "tui/app_front.h"

#include <string.h>

bool odr_app_front(struct odr_app *app, const char *line, int *code)
{
	struct odr_said *said = &app->says.said[ODR_SAID_LAST];

	odr_says_command(&app->says);
	return app->door->front(app->door->ctx, &app->seen.facts, line, odr_said_add, said, code);
}

static const char *text_of(const char *line)
{
	return line + (strncmp(line, "- ", 2) && strncmp(line, "  ", 2) ? 0 : 2);
}

/* "- What was said first", with the lines that it goes on in; *at moves behind it. */
static void take(const struct odr_said *said, unsigned *at, char out[ODR_FACT_TEXT])
{
	out[0] = 0;
	do {
		size_t used = strlen(out);

		if (*at == said->lines)
			return;
		odr_cut(out + used, ODR_FACT_TEXT - used, "%s%s", used ? " " : "",
			text_of(said->line[(*at)++]));
	} while (*at < said->lines && !strncmp(said->line[*at], "  ", 2));
}

void odr_app_keep_answer(struct odr_app *app, int code)
{
	const struct odr_said *said = &app->says.said[ODR_SAID_LAST];
	char reason[ODR_FACT_TEXT], advice[ODR_FACT_TEXT];
	unsigned at = 0;

	take(said, &at, reason);
	take(said, &at, advice);
	if (code) {
		odr_facts_set(&app->seen.facts, ODR_FACT_reason, reason);
		odr_facts_set(&app->seen.facts, ODR_FACT_advice, advice);
	} else if (said->line[0][0] == '-') { /* not rows of a table, which the page shows */
		odr_cut(app->notice, sizeof app->notice, " %s", reason);
	}
}

/*
 * An explanation has a row for each word: more than the page of the line has room for, which therefore
 * keeps what the line does and what is wrong with it. The command line's own words are on no page.
 */
static void keep_rows(struct odr_said *said, bool all)
{
	static const char *const never[] = {"tool", "own", "version"};
	static const char *const always[] = {"means", "lint", "do", "better"};
	bool keep = false;
	unsigned kept = 0;

	for (unsigned i = 0; i < said->lines; i++) {
		const char *key = said->line[i] + 2;
		size_t len = strcspn(key, " ");

		if (len) { /* else the row goes on */
			keep = all;
			for (size_t n = 0; n < sizeof never / sizeof never[0]; n++)
				if (!strncmp(key, never[n], len) && !never[n][len])
					keep = false;
			for (size_t n = 0; n < sizeof always / sizeof always[0]; n++)
				if (!strncmp(key, always[n], len) && !always[n][len])
					keep = true;
		}
		if (keep)
			memmove(said->line[kept++], said->line[i], sizeof said->line[0]);
	}
	said->lines = kept;
}

void odr_app_explain_line(struct odr_app *app)
{
	const struct odr_app_door *door = app->door;
	const char *tool = odr_facts_get(&app->seen.facts, ODR_FACT_tool);
	char line[ODR_FACT_TEXT + 32];
	int code;

	if (door->line && door->line(door->ctx, &app->seen.facts, line, sizeof line))
		odr_facts_set(&app->seen.facts, ODR_FACT_line, line);
	if (!app->guide.step || app->guide.step->view != ODR_VIEW_LINE)
		return;
	odr_cut(line, sizeof line, "explain %s%s%s%s", tool[0] == '1' ? "version " : "",
		tool[0] == '1' ? tool : "", tool[0] == '1' ? " " : "",
		odr_facts_get(&app->seen.facts, ODR_FACT_line));
	odr_app_front(app, line, &code);
	keep_rows(&app->says.said[ODR_SAID_LAST], !app->guide.step->writes);
}

/* Of an answer only its first line. */
static void put_notice(void *ctx, const char *line)
{
	struct odr_app *app = ctx;

	if (!app->notice[0])
		odr_cut(app->notice, sizeof app->notice, " %s", text_of(line));
}

void odr_app_print(struct odr_app *app)
{
	int code;

	app->door->front(app->door->ctx, &app->seen.facts, "guide print", put_notice, app, &code);
}
