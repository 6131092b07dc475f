/*
 * main_desk.c - what the two ways to use the program share for the commands of the person's side.
 */
#include "tui/main.h"

#include <stdio.h>

#if defined __linux__
#define SYSTEM "Linux"
#elif defined _WIN32
#define SYSTEM "Windows"
#else
#define SYSTEM "DOS"
#endif

void odr_main_desk(struct odr_desk *desk, const struct odr_setup *setup)
{
	static char machine[300];

	if (setup->backend)
		snprintf(machine, sizeof machine, "practice PC, %s", setup->backend);
	*desk = (struct odr_desk){.version = ODR_VERSION,
				  .system = SYSTEM,
				  .machine = machine,
				  .used_as = "commands",
				  .host = &odr_main_host,
				  .guides = setup->guides,
				  .folder = setup->folder,
				  .here = ""};
}

void odr_main_place(const struct odr_setup *setup, char text[ODR_SAVED_TEXT])
{
	char path[240];
	FILE *file;
	size_t got = 0;

	snprintf(path, sizeof path, "%s/PLACE.TXT", setup->folder);
	file = setup->folder[0] ? fopen(path, "r") : NULL;
	if (file) {
		got = fread(text, 1, ODR_SAVED_TEXT - 1, file);
		fclose(file);
	}
	text[got] = 0;
}
