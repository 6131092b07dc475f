#include "flash/plan.h"

#include "flash/event.h"
#include "flash/families/family.h"
#include "flash/families/nor.h"
#include "flash/flash.h"
#include "flash/place.h"
#include "flash/report.h"

#include <stdio.h>
#include <string.h>

/* ---- the file ---- */

enum {
	NAMES_ROOM = 560, /* ODR_EVENT_MAX less the other fields of a plan's line (flash.c) */
};

/* Both lanes are for BTC writers, and only a drive whose name is known can be told from another. */
static bool is_ours(const struct odr_drive *drive)
{
	return drive && drive->family == ODR_FAMILY_BTC && *drive->product;
}

static enum odr_exit fits_label(struct odr_engine *engine)
{
	const struct odr_target *t = &engine->target;

	if (engine->image.kind == ODR_IMAGE_BACKUP || !is_ours(t->drive) ||
	    !strcmp(engine->image.made_for.product, t->drive->product))
		return ODR_EXIT_DONE;
	return odr_refuse(engine, ODR_NO_FITS_LABEL, engine->image.made_for.product);
}

enum odr_exit odr_cmd_image(struct odr_engine *engine, const char *args)
{
	struct odr_error e;
	enum odr_exit code;

	memset(&engine->plan, 0, sizeof engine->plan);
	if (!*args || *args == '"')
		return odr_refuse(engine, ODR_NO_LINE,
				  "image FILE: no quotation marks, also round a name with blanks");
	/* The journal's longest line names both. */
	if (odr_event_width(args) + odr_event_width(engine->folder) > NAMES_ROOM)
		return odr_refuse(
			engine, ODR_NO_IMAGE_FILE,
			"its name is too long for the journal: put it into a short folder");
	if (odr_image_load(&engine->image, engine->platform, args, false, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_IMAGE_FILE, e.text);
	odr_report_image(engine);
	code = fits_label(engine);
	if (code != ODR_EXIT_DONE)
		engine->image.kind = ODR_IMAGE_NONE;
	return code;
}

enum odr_exit odr_cmd_restore(struct odr_engine *engine, const char *args)
{
	const struct odr_story *story = &engine->journal.story;
	char path[ODR_PATH_MAX], hex[ODR_SHA256_HEX];
	struct odr_error e;

	memset(&engine->plan, 0, sizeof engine->plan);
	if (!story->backup[0] || story->position != engine->target.position)
		return odr_refuse(engine, ODR_NO_BACKUP_FILE,
				  "the journal of this folder names no backup of this position");
	snprintf(path, sizeof path, "%.199s", *args ? args : story->backup);
	if (odr_image_load(&engine->image, engine->platform, path, true, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_BACKUP_FILE, e.text);
	odr_sha256_hex(engine->image.sha256, hex);
	if (strcmp(hex, story->backup_sha256)) {
		engine->image.kind = ODR_IMAGE_NONE;
		return odr_refuse(engine, ODR_NO_BACKUP_FILE, "its checksum is not the journal's");
	}
	odr_report_image(engine);
	return odr_cmd_plan(engine, "");
}

/* ---- does it all fit? ---- */

static enum odr_exit check_dead(struct odr_engine *engine)
{
	if (engine->target.places.place[engine->target.position - 1].state != ODR_VENDOR ||
	    !engine->chip)
		return odr_refuse(engine, ODR_NO_KNOCK_FIRST, NULL);
	if (engine->chip->page_write)
		return odr_refuse(engine, ODR_NO_CHIP_PAGE, engine->chip->name);
	if (engine->chip_protected)
		return odr_refuse(engine, ODR_NO_CHIP_PROTECTED, engine->chip->name);
	if (engine->image.bytes != engine->chip->bytes)
		return odr_refuse_size(engine, engine->chip->name, engine->chip->bytes);
	if (engine->image.kind != ODR_IMAGE_BACKUP && !engine->target.drive)
		return odr_refuse(engine, ODR_NO_LABEL, NULL);
	if (engine->target.drive && !is_ours(engine->target.drive))
		return odr_refuse(engine, ODR_NO_FAMILY, engine->target.drive->name);
	engine->plan.lane = ODR_LANE_MTK_ROM;
	return ODR_EXIT_DONE;
}

static enum odr_exit check_living(struct odr_engine *engine, const struct odr_place *place)
{
	/* protocols.md 3.1: the 24 bytes of vendor and product must equal INQUIRY bytes 8..31. */
	if (strcmp(place->vendor, engine->image.made_for.vendor) ||
	    strcmp(place->product, engine->image.made_for.product))
		return odr_refuse(engine, ODR_NO_FITS_DRIVE, place->product);
	if (engine->image.kind == ODR_IMAGE_BACKUP ||
	    !is_ours(odr_drive_by_product(engine->drives, place->product)))
		return odr_refuse(engine, ODR_NO_FAMILY, place->product);
	if (engine->image.bytes != ODR_BTC_BYTES &&
	    odr_story_half_written(&engine->journal.story, place->position))
		return odr_refuse(engine, ODR_NO_HALF_WRITTEN, place->product);
	if (engine->image.bytes != ODR_BTC_BYTES)
		return odr_refuse_size(engine, "a living BTC writer", ODR_BTC_BYTES);
	engine->plan.lane = ODR_LANE_BTC;
	return ODR_EXIT_DONE;
}

static enum odr_exit check(struct odr_engine *engine)
{
	const struct odr_place *place = &engine->target.places.place[engine->target.position - 1];
	enum odr_exit code = fits_label(engine);

