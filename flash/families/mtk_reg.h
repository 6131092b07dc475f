/*
 * mtk_reg.h - the register mode of a MediaTek boot ROM: intro, outro, one byte to and from the
 * parallel flash behind it (protocols.md 2.3 to 2.5). Only what is written there; anything else on
 * these registers is a danger (2.4: the same command with LBA low 2Eh erases).
 */
#ifndef ODR_MTK_REG_H
#define ODR_MTK_REG_H

#include "flash/job.h"

/* Statuses after the intro (protocols.md 2.2). */
enum {
	ODR_MTK_PARALLEL = 0x70,
	ODR_MTK_SERIAL_72 = 0x72,
	ODR_MTK_SERIAL_73 = 0x73,
	ODR_MTK_LOCKED = 0x52,
};

/*
 * One intro, in two halves: the device is selected and given its time, then it is asked. Between them
 * whoever knocks looks once more at who is there. The second returns the status of the answer.
 */
void odr_mtk_intro_select(const struct odr_job *job);
uint8_t odr_mtk_intro_ask(const struct odr_job *job);

/* Is the drive in vendor mode now? Passive: select, alternate status. */
bool odr_mtk_is_inside(const struct odr_job *job);

/* Leave vendor mode; the drive starts as after power-on. Only when it is inside. */
void odr_mtk_outro(const struct odr_job *job);

/* ODR_E_TIMEOUT: the boot ROM did not take the cycle; the drive is gone or was reset. */
enum odr_err odr_mtk_write(const struct odr_job *job, uint32_t address, uint8_t value,
			   struct odr_error *e);
enum odr_err odr_mtk_read(const struct odr_job *job, uint32_t address, uint8_t *value,
			  struct odr_error *e);

#endif
