/* The Linux back-end on a machine of files: drives where they hang, asked afresh, one that hangs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/mockkit.h"

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

static void look(const char *more)
{
	char args[280];

	snprintf(args, sizeof args, "--backend linux --state %s %s", folder, more);
	kit_run(&run, args, -1);
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
	shows("place position=1 at=\"primary master\" state=\"absent\"\n");
	shows("place position=2 at=\"primary slave\" state=\"alive\" name=\"BTC DRW1008IB\" "
	      "revision=\"0055\" where=\"ata1, slave, PCI 0000:00:01.1\"\n");
	shows("place position=3 at=\"secondary master\" state=\"boot code only\" "
	      "name=\"MTK BOOT LOADER\" revision=\"BOOT\" "
	      "where=\"ata2, master, PCI 0000:00:01.1\"\n");
	shows("place position=4 at=\"secondary slave\" state=\"absent\"\n");
	shows("name=\"HL-DT-ST DVDRAM GH24NSC0\" revision=\"LK00\" "
	      "where=\"ata5, SATA port 3, PCI 0000:00:1f.2\" no_digit=\"AHCI has no IDE ports");
	shows("name=\"TSSTcorp CDDVDW SE-S224Q\" revision=\"TS00\" "
	      "where=\"USB 1-4, bridge 0x152d:0x2338\" no_digit=\"a USB bridge has no IDE ports");
	shows("name=\"NEC DVD_RW ND-3540A\" revision=\"1.01\" "
	      "where=\"/dev/sr4, no place known\" no_digit=\"the kernel does not say");
}

static void prose_says_where_each_drive_hangs(void **state)
{
	(void)state;
	look("scan");
	shows("  2  primary slave    BTC DRW1008IB 0055 (alive)\n"
	      "     at     ata1, slave, PCI 0000:00:01.1\n");
	shows("     digit  AHCI has no IDE ports. In the BIOS set SATA to IDE or Compatible\n");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			five_kinds_of_places_are_listed_with_place_and_digit, five_kinds, done),
		cmocka_unit_test_setup_teardown(prose_says_where_each_drive_hangs, five_kinds,
						done),
	};
	const char *tmp = getenv("TMPDIR");

	(void)argc;
	kit_begin(argv);
	snprintf(folder, sizeof folder, "%s/state", tmp ? tmp : "/tmp");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
