/* Where drives hang, read from trees of text: made up here, in a folder that is the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/linux/forbid.h"
#include "platform/linux/look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IDE "devices/pci0000:00/0000:00:1f.1"
#define AHCI "devices/pci0000:00/0000:00:1f.2"

static char root[200];
static struct odr_sysfs seen;

/* ---- trees ---- */

/* Makes the folders of a path below root/sys. */
static void make_folders(const char *path, char full[600])
{
	snprintf(full, 600, "%s/sys/%s", root, path);
	for (char *slash = full + strlen(root) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = 0;
		mkdir(full, 0777);
		*slash = '/';
	}
}

static void put(const char *path, const char *content)
{
	char full[600];
	FILE *file;

	make_folders(path, full);
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(content, file);
	fclose(file);
}

/* from: the name of a link in a folder two deep, as those of sysfs are. */
static void link_to(const char *from, const char *path)
{
	char full[600], to[400];

	make_folders(from, full);
	snprintf(to, sizeof to, "../../%s", path);
	assert_int_equal(symlink(to, full), 0);
}

static void pci(const char *path, const char *class, bool bound)
{
	char at[400];

	snprintf(at, sizeof at, "%s/class", path);
	put(at, class);
	snprintf(at, sizeof at, "bus/pci/devices/%s", strrchr(path, '/') + 1);
	link_to(at, path);
	snprintf(at, sizeof at, "%s/driver", path);
	if (bound)
		link_to(at, "bus/pci/drivers/some");
}

static void port(unsigned ata, unsigned number)
{
	char at[100], text[20];

	snprintf(at, sizeof at, "class/ata_port/ata%u/port_no", ata);
	snprintf(text, sizeof text, "%u\n", number);
	put(at, text);
}

/* above: the path of its host */
static void scsi(const char *above, const char *address, const char *type)
{
	char path[400], at[460];
	unsigned host, channel, target, lun;

	assert_int_equal(sscanf(address, "%u:%u:%u:%u", &host, &channel, &target, &lun), 4);
	snprintf(path, sizeof path, "%s/host%u/target%u:%u:%u/%s", above, host, host, channel,
		 target, address);
	snprintf(at, sizeof at, "%s/type", path);
	put(at, type);
	snprintf(at, sizeof at, "%s/vendor", path);
	put(at, "MAKER   \n");
	snprintf(at, sizeof at, "bus/scsi/devices/%s", address);
	link_to(at, path);
}

static void ata_device(const char *pci_path, unsigned ata, unsigned number, const char *class,
		       const char *ring)
{
	char path[400], at[460];

	snprintf(path, sizeof path, "%s/ata%u/link%u/dev%u.%u/ata_device/dev%u.%u", pci_path, ata,
		 ata, ata, number, ata, number);
	snprintf(at, sizeof at, "%s/class", path);
	put(at, class);
	snprintf(at, sizeof at, "%s/ering", path);
	put(at, ring);
	snprintf(at, sizeof at, "class/ata_device/dev%u.%u", ata, number);
	link_to(at, path);
}

