/* Loading the tables, and looking up and filling in their texts. */
#include "guides/linesint.h"

#include <ctype.h>
#include <iniparser.h>
#include <stdio.h>
#include <string.h>

const char *odr_lines_text(const struct _dictionary_ *table, const char *section, const char *key)
{
	char name[ODR_LINES_NAME];

	snprintf(name, sizeof name, "%s:%s", section, key);
	return iniparser_getstring(table, name, "");
}

const char *odr_lines_nth(const struct _dictionary_ *table, const char *section, const char *key,
			  unsigned n)
{
	char name[24];

	snprintf(name, sizeof name, "%s%u", key, n);
	return odr_lines_text(table, section, name);
}

/* The value for the {name} at text; moves *text behind it. NULL: no such name. */
static const char *value_of(const char **text, const struct odr_lines_fill *fill)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{"{word}", fill->word},	      {"{file}", fill->file}, {"{short}", fill->shortened},
		{"{digit}", fill->digit},     {"{at}", fill->at},     {"{format}", fill->format},
		{"{version}", fill->version}, {"{name}", fill->name}, {"{value}", fill->value},
	};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		size_t len = strlen(values[i].name);

		if (!strncmp(*text, values[i].name, len)) {
			*text += len;
			return values[i].value ? values[i].value : "";
		}
	}
	return NULL;
}

void odr_lines_fill(char *out, size_t cap, const char *text, const struct odr_lines_fill *fill)
{
	size_t used = 0;

	while (*text && used + 1 < cap) {
		const char *value = *text == '{' ? value_of(&text, fill) : NULL;

		if (!value) {
			out[used++] = *text++;
			continue;
		}
		while (*value && used + 1 < cap)
			out[used++] = *value++;
	}
	out[used] = 0;
}

void odr_lines_say(odr_line_say *say, void *ctx, const char *key, const char *text,
		   const struct odr_lines_fill *fill)
{
	char out[ODR_LINES_TEXT];

	if (!say || !*text)
		return;
	odr_lines_fill(out, sizeof out, text, fill);
	say(ctx, key, out);
}

bool odr_lines_has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (*list) {
		size_t n = strcspn(list, " "), i = 0;

		while (i < n && i < len &&
		       tolower((unsigned char)list[i]) == tolower((unsigned char)word[i]))
			i++;
		if (len && n == len && i == n)
			return true;
		list += n;
		list += strspn(list, " ");
	}
	return false;
}

/* ---- versions ---- */

bool odr_lines_flag(const struct odr_mtk_version *version, const char *flag)
{
	if (!version)
		return !strcmp(flag, "unknown");
	return odr_lines_has_word(version->flags, flag);
}

/* "v1.80.1" and "MTK1801.EXE" become "1801"; "hexed" stays. */
static void plain_version(char *out, size_t cap, const char *name)
{
	static const char *const fronts[] = {"mtkflash", "mtkfl", "mtk", "version", "ver", "v"};
	char plain[24];
	size_t n = 0, skip = 0;

	for (const char *c = odr_base_name(name); *c && n + 1 < sizeof plain; c++) {
		/* The ending of a program's name, not the dot of a number. */
		if (*c == '.' && !isdigit((unsigned char)c[1]))
			break;
		if (isalnum((unsigned char)*c))
			plain[n++] = (char)tolower((unsigned char)*c);
	}
	plain[n] = 0;
	for (size_t i = 0; i < sizeof fronts / sizeof fronts[0] && !skip; i++)
		if (!strncmp(plain, fronts[i], strlen(fronts[i])))
			skip = strlen(fronts[i]);
	snprintf(out, cap, "%s", plain + skip);
}

const struct odr_mtk_version *odr_mtk_version(const struct odr_lines *l, const char *name)
{
	char want[24], have[24];

	plain_version(want, sizeof want, name);
	for (unsigned i = 0; *want && i < l->n_versions; i++) {
		plain_version(have, sizeof have, l->version[i].id);
		if (!strcmp(want, have))
			return &l->version[i];
	}
	return NULL;
}

