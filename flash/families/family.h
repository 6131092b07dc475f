/*
 * family.h - the families the engine can write: each a straight line of steps that reads like its
 * table in protocols.md, called by flash.c when a confirmed plan has passed every check.
 *
 * run: from the first step to the outcome. It calls odr_flash_point_of_no_return() right before the
 * step that cannot be taken back, and sends nothing more when that refuses.
 */
#ifndef ODR_FAMILY_H
#define ODR_FAMILY_H

#include "flash/job.h"

void odr_btc_run(struct odr_job *job, struct odr_outcome *out);
void odr_mtk_rom_run(struct odr_job *job, struct odr_outcome *out);

/* Compare the whole chip with the staged image. ODR_E_PROTOCOL names the first byte that differs. */
enum odr_err odr_mtk_rom_verify(struct odr_job *job, struct odr_error *e);

/* The whole image of a BTC writer (protocols.md 3.1: 1 MiB flash, always sent whole). */
#define ODR_BTC_BYTES 0x100000u

#endif