static int fresh_root(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(root, sizeof root, "%s/sysXXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(root) ? 0 : -1;
}

static const struct odr_sysfs_drive *at(const char *where)
{
	odr_sysfs_walk(root, &seen);
	for (unsigned i = 0; i < seen.drives; i++)
		if (!strcmp(seen.drive[i].spot.at, where))
			return &seen.drive[i];
	fail_msg("nobody is listed at %s", where);
	return NULL;
}

static unsigned digit_at(const char *where)
{
	const struct odr_sysfs_drive *drive = at(where);

	/* One of the two, always: a digit, or why there is none. */
	assert_true((drive->spot.digit != 0) != (drive->spot.no_digit[0] != 0));
	return drive->spot.digit;
}

/* ---- digits ---- */

static void all_four_plugs_of_a_legacy_controller_have_their_digit(void **state)
{
	(void)state;
	pci(IDE, "0x01018a\n", true);
	port(7, 1); /* the kernel's numbers say nothing: after a rebind they go on */
	port(8, 2);
	scsi(IDE "/ata7", "3:0:0:0", "5\n");
	scsi(IDE "/ata7", "3:0:1:0", "5\n");
	scsi(IDE "/ata8", "4:0:0:0", "5\n");
	scsi(IDE "/ata8", "4:0:1:0", "5\n");
	assert_int_equal(digit_at("ata7 master, PCI 0000:00:1f.1"), 1);
	assert_int_equal(digit_at("ata7 slave, PCI 0000:00:1f.1"), 2);
	assert_int_equal(digit_at("ata8 master, PCI 0000:00:1f.1"), 3);
	assert_int_equal(digit_at("ata8 slave, PCI 0000:00:1f.1"), 4);
}

static void native_channels_have_none(void **state)
{
	(void)state;
	pci(IDE, "0x010181\n", true); /* the primary alone */
	port(1, 1);
	port(2, 2);
	scsi(IDE "/ata1", "0:0:0:0", "5\n");
	scsi(IDE "/ata2", "1:0:0:0", "5\n");
	assert_int_equal(digit_at("ata1 master, PCI 0000:00:1f.1"), 0);
	assert_non_null(strstr(at("ata1 master, PCI 0000:00:1f.1")->spot.no_digit, "native"));
	assert_int_equal(digit_at("ata2 master, PCI 0000:00:1f.1"), 3);
}

static void the_address_counts_more_than_the_mode(void **state)
{
	(void)state;
	/* The first port sits at 170, the second in native mode somewhere else. */
	pci(IDE, "0x010185\n", true);
	put(IDE "/resource", "0x0000000000000170 0x0000000000000177 0x0000000000000110\n"
			     "0x0000000000000376 0x0000000000000376 0x0000000000000110\n"
			     "0x000000000000c000 0x000000000000c007 0x0000000000040101\n");
	port(1, 1);
	port(2, 2);
	scsi(IDE "/ata1", "0:0:1:0", "5\n");
	scsi(IDE "/ata2", "1:0:0:0", "5\n");
	assert_int_equal(digit_at("ata1 slave, PCI 0000:00:1f.1"), 4);
	assert_int_equal(digit_at("ata2 master, PCI 0000:00:1f.1"), 0);
	assert_false(seen.channel[0]);
	assert_true(seen.channel[1]);
}

static void other_controllers_and_bridges_have_none_and_say_why(void **state)
{
	(void)state;
	pci(AHCI, "0x010601\n", true);
	pci("devices/pci0000:00/0000:00:1e.0/0000:02:00.0", "0x018000\n", true);
	port(3, 1);
	port(9, 1);
	scsi(AHCI "/ata3", "2:0:0:0", "5\n");
	scsi("devices/pci0000:00/0000:00:1e.0/0000:02:00.0/ata9", "8:0:0:0", "5\n");
	put("devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1.4/idVendor", "152d\n");
	put("devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1.4/idProduct", "2338\n");
	put("devices/pci0000:00/0000:00:14.0/usb2/2-1/idVendor", "0409\n"); /* the hub */
	scsi("devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1.4/2-1.4:1.0", "6:0:0:0", "5\n");
	scsi("devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1.4/2-1.4:1.0", "6:0:0:1", "5\n");
	assert_int_equal(digit_at("SATA port 1 (ata3), PCI 0000:00:1f.2"), 0);
	assert_int_equal(digit_at("SATA port 1 (ata9), PCI 0000:02:00.0"), 0);
	assert_int_equal(digit_at("USB 2-1.4, bridge 0x152d:0x2338"), 0);
	assert_int_equal(seen.drives, 4); /* two units behind one bridge are two drives */
}

static void what_has_no_place_is_listed_all_the_same(void **state)
{
	(void)state;
	scsi("devices/platform/strange", "6:0:0:0", "5\n");
	scsi("devices/pci0000:00/0000:00:05.0/virtio1", "7:0:0:0", "5\n");
	assert_int_equal(digit_at("host 6, no place known"), 0);
	assert_int_equal(digit_at("host 7, no place known"), 0);
}

/* ---- who is listed ---- */

static void disks_are_listed_on_the_cables_alone(void **state)
{
	(void)state;
	pci(IDE, "0x010180\n", true);
	pci(AHCI, "0x010601\n", true);
	port(1, 1);
	port(3, 1);
	scsi(IDE "/ata1", "0:0:0:0", "0\n");
	scsi(AHCI "/ata3", "2:0:0:0", "0\n");
	assert_int_equal(at("ata1 master, PCI 0000:00:1f.1")->kind, ODR_SYSFS_DISK);
	assert_int_equal(seen.drives, 1);
}

static void a_drive_that_did_not_identify_shows_by_its_errors(void **state)
{
	const struct odr_sysfs_drive *drive;

	(void)state;
	pci(IDE, "0x010180\n", true);
	port(1, 1);
	port(2, 2);
	ata_device(IDE, 1, 0, "atapi\n", "");
	scsi(IDE "/ata1", "0:0:0:0", "5\n");
	ata_device(IDE, 1, 1, "none\n", "");
	ata_device(IDE, 2, 0, "none\n", "[   12.345000000]Timeout\n[   11.0]Timeout\n");
	ata_device(IDE, 2, 1, "atapi\n", "");
	drive = at("ata2 master, PCI 0000:00:1f.1");
	assert_int_equal(drive->kind, ODR_SYSFS_FAILED);
	assert_int_equal(drive->spot.digit, 3);
	assert_string_equal(drive->last_error, "Timeout");
	assert_int_equal(at("ata2 slave, PCI 0000:00:1f.1")->kind, ODR_SYSFS_LET_GO);
	/* The plug that is empty, and the drive that has a device, make no further rows. */
	assert_int_equal(seen.drives, 3);
	assert_int_equal(at("ata1 master, PCI 0000:00:1f.1")->kind, ODR_SYSFS_OPTICAL);
}

static void a_channel_without_a_driver_is_told_from_none(void **state)
{
	(void)state;
	pci(IDE, "0x010180\n", false);
	odr_sysfs_walk(root, &seen);
	assert_true(seen.channel[0] && seen.channel[1]);
	assert_false(seen.bound[0] || seen.bound[1]);
}

static void what_does_not_fit_is_counted(void **state)
{
	char address[16];

	(void)state;
	for (unsigned i = 0; i < ODR_SYSFS_DRIVES + 3; i++) {
		snprintf(address, sizeof address, "%u:0:0:0", i);
		scsi("devices/platform/strange", address, "5\n");
	}
	odr_sysfs_walk(root, &seen);
	assert_int_equal(seen.drives, ODR_SYSFS_DRIVES);
	assert_int_equal(seen.more, 3);
}

static void odd_bytes_and_missing_files_harm_nobody(void **state)
{
	(void)state;
	scsi("devices/platform/strange", "6:0:0:0", "5\n");
	put("devices/platform/strange/host6/target6:0:0/6:0:0:0/vendor", "\033[2J\"%n\377xyz\n");
	put("devices/platform/strange/host6/target6:0:0/6:0:0:0/model",
	    "a model that is much longer than sixteen characters, and longer still\n");
	link_to("bus/scsi/devices/9:0:0:0", "devices/nowhere");
	link_to("bus/scsi/devices/host6", "devices/platform/strange/host6");
	link_to("bus/pci/devices/0000:00:09.0", "devices/nowhere");
	link_to("class/ata_device/dev1.0", "devices/nowhere");
	assert_string_equal(at("host 6, no place known")->vendor, ".[2J\"%n.");
	assert_string_equal(at("host 6, no place known")->product, "a model that is");
	assert_int_equal(seen.drives, 1);
}

/* ---- places of a snapshot ---- */

static struct odr_look look;
static struct odr_snapshot snap;

static void take_look(void)
{
	odr_look_start(&look, root);
	odr_snapshot_start(&snap, "this start");
	odr_look(&look, 0, &snap); /* nobody may be asked: there are no nodes */
}

static void empty_cables_say_what_linux_does_not_see(void **state)
{
	(void)state;
	pci(IDE, "0x010180\n", true);
	port(2, 2);
	scsi(IDE "/ata2", "1:0:1:0", "5\n");
	take_look();
	assert_int_equal(snap.place[0].state, ODR_EMPTY);
	assert_int_equal(snap.place[1].state, ODR_EMPTY);
	assert_non_null(strstr(look.where[0].unseen, "rescan POSITION. "));
	assert_non_null(strstr(look.where[0].unseen, look.no_ports));
	assert_int_equal(snap.place[2].state, ODR_ABSENT);
	assert_null(strstr(look.where[2].unseen, "rescan"));
	assert_int_equal(snap.place[3].state, ODR_UNASKED);
	assert_int_equal(snap.place[4].state, ODR_NO_PORT);
}

static void a_machine_without_cables_says_so_once(void **state)
{
	(void)state;
	pci(AHCI, "0x010601\n", true);
	take_look();
	for (unsigned i = 0; i < ODR_DIGITS; i++)
		assert_int_equal(snap.place[i].state, ODR_NO_PORT);
	assert_non_null(strstr(look.where[0].unseen, "AHCI"));
	assert_string_equal(look.where[1].unseen, "");
}

static void more_drives_than_positions_are_counted(void **state)
{
	char address[16];

	(void)state;
	for (unsigned i = 0; i < ODR_POSITIONS - ODR_DIGITS + 2; i++) {
		snprintf(address, sizeof address, "%u:0:0:0", i);
		scsi("devices/platform/strange", address, "5\n");
	}
	take_look();
	assert_non_null(strstr(look.where[ODR_POSITIONS - 1].unseen, "2 more drives"));
}

static void what_forbids_ports_is_named_with_the_way_round(void **state)
{
	char why[ODR_WHY_TEXT];

	(void)state;
	put("kernel/security/lockdown", "none [integrity] confidentiality\n");
	odr_forbid_ports(root, why);
	assert_non_null(strstr(why, geteuid() ? "sudo" : "Secure Boot"));
	put("kernel/security/lockdown", "[none] integrity confidentiality\n");
	odr_forbid_ports(root, why);
	assert_null(strstr(why, "Secure Boot"));
	if (geteuid() == 0)
		assert_int_equal(seteuid(65534), 0); /* nobody */
	odr_forbid_ports(root, why);
	if (getuid() == 0)
		assert_int_equal(seteuid(0), 0);
	assert_non_null(strstr(why, "sudo"));
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup(test, fresh_root)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_FOLDER(all_four_plugs_of_a_legacy_controller_have_their_digit),
		IN_A_FOLDER(native_channels_have_none),
		IN_A_FOLDER(the_address_counts_more_than_the_mode),
		IN_A_FOLDER(other_controllers_and_bridges_have_none_and_say_why),
		IN_A_FOLDER(what_has_no_place_is_listed_all_the_same),
		IN_A_FOLDER(disks_are_listed_on_the_cables_alone),
		IN_A_FOLDER(a_drive_that_did_not_identify_shows_by_its_errors),
		IN_A_FOLDER(a_channel_without_a_driver_is_told_from_none),
		IN_A_FOLDER(what_does_not_fit_is_counted),
		IN_A_FOLDER(odd_bytes_and_missing_files_harm_nobody),
		IN_A_FOLDER(empty_cables_say_what_linux_does_not_see),
		IN_A_FOLDER(a_machine_without_cables_says_so_once),
		IN_A_FOLDER(more_drives_than_positions_are_counted),
		IN_A_FOLDER(what_forbids_ports_is_named_with_the_way_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
