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
enum odr_err odr_host_lock(int handle, uint32_t patience_ms, struct odr_error *e);
void odr_host_close(int handle);
enum odr_err odr_host_remove(const char *path, struct odr_error *e);
enum odr_err odr_host_rename(const char *from, const char *to, struct odr_error *e);
enum odr_err odr_host_space(const char *folder, uint64_t *bytes, struct odr_error *e);

/* The staging memory, one per process (see platform.h). NULL and ODR_E_SPACE when there is none.
 * stage(0) gives it back. */
uint8_t *odr_host_stage(uint32_t bytes, struct odr_error *e);

/* Nothing may interrupt between guard(true) and guard(false). Calls nest. */
void odr_host_guard(bool on);

/*
 * Wait until a file descriptor can be read (or its other end is gone), or ms have passed; -1: for ever.
 * Returns ODR_HOST_KEYS and ODR_HOST_WORKER bits, 0 when the time is over. A signal counts as a key: a
 * window changed its size. keys, worker: -1 leaves one out. DOS has no worker, and keys are the keyboard.
 */
enum { ODR_HOST_KEYS = 1, ODR_HOST_WORKER = 2 };
unsigned odr_host_wait(int keys, int worker, int ms);

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
/* What has been typed so far, at most cap bytes, without waiting. 0: the input has ended; -1: nothing. */
int odr_host_read_input(char *buf, size_t cap);

/* Is there nothing at the other end of standard input any more (a terminal that was closed)? */
bool odr_host_input_is_gone(void);
/*
 * A process may be started without standard input, output or errors; then the next file that it opens
 * would become them, and words would be written into it. Fills the gaps with the null device. Returns a
 * bit (1 << 0, 1, 2) for each gap. To be called first.
 */
unsigned odr_host_fill_gaps(void);

/* While on, an order to end (a closed terminal, kill, Ctrl-C) is only remembered; the caller asks for it.
 * An order that is ignored stays ignored. */
void odr_host_hear_end(bool on);
bool odr_host_was_told_to_end(void);

/* Real microseconds since an arbitrary moment, and real sleep. */
uint64_t odr_host_now_us(void);
void odr_host_sleep_us(uint64_t us);

#endif
