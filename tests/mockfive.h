/*
 * mockfive.h - what the test_umockdev programs share: a machine with a drive of each kind of place, one
 * look at it, a session of several commands.
 */
#ifndef ODR_TESTS_MOCKFIVE_H
#define ODR_TESTS_MOCKFIVE_H

#include "tests/mockrun.h"

#include <fcntl.h>

#define PIIX "0000:00:01.1"
#define AHCI "0000:00:1f.2"
#define USB "0000:00:14.0"

static struct kit_run run;
static char folder[200];

/* Primary slave, secondary master, SATA, USB, and an sr node of which sysfs says nothing else. */
static inline int five_kinds(void **state)
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

static inline int done(void **state)
{
	(void)state;
	kit_close();
	return 0;
}

static inline const char *tree(void)
{
	const char *san = getenv("ODR_SAN");

	return san ? san : "build/san";
}

static inline void look(const char *more)
{
	char args[280];

	snprintf(args, sizeof args, "--backend linux --state %s %s", folder, more);
	kit_run(&run, tree(), args, -1);
	assert_int_equal(kit_end(&run), 0);
}

static inline void shows(const char *text)
{
	if (!strstr(run.text, text))
		fail_msg("'%s' is not in:\n%s", text, run.text);
}

/* ---- a session of several commands ---- */

static int to_program; /* lines for it */
static size_t heard;

static inline void begin_session(const char *more)
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
static inline void say(const char *line)
{
	heard = run.used;
	assert_int_equal(write(to_program, line, strlen(line)), strlen(line));
	assert_true(kit_until(&run, "end code=", heard) >= 0);
}

/* Says a line that succeeds; what is shown from here on is its answer. Microseconds until its end. */
static inline uint64_t command(const char *line)
{
	uint64_t from = kit_now_us();

	say(line);
	assert_true(kit_until(&run, "end code=0", heard) >= 0);
	return kit_now_us() - from;
}

static inline void answers(const char *text)
{
	if (!strstr(run.text + heard, text))
		fail_msg("'%s' is not in:\n%s", text, run.text + heard);
}

static inline void end_session(int code)
{
	close(to_program);
	assert_int_equal(kit_end(&run), code);
}

#define ON_FIVE_KINDS(test) cmocka_unit_test_setup_teardown(test, five_kinds, done)

/* Starts the program anew where it has to be, and says where its folder is. */
static inline void begin_five(char **argv)
{
	const char *tmp = getenv("TMPDIR");

	kit_begin(argv);
	snprintf(folder, sizeof folder, "%s/state", tmp ? tmp : "/tmp");
}

#endif
