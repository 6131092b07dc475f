/*
 * mockkit.h - a Linux machine of files: umockdev shows a sysfs, device nodes and uevents that a test
 * makes up, libudev and libsgutils2 are the real ones, and a drive answers SG_IO here.
 *
 * A program starts itself anew under the preloaded library with kit_begin(), at the start of main().
 * The drives' answers come from a thread of their own. Include behind cmocka.h, or without it.
 */
#ifndef ODR_TESTS_MOCKKIT_H
#define ODR_TESTS_MOCKKIT_H

#include <errno.h>
#include <pthread.h>
#include <scsi/sg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <umockdev.h>
#include <unistd.h>

enum { KIT_NODES = 32 };

/* How the drive behind a node answers INQUIRY. */
enum kit_manner {
	KIT_NAMES, /* with its name */
	KIT_HANGS, /* not at all, until kit_release() */
	KIT_SAYS_NO,
	KIT_BREAKS, /* the transport fails */
};

struct kit_drive {
	char node[24]; /* "/dev/sr0" */
	char name[29]; /* INQUIRY bytes 8 to 35 */
	enum kit_manner manner;
	unsigned asked; /* commands that came: INQUIRY */
	unsigned other; /* and anything else that goes to a drive */
	UMockdevIoctlClient *waits;
};

static UMockdevTestbed *kit_bed;
static UMockdevIoctlBase *kit_handler;
static struct kit_drive kit_drive[KIT_NODES];
static unsigned kit_drives;
static pthread_mutex_t kit_mutex = PTHREAD_MUTEX_INITIALIZER;

static inline _Noreturn void kit_die(const char *what, const GError *e)
{
	printf("Bail out! mockkit: %s: %s\n", what, e ? e->message : strerror(errno));
	fflush(stdout);
	_exit(99);
}

/* ---- the preloaded library ---- */

static inline void kit_begin(char **argv)
{
	static const char library[] = "libumockdev-preload.so.0";
	const char *preload = getenv("LD_PRELOAD");

	if (preload && strstr(preload, library))
		return;
	setenv("LD_PRELOAD", library, 1);
	/* The sanitizer wants to be first; it works behind this library as well. */
	setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
	execv("/proc/self/exe", argv);
	kit_die("it does not start", NULL);
}

/* ---- the drives ---- */

static inline struct kit_drive *kit_find(const char *node)
{
	for (unsigned i = 0; i < kit_drives; i++)
		if (!strcmp(kit_drive[i].node, node))
			return &kit_drive[i];
	return NULL;
}

static inline void kit_answer(UMockdevIoctlClient *client, const struct kit_drive *drive,
			      UMockdevIoctlData *head, enum kit_manner manner)
{
	sg_io_hdr_t io;
	uint8_t bytes[36] = {5, 0x80, 0, 0x21, 31}, sense[18] = {0x70, 0, 5, [7] = 10, [12] = 0x20};
	UMockdevIoctlData *to;

	memcpy(&io, head->data, sizeof io);
	memcpy(bytes + 8, drive->name, 28);
	io.resid = 0;
	io.status = io.masked_status = 0;
	io.host_status = io.driver_status = 0;
	io.sb_len_wr = 0;
	if (manner == KIT_NAMES) {
		unsigned len = io.dxfer_len < sizeof bytes ? io.dxfer_len : sizeof bytes;

		to = umockdev_ioctl_data_resolve(head, offsetof(sg_io_hdr_t, dxferp), io.dxfer_len,
						 NULL);
		umockdev_ioctl_data_update(to, 0, bytes, (gint)len);
		umockdev_ioctl_data_unref(to);
		io.resid = (int)(io.dxfer_len - len);
	} else if (manner == KIT_SAYS_NO) {
		to = umockdev_ioctl_data_resolve(head, offsetof(sg_io_hdr_t, sbp), io.mx_sb_len,
						 NULL);
		umockdev_ioctl_data_update(to, 0, sense, sizeof sense);
		umockdev_ioctl_data_unref(to);
		io.status = 2;
		io.masked_status = 1;
		io.driver_status = 8;
		io.sb_len_wr = sizeof sense;
	} else {
		io.host_status = 7; /* DID_ERROR */
	}
	io.info = manner == KIT_NAMES ? 0 : 1;
	umockdev_ioctl_data_update(head, 0, (guint8 *)&io, sizeof io);
	umockdev_ioctl_client_complete(client, 0, 0);
}

