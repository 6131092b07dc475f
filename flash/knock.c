#include "flash/knock.h"

#include "flash/event.h"
#include "flash/families/mtk_reg.h"
#include "flash/families/nor.h"
#include "flash/flash.h"
#include "flash/hold.h"
#include "flash/place.h"
#include "flash/report.h"

#include <stdio.h>
#include <string.h>

/* protocols.md 2.4: the retry loop. */
#define EVERY_MS 250	 /* native port */
#define SLOW_MS 500	 /* after status D1 was seen once */
#define LIMIT_MS 200000u /* give up after 200 s */
#define SLOW_STATUS 0xD1
#define BSY 0x80
#define OTHER_DEVICE 0x10 /* of the device register: the slave of A0h, the master of B0h */
#define FLOATING 0xFF
#define PULLED_DOWN 0x7F

static bool is_answer(uint8_t status)
{
	return status == ODR_MTK_PARALLEL || status == ODR_MTK_SERIAL_72 ||
	       status == ODR_MTK_SERIAL_73 || status == ODR_MTK_LOCKED;
}

/* Does a device that can be understood answer where the last select went? */
static bool shows_device(const struct odr_job *job)
{
	const struct odr_channel *ch = job->ch;
	uint8_t status = 0;

	for (int i = 0; i < 5; i++) /* four readings are the 400 ns a device may take */
		status = ch->io->in8(ch->io->ctx, ch->ctl);
	return status && status != FLOATING && status != PULLED_DOWN && !(status & BSY) &&
	       !is_answer(status);
}

/*
 * 80h to 8Fh are vendor commands of hard disks too (2.4, Danger). While the loop runs a hand may plug
 * anything in, so the registers are looked at in every intro, between its 250 ms and its command
 * (passively, 5.4 steps 2 and 4): a device that is not busy and shows 00/00 is a disk.
 */
static bool shows_disk(const struct odr_job *job)
{
	return shows_device(job) && !odr_in(job, ODR_REG_LBA_MID) && !odr_in(job, ODR_REG_LBA_HI);
}

/*
 * The other plug of the cable was empty at the proof. Who hangs there now hears us, too. (An ATAPI drive
 * after its reset shows status 00, as nobody does beside a master: look_after() finds it.)
 */
static enum odr_no newcomer(const struct odr_job *job)
{
	odr_out(job, ODR_REG_DEVICE, job->dev ^ OTHER_DEVICE);
	if (shows_disk(job))
		return ODR_NO_DISK_CABLE;
	return shows_device(job) ? ODR_NO_PARTNER : ODR_NO_LINE;
}

static enum odr_err stop(const struct odr_job *job, enum odr_no why, enum odr_no *no,
			 struct odr_error *e)
{
	unsigned at =
		why == ODR_NO_DISK_TARGET ? job->position : odr_position_partner(job->position);

	*no = why;
	return odr_fail(e, ODR_E_REFUSED, "it answers at %s", odr_position_name(at));
}

/* Wait until the next knock, but not beyond the end of all knocking. */
static void pause(const struct odr_job *job, uint32_t every_ms, uint64_t until_us)
{
	uint64_t now = odr_now_us(job), left_us = until_us > now ? until_us - now : 0;

	odr_wait(job, left_us < every_ms * 1000ull ? (uint32_t)(left_us + 999) / 1000 : every_ms);
}

/* Knock until the boot ROM answers. ODR_E_TIMEOUT: it did not. ODR_E_REFUSED: somebody is there; *no. */
static enum odr_err knock(struct odr_job *job, uint8_t *status, enum odr_no *no,
			  struct odr_error *e)
{
	uint64_t until_us = odr_now_us(job) + LIMIT_MS * 1000ull;
	uint32_t every = EVERY_MS;
	enum odr_no other;
	bool asked = false;

