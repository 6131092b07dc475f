/*
 * chip.h - a JEDEC NOR flash chip: the only memory of a drive that survives the power.
 *
 * Bytes go from 1 to 0 only; erase sets them to FF; both take time, in which every read gives status
 * (DQ7, DQ6) and commands are ignored. Knows nothing of drives or channels. Time is handed in.
 */
#ifndef ODR_SIM_CHIP_H
#define ODR_SIM_CHIP_H

#include "platform/sim/rig.h"

enum sim_chip_work { SIM_REST, SIM_PROGRAM, SIM_ERASE, SIM_PRETEND };

/* Lies in the machine's state. Zeroed means: at rest, reads the array. */
struct sim_chip {
	uint8_t work; /* enum sim_chip_work */
	uint8_t step; /* cycles of the command sequence seen so far */
	bool autoselect;
	uint8_t toggle;	      /* DQ6 */
	uint8_t data;	      /* being programmed */
	uint32_t from, bytes; /* being worked on */
	uint64_t started, until;
	uint32_t erases, programs, reads; /* counted since the rig was made */
	uint32_t tries;			  /* of the weak byte */
	uint32_t noise;			  /* state of the random bits that a power loss leaves */
};

struct sim_nor {
	const struct sim_rig_chip *kind;
	struct sim_chip *chip;
	uint8_t *cells; /* kind->bytes */
};

/* What a write cycle did. */
enum sim_chip_event {
	SIM_CHIP_QUIET,
	SIM_CHIP_PROGRAMS, /* a byte program began */
	SIM_CHIP_ERASES,   /* an erase began */
	SIM_CHIP_IGNORES,  /* the chip was busy and did not look */
};

enum sim_chip_event sim_chip_write(const struct sim_nor *nor, uint32_t address, uint8_t value,
				   uint64_t now);
uint8_t sim_chip_read(const struct sim_nor *nor, uint32_t address, uint64_t now);
/* Finish work whose time has come. */
void sim_chip_settle(const struct sim_nor *nor, uint64_t now);
bool sim_chip_is_busy(const struct sim_nor *nor, uint64_t now);
/* Power fails: what was being worked on stays half done. */
void sim_chip_power_lost(const struct sim_nor *nor, uint64_t now);
/* Is [from, from + bytes) all FF? */
bool sim_chip_is_blank(const struct sim_nor *nor, uint32_t from, uint32_t bytes);
uint32_t sim_chip_crc(const struct sim_nor *nor); /* CRC-32 (IEEE) of the whole chip */

/* The next of a row of random numbers; *state must not be 0. */
static inline uint32_t sim_noise(uint32_t *state)
{
	uint32_t x = *state;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	*state = x;
	return x;
}

#endif
