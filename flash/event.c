#include "flash/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(struct odr_event *ev, char c)
{
	if (ev->len + 1 >= sizeof ev->line)
		return;
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
	ev->line[0] = 0;
	put_all(ev, kind);
}

static const char hex_digit[] = "0123456789ABCDEF";

/* How many characters of a line a byte takes. */
static size_t width(char c)
{
	return c < 32 || c > 126 || c == '"' || c == '%' ? 3 : 1;
}

size_t odr_event_width(const char *value)
{
	size_t n = 0;

	while (*value)
		n += width(*value++);
	return n;
}

void odr_event_text(struct odr_event *ev, const char *key, const char *value)
{
	put(ev, ' ');
	put_all(ev, key);
	put_all(ev, "=\"");
	/* Room is kept for the closing quote, so that a cut line still parses. */
	for (; *value && ev->len + 1 + width(*value) < sizeof ev->line; value++) {
		if (width(*value) == 1) {
			put(ev, *value);
			continue;
		}
		put(ev, '%');
		put(ev, hex_digit[(unsigned char)*value >> 4]);
		put(ev, hex_digit[(unsigned char)*value & 15]);
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

/* The byte at *p, which moves behind it; %XX is one byte, any other % is itself (old journals). */
static char byte_at(const char **p)
{
	const char *hi = strchr(hex_digit, (*p)[1]),
		   *lo = hi && *hi ? strchr(hex_digit, (*p)[2]) : NULL;
	char c = *(*p)++;

	if (c != '%' || !lo || !*lo)
		return c;
	*p += 2;
	return (char)((hi - hex_digit) << 4 | (lo - hex_digit));
}

bool odr_event_get_exact(const char *line, const char *key, char *out, size_t cap)
{
	const char *p = line + strcspn(line, " ");

	out[0] = 0;
	while (*p) {
		const char *k, *v;
		size_t k_len, v_len;

		p = pair(p, &k, &k_len, &v, &v_len);
		if (k_len == strlen(key) && !strncmp(k, key, k_len)) {
			const char *end = v + v_len;
			size_t n = 0;

			while (v < end && n + 1 < cap)
				out[n++] = byte_at(&v);
			out[n] = 0;
			return true;
		}
	}
	return false;
}

bool odr_event_get(const char *line, const char *key, char *out, size_t cap)
{
	bool found = odr_event_get_exact(line, key, out, cap);

	for (; *out; out++)
		if (*out < 32 || *out > 126)
			*out = '.';
	return found;
}

uint32_t odr_event_get_number(const char *line, const char *key)
{
	char text[24];

	odr_event_get(line, key, text, sizeof text);
	return (uint32_t)strtoul(text, NULL, 10);
}
