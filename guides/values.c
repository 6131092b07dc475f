/*
 * values.c - the values of a step's keys that consist of several words.
 */
#include "guides/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const ops[] = {
	[ODR_IS] = "is", [ODR_NOT] = "not", [ODR_LESS] = "less", [ODR_MORE] = "more"};

/* Cuts the first word off and ends it; *rest goes behind the blanks. */
static char *cut(char **rest)
{
	char *word = *rest + strspn(*rest, " ");
	char *end = word + strcspn(word, " ");

	*rest = end + strspn(end, " ");
	*end = '\0';
	return word;
}

bool odr_is_target(const char *target)
{
	char file[ODR_FILE_NAME + 1], step[ODR_STEP_NAME + 1];

	return !strcmp(target, "back") || !strcmp(target, "top") ||
	       odr_target_split(target, file, step);
}

enum odr_err odr_bad_target(const char *target, struct odr_error *e)
{
	return odr_fail(e, ODR_E_FILE,
			"\"%.60s\" is no target; name a step, file:step, back or top", target);
}

enum odr_err odr_read_choice(struct odr_choice *choice, char *value, struct odr_error *e)
{
	char *key = cut(&value), *target = cut(&value);

	if (!islower((unsigned char)key[0]) || key[1] || key[0] == 'h' || key[0] == 'q')
		return odr_fail(e, ODR_E_FILE,
				"\"%.20s\" is no letter for a choice; a to z without h and q, for "
				"example: \"c plugged Done, it is in\"",
				key);
	if (!odr_is_target(target))
		return odr_bad_target(target, e);
	if (!*value)
		return odr_fail(e, ODR_E_FILE, "the choice has no text; write LETTER TARGET text");
	choice->key = key[0];
	choice->target = target;
	choice->text = value;
	return ODR_OK;
}

static enum odr_err take_fact(enum odr_fact *fact, const char *name, struct odr_error *e)
{
	*fact = odr_fact_by_name(name, strlen(name));
	if (*fact == ODR_FACTS)
		return odr_fail(e, ODR_E_FILE, "there is no fact \"%.40s\"; see guides/facts.h",
				name);
	return ODR_OK;
}

static enum odr_err bad_word(enum odr_fact fact, const char *word, struct odr_error *e)
{
	char known[ODR_FACT_WORD], list[ODR_ERROR_TEXT - 80] = "";
	size_t used = 0;

	for (unsigned n = 0; odr_fact_word(fact, n, known); n++) {
		size_t len = strlen(known);

		if (used + len + 5 > sizeof list) {
			memcpy(list + used, " ...", 5);
			break;
		}
		list[used++] = ' ';
		memcpy(list + used, known, len + 1);
		used += len;
	}
	if (!*list)
		return odr_fail(e, ODR_E_FILE,
				"the fact %s is only text; it can be shown, not asked about",
				odr_fact_name(fact));
	return odr_fail(e, ODR_E_FILE, "%s is never \"%.20s\"; it can be:%s", odr_fact_name(fact),
			word, list);
}

enum odr_err odr_read_set(struct odr_choice *choice, char *value, struct odr_error *e)
{
	char *name = cut(&value);
	enum odr_err err = take_fact(&choice->fact, name, e);

	if (err != ODR_OK)
		return err;
	if (odr_fact_by(choice->fact) != ODR_BY_PERSON)
		return odr_fail(e, ODR_E_FILE, "%s is set by the program, not by a choice", name);
	if (!odr_fact_takes(choice->fact, value))
		return bad_word(choice->fact, value, e);
	choice->word = value;
	return ODR_OK;
}

enum odr_err odr_read_when(struct odr_when *when, char *value, struct odr_error *e)
{
	char *name = cut(&value), *op = cut(&value), *word = cut(&value), *target = cut(&value);
	enum odr_err err = take_fact(&when->fact, name, e);
	unsigned n;

	if (err != ODR_OK)
		return err;
	for (n = ODR_IS; n <= ODR_MORE && strcmp(ops[n], op) != 0; n++)
		;
	if (n > ODR_MORE)
		return odr_fail(
			e, ODR_E_FILE,
			"\"%.20s\" is no comparison; write FACT is|not|less|more WORD TARGET", op);
	when->op = (enum odr_op)n;
	if (when->op >= ODR_LESS && !odr_fact_is_number(when->fact))
		return odr_fail(e, ODR_E_FILE, "%s is no number; use is or not", name);
	if (!odr_fact_takes(when->fact, word))
		return bad_word(when->fact, word, e);
	if (!odr_is_target(target))
		return odr_bad_target(target, e);
	if (*value)
		return odr_fail(e, ODR_E_FILE,
				"\"%.40s\" is too much; write FACT is|not|less|more WORD TARGET",
				value);
	when->word = word;
	when->target = target;
	return ODR_OK;
}

enum odr_err odr_read_seconds(unsigned *seconds, const char *value, struct odr_error *e)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (!isdigit((unsigned char)*value) || *end || !n || n > ODR_TIMEOUT_MAX_S)
		return odr_fail(e, ODR_E_FILE, "\"%.20s\" are no seconds; 1 to %d", value,
				ODR_TIMEOUT_MAX_S);
	*seconds = (unsigned)n;
	return ODR_OK;
}

enum odr_err odr_read_yes(bool *yes, const char *value, struct odr_error *e)
{
	*yes = !strcmp(value, "yes");
	if (!*yes && strcmp(value, "no") != 0)
		return odr_fail(e, ODR_E_FILE, "\"%.20s\" is neither yes nor no", value);
	return ODR_OK;
}

enum odr_err odr_read_passes(unsigned *passes, char *value, struct odr_error *e)
{
	while (*value) {
		const char *word = cut(&value);

		if (!strcmp(word, "target"))
			*passes |= ODR_PASSES_TARGET;
		else if (!strcmp(word, "backup"))
			*passes |= ODR_PASSES_BACKUP;
		else
			return odr_fail(e, ODR_E_FILE,
					"\"%.20s\" cannot be passed; target, backup or both", word);
	}
	return ODR_OK;
}
