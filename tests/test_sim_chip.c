/* The flash chip of the practice PC, against what data sheets of JEDEC parts say. */
#include "platform/sim/chip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BYTES SIM_CHIP_MIN

static struct sim_rig_chip kind;
static struct sim_chip chip;
static uint8_t cells[BYTES];
static const struct sim_nor nor = {&kind, &chip, cells};
static uint64_t now;

static int fresh(void **state)
{
	struct sim_rig rig;

	(void)state;
	sim_rig_default(&rig);
	kind = sim_rig_add(&rig, "3", SIM_BURNER)->chip;
	memset(&chip, 0, sizeof chip);
	memset(cells, 0xA5, sizeof cells);
	now = 1000;
	return 0;
}

static enum sim_chip_event put(uint32_t address, uint8_t value)
{
	return sim_chip_write(&nor, address, value, now++);
}

static uint8_t get(uint32_t address)
{
	return sim_chip_read(&nor, address, now++);
}

static void unlock(uint32_t first, uint32_t second)
{
	put(first, 0xAA);
	put(second, 0x55);
}

static enum sim_chip_event program(uint32_t address, uint8_t value)
{
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0xA0);
	return put(address, value);
}

static enum sim_chip_event erase(uint32_t address, uint8_t command)
{
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0x80);
	unlock(0x5555, 0x2AAA);
	return put(address, command);
}

static bool identifies(uint32_t first, uint32_t second)
{
	bool yes;

	unlock(first, second);
	put(first, 0x90);
	yes = get(0) == kind.man && get(1) == kind.dev;
	put(0, 0xF0);
	return yes;
}

static void chip_says_its_id_and_returns_to_its_bytes(void **state)
{
	(void)state;
	assert_true(identifies(0x5555, 0x2AAA));
	assert_int_equal(get(0), 0xA5);
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0x90);
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0xF0); /* the long way out */
	assert_int_equal(get(1), 0xA5);
}

static void each_unlock_style_decodes_only_its_address_bits(void **state)
{
	(void)state;
	kind.unlock = SIM_UNLOCK_5555;
	assert_false(identifies(0x555, 0x2AA));
	assert_false(identifies(0xAAA, 0x555));
	kind.unlock = SIM_UNLOCK_555;
	assert_true(identifies(0x555, 0x2AA));
	assert_true(identifies(0x5555, 0x2AAA)); /* A11 and up are not looked at */
	assert_false(identifies(0xAAA, 0x555));
	kind.unlock_bits = 15; /* one that does look at them */
	assert_true(identifies(0x555, 0x2AA));
	assert_false(identifies(0x5555, 0x2AAA));
	kind.unlock_bits = 0;
	kind.unlock = SIM_UNLOCK_AAA;
	assert_true(identifies(0xAAA, 0x555));
	assert_false(identifies(0x5555, 0x2AAA));
}

static void program_pulls_bits_down_and_never_up(void **state)
{
	(void)state;
	assert_int_equal(program(0x1234, 0x3C), SIM_CHIP_PROGRAMS);
	now += kind.program_us;
	assert_int_equal(get(0x1234), 0xA5 & 0x3C);
	program(0x1234, 0xFF);
	now += kind.program_us;
	assert_int_equal(get(0x1234), 0xA5 & 0x3C);
	assert_int_equal(chip.programs, 2);
}

static void status_shows_dq7_inverted_and_dq6_toggling_until_the_program_ends(void **state)
{
	uint8_t first, second;

	(void)state;
	cells[7] = 0xFF;
	program(7, 0x80);
	first = get(7);
	second = get(7);
	assert_int_equal(first & 0x80, 0);
	assert_int_equal((first ^ second) & 0x40, 0x40);
	now += kind.program_us;
	assert_int_equal(get(7), 0x80);
	assert_int_equal(get(7), 0x80);
}

static void busy_chip_ignores_commands(void **state)
{
	(void)state;
	program(7, 0x00);
	assert_int_equal(put(0x5555, 0xAA), SIM_CHIP_IGNORES);
}

static void chip_erase_frees_every_byte_after_its_time(void **state)
{
	(void)state;
	assert_int_equal(erase(0x5555, 0x10), SIM_CHIP_ERASES);
	now += (uint64_t)kind.erase_ms * 1000 - 100;
	assert_int_equal(get(0) & 0x80, 0);
	now += 200;
	assert_int_equal(get(0), 0xFF);
	assert_true(sim_chip_is_blank(&nor, 0, BYTES));
	assert_int_equal(chip.erases, 1);
}

static void sector_erase_frees_its_sector_alone(void **state)
{
	(void)state;
	erase(0x3123, 0x30);
	now += (uint64_t)kind.erase_ms * 1000;
	assert_int_equal(get(0x2FFF), 0xA5);
	assert_int_equal(get(0x3000), 0xFF);
	assert_int_equal(get(0x3FFF), 0xFF);
	assert_int_equal(get(0x4000), 0xA5);
}