static inline void kit_sg_io(UMockdevIoctlClient *client, UMockdevIoctlData *arg)
{
	UMockdevIoctlData *head = umockdev_ioctl_data_resolve(arg, 0, sizeof(sg_io_hdr_t), NULL);
	const sg_io_hdr_t *io = (const void *)head->data;
	UMockdevIoctlData *cdb =
		umockdev_ioctl_data_resolve(head, offsetof(sg_io_hdr_t, cmdp), io->cmd_len, NULL);
	struct kit_drive *drive = kit_find(umockdev_ioctl_client_get_devnode(client));

	if (!drive)
		kit_die("a command to a node that no drive has", NULL);
	if (cdb->data[0] == 0x12)
		drive->asked++;
	else
		drive->other++;
	if (drive->manner == KIT_HANGS)
		drive->waits = g_object_ref(client);
	else
		kit_answer(client, drive, head, drive->manner);
	umockdev_ioctl_data_unref(cdb);
	umockdev_ioctl_data_unref(head);
}

static inline gboolean kit_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer ctx)
{
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(client);

	(void)base;
	(void)ctx;
	pthread_mutex_lock(&kit_mutex);
	if (umockdev_ioctl_client_get_request(client) == SG_IO)
		kit_sg_io(client, arg);
	else
		umockdev_ioctl_client_complete(client, -1, ENOTTY);
	pthread_mutex_unlock(&kit_mutex);
	return TRUE;
}

/* A drive that hung lets go, with an error: as the kernel does after its own time. */
static inline void kit_release(const char *node)
{
	struct kit_drive *drive;

	pthread_mutex_lock(&kit_mutex);
	drive = kit_find(node);
	if (drive && drive->waits) {
		umockdev_ioctl_client_complete(drive->waits, -1, EIO);
		g_object_unref(drive->waits);
		drive->waits = NULL;
	}
	pthread_mutex_unlock(&kit_mutex);
}

static inline unsigned kit_asked(const char *node, bool other)
{
	struct kit_drive *drive;
	unsigned n;

	pthread_mutex_lock(&kit_mutex);
	drive = kit_find(node);
	n = drive ? (other ? drive->other : drive->asked) : 0;
	pthread_mutex_unlock(&kit_mutex);
	return n;
}

static inline void kit_set_manner(const char *node, enum kit_manner manner, const char *name)
{
	struct kit_drive *drive;

	pthread_mutex_lock(&kit_mutex);
	drive = kit_find(node);
	if (!drive) {
		drive = &kit_drive[kit_drives++];
		memset(drive, 0, sizeof *drive);
	}
	snprintf(drive->node, sizeof drive->node, "%s", node);
	snprintf(drive->name, sizeof drive->name, "%-28s", name);
	drive->manner = manner;
	pthread_mutex_unlock(&kit_mutex);
}

/* name: the 28 characters of vendor, product and revision. Before the node is there, or anew. */
static inline void kit_put_drive(const char *node, const char *name, enum kit_manner manner)
{
	GError *e = NULL;
	bool known = kit_find(node) != NULL;

	kit_set_manner(node, manner, name);
	if (known)
		return;
	if (!umockdev_testbed_attach_ioctl(kit_bed, node, kit_handler, &e))
		kit_die(node, e);
}

/* ---- the machine ---- */

static inline void *kit_turn(void *loop)
{
	g_main_loop_run(loop);
	return NULL;
}

static inline void kit_open(void)
{
	static pthread_t thread;

	kit_bed = umockdev_testbed_new();
	kit_drives = 0;
	if (kit_handler)
		return;
	kit_handler = umockdev_ioctl_base_new();
	g_signal_connect(kit_handler, "handle-ioctl", G_CALLBACK(kit_ioctl), NULL);
	if (pthread_create(&thread, NULL, kit_turn, g_main_loop_new(NULL, FALSE)))
		kit_die("no thread", NULL);
}

static inline void kit_close(void)
{
	for (unsigned i = 0; i < kit_drives; i++)
		kit_release(kit_drive[i].node);
	g_object_unref(kit_bed);
	kit_bed = NULL;
}

/* Devices in umockdev's own form; each makes an "add" uevent. */
static inline void kit_add(const char *devices)
{
	GError *e = NULL;

	if (!umockdev_testbed_add_from_string(kit_bed, devices, &e))
		kit_die("add_from_string", e);
}

