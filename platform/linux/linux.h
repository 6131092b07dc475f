/*
 * linux.h - the back-end of a running Linux: sees drives through the kernel, asks them their name, tells
 * what it could not see and why, and carries a job's commands to a drive that it has to itself (lane.h).
 *
 * By itself it sends INQUIRY and nothing else; only when it is told to, it has the kernel look for drives
 * anew or let go of one (kick.h). Ports are not used; the kernel owns its channels, and a drive that hangs
 * on one of them is seen as the kernel sees it.
 */
#ifndef ODR_LINUX_LINUX_H
#define ODR_LINUX_LINUX_H

#include "platform/platform.h"

/* From here on this process has few rights left (rights.h). One to a process: one process touches a machine. ODR_E_INTERNAL: it is open already. */
enum odr_err odr_linux_open(struct odr_platform *out, struct odr_error *e);

#endif
