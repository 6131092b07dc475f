/*
 * spot.h - where a device hangs, read from its path in sysfs: PCI function, ATA port, master or slave,
 * USB port and bridge, and the digit of MTKFLASH or the reason why it has none.
 *
 * Reads small text files below a root folder ("" is this machine's), so that a recorded tree tells the
 * same as the machine did. Opens no device node and writes nothing.
 */
#ifndef ODR_LINUX_SPOT_H
#define ODR_LINUX_SPOT_H

#include "platform/platform.h"

/* A path below ROOT/sys, as a link there shows it: "devices/pci0000:00/0000:00:01.1/ata2/...". */
#define ODR_SYS_PATH 320

struct odr_spot {
	unsigned digit; /* 1..4; 0: none */
	char key[80];	/* the same for the same plug, while the machine runs and its cards stay */
	char at[ODR_WHERE_TEXT];
	char no_digit[ODR_WHY_TEXT]; /* "" where there is a digit */
};

/* path: of a SCSI device (target, lun as in H:C:T:L) or of an ata_device (target is its number). */
void odr_spot_of(const char *root, const char *path, unsigned target, unsigned lun,
		 struct odr_spot *out);

/* Which of this PCI function's two ports is this legacy channel (0 primary at 1F0, 1 secondary at 170)?
 * 1 or 2; 0: none. pci: its path. */
unsigned odr_spot_port_of(const char *root, const char *pci, unsigned channel);

/* The first line of a file below ROOT/sys, without blanks at its end. false and "": it cannot be read. */
bool odr_sys_line(const char *root, const char *path, const char *name, char *out, size_t cap);
/* Where the link `name` in a folder below ROOT/sys leads. false: it is none. */
bool odr_sys_link(const char *root, const char *folder, const char *name, char out[ODR_SYS_PATH]);

#endif
