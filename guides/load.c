/*
 * load.c - one guide into memory, or the first fault in words.
 */
#include "guides/guide.h"
#include "guides/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct odr_step *odr_guide_step(const struct odr_guide *guide, const char *name)
{
	for (unsigned i = 0; i < guide->steps; i++)
		if (!strcmp(guide->step[i].name, name))
			return &guide->step[i];
	return NULL;
}

static enum odr_err load_picture(struct odr_guide *guide, struct odr_step *step, const char *folder,
				 struct odr_error *e)
{
	unsigned n = 0, line;

	while (n < guide->n_pictures && strcmp(guide->pictures[n].name, step->picture_name) != 0)
		n++;
	step->picture = &guide->pictures[n];
	if (n < guide->n_pictures)
		return ODR_OK;
	guide->n_pictures++;
	return odr_picture_load(&guide->pictures[n], folder, step->picture_name, &line, e);
}

static enum odr_err load_pictures(struct odr_guide *guide, const char *folder, struct odr_error *e)
{
	unsigned named = 0;
	enum odr_err err = ODR_OK;

	for (unsigned i = 0; i < guide->steps; i++)
		named += guide->step[i].picture_name != NULL;
	guide->pictures = named ? calloc(named, sizeof *guide->pictures) : NULL;
	if (named && !guide->pictures)
		return odr_fail(e, ODR_E_SPACE, "no memory for the pictures");
	for (unsigned i = 0; err == ODR_OK && i < guide->steps; i++)
		if (guide->step[i].picture_name)
			err = load_picture(guide, &guide->step[i], folder, e);
	return err;
}

void odr_note_first(void *ctx, const char *section, const char *key, const char *text)
{
	struct odr_error *e = ctx;

	if (e->code == ODR_OK)
		odr_fail(e, ODR_E_FILE, "[%s] %s%s%s", section, key, *key ? ": " : "", text);
}

enum odr_err odr_guide_load(struct odr_guide *guide, const struct odr_guide_host *host,
			    const char *folder, const char *file, struct odr_error *e)
{
	const size_t len = strcspn(file, ".");
	struct odr_error why = {.code = ODR_OK};
	const struct odr_faults faults = {odr_note_first, &why};

	memset(guide, 0, sizeof *guide);
	snprintf(guide->file, sizeof guide->file, "%.*s.ini", (int)(len > 8 ? 9 : len), file);
	if (!odr_name_is_83(guide->file, ".ini"))
		return odr_fail(e, ODR_E_FILE, "%.60s is no name of a guide", file);
	guide->ini = odr_ini_load(host, folder, guide->file, ODR_GUIDE_BYTES, e);
	if (!guide->ini)
		return ODR_E_FILE;
	odr_guide_build(guide, &faults);
	if (why.code == ODR_OK)
		load_pictures(guide, folder, &why);
	if (why.code == ODR_OK)
		return ODR_OK;
	odr_guide_free(guide);
	return odr_fail(e, why.code, "%.12s: %s", file, why.text);
}

void odr_guide_free(struct odr_guide *guide)
{
	free(guide->step);
	free(guide->pictures);
	odr_ini_free(guide->ini);
	memset(guide, 0, sizeof *guide);
}
