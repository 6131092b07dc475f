#include "tui/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* $NAME at *p; moves *p behind it. */
static enum odr_err take_name(const char **p, const char **value, struct odr_error *e)
{
	char name[40];
	size_t n = 0;

	for (; isalnum((unsigned char)**p) || **p == '_'; (*p)++)
		if (n + 1 < sizeof name)
			name[n++] = **p;
	name[n] = 0;
	if (!n)
		return odr_fail(e, ODR_E_USAGE, "a $ without a name behind it");
	*value = getenv(name);
	if (!*value)
		return odr_fail(e, ODR_E_USAGE, "$%s is not set: run it as %s=... odrescue ...",
				name, name);
	return ODR_OK;
}

static enum odr_err put(const char *text, size_t len, char *out, size_t cap, size_t *used,
			struct odr_error *e)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 32 || c == 127)
			return odr_fail(e, ODR_E_USAGE, "a control character (%02X)", c);
		if (c == ' ' && !*used) /* a value's blanks are no better than the line's */
			continue;
		if (*used + 1 >= cap)
			return odr_fail(e, ODR_E_USAGE, "longer than any command");
		out[(*used)++] = text[i];
	}
	return ODR_OK;
}

void odr_script_lower(char *line)
{
	for (; *line && *line != ' '; line++)
		*line = (char)tolower((unsigned char)*line);
}

enum odr_err odr_script_line(const char *raw, char *out, size_t cap, bool *may_fail,
			     struct odr_error *e)
{
	size_t used = 0, len = strlen(raw);
	const char *end = raw + len, *p = raw;

	while (end > p && isspace((unsigned char)end[-1]))
		end--;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	*may_fail = p < end && *p == '-';
	if (*may_fail)
		for (p++; p < end && (*p == ' ' || *p == '\t'); p++)
			;
	out[0] = 0;
	if (p < end && *p == '#')
		return ODR_OK;
	while (p < end) {
		const char *value = p;
		size_t n = 1;
		enum odr_err rc = ODR_OK;

		p++;
		if (*value == '$') {
			rc = take_name(&p, &value, e);
			n = rc == ODR_OK ? strlen(value) : 0;
		} else if (*value == '\t') {
			value = " ";
		}
		if (rc == ODR_OK)
			rc = put(value, n, out, cap, &used, e);
		if (rc != ODR_OK) {
			out[0] = 0;
			return rc;
		}
	}
	while (used && out[used - 1] == ' ')
		used--;
	out[used] = 0;
	odr_script_lower(out);
	return ODR_OK;
}
