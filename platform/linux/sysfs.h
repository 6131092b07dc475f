/*
 * sysfs.h - which drives the kernel knows of, without asking any of them: optical drives wherever they
 * hang, disks on the two legacy channels, and drives that did not identify when the kernel tried.
 *
 * Reads text below a root folder, as spot.h does. Names in sysfs date from the moment the kernel found
 * the drive (linux.md): they are for people only; who a drive is now, only INQUIRY tells (inquiry.h).
 */
#ifndef ODR_LINUX_SYSFS_H
#define ODR_LINUX_SYSFS_H

#include "platform/linux/spot.h"

#define ODR_SYSFS_DRIVES 16 /* as many as are told apart; what is over is counted */
#define ODR_SYSFS_NODES 3
#define ODR_SYSFS_NODE 32

enum odr_sysfs_kind {
	ODR_SYSFS_OPTICAL, /* a device of SCSI type 5, or a bare sr node */
	ODR_SYSFS_DISK,
	ODR_SYSFS_STRANGE, /* another type, on a legacy channel */
	ODR_SYSFS_FAILED,  /* no device, but the port's error ring tells of something there */
	ODR_SYSFS_LET_GO,  /* it identified once; the kernel has no device for it now */
};

struct odr_sysfs_drive {
	enum odr_sysfs_kind kind;
	struct odr_spot spot;
	char address[24]; /* H:C:T:L; "": the kernel has no device */
	/* To ask it through, in the order to try: sr, sg, bsg. "" where there is none. Never to
	 * flash through (linux.md C). */
	char node[ODR_SYSFS_NODES][ODR_SYSFS_NODE];
	char vendor[9], product[17], revision[5]; /* as the kernel remembers them */
	char last_error[40];			  /* of the error ring */
};

struct odr_sysfs {
	bool channel[2];  /* a PCI function has this legacy channel: primary, secondary */
	bool bound[2];	  /* a driver of the kernel serves it */
	char host[2][16]; /* and this is its SCSI host: "host1" */
	unsigned drives, more;
	struct odr_sysfs_drive drive[ODR_SYSFS_DRIVES];
};

/* root: "" for this machine. Never fails: what is not there is not listed. */
void odr_sysfs_walk(const char *root, struct odr_sysfs *out);

#endif
