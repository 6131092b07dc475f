/*
 * load.c - one guide into memory. The texts stay in iniparser's dictionary, which the guide owns.
 */
#include "guides/guide.h"
#include "guides/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_name(const char *name, size_t len, size_t most, const char *also)
{
	if (!len || len > most)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!islower((unsigned char)name[i]) && !isdigit((unsigned char)name[i]) &&
		    !strchr(also, name[i]))
			return false;
	return true;
}

bool odr_name_is_83(const char *name, const char *extension)
{
	size_t len = strcspn(name, ".");

	return is_name(name, len, 8, "_-") && !strcmp(name + len, extension);
}

bool odr_name_is_step(const char *name)
{
	return is_name(name, strlen(name), ODR_STEP_NAME, "_") && strcmp(name, "back") != 0 &&
	       strcmp(name, "top") != 0;
}

bool odr_target_split(const char *target, char file[ODR_FILE_NAME + 1],
		      char step[ODR_STEP_NAME + 1])
{
	const char *colon = strchr(target, ':');
	size_t len = colon ? (size_t)(colon - target) : 0;

	file[0] = step[0] = '\0';
	if (colon && len > 4 && !strncmp(colon - 4, ".ini", 4))
		len -= 4;
	if (colon && !is_name(target, len, 8, "_-"))
		return false;
	if (colon)
		snprintf(file, ODR_FILE_NAME + 1, "%.*s.ini", (int)len, target);
	target = colon ? colon + 1 : target;
	if (!odr_name_is_step(target))
		return false;
	snprintf(step, ODR_STEP_NAME + 1, "%.*s", ODR_STEP_NAME, target);
	return true;
}

const struct odr_step *odr_guide_step(const struct odr_guide *guide, const char *name)
{
	for (unsigned i = 0; i < guide->steps; i++)
		if (!strcmp(guide->step[i].name, name))
			return &guide->step[i];
	return NULL;
}

/* ---- pictures ---- */

enum odr_err odr_picture_load(struct odr_picture *picture, const char *folder, const char *name,
			      unsigned *line, struct odr_error *e)
{
	char path[ODR_PATH_ROOM], file_name[ODR_FILE_NAME + 6],
		buf[ODR_PICTURE_COLUMNS + 3]; /* with CR or LF and the end mark */
	enum odr_err err = ODR_OK;
	FILE *file;

	*line = 1;
	picture->name = name;
	picture->lines = 0;
	snprintf(file_name, sizeof file_name, "pics/%.8s.txt", name);
	odr_path(path, folder, file_name);
	file = fopen(path, "r");
	if (!file)
		return odr_fail(e, ODR_E_FILE, "there is no picture pics/%s.txt", name);
	while (err == ODR_OK && fgets(buf, sizeof buf, file)) {
		size_t len = strcspn(buf, "\r\n");

		if (len > ODR_PICTURE_COLUMNS)
			err = odr_fail(e, ODR_E_FILE, "wider than %d columns", ODR_PICTURE_COLUMNS);
		else if (picture->lines == ODR_PICTURE_LINES)
			err = odr_fail(e, ODR_E_FILE, "more than %d lines", ODR_PICTURE_LINES);
		for (size_t i = 0; err == ODR_OK && i < len; i++)
			if (buf[i] < ' ' || buf[i] > '~')
				err = odr_fail(e, ODR_E_FILE,
					       "a tab, a control byte or a letter outside ASCII");
		if (err != ODR_OK)
			break;
		snprintf(picture->line[picture->lines++], sizeof picture->line[0], "%.*s", (int)len,
			 buf);
		++*line;
	}
	fclose(file);
	if (err == ODR_OK && !picture->lines)
		err = odr_fail(e, ODR_E_FILE, "empty");
	return err;
}

static enum odr_err load_pictures(struct odr_guide *guide, const char *folder, struct odr_error *e)
{
	unsigned line, named = 0;

	for (unsigned i = 0; i < guide->steps; i++)
		named += guide->step[i].picture_name != NULL;
	if (!named)
		return ODR_OK;
	guide->pictures = calloc(named, sizeof *guide->pictures);
	if (!guide->pictures)
		return odr_fail(e, ODR_E_SPACE, "no memory for the pictures");
	for (unsigned i = 0; i < guide->steps; i++) {
		struct odr_step *step = &guide->step[i];
		unsigned n = 0;

		if (!step->picture_name)
			continue;
		while (n < guide->n_pictures &&
		       strcmp(guide->pictures[n].name, step->picture_name) != 0)
			n++;
		step->picture = &guide->pictures[n];
		if (n < guide->n_pictures)
			continue;
		if (odr_picture_load(&guide->pictures[n], folder, step->picture_name, &line, e) !=
		    ODR_OK)
			return ODR_E_FILE;
		guide->n_pictures++;
	}
	return ODR_OK;
}

/* ---- steps ---- */

static struct odr_step *step_of(struct odr_guide *guide, const char *section)
{
	for (unsigned i = 0; i < guide->steps; i++)
		if (!strcmp(guide->step[i].name, section + strlen(ODR_SECTION_STEP)))
			return &guide->step[i];
	return NULL;
}

/* Every section is [guide] or [step_NAME]; room for the steps. */
static enum odr_err take_sections(struct odr_guide *guide, struct odr_error *e)
{
	struct odr_ini_entry entry;
	const size_t prefix = strlen(ODR_SECTION_STEP);

