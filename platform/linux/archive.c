/*
 * archive.c - platform/archive.h with libarchive. Two processes: the child reads the archive and sends
 * each member through a pipe, the parent waits for at most LIMIT_S seconds and then ends it.
 */
#define _GNU_SOURCE /* pipe2 */

#include "platform/archive.h"
#include "platform/host.h"
#include "platform/linux/rarsum.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LIMIT_S = 10, /* an archive of firmware takes less than one */
	LIMIT_BYTES =
		192 *
		1048576, /* the biggest dictionary that packers take by themselves is 64 MiB */
	BLOCK = 65536,
	NAME_ROOM = 1024,
};

/* What goes through the pipe: a head, then `name` bytes, then `data` bytes. */
struct head {
	enum { MEMBER, END } what;
	enum odr_err code; /* END: how it ended; the name is the reason */
	bool is_file, has_data, has_sum;
	uint32_t sum;
	uint32_t name, data;
};

/* ---- the child ------------------------------------------------------------------------------ */

static void put(int to, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len) {
		ssize_t n = write(to, at, len);

		if (n < 0 && errno != EINTR)
			_exit(1); /* the parent has gone */
		if (n > 0) {
			at += n;
			len -= (size_t)n;
		}
	}
}

static _Noreturn void end(int to, enum odr_err code, const char *reason)
{
	const struct head head = {.what = END, .code = code, .name = (uint32_t)strlen(reason)};

	put(to, &head, sizeof head);
	put(to, reason, head.name);
	_exit(0);
}

/* Memory is counted from what the process has already: a sanitizer's shadow is far more than this. */
static void be_small(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	const struct rlimit none = {0, 0}, time = {LIMIT_S, LIMIT_S};
	struct rlimit memory;
	unsigned long long pages = 0;

	if (file) {
		if (fscanf(file, "%llu", &pages) != 1)
			pages = 0;
		fclose(file);
	}
	memory.rlim_max = memory.rlim_cur = pages * (rlim_t)sysconf(_SC_PAGESIZE) + LIMIT_BYTES;
	setrlimit(RLIMIT_AS, &memory);
	setrlimit(RLIMIT_CPU, &time);
	setrlimit(RLIMIT_FSIZE, &none);
	setrlimit(RLIMIT_NPROC, &none);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGXCPU, SIG_DFL);
}

static _Noreturn void damaged(int to, struct archive *a)
{
	char text[ODR_ERROR_TEXT];
	const char *why = archive_error_string(a);

	if (archive_read_has_encrypted_entries(a) > 0)
		end(to, ODR_E_REFUSED, "is locked with a password");
	if (archive_errno(a) == ENOMEM)
		end(to, ODR_E_FILE, "wants more memory than any firmware needs");
	snprintf(text, sizeof text, "is damaged or cut short%s%s", why ? ": " : "", why ? why : "");
	end(to, ODR_E_FILE, text);
}

/* Formats by name and no filters: some of libarchive's start a program to unpack with. */
static struct archive *open_archive(int to, int from)
{
	struct archive *a = archive_read_new();

	/* A zip's list stands at its end: one that was cut short has none, and is refused. */
	if (!a || archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
	    archive_read_support_format_7zip(a) != ARCHIVE_OK ||
	    archive_read_support_format_rar(a) != ARCHIVE_OK ||
	    archive_read_support_format_rar5(a) != ARCHIVE_OK ||
	    archive_read_support_format_cab(a) != ARCHIVE_OK ||
	    archive_read_support_format_lha(a) != ARCHIVE_OK)
		end(to, ODR_E_INTERNAL, "this libarchive cannot open archives");
	if (archive_read_open_fd(a, from, BLOCK) == ARCHIVE_OK)
		return a;
	if (archive_errno(a) == EILSEQ) /* what libarchive calls an unknown format on Linux */
		end(to, ODR_E_UNSUPPORTED, "is no archive that odrescue can open");
	damaged(to, a);
}

static const char *name_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (!name) /* letters that this system does not have */
		name = archive_entry_pathname_utf8(entry);
	return name ? name : "?";
}

/* The whole content into `data`, which has one byte more than a member may. */
static uint32_t read_content(int to, struct archive *a, uint8_t *data)
{
	uint32_t used = 0;
	la_ssize_t got;

	while ((got = archive_read_data(a, data + used, ODR_MEMBER_MAX + 1 - used)) > 0)
		used += (uint32_t)got;
	if (got < 0)
		damaged(to, a);
	return used;
}

