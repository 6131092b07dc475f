/*
 * platform.h - the only door from the flash engine to a machine.
 *
 * One table of functions; a back-end (sim, linux, windows, dos) fills it, and a wrapper (dry run,
 * record, replay, faults) can stand in front of any back-end, because nothing goes round the table.
 * No function here decides whether something is safe: that is the engine's work. None of them may
 * ever send a command that it was not asked for, or send one twice.
 *
 * Every function that returns enum odr_err fills *e when it fails and may be given e == NULL.
 */
#ifndef ODR_PLATFORM_H
#define ODR_PLATFORM_H

#include "platform/error.h"
#include "platform/port_io.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- positions ------------------------------------------------------------------------------ */

/*
 * Positions 1 to 4 are the digits that MTKFLASH uses: 1 primary master, 2 primary slave, 3 secondary
 * master, 4 secondary slave (domain.md 1.3, confidence H). They are always these four plugs.
 *
 * A system with a kernel of its own (Linux, Windows) shows more optical drives than these cables
 * carry: SATA, USB, a second controller. They get the positions behind, up to ODR_POSITIONS, each of
 * them a cable of its own without a partner. So one scan, one list of places and one comparison hold
 * for all drives, and whoever means a cable's two plugs says ODR_DIGITS. Where such a drive hangs is
 * text (odr_where), asked for apart: it would make every snapshot ten times as big, and a snapshot
 * has to fit a small stack. A further position, once given to a place, means that place until the
 * back-end is closed, whatever comes and goes there. DOS and the practice PC never use them.
 */
#define ODR_DIGITS 4
#define ODR_POSITIONS 12
#define ODR_MASK(position) (1u << (position))
#define ODR_MASK_ALL (ODR_MASK(ODR_POSITIONS + 1) - ODR_MASK(1))

/* 0 primary, 1 secondary; behind them each further position is a channel of its own: 2, 3, ... */
static inline unsigned odr_position_channel(unsigned position)
{
	return position <= ODR_DIGITS ? (position - 1) / 2 : position - ODR_DIGITS + 1;
}
static inline unsigned odr_position_device(unsigned position) /* 0 master or alone, 1 slave */
{
	return position <= ODR_DIGITS ? (position - 1) % 2 : 0;
}
/* The other plug of its cable; 0: it has none. */
static inline unsigned odr_position_partner(unsigned position)
{
	return position <= ODR_DIGITS ? ((position - 1) ^ 1) + 1 : 0;
}

/* What a position looks like. The rows of protocols.md 5.7, in the person's order. */
enum odr_state {
	ODR_NO_PORT,	   /* no channel behind these ports: all FF */
	ODR_EMPTY,	   /* a channel, nothing on it: 7F, or 00 that keeps no pattern */
	ODR_ABSENT,	   /* nothing here, but its partner answers for the cable */
	ODR_SILENT,	   /* something is there and does not answer in time */
	ODR_BUSY,	   /* BSY does not fall */
	ODR_ALIVE,	   /* an optical drive that identifies itself */
	ODR_BOOT,	   /* only boot code lives: revision BOOT, 0000, or first character 0 */
	ODR_NO_IDENT,	   /* ATAPI signature, but no usable name */
	ODR_WRONG_SIG,	   /* answers with a signature of nothing we know */
	ODR_ABORTING,	   /* firmware lives but aborts every command */
	ODR_DRQ_STUCK,	   /* wants to move data that nobody asked for */
	ODR_VENDOR,	   /* MediaTek boot ROM in vendor mode: status 70, 72 or 73 */
	ODR_VENDOR_LOCKED, /* vendor mode without access to the flash: status 52 */
	ODR_DISK,	   /* a hard disk: listed, never a target */
	ODR_UNASKED, /* something is there that this program may not ask: odr_where says why */
	ODR_STATES
};

/* One position as a scan saw it. Text is printable ASCII (other bytes were replaced by '.'),
 * without trailing blanks; "" where nothing was said or nothing was asked. */
struct odr_place {
	uint8_t position; /* 1..ODR_POSITIONS */
	uint8_t status;	  /* alternate status when it was seen */
	enum odr_state state;
	bool by_kernel;	  /* seen through the kernel alone: status was not read, and is 0 */
	bool mirrored;	  /* the same stuck BSY shows on both positions: one drive, unknown which */
	char vendor[9];	  /* INQUIRY bytes 8..15; for a disk: empty */
	char product[17]; /* INQUIRY bytes 16..31; for a disk: the start of its model */
	char revision[5]; /* INQUIRY bytes 32..35 */
};

struct odr_snapshot {
	char boot_id
		[40]; /* which start of the machine; a snapshot means nothing after another one */
	struct odr_place place[ODR_POSITIONS]; /* place[i].position == i + 1 */
};

/* All places numbered, nothing behind any of them: how a scan begins. boot_id: at most 39 chars. */
void odr_snapshot_start(struct odr_snapshot *snap, const char *boot_id);

