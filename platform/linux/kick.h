/*
 * kick.h - has the kernel look for drives anew on a cable, or let go of one, by the files of sysfs that
 * are there for it. In a child: with a drive that hangs the kernel takes its time.
 *
 * Both can make the kernel reset the cable. It must never be done where a disk hangs on it, and never
 * while a drive is in flash mode (the caller's affair).
 */
#ifndef ODR_LINUX_KICK_H
#define ODR_LINUX_KICK_H

#include "platform/linux/look.h"

/* The host of the cable of this position looks for new drives. ODR_E_UNSUPPORTED: the kernel has no
 * cable there. ODR_E_REFUSED: a disk hangs on it. ODR_E_TIMEOUT: it goes on by itself. */
enum odr_err odr_kick_rescan(struct odr_look *look, unsigned position, struct odr_error *e);

/* The kernel lets go of the drive. ODR_E_NO_DEVICE: it has none there. ODR_E_REFUSED: it is a disk, or
 * its disc is mounted. */
enum odr_err odr_kick_detach(struct odr_look *look, unsigned position, struct odr_error *e);

#endif