	while (odr_now_us(job) < until_us) {
		if (odr_job_should_stop(job))
			return odr_fail(e, ODR_E_ABORTED, "told to end while it knocked");
		other = newcomer(job);
		if (other != ODR_NO_LINE)
			return stop(job, other, no, e);
		odr_mtk_intro_select(job);
		if (shows_disk(job))
			return stop(job, ODR_NO_DISK_TARGET, no, e);
		*status = odr_mtk_intro_ask(job);
		if (is_answer(*status))
			return ODR_OK;
		/* Anything but a stuck drive: nobody reads 7F, FF or 00, a living one aborts. */
		if (!(*status & BSY) || *status == FLOATING)
			job->engine->target.away = true;
		if (!asked)
			odr_ask(job->engine,
				"Switch the power of the drive off and on again within about one "
				"second. odrescue goes on knocking meanwhile, for at most 200 s.");
		asked = true;
		if (*status == SLOW_STATUS)
			every = SLOW_MS;
		pause(job, every, until_us);
	}
	return odr_fail(e, ODR_E_TIMEOUT,
			"its status register shows %02X at last; a boot ROM that listens shows 70",
			*status);
}

static void report_chip(struct odr_engine *engine)
{
	static const char *const style[] = {"5555/2AAA", "555/2AA", "AAA/555"};
	const struct odr_chip *chip = engine->chip;
	struct odr_event ev;

	odr_event_start(&ev, "chip");
	odr_event_text(&ev, "name", chip->name);
	odr_event_hex(&ev, "maker", chip->maker, 2);
	odr_event_hex(&ev, "device", chip->device, 2);
	odr_event_number(&ev, "bytes", chip->bytes);
	odr_event_text(&ev, "unlock", style[engine->unlock]);
	odr_event_number(&ev, "protected", engine->chip_protected);
	odr_emit(engine, &ev);
}

static enum odr_exit identify(struct odr_job *job)
{
	struct odr_engine *engine = job->engine;
	uint8_t first, second;
	struct odr_error e;

	if (odr_nor_identify(job, &first, &second, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_CHIP_ID, e.text);
	if (!engine->chip) {
		odr_fail(&e, ODR_E_NO_DEVICE, "where an id should be it reads %02X %02X", first,
			 second);
		return odr_refuse(engine, ODR_NO_CHIP_ID, e.text);
	}
	report_chip(engine);
	if (engine->chip->page_write)
		return odr_refuse(engine, ODR_NO_CHIP_PAGE, engine->chip->name);
	if (engine->chip_protected)
		return odr_refuse(engine, ODR_NO_CHIP_PROTECTED, engine->chip->name);
	return ODR_EXIT_DONE;
}

/*
 * The ROM answers: from here the channel may look different than at the proof (a stuck BSY no longer
 * mirrors), and a second drive that hid behind it shows. The new picture becomes the reference.
 */
static enum odr_exit look_after(struct odr_job *job)
{
	struct odr_engine *engine = job->engine;
	struct odr_target *t = &engine->target;
	unsigned partner = odr_position_partner(job->position);
	struct odr_snapshot now;
	struct odr_error e;

	if (engine->platform.ops->scan(engine->platform.self,
				       ODR_MASK_ALL &
					       ~(ODR_MASK(job->position) | ODR_MASK(partner)),
				       &now, &e) != ODR_OK)
		return odr_failed(engine, &e, "Knock again.");
	for (unsigned p = 1; p <= ODR_POSITIONS; p++) {
		const struct odr_place *was = &t->places.place[p - 1], *is = &now.place[p - 1];

		if (p == job->position || p == partner)
			continue;
		if (was->state != is->state || strcmp(was->product, is->product))
			return odr_refuse(engine, ODR_NO_PLACES, odr_position_name(p));
	}
	if (now.place[partner - 1].state != ODR_ABSENT && now.place[partner - 1].state != ODR_EMPTY)
		return odr_refuse(engine, ODR_NO_PARTNER, odr_position_name(partner));
	if (now.place[job->position - 1].state != ODR_VENDOR)
		return odr_refuse(
			engine, ODR_NO_ANSWER,
			odr_words_state(odr_state_name(now.place[job->position - 1].state)));
	t->places = now;
	return ODR_EXIT_DONE;
}

static enum odr_err vendor_into_journal(struct odr_engine *engine, uint8_t status,
					struct odr_error *e)
{
	char fields[20];

