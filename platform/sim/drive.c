#include "platform/sim/drive.h"

#include "platform/sim/clock.h"
#include "platform/sim/packet.h"
#include "platform/sim/rom.h"
#include "platform/sim/upload.h"

#include <string.h>

#define BANK 0x10000u
#define BOOT_PAGE 0x100u /* protocols.md 2.5: page 0 of a bank */

/* How long a drive takes to say no, or to answer a reset: shorter than any poll interval. */
#define ABORT_US 20
#define RESET_US 2000

static bool is_printable(const uint8_t *text, unsigned n)
{
	while (n--)
		if (text[n] < 0x20 || text[n] > 0x7E)
			return false;
	return true;
}

bool sim_drive_is_whole(const struct sim_nor *nor, const struct sim_rig_drive *rig)
{
	const uint8_t *cells = nor->cells;
	uint32_t bank, crc, i;

	for (bank = 0; bank < nor->kind->bytes; bank += BANK)
		if (sim_chip_is_blank(nor, bank, BOOT_PAGE) || sim_chip_is_blank(nor, bank, BANK))
			return false;
	if (!is_printable(cells + SIM_AT_VENDOR, 8) || !is_printable(cells + SIM_AT_PRODUCT, 16) ||
	    !is_printable(cells + SIM_AT_REVISION, 4) ||
	    memcmp(cells + SIM_AT_VENDOR, "BTC", 3) != 0)
		return false;
	if (rig->good_crcs == 0)
		return true;
	crc = sim_chip_crc(nor);
	for (i = 0; i < rig->good_crcs; i++)
		if (crc == rig->good_crc[i])
			return true;
	return false;
}

static void live_until(struct sim_drive *d, enum sim_life life, uint64_t at)
{
	d->life = (uint8_t)life;
	d->life_at = at;
}

/* The signature after a reset: protocols.md 5.9 (ATAPI shows status 00, DRDY clear). */
static void show_signature(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];
	struct sim_task *t = &d->task;

	memset(t, 0, sizeof *t);
	t->error = t->count = t->lo = 1;
	d->phase = SIM_IDLE;
	if (rig->kind == SIM_DISK) {
		t->status = SIM_DRDY | SIM_DSC;
	} else {
		t->mid = 0x14;
		t->hi = 0xEB;
	}
	if (rig->row == SIM_ROW_WRONG_SIG || rig->row == SIM_ROW_WRONG_FIXED) {
		t->mid = 0x12;
		t->hi = 0x34;
		t->status = SIM_DRDY | SIM_DSC;
	}
}

/* The first second of a drive with firmware belongs to its boot ROM. */
static void begin(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];
	uint64_t now = m->s->us;

	if (d->burn_until)
		sim_upload_burn_cut(m, drive);
	memset(&d->task, 0, sizeof d->task);
	d->phase = SIM_IDLE;
	d->outro = false;
	d->uploading = false;
	d->pieces = 0;
	d->hush_until = 0;
	d->key = d->asc = d->ascq = 0;
	d->chip.step = 0;
	d->chip.autoselect = false;
	if (rig->kind == SIM_BURNER)
		live_until(d, SIM_WINDOW, now + (uint64_t)rig->window_ms * 1000);
	else
		live_until(d, SIM_STARTING, now + (uint64_t)rig->start_ms * 1000);
}

void sim_drive_power(struct sim *m, unsigned drive, bool on)
{
	struct sim_drive *d = &m->s->drive[drive];

	if (on) {
		d->slave = d->jumper;
		begin(m, drive);
	} else {
		if (d->burn_until)
			sim_upload_burn_cut(m, drive);
		if (m->chip[drive]) {
			struct sim_nor nor = sim_nor_of(m, drive);

			sim_chip_power_lost(&nor, m->s->us);
		}
		live_until(d, SIM_OFF, SIM_NEVER);
	}
	sim_clock_plan(m);
}

void sim_drive_reset(struct sim *m, unsigned drive)
{
	if (m->s->drive[drive].life == SIM_OFF || m->s->drive[drive].life == SIM_KILLED)
		return;
	begin(m, drive);
	sim_clock_plan(m);
}

