/* File names: their last part, and what DOS makes of them. */
#include "guides/linesint.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { BASE = 8, EXT = 3, GUESS = 6 /* letters that stay before ~1 */ };

const char *odr_base_name(const char *path)
{
	const char *base = path;

	for (; *path; path++)
		if (*path == '/' || *path == '\\' || *path == ':')
			base = path + 1;
	return base;
}

/* What may stand in a name on DOS, dots aside. */
static bool is_legal(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("$%'-_@~`!(){}^#&", c));
}

bool odr_dos_is_device(const char *name)
{
	static const char *const devices[] = {"CON",  "PRN",  "AUX",  "NUL",  "CLOCK$", "COM1",
					      "COM2", "COM3", "COM4", "LPT1", "LPT2",	"LPT3"};
	size_t len = strcspn(name, "./\\");

	while (len && name[len - 1] == ' ')
		len--;
	for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) {
		size_t n = 0;

		while (n < len && devices[i][n] && toupper((unsigned char)name[n]) == devices[i][n])
			n++;
		if (n == len && !devices[i][n])
			return true;
	}
	return false;
}

/* Up to `max` letters of [from, to) as a short name has them: no dots and blanks, upper case. */
static size_t squeeze(char *out, size_t max, const char *from, const char *to)
{
	size_t n = 0;

	for (; from < to && n < max; from++) {
		if (*from == '.' || *from == ' ')
			continue;
		out[n++] = is_legal(*from) ? (char)toupper((unsigned char)*from) : '_';
	}
	out[n] = 0;
	return n;
}

bool odr_dos_name(const char *name, char out[ODR_DOS_NAME])
{
	const char *end, *dot;
	char base[GUESS + 1], ext[EXT + 1];
	bool fits;

	out[0] = 0;
	name = odr_base_name(name);
	end = name + strlen(name);
	dot = strrchr(name, '.');
	if (!dot || dot == name)
		dot = end;
	if (odr_dos_is_device(name))
		return false;
	fits = dot > name && dot - name <= BASE && (dot == end || end - dot <= EXT + 1) &&
	       dot + 1 != end;
	for (const char *c = name; c < end && fits; c++)
		fits = c == dot || is_legal(*c);
	if (fits) {
		snprintf(out, ODR_DOS_NAME, "%s", name);
		return true;
	}
	if (!squeeze(base, GUESS, name, dot))
		return false;
	squeeze(ext, EXT, dot, end);
	snprintf(out, ODR_DOS_NAME, "%s~1%s%s", base, ext[0] ? "." : "", ext);
	return false;
}

void odr_lines_ending(const char *file, char out[ODR_LINES_ENDING])
{
	const char *name = odr_base_name(file), *dot = strrchr(name, '.');

	out[0] = 0;
	if (dot && dot > name && squeeze(out + 1, EXT, dot, dot + strlen(dot)))
		out[0] = '.';
}

enum odr_file_kind odr_lines_kind(const char *file)
{
	char ending[ODR_LINES_ENDING];

	odr_lines_ending(file, ending);
	if (!strcmp(ending, ".BIN"))
		return ODR_FILE_KIND_BIN;
	return !strcmp(ending, ".HEX") ? ODR_FILE_KIND_HEX : ODR_FILE_KIND_NONE;
}
