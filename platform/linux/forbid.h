/*
 * forbid.h - why this program cannot reach the ports of an IDE channel here, and the way round. Tries
 * no port: it asks the kernel for the right to one and gives that back at once.
 */
#ifndef ODR_LINUX_FORBID_H
#define ODR_LINUX_FORBID_H

#include "platform/platform.h"

/* root: a folder in front of /sys, "" for this machine. out: one sentence, without its full stop. */
void odr_forbid_ports(const char *root, char out[ODR_WHY_TEXT]);

#endif
