/*
 * engine.h - the flash engine: command lines in, event lines out, nothing else.
 *
 * Wizard, prompt, script and shell line all send the same commands; screen, log and tests all read
 * the same events. The engine owns the rules of design.md section 6; whoever sends a line cannot go
 * round them. It holds no heap and no global: the caller owns the struct. One command at a time; a
 * command returns when it is done, a flash included.
 */
#ifndef ODR_ENGINE_H
#define ODR_ENGINE_H

#include "flash/chips.h"
#include "flash/drive.h"
#include "flash/image.h"
#include "flash/journal.h"
#include "flash/words.h"
#include "platform/platform.h"

/* How it is known which drive this is (design.md section 2, proof of the target). */
enum odr_proof {
	ODR_PROOF_NONE,
	ODR_PROOF_IDENTITY,  /* it says its name */
	ODR_PROOF_CHANGED,   /* C: the only channel that changed since the baseline */
	ODR_PROOF_VANISHED,  /* D: its name vanished since the baseline, nothing else changed */
	ODR_PROOF_EXCLUSION, /* A, B: every other position said what it is; weaker */
	ODR_PROOF_KNOCK,     /* E: empty until its boot ROM answers; proven only by knock */
	ODR_PROOF_RECOVERY, /* same start of the PC, the journal's position, still in vendor mode */
};

struct odr_target {
	unsigned position; /* 0: none */
	enum odr_proof proof;
	char label[24];		       /* as the person read it on the sticker; "" not given */
	const struct odr_drive *drive; /* what the label means; NULL when not given */
	struct odr_snapshot places;    /* how everything stood; later looks are compared with it */
	uint8_t seen;		       /* a glance at its channel, just after */
	bool away; /* not stuck busy all the while it was knocked on, as when its power is switched */
	bool moved; /* nobody was there since, for however short a time: it may be another drive */
};

/* The two ways to write that the engine knows. */
enum odr_lane {
	ODR_LANE_NONE,
	ODR_LANE_BTC,	  /* WRITE BUFFER to a living BTC writer (protocols.md 3.1) */
	ODR_LANE_MTK_ROM, /* registers of a boot ROM, parallel flash (protocols.md 2) */
};

struct odr_plan {
	bool made, confirmed;
	bool without_backup; /* the person typed it */
	bool over_whole;     /* so was this: erase a chip that holds a whole firmware */
	bool keeps_backup;   /* an interrupted rescue made one already; the chip holds rubble now */
	enum odr_lane lane;
	char digest[ODR_SHA256_HEX];
};

/* What the panel knows of the four positions; panel.c's own. */
struct odr_panel {
	bool shut_out;	     /* another program has the machine */
	bool looked;	     /* a whole scan since this start of the PC */
	char pc[8];	     /* on, hung, off; "" not known */
	char boots[12];	     /* this start of the PC */
	uint32_t glance;     /* what was last seen without a write */
	bool doubts;	     /* a command has seen something else than the panel */
	bool left;	     /* at the last glance the drive in work was not in vendor mode */
	bool moving;	     /* between a change and the moment all has come to rest */
	bool waits;	     /* it was looked at, and somebody busy may still come to rest */
	uint64_t changed_us; /* the newest change */
	unsigned unsettled;  /* ODR_MASK bits of places that were told so */
	struct odr_place told[ODR_POSITIONS]; /* as the person was last told */
};

struct odr_engine {
	struct odr_platform platform;
	void (*emit)(void *ctx, const char *line);
	void *emit_ctx;
	char folder[ODR_PATH_MAX];	 /* journal and backups */
	const struct odr_drives *drives; /* what is known of drives */

	struct odr_panel panel;
	bool has_baseline;
	struct odr_snapshot baseline;
	struct odr_target target;
	struct odr_image image;
	struct odr_plan plan;
	struct odr_journal journal;

	/* What the knock found; chip is NULL until then. */
	const struct odr_chip *chip;
	enum odr_unlock unlock;
	bool chip_protected;

	/* Ways out of what was entered; see undo in job.h. */
	bool alone;	 /* the machine is ours against other programs */
	unsigned locked; /* position in work, until odr_undo_all; 0: none */
	bool in_vendor_mode;
	bool frozen; /* erase was ordered and has no good end: no way out runs by itself */
	bool ended;  /* quit was said */
};

/*
 * odr_engine_start - platform stays the caller's. folder: copied; made when missing. drives: stays
 * the caller's, has to outlive the engine.
 * Emits `recovery` when the journal there tells of an unfinished rescue.
 */
void odr_engine_start(struct odr_engine *engine, struct odr_platform platform, const char *folder,
		      const struct odr_drives *drives, void (*emit)(void *ctx, const char *line),
		      void *ctx);

/*
 * odr_engine_command - run one command line; blanks at its ends do not matter, "" does nothing.
 * Returns its exit code; the last event of every command is `end code=N`.
 */
enum odr_exit odr_engine_command(struct odr_engine *engine, const char *line);

/* The `help` events: every command with an example. Needs no engine. */
void odr_engine_help(void (*emit)(void *ctx, const char *line), void *ctx);

/* Nobody will send lines any more: the ways out run, unless frozen. */
void odr_engine_stop(struct odr_engine *engine);

#endif
