/* The Linux back-end on a machine of files: drives where they hang, asked afresh, one that hangs. */
#define _GNU_SOURCE /* pipe2 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/mockkit.h"

#include <fcntl.h>

#define PIIX "0000:00:01.1"
#define AHCI "0000:00:1f.2"
#define USB "0000:00:14.0"

static struct kit_run run;
static char folder[200];

/* Primary slave, secondary master, SATA, USB, and an sr node of which sysfs says nothing else. */
static int five_kinds(void **state)
{
	(void)state;
	kit_open();
	kit_pci(PIIX, "0x010180", "ata_piix");
	kit_pci(AHCI, "0x010601", "ahci");
	kit_pci(USB, "0x0c0330", "xhci_hcd");
	kit_port(PIIX, 1, 1);
	kit_port(PIIX, 2, 2);
	kit_port(AHCI, 5, 3);
	kit_scsi("pci0000:00/" PIIX "/ata1", 0, 1, 5, "sr0");
	kit_scsi("pci0000:00/" PIIX "/ata2", 1, 0, 5, "sr1");
	kit_scsi("pci0000:00/" AHCI "/ata5", 4, 0, 5, "sr2");
	kit_add("P: /devices/pci0000:00/" USB "/usb1/1-4\nE: SUBSYSTEM=usb\n"
		"E: DEVTYPE=usb_device\nA: idVendor=152d\\n\nA: idProduct=2338\\n\n\n");
	kit_scsi("pci0000:00/" USB "/usb1/1-4/1-4:1.0", 6, 0, 5, "sr3");
	kit_add("P: /devices/virtual/block/sr4\nN: sr4\nE: SUBSYSTEM=block\nE: DEVTYPE=disk\n"
		"E: DEVNAME=/dev/sr4\nE: MAJOR=11\nE: MINOR=4\nA: dev=11:4\n\n");
	kit_put_drive("/dev/sr0", "BTC     DRW1008IB       0055", KIT_NAMES);
	kit_put_drive("/dev/sr1", "MTK     BOOT LOADER     BOOT", KIT_NAMES);
	kit_put_drive("/dev/sr2", "HL-DT-STDVDRAM GH24NSC0 LK00", KIT_NAMES);
	kit_put_drive("/dev/sr3", "TSSTcorpCDDVDW SE-S224Q TS00", KIT_NAMES);
	kit_put_drive("/dev/sr4", "NEC     DVD_RW ND-3540A 1.01", KIT_NAMES);
	return 0;
}

static int done(void **state)
{
	(void)state;
	kit_close();
	return 0;
}

static const char *tree(void)
{
	const char *san = getenv("ODR_SAN");

	return san ? san : "build/san";
}

static void look(const char *more)
{
	char args[280];

	snprintf(args, sizeof args, "--backend linux --state %s %s", folder, more);
	kit_run(&run, tree(), args, -1);
	assert_int_equal(kit_end(&run), 0);
}

static void shows(const char *text)
{
	if (!strstr(run.text, text))
		fail_msg("'%s' is not in:\n%s", text, run.text);
}

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

/* ---- a session of several commands ---- */

static int to_program; /* lines for it */
static size_t heard;

static void begin_session(const char *more)
{
	char args[280];
	int end[2];

	assert_int_equal(pipe2(end, O_CLOEXEC), 0);
	snprintf(args, sizeof args, "--backend linux --state %s %s", folder, more);
	kit_run(&run, tree(), args, end[0]);
	close(end[0]);
	to_program = end[1];
	heard = 0;
}

/* Says the line; what is shown from here on is its answer. */
static void say(const char *line)
{
	heard = run.used;
	assert_int_equal(write(to_program, line, strlen(line)), strlen(line));
	assert_true(kit_until(&run, "end code=", heard) >= 0);
}

/* Says a line that succeeds; what is shown from here on is its answer. Microseconds until its end. */
static uint64_t command(const char *line)
{
	uint64_t from = kit_now_us();

	say(line);
	assert_true(kit_until(&run, "end code=0", heard) >= 0);
	return kit_now_us() - from;
}

