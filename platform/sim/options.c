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

		o->speed = (uint32_t)strtoul(text, &end, 10);
		if (strcmp(text, "max") != 0 && (o->speed < 1 || strcmp(end, "x") != 0))
			return odr_fail(e, ODR_E_USAGE, "sim: speed is max, 1x or 20x");
	} else {
		return odr_fail(e, ODR_E_USAGE,
				"sim: %.*s: the words are rig= state= speed= trace=", (int)key_len,
				key);
	}
	return ODR_OK;
}

enum odr_err odr_sim_open(struct odr_platform *out, const char *options, struct odr_error *e)
{
	/* Too big for a stack of DOS, and there is one practice PC per process. */
	static struct options o;
	static struct sim_rig rig;
	enum odr_err err;

	memset(&o, 0, sizeof o);
	o.speed = DEFAULT_SPEED;
	while (*options) {
		size_t len = strcspn(options, ","), key = strcspn(options, "=,");

		if (key >= len)
			return odr_fail(e, ODR_E_USAGE, "sim: %.*s wants a value", (int)len,
					options);
		err = take(&o, options, key, options + key + 1, len - key - 1, e);
		if (err != ODR_OK)
			return err;
		options += len + (options[len] == ',');
	}
	if (!o.rig[0] || !o.state[0])
		return odr_fail(e, ODR_E_USAGE, "sim: give rig=FILE and state=DIR");
	err = sim_rig_load(&rig, o.rig, e);
	return err ? err : odr_sim_open_rig(out, &rig, o.state, o.speed, o.trace, e);
}
