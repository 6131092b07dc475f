/*
 * uevent.h - the kernel's own news of drives that come and go, by libudev's "kernel" source: it needs
 * no udevd, so it works on a rescue stick, too. Listens only; writes nothing anywhere.
 *
 * A parallel cable makes no news: a drive that is plugged in or dies there is seen by nobody until the
 * kernel is told to look (linux.md B).
 */
#ifndef ODR_LINUX_UEVENT_H
#define ODR_LINUX_UEVENT_H

#include <stdbool.h>

struct udev;
struct udev_monitor;

struct odr_uevent {
	struct udev *udev;
	struct udev_monitor *monitor; /* NULL: the kernel's news cannot be had here */
};

/* false: no news here; the other calls may be made all the same. */
bool odr_uevent_open(struct odr_uevent *u);
void odr_uevent_close(struct odr_uevent *u);
/* Readable when there is news; -1: never. */
int odr_uevent_fd(const struct odr_uevent *u);
/* Takes all that has come. How many of it tell of a drive that came or went. */
unsigned odr_uevent_take(struct odr_uevent *u);

#endif
