#define _GNU_SOURCE /* pipe2 */

#include "platform/linux/inquiry.h"

#include "platform/host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <scsi/sg_pt.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	OP_INQUIRY = 0x12,
	/* How long the kernel may take (linux.md C: its own end to a command is a reset). */
	KERNEL_S = 60,
};

/* What a child says at its end: small, so that it is written whole. */
struct word {
	enum odr_answer answer;
	int error;
	uint8_t bytes[36];
};

/* ---- the child ------------------------------------------------------------------------------ */

static enum odr_answer send_inquiry(int fd, uint8_t bytes[36])
{
	static const uint8_t cdb[6] = {OP_INQUIRY, 0, 0, 0, 36, 0};
	struct sg_pt_base *pt = construct_scsi_pt_obj();
	uint8_t sense[32];
	enum odr_answer answer = ODR_ANSWER_FAILED;

	if (!pt)
		return answer;
	set_scsi_pt_cdb(pt, cdb, sizeof cdb);
	set_scsi_pt_sense(pt, sense, sizeof sense);
	set_scsi_pt_data_in(pt, bytes, 36);
	if (do_scsi_pt(pt, fd, KERNEL_S, 0) == 0) {
		switch (get_scsi_pt_result_category(pt)) {
		case SCSI_PT_RESULT_GOOD:
			answer = ODR_ANSWER_NAME;
			break;
		case SCSI_PT_RESULT_SENSE:
			answer = ODR_ANSWER_NO;
			break;
		default:
			break;
		}
	}
	destruct_scsi_pt_obj(pt);
	return answer;
}

/* Errors go nowhere: a closed descriptor would become the drive's, and words be written to it. */
static bool is_mute(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	return null >= 0 && dup2(null, STDERR_FILENO) >= 0;
}

/* Only one question is ever sent: what follows the first node that opens is its answer. */
static _Noreturn void be_child(int out, char node[ODR_SYSFS_NODES][ODR_SYSFS_NODE])
{
	struct word word = {.answer = ODR_ANSWER_NO_NODE, .error = ENOENT};
	int fd = -1;

	for (unsigned i = 0; i < ODR_SYSFS_NODES && fd < 0; i++) {
		if (!node[i][0])
			continue;
		fd = scsi_pt_open_flags(node[i], O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
		if (fd < 0 && -fd != ENOENT)
			word.error = -fd;
	}
	if (fd >= 0)
		word.answer = send_inquiry(fd, word.bytes);
	_exit(write(out, &word, sizeof word) == (ssize_t)sizeof word ? 0 : 1);
}

/* ---- the worker ----------------------------------------------------------------------------- */

static void take_word(struct odr_inquiry *q)
{
	struct word word;

	if (read(q->pipe, &word, sizeof word) == (ssize_t)sizeof word) {
		q->answer = word.answer;
		q->error = word.error;
		memcpy(q->bytes, word.bytes, sizeof q->bytes);
	} else {
		q->answer = ODR_ANSWER_FAILED; /* it ended without a word */
	}
	close(q->pipe);
	waitpid(q->child, NULL, 0); /* it has closed its pipe: it is at its end */
	q->child = 0;
}

static bool is_over(const struct odr_inquiry *q)
{
	struct pollfd fd = {.fd = q->pipe, .events = POLLIN};

	return poll(&fd, 1, 0) > 0;
}

void odr_inquiry_ask(struct odr_inquiry *q, char node[ODR_SYSFS_NODES][ODR_SYSFS_NODE],
		     int keep_out)
{
	int end[2];

	if (q->child && is_over(q))
		take_word(q); /* too late: it may be another drive's by now */
	if (q->child)
		return;
	q->answer = ODR_ANSWER_FAILED;
	q->error = 0;
	q->asked_us = odr_host_now_us();
	q->late = false;
	memset(q->bytes, 0, sizeof q->bytes);
	if (pipe2(end, O_CLOEXEC | O_NONBLOCK) < 0)
		return;
	q->child = fork();
	if (q->child == 0) {
		/* It may hang for long: nobody else may wait for what it holds. Orders that the
		 * worker remembers until it can obey them are for the worker. */
		signal(SIGTERM, SIG_DFL);
		if (keep_out >= 0)
			close(keep_out);
		if (!is_mute())
			_exit(1);
		be_child(end[1], node);
	}
	close(end[1]);
	q->pipe = end[0];
	if (q->child < 0) {
		close(end[0]);
		q->child = 0;
	}
}

void odr_inquiry_hear(struct odr_inquiry *q, uint32_t limit_ms)
{
	struct pollfd fd = {.fd = q->pipe, .events = POLLIN};
	uint64_t until_us = q->asked_us + limit_ms * 1000ull, now;

	if (!q->child || q->late)
		return;
	do {
		now = odr_host_now_us();
		if (poll(&fd, 1, now < until_us ? (int)((until_us - now) / 1000 + 1) : 0) > 0) {
			take_word(q);
			return;
		}
	} while (now < until_us);
	q->late = true;
	q->answer = ODR_ANSWER_SILENT;
}

void odr_inquiry_drop(struct odr_inquiry *q)
{
	if (!q->child)
		return;
	/* One that waits for the kernel ends when that lets it go; init takes what is left of it. */
	kill(q->child, SIGKILL);
	waitpid(q->child, NULL, WNOHANG);
	close(q->pipe);
	q->child = 0;
}