/* Where a drive hangs, in words for the person, each one line of ASCII; "" where there is nothing to
 * say. A serial number is never in it. */
#define ODR_WHERE_TEXT 80
#define ODR_WHY_TEXT 240
struct odr_where {
	char at[ODR_WHERE_TEXT]; /* "SATA port 2 (ata3), PCI 0000:00:1f.2"; short up to its comma */
	char no_digit[ODR_WHY_TEXT]; /* why MTKFLASH has no digit for it, and the way round */
	char unseen[ODR_WHY_TEXT];   /* what could not be seen there, and the way round */
};

/* ---- one command ---------------------------------------------------------------------------- */

enum odr_dir { ODR_DIR_NONE, ODR_DIR_IN, ODR_DIR_OUT };

struct odr_packet {
	uint8_t cdb[16];
	uint8_t cdb_len; /* 6..16; on the ATA channel sent as 12, padded with 00 */
	enum odr_dir dir;
	uint8_t *data; /* IN: filled; OUT: sent (not changed). At most ODR_PACKET_MAX bytes. */
	uint32_t len;
	uint32_t timeout_ms;
	/* answers */
	uint32_t residual;   /* bytes of len that were not moved */
	uint8_t scsi_status; /* 00 good, 02 check condition */
	uint8_t sense_key, asc, ascq;
};

/* What keeps a job from having a drive to itself, each for the person to mend. */
enum odr_obstacle {
	ODR_CLEAR,
	ODR_USED,	 /* mounted, or another program has it */
	ODR_NOT_ALLOWED, /* this user may not */
	ODR_ON_BATTERY,
	ODR_MAY_SLEEP,	 /* nothing keeps the machine from sleep or shutdown */
	ODR_LOGIN_ENDS,	 /* this system ends all programs of a login with it */
	ODR_NO_SAFE_WAY, /* the kernel offers no way that sends a command exactly once */
	ODR_OBSTACLES
};

/* The one transfer buffer is 64 KiB (design, section 3). */
#define ODR_PACKET_MAX 65536u

/* ---- files ---------------------------------------------------------------------------------- */

enum odr_file_mode {
	ODR_FILE_READ,	 /* must exist and be a plain file */
	ODR_FILE_CREATE, /* must not exist yet: a backup is never overwritten */
	ODR_FILE_APPEND, /* made when missing */
};

/* Room for the longest answer of a hand: the rows of "?". */
#define ODR_HAND_ANSWER 1600

/* ---- the table ------------------------------------------------------------------------------ */

struct odr_platform_ops {
	void (*close)(void *self);

	/*
	 * Look at all positions. Always passive first (registers only, nothing is reset);
	 * positions in `ask` (ODR_MASK bits) may then be asked their name (IDENTIFY PACKET, INQUIRY).
	 * Bounded: at most about 10 s for a channel that hangs. Never writes to a medium or a chip.
	 */
	enum odr_err (*scan)(void *self, unsigned ask, struct odr_snapshot *out,
			     struct odr_error *e);
	/* Where the drive of a position hangs, as the last scan saw it. All "": 1..4 need no words. */
	void (*where)(void *self, unsigned position, struct odr_where *out);
	/*
	 * Watch one position without a single write to its channel until its alternate status
	 * changes; then stay quiet for 3 s and classify. ODR_E_TIMEOUT: nothing changed.
	 * ODR_E_ABORTED: this process was told to end (stop_asked).
	 */
	enum odr_err (*watch)(void *self, unsigned position, uint32_t timeout_ms,
			      struct odr_place *out, struct odr_error *e);

	/*
	 * On a system whose kernel owns the drives. rescan: look for new ones on this position's
	 * cable, which may reset it. detach: let go of the drive there, so that it can be unplugged.
	 * Bounded: 35 s, then ODR_E_TIMEOUT, and the kernel goes on. ODR_E_REFUSED: a disk is in the
	 * way, or a mounted disc. ODR_E_UNSUPPORTED: there is no such kernel, or nothing to do.
	 */
	enum odr_err (*rescan)(void *self, unsigned position, struct odr_error *e);
	enum odr_err (*detach)(void *self, unsigned position, struct odr_error *e);

	/*
	 * What can be seen of the machine without one write, as a number: it differs from the last
	 * one when something has moved. Bits 0 to 7 are the alternate status of the primary channel,
	 * 8 to 15 of the secondary (00 where its ports cannot be read), the rest is whatever else the
	 * back-end sees: what moves only there has come to rest already (a kernel's news). What flickers by itself, a disk's index bit, must be left out. A drive that
	 * is not selected and has a living partner does not show here.
	 */
	uint32_t (*glance)(void *self);
	/* Readable when a glance would tell news; -1: there is no such thing, glance now and then. */
	int (*news_fd)(void *self);
	/*
	 * One word about the machine; owned by the back-end until the next call. "" when it cannot
	 * know. Names: "practice" yes|no, "pc" on|hung|off (can a program run on the PC with the
	 * drives), "boots" how often it was started.
	 */
	const char *(*fact)(void *self, const char *name);