/* A PCI function. class: as its file says. driver: NULL none. */
static inline void kit_pci(const char *pci, const char *class, const char *driver)
{
	char text[400], link[100] = "";

	if (driver)
		snprintf(link, sizeof link, "L: driver=../../../bus/pci/drivers/%s\n", driver);
	snprintf(text, sizeof text,
		 "P: /devices/pci0000:00/%s\nE: SUBSYSTEM=pci\nA: class=%s\\n\n%s\n", pci, class,
		 link);
	kit_add(text);
}

/* An ATA port: `ata` is the kernel's number, `port` the one on its controller. */
static inline void kit_port(const char *pci, unsigned ata, unsigned port)
{
	char text[400];

	snprintf(text, sizeof text,
		 "P: /devices/pci0000:00/%s/ata%u/ata_port/ata%u\nE: SUBSYSTEM=ata_port\n"
		 "A: port_no=%u\\n\n\n",
		 pci, ata, ata, port);
	kit_add(text);
}

/* The host of an ATA port, with the file through which it is told to look for drives. */
static inline void kit_host(const char *above, unsigned host)
{
	char text[400];

	snprintf(text, sizeof text,
		 "P: /devices/%s/host%u/scsi_host/host%u\nE: SUBSYSTEM=scsi_host\nA: scan=\n\n",
		 above, host, host);
	kit_add(text);
}

/* What stands in a file of /sys now. */
static inline const char *kit_read(const char *name)
{
	static char text[64];
	char path[400];
	gchar *sys = umockdev_testbed_get_sys_dir(kit_bed);
	FILE *file;
	size_t got = 0;

	snprintf(path, sizeof path, "%s/%s", sys, name);
	g_free(sys);
	file = fopen(path, "r");
	if (file) {
		got = fread(text, 1, sizeof text - 1, file);
		fclose(file);
	}
	text[got] = 0;
	return file ? text : "no such file";
}

/* A SCSI device H:0:T:0 below a folder of /devices, with its node when sr is not NULL. */
static inline void kit_scsi(const char *above, unsigned host, unsigned target, unsigned type,
			    const char *sr)
{
	static unsigned minor;
	char text[1600], at[300];

	snprintf(at, sizeof at, "/devices/%s/host%u/target%u:0:%u/%u:0:%u:0", above, host, host,
		 target, host, target);
	snprintf(text, sizeof text,
		 "P: %s\nE: SUBSYSTEM=scsi\nE: DEVTYPE=scsi_device\nA: type=%u\\n\nA: vendor=OLD   "
		 "  \\n\n"
		 "A: model=KERNEL NOTE     \\n\nA: rev=0000\\n\nA: delete=\n\n",
		 at, type);
	kit_add(text);
	if (!sr)
		return;
	snprintf(text, sizeof text,
		 "P: %s/block/%s\nN: %s\nE: SUBSYSTEM=block\nE: DEVTYPE=disk\nE: DEVNAME=/dev/%s\n"
		 "E: MAJOR=11\nE: MINOR=%u\nA: dev=11:%u\nL: device=../../../%u:0:%u:0\n\n",
		 at, sr, sr, sr, minor, minor, host, target);
	minor++;
	kit_add(text);
}

/* What kit_scsi() has added is gone again. news: the kernel tells it. */
static inline void kit_unplug(const char *above, unsigned host, unsigned target, const char *sr,
			      bool news)
{
	char path[300];
	size_t device;

	snprintf(path, sizeof path, "/sys/devices/%s/host%u/target%u:0:%u/%u:0:%u:0", above, host,
		 host, target, host, target);
	device = strlen(path);
	snprintf(path + device, sizeof path - device, "/block/%s", sr);
	if (news)
		umockdev_testbed_uevent(kit_bed, path, "remove");
	umockdev_testbed_remove_device(kit_bed, path);
	path[device] = 0;
	if (news)
		umockdev_testbed_uevent(kit_bed, path, "remove");
	umockdev_testbed_remove_device(kit_bed, path);
}

/* Nobody may open this node who has no right to pass over the rights of files. */
static inline void kit_forbid(const char *node)
{
	gchar *root = umockdev_testbed_get_root_dir(kit_bed);
	char path[300];

	snprintf(path, sizeof path, "%s%s", root, node);
	if (chmod(path, 0))
		kit_die(path, NULL);
	g_free(root);
}

#endif
