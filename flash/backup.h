/*
 * backup.h - the old content of a chip, safe in a file before anything is erased (design.md section
 * 6, rule 10): read twice, compared, read back from the disk, in the journal. A file that exists is
 * never overwritten. Inside flash/ only.
 */
#ifndef ODR_BACKUP_H
#define ODR_BACKUP_H

#include "flash/job.h"

/*
 * odr_backup_make - read the chip into BACKUPn.BIN (n the position; BACKUPnA.BIN.. when taken). It is
 * BACKUPn.TMP until it was read twice, compared and synced: no half backup bears a backup's name.
 * *old has taken the bytes. ODR_E_*: why not; *no is the reason in the catalogue. The chip is never changed.
 */
enum odr_err odr_backup_make(struct odr_job *job, struct odr_whole *old, enum odr_no *no,
			     struct odr_error *e);

/*
 * odr_backup_look - read the chip once, into *old and no file: what a backup would hold. ODR_E_*: it cannot be
 * read steadily.
 */
enum odr_err odr_backup_look(struct odr_job *job, struct odr_whole *old, struct odr_error *e);

#endif
