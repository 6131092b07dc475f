#include "tui/saved.h"

#include "tui/text.h"

#include <string.h>

/* What the person said, whoever made a fact of it. tries: or the retry ladder would begin anew. */
static bool is_kept(enum odr_fact fact)
{
	return odr_fact_by(fact) == ODR_BY_PERSON || fact == ODR_FACT_file ||
	       fact == ODR_FACT_label_text || fact == ODR_FACT_tries;
}

void odr_saved_write(const char *place, const struct odr_facts *facts, char out[ODR_SAVED_TEXT])
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
}

static void take_line(struct odr_saved *saved, const char *line)
{
	size_t len = strcspn(line, " ");
	enum odr_fact fact = odr_fact_by_name(line, len);

	if (!line[len])
		return;
	if (len == 2 && !strncmp(line, "at", len))
		odr_cut(saved->place, sizeof saved->place, "%s", line + len + 1);
	else if (fact != ODR_FACTS && is_kept(fact))
		odr_facts_set(&saved->facts, fact, line + len + 1);
}

void odr_saved_read(struct odr_saved *saved, const char *text)
{
	char line[ODR_FACT_TEXT + 40];

	memset(saved, 0, sizeof *saved);
	odr_facts_clear(&saved->facts);
	while (*text) {
		size_t len = strcspn(text, "\r\n");

		odr_cut(line, sizeof line, "%.*s", (int)len, text);
		take_line(saved, line);
		text += len;
		text += strspn(text, "\r\n");
	}
}

void odr_saved_apply(const struct odr_saved *saved, struct odr_facts *facts)
{
	for (unsigned f = 0; f < ODR_FACTS; f++)
		if (is_kept((enum odr_fact)f) && odr_facts_get(&saved->facts, (enum odr_fact)f)[0])
			odr_facts_set(facts, (enum odr_fact)f,
				      odr_facts_get(&saved->facts, (enum odr_fact)f));
}
