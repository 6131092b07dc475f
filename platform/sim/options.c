/* "rig=FILE,state=DIR,speed=20x,trace=FILE": the words behind `--backend sim:`. */
#include "platform/sim/open.h"
#include "platform/sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SPEED 20 /* slow enough to see the minutes of a flash pass */

struct options {
	char rig[200], state[200], trace[200];
	uint32_t speed;
	bool reboot_ends;
};

static enum odr_err take(struct options *o, const char *key, size_t key_len, const char *value,
			 size_t len, struct odr_error *e)
{
	char text[200];

	if (len >= sizeof text)
		return odr_fail(e, ODR_E_USAGE, "sim: %.*s is too long", (int)key_len, key);
	memcpy(text, value, len);
	text[len] = '\0';
	if (key_len == 3 && memcmp(key, "rig", 3) == 0) {
		strcpy(o->rig, text);
	} else if (key_len == 5 && memcmp(key, "state", 5) == 0) {
		strcpy(o->state, text);
	} else if (key_len == 5 && memcmp(key, "trace", 5) == 0) {
		strcpy(o->trace, text);
	} else if (key_len == 5 && memcmp(key, "speed", 5) == 0) {
		char *end;
		unsigned long n = strtoul(text, &end, 10);

		if (strcmp(text, "max") != 0 &&
		    (text[0] < '0' || text[0] > '9' || n < 1 || n > 1000 || strcmp(end, "x") != 0))
			return odr_fail(e, ODR_E_USAGE, "sim: speed is max, or 1x to 1000x");
		o->speed = (uint32_t)n;
	} else if (key_len == 6 && memcmp(key, "reboot", 6) == 0) {
		o->reboot_ends = true;
		if (strcmp(text, "ends") != 0)
			return odr_fail(e, ODR_E_USAGE, "sim: reboot can only be ends");
	} else {
		return odr_fail(e, ODR_E_USAGE,
				"sim: %.*s: the words are rig= state= speed= trace= reboot=",
				(int)key_len, key);
	}
	return ODR_OK;
}

static enum odr_err read_options(struct options *o, const char *options, struct odr_error *e)
{
	memset(o, 0, sizeof *o);
	o->speed = DEFAULT_SPEED;
	while (*options) {
		size_t len = strcspn(options, ","), key = strcspn(options, "=,");
		enum odr_err err;

		if (key >= len)
			return odr_fail(e, ODR_E_USAGE, "sim: %.*s wants a value", (int)len,
					options);
		err = take(o, options, key, options + key + 1, len - key - 1, e);
		if (err != ODR_OK)
			return err;
		options += len + (options[len] == ',');
	}
	if (!o->rig[0] || !o->state[0])
		return odr_fail(e, ODR_E_USAGE, "sim: give rig=FILE and state=DIR");
	return ODR_OK;
}

/* Too big for a small stack, and a process reads them once. */
static struct options opt;
static struct sim_rig rig;

enum odr_err odr_sim_open(struct odr_platform *out, const char *options, struct odr_error *e)
{
	enum odr_err err = read_options(&opt, options, e);
	struct sim_how how = {.dir = opt.state,
			      .speed = opt.speed,
			      .trace = opt.trace,
			      .reboot_ends = opt.reboot_ends,
			      .rig = opt.rig};

	if (err == ODR_OK)
		err = sim_rig_load(&rig, opt.rig, e);
	if (err != ODR_OK)
		return err;
	for (unsigned i = 0; i < rig.drives; i++)
		how.content_line[i] = sim_rig_content_line(&rig.drive[i]);
	return odr_sim_open_rig(out, &rig, &how, e);
}

enum odr_err odr_sim_open_hands(struct odr_platform *out, const char *options, struct odr_error *e)
{
	enum odr_err err = read_options(&opt, options, e);

	if (err == ODR_OK)
		err = sim_rig_load(&rig, opt.rig, e);
	return err ? err : sim_hands_open_rig(out, &rig, opt.state, e);
}
