/*
 * umldrive - a practice drive behind the SCSI stack of a real kernel (user-mode Linux: tests/uml/).
 *
 *   umldrive NAME RIG STATE POSITION LOG [slow=MS] [sense=72] [disc=FILE]
 *
 * A bridge, as in a USB box: the kernel's CDBs come in through TCM-User's ring, go to the practice
 * drive at POSITION of the rig by odr_platform_ops.packet, and the answers go back. NAME is one
 * letter, a to f, a port of its own for each. STATE is the practice PC's folder, so that rigask and cmp
 * are witnesses. LOG gets one line a CDB, written when the command arrived and before it is answered:
 *   3b 06 00 00 00 20 00 10 00 00 len=4096 us=MONOTONIC-CLOCK
 * slow: how long each WRITE BUFFER takes. sense=72: says no in descriptor format. disc: one with these
 * bytes lies in it, for whoever wants to mount it. SIGTERM: the drive is unplugged and loses its power,
 * which it gets when it is plugged in. SIGUSR1: it leaves its bus and comes back. Needs root, configfs and /dev/uio*.
 *
 * LOG.poke, when it is there, holds what happens in the middle of a WRITE BUFFER:
 *   PID storm     process PID gets SIGSTOP, SIGALRM, SIGWINCH, SIGCONT in each of them
 *   PID kill N    and SIGKILL in the N-th of an upload
 * PID 0: not known yet, the drive waits.
 *
 * The practice clock runs SPEED times as fast as the real one.
 */
#include "platform/host.h"
#include "platform/sim/sim.h"
#include "tests/uml/ring.h"

#include <poll.h>
#include <signal.h>

#define SPEED 100

enum {
	OP_WRITE_BUFFER = 0x3B,
	TICK_MS = 20,
	CHECK_CONDITION = 2,
	SECTOR = 2048,
	START_MS = 10000, /* longer than a drive of the rigs takes from power to life */
};

static struct bridge {
	struct odr_platform drive;
	unsigned position;
	unsigned slow_ms;
	bool descriptor_sense;
	int disc; /* -1: none */
	FILE *log;
	const char *log_path;
	uint8_t newest[10]; /* WRITE BUFFER */
	unsigned pieces;    /* of the newest upload, from 1 */
	struct ring ring;
	uint64_t clock_us;
} bridge;

static volatile sig_atomic_t unplugged, replugged;