void sim_drive_soft_reset(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];

	if (d->life == SIM_IN_VENDOR) {
		sim_drive_reset(m, drive);
	} else if (d->life == SIM_LIVES) {
		uint8_t status;

		show_signature(m, drive);
		status = d->task.status;
		sim_drive_answer(m, drive, status, RESET_US);
	}
}

/* What the boot ROM does when nobody called it in time. */
static enum sim_life leave_rom(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_nor nor = sim_nor_of(m, drive);

	if (rig->row == SIM_ROW_HUNG)
		return SIM_HUNG;
	if (rig->row == SIM_ROW_VENDOR)
		return SIM_IN_VENDOR;
	if (rig->row != SIM_ROW_NATURAL)
		return SIM_STARTING;
	if (sim_chip_is_busy(&nor, m->s->us)) /* it reads status for code */
		return SIM_HUNG;
	if (sim_chip_is_blank(&nor, 0, BOOT_PAGE))
		return SIM_ROM;
	return sim_drive_is_whole(&nor, rig) ? SIM_STARTING : SIM_HUNG;
}

static void come_alive(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];

	if (rig->row == SIM_ROW_HUNG) {
		live_until(d, SIM_HUNG, SIM_NEVER);
		return;
	}
	live_until(d, SIM_LIVES, SIM_NEVER);
	show_signature(m, drive);
	if (rig->row == SIM_ROW_DRQ_STUCK || rig->row == SIM_ROW_DRQ_SHORT) {
		d->phase = SIM_DRAIN;
		d->pos = 0;
		d->len = rig->row == SIM_ROW_DRQ_SHORT ? 512 : UINT32_MAX;
		d->task.status = SIM_DRDY | SIM_DSC | SIM_DRQ;
	}
}

void sim_drive_due(struct sim *m, unsigned drive)
{
	struct sim_drive *d = &m->s->drive[drive];
	uint64_t now = m->s->us;

	if (d->burn_until && d->burn_until <= now && !sim_upload_burn_end(m, drive))
		live_until(d, SIM_HUNG, SIM_NEVER);
	if (d->life_at > now)
		return;
	if (d->life == SIM_STARTING) {
		come_alive(m, drive);
		return;
	}
	live_until(d, leave_rom(m, drive), SIM_NEVER);
	if (d->life == SIM_STARTING)
		d->life_at = now + (uint64_t)m->s->rig.drive[drive].start_ms * 1000;
	if (d->life == SIM_IN_VENDOR)
		d->task.status = m->s->rig.drive[drive].rom_status;
}

void sim_drive_asked_by_bios(struct sim *m, unsigned drive)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];

	if (d->life != SIM_LIVES || d->phase != SIM_IDLE || rig->row == SIM_ROW_WRONG_FIXED)
		return;
	d->task.status = SIM_DRDY | SIM_DSC;
	if (rig->row != SIM_ROW_WRONG_SIG) {
		d->task.mid = rig->left_mid;
		d->task.hi = rig->left_hi;
	}
}

bool sim_drive_is_stuck(const struct sim *m, unsigned drive)
{
	uint8_t life = m->s->drive[drive].life;

	return life == SIM_ROM || life == SIM_HUNG;
}

bool sim_drive_mirrors(const struct sim *m, unsigned drive)
{
	uint8_t life = m->s->drive[drive].life;

	return sim_drive_is_stuck(m, drive) || life == SIM_WINDOW || life == SIM_STARTING;
}

uint8_t sim_drive_status(const struct sim *m, unsigned drive)
{
	const struct sim_drive *d = &m->s->drive[drive];

	if (d->life == SIM_WINDOW || d->life == SIM_STARTING)
		return SIM_BSY;
	if (sim_drive_is_stuck(m, drive))
		return m->s->rig.drive[drive].stuck_status;
	if (m->s->us < d->task.busy_until)
		return (d->task.status | SIM_BSY) & (uint8_t)~SIM_DRQ;
	return d->task.status;
}

