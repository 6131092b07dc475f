/*
 * inquiry.h - asks drives their name through the kernel, each in a child process of its own: a drive
 * that hangs holds up its child, nobody else.
 *
 * It sends INQUIRY and nothing else, one to a drive. It must never ask a drive a second time while the
 * first question is still open, and never cut a question short: a command that the kernel gives up is
 * followed by a reset, which on another day could hit an erase.
 */
#ifndef ODR_LINUX_INQUIRY_H
#define ODR_LINUX_INQUIRY_H

#include "platform/linux/sysfs.h"

#include <sys/types.h>

enum odr_answer {
	ODR_ANSWER_NAME,    /* 36 bytes */
	ODR_ANSWER_NO,	    /* CHECK CONDITION: it lives and says no */
	ODR_ANSWER_SILENT,  /* nothing within the time that was granted */
	ODR_ANSWER_NO_NODE, /* nothing that could be opened, and why */
	ODR_ANSWER_FAILED,  /* the kernel could not carry the command */
};

/* One open question. Zeroed: none. Owned by the caller, fields private but the answer. */
struct odr_inquiry {
	pid_t child; /* 0: none */
	int pipe;
	uint64_t asked_us; /* of odr_host_now_us */
	bool late;	   /* it was given up: its answer is nobody's any more */
	enum odr_answer answer;
	int error; /* of NO_NODE: errno of the node that came nearest */
	uint8_t bytes[36];
};

/*
 * odr_inquiry_ask - begin to ask, unless the question before is still open: then that one counts.
 * node: as in struct odr_sysfs_drive. keep_out: a descriptor that the child closes, -1 none.
 */
void odr_inquiry_ask(struct odr_inquiry *q, char node[ODR_SYSFS_NODES][ODR_SYSFS_NODE],
		     int keep_out);

/* Wait until limit_ms after it was asked: of several that were asked together, together. Who has not
 * answered then is silent, waited for no more, and asked no more until its child has ended. */
void odr_inquiry_hear(struct odr_inquiry *q, uint32_t limit_ms);

/* Nobody waits for the answer any more. */
void odr_inquiry_drop(struct odr_inquiry *q);

#endif
