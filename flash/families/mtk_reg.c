#include "flash/families/mtk_reg.h"

/* protocols.md 2.4 and 2.5, JF-dec values, confidence C. */
#define INTRO_LBA 0x2A
#define INTRO_COMMAND 0x80
#define INTRO_SETTLE_MS 250
#define INTRO_ANSWER_MS 2
#define INTRO_AFTER_MS 1
#define OUTRO_COMMAND 0x81
#define OUTRO_RESET 0x08
#define OUTRO_WAIT_MS 350
#define OUTRO_RESTART_MS 1500
#define CYCLE_WRITE 0x01
#define CYCLE_READ 0x00

/* 327680 polls in the source; a read of a legacy port takes about 1 us, and rule 11 of section 10
 * wants time instead of counts. */
#define CYCLE_LIMIT_US 327680u

void odr_mtk_intro_select(const struct odr_job *job)
{
	odr_out(job, ODR_REG_DEVICE, job->dev);
	odr_wait(job, INTRO_SETTLE_MS);
	odr_out(job, ODR_REG_DEVICE, job->dev);
}

uint8_t odr_mtk_intro_ask(const struct odr_job *job)
{
	uint8_t status;

	odr_out(job, ODR_REG_LBA_LO, INTRO_LBA);
	odr_out(job, ODR_REG_STATUS, INTRO_COMMAND);
	odr_wait(job, INTRO_ANSWER_MS);
	odr_out(job, ODR_REG_DEVICE, job->dev);
	status = odr_in(job, ODR_REG_STATUS);
	odr_wait(job, INTRO_AFTER_MS);
	return status;
}

bool odr_mtk_is_inside(const struct odr_job *job)
{
	const struct odr_port_io *io = job->ch->io;
	uint8_t status = 0;

	odr_out(job, ODR_REG_DEVICE, job->dev);
	for (int i = 0; i < 5; i++) /* protocols.md 5.4: four readings are the 400 ns it may take */
		status = io->in8(io->ctx, job->ch->ctl);
	return status == ODR_MTK_PARALLEL || status == ODR_MTK_SERIAL_72 ||
	       status == ODR_MTK_SERIAL_73;
}

void odr_mtk_outro(const struct odr_job *job)
{
	odr_out(job, ODR_REG_DEVICE, job->dev);
	odr_out(job, ODR_REG_STATUS, OUTRO_COMMAND);
	odr_out(job, ODR_REG_DEVICE, job->dev);
	odr_out(job, ODR_REG_STATUS, OUTRO_RESET);
	odr_in(job, ODR_REG_STATUS);
	odr_wait(job, OUTRO_WAIT_MS);
	odr_wait(job, OUTRO_RESTART_MS);
}

/* The parallel address: 16 bits in LBA mid and high, A16..A19 in the device register (2.3). */
static void set_address(const struct odr_job *job, uint32_t address)
{
	odr_out(job, ODR_REG_DEVICE, job->dev);
	odr_out(job, ODR_REG_LBA_MID, (uint8_t)address);
	odr_out(job, ODR_REG_LBA_HI, (uint8_t)(address >> 8));
	odr_out(job, ODR_REG_DEVICE, (uint8_t)(job->dev | (address >> 16 & 0x0F)));
}

static enum odr_err run_cycle(const struct odr_job *job, uint8_t command, uint32_t address,
			      struct odr_error *e)
{
	uint64_t start;
	uint8_t status;

	odr_out(job, ODR_REG_STATUS, command);
	odr_out(job, ODR_REG_DEVICE, job->dev);
	status = odr_in(job, ODR_REG_STATUS);
	if (status == ODR_MTK_PARALLEL)
		return ODR_OK;
	start = odr_now_us(job);
	do {
		status = odr_in(job, ODR_REG_STATUS);
		if (status == ODR_MTK_PARALLEL)
			return ODR_OK;
	} while (odr_now_us(job) - start < CYCLE_LIMIT_US);
	return odr_fail(e, ODR_E_TIMEOUT,
			"the boot ROM stopped answering at flash address %05lX (status %02X)",
			(unsigned long)address, status);
}

enum odr_err odr_mtk_write(const struct odr_job *job, uint32_t address, uint8_t value,
			   struct odr_error *e)
{
	set_address(job, address);
	odr_out(job, ODR_REG_LBA_LO, value);
	return run_cycle(job, CYCLE_WRITE, address, e);
}

enum odr_err odr_mtk_read(const struct odr_job *job, uint32_t address, uint8_t *value,
			  struct odr_error *e)
{
	enum odr_err rc;

	set_address(job, address);
	rc = run_cycle(job, CYCLE_READ, address, e);
	if (rc == ODR_OK)
		*value = odr_in(job, ODR_REG_LBA_LO);
	return rc;
}