void sim_drive_latch(struct sim *m, unsigned drive, unsigned reg, uint8_t value)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];
	struct sim_task *t = &d->task;

	if (m->s->us < t->busy_until || d->life == SIM_HUNG || d->life == SIM_STARTING ||
	    rig->row == SIM_ROW_WRONG_FIXED)
		return;
	switch (reg) {
	case ODR_REG_COUNT:
		t->count = value;
		break;
	case ODR_REG_LBA_LO:
		t->lo = value;
		break;
	case ODR_REG_LBA_MID:
		if (rig->row != SIM_ROW_WRONG_SIG)
			t->mid = value;
		break;
	case ODR_REG_LBA_HI:
		if (rig->row != SIM_ROW_WRONG_SIG)
			t->hi = value;
		break;
	default: /* features: nothing here depends on them */
		break;
	}
}

void sim_drive_answer(struct sim *m, unsigned drive, uint8_t status, uint32_t us)
{
	struct sim_task *t = &m->s->drive[drive].task;

	t->status = status;
	t->busy_until = m->s->us + us;
}

void sim_drive_abort(struct sim *m, unsigned drive)
{
	m->s->drive[drive].phase = SIM_IDLE;
	m->s->drive[drive].task.error = 0x04; /* ABRT */
	sim_drive_answer(m, drive, m->s->rig.drive[drive].abort_status, ABORT_US);
}

static void silent(struct sim *m, unsigned drive)
{
	m->s->drive[drive].phase = SIM_IDLE;
	sim_drive_answer(m, drive, SIM_DRDY | SIM_DSC, 0);
	m->s->drive[drive].task.busy_until = SIM_NEVER;
}

static void living_disk(struct sim *m, unsigned drive, uint8_t command)
{
	if (command == 0xEC)
		sim_packet_identify(m, drive);
	else
		sim_drive_abort(m, drive);
}

static void living_optical(struct sim *m, unsigned drive, uint8_t command)
{
	uint8_t row = m->s->rig.drive[drive].row;
	bool refuses =
		row == SIM_ROW_ABORTING || row == SIM_ROW_WRONG_SIG || row == SIM_ROW_WRONG_FIXED;

	if (command == 0x08) {
		sim_drive_soft_reset(m, drive);
		return;
	}
	if (m->s->drive[drive].phase == SIM_DRAIN || refuses) {
		sim_drive_abort(m, drive);
		return;
	}
	switch (command) {
	case 0xA0:
		if (row == SIM_ROW_SILENT)
			silent(m, drive);
		else
			sim_packet_start(m, drive);
		break;
	case 0xA1:
		if (row == SIM_ROW_SILENT)
			silent(m, drive);
		else if (row == SIM_ROW_NO_IDENT || row == SIM_ROW_A1_ABORTS)
			sim_drive_abort(m, drive);
		else
			sim_packet_identify(m, drive);
		break;
	case 0xEC: /* must abort and show what it is, protocols.md 5.4 */
		show_signature(m, drive);
		sim_drive_abort(m, drive);
		break;
	default:
		sim_drive_abort(m, drive);
		break;
	}
}

void sim_drive_command(struct sim *m, unsigned drive, uint8_t command)
{
	const struct sim_rig_drive *rig = &m->s->rig.drive[drive];
	struct sim_drive *d = &m->s->drive[drive];

	if (rig->kind == SIM_DISK && (command & 0xF0) == 0x80) {
		d->rom_commands++;
		d->life = SIM_KILLED; /* protocols.md 2.4: vendor-specific for hard disks too */
	}
	switch (d->life) {
	case SIM_WINDOW:
	case SIM_ROM:
	case SIM_IN_VENDOR:
		sim_rom_command(m, drive, command);
		break;
	case SIM_LIVES:
		if (rig->kind == SIM_DISK)
			living_disk(m, drive, command);
		else if (m->s->us >= d->task.busy_until || command == 0x08)
			living_optical(m, drive, command);
		break;
	case SIM_KILLED:
		sim_drive_abort(m, drive);
		break;
	default: /* nobody listens */
		break;
	}
}
