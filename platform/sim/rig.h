/*
 * rig.h - what a practice PC is made of, as plain data.
 *
 * rig.c fills it from an INI file; a program without iniparser (the DOS smoke test) fills it in C:
 * sim_rig_default(), sim_rig_add(), then change fields. It holds no state: what happens to the rig
 * is in machine.h. Two rigs are the same when their bytes are, so it is always zeroed first.
 */
#ifndef ODR_SIM_RIG_H
#define ODR_SIM_RIG_H

#include "platform/platform.h"

#define SIM_DRIVES 8	       /* four plugs and four spares */
#define SIM_SPARES 4	       /* spares A..D */
#define SIM_CHIP_MIN 0x10000u  /* one bank */
#define SIM_CHIP_MAX 0x100000u /* A0..A19: all that the vendor mode can address, protocols.md 2.3 */

enum sim_kind {
	SIM_BURNER, /* optical, and its firmware is in a chip that can be read and written */
	SIM_CDROM,  /* optical, always well */
	SIM_DISK,
};

/* How the drive answers once it runs. All but SIM_ROW_NATURAL force a row of protocols.md 5.7. */
enum sim_row {
	SIM_ROW_NATURAL,
	SIM_ROW_SILENT,	     /* takes A1 or A0 and stays busy until it is reset */
	SIM_ROW_HUNG,	     /* BSY for ever, whatever its chip holds */
	SIM_ROW_BOOT_0000,   /* revision 0000 */
	SIM_ROW_BOOT_0,	     /* revision begins with 0 */
	SIM_ROW_BOOT_BOOT,   /* revision BOOT */
	SIM_ROW_NO_IDENT,    /* A1 aborts, INQUIRY gives FF */
	SIM_ROW_NO_IDENT_FF, /* IDENTIFY and INQUIRY give FF */
	SIM_ROW_A1_ABORTS,   /* A1 aborts, INQUIRY is well */
	SIM_ROW_WRONG_SIG,   /* registers keep what is written but LBA mid and high */
	SIM_ROW_WRONG_FIXED, /* no register keeps anything */
	SIM_ROW_ABORTING,    /* every command aborts */
	SIM_ROW_DRQ_STUCK,   /* DRQ until DEVICE RESET */
	SIM_ROW_DRQ_SHORT,   /* DRQ until 256 words were drained */
	SIM_ROW_VENDOR,	     /* in vendor mode as soon as it has power */
	SIM_ROWS
};

enum sim_unlock { /* first and second unlock address and the address bits that are decoded */
		  SIM_UNLOCK_5555, /* 5555/2AAA, A0..A14 */
		  SIM_UNLOCK_555,  /* 555/2AA, A0..A10 */
		  SIM_UNLOCK_AAA,  /* AAA/555, A0..A11 */
};

enum sim_content { SIM_ALIVE, SIM_DEAD, SIM_ROM_ONLY, SIM_BLANK, SIM_FILE };

#define SIM_NOWHERE 0xFFFFFFFFu /* an address that no chip has */

struct sim_rig_chip {
	uint32_t bytes; /* 0: no chip; else a power of two, SIM_CHIP_MIN..SIM_CHIP_MAX */
	uint8_t man, dev;
	uint8_t unlock;	     /* enum sim_unlock */
	uint8_t unlock_bits; /* address bits it decodes then, A0 and up; 0: as the style */
	bool noid;	     /* autoselect is ignored */
	uint32_t sector;     /* bytes that command 30h erases, a power of two */
	uint32_t program_us, erase_ms; /* one byte; the whole chip */
	uint32_t unstable;	       /* one bit is wrong in every so many reads; 0: never */
	uint32_t protect_from,
		protect_to; /* erase and program do nothing there; first > last: none */
	uint32_t stuck_at;  /* this byte never programs */
	uint32_t weak_at;   /* this byte needs weak_tries programs */
	uint32_t weak_tries;
};

#define SIM_RIG_CRCS 4
#define SIM_RIG_FILE 128

struct sim_rig_drive {
	char name[8]; /* "1".."4" on a plug at the start, "A".."D" a spare */
	uint8_t kind; /* enum sim_kind */
	uint8_t plug; /* 1..4 at the start, 0: lies on the table */
	bool power;   /* its own power plug is in */
	bool cable;   /* the data cable is in, at the drive */
	bool slave;   /* the jumper */
	uint8_t row;  /* enum sim_row */
	char vendor[9], product[17], revision[5]; /* for a disk: product is its model */
	uint8_t rom_status;	   /* what the boot ROM answers to the intro: 70, 72, 73 or 52 */
	uint8_t stuck_status;	   /* what a busy drive shows: 80, D0 or D1 */
	uint8_t abort_status;	   /* 51, or 41 as QEMU (protocols.md 5.9) */
	uint8_t left_mid, left_hi; /* what the BIOS left in LBA mid and high */
	uint32_t window_ms;	   /* how long the boot ROM listens before it starts the firmware */
	uint32_t start_ms;	   /* how long a whole firmware needs to start */
	uint32_t burn_ms;	   /* how long 3B 07 burns */
	uint32_t piece;		   /* most bytes in one data phase; 0: as the host allows */
	struct sim_rig_chip chip;
	uint8_t content;	 /* enum sim_content */
	char file[SIM_RIG_FILE]; /* of SIM_FILE */
	uint32_t seed;
	uint32_t good_crc[SIM_RIG_CRCS]; /* CRC-32 of chips that live; */
	uint32_t good_crcs;		 /* 0: no list */
};

struct sim_rig {
	bool pc_on;
	bool bios_hangs;  /* a stuck drive stops the BIOS for ever; else it gives up on it */
	uint32_t boot_ms; /* from switching on to a running program */
	struct {
		bool port;     /* false: no controller, all FF */
		uint8_t empty; /* what an empty channel reads: 7F or 00 */
	} channel[2];
	struct sim_rig_drive drive[SIM_DRIVES];
	uint32_t drives;
};

/* A PC that is on, two channels, no drive. */
void sim_rig_default(struct sim_rig *rig);

/*
 * Add a drive with the defaults of its kind. name: "1".."4" hangs it there, powered and cabled,
 * jumper as the digit says; "A".."D" lays it on the table. NULL when the name is taken or wrong.
 */
struct sim_rig_drive *sim_rig_add(struct sim_rig *rig, const char *name, enum sim_kind kind);

/* Give a burner's chip its size in bytes and the erase time and sector that go with it. */
void sim_rig_chip_size(struct sim_rig_chip *chip, uint32_t bytes);

/* Read an INI file (tests/rigs/README). ODR_E_USAGE: "file:line: reason". Only in rig.c. */
enum odr_err sim_rig_load(struct sim_rig *rig, const char *path, struct odr_error *e);

/* Where `content` of this drive stands in the file that was read last: its file is read only when the
 * state folder is new. 0: nowhere. Only in rig.c. */
unsigned sim_rig_content_line(const struct sim_rig_drive *drive);

#endif
