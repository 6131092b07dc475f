#include "tui/r_plain.h"

#include "tui/text.h"

#include <stdio.h>

static void print(void *ctx, const char *line)
{
	(void)ctx;
	puts(line);
}

void odr_plain_event(const char *line)
{
	odr_text_event(line, print, NULL);
	fflush(stdout);
}

void odr_plain_command(const char *line)
{
	odr_text_wrap("> ", 2, line, print, NULL);
	fflush(stdout);
}
