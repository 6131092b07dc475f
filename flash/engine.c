#include "flash/engine.h"

#include "flash/backup.h"
#include "flash/event.h"
#include "flash/families/family.h"
#include "flash/flash.h"
#include "flash/hand.h"
#include "flash/hold.h"
#include "flash/knock.h"
#include "flash/mtkline.h"
#include "flash/place.h"
#include "flash/plan.h"
#include "flash/report.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum odr_exit cmd_help(struct odr_engine *engine, const char *args);

/* ---- commands that are only a few lines ---- */

#define GLANCE_EVERY_MS 250 /* as the panel does: a hand is slower */

/* Between two commands a hand can have done anything. */
static void watch_target(struct odr_engine *engine)
{
	uint32_t glance;

	if (engine->target.position && odr_hold_glance(engine, &glance))
		odr_target_glance(engine, glance);
}

static enum odr_exit cmd_wait(struct odr_engine *engine, const char *args)
{
	const struct odr_platform_ops *ops = engine->platform.ops;
	unsigned seconds = odr_parse_seconds(args);

	if (!seconds)
		return odr_refuse(engine, ODR_NO_LINE, "wait SECONDS: a whole number, 1 to 3600");
	for (uint32_t ms = 0; ms < seconds * 1000; ms += GLANCE_EVERY_MS) {
		if (ops->stop_asked(engine->platform.self))
			return odr_refuse(engine, ODR_NO_STOPPED, "told to end while it waited");
		ops->wait_ms(engine->platform.self, GLANCE_EVERY_MS);
		watch_target(engine);
	}
	return ODR_EXIT_DONE;
}

/* A command that needs the boot ROM and its chip: backup, verify. */
static enum odr_exit open_chip(struct odr_engine *engine, struct odr_job *job)
{
	struct odr_error e;

	if (!engine->target.position)
		return odr_refuse(engine, ODR_NO_TARGET, NULL);
	if (!engine->chip || !engine->in_vendor_mode)
		return odr_refuse(engine, ODR_NO_KNOCK_FIRST, NULL);
	if (odr_flash_look_again(engine, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PLACES, e.text);
	if (odr_job_open(job, engine, engine->target.position, true, &e) != ODR_OK)
		return odr_refuse(engine, ODR_NO_PORTS, e.text);
	return ODR_EXIT_DONE;
}

static enum odr_exit cmd_backup(struct odr_engine *engine, const char *args)
{
	struct odr_job job;
	struct odr_error e;
	struct odr_whole old;
	enum odr_no no;
	enum odr_exit code = open_chip(engine, &job);

	(void)args;
	if (code == ODR_EXIT_DONE && odr_backup_make(&job, &old, &no, &e) != ODR_OK)
		code = odr_refuse(engine, no, e.text);
	return code;
}

static enum odr_exit cmd_verify(struct odr_engine *engine, const char *args)
{
	struct odr_job job;
	struct odr_error e;
	enum odr_exit code;

	(void)args;
	if (!engine->image.kind)
		return odr_refuse(engine, ODR_NO_IMAGE, NULL);
	code = open_chip(engine, &job);
	if (code != ODR_EXIT_DONE)
		return code;
	if (engine->image.bytes != engine->chip->bytes)
		return odr_refuse_size(engine, engine->chip->name, engine->chip->bytes);
	if (odr_mtk_rom_verify(&job, &e) != ODR_OK)
		return odr_failed(engine, &e, "Nothing was written. To write it: plan.");
	odr_say(engine, "The chip holds exactly this file.");
	return ODR_EXIT_DONE;
}

static void tell_damage(struct odr_engine *engine)
{
	unsigned n = engine->journal.story.bad_lines;

	if (n)
		odr_say(engine, "%u line%s of the journal %s damaged or missing.", n,
			n == 1 ? "" : "s", n == 1 ? "is" : "are");
}

/* One journal can know of several drives; its story is of the last. */
static void tell_left(struct odr_engine *engine)
{
	for (unsigned p = 1; p <= ODR_POSITIONS; p++)
		if (engine->journal.story.left & ODR_MASK(p))
			odr_say(engine,
				"A write to the drive at %s did not end: its chip is half written, "
				"unless it has been written at another position since.",
				odr_position_name(p));
}

static void tell_story(struct odr_engine *engine)
{
	const struct odr_story *s = &engine->journal.story;
	struct odr_event ev;

	if (engine->journal.busy) {
		odr_say(engine, "Another odrescue is working on %s now. Wait until it has ended.",
			s->at_work ? odr_position_name(s->at_work) : "a drive");
		return;
	}
	odr_event_start(&ev, "recovery");
	odr_event_number(&ev, "position", s->position);
	odr_event_text(&ev, "at", odr_position_name(s->position));
	odr_event_text(&ev, "last", odr_point_name(s->last));
	odr_event_text(&ev, "drive", s->no_return ? "may be changed" : "unchanged");
	odr_event_text(&ev, "image", s->image);
	odr_event_text(&ev, "backup", s->backup);
	odr_event_text(&ev, "text",
		       s->doubt ? "A rescue was interrupted, and a damaged or missing line of its "
				  "journal may have been the erase. Take the chip for half written "
				  "until it has been written again."
		       : s->no_return
			       ? "A rescue was interrupted after the erase was ordered. Take the "
				 "chip for half written until it has been written again."
			       : "A rescue was interrupted before anything was erased. The drive "
				 "is as it was.");
	odr_event_text(&ev, "advice",
		       !s->no_return ? "Start again: scan, target."
		       : s->chip[0]
			       ? "Do not switch the drive off if it still has power. Go on "
				 "with: target, knock, image, plan, confirm, flash."
			       : "Do not switch the drive off if it still has power. Does scan "
				 "show its name? Go on with: target, image, plan, confirm, "
				 "flash.");
	odr_emit(engine, &ev);
}

static enum odr_exit cmd_status(struct odr_engine *engine, const char *args)
{
	(void)args;
	if (engine->journal.story.unfinished || engine->journal.busy)
		tell_story(engine);
	tell_left(engine);
	if (engine->target.position)
		odr_report_target(engine);
	else
		odr_say(engine, "No target yet.");
	if (engine->image.kind)
		odr_report_image(engine);
	else
		odr_say(engine, "No firmware file yet.");
	odr_say(engine, "Plan: %s. Journal and backups: %s",
		engine->plan.confirmed ? "confirmed"
		: engine->plan.made    ? "made, not confirmed"
				       : "none",
		engine->folder);
	return ODR_EXIT_DONE;
}

static enum odr_exit cmd_log(struct odr_engine *engine, const char *args)
{
	const struct odr_platform *p = &engine->platform;
	char line[200];
	struct odr_event ev;
	uint64_t off = 0;
	uint32_t got;
	int handle;