static void send_member(int to, int from, struct archive *a, unsigned number,
			struct archive_entry *entry, uint8_t *data,
			const struct odr_archive_host *host)
{
	const char *name = name_of(entry);
	struct head head = {.what = MEMBER,
			    .is_file = archive_entry_filetype(entry) == AE_IFREG &&
				       !archive_entry_hardlink(entry),
			    .name = (uint32_t)strlen(name)};
	char text[ODR_ERROR_TEXT];

	if (archive_entry_is_encrypted(entry))
		end(to, ODR_E_REFUSED, "is locked with a password");
	if (head.name >= NAME_ROOM)
		end(to, ODR_E_FILE, "holds a name that is too long to be true");
	if (head.is_file && host->wants(host->ctx, name)) {
		head.has_data = true;
		head.data = read_content(to, a, data);
		head.has_sum = archive_format(a) == ARCHIVE_FORMAT_RAR;
		if (head.has_sum && !odr_rar_sum(from, number, &head.sum))
			end(to, ODR_E_FILE, "is damaged: a checksum is missing");
		if (head.data > ODR_MEMBER_MAX) {
			snprintf(text, sizeof text,
				 "holds %.60s, which is too big for firmware: "
				 "more than %u bytes",
				 name, ODR_MEMBER_MAX);
			end(to, ODR_E_FILE, text);
		}
	}
	put(to, &head, sizeof head);
	put(to, name, head.name);
	put(to, data, head.data);
}

static _Noreturn void be_reader(int to, int from, const struct odr_archive_host *host)
{
	uint8_t *data = malloc(ODR_MEMBER_MAX + 1);
	struct archive_entry *entry;
	struct archive *a;
	unsigned members = 0;
	int got;

	be_small();
	if (!data)
		end(to, ODR_E_SPACE, "cannot be opened: no memory");
	a = open_archive(to, from);
	while ((got = archive_read_next_header(a, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN) {
		if (members == ODR_MEMBERS_MAX)
			end(to, ODR_E_FILE, "holds more than 10000 files: no firmware does");
		send_member(to, from, a, members, entry, data, host);
		members++;
	}
	if (got != ARCHIVE_EOF)
		damaged(to, a);
	end(to, ODR_OK, "");
}

/* ---- the parent ----------------------------------------------------------------------------- */

struct line {
	int from;
	uint64_t until_us;
	bool late;
};

static bool get(struct line *line, void *bytes, size_t len)
{
	char *to = bytes;

	while (len) {
		uint64_t now = odr_host_now_us();
		struct pollfd fd = {.fd = line->from, .events = POLLIN};
		ssize_t n;

		line->late = now >= line->until_us;
		if (line->late)
			return false;
		if (poll(&fd, 1, (int)((line->until_us - now) / 1000) + 1) <= 0)
			continue;
		n = read(line->from, to, len);
		if (n == 0 || (n < 0 && errno != EINTR))
			return false;
		if (n > 0) {
			to += n;
			len -= (size_t)n;
		}
	}
	return true;
}

/* Until the child has said how it ended, or has ended without a word. */
static enum odr_err follow(struct line *line, uint8_t *data, const struct odr_archive_host *host,
			   struct odr_error *e)
{
	char name[NAME_ROOM];
	struct head head;

	while (get(line, &head, sizeof head) && head.name < sizeof name &&
	       head.data <= ODR_MEMBER_MAX && get(line, name, head.name) &&
	       get(line, data, head.data)) {
		name[head.name] = 0;
		if (head.what == END)
			return head.code == ODR_OK ? ODR_OK : odr_fail(e, head.code, "%s", name);
		host->take(host->ctx, &(struct odr_member){.name = name,
							   .is_file = head.is_file,
							   .data = head.has_data ? data : NULL,
							   .bytes = head.data,
							   .has_sum = head.has_sum,
							   .sum = head.sum});
	}
	if (line->late)
		return odr_fail(e, ODR_E_FILE, "takes longer to unpack than any firmware does");
	return odr_fail(e, ODR_E_FILE,
			"cannot be unpacked: damaged, or made to be more than it looks");
}

enum odr_err odr_archive_read(const char *path, const struct odr_archive_host *host,
			      struct odr_error *e)
{
	uint8_t *data;
	int from, pipes[2];
	enum odr_err err = odr_host_open(path, ODR_FILE_READ, &from, e);
	pid_t child;

	if (err)
		return err;
	data = malloc(ODR_MEMBER_MAX);
	if (!data || pipe2(pipes, O_CLOEXEC) < 0) {
		free(data);
		odr_host_close(from);
		return odr_fail(e, ODR_E_SPACE, "cannot be opened: no memory");
	}
	child = fork();
	if (child == 0)
		be_reader(pipes[1], from, host);
	close(pipes[1]);
	odr_host_close(from);
	if (child > 0) {
		struct line line = {pipes[0], odr_host_now_us() + LIMIT_S * UINT64_C(1000000),
				    false};

		err = follow(&line, data, host, e);
		kill(child, SIGKILL); /* it has nothing to lose */
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			;
	} else {
		err = odr_fail(e, ODR_E_SPACE, "cannot be opened: no second process");
	}
	close(pipes[0]);
	free(data);
	return err;
}
