#include "platform/sim/rom.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"
#include "platform/sim/wrong.h"

#include <string.h>

/* The intro's answer is read 2 ms after it (protocols.md 2.4). */
#define INTRO_US 1500
/* A cycle to the chip: BSY for a few polls (2.5, the cost estimate). */
#define CYCLE_US 4

#define PARALLEL 0x70

static uint32_t channel_of(const struct sim *m, unsigned drive)
{
	return sim_channel_of(&m->s->drive[drive]);
}

static void enter(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	bool entered = d->life == SIM_IN_VENDOR;

	d->life = SIM_IN_VENDOR;
	d->life_at = SIM_NEVER;
	sim_drive_answer(m, drive, m->s->rig.drive[drive].rom_status, INTRO_US);
	sim_clock_plan(m);
	if (!entered)
		sim_clock_moment(m, SIM_ON_VENDOR);
}

/* 80h with LBA low 2Eh: the LiteOn erase request. */
static void erase_by_request(struct sim *m, unsigned drive)
{
	if (m->chip[drive])
		memset(m->chip[drive], 0xFF, m->s->rig.drive[drive].chip.bytes);
	m->s->drive[drive].chip.erases++;
}

static uint32_t cell_address(const struct sim *m, unsigned drive)
{
	const struct sim_task *t = &m->s->drive[drive].task;
	uint8_t dev = m->s->cable[channel_of(m, drive)].dev;

	return (uint32_t)(dev & 0x0F) << 16 | (uint32_t)t->hi << 8 | t->mid;
}

static void write_cycle(struct sim *m, unsigned drive)
{
	struct sim_nor nor = sim_nor_of(m, drive);
	uint8_t value = m->s->drive[drive].task.lo;

	switch (sim_chip_write(&nor, cell_address(m, drive), value, m->s->us)) {
	case SIM_CHIP_PROGRAMS:
		sim_clock_moment(m, SIM_ON_PROGRAM);
		break;
	case SIM_CHIP_ERASES:
		sim_clock_moment(m, SIM_ON_ERASE);
		break;
	case SIM_CHIP_IGNORES:
		sim_wrong(m, channel_of(m, drive), "2.5", "write to a chip that is busy");
		break;
	case SIM_CHIP_QUIET:
		break;
	}
}

static void in_vendor(struct sim *m, unsigned drive, uint8_t command)
{
	struct sim_drive *d = &m->s->drive[drive];
	struct sim_nor nor = sim_nor_of(m, drive);

	if (command != 0x08)
		d->outro = command == 0x81;
	switch (command) {
	case 0x08:
		sim_drive_reset(m, drive);
		return;
	case 0x00:
		sim_drive_answer(m, drive, d->task.status, CYCLE_US);
		if (d->task.status == PARALLEL) {
			d->task.lo = sim_chip_read(&nor, cell_address(m, drive), m->s->us);
			sim_clock_moment(m, SIM_ON_READ);
		}
		return;
	case 0x01:
		sim_drive_answer(m, drive, d->task.status, CYCLE_US);
		if (d->task.status == PARALLEL)
			write_cycle(m, drive);
		return;
	default:
		sim_drive_answer(m, drive, d->task.status, CYCLE_US);
		return;
	}
}

void sim_rom_command(struct sim *m, unsigned drive, uint8_t command)
{
	struct sim_drive *d = &m->s->drive[drive];

	d->rom_commands++;
	if (command == 0x80 && d->task.lo == 0x2A)
		enter(m, drive);
	else if (command == 0x80 && d->task.lo == 0x2E)
		erase_by_request(m, drive);
	else if (d->life == SIM_IN_VENDOR)
		in_vendor(m, drive, command);
}