	(void)args;
	if (p->ops->file_open(p->self, engine->journal.path, ODR_FILE_READ, &handle, NULL) !=
	    ODR_OK) {
		odr_say(engine, "The journal is empty: nothing was done to any drive.");
		return ODR_EXIT_DONE;
	}
	while (p->ops->file_read_at(p->self, handle, off, line, sizeof line - 1, &got, NULL) ==
		       ODR_OK &&
	       got) {
		size_t len;

		for (uint32_t i = 0; i < got; i++)
			if (!line[i]) /* a crash can leave a tail of zeroes */
				line[i] = '.';
		line[got] = 0;
		len = strcspn(line, "\n");
		if (!line[len] && got == sizeof line - 1) /* goes on: no word is cut in two */
			while (len > 1 && line[len - 1] != ' ')
				len--;
		if (len <= 1 && !strchr(line, '\n'))
			len = got;
		off += len + (line[len] == '\n');
		line[len] = 0;
		odr_event_start(&ev, "log");
		odr_event_text(&ev, "line", line);
		odr_emit(engine, &ev);
	}
	p->ops->file_close(p->self, handle);
	return ODR_EXIT_DONE;
}

static enum odr_exit cmd_quit(struct odr_engine *engine, const char *args)
{
	if (*args && strcmp(args, "give up"))
		return odr_refuse(engine, ODR_NO_LINE, "quit [give up]");
	if (engine->frozen && !*args)
		return odr_refuse(engine, ODR_NO_RUNNING, NULL);
	engine->frozen = false;
	odr_undo_all(engine);
	engine->ended = true;
	return ODR_EXIT_DONE;
}

/* ---- the command language ---- */

static const struct {
	const char *name;
	enum odr_exit (*run)(struct odr_engine *engine, const char *args);
	bool touches; /* ports or drives: the machine has to be ours alone first */
	const char *form, *what;
} commands[] = {
	{"scan", odr_cmd_scan, true, "scan", "look at all positions"},
	{"watch", odr_cmd_watch, true, "watch 3 60", "wait until something changes there"},
	{"rescan", odr_cmd_rescan, true, "rescan 3", "Linux: look for drives on this cable anew"},
	{"detach", odr_cmd_detach, true, "detach 5", "Linux: let go of a drive, to unplug it"},
	{"baseline", odr_cmd_baseline, true, "baseline", "remember how it looks before you plug"},
	{"target", odr_cmd_target, true, "target secondary master DRW1008IB", "this is the drive"},
	{"image", odr_cmd_image, false, "image fw.bin", "check a firmware file and choose it"},
	{"knock", odr_cmd_knock, true, "knock secondary master", "wake a dead drive's boot ROM"},
	{"backup", cmd_backup, true, "backup", "read the chip into a file"},
	{"plan", odr_cmd_plan, true, "plan", "show all that would happen"},
	{"confirm", odr_cmd_confirm, false, "confirm secondary master", "agree to the plan"},
	{"flash", odr_cmd_flash, true, "flash", "do what the confirmed plan says"},
	{"verify", cmd_verify, true, "verify", "compare the chip with the file"},
	{"restore", odr_cmd_restore, true, "restore", "plan to write the backup again"},
	{"mtkflash", odr_cmd_mtkflash, true, "mtkflash 3 w /m /b fw.bin",
	 "the same, as MTKFLASH says it"},
	{"status", cmd_status, false, "status", "what is chosen so far"},
	{"log", cmd_log, false, "log", "what was done, from the journal"},
	{"hand", odr_cmd_hand, false, "hand cable 3 off", "practice PC only: use your hands"},
	{"wait", cmd_wait, false, "wait 5", "let seconds pass"},
	{"help", cmd_help, false, "help", "this list"},
	{"quit", cmd_quit, false, "quit", "leave flash mode and end"},
};
#define COMMANDS (sizeof commands / sizeof commands[0])

void odr_engine_help(void (*emit)(void *ctx, const char *line), void *ctx)
{
	struct odr_event ev;

	for (size_t i = 0; i < COMMANDS; i++) {
		odr_event_start(&ev, "help");
		odr_event_text(&ev, "form", commands[i].form);
		odr_event_text(&ev, "what", commands[i].what);
		emit(ctx, ev.line);
	}
}

static enum odr_exit cmd_help(struct odr_engine *engine, const char *args)
{
	(void)args;
	odr_engine_help(engine->emit, engine->emit_ctx);
	return ODR_EXIT_DONE;
}

static enum odr_exit run(struct odr_engine *engine, size_t command, const char *args)
{
	enum odr_exit code;

