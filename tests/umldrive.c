/*
 * umldrive - a practice drive behind the SCSI stack of a real kernel (user-mode Linux: tests/uml/).
 *
 *   umldrive NAME RIG STATE POSITION LOG [slow=MS] [sense=72]
 *
 * A bridge, as in a USB box: the kernel's CDBs come in through TCM-User's ring, go to the practice
 * drive at POSITION of the rig by odr_platform_ops.packet, and the answers go back. NAME is one
 * letter, a to f, a port of its own for each. STATE is the practice PC's folder, so that rigask and cmp
 * are witnesses. LOG gets one line a CDB, written when the command arrived and before it is answered:
 *   3b 06 00 00 00 20 00 10 00 00 len=4096
 * slow: how long each WRITE BUFFER takes. sense=72: says no in descriptor format.
 * SIGTERM: the drive is unplugged. Needs root, configfs and /dev/uio*; links no library.
 *
 * The practice clock runs SPEED times as fast as the real one.
 */
#include "platform/host.h"
#include "platform/sim/sim.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/target_core_user.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG "/sys/kernel/config/target"
#define SPEED 100

enum { OP_WRITE_BUFFER = 0x3B, OP_TEST_UNIT_READY = 0, TICK_MS = 20, CHECK_CONDITION = 2 };

static struct bridge {
	struct odr_platform drive;
	unsigned position;
	unsigned slow_ms;
	bool descriptor_sense;
	FILE *log;
	char core[100], target[100]; /* folders of configfs */
	const char *name;
	int uio;
	struct tcmu_mailbox *box;
	uint64_t clock_us;
} bridge;

static volatile sig_atomic_t unplugged;

static void hear(int signal)
{
	(void)signal;
	unplugged = 1;
}

