/*
 * names.c - what may be a name: of a file, a step, a target. The same on DOS and everywhere else.
 */
#include "guides/parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool is_name(const char *name, size_t len, size_t most, const char *also)
{
	if (!len || len > most)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!islower((unsigned char)name[i]) && !isdigit((unsigned char)name[i]) &&
		    !strchr(also, name[i]))
			return false;
	return true;
}

bool odr_name_is_83(const char *name, const char *extension)
{
	size_t len = strcspn(name, ".");

	return is_name(name, len, 8, "_-") && !strcmp(name + len, extension);
}

bool odr_name_is_step(const char *name)
{
	return is_name(name, strlen(name), ODR_STEP_NAME, "_") && strcmp(name, "back") != 0 &&
	       strcmp(name, "top") != 0;
}

bool odr_target_split(const char *target, char file[ODR_FILE_NAME + 1],
		      char step[ODR_STEP_NAME + 1])
{
	const char *colon = strchr(target, ':');
	size_t len = colon ? (size_t)(colon - target) : 0;

	file[0] = step[0] = '\0';
	if (colon && len > 4 && !strncmp(colon - 4, ".ini", 4))
		len -= 4;
	if (colon && !is_name(target, len, 8, "_-"))
		return false;
	if (colon)
		snprintf(file, ODR_FILE_NAME + 1, "%.*s.ini", (int)len, target);
	target = colon ? colon + 1 : target;
	if (!odr_name_is_step(target))
		return false;
	snprintf(step, ODR_STEP_NAME + 1, "%.*s", ODR_STEP_NAME, target);
	return true;
}

void odr_path(char path[ODR_PATH_ROOM], const char *folder, const char *name)
{
	if (snprintf(path, ODR_PATH_ROOM, "%s/%s", folder, name) >= ODR_PATH_ROOM)
		*path = '\0';
}