	if (!commands[command].touches)
		return commands[command].run(engine, args);
	code = odr_hold_machine(engine);
	if (code != ODR_EXIT_DONE)
		return code;
	code = commands[command].run(engine, args);
	odr_hold_end(engine);
	return code;
}

/* Who comes from DOS types in capitals. */
static bool is_word(const char *line, size_t len, const char *name)
{
	if (strlen(name) != len)
		return false;
	while (len && tolower((unsigned char)line[len - 1]) == name[len - 1])
		len--;
	return len == 0;
}

static bool takes_words(const char *name)
{
	static const char *const alone[] = {"scan",   "baseline", "backup", "plan", "flash",
					    "verify", "status",	  "log",    "help"};

	for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++)
		if (!strcmp(name, alone[i]))
			return false;
	return true;
}

static enum odr_exit refuse_words(struct odr_engine *engine, const char *name)
{
	char text[60];

	snprintf(text, sizeof text, "%s stands alone, without more words", name);
	return odr_refuse(engine, ODR_NO_LINE, text);
}

static enum odr_exit dispatch(struct odr_engine *engine, const char *line)
{
	size_t len = strcspn(line, " ");
	const char *args = line + len + strspn(line + len, " ");

	if (!*line)
		return ODR_EXIT_DONE;
	watch_target(engine);
	/* What the other program left is this one's to go on from. */
	if (odr_journal_look(&engine->journal) && engine->journal.story.unfinished)
		tell_story(engine);
	for (size_t i = 0; i < COMMANDS; i++) {
		if (!is_word(line, len, commands[i].name))
			continue;
		if (*args && !takes_words(commands[i].name))
			return refuse_words(engine, commands[i].name);
		return run(engine, i, args);
	}
	return odr_refuse(engine, ODR_NO_LINE, line);
}

enum odr_exit odr_engine_command(struct odr_engine *engine, const char *line)
{
	char text[ODR_PATH_MAX + 100];
	enum odr_exit code;
	struct odr_event ev;
	size_t len;

	line += strspn(line, " \t");
	len = strlen(line);
	while (len && strchr(" \t\r\n", line[len - 1]))
		len--;
	if (len < sizeof text) {
		memcpy(text, line, len);
		text[len] = 0;
		code = dispatch(engine, text);
	} else {
		code = odr_refuse(engine, ODR_NO_LINE, "longer than any command");
	}
	odr_event_start(&ev, "end");
	odr_event_number(&ev, "code", code);
	odr_emit(engine, &ev);
	return code;
}

void odr_engine_start(struct odr_engine *engine, struct odr_platform platform, const char *folder,
		      const struct odr_drives *drives, void (*emit)(void *ctx, const char *line),
		      void *ctx)
{
	struct odr_error e;

	memset(engine, 0, sizeof *engine);
	engine->platform = platform;
	engine->drives = drives;
	engine->emit = emit;
	engine->emit_ctx = ctx;
	snprintf(engine->folder, sizeof engine->folder, "%.180s", folder);
	if (odr_journal_open(&engine->journal, platform, folder, &e) != ODR_OK)
		odr_say(engine, "The journal cannot be read: %s", e.text);
	if (engine->journal.story.unfinished || engine->journal.busy)
		tell_story(engine);
	tell_left(engine);
	tell_damage(engine);
}

void odr_engine_stop(struct odr_engine *engine)
{
	odr_undo_all(engine);
}
