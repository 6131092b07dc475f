#include "tui/member.h"

#include "guides/lines.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static bool is_slash(char c)
{
	return c == '/' || c == '\\';
}

static int small(char c)
{
	return tolower((unsigned char)c);
}

static bool is_same(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (small(a[i]) != small(b[i]) && !(is_slash(a[i]) && is_slash(b[i])))
			return false;
	return true;
}

bool odr_member_ends(const char *name, const char *ending)
{
	size_t len = strlen(name), want = strlen(ending);

	return len > want && is_same(name + len - want, ending, want);
}

bool odr_member_may_be_image(const char *name)
{
	return odr_member_ends(name, ".bin") || odr_member_ends(name, ".hex");
}

bool odr_member_is_called(const char *name, const char *typed)
{
	const char *base = odr_base_name(name);

	return (strlen(name) == strlen(typed) && is_same(name, typed, strlen(name))) ||
	       (strlen(base) == strlen(typed) && is_same(base, typed, strlen(base)));
}

const char *odr_member_wrong(const char *name)
{
	if (is_slash(name[0]) || (isalpha((unsigned char)name[0]) && name[1] == ':'))
		return "is a place on a disk, not in the archive";
	while (*name) {
		size_t len = strcspn(name, "/\\");

		if (len == 2 && !strncmp(name, "..", 2))
			return "leads out of its folder";
		if (odr_dos_is_device(name))
			return "is a device, not a file";
		name += len;
		name += *name != 0;
	}
	return NULL;
}

void odr_member_83(const char *name, char out[ODR_NAME_83])
{
	const char *base = odr_base_name(name), *dot = strrchr(base, '.');
	size_t used = 0;

	for (const char *c = base; *c && c != dot && used < 8; c++)
		if (isalnum((unsigned char)*c) || *c == '_' || *c == '-')
			out[used++] = (char)toupper((unsigned char)*c);
	out[used] = 0;
	if (!used || odr_dos_is_device(out))
		used = (size_t)sprintf(out, "FIRMWARE");
	snprintf(out + used, ODR_NAME_83 - used, ".%s",
		 odr_member_ends(name, ".hex") ? "HEX" : "BIN");
}
