/* What no documented sequence has, one access each: every rule must be able to go red. */
#include "simkit.h"

#define OPTICAL "[3]\ntype = cdrom\n"
#define DISK "[3]\ntype = disk\n"
#define VENDOR "[3]\ntype = burner\ncontent = rom\nrow = vendor\n"
#define DRQ "[3]\ntype = cdrom\nrow = drq_stuck\n"

/* A few writes to registers, ended by 0: register in the high byte; control is register 8. */
#define W(reg, value) ((reg) << 8 | (value))
#define LOOK 0x900 /* read the status */

static void play(const unsigned *steps)
{
	for (; *steps; steps++) {
		if (*steps == LOOK)
			in(7);
		else if (*steps >> 8 == 8)
			control((uint8_t)*steps);
		else
			out(*steps >> 8, (uint8_t)*steps);
	}
}

static const struct {
	const char *rig;
	unsigned steps[8];
	const char *wrong;
} rules[] = {
	{OPTICAL, {W(6, 0x40)}, "device register 40"},
	{OPTICAL, {W(6, 0xE0)}, "device register E0"},
	{OPTICAL, {W(6, 0xA1)}, "device register A1 outside vendor mode"},
	{OPTICAL, {W(1, 0x01)}, "features 01"},
	{OPTICAL, {W(2, 0x10)}, "sector count 10"},
	{OPTICAL, {W(3, 0x99)}, "LBA low 99"},
	{OPTICAL, {W(8, 0x80)}, "device control 80"},
	{OPTICAL, {W(7, 0x81)}, "81h outside the outro"},
	{OPTICAL, {W(7, 0x01)}, "command 01 outside vendor mode"},
	{OPTICAL, {W(7, 0xEE)}, "command EE"},
	{OPTICAL, {W(7, 0xA1), W(7, 0xA1)}, "command A1 while BSY"},
	{DRQ, {W(6, 0xA0), LOOK, W(7, 0xEC)}, "command EC while DRQ"},
	{DISK, {W(6, 0xA0), W(7, 0x08)}, "DEVICE RESET to a disk"},
	{DISK, {W(6, 0xA0), W(1, 0), W(4, 0), W(5, 8), W(7, 0xA0)}, "PACKET to a disk"},
	{DISK, {W(8, 0x0C)}, "SRST with a disk"},
	{VENDOR, {W(6, 0xA0), LOOK, W(7, 0xA1)}, "command A1 in vendor mode"},
	{VENDOR, {W(6, 0xA0), LOOK, W(2, 0x55)}, "sector count 55"},
	{VENDOR, {W(6, 0xA0), LOOK, W(7, 0x01)}, "other writes than its cycle"},
	{VENDOR, {W(6, 0xA0), LOOK, W(7, 0x08)}, "without 81h"},
	{VENDOR, {W(8, 0x0C)}, "SRST in vendor mode"},
	{VENDOR,
	 {W(6, 0xA0), LOOK, W(7, 0x81), W(6, 0xA0), W(7, 0x08), W(6, 0xA0)},
	 "register 6 written less than 1.85 s after the outro"},
};

static void each_rule_tells_its_own_access_and_no_other(void **state)
{
	unsigned i;

	for (i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		kit_open(rules[i].rig);
		kit_wait_ms(2000);
		kit_select(3);
		play(rules[i].steps);
		if (kit_wrongs(rules[i].wrong) != 1 || kit_wrongs("") != 1)
			fail_msg("not told once and alone: %s", rules[i].wrong);
		kit_teardown(state);
	}
}

/* protocols.md 5.4, 5.8 and 2.4: what a detector may do, and an outro. */
static void documented_accesses_are_not_wrong(void **state)
{
	static const unsigned detect[] = {
		W(8, 0x0A), W(6, 0xA0), LOOK,	    W(2, 0x55), W(3, 0xAA), W(2, 0xAA), W(3, 0x55),
		W(6, 0xB0), LOOK,	W(7, 0xEC), W(6, 0xA0), W(7, 0x08), W(8, 0x08), 0};
	static const unsigned outro[] = {W(6, 0xA0), LOOK, W(7, 0x81), W(6, 0xA0),
					 W(7, 0x08), LOOK, 0};
	static const unsigned after[] = {W(6, 0xA0), LOOK, 0};

	(void)state;
	kit_open(OPTICAL);
	kit_select(3);
	play(detect);
	assert_int_equal(kit_wrongs(""), 0);
	kit_teardown(state);
	kit_open(VENDOR);
	kit_wait_ms(2000);
	kit_select(3);
	play(outro);
	kit_wait_ms(1850);
	play(after);
	assert_int_equal(kit_wrongs(""), 0);
	kit_teardown(state);
}

static void wrong_lines_say_when_where_and_which_paragraph(void **state)
{
	char line[256];
	FILE *f;

	kit_open(OPTICAL);
	kit_select(3);
	out(7, 0xEE);
	f = kit_file("wrong.txt");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	fclose(f);
	assert_string_equal(line, "15.000001 s secondary: command EE (protocols.md 10 rule 9)\n");
	kit_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_tells_its_own_access_and_no_other),
		cmocka_unit_test(documented_accesses_are_not_wrong),
		cmocka_unit_test(wrong_lines_say_when_where_and_which_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