static void die(const char *what)
{
	fprintf(stderr, "umldrive: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void put(const char *folder, const char *file, const char *text)
{
	char path[200];
	int fd;

	snprintf(path, sizeof path, "%s/%s", folder, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

static void make(const char *folder)
{
	if (mkdir(folder, 0755) < 0 && errno != EEXIST)
		die(folder);
}

/* ---- the kernel's end ----------------------------------------------------------------------- */

static bool is_mine(unsigned i, const struct bridge *b)
{
	char path[64], name[64] = "", mine[32];
	FILE *file;
	bool is;

	snprintf(path, sizeof path, "/sys/class/uio/uio%u/name", i);
	snprintf(mine, sizeof mine, "tcm-user/0/%s/", b->name);
	file = fopen(path, "re");
	if (!file)
		return false;
	is = fgets(name, sizeof name, file) && !strncmp(name, mine, strlen(mine));
	fclose(file);
	return is;
}

static void open_ring(struct bridge *b)
{
	char path[64];
	unsigned i = 0;
	unsigned long bytes = 0;
	FILE *file;

	while (i < 16 && !is_mine(i, b))
		i++;
	snprintf(path, sizeof path, "/sys/class/uio/uio%u/maps/map0/size", i);
	file = fopen(path, "re");
	if (!file || fscanf(file, "%lx", &bytes) != 1)
		die(path);
	fclose(file);
	snprintf(path, sizeof path, "/dev/uio%u", i);
	b->uio = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (b->uio < 0)
		die(path);
	b->box = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, b->uio, 0);
	if (b->box == MAP_FAILED)
		die("ring");
}

static void make_core(struct bridge *b)
{
	snprintf(b->core, sizeof b->core, CONFIG "/core/user_0/%s", b->name);
	snprintf(b->target, sizeof b->target, CONFIG "/loopback/naa.500140500000000%s", b->name);
	make(CONFIG "/core/user_0");
	make(b->core);
	/* nl_reply_supported=-1: nobody has to answer on netlink. */
	put(b->core, "control",
	    "dev_size=1048576,dev_config=odr/x,hw_block_size=2048,nl_reply_supported=-1");
	put(b->core, "enable", "1");
	put(b->core, "attrib/cmd_time_out", "600"); /* settable before the link only */
}

/* In a child: linking makes the kernel ask the drive at once, and it has to be served meanwhile. */
static void plug(struct bridge *b)
{
	char path[200];

	if (fork())
		return;
	make(CONFIG "/loopback");
	make(b->target);
	snprintf(path, sizeof path, "%s/tpgt_1", b->target);
	make(path);
	/* The other end has a number of its own: '1' in place of one of the zeroes. */
	snprintf(path, sizeof path, "naa.500140510000000%s", b->name);
	put(b->target, "tpgt_1/nexus", path);
	snprintf(path, sizeof path, "%s/tpgt_1/lun/lun_0", b->target);
	make(path);
	strcat(path, "/drive");
	if (symlink(b->core, path) < 0)
		die(path);
	_exit(0);
}

static pid_t unplug(const struct bridge *b)
{
	static const char *const below[] = {"/tpgt_1/lun/lun_0", "/tpgt_1", ""};
	pid_t child = fork();
	char path[200];

	if (child)
		return child;
	snprintf(path, sizeof path, "%s/tpgt_1/lun/lun_0/drive", b->target);
	unlink(path);
	for (unsigned i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s%s", b->target, below[i]);
		rmdir(path);
	}
	_exit(0);
}

/* ---- one command ---------------------------------------------------------------------------- */

/* What the kernel's drivers ask by themselves and an old drive in a box does not know. */
static bool is_bridges_own(const uint8_t *cdb)
{
	static const uint8_t own[] = {0x1A, 0x1E, 0x25, 0x43, 0x51, 0x9E, 0xA0, 0xA3};

	return memchr(own, cdb[0], sizeof own) || (cdb[0] == 0x12 && (cdb[1] & 1));
}

static void log_cdb(const struct bridge *b, const uint8_t *cdb, uint32_t len)
{
	for (unsigned i = 0; i < 10; i++)
		fprintf(b->log, "%02x ", cdb[i]);
	fprintf(b->log, "len=%u\n", len);
	fflush(b->log);
}

static void put_sense(const struct bridge *b, uint8_t *at, const struct odr_packet *p)
{
	memset(at, 0, 18);
	if (b->descriptor_sense) {
		at[0] = 0x72;
		at[1] = p->sense_key;
		at[2] = p->asc;
		at[3] = p->ascq;
	} else {
		at[0] = 0x70;
		at[2] = p->sense_key;
		at[7] = 10;
		at[12] = p->asc;
		at[13] = p->ascq;
	}
}

static void say_no(struct odr_packet *p, uint8_t key, uint8_t asc)
{
	p->scsi_status = CHECK_CONDITION;
	p->sense_key = key;
	p->asc = asc;
}

static void execute(struct bridge *b, struct odr_packet *p)
{
	struct odr_error e;

	log_cdb(b, p->cdb, p->len);
	if (is_bridges_own(p->cdb) || p->len > ODR_PACKET_MAX) {
		say_no(p, 0x05, 0x20);
		return;
	}
	if (p->cdb[0] == OP_WRITE_BUFFER && b->slow_ms)
		odr_host_sleep_us(b->slow_ms * 1000u);
	if (b->drive.ops->packet(b->drive.self, b->position, p, &e) != ODR_OK &&
	    p->scsi_status != CHECK_CONDITION)
		say_no(p, 0x0B, 0); /* the bridge's own: the drive does not answer it */
}

/* The caller's buffer lies in the ring in pieces. */
static uint32_t move(struct bridge *b, const struct tcmu_cmd_entry *entry, uint8_t *data, bool out)
{
	uint8_t *ring = (uint8_t *)b->box;
	uint32_t at = 0;

	for (unsigned i = 0; i < entry->req.iov_cnt; i++) {
		uint8_t *piece = ring + (size_t)entry->req.iov[i].iov_base;
		uint32_t len = (uint32_t)entry->req.iov[i].iov_len;

		if (data && len > ODR_PACKET_MAX - at)
			len = ODR_PACKET_MAX - at;
		if (data && out)
			memcpy(data + at, piece, len);
		else if (data)
			memcpy(piece, data + at, len);
		at += len;
	}
	return at;
}

static void serve(struct bridge *b, struct tcmu_cmd_entry *entry)
{
	static uint8_t data[ODR_PACKET_MAX];
	const uint8_t *cdb = (uint8_t *)b->box + entry->req.cdb_off;
	struct odr_packet p = {.cdb_len = 10, .data = data, .timeout_ms = 30000};
	uint8_t sense[18];

	memcpy(p.cdb, cdb, 10);
	p.len = move(b, entry, NULL, false);
	p.dir = !p.len ? ODR_DIR_NONE : cdb[0] == OP_WRITE_BUFFER ? ODR_DIR_OUT : ODR_DIR_IN;
	memset(data, 0, sizeof data);
	if (p.dir == ODR_DIR_OUT)
		move(b, entry, data, true);
	execute(b, &p);
	if (p.dir == ODR_DIR_IN)
		move(b, entry, data, false);
	put_sense(b, sense, &p);
	memset(&entry->rsp, 0, sizeof entry->rsp);
	entry->rsp.scsi_status = p.scsi_status;
	if (p.scsi_status == CHECK_CONDITION)
		memcpy(entry->rsp.sense_buffer, sense, sizeof sense);
}

/* ---- the bridge ----------------------------------------------------------------------------- */

/* Serve what has come. */
static void serve_ring(struct bridge *b)
{
	struct tcmu_mailbox *box = b->box;
	uint32_t word, done = 0;

	if (read(b->uio, &word, sizeof word) < 0 && errno != EAGAIN)
		die("uio");
	while (box->cmd_tail != __atomic_load_n(&box->cmd_head, __ATOMIC_ACQUIRE)) {
		struct tcmu_cmd_entry *entry =
			(void *)((uint8_t *)box + box->cmdr_off + box->cmd_tail);
		uint32_t op = entry->hdr.len_op;

		if (tcmu_hdr_get_op(op) == TCMU_OP_CMD)
			serve(b, entry);
		else if (tcmu_hdr_get_op(op) != TCMU_OP_PAD)
			entry->hdr.uflags |= TCMU_UFLAG_UNKNOWN_OP;
		__atomic_store_n(&box->cmd_tail,
				 (box->cmd_tail + tcmu_hdr_get_len(op)) % box->cmdr_size,
				 __ATOMIC_RELEASE);
		word = 0;
		if (write(b->uio, &word, sizeof word) < 0)
			die("uio");
		done++;
	}
}

static void pass_time(struct bridge *b)
{
	uint64_t now = odr_host_now_us(), ms = (now - b->clock_us) / 1000;

	b->drive.ops->wait_ms(b->drive.self, (uint32_t)(ms * SPEED));
	b->clock_us += ms * 1000;
}

static void run(struct bridge *b)
{
	pid_t leaving = 0;
	struct pollfd fd = {.fd = b->uio, .events = POLLIN};

	while (!leaving || kill(leaving, 0) == 0) { /* its end is not reaped: SIGCHLD is ignored */
		if (unplugged && !leaving)
			leaving = unplug(b);
		if (poll(&fd, 1, TICK_MS) > 0)
			serve_ring(b);
		pass_time(b);
	}
}

int main(int argc, char **argv)
{
	struct bridge *b = &bridge;
	struct sigaction action = {.sa_handler = hear};
	char options[500];
	struct odr_error e;

	if (argc < 6) {
		fprintf(stderr, "umldrive NAME RIG STATE POSITION LOG [slow=MS] [sense=72]\n");
		return 1;
	}
	b->name = argv[1];
	b->position = (unsigned)atoi(argv[4]);
	b->log = fopen(argv[5], "ae");
	if (!b->log)
		die(argv[5]);
	for (int i = 6; i < argc; i++) {
		if (!strncmp(argv[i], "slow=", 5))
			b->slow_ms = (unsigned)atoi(argv[i] + 5);
		b->descriptor_sense |= !strcmp(argv[i], "sense=72");
	}
	snprintf(options, sizeof options, "rig=%s,state=%s,speed=max", argv[2], argv[3]);
	if (odr_sim_open(&b->drive, options, &e) != ODR_OK) {
		fprintf(stderr, "umldrive: %s\n", e.text);
		return 1;
	}
	sigaction(SIGTERM, &action, NULL);
	signal(SIGCHLD, SIG_IGN);
	make_core(b);
	open_ring(b);
	b->clock_us = odr_host_now_us();
	plug(b);
	run(b);
	close(b->uio);
	rmdir(b->core);
	b->drive.ops->close(b->drive.self);
	return 0;
}
