#include "tui/redact.h"

#include "tui/text.h"

#include <ctype.h>
#include <string.h>

void odr_redact_start(struct odr_redact *r, bool on)
{
	memset(r, 0, sizeof *r);
	r->on = on;
}

/* ---- small helpers ---- */

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

static bool same_start(const char *text, const char *start)
{
	for (; *start; text++, start++)
		if (tolower((unsigned char)*text) != tolower((unsigned char)*start))
			return false;
	return true;
}

/* As long as a serial number of a drive, and as many digits. Models have fewer: DVDRW IDE1008. */
static bool is_like_serial(const char *run, size_t len)
{
	unsigned digits = 0, hex = 0;

	for (size_t i = 0; i < len; i++) {
		digits += isdigit((unsigned char)run[i]) != 0;
		hex += isxdigit((unsigned char)run[i]) != 0;
	}
	/* A SHA-256 is no secret. */
	return len >= 8 && digits >= 6 && !(len == 64 && hex == 64);
}

/* Folders whose next one is called like a person. */
static size_t home_length(const char *text)
{
	static const char *const homes[] = {"home",	 "Users", "Documents and Settings",
					    "run/media", "media", "export/home"};

	for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
		size_t len = strlen(homes[i]);

		if (same_start(text, homes[i]) && is_slash(text[len]))
			return len + 1;
	}
	return 0;
}

/* ---- learning ---- */

static void learn(struct odr_redact *r, const char *from, const char *to, bool whole)
{
	unsigned at = 0;

	if (!*from || r->words == ODR_REDACT_WORDS)
		return;
	/* The longest first: a folder that holds another one. */
	while (at < r->words && strlen(r->word[at].from) >= strlen(from)) {
		if (!strcmp(r->word[at].from, from))
			return;
		at++;
	}
	memmove(&r->word[at + 1], &r->word[at], (r->words - at) * sizeof r->word[0]);
	r->words++;
	odr_cut(r->word[at].from, sizeof r->word[0].from, "%s", from);
	odr_cut(r->word[at].to, sizeof r->word[0].to, "%s", to);
	r->word[at].whole = whole;
}

void odr_redact_learn_user(struct odr_redact *r, const char *name)
{
	if (strlen(name) >= 3 && strcmp(name, "root"))
		learn(r, name, ODR_HIDDEN, true);
}

void odr_redact_learn_path(struct odr_redact *r, const char *path)
{
	const char *name = path, *from = NULL;
	char user[64];

	for (const char *c = path; *c; c++) {
		size_t home = is_slash(*c) ? home_length(c + 1) : 0;

		if (is_slash(*c) && c[1])
			name = c + 1;
		if (!home)
			continue;
		from = c + 1 + home;
		odr_cut(user, sizeof user, "%.*s", (int)strcspn(from, "/\\"), from);
		odr_redact_learn_user(r, user);
	}
	/* The last folder may be the person's own. */
	if (name != path)
		learn(r, path, name == from ? ODR_HIDDEN : name, false);
}

static bool has_digit(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (isdigit((unsigned char)text[i]))
			return true;
	return false;
}

/* "DRW1008IB", whatever stands behind it on the sticker. */
static void short_label(const char *label, char *out, size_t cap)
{
	size_t len = 0, word = strcspn(label, " ");

	while (label[len + word] && !has_digit(label + len, word)) {
		len += word + strspn(label + len + word, " ");
		word = strcspn(label + len, " ");
	}
	if (is_like_serial(label + len, word))
		odr_cut(out, cap, "%.*s" ODR_HIDDEN, (int)len, label);
	else
		odr_cut(out, cap, "%.*s%s", (int)(len + word), label,
			label[len + word] ? " " ODR_HIDDEN : "");
}

void odr_redact_learn_label(struct odr_redact *r, const char *label)
{
	char to[64];

	/* Without a number there is no model in it. */
	if (!has_digit(label, strlen(label)))
		odr_cut(to, sizeof to, ODR_HIDDEN);
	else
		short_label(label, to, sizeof to);
	if (strcmp(label, to))
		learn(r, label, to, true);
}

void odr_redact_learn(struct odr_redact *r, const char *line)
{
	static const char *const paths[] = {"file", "image", "backup"};
	char value[ODR_REDACT_WORD];

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
		if (odr_event_get(line, paths[i], value, sizeof value))
			odr_redact_learn_path(r, value);
	if (odr_event_get(line, "label", value, sizeof value))
		odr_redact_learn_label(r, value);
	if (odr_event_get(line, "code", value, sizeof value) && !strcmp(value, "label-unknown") &&
	    odr_event_get(line, "detail", value, sizeof value))
		odr_redact_learn_label(r, value);
	if (odr_event_get(line, "boot", value, sizeof value))
		learn(r, value, ODR_HIDDEN, true);
}

/* ---- taking out ---- */

struct out {
	char *text;
	size_t cap, len;
};

