/*
 * drives.c - the tables of drives into memory. The texts stay in iniparser's dictionaries, which the
 * book owns.
 */
#include "guides/drives.h"
#include "guides/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILES = 16,
	BYTES_MAX = 16 * 1024 * 1024, /* no optical drive has more flash (domain.md 5.1) */
	SETTLE_MS = 50000,	      /* protocols.md 3.1, step 4 */
	SETTLE_MS_MAX = 300000,	      /* there: "one fork allows up to 300 s" */
};

/* ---- one key ---- */

static enum odr_err take_labels(struct odr_drive *row, const char *value, struct odr_error *e)
{
	for (const char *c = value; *c; c++)
		if (!isupper((unsigned char)*c) && !isdigit((unsigned char)*c) &&
		    (*c != ' ' || c[1] == ' '))
			return odr_fail(
				e, ODR_E_FILE,
				"a label consists of A to Z and 0 to 9, one blank between two "
				"labels; leave dashes out");
	row->labels = value;
	return ODR_OK;
}

static enum odr_err take_family(struct odr_drive *row, const char *value, struct odr_error *e)
{
	for (unsigned i = 0; i < ODR_FAMILIES; i++)
		if (!strcmp(value, odr_family_name((enum odr_family)i))) {
			row->family = (enum odr_family)i;
			return ODR_OK;
		}
	return odr_fail(e, ODR_E_FILE,
			"there is no family \"%.20s\"; btc mtk liteon samsung "
			"bluray foreign",
			value);
}

static enum odr_err take_tier(struct odr_drive *row, const char *value, struct odr_error *e)
{
	for (unsigned i = 0; i < ODR_TIERS; i++)
		if (!strcmp(value, odr_tier_name((enum odr_tier)i))) {
			row->tier = (enum odr_tier)i;
			return ODR_OK;
		}
	return odr_fail(e, ODR_E_FILE,
			"there is no tier \"%.20s\"; public untried experimental assisted none",
			value);
}

static enum odr_err take_bytes(struct odr_drive *row, const char *value, struct odr_error *e)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	/* Flash chips come in powers of two. */
	if (!isdigit((unsigned char)*value) || *end || !n || n > BYTES_MAX || (n & (n - 1)))
		return odr_fail(e, ODR_E_FILE,
				"\"%.20s\" is no size of a flash chip; for example 1048576", value);
	row->bytes = (uint32_t)n;
	return ODR_OK;
}

static enum odr_err take_settle(struct odr_drive *row, const char *value, struct odr_error *e)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (!isdigit((unsigned char)*value) || *end || !n || n > SETTLE_MS_MAX)
		return odr_fail(e, ODR_E_FILE, "\"%.20s\": milliseconds, 1 to %d", value,
				SETTLE_MS_MAX);
	row->settle_ms = (uint32_t)n;
	return ODR_OK;
}

static enum odr_err take_tool(struct odr_drive *row, const char *value, struct odr_error *e)
{
	if (!odr_fact_takes(ODR_FACT_tool, value) || !isdigit((unsigned char)*value))
		return odr_fail(e, ODR_E_FILE,
				"\"%.20s\" is no version of MTKFLASH; 180 1801 183c 148 155",
				value);
	row->tool = value;
	return ODR_OK;
}

static enum odr_err take_line(struct odr_drive *row, const char *value, struct odr_error *e)
{
	static const char start[] = "mtkflash {digit} ", file[] = " {file83}";
	const char *facts = strncmp(value, start, sizeof start - 1) ? NULL : strstr(value, file);

	if (!facts || strchr(value + sizeof start - 1, '{') != facts + 1 || strchr(facts + 2, '{'))
		return odr_fail(e, ODR_E_FILE, "write it as: mtkflash {digit} w /m /b {file83}");
	row->line = value;
	return ODR_OK;
}

