/*
 * nor.h - the parallel flash chip behind a boot ROM: JEDEC command sequences carried by the byte
 * cycles of mtk_reg.h (protocols.md 2.5). It knows a chip, not a drive: what may be erased, and when,
 * is decided by its callers.
 */
#ifndef ODR_NOR_H
#define ODR_NOR_H

#include "flash/job.h"

#define ODR_NOR_BANK 0x10000u /* protocols.md 2.5: banks of 64 KiB */
#define ODR_NOR_PAGE 0x100u   /* and pages of 100h bytes; page 0 of a bank is its boot page */

/*
 * odr_nor_identify - who is it? Tries the three unlock styles; believes only an id that stands in
 * the chip table, comes with the request and goes with its end. Fills chip, unlock and
 * chip_protected of the engine; chip stays NULL when no id is believed, which is ODR_OK all the
 * same. ODR_E_TIMEOUT: the boot ROM stopped answering, or the chip never stops being busy.
 * first, second: what was read where an id should be, for the message.
 */
enum odr_err odr_nor_identify(struct odr_job *job, uint8_t *first, uint8_t *second,
			      struct odr_error *e);

/* One byte, read until two readings agree; each disagreement counts in job->unsteady.
 * ODR_E_PROTOCOL: they never agree. */
enum odr_err odr_nor_read(struct odr_job *job, uint32_t address, uint8_t *value,
			  struct odr_error *e);

/* Chip erase, then wait until the chip is done. Not proof that it is blank: see odr_nor_check_blank. */
enum odr_err odr_nor_erase(struct odr_job *job, struct odr_error *e);
/* Every byte is FF. ODR_E_PROTOCOL names the first that is not. */
enum odr_err odr_nor_check_blank(struct odr_job *job, struct odr_error *e);

/* One byte, read back. ODR_E_PROTOCOL: the chip does not keep it. */
enum odr_err odr_nor_program(const struct odr_job *job, uint32_t address, uint8_t value,
			     struct odr_error *e);

#endif
