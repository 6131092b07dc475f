#define _GNU_SOURCE /* SOCK_CLOEXEC */

#include "platform/linux/linux.h"

#include "platform/host.h"
#include "platform/linux/files.h"
#include "platform/linux/kick.h"
#include "platform/linux/lane.h"
#include "platform/linux/look.h"
#include "platform/linux/rights.h"
#include "platform/linux/shield.h"
#include "platform/linux/uevent.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	POLL_US = 2000000, /* how often the kernel's list is read where it makes no news */
	STEP_MS = 100,
	NEWS_SHIFT = 16, /* of a glance: the status bytes below are not read here */
};

/* One machine to a process. */
static struct machine {
	bool open;
	struct odr_look look;
	struct odr_uevent uevent;
	struct odr_lane lane;
	struct odr_shield shield;
	int lock;      /* a bound socket, -1 not held */
	uint32_t news; /* counts what moved */
	uint32_t sum;  /* of the kernel's list, when it was read last */
	uint64_t read_us;
	char boot_id[40];
} machine;

static void close_linux(void *self)
{
	struct machine *m = self;

	odr_look_end(&m->look);
	odr_lane_close(&m->lane);
	odr_shield_lower(&m->shield);
	odr_uevent_close(&m->uevent);
	if (m->lock >= 0)
		close(m->lock);
	odr_host_stage(0, NULL);
	m->open = false;
}

/* ---- seeing --------------------------------------------------------------------------------- */

static void read_list(struct machine *m)
{
	uint32_t sum = odr_look_sum(&m->look);

	m->news += sum != m->sum;
	m->sum = sum;
	m->read_us = odr_host_now_us();
}

static const char *boot_id(void *self)
{
	struct machine *m = self;

	return m->boot_id;
}

static enum odr_err scan(void *self, unsigned ask, struct odr_snapshot *out, struct odr_error *e)
{
	struct machine *m = self;

	(void)e;
	odr_snapshot_start(out, m->boot_id);
	odr_look(&m->look, ask, out);
	return ODR_OK;
}

static void where(void *self, unsigned position, struct odr_where *out)
{
	struct machine *m = self;

	*out = m->look.where[position - 1];
}

/* The kernel's news at once; where it makes none, its list, now and then. */
static uint32_t glance(void *self)
{
	struct machine *m = self;
	unsigned news = odr_uevent_take(&m->uevent);

	m->news += news;
	if (news)
		m->sum = odr_look_sum(&m->look); /* what the news was about is no second news */
	else if (odr_host_now_us() - m->read_us >= POLL_US)
		read_list(m);
	return m->news << NEWS_SHIFT;
}

static bool is_same(const struct odr_place *a, const struct odr_place *b)
{
	return a->state == b->state && !strcmp(a->product, b->product) &&
	       !strcmp(a->revision, b->revision);
}

static enum odr_err watch(void *self, unsigned position, uint32_t timeout_ms, struct odr_place *out,
			  struct odr_error *e)
{
	struct machine *m = self;
	uint64_t until = odr_host_now_us() + timeout_ms * 1000ull;
	static struct odr_snapshot was, now;
	uint32_t seen = glance(m), fresh;

	scan(m, ODR_MASK_ALL, &was, NULL);
	while (odr_host_now_us() < until && !odr_host_was_told_to_end()) {
		odr_host_wait(-1, odr_uevent_fd(&m->uevent), STEP_MS);
		fresh = glance(m);
		if (fresh == seen)
			continue;
		seen = fresh;
		scan(m, ODR_MASK_ALL, &now, NULL);
		*out = now.place[position - 1];
		if (!is_same(out, &was.place[position - 1]))
			return ODR_OK;
	}
	return odr_fail(e, ODR_E_TIMEOUT,
			"the kernel saw no change there. A drive on an IDE cable shows after a "
			"rescan only");
}

static int news_fd(void *self)
{
	struct machine *m = self;

	return odr_uevent_fd(&m->uevent);
}

static const char *fact(void *self, const char *name)
{
	(void)self;
	return strcmp(name, "practice") == 0 ? "no" : "";
}

/* ---- alone ---------------------------------------------------------------------------------- */

/*
 * An abstract socket: needs no folder and no rights, and ends with the process. Named after the sysfs
 * that is looked at: a machine that a test makes up is another machine.
 */
static enum odr_err try_lock(struct machine *m)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0), error;
	struct stat sys = {.st_ino = 0};
	socklen_t len;

	stat("/sys", &sys);
	/* Behind a 0, which makes it abstract. */
	len = (socklen_t)snprintf(at.sun_path + 1, sizeof at.sun_path - 1, "odrescue %llx:%llx",
				  (unsigned long long)sys.st_dev, (unsigned long long)sys.st_ino);
	len += (socklen_t)offsetof(struct sockaddr_un, sun_path) + 1;
	if (fd < 0)
		return ODR_E_INTERNAL;
	if (bind(fd, (struct sockaddr *)&at, len) < 0) {
		error = errno;
		close(fd);
		errno = error;
		return error == EADDRINUSE ? ODR_E_REFUSED : ODR_E_INTERNAL;
	}
	m->lock = m->look.keep_out = fd;
	return ODR_OK;
}

