/*
 * The only file that knows iniparser. 4.1 (Debian) and 4.2 (DOS) both lower-case sections and keys
 * and keep the entries in the order of the file; both die of a byte order mark without a word.
 */
#include "guides/parts.h"

#include <iniparser.h>
#include <stdio.h>
#include <string.h>

/* iniparser says on stderr what it does not like, unless it is given somebody else to tell. */
static int say_nothing(const char *format, ...)
{
	(void)format;
	return 0;
}

static enum odr_err check_file(const char *path, unsigned long most, struct odr_error *e)
{
	FILE *file = fopen(path, "rb");
	char buf[512];
	unsigned long bytes = 0;
	size_t got;
	bool bom = false;

	if (!file)
		return odr_fail(e, ODR_E_FILE, "%s: cannot be opened; is it there?", path);
	while (bytes <= most && (got = fread(buf, 1, sizeof buf, file)) > 0) {
		if (!bytes)
			bom = got >= 3 && !memcmp(buf, "\xEF\xBB\xBF", 3);
		bytes += got;
	}
	fclose(file);
	if (bytes > most)
		return odr_fail(e, ODR_E_FILE, "%s: more than %lu bytes; split it", path, most);
	if (bom)
		return odr_fail(e, ODR_E_FILE,
				"%s: begins with a byte order mark; save it as plain ASCII", path);
	return ODR_OK;
}

void *odr_ini_load(const struct odr_guide_host *host, const char *folder, const char *name,
		   unsigned long most, struct odr_error *e)
{
	char path[ODR_PATH_ROOM];
	dictionary *ini;

	odr_path(path, folder, name);
	if (host && host->is_unsafe && (host->is_unsafe(folder) || host->is_unsafe(path))) {
		odr_fail(e, ODR_E_FILE,
			 "%s: everybody on this computer may change it, and root would obey it; as "
			 "root: chmod o-w it and its folder",
			 path);
		return NULL;
	}
	if (check_file(path, most, e) != ODR_OK)
		return NULL;
	iniparser_set_error_callback(say_nothing);
	ini = iniparser_load(path);
	if (!ini)
		odr_fail(e, ODR_E_FILE,
			 "%s: not an INI file; odrescue --check-guides names the line", path);
	return ini;
}

void odr_ini_free(void *ini)
{
	if (ini)
		iniparser_freedict(ini);
}

bool odr_ini_entry(void *ini, unsigned n, struct odr_ini_entry *entry)
{
	const dictionary *d = ini;
	size_t len;

	/* dictionary.h: a hole has a NULL key; nothing is ever unset here, so there are none. */
	if (n >= (unsigned)d->n || !d->key[n])
		return false;
	len = strcspn(d->key[n], ":");
	snprintf(entry->section, sizeof entry->section, "%.*s", (int)len, d->key[n]);
	snprintf(entry->key, sizeof entry->key, "%s", d->key[n][len] ? d->key[n] + len + 1 : "");
	entry->value = d->val[n];
	return true;
}
