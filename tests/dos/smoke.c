/*
 * smoke.c - one whole rescue on plain DOS: engine, channel driver and practice PC in one program.
 *
 * A dead BTC DVDRW IDE1008 with a 64 KiB chip is found, woken, written with FW.BIN and verified. The
 * events go to stdout; at the end CHIP3.BIN holds what is in the chip, so that the caller compares
 * it without believing the engine. Exit code: that of the first command that failed, else 0; 9 when
 * the simulator saw an access outside the documented sequences.
 */
#include "flash/engine.h"
#include "flash/event.h"
#include "platform/dos/dos.h"
#include "platform/host.h"
#include "platform/sim/machine.h"
#include "platform/sim/open.h"
#include "platform/sim/store.h"

#include <stdio.h>

static const char *const commands[] = {
	"scan",
	"baseline",
	"hand cable 3 on",
	"wait 3",
	"target secondary master DRW1008IB",
	"image FW.BIN",
	/* Its firmware hangs: the boot ROM listens only after a power cycle, while knock runs. */
	"hand power 3 off after 5 s",
	"hand power 3 on after 8 s",
	"knock secondary master",
	"plan",
	"confirm secondary master",
	"flash",
	"quit",
};

/* What the label and the image may say. */
static const struct odr_drive rows[] = {
	{.name = "BTC DRW1004IM",
	 .labels = "DRW1004I",
	 .product = "DVDRW IDE1004",
	 .family = ODR_FAMILY_BTC},
	{.name = "BTC DRW1008IM",
	 .labels = "DRW1008I",
	 .product = "DVDRW IDE1008",
	 .family = ODR_FAMILY_BTC},
};
static const struct odr_drives drives = {rows, sizeof rows / sizeof rows[0]};

static void print(void *ctx, const char *line)
{
	(void)ctx;
	if (!odr_event_is(line, "progress")) /* hundreds */
		printf("%s\n", line);
}

static void describe(struct sim_rig *rig)
{
	struct sim_rig_drive *dead;

	sim_rig_default(rig);
	sim_rig_add(rig, "1", SIM_DISK);
	dead = sim_rig_add(rig, "3", SIM_BURNER);
	dead->cable = false; /* at the drive: so the baseline is taken without it */
	dead->content = SIM_DEAD;
	sim_rig_chip_size(&dead->chip, SIM_CHIP_MIN);
}

static enum odr_exit rescue(struct odr_platform platform)
{
	static struct odr_engine engine;
	enum odr_exit code = ODR_EXIT_DONE;

	odr_engine_start(&engine, platform, "RESCUE", &drives, print, NULL);
	for (size_t i = 0; code == ODR_EXIT_DONE && i < sizeof commands / sizeof commands[0]; i++) {
		printf("> %s\n", commands[i]);
		code = odr_engine_command(&engine, commands[i]);
	}
	odr_engine_stop(&engine);
	return code;
}

/* The store outlives the practice PC: here are its chip and its account of what was wrong. */
static enum odr_err testify(uint32_t *wrongs, struct odr_error *e)
{
	uint8_t *chip, *state;
	enum odr_err err = sim_store_map("SIM", "chip3.bin", SIM_CHIP_MIN, &chip, e);
	int handle;

	if (err == ODR_OK)
		err = sim_store_map("SIM", "rig.bin", sizeof(struct sim_state), &state, e);
	if (err == ODR_OK)
		err = odr_host_open("CHIP3.BIN", ODR_FILE_CREATE, &handle, e);
	if (err != ODR_OK)
		return err;
	*wrongs = ((const struct sim_state *)(const void *)state)->wrongs;
	err = odr_host_append(handle, chip, SIM_CHIP_MIN, e);
	odr_host_close(handle);
	return err;
}

int main(void)
{
	static struct sim_rig rig;
	struct odr_platform platform;
	struct odr_error e;
	enum odr_exit code;
	uint32_t wrongs;

	describe(&rig);
	if (odr_sim_open_rig(&platform, &rig, "SIM", 0, NULL, &e) != ODR_OK) {
		printf("%s\n", e.text);
		return ODR_EXIT_INTERNAL;
	}
	code = rescue(platform);
	platform.ops->close(platform.self);
	if (testify(&wrongs, &e) != ODR_OK) {
		printf("%s\n", e.text);
		return ODR_EXIT_INTERNAL;
	}
	printf("wrong=%lu stack=%lu\n", (unsigned long)wrongs, (unsigned long)odr_dos_stack_used());
	return code == ODR_EXIT_DONE && wrongs ? 9 : (int)code;
}