static enum odr_err take_warn(struct odr_drive *row, const char *key, const char *value,
			      struct odr_error *e)
{
	unsigned n = (unsigned)(key[4] - '1');

	if (n >= ODR_DRIVE_WARNS || key[5])
		return odr_fail(e, ODR_E_FILE, "%.20s: warn1 to warn%d", key, ODR_DRIVE_WARNS);
	row->warn[n] = value;
	if (n + 1 > row->n_warn)
		row->n_warn = n + 1;
	return ODR_OK;
}

void odr_drive_clear(struct odr_drive *row)
{
	memset(row, 0, sizeof *row);
	row->name = row->labels = row->product = row->tool = row->line = row->source = "";
	row->settle_ms = SETTLE_MS;
	row->family = ODR_FAMILIES;
	row->tier = ODR_TIERS;
}

enum odr_err odr_drive_set(struct odr_drive *row, const char *key, char *value, struct odr_error *e)
{
	if (!*value)
		return odr_fail(e, ODR_E_FILE, "%.20s has no value; leave it out", key);
	if (!strcmp(key, "labels"))
		return take_labels(row, value, e);
	if (!strcmp(key, "family"))
		return take_family(row, value, e);
	if (!strcmp(key, "tier"))
		return take_tier(row, value, e);
	if (!strcmp(key, "bytes"))
		return take_bytes(row, value, e);
	if (!strcmp(key, "settle_ms"))
		return take_settle(row, value, e);
	if (!strcmp(key, "tool"))
		return take_tool(row, value, e);
	if (!strcmp(key, "line"))
		return take_line(row, value, e);
	if (!strncmp(key, "warn", 4) && key[4])
		return take_warn(row, key, value, e);
	if (!strcmp(key, "name"))
		row->name = value;
	else if (!strcmp(key, "source"))
		row->source = value;
	else if (strcmp(key, "product") != 0)
		return odr_fail(e, ODR_E_FILE,
				"there is no key \"%.30s\"; name labels product family bytes "
				"settle_ms tool line warn1 tier source",
				key);
	else if (strlen(value) > 16) /* INQUIRY bytes 16..31 */
		return odr_fail(e, ODR_E_FILE, "a product has at most 16 characters");
	else
		row->product = value;
	return ODR_OK;
}

enum odr_err odr_drive_end(const struct odr_drive *row, struct odr_error *e)
{
	const char *missing = !*row->name		    ? "name"
			      : !*row->labels		    ? "labels"
			      : row->family == ODR_FAMILIES ? "family"
			      : row->tier == ODR_TIERS	    ? "tier"
			      : !*row->source		    ? "source"
			      : (*row->tool && !*row->line) ? "line"
			      : (!*row->tool && *row->line) ? "tool"
							    : NULL;

	for (unsigned i = 0; !missing && i < row->n_warn; i++)
		if (!row->warn[i])
			return odr_fail(e, ODR_E_FILE, "warn%u is missing", i + 1);
	return missing ? odr_fail(e, ODR_E_FILE, "%s is missing", missing) : ODR_OK;
}

/* ---- one file ---- */

/* Is this entry the head of a row? */
static bool is_row(const struct odr_ini_entry *entry)
{
	return !entry->value &&
	       !strncmp(entry->section, ODR_SECTION_DRIVE, strlen(ODR_SECTION_DRIVE)) &&
	       odr_name_is_step(entry->section + strlen(ODR_SECTION_DRIVE));
}

unsigned odr_drives_count(void *ini)
{
	struct odr_ini_entry entry;
	unsigned rows = 0;

	for (unsigned n = 0; odr_ini_entry(ini, n, &entry); n++)
		rows += is_row(&entry);
	return rows;
}

