#include "flash/families/nor.h"

#include "flash/families/mtk_reg.h"

/* JEDEC cycles, protocols.md 2.5. */
#define UNLOCK_1 0xAA
#define UNLOCK_2 0x55
#define CMD_ID 0x90
#define CMD_RESET 0xF0
#define CMD_ERASE 0x80
#define CMD_ERASE_CHIP 0x10
#define CMD_PROGRAM 0xA0

#define READ_TRIES 16	 /* 2.5: "RD(a) twice, equal values required, 16 retries" */
#define PROGRAM_READS 3	 /* 2.5: "read back up to 3 times" */
#define PROGRAM_TRIES 16 /* 2.5: "whole byte repeated up to 16 times" */
#define ERASE_WAITS 12	 /* 2.5: "fixed 12 x 250 ms" */
#define ERASE_WAIT_MS 250
#define BLANK_MISMATCHES 16 /* 2.5: "blank check with up to 16 mismatches" */

/* After the fixed wait big chips still work: an Am29F080 has 16 sectors of at most 8 s each (AMD
 * data sheet). A busy chip toggles bit 6 at every reading, so two equal readings mean: done. */
#define ERASE_LIMIT_MS 128000u

#define PROTECT_VERIFY 2 /* autoselect address xx02h: bit 0 = sector protected (AMD data sheets) */

static const struct {
	uint32_t a, b;
} unlock_at[ODR_UNLOCKS] = {
	[ODR_UNLOCK_5555] = {0x5555, 0x2AAA},
	[ODR_UNLOCK_555] = {0x555, 0x2AA},
	[ODR_UNLOCK_AAA] = {0xAAA, 0x555},
};

static enum odr_err unlock(const struct odr_job *job, struct odr_error *e)
{
	enum odr_unlock style = job->engine->unlock;
	enum odr_err rc = odr_mtk_write(job, unlock_at[style].a, UNLOCK_1, e);

	return rc == ODR_OK ? odr_mtk_write(job, unlock_at[style].b, UNLOCK_2, e) : rc;
}

static enum odr_err command(const struct odr_job *job, uint8_t value, struct odr_error *e)
{
	enum odr_err rc = unlock(job, e);

	return rc == ODR_OK ? odr_mtk_write(job, unlock_at[job->engine->unlock].a, value, e) : rc;
}

enum odr_err odr_nor_read(struct odr_job *job, uint32_t address, uint8_t *value,
			  struct odr_error *e)
{
	uint8_t again;

	for (unsigned i = 0; i < READ_TRIES; i++) {
		enum odr_err rc = odr_mtk_read(job, address, value, e);

		if (rc == ODR_OK)
			rc = odr_mtk_read(job, address, &again, e);
		if (rc != ODR_OK)
			return rc;
		if (*value == again)
			return ODR_OK;
		job->unsteady++;
	}
	return odr_fail(e, ODR_E_PROTOCOL, "flash address %05lX never reads the same twice",
			(unsigned long)address);
}

/* Wait until a running erase or program is over; ODR_E_TIMEOUT when it never is. */
static enum odr_err settle(const struct odr_job *job, uint32_t limit_ms, struct odr_error *e)
{
	uint8_t one, two;

	for (uint32_t ms = 0;; ms += ERASE_WAIT_MS) {
		enum odr_err rc = odr_mtk_read(job, 0, &one, e);

		if (rc == ODR_OK)
			rc = odr_mtk_read(job, 0, &two, e);
		if (rc != ODR_OK || one == two)
			return rc;
		if (ms >= limit_ms)
			return odr_fail(e, ODR_E_TIMEOUT, "the chip does not finish in %lu s",
					(unsigned long)limit_ms / 1000);
		odr_wait(job, ERASE_WAIT_MS);
	}
}

/* In id mode: is any 64 KiB sector protected? */
static enum odr_err read_protection(const struct odr_job *job, struct odr_error *e)
{
	struct odr_engine *engine = job->engine;

	engine->chip_protected = false;
	if (!engine->chip->tells_protection)
		return ODR_OK;
	for (uint32_t bank = 0; bank < engine->chip->bytes; bank += ODR_NOR_BANK) {
		uint8_t bits;
		enum odr_err rc = odr_mtk_read(job, bank + PROTECT_VERIFY, &bits, e);

		if (rc != ODR_OK)
			return rc;
		if (bits & 1)
			engine->chip_protected = true;
	}
	return ODR_OK;
}

