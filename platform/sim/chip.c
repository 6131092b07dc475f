#include "platform/sim/chip.h"

#include <string.h>

/* Datasheets of JEDEC parts: a protected sector answers an erase with about 100 us of status, a
 * program with about 2 us, and changes nothing. */
#define PROTECTED_ERASE_US 100
#define PROTECTED_PROGRAM_US 2

static const struct {
	uint32_t first, second, mask;
} unlocks[] = {
	[SIM_UNLOCK_5555] = {0x5555, 0x2AAA, 0x7FFF},
	[SIM_UNLOCK_555] = {0x555, 0x2AA, 0x7FF},
	[SIM_UNLOCK_AAA] = {0xAAA, 0x555, 0xFFF},
};

static bool is_protected(const struct sim_rig_chip *k, uint32_t address)
{
	return address >= k->protect_from && address <= k->protect_to;
}

/* The address bits of an unlock cycle that this chip looks at. */
static uint32_t unlock_mask(const struct sim_rig_chip *k)
{
	return k->unlock_bits ? (1u << k->unlock_bits) - 1 : unlocks[k->unlock].mask;
}

/* What one program pulse leaves of `cell`. */
static uint8_t programmed(const struct sim_nor *nor, uint32_t address, uint8_t cell)
{
	const struct sim_rig_chip *k = nor->kind;
	uint8_t data = nor->chip->data;

	if (address == k->stuck_at)
		return cell;
	if (address == k->weak_at && ++nor->chip->tries % k->weak_tries != 0)
		data |= 0x55;
	return cell & data;
}

void sim_chip_settle(const struct sim_nor *nor, uint64_t now)
{
	struct sim_chip *c = nor->chip;
	uint32_t a;

	if (c->work == SIM_REST || now < c->until)
		return;
	if (c->work == SIM_PROGRAM)
		nor->cells[c->from] = programmed(nor, c->from, nor->cells[c->from]);
	if (c->work == SIM_ERASE)
		for (a = c->from; a < c->from + c->bytes; a++)
			if (!is_protected(nor->kind, a))
				nor->cells[a] = 0xFF;
	c->work = SIM_REST;
}

bool sim_chip_is_busy(const struct sim_nor *nor, uint64_t now)
{
	sim_chip_settle(nor, now);
	return nor->chip->work != SIM_REST;
}

/* DQ7: the complement of what is programmed, 0 during an erase. DQ6 toggles with every read. */
static uint8_t work_status(struct sim_chip *c)
{
	uint8_t dq7 = c->work == SIM_PROGRAM ? (uint8_t)(~c->data & 0x80) : 0;

	c->toggle ^= 0x40;
	return dq7 | c->toggle;
}

static uint8_t identity(const struct sim_nor *nor, uint32_t address)
{
	switch (address & 0xFF) {
	case 0:
		return nor->kind->man;
	case 1:
		return nor->kind->dev;
	case 2: /* sector protect verify */
		return is_protected(nor->kind, address & ~(nor->kind->sector - 1));
	default:
		return 0;
	}
}

uint8_t sim_chip_read(const struct sim_nor *nor, uint32_t address, uint64_t now)
{
	const struct sim_rig_chip *k = nor->kind;
	struct sim_chip *c = nor->chip;
	uint8_t value;

	address &= k->bytes - 1;
	if (sim_chip_is_busy(nor, now))
		return work_status(c);
	if (c->autoselect)
		return identity(nor, address);
	value = nor->cells[address];
	c->reads++;
	if (k->unstable && c->reads % k->unstable == 0)
		value ^= (uint8_t)(1u << (c->reads / k->unstable % 8));
	return value;
}

static enum sim_chip_event start(struct sim_chip *c, enum sim_chip_work work, uint32_t from,
				 uint32_t bytes, uint64_t now, uint64_t us)
{
	c->work = (uint8_t)work;
	c->from = from;
	c->bytes = bytes;
	c->started = now;
	c->until = now + us;
	return SIM_CHIP_QUIET;
}

static enum sim_chip_event start_program(const struct sim_nor *nor, uint32_t address, uint8_t value,
					 uint64_t now)
{
	struct sim_chip *c = nor->chip;

	c->data = value;
	if (is_protected(nor->kind, address))
		return start(c, SIM_PRETEND, address, 1, now, PROTECTED_PROGRAM_US);
	c->programs++;
	start(c, SIM_PROGRAM, address, 1, now, nor->kind->program_us);
	return SIM_CHIP_PROGRAMS;
}