	/*
	 * Exclusive use of the whole machine, all positions, against other programs: on one cable
	 * a look disturbs a write, and a stuck BSY shows at both its positions. Ends with the process,
	 * however that ends. Waits up to patience_ms of real time; ODR_E_REFUSED: another program has
	 * it. Held already: ODR_OK. Touches no port. unlock: no-op when not held.
	 */
	enum odr_err (*lock)(void *self, uint32_t patience_ms, struct odr_error *e);
	void (*unlock)(void *self);

	/*
	 * Have the drive of a position for a job's commands alone: against mounts and other programs,
	 * against drivers that ask it by themselves, against sleep and the end of this login. Sends
	 * nothing. Not ODR_CLEAR: nothing was changed, and e says what is in the way. leave gives the
	 * drive and the machine back; no-op when not entered.
	 */
	enum odr_obstacle (*enter)(void *self, unsigned position, struct odr_error *e);
	void (*leave)(void *self);
	/* Send one CDB exactly once. ODR_E_ABORTED: CHECK CONDITION, sense filled. */
	enum odr_err (*packet)(void *self, unsigned position, struct odr_packet *packet,
			       struct odr_error *e);
	/* The registers of a position's channel, owned by the back-end; NULL with the reason in e
	 * (AHCI, USB, a channel the kernel uses). */
	const struct odr_channel *(*ports)(void *self, unsigned position, struct odr_error *e);

	/* on: from here nothing may interrupt this process (signals, hang-up, sleep, shutdown).
	 * Calls nest. */
	void (*guard)(void *self, bool on);
	/* Was this process told to end? To be asked where a job can still stop: in every wait for a
	 * person, and before the erase. */
	bool (*stop_asked)(void *self);

	/* Files. A handle is 0 or more. read_at: *got < len only at the end of the file. */
	enum odr_err (*file_open)(void *self, const char *path, enum odr_file_mode mode,
				  int *handle, struct odr_error *e);
	enum odr_err (*file_size)(void *self, int handle, uint64_t *bytes, struct odr_error *e);
	enum odr_err (*file_read_at)(void *self, int handle, uint64_t off, void *buf, uint32_t len,
				     uint32_t *got, struct odr_error *e);
	enum odr_err (*file_append)(void *self, int handle, const void *buf, uint32_t len,
				    struct odr_error *e);
	enum odr_err (*file_sync)(void *self, int handle, struct odr_error *e);
	/* Hold an open file against other programs until it is closed, or this process ends. Waits up
	 * to patience_ms of real time; ODR_E_REFUSED: another program has it. */
	enum odr_err (*file_lock)(void *self, int handle, uint32_t patience_ms,
				  struct odr_error *e);
	void (*file_close)(void *self, int handle);
	enum odr_err (*file_remove)(void *self, const char *path, struct odr_error *e);
	/* In one folder, and on the disk when it returns. ODR_E_FILE when `to` exists: it stays. */
	enum odr_err (*file_rename)(void *self, const char *from, const char *to,
				    struct odr_error *e);
	/* Free bytes in the folder (made when it is missing and its parent exists). */
	enum odr_err (*folder_space)(void *self, const char *folder, uint64_t *bytes,
				     struct odr_error *e);

	/* Staging: one flat image, held by the back-end, so that the engine needs no heap.
	 * stage_size(n) gives n bytes of FF, or ODR_E_SPACE; 0 gives it back. */
	enum odr_err (*stage_size)(void *self, uint32_t bytes, struct odr_error *e);
	void (*stage_write)(void *self, uint32_t off, const uint8_t *buf, uint32_t len);
	void (*stage_read)(void *self, uint32_t off, uint8_t *buf, uint32_t len);

	/* The practice PC's person: "cable 3 off", "power 3 on after 2 s". Real back-ends:
	 * ODR_E_UNSUPPORTED. answer: one sentence of what was seen and, when the hand was a wrong
	 * one, on a second line what it would have done in life and how it is mended; for "?" what
	 * hands could do now, a row a line, LETTER|HAND|WORDS. At most ODR_HAND_ANSWER bytes. */
	enum odr_err (*hand)(void *self, const char *text, char *answer, size_t cap,
			     struct odr_error *e);

	const char *(*boot_id)(
		void *self); /* owned by the back-end; changes with every start of the PC */
	uint64_t (*now_us)(void *self);
	void (*wait_ms)(void *self, uint32_t ms);
};

/* A back-end and its state, handed about by value. */
struct odr_platform {
	const struct odr_platform_ops *ops;
	void *self;
};

/* "empty", "stuck busy", ... : the words of design.md section 3. Never NULL. */
const char *odr_state_name(enum odr_state state);
/* "primary master", ... for 1..4; "position 5", ... behind them; else "no position". Never NULL. */
const char *odr_position_name(unsigned position);

#endif
