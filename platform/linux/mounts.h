/*
 * mounts.h - is the disc of a drive mounted, and where. Reads the kernel's list of mounts and opens no
 * device.
 */
#ifndef ODR_LINUX_MOUNTS_H
#define ODR_LINUX_MOUNTS_H

#include <stdbool.h>
#include <stddef.h>

/* node: "/dev/sr0". true: its first place is in `where`, cut to cap. */
bool odr_mounts_find(const char *node, char *where, size_t cap);

#endif