static void hear(int signal)
{
	if (signal == SIGTERM)
		unplugged = 1;
	else
		replugged = 1;
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
	fprintf(b->log, "len=%u us=%llu\n", len, (unsigned long long)odr_host_now_us());
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

/* What a drive says that has a disc in it: enough to mount that. */
static bool is_discs(const struct bridge *b, struct odr_packet *p)
{
	const uint8_t *cdb = p->cdb;
	off_t bytes = b->disc < 0 ? 0 : lseek(b->disc, 0, SEEK_END);
	uint32_t last = (uint32_t)(bytes / SECTOR) - 1;
	off_t at = (off_t)(cdb[2] << 24 | cdb[3] << 16 | cdb[4] << 8 | cdb[5]) * SECTOR;

	if (!bytes || (cdb[0] != 0x00 && cdb[0] != 0x25 && cdb[0] != 0x28))
		return false;
	if (cdb[0] == 0x25)
		for (unsigned i = 0; i < 8; i++)
			p->data[i] = i < 4    ? (uint8_t)(last >> 8 * (3 - i))
				     : i == 6 ? SECTOR >> 8
					      : 0;
	else if (cdb[0] == 0x28 && pread(b->disc, p->data, p->len, at) < 0)
		die("disc");
	return true;
}

/* ---- what happens in the middle of a command ------------------------------------------------ */

struct poke {
	int pid;
	char what[8];
	unsigned n;
};

/* false: LOG.poke is not there. PID 0: whoever writes it does not know yet, and the drive waits. */
static bool read_poke(const struct bridge *b, struct poke *poke)
{
	char path[200];
	FILE *file;
	bool is;

	snprintf(path, sizeof path, "%s.poke", b->log_path);
	do {
		poke->pid = 0;
		poke->n = 0;
		file = fopen(path, "re");
		is = file && fscanf(file, "%d %7s %u", &poke->pid, poke->what, &poke->n) >= 2;
		if (file)
			fclose(file);
		if (file && !poke->pid)
			odr_host_sleep_us(1000);
	} while (file && !poke->pid);
	return is;
}

static void be_poked(struct bridge *b, const uint8_t *cdb)
{
	static const uint8_t first[] = {OP_WRITE_BUFFER, 6, 0, 0, 0, 0x20};
	struct poke poke;
	bool again = !memcmp(cdb, b->newest, sizeof b->newest);

	memcpy(b->newest, cdb, sizeof b->newest);
	b->pieces = memcmp(cdb, first, sizeof first) ? b->pieces + 1 : 1;
	/* One that came by such a signal is not signalled again: there would be no end to it. */
	if (again || !read_poke(b, &poke))
		return;
	if (poke.what[0] == 's') {
		kill(poke.pid, SIGSTOP);
		kill(poke.pid, SIGALRM);
		kill(poke.pid, SIGWINCH);
		odr_host_sleep_us(1000);
		kill(poke.pid, SIGCONT);
		kill(poke.pid, SIGWINCH);
		kill(poke.pid, SIGALRM);
		odr_host_sleep_us(1000);
	} else if (b->pieces == poke.n) {
		kill(poke.pid, SIGKILL);
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
	if (is_discs(b, p))
		return;
	if (is_bridges_own(p->cdb) || p->len > ODR_PACKET_MAX) {
		say_no(p, 0x05, 0x20);
		return;
	}
	if (p->cdb[0] == OP_WRITE_BUFFER) {
		odr_host_sleep_us(b->slow_ms * 1000u);
		be_poked(b, p->cdb);
	}
	if (b->drive.ops->packet(b->drive.self, b->position, p, &e) != ODR_OK &&
	    p->scsi_status != CHECK_CONDITION)
		say_no(p, 0x0B, 0); /* the bridge's own: the drive does not answer it */
}

/* The caller's buffer lies in the ring in pieces. */
static uint32_t move(struct bridge *b, const struct tcmu_cmd_entry *entry, uint8_t *data, bool out)
{
	uint8_t *ring = (uint8_t *)b->ring.box;
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
	const uint8_t *cdb = (uint8_t *)b->ring.box + entry->req.cdb_off;
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

/* ---- power ---------------------------------------------------------------------------------- */

/* A box on a cable takes its power from it. */
static void power(struct bridge *b, bool on)
{
	char hand[40], answer[ODR_HAND_ANSWER];

	snprintf(hand, sizeof hand, "power %u %s", b->position, on ? "on" : "off");
	b->drive.ops->hand(b->drive.self, hand, answer, sizeof answer, NULL);
	if (on)
		b->drive.ops->wait_ms(b->drive.self, START_MS);
}

/* ---- the bridge ----------------------------------------------------------------------------- */

/* Serve what has come. */
static void serve_ring(struct bridge *b)
{
	struct tcmu_mailbox *box = b->ring.box;
	uint32_t word, done = 0;

	if (read(b->ring.uio, &word, sizeof word) < 0 && errno != EAGAIN)
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
		if (write(b->ring.uio, &word, sizeof word) < 0)
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
	struct pollfd fd = {.fd = b->ring.uio, .events = POLLIN};

	while (!leaving || kill(leaving, 0) == 0) { /* its end is not reaped: SIGCHLD is ignored */
		if (replugged)
			replug(&b->ring);
		replugged = 0;
		if (unplugged && !leaving)
			leaving = unplug(&b->ring);
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
		fprintf(stderr,
			"umldrive NAME RIG STATE POSITION LOG [slow=MS] [sense=72] [disc=FILE]\n");
		return 1;
	}
	b->ring.name = argv[1];
	b->position = (unsigned)atoi(argv[4]);
	b->log_path = argv[5];
	b->log = fopen(b->log_path, "ae");
	b->disc = -1;
	if (!b->log)
		die(argv[5]);
	for (int i = 6; i < argc; i++) {
		if (!strncmp(argv[i], "slow=", 5))
			b->slow_ms = (unsigned)atoi(argv[i] + 5);
		if (!strncmp(argv[i], "disc=", 5))
			b->disc = open(argv[i] + 5, O_RDONLY | O_CLOEXEC);
		b->descriptor_sense |= !strcmp(argv[i], "sense=72");
	}
	snprintf(options, sizeof options, "rig=%s,state=%s,speed=max", argv[2], argv[3]);
	if (odr_sim_open(&b->drive, options, &e) != ODR_OK) {
		fprintf(stderr, "umldrive: %s\n", e.text);
		return 1;
	}
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);
	signal(SIGCHLD, SIG_IGN);
	power(b, true);
	make_core(&b->ring);
	open_ring(&b->ring);
	b->clock_us = odr_host_now_us();
	plug(&b->ring);
	run(b);
	power(b, false);
	close(b->ring.uio);
	rmdir(b->ring.core);
	b->drive.ops->close(b->drive.self);
	return 0;
}