/* Every key of one section into its row. */
static void take_row(struct odr_drive *row, void *ini, const char *section,
		     const struct odr_faults *faults)
{
	struct odr_ini_entry entry;
	struct odr_error why;
	bool bad = false;

	odr_drive_clear(row);
	for (unsigned n = 0; odr_ini_entry(ini, n, &entry); n++) {
		if (!entry.value || strcmp(entry.section, section) != 0 ||
		    odr_drive_set(row, entry.key, entry.value, &why) == ODR_OK)
			continue;
		bad = true;
		faults->tell(faults->ctx, section, entry.key, why.text);
	}
	if (!bad && odr_drive_end(row, &why) != ODR_OK)
		faults->tell(faults->ctx, section, "", why.text);
}

void odr_drives_build(struct odr_drive *row, void *ini, const struct odr_faults *faults)
{
	struct odr_ini_entry entry;

	for (unsigned n = 0; odr_ini_entry(ini, n, &entry); n++) {
		if (is_row(&entry))
			take_row(row++, ini, entry.section, faults);
		else if (!entry.value || !*entry.section)
			faults->tell(faults->ctx, entry.section, entry.key,
				     "a row is [drive_NAME]; NAME has at most 16 of a-z 0-9 _");
	}
}

/* ---- all of them ---- */

struct names {
	char name[FILES][ODR_FILE_NAME + 1];
	unsigned names;
	bool too_many;
};

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void note_name(void *ctx, const char *name)
{
	struct names *names = ctx;

	if (!odr_name_is_83(name, ".ini"))
		return;
	if (names->names == FILES) {
		names->too_many = true;
		return;
	}
	snprintf(names->name[names->names++], sizeof names->name[0], "%s", name);
}

static enum odr_err load_file(struct odr_drive_book *book, const struct odr_guide_host *host,
			      const char *folder, const char *name, struct odr_error *e)
{
	struct odr_error why = {.code = ODR_OK};
	const struct odr_faults faults = {odr_note_first, &why};
	void *ini = odr_ini_load(host, folder, name, ODR_GUIDE_BYTES, e);
	struct odr_drive *row;
	unsigned rows;

	if (!ini)
		return ODR_E_FILE;
	book->ini[book->files++] = ini;
	rows = odr_drives_count(ini);
	row = realloc(book->row, (book->table.rows + rows + 1) * sizeof *row);
	if (!row)
		return odr_fail(e, ODR_E_SPACE, "no memory for the table of drives");
	book->row = row;
	odr_drives_build(row + book->table.rows, ini, &faults);
	if (why.code != ODR_OK)
		return odr_fail(e, ODR_E_FILE, "drives/%s: %s", name, why.text);
	book->table.rows += rows;
	book->table.row = row;
	return ODR_OK;
}

enum odr_err odr_drives_load(struct odr_drive_book *book, const struct odr_guide_host *host,
			     const char *folder, struct odr_error *e)
{
	struct names names = {.names = 0};
	char path[ODR_PATH_ROOM];
	enum odr_err err = ODR_OK;

	memset(book, 0, sizeof *book);
	odr_path(path, folder, "drives");
	if (!host->list(path, note_name, &names) || !names.names)
		return odr_fail(e, ODR_E_FILE, "%s: no table of drives is there", path);
	if (names.too_many)
		return odr_fail(e, ODR_E_FILE, "%s: more than %d tables", path, FILES);
	qsort(names.name, names.names, sizeof names.name[0], compare);
	book->ini = calloc(FILES, sizeof *book->ini);
	if (!book->ini)
		return odr_fail(e, ODR_E_SPACE, "no memory for the tables of drives");
	for (unsigned i = 0; err == ODR_OK && i < names.names; i++)
		err = load_file(book, host, path, names.name[i], e);
	if (err != ODR_OK)
		odr_drives_free(book);
	return err;
}

void odr_drives_free(struct odr_drive_book *book)
{
	for (unsigned i = 0; i < book->files; i++)
		odr_ini_free(book->ini[i]);
	free(book->ini);
	free(book->row);
	memset(book, 0, sizeof *book);
}
