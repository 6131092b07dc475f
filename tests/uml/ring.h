/*
 * ring.h - the kernel's end of umldrive: a TCM-User device made through configfs, its ring of commands
 * mapped, plugged into the kernel's SCSI stack by tcm_loop and pulled out again. Knows no drive.
 */
#ifndef ODR_TEST_RING_H
#define ODR_TEST_RING_H

#include <errno.h>
#include <fcntl.h>
#include <linux/target_core_user.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG "/sys/kernel/config/target"

struct ring {
	const char *name;	     /* one letter */
	char core[100], target[100]; /* folders of configfs */
	int uio;
	struct tcmu_mailbox *box;
};

static inline void die(const char *what)
{
	fprintf(stderr, "umldrive: %s: %s\n", what, strerror(errno));
	exit(1);
}

static inline void put(const char *folder, const char *file, const char *text)
{
	char path[200];
	int fd;

	snprintf(path, sizeof path, "%s/%s", folder, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

static inline void make(const char *folder)
{
	if (mkdir(folder, 0755) < 0 && errno != EEXIST)
		die(folder);
}

static inline bool is_mine(unsigned i, const struct ring *r)
{
	char path[64], name[64] = "", mine[32];
	FILE *file;
	bool is;

	snprintf(path, sizeof path, "/sys/class/uio/uio%u/name", i);
	snprintf(mine, sizeof mine, "tcm-user/0/%s/", r->name);
	file = fopen(path, "re");
	if (!file)
		return false;
	is = fgets(name, sizeof name, file) && !strncmp(name, mine, strlen(mine));
	fclose(file);
	return is;
}

static inline void open_ring(struct ring *r)
{
	char path[64];
	unsigned i = 0;
	unsigned long bytes = 0;
	FILE *file;

	while (i < 16 && !is_mine(i, r))
		i++;
	snprintf(path, sizeof path, "/sys/class/uio/uio%u/maps/map0/size", i);
	file = fopen(path, "re");
	if (!file || fscanf(file, "%lx", &bytes) != 1)
		die(path);
	fclose(file);
	snprintf(path, sizeof path, "/dev/uio%u", i);
	r->uio = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (r->uio < 0)
		die(path);
	r->box = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, r->uio, 0);
	if (r->box == MAP_FAILED)
		die("ring");
}

static inline void make_core(struct ring *r)
{
	snprintf(r->core, sizeof r->core, CONFIG "/core/user_0/%s", r->name);
	snprintf(r->target, sizeof r->target, CONFIG "/loopback/naa.500140500000000%s", r->name);
	make(CONFIG "/core/user_0");
	make(r->core);
	/* nl_reply_supported=-1: nobody has to answer on netlink. */
	put(r->core, "control",
	    "dev_size=1048576,dev_config=odr/x,hw_block_size=2048,nl_reply_supported=-1");
	put(r->core, "enable", "1");
	put(r->core, "attrib/cmd_time_out", "600"); /* settable before the link only */
}

/* In a child: linking makes the kernel ask the drive at once, and it has to be served meanwhile. */
static inline void plug(struct ring *r)
{
	char path[200];

	if (fork())
		return;
	make(CONFIG "/loopback");
	make(r->target);
	snprintf(path, sizeof path, "%s/tpgt_1", r->target);
	make(path);
	/* The other end has a number of its own: '1' in place of one of the zeroes. */
	snprintf(path, sizeof path, "naa.500140510000000%s", r->name);
	put(r->target, "tpgt_1/nexus", path);
	snprintf(path, sizeof path, "%s/tpgt_1/lun/lun_0", r->target);
	make(path);
	strcat(path, "/drive");
	if (symlink(r->core, path) < 0)
		die(path);
	_exit(0);
}

/* It leaves and comes back, as a box on USB does that starts anew: the bus is left, the power stays. */
static inline void replug(const struct ring *r)
{
	char path[200];

	if (fork())
		return;
	snprintf(path, sizeof path, "%s/tpgt_1/lun/lun_0/drive", r->target);
	if (unlink(path) < 0 || symlink(r->core, path) < 0)
		die(path);
	_exit(0);
}

static inline pid_t unplug(const struct ring *r)
{
	static const char *const below[] = {"/tpgt_1/lun/lun_0", "/tpgt_1", ""};
	pid_t child = fork();
	char path[200];

	if (child)
		return child;
	snprintf(path, sizeof path, "%s/tpgt_1/lun/lun_0/drive", r->target);
	unlink(path);
	for (unsigned i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s%s", r->target, below[i]);
		rmdir(path);
	}
	_exit(0);
}

#endif