static void broken_sequence_does_nothing(void **state)
{
	(void)state;
	put(0x5555, 0xAA);
	put(0x2AAB, 0x55);
	put(0x5555, 0xA0);
	assert_int_equal(put(5, 0x00), SIM_CHIP_QUIET);
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0x80);
	assert_int_equal(put(0x5555, 0x10), SIM_CHIP_QUIET);
	now += 10000000;
	assert_int_equal(get(5), 0xA5);
}

static void power_lost_in_an_erase_leaves_a_mixture(void **state)
{
	unsigned i, freed = 0, kept = 0;

	(void)state;
	erase(0x5555, 0x10);
	now += (uint64_t)kind.erase_ms * 500;
	chip.noise = 1;
	sim_chip_power_lost(&nor, now);
	for (i = 0; i < BYTES; i++) {
		freed += cells[i] == 0xFF;
		kept += cells[i] == 0xA5;
		assert_int_equal(cells[i] & 0xA5, 0xA5); /* an erase clears no bit */
	}
	assert_in_range(freed, BYTES / 4, BYTES * 3 / 4);
	assert_true(kept > 0);
	assert_int_equal(get(0), cells[0]);
}

static void power_lost_in_a_program_leaves_the_byte_between(void **state)
{
	(void)state;
	cells[9] = 0xFF;
	program(9, 0x00);
	chip.noise = 0x12345;
	sim_chip_power_lost(&nor, now);
	assert_int_not_equal(cells[9], 0xFF);
	assert_int_not_equal(cells[9], 0x00);
}

static void protected_chip_answers_status_and_changes_nothing(void **state)
{
	(void)state;
	kind.protect_from = 0;
	kind.protect_to = BYTES - 1;
	assert_int_equal(erase(0x5555, 0x10), SIM_CHIP_QUIET);
	assert_int_equal(get(0) & 0x80, 0);
	now += 200;
	assert_int_equal(get(0), 0xA5);
	program(3, 0);
	now += 200;
	assert_int_equal(get(3), 0xA5);
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0x90);
	assert_int_equal(get(0x4002) & 1, 1); /* sector protect verify */
}

static void chip_without_an_id_shows_its_bytes(void **state)
{
	(void)state;
	kind.noid = true;
	assert_false(identifies(0x5555, 0x2AAA));
	unlock(0x5555, 0x2AAA);
	put(0x5555, 0x90);
	assert_int_equal(get(0), 0xA5);
}

static void unstable_chip_is_wrong_in_one_bit_now_and_then(void **state)
{
	unsigned i, wrong = 0;

	(void)state;
	kind.unstable = 10;
	for (i = 0; i < 1000; i++)
		wrong += get(i) != 0xA5;
	assert_int_equal(wrong, 100);
}

static void stuck_byte_never_programs_and_a_weak_one_needs_its_tries(void **state)
{
	(void)state;
	memset(cells, 0xFF, sizeof cells);
	kind.stuck_at = 0x10;
	kind.weak_at = 0x20;
	kind.weak_tries = 3;
	program(0x10, 0);
	now += kind.program_us;
	assert_int_equal(get(0x10), 0xFF);
	program(0x20, 0);
	now += kind.program_us;
	assert_int_not_equal(get(0x20), 0);
	program(0x20, 0);
	now += kind.program_us;
	assert_int_not_equal(get(0x20), 0);
	program(0x20, 0);
	now += kind.program_us;
	assert_int_equal(get(0x20), 0);
}

static void crc_is_the_one_that_everybody_uses(void **state)
{
	struct sim_rig_chip small = {.bytes = 9};
	uint8_t text[] = "123456789";
	struct sim_nor nine = {&small, &chip, text};

	(void)state;
	assert_int_equal(sim_chip_crc(&nine), 0xCBF43926u); /* the check value of CRC-32 */
}

#define TEST(name) cmocka_unit_test_setup(name, fresh)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(chip_says_its_id_and_returns_to_its_bytes),
		TEST(each_unlock_style_decodes_only_its_address_bits),
		TEST(program_pulls_bits_down_and_never_up),
		TEST(status_shows_dq7_inverted_and_dq6_toggling_until_the_program_ends),
		TEST(busy_chip_ignores_commands),
		TEST(chip_erase_frees_every_byte_after_its_time),
		TEST(sector_erase_frees_its_sector_alone),
		TEST(broken_sequence_does_nothing),
		TEST(power_lost_in_an_erase_leaves_a_mixture),
		TEST(power_lost_in_a_program_leaves_the_byte_between),
		TEST(protected_chip_answers_status_and_changes_nothing),
		TEST(chip_without_an_id_shows_its_bytes),
		TEST(unstable_chip_is_wrong_in_one_bit_now_and_then),
		TEST(stuck_byte_never_programs_and_a_weak_one_needs_its_tries),
		TEST(crc_is_the_one_that_everybody_uses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
