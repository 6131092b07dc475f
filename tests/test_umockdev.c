/* The Linux back-end on a machine of files: who hangs where, who it is, and what cannot be seen. */
#define _GNU_SOURCE /* pipe2 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/mockfive.h"

static void five_kinds_of_places_are_listed_with_place_and_digit(void **state)
{
	(void)state;
	look("--events scan");
	shows("place position=1 at=\"primary master\" state=\"absent\" unseen=");
	shows("place position=2 at=\"primary slave\" state=\"alive\" name=\"BTC DRW1008IB\" "
	      "revision=\"0055\" where=\"ata1 slave, PCI 0000:00:01.1\"\n");
	shows("place position=3 at=\"secondary master\" state=\"boot code only\" "
	      "name=\"MTK BOOT LOADER\" revision=\"BOOT\" "
	      "where=\"ata2 master, PCI 0000:00:01.1\" unseen=");
	shows("place position=4 at=\"secondary slave\" state=\"absent\"\n");
	shows("name=\"HL-DT-ST DVDRAM GH24NSC0\" revision=\"LK00\" "
	      "where=\"SATA port 3 (ata5), PCI 0000:00:1f.2\" no_digit=\"AHCI has no IDE ports");
	shows("name=\"TSSTcorp CDDVDW SE-S224Q\" revision=\"TS00\" "
	      "where=\"USB 1-4, bridge 0x152d:0x2338\" no_digit=\"A USB bridge has no IDE ports");
	shows("name=\"NEC DVD_RW ND-3540A\" revision=\"1.01\" "
	      "where=\"/dev/sr4, no place known\" no_digit=\"The kernel does not say");
}

static void prose_says_where_each_drive_hangs(void **state)
{
	(void)state;
	look("scan");
	shows("  2  primary slave    BTC DRW1008IB 0055 (alive)\n"
	      "     at     ata1 slave, PCI 0000:00:01.1\n");
	shows("     digit  AHCI has no IDE ports. In the BIOS set SATA to IDE or Compatible\n");
}

static void a_report_for_a_forum_names_them_all(void **state)
{
	(void)state;
	look("report --redact");
	shows("  2 primary slave     BTC DRW1008IB 0055 (lives)\n");
	shows("  5 SATA port 3 (ata5)  HL-DT-ST DVDRAM GH24NSC0 LK00 (lives)\n");
	shows("  7 /dev/sr4 ");
}

/* ---- who it is ---- */

static void the_name_is_the_drives_own_and_not_the_kernels_note(void **state)
{
	(void)state;
	look("--events scan");
	shows("name=\"BTC DRW1008IB\"");
	assert_null(strstr(run.text, "KERNEL NOTE"));
	for (unsigned i = 0; i < 5; i++) {
		char node[] = "/dev/sr0";

		node[7] += (char)i;
		assert_int_equal(kit_asked(node, false), 1);
		assert_int_equal(kit_asked(node, true), 0);
	}
}

static void a_drive_that_says_no_and_one_that_cannot_be_reached_are_told_apart(void **state)
{
	(void)state;
	kit_put_drive("/dev/sr0", "", KIT_SAYS_NO);
	kit_put_drive("/dev/sr2", "", KIT_BREAKS);
	kit_put_drive("/dev/sr3", "", KIT_NAMES);
	look("--events scan");
	shows("position=2 at=\"primary slave\" state=\"aborts everything\"");
	shows("state=\"no name\" where=\"SATA port 3 (ata5), PCI 0000:00:1f.2\" no_digit=");
	shows("unseen=\"The kernel could not carry the question to it");
	shows("state=\"no name\" where=\"USB 1-4, bridge 0x152d:0x2338\"");
}

/* ---- what cannot be seen ---- */

static void without_the_right_to_ask_it_says_so_and_what_the_kernel_noted(void **state)
{
	(void)state;
	kit_forbid("/dev/sr0");
	kit_weak = true;
	look("--events scan");
	kit_weak = false;
	shows("position=2 at=\"primary slave\" state=\"not asked\" where=");
	shows("unseen=\"No right to ask it: start as root. The kernel noted OLD KERNEL NOTE "
	      "0000\"");
	assert_int_equal(kit_asked("/dev/sr0", false), 0);
}

static void a_drive_without_a_node_says_which_module_makes_one(void **state)
{
	(void)state;
	kit_scsi("pci0000:00/" PIIX "/ata2", 1, 1, 5, NULL);
	look("--events scan");
	shows("position=4 at=\"secondary slave\" state=\"not asked\"");
	shows("modprobe sr_mod sg");
}

static void what_needs_ports_is_refused_with_the_reason(void **state)
{
	(void)state;
	kit_put_drive("/dev/sr1", "", KIT_SAYS_NO);
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	command("target 3\n");
	say("knock 3\n");
	answers("refused code=\"no-ports\"");
	answers("detail=\"");
	/* A question of its own for each look, and nothing else was sent to any drive. */
	for (unsigned i = 0; i < 5; i++) {
		char node[] = "/dev/sr0";

		node[7] += (char)i;
		assert_int_equal(kit_asked(node, true), 0);
	}
	end_session(2);
}

static void a_second_odrescue_is_told_that_the_drives_are_taken(void **state)
{
	static struct kit_run other;
	char args[280];

	(void)state;
	kit_put_drive("/dev/sr1", "", KIT_HANGS);
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	snprintf(args, sizeof args, "--backend linux --state %s watch 3 60", folder);
	kit_run(&other, tree(), args, -1);
	assert_true(kit_until(&other, "Watching", 0) >= 0);
	say("scan\n");
	answers("refused code=\"in-use\"");
	kill(other.pid, SIGTERM);
	kit_end(&other);
	end_session(2);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		ON_FIVE_KINDS(five_kinds_of_places_are_listed_with_place_and_digit),
		ON_FIVE_KINDS(prose_says_where_each_drive_hangs),
		ON_FIVE_KINDS(a_report_for_a_forum_names_them_all),
		ON_FIVE_KINDS(the_name_is_the_drives_own_and_not_the_kernels_note),
		ON_FIVE_KINDS(a_drive_that_says_no_and_one_that_cannot_be_reached_are_told_apart),
		ON_FIVE_KINDS(without_the_right_to_ask_it_says_so_and_what_the_kernel_noted),
		ON_FIVE_KINDS(a_drive_without_a_node_says_which_module_makes_one),
		ON_FIVE_KINDS(what_needs_ports_is_refused_with_the_reason),
		ON_FIVE_KINDS(a_second_odrescue_is_told_that_the_drives_are_taken),
	};

	(void)argc;
	begin_five(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