	if (code != ODR_EXIT_DONE)
		return code;
	switch (place->state) {
	case ODR_ALIVE:
		return check_living(engine, place);
	case ODR_BOOT:
	case ODR_NO_PORT:
	case ODR_DISK:
	case ODR_UNASKED:
	case ODR_STATES:
		return odr_refuse(engine, ODR_NO_FAMILY, odr_state_name(place->state));
	case ODR_VENDOR_LOCKED:
		return odr_refuse(engine, ODR_NO_LOCKED, NULL);
	case ODR_EMPTY:
	case ODR_ABSENT:
	case ODR_SILENT:
	case ODR_BUSY:
	case ODR_NO_IDENT:
	case ODR_WRONG_SIG:
	case ODR_ABORTING:
	case ODR_DRQ_STUCK:
	case ODR_VENDOR:
		break;
	}
	return check_dead(engine);
}

/* ---- the page ---- */

/* Every line of the plan goes to the person and into the digest. */
struct page {
	struct odr_engine *engine;
	struct odr_sha256 sha;
	struct odr_event ev;
	unsigned steps;
};

static void put_line(struct page *page)
{
	odr_sha256_feed(&page->sha, page->ev.line, page->ev.len);
	odr_emit(page->engine, &page->ev);
}

static void put_step(struct page *page, const char *text, uint32_t seconds, const char *note)
{
	odr_event_start(&page->ev, "step");
	odr_event_number(&page->ev, "n", ++page->steps);
	odr_event_text(&page->ev, "text", text);
	odr_event_number(&page->ev, "seconds", seconds);
	if (note)
		odr_event_text(&page->ev, "note", note);
	put_line(page);
}

static void put_fact(struct page *page, const char *key, const char *text)
{
	odr_event_start(&page->ev, "fact");
	odr_event_text(&page->ev, "key", key);
	odr_event_text(&page->ev, "text", text);
	put_line(page);
}

/* Costs on real ports, protocols.md 2.5: about 50 us a programmed byte, 20 ms a page; a reading is 16
 * accesses of 1 us. */
static void steps_mtk(struct page *page)
{
	const struct odr_engine *engine = page->engine;
	uint32_t kib = engine->image.bytes / 1024;
	char text[72];

	if (engine->plan.keeps_backup)
		put_step(page, "keep the backup of the interrupted rescue", 0, NULL);
	else
		put_step(page, "read the chip into a backup file, twice, compare", kib / 30 + 1,
			 NULL);
	put_step(page, "ERASE the chip", 3 + kib / 100, "from here there is no way back");
	snprintf(text, sizeof text, "write %lu bytes, boot page last",
		 (unsigned long)engine->image.bytes);
	put_step(page, text, kib / 8 + 1, NULL);
	put_step(page, "read back and compare", kib / 60 + 1, NULL);
	put_step(page, "leave flash mode; you switch the PC off and on", 2, NULL);
}

static void steps_btc(struct page *page)
{
	const struct odr_engine *engine = page->engine;
	const char *product = engine->target.places.place[engine->target.position - 1].product;
	uint32_t settle_ms = odr_drive_by_product(engine->drives, product)->settle_ms;

	put_step(page, "send 1048576 bytes to the drive's buffer", 10,
		 "from here there is no way back");
	put_step(page, "the drive burns them by itself", (settle_ms + 999) / 1000, NULL);
	put_step(page, "ask its name; it cannot be read back", 1, NULL);
}

/* Can DOS open it by this name? 8 characters, 3 behind one dot, none of its own signs (domain.md 1.3). */
static bool is_dos_name(const char *name)
{
	size_t base = strcspn(name, "."), whole = strlen(name);
	size_t ext = whole > base ? whole - base - 1 : 0;

	return base >= 1 && base <= 8 && ext <= 3 && !strpbrk(name, " +,;=[]\"*?<>|:/\\") &&
	       (whole == base || !strchr(name + base + 1, '.'));
}

/* The same by hand, as the thread did it (domain.md 8.2). */
static void put_by_hand(struct page *page)
{
	const struct odr_image *image = &page->engine->image;
	const char *slash = strrchr(image->path, '/');
	const char *name = slash ? slash + 1 : image->path;
	char text[80];

	if (page->engine->target.position > ODR_DIGITS)
		return; /* MTKFLASH has no digit for it */
	snprintf(text, sizeof text, "mtkflash %u w /m %s%.12s%s", page->engine->target.position,
		 image->kind == ODR_IMAGE_HEX ? "" : "/b ", is_dos_name(name) ? name : "FILE",
		 is_dos_name(name) ? "" : "   (FILE: its name as DOS shows it)");
	put_fact(page, "by hand", text);
}

static void put_facts(struct page *page)
{
	struct odr_engine *engine = page->engine;
	const struct odr_place *place = &engine->target.places.place[engine->target.position - 1];
	bool mtk = engine->plan.lane == ODR_LANE_MTK_ROM;
	char hex[ODR_SHA256_HEX], text[120];

	put_fact(page, "proof of target", odr_proof_text(engine->target.proof));
	put_fact(page, "same cable", "nothing else");
	snprintf(text, sizeof text, "%s %s, label %s", place->vendor, place->product,
		 engine->target.label[0] ? engine->target.label : "not given");
	put_fact(page, "the drive", mtk ? engine->target.label : text);
	snprintf(text, sizeof text, "%s %s", engine->image.made_for.product,
		 engine->image.made_for.revision);
	if (engine->image.kind == ODR_IMAGE_BACKUP)
		strcpy(text, "this drive: the backup of its old content");
	put_fact(page, "the file is for", text);
	if (engine->image.gaps) {
		snprintf(text, sizeof text, "%lu bytes: they become FF, as after an erase",
			 (unsigned long)engine->image.gaps);
		put_fact(page, "not in the file", text);
	}
	odr_sha256_hex(engine->image.sha256, hex);
	put_fact(page, "the file's SHA-256", hex);
	snprintf(text, sizeof text, "MediaTek boot ROM, parallel flash %s",
		 engine->chip ? engine->chip->name : "");
	put_fact(page, "method", mtk ? text : "WRITE BUFFER to a living BTC writer");
	put_fact(page, "tried",
		 mtk ? "EXPERIMENTAL: simulated drives only, no real one by us"
		     : "proven by public code on a DRW1008, never tried by us");
	put_by_hand(page);
}

static void show(struct odr_engine *engine)
{
	struct page page = {.engine = engine};
	uint8_t sum[ODR_SHA256_BYTES];

	odr_sha256_start(&page.sha);
	odr_event_start(&page.ev, "plan");
	odr_event_number(&page.ev, "position", engine->target.position);
	odr_event_text(&page.ev, "at", odr_position_name(engine->target.position));
	odr_event_text(&page.ev, "boot", engine->target.places.boot_id);
	put_line(&page);
	if (engine->plan.lane == ODR_LANE_MTK_ROM)
		steps_mtk(&page);
	else
		steps_btc(&page);
	put_facts(&page);
	odr_sha256_end(&page.sha, sum);
	odr_sha256_hex(sum, engine->plan.digest);
	odr_event_start(&page.ev, "digest");
	odr_event_text(&page.ev, "sha256", engine->plan.digest);
	odr_emit(engine, &page.ev);
}

enum odr_exit odr_cmd_plan(struct odr_engine *engine, const char *args)
{
	const struct odr_story *story = &engine->journal.story;
	struct odr_error e;
	enum odr_exit code;

