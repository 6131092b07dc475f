/*
 * host.h - what a back-end borrows from the operating system it runs on: files, memory for one
 * image, the shield against signals, real time. One header, one .c per system, chosen by the build
 * (linux/host.c, dos/host.c). Knows nothing of drives and must never write to a device node.
 */
#ifndef ODR_HOST_H
#define ODR_HOST_H

#include "platform/platform.h"

enum odr_err odr_host_open(const char *path, enum odr_file_mode mode, int *handle,
			   struct odr_error *e);
enum odr_err odr_host_size(int handle, uint64_t *bytes, struct odr_error *e);
enum odr_err odr_host_read_at(int handle, uint64_t off, void *buf, uint32_t len, uint32_t *got,
			      struct odr_error *e);
enum odr_err odr_host_append(int handle, const void *buf, uint32_t len, struct odr_error *e);
enum odr_err odr_host_sync(int handle, struct odr_error *e);
void odr_host_close(int handle);
enum odr_err odr_host_remove(const char *path, struct odr_error *e);
enum odr_err odr_host_space(const char *folder, uint64_t *bytes, struct odr_error *e);

/* The staging memory, one per process (see platform.h). NULL and ODR_E_SPACE when there is none.
 * stage(0) gives it back. */
uint8_t *odr_host_stage(uint32_t bytes, struct odr_error *e);

/* Nothing may interrupt between guard(true) and guard(false). Calls nest. */
void odr_host_guard(bool on);

/*
 * Would this process, which may do everything here, obey a file that somebody with fewer rights may
 * change? Only ever true for root; a path that cannot be looked at is safe: it cannot be read either.
 */
bool odr_host_is_unsafe(const char *path);
/* Calls each() with the name of every plain file in the folder, in no order, lower case on DOS. false:
 * there is no such folder. */
bool odr_host_list(const char *folder, void (*each)(void *ctx, const char *name), void *ctx);

/* Does a person type standard input? */
bool odr_host_is_typed(void);

/* Real microseconds since an arbitrary moment, and real sleep. */
uint64_t odr_host_now_us(void);
void odr_host_sleep_us(uint64_t us);

#endif