static enum sim_chip_event start_erase(const struct sim_nor *nor, uint32_t from, uint32_t bytes,
				       uint64_t now)
{
	const struct sim_rig_chip *k = nor->kind;
	uint64_t chip_us = (uint64_t)k->erase_ms * 1000;

	if (is_protected(k, from) && is_protected(k, from + bytes - 1))
		return start(nor->chip, SIM_PRETEND, from, bytes, now, PROTECTED_ERASE_US);
	nor->chip->erases++;
	start(nor->chip, SIM_ERASE, from, bytes, now, chip_us * bytes / k->bytes);
	return SIM_CHIP_ERASES;
}

/*
 * One cycle of the command sequences (protocols.md 2.5):
 *   AA 55 90 identify, AA 55 A0 program, AA 55 80 AA 55 10 erase all, AA 55 80 AA 55 30 erase one
 * step: 0 nothing, 1 AA, 2 AA 55, 3 A0 seen, 4 80 seen, 5 80 AA, 6 80 AA 55.
 */
enum sim_chip_event sim_chip_write(const struct sim_nor *nor, uint32_t address, uint8_t value,
				   uint64_t now)
{
	const struct sim_rig_chip *k = nor->kind;
	struct sim_chip *c = nor->chip;
	uint32_t low = address & unlock_mask(k);
	bool first = low == unlocks[k->unlock].first;
	bool second = low == unlocks[k->unlock].second;
	uint8_t step;

	address &= k->bytes - 1;
	if (sim_chip_is_busy(nor, now))
		return SIM_CHIP_IGNORES;
	step = c->step;
	c->step = 0;
	if (step == 3)
		return start_program(nor, address, value, now);
	if (value == 0xF0) { /* with or without unlock, at any point of a sequence */
		c->autoselect = false;
		return SIM_CHIP_QUIET;
	}
	if ((step == 0 || step == 4) && first && value == 0xAA)
		c->step = (uint8_t)(step + 1);
	else if ((step == 1 || step == 5) && second && value == 0x55)
		c->step = (uint8_t)(step + 1);
	else if (step == 2 && first && value == 0x90)
		c->autoselect = !k->noid;
	else if (step == 2 && first && value == 0xA0 && !c->autoselect)
		c->step = 3;
	else if (step == 2 && first && value == 0x80 && !c->autoselect)
		c->step = 4;
	else if (step == 6 && first && value == 0x10)
		return start_erase(nor, 0, k->bytes, now);
	else if (step == 6 && value == 0x30)
		return start_erase(nor, address & ~(k->sector - 1), k->sector, now);
	return SIM_CHIP_QUIET;
}

/* A program pulse cut short pulls only some of its bits down; an erase cut short has freed some
 * cells, left others, and others between. */
void sim_chip_power_lost(const struct sim_nor *nor, uint64_t now)
{
	struct sim_chip *c = nor->chip;
	uint32_t a, done;

	sim_chip_settle(nor, now);
	if (c->noise == 0)
		c->noise = 1;
	if (c->work == SIM_PROGRAM)
		nor->cells[c->from] &= (uint8_t)(c->data | sim_noise(&c->noise));
	if (c->work == SIM_ERASE) {
		done = (uint32_t)((now - c->started) * 256 / (c->until - c->started));
		for (a = c->from; a < c->from + c->bytes; a++) {
			uint32_t r = sim_noise(&c->noise);

			if (is_protected(nor->kind, a))
				continue;
			if ((r >> 8 & 0xFF) < done)
				nor->cells[a] = 0xFF;
			else
				nor->cells[a] |= (uint8_t)(r & r >> 16);
		}
	}
	c->work = SIM_REST;
	c->step = 0;
	c->autoselect = false;
}

bool sim_chip_is_blank(const struct sim_nor *nor, uint32_t from, uint32_t bytes)
{
	uint32_t a;

	for (a = from; a < from + bytes; a++)
		if (nor->cells[a] != 0xFF)
			return false;
	return true;
}

uint32_t sim_chip_crc(const struct sim_nor *nor)
{
	uint32_t crc = 0xFFFFFFFFu;
	uint32_t a;
	int bit;

	for (a = 0; a < nor->kind->bytes; a++) {
		crc ^= nor->cells[a];
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ ((crc & 1) ? 0xEDB88320u : 0); /* IEEE 802.3, reflected */
	}
	return crc ^ 0xFFFFFFFFu;
}
