/*
 * attach.h - a second terminal at a running worker: what is said is said there, too, and when the
 * person who started it is gone, it may speak.
 *
 * An abstract socket, named after the folder of the journal: it ends with the worker, however that ends.
 * Both ends ask the kernel who the other one is; only the same user is let in. Nobody here is
 * ever waited for: whoever does not read is dropped, and what a job does never hangs on it.
 */
#ifndef ODR_LINUX_ATTACH_H
#define ODR_LINUX_ATTACH_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Owned by the caller, private. */
struct odr_attach {
	int door;   /* -1: none */
	int client; /* -1: nobody */
	bool works; /* a command is between its line and its end */
	size_t used;
	char said[16384]; /* since the newest command began, whole lines; older ones go first */
};

/* The worker's end. folder: must exist. No door: attaching is impossible, nothing else is. */
void odr_attach_open(struct odr_attach *a, const char *folder);
/* A command begins. */
void odr_attach_begin(struct odr_attach *a);
/* Say a line that ends with '\n', and let in who waits. */
void odr_attach_say(struct odr_attach *a, const char *line, size_t len);
/* Let in who waits. */
void odr_attach_let_in(struct odr_attach *a);
void odr_attach_drop(struct odr_attach *a);

/* The other end: a connected socket. ODR_E_NO_DEVICE: no worker has this folder. ODR_E_REFUSED: it is
 * another user's. */
enum odr_err odr_attach_connect(const char *folder, int *fd, struct odr_error *e);

#endif
