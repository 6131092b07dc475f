#include "platform/linux/sysfs.h"

#include "platform/ide_name.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILE_PATH = ODR_SYS_PATH + 120,

	/* SCSI peripheral types, as the file `type` shows them */
	TYPE_DISK = 0,
	TYPE_OPTICAL = 5,
};

struct walk {
	const char *root;
	struct odr_sysfs *out;
};

static void each_entry(const struct walk *w, const char *folder,
		       void (*each)(const struct walk *w, const char *folder, const char *name))
{
	char path[FILE_PATH];
	const struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof path, "%s/sys/%s", w->root, folder);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			each(w, folder, entry->d_name);
	if (dir)
		closedir(dir);
}

/* The name of the first entry of a folder; "" where it has none. */
static void first_entry(const struct walk *w, const char *path, const char *below, char *out,
			size_t cap)
{
	char folder[FILE_PATH];
	const struct dirent *entry;
	DIR *dir;

	out[0] = 0;
	snprintf(folder, sizeof folder, "%s/sys/%s/%s", w->root, path, below);
	dir = opendir(folder);
	while (dir && !out[0] && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.' && strlen(entry->d_name) < cap)
			strcpy(out, entry->d_name);
	if (dir)
		closedir(dir);
}

/* Room for one more drive at this spot; NULL: none is left, or it is listed already. */
static struct odr_sysfs_drive *add(const struct walk *w, const struct odr_spot *spot,
				   enum odr_sysfs_kind kind)
{
	struct odr_sysfs *out = w->out;
	struct odr_sysfs_drive *drive;

	for (unsigned i = 0; i < out->drives; i++)
		if (!strcmp(out->drive[i].spot.key, spot->key))
			return NULL;
	if (out->drives == ODR_SYSFS_DRIVES) {
		out->more++;
		return NULL;
	}
	drive = &out->drive[out->drives++];
	memset(drive, 0, sizeof *drive);
	drive->kind = kind;
	drive->spot = *spot;
	return drive;
}

/* ---- SCSI devices --------------------------------------------------------------------------- */

static void remembered(const struct walk *w, const char *path, const char *name, char *to,
		       unsigned count)
{
	char text[40];

	odr_sys_line(w->root, path, name, text, sizeof text);
	odr_copy_name(to, (const uint8_t *)text, (unsigned)strnlen(text, count));
}

static void find_nodes(const struct walk *w, const char *path, struct odr_sysfs_drive *drive)
{
	static const struct {
		const char *below, *folder;
	} kinds[ODR_SYSFS_NODES] = {{"block", ""}, {"scsi_generic", ""}, {"bsg", "bsg/"}};
	char name[ODR_SYSFS_NODE - 10];

	for (unsigned i = 0; i < ODR_SYSFS_NODES; i++) {
		first_entry(w, path, kinds[i].below, name, sizeof name);
		if (name[0])
			snprintf(drive->node[i], sizeof drive->node[i], "/dev/%s%s",
				 kinds[i].folder, name);
	}
}

static void take_scsi(const struct walk *w, const char *folder, const char *name)
{
	unsigned host, channel, target, lun;
	char path[ODR_SYS_PATH], type[8];
	struct odr_sysfs_drive *drive;
	enum odr_sysfs_kind kind;
	struct odr_spot spot;
	int end = 0;

	if (sscanf(name, "%u:%u:%u:%u%n", &host, &channel, &target, &lun, &end) != 4 || name[end] ||
	    !odr_sys_link(w->root, folder, name, path) ||
	    !odr_sys_line(w->root, path, "type", type, sizeof type))
		return;
	kind = atoi(type) == TYPE_OPTICAL ? ODR_SYSFS_OPTICAL
	       : atoi(type) == TYPE_DISK  ? ODR_SYSFS_DISK
					  : ODR_SYSFS_STRANGE;
	odr_spot_of(w->root, path, target, lun, &spot);
	if (kind != ODR_SYSFS_OPTICAL && !spot.digit)
		return; /* a disk that no rescue can meet */
	drive = add(w, &spot, kind);
	if (!drive)
		return;
	snprintf(drive->address, sizeof drive->address, "%.23s", name);
	find_nodes(w, path, drive);
	remembered(w, path, "vendor", drive->vendor, 8);
	remembered(w, path, "model", drive->product, 16);
	remembered(w, path, "rev", drive->revision, 4);
}

/* The host of a legacy channel, which is there without any drive, too. */
static void take_host(const struct walk *w, const char *folder, const char *name)
{
	char path[ODR_SYS_PATH];
	struct odr_spot spot;

	if (!odr_sys_link(w->root, folder, name, path))
		return;
	odr_spot_of(w->root, path, 0, 0, &spot);
	if (spot.digit)
		snprintf(w->out->host[odr_position_channel(spot.digit)], sizeof w->out->host[0],
			 "%.15s", name);
}

/* ---- nodes without a device, ATA ports without a drive ---------------------------------------- */

/* An sr node of which sysfs tells nothing else (a container, another transport). */
static void take_bare(const struct walk *w, const char *folder, const char *name)
{
	char path[ODR_SYS_PATH], device[ODR_SYS_PATH];
	struct odr_sysfs_drive *drive;
	struct odr_spot spot;
	unsigned number;

	if (sscanf(name, "sr%u", &number) != 1 || !odr_sys_link(w->root, folder, name, path) ||
	    odr_sys_link(w->root, path, "device", device))
		return;
	odr_spot_of(w->root, path, 0, 0, &spot);
	snprintf(spot.key, sizeof spot.key, "sr%u", number);
	snprintf(spot.at, sizeof spot.at, "/dev/sr%u, no place known", number);
	drive = add(w, &spot, ODR_SYSFS_OPTICAL);
	if (drive)
		snprintf(drive->node[0], sizeof drive->node[0], "/dev/sr%u", number);
}

/*
 * devPORT.NUMBER, one for each plug of each ATA port. Its class says what the kernel made of what is
 * there: none or unknown where it made nothing. Whether there is nothing, or a drive that did not
 * identify, only the error ring tells: an empty plug makes no errors.
 */
static void take_ata(const struct walk *w, const char *folder, const char *name)
{
	char path[ODR_SYS_PATH], class[16], ring[80];
	struct odr_sysfs_drive *drive;
	struct odr_spot spot;
	enum odr_sysfs_kind kind;
	unsigned port, number;
	int end = 0;

	if (sscanf(name, "dev%u.%u%n", &port, &number, &end) != 2 || name[end] ||
	    !odr_sys_link(w->root, folder, name, path))
		return;
	odr_sys_line(w->root, path, "class", class, sizeof class);
	odr_sys_line(w->root, path, "ering", ring, sizeof ring);
	odr_spot_of(w->root, path, number, 0, &spot);
	kind = !strcmp(class, "atapi") ? ODR_SYSFS_LET_GO
	       : !strcmp(class, "ata") ? ODR_SYSFS_DISK
				       : ODR_SYSFS_FAILED;
	if ((kind == ODR_SYSFS_FAILED && !ring[0]) || (kind == ODR_SYSFS_DISK && !spot.digit))
		return;
	drive = add(w, &spot, kind);
	if (drive)
		snprintf(drive->last_error, sizeof drive->last_error, "%.39s",
			 ring + (strchr(ring, ']') ? strcspn(ring, "]") + 1 : 0));
}

/* ---- the two legacy channels ---------------------------------------------------------------- */

static void take_pci(const struct walk *w, const char *folder, const char *name)
{
	char path[ODR_SYS_PATH], driver[ODR_SYS_PATH];

	if (!odr_sys_link(w->root, folder, name, path))
		return;
	for (unsigned c = 0; c < 2; c++) {
		if (!odr_spot_port_of(w->root, path, c))
			continue;
		w->out->channel[c] = true;
		w->out->bound[c] = odr_sys_link(w->root, path, "driver", driver);
	}
}

void odr_sysfs_walk(const char *root, struct odr_sysfs *out)
{
	const struct walk w = {root, out};

	memset(out, 0, sizeof *out);
	each_entry(&w, "bus/pci/devices", take_pci);
	each_entry(&w, "class/scsi_host", take_host);
	each_entry(&w, "bus/scsi/devices", take_scsi);
	each_entry(&w, "class/block", take_bare);
	each_entry(&w, "class/ata_device", take_ata);
}
