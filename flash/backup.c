#include "flash/backup.h"

#include "flash/event.h"
#include "flash/families/nor.h"
#include "flash/report.h"

#include <stdio.h>
#include <string.h>

/* What one reading of the whole chip showed. */
struct reading {
	uint8_t sha256[ODR_SHA256_BYTES];
	bool one_value; /* all FF, all 00: nothing to keep */
	bool repeats;	/* every 64 KiB the same: the address lines do not reach the chip */
	struct odr_whole whole;
};

/* handle < 0: only read. The page that repeats is compared by the sums of the banks. */
static enum odr_err read_chip(struct odr_job *job, int handle, uint32_t pass, struct reading *r,
			      struct odr_error *e)
{
	const struct odr_platform *p = &job->engine->platform;
	uint32_t bytes = job->engine->chip->bytes;
	struct odr_sha256 all, bank;
	uint8_t page[ODR_NOR_PAGE], sum[ODR_SHA256_BYTES], first_bank[ODR_SHA256_BYTES], first = 0;
	enum odr_err rc = ODR_OK;

	odr_sha256_start(&all);
	odr_sha256_start(&bank);
	odr_whole_start(&r->whole);
	r->one_value = true;
	r->repeats = bytes > ODR_NOR_BANK;
	for (uint32_t a = 0; rc == ODR_OK && a < bytes; a += ODR_NOR_PAGE) {
		if (odr_job_should_stop(job))
			rc = odr_fail(e, ODR_E_ABORTED, "told to end while the backup was read");
		for (uint32_t i = 0; rc == ODR_OK && i < ODR_NOR_PAGE; i++) {
			rc = odr_nor_read(job, a + i, &page[i], e);
			if (a + i == 0)
				first = page[0];
			if (page[i] != first)
				r->one_value = false;
		}
		if (rc == ODR_OK && handle >= 0)
			rc = p->ops->file_append(p->self, handle, page, sizeof page, e);
		odr_sha256_feed(&all, page, sizeof page);
		odr_sha256_feed(&bank, page, sizeof page);
		odr_whole_feed(&r->whole, page, sizeof page);
		if ((a + ODR_NOR_PAGE) % ODR_NOR_BANK == 0) {
			odr_sha256_end(&bank, sum);
			odr_sha256_start(&bank);
			if (a < ODR_NOR_BANK)
				memcpy(first_bank, sum, sizeof sum);
			else if (memcmp(first_bank, sum, sizeof sum))
				r->repeats = false;
		}
		odr_progress(job, "backup", pass * bytes + a + ODR_NOR_PAGE, 2 * bytes);
	}
	odr_sha256_end(&all, r->sha256);
	return rc;
}

static enum odr_err sum_file(const struct odr_platform *p, int handle, uint32_t bytes,
			     uint8_t sha256[ODR_SHA256_BYTES], struct odr_error *e)
{
	struct odr_sha256 sha;
	uint8_t buf[ODR_NOR_PAGE];
	uint32_t got;
	enum odr_err rc = ODR_OK;

	odr_sha256_start(&sha);
	for (uint32_t off = 0; rc == ODR_OK && off < bytes; off += ODR_NOR_PAGE) {
		rc = p->ops->file_read_at(p->self, handle, off, buf, sizeof buf, &got, e);
		if (rc == ODR_OK && got != sizeof buf)
			rc = odr_fail(e, ODR_E_SPACE, "the backup file is too short");
		odr_sha256_feed(&sha, buf, sizeof buf);
	}
	odr_sha256_end(&sha, sha256);
	return rc;
}

/* BACKUP3.TMP, empty, with room for the chip. */
static enum odr_err make_file(const struct odr_job *job, char path[ODR_PATH_MAX], int *handle,
			      struct odr_error *e)
{
	const struct odr_platform *p = &job->engine->platform;
	uint32_t bytes = job->engine->chip->bytes;
	uint64_t room;
	enum odr_err rc;

	snprintf(path, ODR_PATH_MAX, "%.180s/BACKUP%u.TMP", job->engine->folder, job->position);
	/* What a killed program left there is no backup, and takes room. */
	p->ops->file_remove(p->self, path, NULL);
	rc = p->ops->folder_space(p->self, job->engine->folder, &room, e);
	if (rc == ODR_OK && room < bytes)
		rc = odr_fail(e, ODR_E_SPACE, "%lu bytes are free, %lu are needed",
			      (unsigned long)room, (unsigned long)bytes);
	return rc == ODR_OK ? p->ops->file_open(p->self, path, ODR_FILE_CREATE, handle, e) : rc;
}

