/*
 * job.h - one piece of work on one drive: what families may use, and nothing more.
 *
 * A family reaches the drive only by odr_packet, odr_out and odr_in, waits only by odr_wait, and
 * tells only by odr_progress. It must never rescan, journal the outcome, or choose its target: that is the
 * work of flash.c, which calls it. Inside flash/ only.
 */
#ifndef ODR_JOB_H
#define ODR_JOB_H

#include "flash/engine.h"

struct odr_job {
	struct odr_engine *engine;
	unsigned position;
	const struct odr_channel *ch; /* register lane; NULL otherwise */
	uint8_t dev;	   /* device register: A0h master, B0h slave (protocols.md 2.3) */
	uint32_t unsteady; /* readings of one byte that did not agree */
	uint32_t percent;  /* last progress that was told */
	const char *phase;
	bool shielded; /* nothing interrupts any more */
};

/* What became of a write. Four words, each with its evidence (design.md section 2, idea 8). */
enum odr_result {
	ODR_RESULT_VERIFIED,
	ODR_RESULT_NOT_VERIFIABLE,
	ODR_RESULT_UNCHANGED,
	ODR_RESULT_CHANGED,
};
enum odr_evidence {
	ODR_EVIDENCE_NONE,
	ODR_EVIDENCE_IDENTITY,
	ODR_EVIDENCE_READ_BACK,
};
struct odr_outcome {
	enum odr_result result;
	enum odr_evidence evidence;
	struct odr_error why; /* UNCHANGED, CHANGED: what happened */
	enum odr_no no;	      /* UNCHANGED for a reason of the catalogue; ODR_NO_LINE: none */
};

/* ports: true when the job needs registers. ODR_E_UNSUPPORTED with the reason where there are none. */
enum odr_err odr_job_open(struct odr_job *job, struct odr_engine *engine, unsigned position,
			  bool ports, struct odr_error *e);

/* Told to end? Asked at every boundary before the erase, and never after it. */
bool odr_job_should_stop(const struct odr_job *job);

void odr_out(const struct odr_job *job, enum odr_reg reg, uint8_t value);
uint8_t odr_in(const struct odr_job *job, enum odr_reg reg);
uint64_t odr_now_us(const struct odr_job *job);
void odr_wait(const struct odr_job *job, uint32_t ms);
enum odr_err odr_packet(const struct odr_job *job, struct odr_packet *packet, struct odr_error *e);

/* done of total in this phase ("backup", "erase", "write", "verify"); told at each whole percent. */
void odr_progress(struct odr_job *job, const char *phase, uint32_t done, uint32_t total);

/*
 * Undo: each way in registers its way out. They run in reverse order after VERIFIED, NOT VERIFIABLE
 * or UNCHANGED, at quit, or when the person gives up in words; from the erase until then they are
 * frozen (design.md section 6, rule 6).
 */
void odr_undo_all(struct odr_engine *engine);

#endif
