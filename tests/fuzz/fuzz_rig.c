/* Any file as a rig: refused with its line, or a PC that could stand on a table. */
#define _GNU_SOURCE /* memfd_create: a file that leaves nothing behind */
#include "platform/sim/rig.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool is_inside(uint32_t address, const struct sim_rig_chip *chip)
{
	return address == SIM_NOWHERE || address < chip->bytes;
}

static void check_chip(const struct sim_rig_chip *c)
{
	MUST(c->bytes >= SIM_CHIP_MIN && c->bytes <= SIM_CHIP_MAX && !(c->bytes & (c->bytes - 1)));
	MUST(c->sector && c->sector <= c->bytes && !(c->sector & (c->sector - 1)));
	MUST(c->unlock <= SIM_UNLOCK_AAA && c->program_us && c->erase_ms);
	MUST(c->protect_from > c->protect_to || c->protect_to < c->bytes);
	MUST(is_inside(c->stuck_at, c) && is_inside(c->weak_at, c));
}

static void check_drive(const struct sim_rig *rig, uint32_t n)
{
	const struct sim_rig_drive *d = &rig->drive[n];

	MUST(d->kind <= SIM_DISK && d->plug <= 4 && d->row < SIM_ROWS && d->content <= SIM_FILE);
	MUST(strchr("1234ABCD", d->name[0]) && d->name[0] && !d->name[1]);
	MUST(d->plug ? d->name[0] == '0' + d->plug : !d->power && !d->cable);
	for (uint32_t i = 0; i < n; i++)
		MUST(rig->drive[i].name[0] != d->name[0]);
	MUST(is_plain_text(d->vendor, sizeof d->vendor));
	MUST(is_plain_text(d->product, sizeof d->product));
	MUST(is_plain_text(d->revision, sizeof d->revision));
	MUST(is_plain_text(d->file, sizeof d->file));
	MUST(d->good_crcs <= SIM_RIG_CRCS && d->piece % 2 == 0 && (d->stuck_status & 0x80));
	if (d->kind == SIM_BURNER)
		check_chip(&d->chip);
	else
		MUST(!d->chip.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int file = -1;
	static struct sim_rig rig, again;
	struct odr_error e = {0};
	char path[40];
	enum odr_err err;

	if (file < 0)
		file = memfd_create("rig", 0);
	if (ftruncate(file, 0) || pwrite(file, data, size, 0) != (ssize_t)size)
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);

	memset(&rig, 0x00, sizeof rig);
	memset(&again, 0xFF, sizeof again);
	err = sim_rig_load(&rig, path, &e);
	MUST(err == sim_rig_load(&again, path, NULL));
	if (err != ODR_OK) {
		MUST(err == ODR_E_USAGE && e.code == err);
		MUST(!strncmp(e.text, path, strlen(path)) && is_plain_text(e.text, sizeof e.text));
		return 0;
	}
	MUST(!memcmp(&rig, &again, sizeof rig)); /* rig.h: the same when their bytes are */
	MUST(rig.drives <= SIM_DRIVES);
	for (uint32_t i = 0; i < rig.drives; i++)
		check_drive(&rig, i);
	return 0;
}
