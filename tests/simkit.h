/*
 * simkit.h - a practice PC from a few lines of INI, and short words for its ports.
 *
 * For the test_sim*.c programs: one PC at a time, its folder is removed at the end. kit_channel is
 * the channel that in() and out() mean.
 */
#ifndef ODR_TESTS_SIMKIT_H
#define ODR_TESTS_SIMKIT_H

#include "platform/sim/sim.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <unistd.h>

#include <cmocka.h>

static struct odr_platform kit;
static struct odr_error kit_error;
static const struct odr_channel *kit_channel;
static char kit_dir[128], kit_answer[128];

static inline void kit_folder(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(kit_dir, sizeof kit_dir, "%s/odrsimXXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(kit_dir));
}

static inline void kit_write_rig(const char *text)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof path, "%s/rig.ini", kit_dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* Open, or open again, the rig of this folder. more: "", or further options with a leading comma */
static inline enum odr_err kit_reopen(const char *more)
{
	char options[640];
	enum odr_err err;

	snprintf(options, sizeof options, "rig=%s/rig.ini,state=%s/pc,speed=max%s", kit_dir,
		 kit_dir, more);
	memset(&kit_error, 0, sizeof kit_error);
	err = odr_sim_open(&kit, options, &kit_error);
	if (err != ODR_OK)
		kit.ops = NULL;
	return err;
}

static inline void kit_select(unsigned position)
{
	kit_channel = kit.ops->ports(kit.self, position, &kit_error);
	if (!kit_channel)
		fail_msg("%s", kit_error.text);
}

static inline void kit_open(const char *text)
{
	kit_folder();
	kit_write_rig(text);
	if (kit_reopen("") != ODR_OK)
		fail_msg("%s", kit_error.text);
}

static inline void kit_close(void)
{
	kit.ops->close(kit.self);
	kit.ops = NULL;
}

static inline void kit_empty_folder(const char *path)
{
	char name[512];
	struct dirent *entry;
	DIR *dir = opendir(path);

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
			unlink(name);
		}
	if (dir)
		closedir(dir);
	rmdir(path);
}

/* The teardown of every test. */
static inline int kit_teardown(void **state)
{
	char pc[160];

	(void)state;
	if (kit.ops)
		kit_close();
	snprintf(pc, sizeof pc, "%s/pc", kit_dir);
	kit_empty_folder(pc);
	kit_empty_folder(kit_dir);
	return 0;
}

static inline FILE *kit_file(const char *name)
{
	char path[160];

	snprintf(path, sizeof path, "%s/pc/%s", kit_dir, name);
	return fopen(path, "rb");
}

/* How many lines of wrong.txt hold this text. */
static inline unsigned kit_wrongs(const char *text)
{
	char line[256];
	unsigned n = 0;
	FILE *f = kit_file("wrong.txt");

	while (f && fgets(line, sizeof line, f))
		n += strstr(line, text) != NULL;
	if (f)
		fclose(f);
	return n;
}

static inline void kit_hand(const char *text)
{
	if (kit.ops->hand(kit.self, text, kit_answer, sizeof kit_answer, &kit_error) != ODR_OK)
		fail_msg("%s: %s", text, kit_error.text);
}

static inline void kit_wait_ms(uint32_t ms)
{
	kit.ops->wait_ms(kit.self, ms);
}

/* ---- registers of kit_channel ---- */

static inline void out(unsigned reg, uint8_t value)
{
	const struct odr_port_io *io = kit_channel->io;

	io->out8(io->ctx, (uint16_t)(kit_channel->base + reg), value);
}

static inline uint8_t in(unsigned reg)
{
	const struct odr_port_io *io = kit_channel->io;

	return io->in8(io->ctx, (uint16_t)(kit_channel->base + reg));
}

static inline void control(uint8_t value)
{
	kit_channel->io->out8(kit_channel->io->ctx, kit_channel->ctl, value);
}

static inline uint8_t alternate(void)
{
	return kit_channel->io->in8(kit_channel->io->ctx, kit_channel->ctl);
}

static inline void words_in(uint8_t *bytes, unsigned words)
{
	const struct odr_port_io *io = kit_channel->io;

	io->in16s(io->ctx, kit_channel->base, bytes, words);
}

static inline void words_out(const uint8_t *bytes, unsigned words)
{
	const struct odr_port_io *io = kit_channel->io;

	io->out16s(io->ctx, kit_channel->base, bytes, words);
}

static inline void wait_us(uint32_t us)
{
	kit_channel->io->wait_us(kit_channel->io->ctx, us);
}

/* Poll the status until BSY falls; fails after ten virtual seconds. */
static inline uint8_t settled(void)
{
	unsigned polls;
	uint8_t status;

	for (polls = 0; polls < 10000; polls++) {
		status = in(ODR_REG_STATUS);
		if (!(status & 0x80))
			return status;
		wait_us(1000);
	}
	fail_msg("BSY does not fall");
	return 0xFF;
}

#endif