/* BACKUP3.BIN, BACKUP3A.BIN .. BACKUP3Z.BIN: names that DOS can open, the first that is free. */
static enum odr_err name_file(const struct odr_job *job, char path[ODR_PATH_MAX],
			      struct odr_error *e)
{
	const struct odr_platform *p = &job->engine->platform;
	char letter[2] = "", name[ODR_PATH_MAX];
	enum odr_err rc;

	do {
		snprintf(name, sizeof name, "%.180s/BACKUP%u%s.BIN", job->engine->folder,
			 job->position, letter);
		rc = p->ops->file_rename(p->self, path, name, e);
		letter[0] = letter[0] ? (char)(letter[0] + 1) : 'A';
	} while (rc != ODR_OK && letter[0] <= 'Z');
	if (rc == ODR_OK)
		memcpy(path, name, sizeof name);
	return rc;
}

static enum odr_err check(const struct odr_job *job, const struct reading *one,
			  const struct reading *two, const uint8_t file[ODR_SHA256_BYTES],
			  enum odr_no *no, struct odr_error *e)
{
	*no = ODR_NO_BACKUP_STABLE;
	if (memcmp(one->sha256, two->sha256, sizeof one->sha256))
		return odr_fail(e, ODR_E_PROTOCOL, "two readings of the whole chip differ");
	/* The retries found a value for every byte, but a chip that wavers cannot be verified
	 * after an erase either. */
	if (job->unsteady)
		return odr_fail(e, ODR_E_PROTOCOL, "%lu times a byte did not read the same twice",
				(unsigned long)job->unsteady);
	*no = ODR_NO_BACKUP_BLANK;
	if (one->one_value)
		return odr_fail(e, ODR_E_PROTOCOL, "every byte of the chip is the same");
	if (one->repeats)
		return odr_fail(e, ODR_E_PROTOCOL, "every 64 KiB of the chip read the same");
	*no = ODR_NO_ROOM;
	if (memcmp(one->sha256, file, sizeof one->sha256))
		return odr_fail(e, ODR_E_SPACE, "the backup file does not read back as written");
	return ODR_OK;
}

static enum odr_err into_journal(struct odr_job *job, const char *path, const uint8_t *sha256,
				 struct odr_error *e)
{
	struct odr_event ev;
	char hex[ODR_SHA256_HEX];

	odr_sha256_hex(sha256, hex);
	odr_event_start(&ev, "");
	odr_event_number(&ev, "position", job->position);
	odr_event_text(&ev, "file", path);
	odr_event_number(&ev, "bytes", job->engine->chip->bytes);
	odr_event_text(&ev, "sha256", hex);
	odr_event_text(&ev, "chip", job->engine->chip->name);
	return odr_journal_write(&job->engine->journal, ODR_POINT_BACKUP, ev.line, e);
}

enum odr_err odr_backup_make(struct odr_job *job, struct odr_whole *old, enum odr_no *no,
			     struct odr_error *e)
{
	struct odr_engine *engine = job->engine;
	const struct odr_platform *p = &engine->platform;
	uint32_t bytes = engine->chip->bytes;
	struct reading one, two;
	uint8_t file[ODR_SHA256_BYTES];
	char path[ODR_PATH_MAX];
	int handle;
	enum odr_err rc = make_file(job, path, &handle, e);

	*no = ODR_NO_ROOM;
	if (rc != ODR_OK)
		return rc;
	rc = read_chip(job, handle, 0, &one, e);
	if (rc == ODR_OK)
		rc = p->ops->file_sync(p->self, handle, e);
	if (rc == ODR_OK)
		rc = read_chip(job, -1, 1, &two, e);
	if (rc == ODR_OK)
		rc = sum_file(p, handle, bytes, file, e);
	if (rc == ODR_E_PROTOCOL)
		*no = ODR_NO_BACKUP_STABLE;
	if (rc == ODR_E_TIMEOUT)
		*no = ODR_NO_ANSWER;
	if (rc == ODR_E_ABORTED)
		*no = ODR_NO_STOPPED;
	if (rc == ODR_OK)
		rc = check(job, &one, &two, file, no, e);
	p->ops->file_close(p->self, handle);
	if (rc == ODR_OK)
		rc = name_file(job, path, e);
	if (rc == ODR_OK) {
		*no = ODR_NO_JOURNAL;
		rc = into_journal(job, path, one.sha256, e);
		*old = one.whole;
	}
	if (rc == ODR_OK)
		odr_say(engine, "Backup of the old content: %s, read twice, both the same.", path);
	else
		p->ops->file_remove(p->self, path, NULL); /* never leave half a backup about */
	return rc;
}

enum odr_err odr_backup_look(struct odr_job *job, struct odr_whole *old, struct odr_error *e)
{
	struct reading one;
	enum odr_err rc = read_chip(job, -1, 0, &one, e);

	*old = one.whole;
	return rc;
}
