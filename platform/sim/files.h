/*
 * files.h - the host's files, with the faults that a hand can give them: a full disk, one that is
 * write protected or gone, a bad sector, a file that somebody changed.
 */
#ifndef ODR_SIM_FILES_H
#define ODR_SIM_FILES_H

#include "platform/platform.h"

/* As the table in platform.h. */
enum odr_err sim_file_open(void *self, const char *path, enum odr_file_mode mode, int *handle,
			   struct odr_error *e);
enum odr_err sim_file_size(void *self, int handle, uint64_t *bytes, struct odr_error *e);
enum odr_err sim_file_read_at(void *self, int handle, uint64_t off, void *buf, uint32_t len,
			      uint32_t *got, struct odr_error *e);
enum odr_err sim_file_append(void *self, int handle, const void *buf, uint32_t len,
			     struct odr_error *e);
enum odr_err sim_file_sync(void *self, int handle, struct odr_error *e);
enum odr_err sim_file_lock(void *self, int handle, uint32_t patience_ms, struct odr_error *e);
void sim_file_close(void *self, int handle);
enum odr_err sim_file_remove(void *self, const char *path, struct odr_error *e);
enum odr_err sim_file_rename(void *self, const char *from, const char *to, struct odr_error *e);
enum odr_err sim_file_space(void *self, const char *folder, uint64_t *bytes, struct odr_error *e);

#endif
