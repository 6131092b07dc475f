/*
 * hotplug.c - from the kernel's news of a drive to its name on the page, 20 times, on a machine of files.
 *
 * The drive is plugged into a mocked USB port; the page is odrescue's own on a terminal of 80 x 24. The
 * moment of the uevent is udevadm's own stamp of the first news of the drive, its SCSI device; that of its
 * node comes a moment later. Both clocks are CLOCK_MONOTONIC. udevadm may hear of it later than odrescue
 * does; so the time from before the plug, the making of the files of sysfs included, is told as well. What the kernel itself takes before its news (usb-storage waits 1 s) is
 * not in it.
 */
#define _GNU_SOURCE

#include "tests/mockrun.h"

#include <sys/prctl.h>

enum { TIMES = 20, REST_MS = 300 };

#define USB "0000:00:14.0"
#define AT "pci0000:00/" USB "/usb1/1-4/1-4:1.0"

static struct kit_run page, monitor;

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void start_monitor(void)
{
	int end[2];

	if (pipe(end) < 0)
		kit_die("pipe", NULL);
	monitor.pid = fork();
	if (monitor.pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(end[1], STDOUT_FILENO);
		close(end[0]);
		execlp("stdbuf", "stdbuf", "-oL", "udevadm", "monitor", "--kernel", (char *)NULL);
		_exit(127);
	}
	close(end[1]);
	monitor.out = end[0];
	if (kit_until(&monitor, "the kernel uevent", 0) < 0)
		kit_die("udevadm monitor says nothing", NULL);
}

/* Its stamp of the news of this SCSI device, which it has told or will tell in a moment. */
static double stamp_of(unsigned host)
{
	char text[40];
	long at;

	snprintf(text, sizeof text, "/%u:0:0:0 (scsi)", host);
	at = kit_until(&monitor, text, 0);
	while (at > 0 && monitor.text[at] != '[')
		at--;
	if (at <= 0)
		kit_die("udevadm monitor did not hear of it", NULL);
	return strtod(monitor.text + at + 1, NULL) * 1e3;
}

/* Take what the page says for a while: then it is at rest. */
static void rest(struct kit_run *run)
{
	struct pollfd fd = {.fd = run->out, .events = POLLIN};

	while (poll(&fd, 1, REST_MS) > 0)
		if (read(run->out, run->text, sizeof run->text) <= 0)
			kit_die("the page is gone", NULL);
	run->used = 0;
	run->text[0] = 0;
}

/* Milliseconds: from the stamp, and from before the plug. */
static void plug(unsigned n, double *stamped, double *whole)
{
	char name[29], node[24];
	double from, seen;

	snprintf(name, sizeof name, "BENCH   DRIVE %02u        0055", n);
	snprintf(node, sizeof node, "/dev/sr%u", n);
	kit_put_drive(node, name, KIT_NAMES);
	from = (double)kit_now_us() / 1e3;
	kit_scsi(AT, n, 0, 5, node + 5);
	snprintf(name, sizeof name, "DRIVE %02u", n);
	if (kit_until(&page, name, 0) < 0)
		kit_die("the drive does not show on the page", NULL);
	seen = (double)kit_now_us() / 1e3;
	*stamped = seen - stamp_of(n);
	*whole = seen - from;
	kit_unplug(AT, n, 0, node + 5, true);
	rest(&page);
}

static void tell(const char *what, double ms[TIMES])
{
	qsort(ms, TIMES, sizeof ms[0], by_number);
	printf("  %-38s median %.1f ms, best %.1f, worst %.1f\n", what,
	       (ms[TIMES / 2 - 1] + ms[TIMES / 2]) / 2, ms[0], ms[TIMES - 1]);
}

int main(int argc, char **argv)
{
	double stamped[TIMES], whole[TIMES];
	char args[300], folder[] = "/tmp/odrhotXXXXXX";
	const char *tree = getenv("ODR_DEV");

	(void)argc;
	kit_begin(argv);
	kit_open();
	kit_pci(USB, "0x0c0330", "xhci_hcd");
	kit_add("P: /devices/pci0000:00/" USB "/usb1/1-4\nE: SUBSYSTEM=usb\n"
		"E: DEVTYPE=usb_device\nA: idVendor=152d\\n\nA: idProduct=2338\\n\n\n");
	start_monitor();
	if (!mkdtemp(folder))
		kit_die(folder, NULL);
	snprintf(args, sizeof args, "--backend linux --state %s", folder);
	kit_run_page(&page, tree ? tree : "build/dev", args);
	if (kit_until(&page, "q leave", 0) < 0)
		kit_die("no page", NULL);
	rest(&page);
	for (unsigned n = 0; n < TIMES; n++)
		plug(n, &stamped[n], &whole[n]);
	printf("a drive's name on the page, %d times:\n", TIMES);
	tell("from udevadm's stamp of its uevent", stamped);
	tell("from before it was plugged in", whole);
	kill(page.pid, SIGTERM);
	kit_end(&page);
	kill(monitor.pid, SIGTERM);
	kit_close();
	rmdir(folder);
	return 0;
}