	(void)args;
	memset(&engine->plan, 0, sizeof engine->plan);
	if (!engine->target.position)
		return odr_refuse(engine, ODR_NO_TARGET, NULL);
	if (!engine->image.kind)
		return odr_refuse(engine, ODR_NO_IMAGE, NULL);
	if (odr_image_recheck(&engine->image, engine->platform, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_IMAGE_CHANGED, e.text);
	if (odr_flash_look_again(engine, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PLACES, e.text);
	code = check(engine);
	if (code != ODR_EXIT_DONE)
		return code;
	engine->plan.keeps_backup = story->no_return && story->backup[0] &&
				    story->position == engine->target.position &&
				    engine->plan.lane == ODR_LANE_MTK_ROM &&
				    !strcmp(story->chip, engine->chip->name);
	show(engine);
	engine->plan.made = true;
	odr_ask(engine, "To go on type:  confirm %s   and then:  flash",
		odr_position_name(engine->target.position));
	return ODR_EXIT_DONE;
}

/* The words that may stand behind the position, each its own decision. */
struct consent {
	bool without_backup, without_journal, over_whole;
};

/* Takes one of them off *rest. false: it is none. */
static bool take_consent(struct consent *c, const char **rest)
{
	const struct {
		const char *words;
		bool *given;
	} known[] = {{"without backup", &c->without_backup},
		     {"without journal", &c->without_journal},
		     {"whole firmware", &c->over_whole}};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		size_t len = strlen(known[i].words);

		if (strncmp(*rest, known[i].words, len) != 0)
			continue;
		*known[i].given = true;
		*rest += len;
		*rest += strspn(*rest, " ");
		return true;
	}
	return false;
}

enum odr_exit odr_cmd_confirm(struct odr_engine *engine, const char *args)
{
	const char *rest;
	unsigned position = odr_parse_position(args, &rest);
	struct consent c = {0};

	if (!engine->plan.made)
		return odr_refuse(engine, ODR_NO_PLAN, NULL);
	while (position && *rest && take_consent(&c, &rest))
		;
	/* A bare digit is one key away from another drive: the name has to be written out. */
	if (position != engine->target.position || *rest || (*args >= '0' && *args <= '9'))
		return odr_refuse(engine, ODR_NO_WORDS, *args ? args : "no words");
	engine->plan.without_backup = c.without_backup;
	engine->plan.over_whole = c.over_whole;
	engine->journal.off = c.without_journal;
	engine->plan.confirmed = true;
	odr_say(engine, "Confirmed: plan %.8s, %s%s%s%s.", engine->plan.digest,
		odr_position_name(position), c.without_backup ? ", without a backup" : "",
		c.without_journal ? ", without a journal" : "",
		c.over_whole ? ", over a whole firmware" : "");
	return ODR_EXIT_DONE;
}
