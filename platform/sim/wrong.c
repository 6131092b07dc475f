#include "platform/sim/wrong.h"

#include "platform/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define WRITTEN_AT_MOST 200

void sim_wrong(struct sim *m, unsigned channel, const char *source, const char *fmt, ...)
{
	static const char *const names[] = {"primary", "secondary", "-"};
	char line[256], path[sizeof m->dir + 16], what[128];
	va_list args;
	int handle;

	if (m->s->wrongs++ >= WRITTEN_AT_MOST)
		return;
	va_start(args, fmt);
	vsnprintf(what, sizeof what, fmt, args);
	va_end(args);
	snprintf(line, sizeof line, "%llu.%06llu s %s: %s (protocols.md %s)\n",
		 (unsigned long long)(m->s->us / 1000000), (unsigned long long)(m->s->us % 1000000),
		 names[channel], what, source);
	snprintf(path, sizeof path, "%s/wrong.txt", m->dir);
	if (odr_host_open(path, ODR_FILE_APPEND, &handle, NULL) != ODR_OK)
		return; /* the count in the state still tells */
	odr_host_append(handle, line, (uint32_t)strlen(line), NULL);
	odr_host_close(handle);
}