static void put(struct out *o, const char *text, size_t len)
{
	for (size_t i = 0; i < len && o->len + 1 < o->cap; i++)
		o->text[o->len++] = text[i];
	o->text[o->len] = 0;
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* What was learned and begins here; NULL: nothing. */
static const char *known(const struct odr_redact *r, const char *start, const char *at, size_t *len)
{
	for (unsigned i = 0; i < r->words; i++) {
		*len = strlen(r->word[i].from);
		if (!same_start(at, r->word[i].from))
			continue;
		if (r->word[i].whole &&
		    ((at > start && is_word_char(at[-1])) || is_word_char(at[*len])))
			continue;
		return r->word[i].to;
	}
	return NULL;
}

static void replace_known(const struct odr_redact *r, const char *text, char *to, size_t cap)
{
	struct out o = {.text = to, .cap = cap};
	const char *at = text;

	to[0] = 0;
	while (*at) {
		size_t len;
		const char *instead = known(r, text, at, &len);

		if (instead)
			put(&o, instead, strlen(instead));
		else
			put(&o, at, len = 1);
		at += len;
	}
}

/* A path ends at one of these; a blank may be within it. */
static bool ends_path(const char *at)
{
	return !*at || strchr("\"'(),;=<>|", *at) || (*at == ':' && (at[1] == ' ' || !at[1]));
}

static bool is_path_start(const char *at)
{
	return is_slash(*at) || (*at == '~' && is_slash(at[1])) ||
	       (isalpha((unsigned char)*at) && at[1] == ':' && is_slash(at[2]));
}

/*
 * Behind the last slash of a path that begins here; `at` when this is none. Folders may have blanks in
 * them only where the path begins at a root.
 */
static const char *behind_folders(const char *at)
{
	bool root = is_path_start(at);
	const char *name = at, *c;

	for (c = at; !ends_path(c); c++) {
		if (*c == ' ' && !root)
			break;
		if (!is_slash(*c) || c == at)
			continue;
		/* /m /b are switches; I/O and S/N are words. */
		if (c[-1] == ' ' || (c == at + 1 && !root))
			break;
		name = c + 1;
	}
	return name;
}

/* The name that stays of a path; a folder that is called like a person does not. */
static void put_path(struct out *o, const char *from, const char **name)
{
	for (const char *c = from; c < *name; c++) {
		size_t home = is_slash(*c) ? home_length(c + 1) : 0;

		if (home && c + 1 + home == *name) {
			put(o, ODR_HIDDEN, strlen(ODR_HIDDEN));
			while (!ends_path(*name) && **name != ' ')
				(*name)++;
			return;
		}
	}
}

static void drop_folders(const char *text, char *to, size_t cap)
{
	struct out o = {.text = to, .cap = cap};
	const char *at = text;

	to[0] = 0;
	while (*at) {
		bool begins = at == text || at[-1] == ' ' || ends_path(at - 1);
		const char *name = begins ? behind_folders(at) : at;

		if (name != at) {
			put_path(&o, at, &name);
			at = name;
			continue;
		}
		put(&o, at++, 1);
	}
}

static void hide_serials(const char *text, char *to, size_t cap)
{
	struct out o = {.text = to, .cap = cap};

	to[0] = 0;
	while (*text) {
		size_t len = 0;

		while (isalnum((unsigned char)text[len]))
			len++;
		if (is_like_serial(text, len))
			put(&o, ODR_HIDDEN, strlen(ODR_HIDDEN));
		else
			put(&o, text, len ? len : 1);
		text += len ? len : 1;
	}
}

void odr_redact_text(struct odr_redact *r, const char *text, char *out, size_t cap)
{
	if (!r->on) {
		odr_cut(out, cap, "%s", text);
		return;
	}
	replace_known(r, text, r->work[0], sizeof r->work[0]);
	drop_folders(r->work[0], r->work[1], sizeof r->work[1]);
	hide_serials(r->work[1], out, cap);
}

/* ---- lines of keys and values ---- */

static bool is_one_of(const char *key, size_t len, const char *const *keys)
{
	for (; *keys; keys++)
		if (strlen(*keys) == len && !strncmp(key, *keys, len))
			return true;
	return false;
}

static void put_value(struct odr_redact *r, struct out *o, const char *key, size_t key_len,
		      const char *value)
{
	static const char *const hidden[] = {"boot", "serial", "sn", NULL};
	/* Sums, and the names that drives and chips have from their makers. */
	static const char *const kept[] = {"sha256", "backup_sha256", "plan",	"crc32", "sum",
					   "name",   "product",	      "vendor", "chip",	 NULL};
	char clean[ODR_REDACT_WORD * 2];

	if (is_one_of(key, key_len, hidden))
		odr_cut(clean, sizeof clean, ODR_HIDDEN);
	else if (is_one_of(key, key_len, kept))
		odr_cut(clean, sizeof clean, "%s", value);
	else
		odr_redact_text(r, value, clean, sizeof clean);
	put(o, clean, strlen(clean));
}

void odr_redact_line(struct odr_redact *r, const char *line, char out[ODR_EVENT_MAX])
{
	struct out o = {.text = out, .cap = ODR_EVENT_MAX};
	size_t len = strcspn(line, " ");
	char value[ODR_REDACT_WORD * 2];

	out[0] = 0;
	if (!r->on) {
		put(&o, line, strlen(line));
		return;
	}
	put(&o, line, len);
	for (line += len; *line; line += len) {
		const char *key = line + 1, *quote;
		size_t key_len = strcspn(key, "= ");

		/* The sum of a journal line as it was would tell a good guess from a bad one. */
		if (!strncmp(key, "crc=", 4))
			break;
		put(&o, line, 1 + key_len);
		line = key + key_len;
		len = 0;
		if (*line != '=')
			continue;
		quote = line[1] == '"' ? "\"" : "";
		line += 1 + strlen(quote);
		len = strcspn(line, *quote ? "\"" : " ");
		odr_cut(value, sizeof value, "%.*s", (int)len, line);
		put(&o, "=", 1);
		put(&o, quote, strlen(quote));
		put_value(r, &o, key, key_len, value);
		put(&o, quote, strlen(quote));
		if (*quote && line[len])
			len++;
	}
}
