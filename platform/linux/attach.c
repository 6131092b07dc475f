#define _GNU_SOURCE /* accept4, struct ucred */

#include "platform/linux/attach.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char end_line[] = "end code=";

/* Two names of one folder are one folder. false: it is not there. */
static bool name_of(const char *folder, struct sockaddr_un *at, socklen_t *len)
{
	struct stat st;
	int n;

	if (stat(folder, &st) < 0)
		return false;
	memset(at, 0, sizeof *at);
	at->sun_family = AF_UNIX;
	/* Behind a 0, which makes it abstract. */
	n = snprintf(at->sun_path + 1, sizeof at->sun_path - 1, "odrescue worker %llx:%llx",
		     (unsigned long long)st.st_dev, (unsigned long long)st.st_ino);
	*len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)n);
	return true;
}

static bool is_ours(int fd)
{
	struct ucred peer;
	socklen_t len = sizeof peer;

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 && peer.uid == geteuid();
}

/* ---- the worker's end ----------------------------------------------------------------------- */

void odr_attach_open(struct odr_attach *a, const char *folder)
{
	struct sockaddr_un at;
	socklen_t len;

	/* The first start of all: the journal would make it only when a job begins. */
	if (!name_of(folder, &at, &len) && (mkdir(folder, 0777) < 0 || !name_of(folder, &at, &len)))
		return;
	a->door = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (a->door < 0)
		return;
	/* Taken: another worker has this folder, and its journal is locked, too. */
	if (bind(a->door, (struct sockaddr *)&at, len) < 0 || listen(a->door, 4) < 0) {
		close(a->door);
		a->door = -1;
	}
}

void odr_attach_drop(struct odr_attach *a)
{
	if (a->client >= 0)
		close(a->client);
	a->client = -1;
}

static void give(struct odr_attach *a, const char *text, size_t len)
{
	if (a->client >= 0 && send(a->client, text, len, MSG_NOSIGNAL) != (ssize_t)len)
		odr_attach_drop(a); /* a part of a line would be worse than none */
}

void odr_attach_let_in(struct odr_attach *a)
{
	static const char idle[] = "end code=0\n";
	int fd = a->door < 0 ? -1 : accept4(a->door, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (!is_ours(fd)) {
		close(fd);
		return;
	}
	odr_attach_drop(a); /* the newest terminal is where the person sits */
	a->client = fd;
	if (a->works)
		give(a, a->said, a->used);
	else
		give(a, idle, sizeof idle - 1);
}

void odr_attach_begin(struct odr_attach *a)
{
	a->works = true;
	a->used = 0;
}

static void keep(struct odr_attach *a, const char *line, size_t len)
{
	while (a->used + len > sizeof a->said) {
		const char *end = memchr(a->said, '\n', a->used);
		size_t first = end ? (size_t)(end - a->said) + 1 : a->used;

		a->used -= first;
		memmove(a->said, a->said + first, a->used);
	}
	memcpy(a->said + a->used, line, len);
	a->used += len;
}

void odr_attach_say(struct odr_attach *a, const char *line, size_t len)
{
	odr_attach_let_in(a);
	give(a, line, len);
	keep(a, line, len);
	if (!strncmp(line, end_line, sizeof end_line - 1))
		a->works = false;
}

/* ---- the other end -------------------------------------------------------------------------- */

enum odr_err odr_attach_connect(const char *folder, int *fd, struct odr_error *e)
{
	struct sockaddr_un at;
	socklen_t len;

	if (!name_of(folder, &at, &len))
		return odr_fail(e, ODR_E_NO_DEVICE, "nothing runs here: there is no %s", folder);
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd < 0)
		return odr_fail(e, ODR_E_INTERNAL, "no socket: %s", strerror(errno));
	if (connect(*fd, (struct sockaddr *)&at, len) == 0 && is_ours(*fd))
		return ODR_OK;
	len = errno == ECONNREFUSED;
	close(*fd);
	return len ? odr_fail(e, ODR_E_NO_DEVICE, "nothing runs here: no odrescue has %s", folder)
		   : odr_fail(e, ODR_E_REFUSED, "the odrescue that has %s is another user's",
			      folder);
}
