/*
 * files.h - the table's files and staging memory on Linux: host.h, with the table's first argument.
 * And the folder where journal and backups belong.
 */
#ifndef ODR_LINUX_FILES_H
#define ODR_LINUX_FILES_H

#include "platform/platform.h"

#include <stddef.h>

/* Puts its functions into the table. */
void odr_linux_files(struct odr_platform_ops *ops);

/* /var/lib/odrescue for root, else odrescue in $XDG_STATE_HOME or ~/.local/state. "": no home. Makes
 * nothing. */
void odr_linux_state_folder(char *out, size_t cap);

#endif