static void answers(const char *text)
{
	if (!strstr(run.text + heard, text))
		fail_msg("'%s' is not in:\n%s", text, run.text + heard);
}

static void end_session(int code)
{
	close(to_program);
	assert_int_equal(kit_end(&run), code);
}

/* A file that the engine takes for firmware. */
static const char *image(void)
{
	static char path[220], command[500];

	snprintf(path, sizeof path, "%s.bin", folder);
	snprintf(command, sizeof command, "%s/mkimage %s", tree(), path);
	assert_int_equal(system(command), 0);
	return path;
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

/* A living BTC writer is what the engine could write to, were there a way. */
static void nothing_is_planned_where_nothing_can_be_written(void **state)
{
	char line[300];

	(void)state;
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	kit_unplug("pci0000:00/" PIIX "/ata2", 1, 0, "sr1");
	command("target 2\n");
	snprintf(line, sizeof line, "image %s\n", image());
	command(line);
	say("-plan\n");
	answers("refused code=\"only-looks\"");
	say("-flash\n");
	answers("refused code=\"no-plan\"");
	assert_int_equal(kit_asked("/dev/sr0", true), 0);
	end_session(0);
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
	/* Rows that say nothing make room: two of four plugs are empty, three drives hang elsewhere. */
	assert_true(kit_until(&run, "+ 1 more", 0) >= 0);
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
	kit_unplug("pci0000:00/" AHCI "/ata5", 4, 0, "sr2");
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

static void a_plug_keeps_its_position_whoever_comes_and_goes(void **state)
{
	static char before[4000];

	(void)state;
	begin_session("--events");
	assert_true(kit_until(&run, "end code=0", 0) >= 0);
	command("scan\n");
	snprintf(before, sizeof before, "%s", run.text + heard);
	kit_unplug("pci0000:00/" AHCI "/ata5", 4, 0, "sr2");
	command("scan\n");
	answers("state=\"empty\"");
	/* Back on its plug, under another name of the kernel. */
	kit_put_drive("/dev/sr8", "HL-DT-STDVDRAM GH24NSC0 LK00", KIT_NAMES);
	kit_scsi("pci0000:00/" AHCI "/ata5", 4, 0, 5, "sr8");
	command("scan\n");
	assert_string_equal(before, run.text + heard);
	end_session(0);
}

#define ON_FIVE_KINDS(test) cmocka_unit_test_setup_teardown(test, five_kinds, done)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		ON_FIVE_KINDS(five_kinds_of_places_are_listed_with_place_and_digit),
		ON_FIVE_KINDS(prose_says_where_each_drive_hangs),
		ON_FIVE_KINDS(the_name_is_the_drives_own_and_not_the_kernels_note),
		ON_FIVE_KINDS(a_drive_that_says_no_and_one_that_cannot_be_reached_are_told_apart),
		ON_FIVE_KINDS(without_the_right_to_ask_it_says_so_and_what_the_kernel_noted),
		ON_FIVE_KINDS(a_drive_without_a_node_says_which_module_makes_one),
		ON_FIVE_KINDS(what_needs_ports_is_refused_with_the_reason),
		ON_FIVE_KINDS(nothing_is_planned_where_nothing_can_be_written),
		ON_FIVE_KINDS(a_second_odrescue_is_told_that_the_drives_are_taken),
		ON_FIVE_KINDS(a_drive_that_hangs_is_a_silent_row_and_holds_up_nobody),
		ON_FIVE_KINDS(a_drive_that_lets_go_is_asked_again),
		ON_FIVE_KINDS(a_drive_that_is_plugged_in_shows_on_the_page_and_goes_again),
		ON_FIVE_KINDS(a_plug_keeps_its_position_whoever_comes_and_goes),
	};
	const char *tmp = getenv("TMPDIR");

	(void)argc;
	kit_begin(argv);
	snprintf(folder, sizeof folder, "%s/state", tmp ? tmp : "/tmp");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