	snprintf(fields, sizeof fields, " status=%02x", status);
	return odr_journal_write(&engine->journal, ODR_POINT_VENDOR, fields, e);
}

static enum odr_exit enter(struct odr_job *job)
{
	struct odr_engine *engine = job->engine;
	struct odr_error e;
	uint8_t status = ODR_MTK_PARALLEL;
	enum odr_exit code;
	enum odr_no no = ODR_NO_LINE;
	enum odr_err rc = ODR_OK;

	if (engine->target.places.place[job->position - 1].state != ODR_VENDOR)
		rc = knock(job, &status, &no, &e);
	if (rc == ODR_E_REFUSED)
		return odr_refuse(engine, no, e.text);
	if (rc == ODR_E_ABORTED)
		return odr_refuse(engine, ODR_NO_STOPPED, e.text);
	if (rc != ODR_OK)
		return odr_refuse(engine, ODR_NO_ANSWER, e.text);
	engine->in_vendor_mode = true;
	/* Half written by an interrupted rescue: leaving by itself would throw it out of flash mode
	 * (design.md section 6, rule 6). */
	engine->frozen =
		engine->journal.story.no_return && engine->journal.story.position == job->position;
	if (vendor_into_journal(engine, status, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_JOURNAL, e.text);
	odr_say(engine, "The boot ROM answers with status %02X.", status);
	if (status == ODR_MTK_LOCKED)
		return odr_refuse(engine, ODR_NO_LOCKED, NULL);
	if (status != ODR_MTK_PARALLEL)
		return odr_refuse(engine, ODR_NO_SERIAL_FLASH, NULL);
	code = look_after(job);
	return code == ODR_EXIT_DONE ? identify(job) : code;
}

static enum odr_err into_journal(struct odr_engine *engine, struct odr_error *e)
{
	char fields[200];

	snprintf(fields, sizeof fields, " position=%u boot=\"%s\" proof=\"%s\"",
		 engine->target.position, engine->target.places.boot_id,
		 odr_proof_text(engine->target.proof));
	return odr_journal_write(&engine->journal, ODR_POINT_KNOCK, fields, e);
}

enum odr_exit odr_cmd_knock(struct odr_engine *engine, const char *args)
{
	const struct odr_target *t = &engine->target;
	const char *rest;
	unsigned position = odr_parse_position(args, &rest);
	enum odr_state state;
	struct odr_job job;
	struct odr_error e;
	enum odr_exit code;

	if (!position || (*rest && strcmp(rest, "without journal")))
		return odr_refuse(engine, ODR_NO_LINE, "knock POSITION [without journal]");
	if (!t->position)
		return odr_refuse(engine, ODR_NO_TARGET, NULL);
	if (position != t->position)
		return odr_refuse(engine, ODR_NO_WORDS, args);
	if (position > ODR_DIGITS) /* a boot ROM is reached by the registers of its cable alone */
		return odr_refuse(engine, ODR_NO_PORTS, odr_position_name(position));
	state = t->places.place[position - 1].state;
	if (state == ODR_ALIVE || state == ODR_BOOT)
		return odr_refuse(engine,
				  odr_story_half_written(&engine->journal.story, position)
					  ? ODR_NO_HALF_WRITTEN
					  : ODR_NO_KNOCK_ALIVE,
				  t->places.place[position - 1].product);
	if (odr_flash_look_again(engine, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PLACES, e.text);
	if (odr_job_open(&job, engine, position, true, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PORTS, e.text);
	engine->journal.off = *rest != 0;
	if (odr_hold_position(engine, position, &e) != ODR_OK)
		return odr_refuse(engine, odr_hold_no(&e), e.text);
	if (into_journal(engine, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_JOURNAL, e.text);
	memset(&engine->plan, 0, sizeof engine->plan);
	code = enter(&job);
	if (code != ODR_EXIT_DONE)
		odr_undo_all(engine);
	return code;
}
