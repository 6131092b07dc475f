#include "flash/mtkline.h"

#include "flash/place.h"
#include "flash/plan.h"
#include "flash/report.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char form[] = "mtkflash CHANNEL w [/m] [/b] FILE: a blank between all words";

/* "/M", "/b", any case (domain.md 1.3); every switch stands alone. */
static bool is_switch(const char *word, size_t len)
{
	return len == 2 && word[0] == '/' && strchr("mMbB", word[1]);
}

enum odr_exit odr_cmd_mtkflash(struct odr_engine *engine, const char *args)
{
	char digit[12];
	const char *rest;
	unsigned position = odr_parse_position(args, &rest);
	enum odr_exit code;
	size_t len;

	if (isdigit((unsigned char)args[0]) && (!position || position > ODR_DIGITS))
		return odr_refuse(engine, ODR_NO_LINE,
				  "CHANNEL is 1 primary master, 2 primary slave, 3 secondary "
				  "master or 4 secondary slave");
	if (!position || !isdigit((unsigned char)args[0]))
		return odr_refuse(engine, ODR_NO_LINE, form);
	if (tolower((unsigned char)rest[0]) == 'w' && rest[1] != ' ')
		return odr_refuse(engine, ODR_NO_LINE, form);
	if (tolower((unsigned char)rest[0]) != 'w')
		return odr_refuse(
			engine, ODR_NO_LINE,
			"only w is taken from MTKFLASH; to read use backup, to identify knock");
	rest++;
	for (;;) {
		rest += strspn(rest, " ");
		len = strcspn(rest, " ");
		if (*rest != '/')
			break;
		/* Unlike a file name on DOS, a path here may begin with a slash. */
		if (!is_switch(rest, len)) {
			if (memchr(rest + 1, '/', len - 1) || len > 5)
				break;
			return odr_refuse(engine, ODR_NO_LINE, form);
		}
		rest += len;
	}
	if (!*rest)
		return odr_refuse(engine, ODR_NO_LINE, form);

	/* The target is kept when it is the one meant: a knock and its proof are not thrown away. */
	if (engine->target.position != position) {
		snprintf(digit, sizeof digit, "%u", position);
		code = odr_cmd_target(engine, digit);
		if (code != ODR_EXIT_DONE)
			return code;
	}
	code = odr_cmd_image(engine, rest);
	return code == ODR_EXIT_DONE ? odr_cmd_plan(engine, "") : code;
}
