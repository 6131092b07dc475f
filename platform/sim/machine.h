/*
 * machine.h - the practice PC's state, and the one object that every file of sim/ works on.
 *
 * struct sim_state lies in DIR/rig.bin, shared with whoever else has the folder open, and survives
 * the program: it must hold no pointer. struct sim is this process's handle on it.
 */
#ifndef ODR_SIM_MACHINE_H
#define ODR_SIM_MACHINE_H

#include "platform/platform.h"
#include "platform/sim/chip.h"
#include "platform/sim/mail.h"
#include "platform/sim/rig.h"
#include "platform/sim/trace.h"

#define SIM_HANDS 16
#define SIM_HAND_TEXT 72
#define SIM_BAD_FILES 4
#define SIM_BUFFER 4096 /* the biggest piece a drive takes or gives: 3B 06, protocols.md 3.1 */
#define SIM_NEVER UINT64_MAX

enum sim_life {
	SIM_OFF,
	SIM_WINDOW,   /* boot ROM listens for the intro before it starts the firmware */
	SIM_ROM,      /* boot ROM in charge: the boot page is blank */
	SIM_HUNG,     /* the firmware started and is not whole */
	SIM_STARTING, /* the firmware starts */
	SIM_LIVES,
	SIM_IN_VENDOR,
	SIM_KILLED, /* a disk that was sent a vendor command */
};

/* The task file of one device. While now < busy_until the host sees BSY, then what is here. */
struct sim_task {
	uint8_t error, count, lo, mid, hi, status;
	uint64_t busy_until;
};

enum sim_phase { SIM_IDLE, SIM_CDB, SIM_DATA_IN, SIM_DATA_OUT, SIM_DRAIN };

struct sim_drive {
	uint8_t life; /* enum sim_life */
	uint8_t plug; /* 1..4, 0: on the table */
	bool power, cable;
	bool jumper;	      /* on SLAVE */
	bool slave;	      /* what the drive read off its jumper when it last started */
	bool upside;	      /* the data plug is turned round */
	bool moved;	      /* hangs on the other channel's cable */
	uint32_t pulled_boot; /* the start of the PC in which its cable was pulled live; 0 none */
	uint64_t
		plugged_at; /* when its cable went in live and right, SIM_NEVER: not since the start */
	bool outro;	    /* 81h was the last command: 08h may follow */
	uint64_t life_at; /* when life changes by itself, SIM_NEVER: not */
	struct sim_task task;
	struct sim_chip chip;
	/* PACKET */
	uint8_t phase; /* enum sim_phase */
	uint8_t key, asc, ascq;
	uint8_t cdb[12];
	uint32_t limit;		  /* byte count limit of this command */
	uint32_t pos, piece, len; /* in the channel's buffer: done, end of this phase, end */
	/* the upload of protocols.md 3.1 */
	uint32_t pieces; /* received in order; SIM_UPLOAD_HEADED when the header was right too */
	bool uploading;	 /* between the first 3B 06 and 3B 07 */
	uint64_t burn_from, burn_until; /* 0: does not burn */
	uint64_t hush_until;		/* the fixed wait after 3B 07 */
	/* counters for the second witness */
	uint32_t rom_commands, packets;
};

/* One cable and the controller at its end. */
struct sim_cable {
	int8_t slot[2]; /* drive that answers as master, slave; -1 nobody */
	bool clash;	/* two drives with the same jumper */
	bool held;	/* a plug turned round holds the reset wire down */
	bool looked;	/* a program has selected a device since the start of the PC */
	uint8_t dev;	/* device register: every drive on the cable latches it */
	uint8_t ctl;
	uint8_t lba_low; /* last written, whoever heard it */
	bool reset_ff;	 /* an absent slave shows FF FF after SRST, protocols.md 5.9 */
	uint8_t seen[2]; /* status that the program last read there; 00 before */
	uint8_t last_command;
	uint32_t writes;       /* the last 8 command block writes, a nibble each */
	uint64_t device_at[2]; /* when the last two writes to the device register came */
	uint8_t device_was;    /* what the one before the last wrote */
	uint64_t command_at;
	uint64_t plugged_until; /* 2 s after a plug went in, protocols.md 5.6 */
	uint64_t outro_until;	/* no writes after the outro */
	uint8_t buffer[SIM_BUFFER];
};

