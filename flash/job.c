#include "flash/job.h"

#include "flash/families/mtk_reg.h"
#include "flash/hold.h"
#include "flash/report.h"

#include <string.h>

enum odr_err odr_job_open(struct odr_job *job, struct odr_engine *engine, unsigned position,
			  bool ports, struct odr_error *e)
{
	memset(job, 0, sizeof *job);
	job->engine = engine;
	job->position = position;
	job->dev = odr_position_device(position) ? 0xB0 : 0xA0;
	if (ports) {
		job->ch = engine->platform.ops->ports(engine->platform.self, position, e);
		if (!job->ch)
			return ODR_E_UNSUPPORTED;
	}
	return ODR_OK;
}

bool odr_job_should_stop(const struct odr_job *job)
{
	return job->engine->platform.ops->stop_asked(job->engine->platform.self);
}

void odr_out(const struct odr_job *job, enum odr_reg reg, uint8_t value)
{
	job->ch->io->out8(job->ch->io->ctx, (uint16_t)(job->ch->base + reg), value);
}

uint8_t odr_in(const struct odr_job *job, enum odr_reg reg)
{
	return job->ch->io->in8(job->ch->io->ctx, (uint16_t)(job->ch->base + reg));
}

uint64_t odr_now_us(const struct odr_job *job)
{
	return job->engine->platform.ops->now_us(job->engine->platform.self);
}

void odr_wait(const struct odr_job *job, uint32_t ms)
{
	job->engine->platform.ops->wait_ms(job->engine->platform.self, ms);
}

enum odr_err odr_packet(const struct odr_job *job, struct odr_packet *packet, struct odr_error *e)
{
	return job->engine->platform.ops->packet(job->engine->platform.self, job->position, packet,
						 e);
}

void odr_progress(struct odr_job *job, const char *phase, uint32_t done, uint32_t total)
{
	uint32_t percent = (uint32_t)((uint64_t)done * 100 / total);
	struct odr_event ev;

	if (job->phase == phase && job->percent == percent)
		return;
	job->phase = phase;
	job->percent = percent;
	odr_event_start(&ev, "progress");
	odr_event_text(&ev, "phase", phase);
	odr_event_number(&ev, "percent", percent);
	odr_event_number(&ev, "done", done);
	odr_event_number(&ev, "total", total);
	odr_emit(job->engine, &ev);
}

void odr_undo_all(struct odr_engine *engine)
{
	struct odr_job job;

	if (engine->frozen)
		return;
	/* A drive that lost its power meanwhile is out already, and 81h means other things to it. */
	if (engine->in_vendor_mode && engine->locked &&
	    odr_job_open(&job, engine, engine->locked, true, NULL) == ODR_OK &&
	    odr_mtk_is_inside(&job))
		odr_mtk_outro(&job);
	engine->in_vendor_mode = false;
	engine->chip = NULL;
	engine->platform.ops->leave(engine->platform.self);
	odr_hold_drop(engine);
}
