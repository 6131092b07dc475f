#include "guides/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* words is NULL for what is only text. */
static const struct {
	const char *name, *words;
	enum odr_fact_by by;
	unsigned columns;
} facts_known[ODR_FACTS] = {
#define X(name, by, words) [ODR_FACT_##name] = {#name, words, by, 0},
#define Y(name, columns) [ODR_FACT_##name] = {#name, NULL, ODR_BY_PROGRAM, columns},
	ODR_FACT_LIST(X) ODR_TEXT_LIST(Y)
#undef X
#undef Y
};

void odr_facts_clear(struct odr_facts *facts)
{
	memset(facts, 0, sizeof *facts);
}

static bool set_text(char *out, const char *text)
{
	size_t n = 0;

	for (; *text && n + 1 < ODR_FACT_TEXT; text++)
		out[n++] = (unsigned char)*text < ' ' || *text == 127 ? '.' : *text;
	out[n] = '\0';
	return !*text;
}

bool odr_facts_set(struct odr_facts *facts, enum odr_fact fact, const char *word)
{
	if (fact >= ODR_FACT_FIRST_TEXT)
		return fact < ODR_FACTS && set_text(facts->text[fact - ODR_FACT_FIRST_TEXT], word);
	if (*word && !odr_fact_takes(fact, word))
		return false;
	snprintf(facts->word[fact], ODR_FACT_WORD, "%s", word);
	return true;
}

bool odr_facts_set_number(struct odr_facts *facts, enum odr_fact fact, unsigned number)
{
	char word[ODR_FACT_WORD];

	snprintf(word, sizeof word, "%u", number);
	return odr_facts_set(facts, fact, word);
}

const char *odr_facts_get(const struct odr_facts *facts, enum odr_fact fact)
{
	return fact < ODR_FACT_FIRST_TEXT ? facts->word[fact]
					  : facts->text[fact - ODR_FACT_FIRST_TEXT];
}

enum odr_fact odr_fact_by_name(const char *name, size_t len)
{
	unsigned fact = 0;

	while (fact < ODR_FACTS && (strncmp(facts_known[fact].name, name, len) != 0 ||
				    facts_known[fact].name[len] != '\0'))
		fact++;
	return (enum odr_fact)fact;
}

const char *odr_fact_name(enum odr_fact fact)
{
	return facts_known[fact].name;
}

enum odr_fact_by odr_fact_by(enum odr_fact fact)
{
	return facts_known[fact].by;
}

/* "LOW..HIGH" */
static bool limits(enum odr_fact fact, unsigned *low, unsigned *high)
{
	const char *words = facts_known[fact].words, *dots = words ? strstr(words, "..") : NULL;

	if (!dots)
		return false;
	*low = (unsigned)strtoul(words, NULL, 10);
	*high = (unsigned)strtoul(dots + 2, NULL, 10);
	return true;
}

bool odr_fact_is_number(enum odr_fact fact)
{
	unsigned low, high;

	return limits(fact, &low, &high);
}

bool odr_fact_word(enum odr_fact fact, unsigned n, char out[ODR_FACT_WORD])
{
	const char *at = facts_known[fact].words;
	unsigned low, high;

	if (!at)
		return false;
	if (limits(fact, &low, &high)) {
		snprintf(out, ODR_FACT_WORD, "%u", low + n);
		return n <= high - low;
	}
	for (; n && *at; n--) {
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	snprintf(out, ODR_FACT_WORD, "%.*s", (int)strcspn(at, " "), at);
	return *at != '\0';
}

bool odr_fact_takes(enum odr_fact fact, const char *word)
{
	char known[ODR_FACT_WORD];

	for (unsigned n = 0; odr_fact_word(fact, n, known); n++)
		if (!strcmp(known, word))
			return true;
	return false;
}

unsigned odr_fact_columns(enum odr_fact fact)
{
	char word[ODR_FACT_WORD];
	unsigned most = facts_known[fact].columns;

	for (unsigned n = 0; odr_fact_word(fact, n, word); n++)
		if (strlen(word) > most)
			most = (unsigned)strlen(word);
	return most;
}
