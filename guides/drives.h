/*
 * drives.h - the tables of drives, the files of guides/drives, read into the plain data of
 * flash/drive.h. Knowledge only: nothing here knows how a drive is written.
 *
 *   [drive_1008im]                 a name of the row, for messages only
 *   name    = BTC DRW1008IM        for people
 *   labels  = DRW1008I 1008I       how the sticker may begin, letters and digits, upper case
 *   product = DVDRW IDE1008        INQUIRY product, as the drive says it; may be missing
 *   family  = btc                  btc mtk liteon samsung bluray foreign
 *   bytes   = 1048576              of its flash; missing: unknown
 *   settle_ms = 50000              family btc: leave it alone so long after "burn"; missing: 50000
 *   tool    = 180                  version of MTKFLASH to try first; missing: none
 *   line    = mtkflash {digit} w /m /b {file83}
 *   warn1..warn4                   72 columns each, shown before anything is written
 *   tier    = public | untried | experimental | assisted | none
 *   source  = domain.md 4.1        where the facts are from
 */
#ifndef ODR_DRIVES_H
#define ODR_DRIVES_H

#include "flash/drive.h"
#include "guides/guide.h"

/* Owns the rows and their texts. `table` is what the engine and the pages get a pointer to. */
struct odr_drive_book {
	struct odr_drives table;
	struct odr_drive *row;
	void **ini; /* iniparser's dictionaries, one a file */
	unsigned files;
};

/*
 * odr_drives_load - every *.ini in folder/drives, in the order of their names. folder: that of the
 * guides. ODR_E_FILE with words that name file and row when one cannot be used; then nothing is
 * loaded. host->list must be there.
 */
enum odr_err odr_drives_load(struct odr_drive_book *book, const struct odr_guide_host *host,
			     const char *folder, struct odr_error *e);
/* The table is gone afterwards. A zeroed book may be freed. */
void odr_drives_free(struct odr_drive_book *book);

#endif