/* One try with the current unlock style. */
static enum odr_err ask_id(struct odr_job *job, const uint8_t before[2], uint8_t id[2],
			   struct odr_error *e)
{
	struct odr_engine *engine = job->engine;
	uint8_t after[2] = {0, 0};
	enum odr_err rc = command(job, CMD_ID, e);

	for (uint32_t i = 0; rc == ODR_OK && i < 2; i++)
		rc = odr_mtk_read(job, i, &id[i], e);
	if (rc != ODR_OK)
		return rc;
	engine->chip = odr_chip_by_id(id[0], id[1]);
	if (engine->chip)
		rc = read_protection(job, e);
	if (rc == ODR_OK)
		rc = command(job, CMD_RESET, e);
	for (uint32_t i = 0; rc == ODR_OK && i < 2; i++)
		rc = odr_mtk_read(job, i, &after[i], e);
	/* Memory that happens to hold an id's bytes is no chip that answers. */
	if (rc != ODR_OK || after[0] != before[0] || after[1] != before[1] ||
	    (id[0] == before[0] && id[1] == before[1]))
		engine->chip = NULL;
	return rc;
}

enum odr_err odr_nor_identify(struct odr_job *job, uint8_t *first, uint8_t *second,
			      struct odr_error *e)
{
	struct odr_engine *engine = job->engine;
	uint8_t before[2], id[2] = {0, 0};
	enum odr_err rc = settle(job, ERASE_LIMIT_MS, e);

	engine->chip = NULL;
	/* Twice: after a crash the chip may still wait for the rest of a sequence, and the first
	 * round of cycles only clears that. */
	for (unsigned round = 0; round < 2; round++) {
		for (int style = 0; rc == ODR_OK && style < ODR_UNLOCKS; style++) {
			engine->unlock = (enum odr_unlock)style;
			for (uint32_t i = 0; rc == ODR_OK && i < 2; i++)
				rc = odr_mtk_read(job, i, &before[i], e);
			if (rc == ODR_OK)
				rc = ask_id(job, before, id, e);
			*first = id[0];
			*second = id[1];
			if (engine->chip)
				return rc;
		}
	}
	return rc;
}

enum odr_err odr_nor_erase(struct odr_job *job, struct odr_error *e)
{
	enum odr_err rc = command(job, CMD_ERASE, e);

	if (rc == ODR_OK)
		rc = command(job, CMD_ERASE_CHIP, e);
	for (uint32_t i = 0; rc == ODR_OK && i < ERASE_WAITS; i++) {
		odr_progress(job, "erase", i, ERASE_WAITS);
		odr_wait(job, ERASE_WAIT_MS);
	}
	if (rc == ODR_OK)
		rc = settle(job, ERASE_LIMIT_MS, e);
	if (rc == ODR_OK)
		odr_progress(job, "erase", 1, 1);
	return rc;
}

enum odr_err odr_nor_check_blank(struct odr_job *job, struct odr_error *e)
{
	uint32_t bytes = job->engine->chip->bytes, wrong = 0, where = 0;
	uint8_t value = 0, found = 0;

	for (uint32_t a = 0; a < bytes && wrong < BLANK_MISMATCHES; a++) {
		enum odr_err rc = odr_mtk_read(job, a, &value, e);

		if (rc == ODR_OK && value != 0xFF)
			rc = odr_nor_read(job, a, &value, e);
		if (rc != ODR_OK)
			return rc;
		if (value != 0xFF && !wrong++) {
			where = a;
			found = value;
		}
		if (a % ODR_NOR_PAGE == 0)
			odr_progress(job, "blank check", a, bytes);
	}
	if (wrong)
		return odr_fail(e, ODR_E_PROTOCOL,
				"the erase did not take: address %05lX holds %02X instead of FF",
				(unsigned long)where, found);
	odr_progress(job, "blank check", bytes, bytes);
	return ODR_OK;
}

enum odr_err odr_nor_program(const struct odr_job *job, uint32_t address, uint8_t value,
			     struct odr_error *e)
{
	uint8_t seen = 0;

	for (unsigned i = 0; i < PROGRAM_TRIES; i++) {
		enum odr_err rc = command(job, CMD_PROGRAM, e);

		if (rc == ODR_OK)
			rc = odr_mtk_write(job, address, value, e);
		for (unsigned r = 0; rc == ODR_OK && r < PROGRAM_READS; r++) {
			rc = odr_mtk_read(job, address, &seen, e);
			if (rc == ODR_OK && seen == value)
				return ODR_OK;
		}
		if (rc != ODR_OK)
			return rc;
	}
	return odr_fail(e, ODR_E_PROTOCOL, "address %05lX keeps %02X instead of %02X",
			(unsigned long)address, seen, value);
}
