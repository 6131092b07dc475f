/* The Linux back-end on a machine of files: drives that hang, come and go, and what the kernel is told. */
#define _GNU_SOURCE /* pipe2 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/mockfive.h"

/* ---- one that hangs ---- */

static void a_drive_that_hangs_is_a_silent_row_and_holds_up_nobody(void **state)
{
	uint64_t first, second;

	(void)state;
	kit_put_drive("/dev/sr1", "", KIT_HANGS);
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	first = command("scan\n");
	answers("position=3 at=\"secondary master\" state=\"silent\"");
	answers("unseen=\"No answer within 1 s");
	answers("name=\"BTC DRW1008IB\"");
	answers("name=\"NEC DVD_RW ND-3540A\"");
	second = command("scan\n");
	answers("position=3 at=\"secondary master\" state=\"silent\"");
	/* The one question stays the only one as long as it is open. */
	assert_int_equal(kit_asked("/dev/sr1", false), 1);
	assert_int_equal(kit_asked("/dev/sr0", false), 2);
	print_message("a scan with a drive that hangs: %u ms, the next one %u ms\n",
		      (unsigned)(first / 1000), (unsigned)(second / 1000));
	assert_in_range(first, 900000, 5000000);
	/* It was waited for already. */
	assert_in_range(second, 0, 900000);
	end_session(0);
}

static void a_drive_that_lets_go_is_asked_again(void **state)
{
	(void)state;
	kit_put_drive("/dev/sr1", "", KIT_HANGS);
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	command("scan\n");
	answers("state=\"silent\"");
	kit_set_manner("/dev/sr1", KIT_NAMES, "MTK     BOOT LOADER     BOOT");
	kit_release("/dev/sr1");
	do /* its child takes a moment to hear of it */
		command("scan\n");
	while (strstr(run.text + heard, "state=\"silent\""));
	answers("position=3 at=\"secondary master\" state=\"boot code only\" name=\"MTK BOOT "
		"LOADER\"");
	assert_int_equal(kit_asked("/dev/sr1", false), 2);
	end_session(0);
}

/* ---- what comes and goes ---- */

static void begin_page(void)
{
	char args[280];

	snprintf(args, sizeof args, "--backend linux --state %s", folder);
	kit_run_page(&run, tree(), args);
	assert_true(kit_until(&run, "q leave", 0) >= 0);
	/* This page has three rows: two plugs, and the first of three drives that hang elsewhere. */
	assert_true(kit_until(&run, "SATA port 3", 0) >= 0);
	heard = run.used;
}

static void end_page(void)
{
	assert_int_equal(write(run.out, "qy", 2), 2);
	kit_end(&run);
}

static void a_drive_that_is_plugged_in_shows_on_the_page_and_goes_again(void **state)
{
	uint64_t from;
	long gone;

	(void)state;
	begin_page();
	kit_unplug("pci0000:00/" AHCI "/ata5", 4, 0, "sr2", true);
	gone = kit_until(&run, "USB 1-4  TSSTcorp", heard);
	assert_true(gone >= 0);
	kit_put_drive("/dev/sr7", "PLUGGED IN LATER        0055", KIT_NAMES);
	kit_scsi("pci0000:00/" PIIX "/ata1", 0, 0, 5, "sr7");
	from = kit_now_us();
	assert_true(kit_until(&run, "PLUGGED IN LATER", (size_t)gone) >= 0);
	/* The kernel's news rests: not after the 3 s that a cable is given. (bench/hotplug.c measures.) */
	assert_in_range(kit_now_us() - from, 0, 2500000);
	end_page();
}

static void what_makes_no_news_is_seen_by_the_slow_look(void **state)
{
	uint64_t from;

	(void)state;
	begin_page();
	kit_unplug("pci0000:00/" AHCI "/ata5", 4, 0, "sr2", false);
	from = kit_now_us();
	assert_true(kit_until(&run, "USB 1-4  TSSTcorp", heard) >= 0);
	print_message("seen after %u ms\n", (unsigned)((kit_now_us() - from) / 1000));
	end_page();
}

static void a_plug_keeps_its_position_whoever_comes_and_goes(void **state)
{
	static char before[4000];

	(void)state;
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	command("scan\n");
	snprintf(before, sizeof before, "%s", run.text + heard);
	kit_unplug("pci0000:00/" AHCI "/ata5", 4, 0, "sr2", true);
	command("scan\n");
	answers("state=\"empty\"");
	/* Back on its plug, under another name of the kernel. */
	kit_put_drive("/dev/sr8", "HL-DT-STDVDRAM GH24NSC0 LK00", KIT_NAMES);
	kit_scsi("pci0000:00/" AHCI "/ata5", 4, 0, 5, "sr8");
	command("scan\n");
	assert_string_equal(before, run.text + heard);
	end_session(0);
}

/* ---- telling the kernel ---- */

#define SCAN_OF(host) "class/scsi_host/" host "/scan"

static void rescan_has_the_one_cable_looked_at_unless_a_disk_hangs_there(void **state)
{
	(void)state;
	kit_host("pci0000:00/" PIIX "/ata1", 0);
	kit_host("pci0000:00/" PIIX "/ata2", 1);
	kit_host("pci0000:00/" AHCI "/ata5", 4);
	kit_scsi("pci0000:00/" PIIX "/ata1", 0, 0, 0, NULL);
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	say("-rescan 2\n");
	answers("a hard disk hangs on this cable");
	say("-rescan 5\n");
	answers("shows by itself");
	assert_string_equal(kit_read(SCAN_OF("host0")), "");
	command("rescan secondary slave\n");
	answers("place position=3");
	assert_string_equal(kit_read(SCAN_OF("host1")), "- - -");
	assert_string_equal(kit_read(SCAN_OF("host0")), "");
	assert_string_equal(kit_read(SCAN_OF("host4")), "");
	end_session(0);
}

static void detach_lets_go_of_one_drive_and_never_of_a_disk(void **state)
{
	(void)state;
	kit_scsi("pci0000:00/" PIIX "/ata2", 1, 1, 0, NULL);
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	command("scan\n");
	say("-detach 1\n");
	answers("the kernel has no drive there");
	say("-detach 4\n");
	answers("that is no optical drive");
	say("-detach 13\n");
	answers("refused code=\"line\"");
	command("detach 3\n");
	assert_string_equal(kit_read("bus/scsi/devices/1:0:0:0/delete"), "1");
	assert_string_equal(kit_read("bus/scsi/devices/0:0:1:0/delete"), "");
	assert_string_equal(kit_read("bus/scsi/devices/1:0:1:0/delete"), "");
	end_session(0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		ON_FIVE_KINDS(a_drive_that_hangs_is_a_silent_row_and_holds_up_nobody),
		ON_FIVE_KINDS(a_drive_that_lets_go_is_asked_again),
		ON_FIVE_KINDS(a_drive_that_is_plugged_in_shows_on_the_page_and_goes_again),
		ON_FIVE_KINDS(what_makes_no_news_is_seen_by_the_slow_look),
		ON_FIVE_KINDS(a_plug_keeps_its_position_whoever_comes_and_goes),
		ON_FIVE_KINDS(rescan_has_the_one_cable_looked_at_unless_a_disk_hangs_there),
		ON_FIVE_KINDS(detach_lets_go_of_one_drive_and_never_of_a_disk),
	};

	(void)argc;
	begin_five(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
