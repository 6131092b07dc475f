#include "platform/sim/content.h"

#include "platform/host.h"
#include "platform/sim/chip.h"
#include "platform/sim/drive.h"

#include <string.h>

#define BOOT_PAGE 0x100u

/* What a flash that stopped early has not written: the name and all that follows it in the bank. */
#define DEAD_FROM 0x2000u
#define DEAD_TO 0x10000u

static void put(uint8_t *at, const char *text, size_t n)
{
	size_t length = strlen(text);

	memset(at, ' ', n);
	memcpy(at, text, length < n ? length : n);
}

/* Bytes that are neither mostly 00 nor mostly FF, with a name where a BTC image has it. */
static void make_alive(const struct sim_rig_drive *rig, uint8_t *cells)
{
	uint32_t noise = rig->seed | 1;
	uint32_t a;

	for (a = 0; a < rig->chip.bytes; a++)
		cells[a] = (uint8_t)(sim_noise(&noise) >> 11);
	put(cells + SIM_AT_VENDOR, rig->vendor, 8);
	put(cells + SIM_AT_PRODUCT, rig->product, 16);
	put(cells + SIM_AT_REVISION, rig->revision, 4);
}

static enum odr_err read_file(const struct sim_rig_drive *rig, uint8_t *cells, struct odr_error *e)
{
	uint64_t bytes;
	uint32_t got = 0;
	int handle;
	enum odr_err err = odr_host_open(rig->file, ODR_FILE_READ, &handle, e);

	if (err != ODR_OK)
		return err;
	err = odr_host_size(handle, &bytes, e);
	if (err == ODR_OK && bytes != rig->chip.bytes)
		err = odr_fail(e, ODR_E_FILE, "%s: has %lu bytes, the chip has %lu", rig->file,
			       (unsigned long)bytes, (unsigned long)rig->chip.bytes);
	if (err == ODR_OK)
		err = odr_host_read_at(handle, 0, cells, rig->chip.bytes, &got, e);
	odr_host_close(handle);
	return err;
}

enum odr_err sim_content_make(const struct sim_rig_drive *rig, uint8_t *cells, struct odr_error *e)
{
	if (rig->content == SIM_FILE)
		return read_file(rig, cells, e);
	make_alive(rig, cells);
	if (rig->content == SIM_DEAD)
		memset(cells + DEAD_FROM, 0xFF, DEAD_TO - DEAD_FROM);
	if (rig->content == SIM_ROM_ONLY)
		memset(cells, 0xFF, BOOT_PAGE);
	if (rig->content == SIM_BLANK)
		memset(cells, 0xFF, rig->chip.bytes);
	return ODR_OK;
}
