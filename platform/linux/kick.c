#define _GNU_SOURCE /* pipe2 */

#include "platform/linux/kick.h"

#include "platform/host.h"
#include "platform/linux/mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The longest that the kernel tries for one drive (protocols.md 6.5: 5 to 30 s), and a little. */
#define PATIENCE_MS 35000

/* ---- one word into a file of sysfs ---------------------------------------------------------- */

static _Noreturn void be_child(int out, const char *path, const char *word)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0 || write(fd, word, strlen(word)) < 0)
		error = errno;
	_exit(write(out, &error, sizeof error) == (ssize_t)sizeof error ? 0 : 1);
}

/* 0, or the errno of the write; ETIMEDOUT: it is not at its end. */
static int hear(int in)
{
	struct pollfd fd = {.fd = in, .events = POLLIN};
	uint64_t until = odr_host_now_us() + PATIENCE_MS * 1000ull, now;
	int error;

	while ((now = odr_host_now_us()) < until)
		if (poll(&fd, 1, (int)((until - now) / 1000 + 1)) > 0)
			return read(in, &error, sizeof error) == (ssize_t)sizeof error ? error
										       : EIO;
	return ETIMEDOUT;
}

static enum odr_err put_word(const char *path, const char *word, int keep_out, struct odr_error *e)
{
	int end[2], error;
	pid_t child;

	if (pipe2(end, O_CLOEXEC) < 0)
		return odr_fail(e, ODR_E_INTERNAL, "no pipe: %s", strerror(errno));
	child = fork();
	if (child == 0) {
		signal(SIGTERM, SIG_DFL);
		if (keep_out >= 0)
			close(keep_out);
		be_child(end[1], path, word);
	}
	close(end[1]);
	error = child < 0 ? EAGAIN : hear(end[0]);
	close(end[0]);
	if (child > 0)
		waitpid(child, NULL, error == ETIMEDOUT ? WNOHANG : 0);
	if (error == ETIMEDOUT)
		return odr_fail(e, ODR_E_TIMEOUT,
				"the kernel has been at it for 35 s and goes on. Look again later");
	if (error == EACCES || error == EPERM)
		return odr_fail(e, ODR_E_REFUSED,
				"only root may do that: start odrescue with sudo");
	return error ? odr_fail(e, ODR_E_FILE, "the kernel did not take it: %s", strerror(error))
		     : ODR_OK;
}

/* ---- both ----------------------------------------------------------------------------------- */

enum odr_err odr_kick_rescan(struct odr_look *look, unsigned position, struct odr_error *e)
{
	unsigned channel = odr_position_channel(position);
	char path[ODR_SYS_PATH];

	odr_sysfs_walk(look->root, &look->seen);
	if (position > ODR_DIGITS)
		return odr_fail(e, ODR_E_UNSUPPORTED,
				"what hangs on SATA or USB shows by itself: plug it out and in");
	if (!look->seen.bound[channel] || !look->seen.host[channel][0])
		return odr_fail(e, ODR_E_UNSUPPORTED, "the kernel serves no cable there");
	for (unsigned p = 2 * channel + 1; p <= 2 * channel + 2; p++) {
		const struct odr_sysfs_drive *drive = odr_look_at(look, p);

		if (drive && drive->kind == ODR_SYSFS_DISK)
			return odr_fail(e, ODR_E_REFUSED,
					"a hard disk hangs on this cable, and the kernel may reset "
					"it. Start the PC anew instead");
	}
	snprintf(path, sizeof path, "%s/sys/class/scsi_host/%s/scan", look->root,
		 look->seen.host[channel]);
	return put_word(path, "- - -", look->keep_out, e);
}

enum odr_err odr_kick_detach(struct odr_look *look, unsigned position, struct odr_error *e)
{
	char path[ODR_SYS_PATH + 40], where[80];
	const struct odr_sysfs_drive *drive;

	odr_sysfs_walk(look->root, &look->seen);
	drive = odr_look_at(look, position);
	if (!drive || !drive->address[0])
		return odr_fail(e, ODR_E_NO_DEVICE, "the kernel has no drive there");
	if (drive->kind != ODR_SYSFS_OPTICAL)
		return odr_fail(e, ODR_E_REFUSED, "that is no optical drive");
	if (odr_mounts_find(drive->node[0], where, sizeof where))
		return odr_fail(e, ODR_E_REFUSED, "a disc in it is mounted: umount %s", where);
	snprintf(path, sizeof path, "%s/sys/bus/scsi/devices/%s/delete", look->root,
		 drive->address);
	return put_word(path, "1", look->keep_out, e);
}
