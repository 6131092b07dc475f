/* A rig made in C: the defaults that the INI reader and the DOS smoke program share. */
#include "platform/sim/rig.h"

#include <string.h>

/* 8 s for 1 MiB: the typical chip erase time in the AM29F080 data sheet; less in proportion. */
#define ERASE_MS_PER_MIB 8000u
#define SECTOR 0x1000u /* the unit of the documented sector erase, protocols.md 2.5 */
#define PROGRAM_US 14  /* typical byte program time of JEDEC parts */

/* One part of each size from protocols.md 2.7. */
static const struct {
	uint32_t bytes;
	uint8_t man, dev;
} parts[] = {
	{0x10000, 0x9D, 0x1B},	/* PMC 39LV512 */
	{0x20000, 0x01, 0x20},	/* AMD 29F010 */
	{0x40000, 0xBF, 0xB6},	/* SST 39SF020 */
	{0x80000, 0xBF, 0xB7},	/* SST 39SF040 */
	{0x100000, 0x01, 0xD5}, /* AMD 29F080 */
};

void sim_rig_default(struct sim_rig *rig)
{
	memset(rig, 0, sizeof *rig);
	rig->pc_on = true;
	rig->bios_hangs = true;
	rig->boot_ms = 8000; /* about what a PC of 2004 needs to a DOS prompt */
	rig->channel[0].port = rig->channel[1].port = true;
	rig->channel[0].empty = rig->channel[1].empty = 0x7F; /* D7 pulled down: protocols.md 2.2 */
}

void sim_rig_chip_size(struct sim_rig_chip *chip, uint32_t bytes)
{
	unsigned i;

	chip->bytes = bytes;
	chip->sector = SECTOR;
	chip->program_us = PROGRAM_US;
	chip->erase_ms = ERASE_MS_PER_MIB / (0x100000u / bytes);
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].bytes == bytes) {
			chip->man = parts[i].man;
			chip->dev = parts[i].dev;
		}
}

static void name(struct sim_rig_drive *d, const char *vendor, const char *product,
		 const char *revision)
{
	strcpy(d->vendor, vendor);
	strcpy(d->product, product);
	strcpy(d->revision, revision);
}

/* A chip without a fault. */
static void well(struct sim_rig_chip *chip)
{
	sim_rig_chip_size(chip, SIM_CHIP_MIN);
	chip->protect_from = SIM_NOWHERE;
	chip->stuck_at = SIM_NOWHERE;
	chip->weak_at = SIM_NOWHERE;
	chip->weak_tries = 1;
}

static void kind_defaults(struct sim_rig_drive *d, enum sim_kind kind)
{
	d->kind = (uint8_t)kind;
	d->rom_status = 0x70;
	d->stuck_status = 0xD0;
	d->abort_status = 0x51;
	d->window_ms = 1000; /* "about 1 s": protocols.md 2.4 */
	d->start_ms = 3000;  /* within the 2-5 s of protocols.md 5.6 */
	d->burn_ms = 20000;
	d->seed = 1;
	switch (kind) {
	case SIM_BURNER:
		name(d, "BTC", "DVDRW IDE1008", "0055");
		well(&d->chip);
		break;
	case SIM_CDROM:
		name(d, "ACME", "CD-ROM 52X", "1.00");
		break;
	case SIM_DISK:
		name(d, "", "WDC WD800", "75.1");
		break;
	}
	if (kind != SIM_DISK) { /* the signature: protocols.md 5.4 */
		d->left_mid = 0x14;
		d->left_hi = 0xEB;
	}
}

struct sim_rig_drive *sim_rig_add(struct sim_rig *rig, const char *drive_name, enum sim_kind kind)
{
	struct sim_rig_drive *d = &rig->drive[rig->drives];
	char c = drive_name[0];
	uint32_t i;

	if (rig->drives == SIM_DRIVES || c == '\0' || drive_name[1] != '\0')
		return NULL;
	if (!(c >= '1' && c <= '4') && !(c >= 'A' && c < 'A' + SIM_SPARES))
		return NULL;
	for (i = 0; i < rig->drives; i++)
		if (rig->drive[i].name[0] == c)
			return NULL;
	rig->drives++;
	kind_defaults(d, kind);
	d->name[0] = c;
	if (c >= '1' && c <= '4') {
		d->plug = (uint8_t)(c - '0');
		d->power = d->cable = true;
		d->slave = odr_position_device(d->plug) == 1;
	}
	return d;
}
