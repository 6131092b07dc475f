#include "tui/saved.h"

#include "tui/text.h"

#include <stdlib.h>
#include <string.h>

/* A number of pages above this was not counted by anybody. */
#define STEPS_AT_MOST 9999

/* What the person said, whoever made a fact of it. tries: or the retry ladder would begin anew. */
static bool is_kept(enum odr_fact fact)
{
	return odr_fact_by(fact) == ODR_BY_PERSON || fact == ODR_FACT_file ||
	       fact == ODR_FACT_label_text || fact == ODR_FACT_tries;
}

/* The pages of the way in their order; how many there were at all ends it, so that a part is known as one. */
static void write_way(const struct odr_trail *way, char out[ODR_SAVED_TEXT])
{
	size_t used;

	for (unsigned i = 0; i < way->depth; i++) {
		used = strlen(out);
		odr_cut(out + used, ODR_SAVED_TEXT - used, "by %s\n", way->page[i]);
	}
	used = strlen(out);
	odr_cut(out + used, ODR_SAVED_TEXT - used, "step %u\n", way->shown);
}

void odr_saved_write(const char *place, const struct odr_trail *way, const struct odr_facts *facts,
		     char out[ODR_SAVED_TEXT])
{
	size_t used;

	odr_cut(out, ODR_SAVED_TEXT, "at %s\n", place);
	for (unsigned f = 0; f < ODR_FACTS; f++) {
		const char *word = odr_facts_get(facts, (enum odr_fact)f);

		used = strlen(out);
		if (is_kept((enum odr_fact)f) && word[0])
			odr_cut(out + used, ODR_SAVED_TEXT - used, "%s %s\n",
				odr_fact_name((enum odr_fact)f), word);
	}
	write_way(way, out);
}

static bool take_page(struct odr_trail *way, const char *page)
{
	char file[ODR_FILE_NAME + 1], step[ODR_STEP_NAME + 1];

	if (way->shown || way->depth == ODR_TRAIL || strlen(page) >= ODR_TARGET_ROOM ||
	    !odr_target_split(page, file, step) || !file[0])
		return false;
	odr_cut(way->page[way->depth++], sizeof way->page[0], "%s", page);
	return true;
}

static bool take_number(struct odr_trail *way, const char *number)
{
	char *end;
	unsigned long shown = strtoul(number, &end, 10);

	if (*end || shown <= way->depth || shown > STEPS_AT_MOST)
		return false;
	way->shown = (unsigned)shown;
	return true;
}

/* false: it is of the way, and damaged. */
static bool take_line(struct odr_saved *saved, const char *line)
{
	size_t len = strcspn(line, " ");
	enum odr_fact fact = odr_fact_by_name(line, len);

	if (!line[len])
		return true;
	if (!strncmp(line, "by ", 3))
		return take_page(&saved->way, line + 3);
	if (!strncmp(line, "step ", 5))
		return take_number(&saved->way, line + 5);
	if (len == 2 && !strncmp(line, "at", len))
		odr_cut(saved->place, sizeof saved->place, "%s", line + len + 1);
	else if (fact != ODR_FACTS && is_kept(fact))
		odr_facts_set(&saved->facts, fact, line + len + 1);
	return true;
}

void odr_saved_read(struct odr_saved *saved, const char *text)
{
	char line[ODR_FACT_TEXT + 40];
	bool whole = true;

	memset(saved, 0, sizeof *saved);
	odr_facts_clear(&saved->facts);
	while (*text) {
		size_t len = strcspn(text, "\r\n");

		odr_cut(line, sizeof line, "%.*s", (int)len, text);
		whole = take_line(saved, line) && whole;
		text += len;
		text += strspn(text, "\r\n");
	}
	if (!whole || !saved->way.shown)
		memset(&saved->way, 0, sizeof saved->way);
}

void odr_saved_apply(const struct odr_saved *saved, struct odr_facts *facts)
{
	for (unsigned f = 0; f < ODR_FACTS; f++)
		if (is_kept((enum odr_fact)f) && odr_facts_get(&saved->facts, (enum odr_fact)f)[0])
			odr_facts_set(facts, (enum odr_fact)f,
				      odr_facts_get(&saved->facts, (enum odr_fact)f));
}