static enum odr_err lock(void *self, uint32_t patience_ms, struct odr_error *e)
{
	enum { STEP_US = 1000 };
	struct machine *m = self;
	uint64_t until = odr_host_now_us() + patience_ms * 1000ull;
	enum odr_err err = ODR_OK;

	while (m->lock < 0) {
		err = try_lock(m);
		if (err != ODR_E_REFUSED)
			break;
		if (odr_host_now_us() >= until)
			return odr_fail(e, err, "another odrescue has the drives of this machine");
		odr_host_sleep_us(STEP_US);
	}
	return err ? odr_fail(e, err, "no lock: %s", strerror(errno)) : ODR_OK;
}

static void unlock(void *self)
{
	struct machine *m = self;

	if (m->lock >= 0)
		close(m->lock);
	m->lock = m->look.keep_out = -1;
}

static enum odr_err rescan(void *self, unsigned position, struct odr_error *e)
{
	struct machine *m = self;

	return odr_kick_rescan(&m->look, position, e);
}

static enum odr_err detach(void *self, unsigned position, struct odr_error *e)
{
	struct machine *m = self;

	return odr_kick_detach(&m->look, position, e);
}

/* ---- a job's commands ----------------------------------------------------------------------- */

static void leave(void *self)
{
	struct machine *m = self;

	odr_lane_leave(&m->lane);
	odr_shield_lower(&m->shield);
}

static enum odr_obstacle enter(void *self, unsigned position, struct odr_error *e)
{
	struct machine *m = self;
	enum odr_obstacle obstacle = odr_shield_raise(&m->shield, m->look.root, e);

	if (obstacle == ODR_CLEAR)
		obstacle = odr_lane_enter(&m->lane, position, odr_look_at(&m->look, position), e);
	if (obstacle != ODR_CLEAR)
		odr_shield_lower(&m->shield);
	return obstacle;
}

static enum odr_err packet(void *self, unsigned position, struct odr_packet *p, struct odr_error *e)
{
	struct machine *m = self;

	return odr_lane_packet(&m->lane, position, p, e);
}

/* ---- what is not done here ------------------------------------------------------------------ */

static const struct odr_channel *ports(void *self, unsigned position, struct odr_error *e)
{
	struct machine *m = self;
	const struct odr_where *at = &m->look.where[position - 1];

	odr_fail(e, ODR_E_UNSUPPORTED, "%s", at->no_digit[0] ? at->no_digit : m->look.no_ports);
	return NULL;
}

static enum odr_err hand(void *self, const char *text, char *answer, size_t cap,
			 struct odr_error *e)
{
	(void)self;
	(void)text;
	(void)answer;
	(void)cap;
	return odr_fail(e, ODR_E_UNSUPPORTED, "hands exist on the practice PC only");
}

/* ---- what the host does --------------------------------------------------------------------- */

static void guard(void *self, bool on)
{
	(void)self;
	odr_host_guard(on);
}

static bool stop_asked(void *self)
{
	(void)self;
	return odr_host_was_told_to_end();
}

static uint64_t now_us(void *self)
{
	(void)self;
	return odr_host_now_us();
}

static void wait_ms(void *self, uint32_t ms)
{
	(void)self;
	odr_host_sleep_us(ms * 1000ull);
}

/* ---- open ----------------------------------------------------------------------------------- */

static const struct odr_platform_ops *table(void)
{
	static struct odr_platform_ops ops = {
		.close = close_linux,
		.scan = scan,
		.where = where,
		.watch = watch,
		.rescan = rescan,
		.detach = detach,
		.glance = glance,
		.news_fd = news_fd,
		.fact = fact,
		.lock = lock,
		.unlock = unlock,
		.enter = enter,
		.leave = leave,
		.packet = packet,
		.ports = ports,
		.guard = guard,
		.stop_asked = stop_asked,
		.hand = hand,
		.boot_id = boot_id,
		.now_us = now_us,
		.wait_ms = wait_ms,
	};

	odr_linux_files(&ops);
	return &ops;
}

static void read_boot_id(struct machine *m)
{
	FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");

	/* Without it a restart could not be told: then no two starts of odrescue are the same. */
	if (!file || !fgets(m->boot_id, sizeof m->boot_id, file))
		snprintf(m->boot_id, sizeof m->boot_id, "pid-%ld-%llu", (long)getpid(),
			 (unsigned long long)odr_host_now_us());
	m->boot_id[strcspn(m->boot_id, "\n")] = 0;
	if (file)
		fclose(file);
}

enum odr_err odr_linux_open(struct odr_platform *out, struct odr_error *e)
{
	struct machine *m = &machine;

	if (m->open)
		return odr_fail(e, ODR_E_INTERNAL, "this machine is open already");
	memset(m, 0, sizeof *m);
	m->open = true;
	odr_rights_drop();
	m->lock = -1;
	odr_look_start(&m->look, "");
	odr_lane_start(&m->lane);
	read_boot_id(m);
	odr_uevent_open(&m->uevent);
	m->sum = odr_look_sum(&m->look);
	m->read_us = odr_host_now_us();
	out->ops = table();
	out->self = m;
	return ODR_OK;
}