void odr_mtk_version_say(const struct odr_lines *l, const struct odr_mtk_version *version,
			 odr_line_say *say, void *ctx)
{
	static const struct odr_lines_fill none;

	for (unsigned i = 0; !version && i < l->n_versions; i++)
		odr_lines_say(say, ctx, l->version[i].id, l->version[i].said, &none);
	if (!version)
		return;
	odr_lines_say(say, ctx, version->id, version->said, &none);
	odr_lines_say(say, ctx, "knows", version->knows, &none);
	for (const char *word = version->advised; *word; word += strspn(word, " ")) {
		char one[24];
		size_t len = strcspn(word, " ");

		snprintf(one, sizeof one, "%.*s", (int)len, word);
		odr_lines_say(say, ctx, "for", odr_lines_text(l->lines, "families", one), &none);
		word += len;
	}
	odr_lines_say(say, ctx, "source", version->source, &none);
}

void odr_lines_front_say(const struct odr_lines *l, const char *name, const char *word,
			 const char *key, odr_line_say *say, void *ctx)
{
	const struct odr_lines_fill fill = {.word = word};

	odr_lines_say(say, ctx, key, odr_lines_text(l->lines, "front", name), &fill);
}

/* ---- loading ---- */

static enum odr_err take_versions(struct odr_lines *l, struct odr_error *e)
{
	int n = iniparser_getnsec(l->versions);

	if (n < 1 || n > ODR_LINE_VERSIONS)
		return odr_fail(e, ODR_E_FILE, "mtkvers.ini: it has %d versions, not 1 to %d", n,
				ODR_LINE_VERSIONS);
	for (int i = 0; i < n; i++) {
		const char *id = iniparser_getsecname(l->versions, i);
		struct odr_mtk_version *v = &l->version[i];

		v->id = id;
		v->said = odr_lines_text(l->versions, id, "said");
		v->knows = odr_lines_text(l->versions, id, "knows");
		v->advised = odr_lines_text(l->versions, id, "advised");
		v->flags = odr_lines_text(l->versions, id, "flags");
		v->source = odr_lines_text(l->versions, id, "source");
		v->conf = odr_lines_text(l->versions, id, "conf");
	}
	l->n_versions = (unsigned)n;
	return ODR_OK;
}

/* iniparser says on stderr what it does not like, unless it is given somebody else to tell. */
static int say_nothing(const char *format, ...)
{
	(void)format;
	return 0;
}

static enum odr_err load_one(struct _dictionary_ **out, const char *folder, const char *file,
			     struct odr_error *e)
{
	char path[300];

	if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, file) >= sizeof path)
		return odr_fail(e, ODR_E_FILE, "%s: the folder's name is too long", file);
	iniparser_set_error_callback(say_nothing);
	*out = iniparser_load(path);
	if (!*out)
		return odr_fail(e, ODR_E_FILE, "%s: it is missing, or is no INI file", path);
	return ODR_OK;
}

enum odr_err odr_lines_load(struct odr_lines *l, const char *folder, struct odr_error *e)
{
	enum odr_err err;

	memset(l, 0, sizeof *l);
	err = load_one(&l->versions, folder, "mtkvers.ini", e);
	if (err == ODR_OK)
		err = load_one(&l->lines, folder, "mtkline.ini", e);
	if (err == ODR_OK)
		err = load_one(&l->errors, folder, "mtkerr.ini", e);
	if (err == ODR_OK)
		err = take_versions(l, e);
	if (err == ODR_OK)
		err = odr_lines_check(l, e);
	if (err != ODR_OK)
		odr_lines_free(l);
	return err;
}

void odr_lines_free(struct odr_lines *l)
{
	struct _dictionary_ *const all[] = {l->lines, l->errors, l->versions};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (all[i])
			iniparser_freedict(all[i]);
	memset(l, 0, sizeof *l);
}