	guide->step = calloc(ODR_GUIDE_STEPS, sizeof *guide->step);
	if (!guide->step)
		return odr_fail(e, ODR_E_SPACE, "no memory for its steps");
	for (unsigned n = 0; odr_ini_entry(guide->ini, n, &entry); n++) {
		if (entry.value || !strcmp(entry.section, ODR_SECTION_GUIDE))
			continue;
		if (strncmp(entry.section, ODR_SECTION_STEP, prefix) != 0 ||
		    !odr_name_is_step(entry.section + prefix))
			return odr_fail(
				e, ODR_E_FILE,
				"[%s]: a section is [guide] or [step_NAME], NAME of at most %d "
				"of a-z 0-9 _",
				entry.section, ODR_STEP_NAME);
		if (guide->steps == ODR_GUIDE_STEPS)
			return odr_fail(e, ODR_E_FILE, "more than %d steps; go on in another file",
					ODR_GUIDE_STEPS);
		odr_step_clear(&guide->step[guide->steps++], entry.section + prefix);
	}
	return ODR_OK;
}

/* A pass for the kinds, since they decide which keys there are, and one for the rest. */
static enum odr_err take_values(struct odr_guide *guide, const char **start, bool kinds,
				struct odr_error *e)
{
	struct odr_ini_entry entry;
	struct odr_error why;
	enum odr_err err = ODR_OK;

	for (unsigned n = 0; err == ODR_OK && odr_ini_entry(guide->ini, n, &entry); n++) {
		struct odr_step *step;

		if (!entry.value || !strcmp(entry.key, "kind") != kinds)
			continue;
		step = strncmp(entry.section, ODR_SECTION_STEP, strlen(ODR_SECTION_STEP))
			       ? NULL
			       : step_of(guide, entry.section);
		if (step)
			err = odr_step_set(step, entry.key, entry.value, &why);
		else if (!strcmp(entry.section, ODR_SECTION_GUIDE))
			err = odr_head_set(guide, start, entry.key, entry.value, &why);
		else
			err = odr_fail(&why, ODR_E_FILE, "a key before the first section");
		if (err != ODR_OK)
			odr_fail(e, err, "[%s] %s: %s", entry.section, entry.key, why.text);
	}
	return err;
}

static enum odr_err check_target(const struct odr_guide *guide, const char *target,
				 struct odr_error *e)
{
	char file[ODR_FILE_NAME + 1], step[ODR_STEP_NAME + 1];

	if (odr_target_split(target, file, step) && !*file && !odr_guide_step(guide, step))
		return odr_fail(e, ODR_E_FILE, "there is no step \"%s\"", step);
	return ODR_OK;
}

static enum odr_err end_steps(struct odr_guide *guide, struct odr_error *e)
{
	for (unsigned i = 0; i < guide->steps; i++) {
		struct odr_step *step = &guide->step[i];
		struct odr_error why;
		enum odr_err err = odr_step_end(step, &why);
		const char *target;

		for (unsigned n = 0; err == ODR_OK && (target = odr_step_way(step, n)); n++)
			err = check_target(guide, target, &why);
		if (err != ODR_OK)
			return odr_fail(e, err, "[" ODR_SECTION_STEP "%s]: %s", step->name,
					why.text);
	}
	return ODR_OK;
}

static enum odr_err take(struct odr_guide *guide, const char *folder, struct odr_error *e)
{
	const char *start = NULL;
	enum odr_err err = take_sections(guide, e);

	guide->first = true;
	guide->families = guide->hosts = "";
	if (err == ODR_OK)
		err = take_values(guide, &start, true, e);
	if (err == ODR_OK)
		err = take_values(guide, &start, false, e);
	if (err == ODR_OK)
		err = end_steps(guide, e);
	if (err == ODR_OK)
		err = load_pictures(guide, folder, e);
	if (err != ODR_OK)
		return err;
	if (!guide->id || !guide->title || !start)
		return odr_fail(e, ODR_E_FILE, "[guide] needs id, title and start");
	guide->start = odr_guide_step(guide, start);
	return guide->start ? ODR_OK
			    : odr_fail(e, ODR_E_FILE, "[guide] start: there is no step \"%.40s\"",
				       start);
}

enum odr_err odr_guide_load(struct odr_guide *guide, const struct odr_guide_host *host,
			    const char *folder, const char *file, struct odr_error *e)
{
	const size_t len = strcspn(file, ".");
	struct odr_error why;
	enum odr_err err;

	memset(guide, 0, sizeof *guide);
	snprintf(guide->file, sizeof guide->file, "%.*s.ini", (int)(len > 8 ? 9 : len), file);
	if (!odr_name_is_83(guide->file, ".ini"))
		return odr_fail(e, ODR_E_FILE, "%.60s is no name of a guide", file);
	guide->ini = odr_ini_load(host, folder, guide->file, ODR_GUIDE_BYTES, e);
	if (!guide->ini)
		return ODR_E_FILE;
	err = take(guide, folder, &why);
	if (err != ODR_OK) {
		odr_fail(e, err, "%s: %s", guide->file, why.text);
		odr_guide_free(guide);
	}
	return err;
}

void odr_guide_free(struct odr_guide *guide)
{
	free(guide->step);
	free(guide->pictures);
	odr_ini_free(guide->ini);
	memset(guide, 0, sizeof *guide);
}
