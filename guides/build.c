/*
 * build.c - the steps of a guide out of iniparser's entries. Loader and lint both build here, so that
 * what the lint passes is what the program reads; the loader stops at the first fault, the lint at none.
 */
#include "guides/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct build {
	struct odr_guide *guide;
	const struct odr_faults *faults;
	const char *start;
	bool bad[ODR_GUIDE_STEPS]; /* a fault was told already: what it lacks follows from that */
};

static void tell(const struct build *b, const char *section, const char *key, const char *text)
{
	b->faults->tell(b->faults->ctx, section, key, text);
}

static bool is_step_section(const char *section)
{
	return !strncmp(section, ODR_SECTION_STEP, strlen(ODR_SECTION_STEP));
}

/* Which step has this section; guide->steps: none. */
static unsigned step_of(const struct odr_guide *guide, const char *section)
{
	unsigned i = 0;

	while (i < guide->steps &&
	       (!is_step_section(section) ||
		strcmp(guide->step[i].name, section + strlen(ODR_SECTION_STEP)) != 0))
		i++;
	return i;
}

static void take_section(struct build *b, const char *section)
{
	struct odr_guide *guide = b->guide;
	char text[ODR_ERROR_TEXT];

	if (!strcmp(section, ODR_SECTION_GUIDE))
		return;
	if (!is_step_section(section) || !odr_name_is_step(section + strlen(ODR_SECTION_STEP))) {
		snprintf(
			text, sizeof text,
			"a section is [guide] or [step_NAME]; NAME has at most %d of a-z 0-9 _ and "
			"is neither back nor top",
			ODR_STEP_NAME);
		tell(b, section, "", text);
	} else if (guide->steps < ODR_GUIDE_STEPS) {
		odr_step_clear(&guide->step[guide->steps++], section + strlen(ODR_SECTION_STEP));
	} else {
		snprintf(text, sizeof text, "more than %d steps; go on in another file",
			 ODR_GUIDE_STEPS);
		tell(b, section, "", text);
	}
}

/* A target that names a step of this guide has to find it. */
static bool finds_target(const struct build *b, const struct odr_step *step, const char *key,
			 struct odr_error *why)
{
	char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];
	const char *target = odr_step_target(step, key);

	if (!target || !odr_target_split(target, file, name) || *file ||
	    odr_guide_step(b->guide, name))
		return true;
	odr_fail(why, ODR_E_FILE, "there is no step \"%s\"; is the name right?", name);
	return false;
}

static void take_value(struct build *b, const struct odr_ini_entry *entry)
{
	struct odr_error why;
	unsigned n = step_of(b->guide, entry->section);
	struct odr_step *step = &b->guide->step[n];

	if (n == b->guide->steps) {
		if (!strcmp(entry->section, ODR_SECTION_GUIDE)) {
			if (odr_head_set(b->guide, &b->start, entry->key, entry->value, &why) !=
			    ODR_OK)
				tell(b, entry->section, entry->key, why.text);
		} else if (!*entry->section) {
			tell(b, "", entry->key, "a key before the first [section]");
		}
		return; /* the section itself was told */
	}
	if (step->kind == ODR_KINDS && strcmp(entry->key, "kind") != 0)
		return; /* no kind: told, or will be */
	if (odr_step_set(step, entry->key, entry->value, &why) != ODR_OK ||
	    !finds_target(b, step, entry->key, &why)) {
		b->bad[n] = true;
		tell(b, entry->section, entry->key, why.text);
	}
}

/* A pass for the kinds, since they decide which keys there are, and one for the rest. */
static void take_values(struct build *b, bool kinds)
{
	struct odr_ini_entry entry;

	for (unsigned n = 0; odr_ini_entry(b->guide->ini, n, &entry); n++)
		if (entry.value && !strcmp(entry.key, "kind") == kinds)
			take_value(b, &entry);
}

static void end(struct build *b)
{
	struct odr_guide *guide = b->guide;
	char section[ODR_INI_WORD];
	struct odr_error why;

	for (unsigned i = 0; i < guide->steps; i++) {
		if (b->bad[i] || odr_step_end(&guide->step[i], &why) == ODR_OK)
			continue;
		snprintf(section, sizeof section, ODR_SECTION_STEP "%s", guide->step[i].name);
		tell(b, section, "", why.text);
	}
	if (!guide->id || !guide->title || !b->start) {
		tell(b, ODR_SECTION_GUIDE, "", "id, title and start are needed here");
		return;
	}
	guide->start = odr_guide_step(guide, b->start);
	if (!guide->start)
		tell(b, ODR_SECTION_GUIDE, "start", "there is no such step; is the name right?");
}

void odr_guide_build(struct odr_guide *guide, const struct odr_faults *faults)
{
	struct build b = {.guide = guide, .faults = faults};
	struct odr_ini_entry entry;

	guide->first = true;
	guide->families = guide->hosts = "";
	guide->step = calloc(ODR_GUIDE_STEPS + 1, sizeof *guide->step);
	if (!guide->step) {
		tell(&b, ODR_SECTION_GUIDE, "", "no memory for its steps");
		return;
	}
	for (unsigned n = 0; odr_ini_entry(guide->ini, n, &entry); n++)
		if (!entry.value)
			take_section(&b, entry.section);
	take_values(&b, true);
	take_values(&b, false);
	end(&b);
}
