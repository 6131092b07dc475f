#include "platform/sim/store.h"

#include "platform/sim/machine.h"

#include <stdlib.h>
#include <string.h>

static struct sim_state state;
static uint8_t chip[SIM_CHIP_MIN];

enum odr_err sim_store_folder(const char *dir, struct odr_error *e)
{
	(void)dir;
	(void)e;
	return ODR_OK;
}

enum odr_err sim_store_map(const char *dir, const char *name, size_t bytes, uint8_t **block,
			   struct odr_error *e)
{
	(void)dir;
	if (strcmp(name, "rig.bin") == 0 && bytes == sizeof state)
		*block = (uint8_t *)&state;
	else if (strncmp(name, "chip", 4) == 0 && bytes == sizeof chip)
		*block = chip;
	else
		return odr_fail(e, ODR_E_SPACE, "%s: no memory for %lu bytes", name,
				(unsigned long)bytes);
	return ODR_OK;
}

void sim_store_unmap(uint8_t *block, size_t bytes)
{
	(void)block;
	(void)bytes;
}

enum odr_err sim_store_lock(const char *dir, const char *name, int *held, struct odr_error *e)
{
	(void)dir;
	(void)name;
	(void)e;
	*held = 0;
	return ODR_OK;
}

void sim_store_unlock(int held)
{
	(void)held;
}

_Noreturn void sim_store_die(void)
{
	exit(137); /* what a shell reports of a process that got SIGKILL */
}
