#include "platform/linux/mounts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

bool odr_mounts_find(const char *node, char *where, size_t cap)
{
	/* proc(5): id, parent, MAJOR:MINOR, root, mount point, ... */
	FILE *file = fopen("/proc/self/mountinfo", "re");
	unsigned major_is, minor_is;
	char *line = NULL;
	size_t room = 0;
	bool found = false;
	struct stat st;
	int at;

	while (file && stat(node, &st) == 0 && !found && getline(&line, &room, file) > 0) {
		if (sscanf(line, "%*d %*d %u:%u %*s %n", &major_is, &minor_is, &at) != 2 ||
		    major_is != major(st.st_rdev) || minor_is != minor(st.st_rdev))
			continue;
		snprintf(where, cap, "%.*s", (int)strcspn(line + at, " "), line + at);
		found = true;
	}
	free(line);
	if (file)
		fclose(file);
	return found;
}