enum sim_moment { /* what a queued hand waits for */
		  SIM_AT_TIME,
		  SIM_ON_VENDOR,
		  SIM_ON_ERASE,
		  SIM_ON_PROGRAM,
		  SIM_ON_READ,
		  SIM_ON_PACKET,
};

struct sim_hand {
	bool waits;
	uint8_t moment; /* enum sim_moment */
	uint32_t count; /* until the moment */
	uint64_t at_us;
	char text[SIM_HAND_TEXT];
};

enum sim_disk_mode { SIM_DISK_OK, SIM_DISK_FULL, SIM_DISK_READONLY, SIM_DISK_GONE };

struct sim_bad_file {
	char name[64]; /* "" free */
	bool changed;
	uint64_t bad_from; /* SIM_NEVER: readable */
};

struct sim_state {
	uint32_t magic, bytes; /* of this layout */
	uint64_t us;	       /* the virtual clock */
	uint64_t accesses;
	struct sim_rig rig;
	bool pc_on, pc_hung;
	uint32_t boots;
	uint64_t boot_at; /* when the BIOS hands over, SIM_NEVER: has done so */
	struct sim_cable cable[2];
	struct sim_drive drive[SIM_DRIVES];
	struct sim_hand hand[SIM_HANDS];
	uint32_t waits_for; /* bits of enum sim_moment that some hand waits for */
	uint8_t disk_mode;
	struct sim_bad_file bad[SIM_BAD_FILES];
	uint32_t wrongs;
};

struct sim;

/* What the port callbacks get: the machine (channels are told apart by their ports). */
struct sim {
	bool open;
	struct sim_state *s;
	uint8_t *chip[SIM_DRIVES];   /* chip contents, NULL: no chip */
	uint8_t *upload[SIM_DRIVES]; /* buffer RAM of a drive that takes 3B 06, NULL: does not */
	char dir[200];
	char boot_id[16];
	char fact[12];
	struct odr_port_io io;
	struct odr_channel channel[2];
	struct sim_trace trace;
	uint64_t due; /* the next moment at which something happens by itself */
	/* pace: virtual time runs at `speed` times real time; 0: as fast as it can */
	uint32_t speed;
	uint64_t pace_at, pace_real, pace_virtual;
	uint32_t file_is[64]; /* by handle: a hash of the name of the open file */
	uint8_t *stage;
	uint32_t stage_bytes;
	int lock;		      /* of the machine; -1: not held */
	bool reboot_ends, only_hands; /* open.h */
	/* The clock is turned by one process, and that one plays what others' hands do. */
	int clock; /* the lock; -1: another process has it */
	struct sim_mail *mail;
	uint64_t mail_at;      /* when to look for a letter */
	bool by_mail;	       /* the hand that is played now came in a letter */
	unsigned hands_moving; /* hands that are being played; one may wait for the BIOS */
};

/* 0 primary, 1 secondary; of a drive with a plug. */
static inline unsigned sim_channel_of(const struct sim_drive *d)
{
	return odr_position_channel(d->plug) ^ d->moved;
}

static inline bool sim_is_connected(const struct sim_drive *d)
{
	return d->plug && d->cable && d->life != SIM_OFF;
}

static inline struct sim_nor sim_nor_of(struct sim *m, unsigned drive)
{
	struct sim_nor nor = {&m->s->rig.drive[drive].chip, &m->s->drive[drive].chip,
			      m->chip[drive]};

	return nor;
}

#endif
