#include "flash/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(struct odr_event *ev, char c)
{
	if (ev->len + 1 < sizeof ev->line)
		ev->line[ev->len++] = c;
	ev->line[ev->len] = 0;
}

static void put_all(struct odr_event *ev, const char *s)
{
	while (*s)
		put(ev, *s++);
}

void odr_event_start(struct odr_event *ev, const char *kind)
{
	ev->len = 0;
	put_all(ev, kind);
}

void odr_event_text(struct odr_event *ev, const char *key, const char *value)
{
	put(ev, ' ');
	put_all(ev, key);
	put_all(ev, "=\"");
	for (; *value; value++) {
		unsigned char c = (unsigned char)*value;

		/* Room is kept for the closing quote, so that a cut line still parses. */
		if (ev->len + 2 < sizeof ev->line)
			put(ev, c == '"' ? '\'' : c < 32 || c > 126 ? '.' : (char)c);
	}
	put(ev, '"');
}

void odr_event_number(struct odr_event *ev, const char *key, uint32_t value)
{
	char text[40];

	snprintf(text, sizeof text, " %s=%lu", key, (unsigned long)value);
	put_all(ev, text);
}

void odr_event_hex(struct odr_event *ev, const char *key, uint32_t value, int digits)
{
	char text[40];

	snprintf(text, sizeof text, " %s=%0*lx", key, digits, (unsigned long)value);
	put_all(ev, text);
}

bool odr_event_is(const char *line, const char *kind)
{
	size_t n = strlen(kind);

	return !strncmp(line, kind, n) && (line[n] == ' ' || !line[n]);
}

/* The pair after p, past blanks: *key, *key_len, *value, *value_len. Returns where to go on. */
static const char *pair(const char *p, const char **key, size_t *key_len, const char **value,
			size_t *value_len)
{
	while (*p == ' ')
		p++;
	*key = p;
	*key_len = strcspn(p, " =");
	p += *key_len;
	if (*p != '=') {
		*value = p;
		*value_len = 0;
		return p;
	}
	p++;
	if (*p == '"') {
		*value = p + 1;
		*value_len = strcspn(p + 1, "\"");
		p += 1 + *value_len;
		return *p ? p + 1 : p;
	}
	*value = p;
	*value_len = strcspn(p, " ");
	return p + *value_len;
}

bool odr_event_get(const char *line, const char *key, char *out, size_t cap)
{
	const char *p = line + strcspn(line, " ");

	out[0] = 0;
	while (*p) {
		const char *k, *v;
		size_t k_len, v_len;

		p = pair(p, &k, &k_len, &v, &v_len);
		if (k_len == strlen(key) && !strncmp(k, key, k_len)) {
			if (v_len >= cap)
				v_len = cap - 1;
			memcpy(out, v, v_len);
			out[v_len] = 0;
			return true;
		}
	}
	return false;
}

uint32_t odr_event_get_number(const char *line, const char *key)
{
	char text[24];

	odr_event_get(line, key, text, sizeof text);
	return (uint32_t)strtoul(text, NULL, 10);
}
