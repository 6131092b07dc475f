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

/* Two steps may show the same one. */
static const struct odr_picture *find_picture(const struct odr_guide *guide, const char *name)
{
	for (unsigned i = 0; i < guide->n_pictures; i++)
		if (!strcmp(guide->pictures[i].name, name))
			return &guide->pictures[i];
	return NULL;
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

		if (!step->picture_name)
			continue;
		step->picture = find_picture(guide, step->picture_name);
		if (step->picture)
			continue;
		if (odr_picture_load(&guide->pictures[guide->n_pictures], folder,
				     step->picture_name, &line, e) != ODR_OK)
			return ODR_E_FILE;
		step->picture = &guide->pictures[guide->n_pictures++];
	}
	return ODR_OK;
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
