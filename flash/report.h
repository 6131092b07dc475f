/*
 * report.h - what the engine tells the person, each kind of event in one function.
 * Inside flash/ only. Never touches a drive.
 */
#ifndef ODR_REPORT_H
#define ODR_REPORT_H

#include "flash/engine.h"
#include "flash/event.h"

void odr_emit(struct odr_engine *engine, const struct odr_event *ev);

/* One sentence or two that ask nothing. */
void odr_say(struct odr_engine *engine, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What the person should do with the hands or the keys now. */
void odr_ask(struct odr_engine *engine, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A no from the catalogue; detail may be NULL or "". Returns the exit code that belongs to it. */
enum odr_exit odr_refuse(struct odr_engine *engine, enum odr_no no, const char *detail);

/* Something failed before anything was written: what, that the drive is unchanged, and what now. */
/* ODR_NO_FITS_CHIP with both sizes; whose: the chip or the drive that takes so many bytes. */
enum odr_exit odr_refuse_size(struct odr_engine *engine, const char *whose, uint32_t bytes);
enum odr_exit odr_failed(struct odr_engine *engine, const struct odr_error *err,
			 const char *advice);

/* One row of the channels panel. */
void odr_report_place(struct odr_engine *engine, const struct odr_place *place);
/* The same from the panel. settled: it will not change by itself any more. */
void odr_report_watched(struct odr_engine *engine, const struct odr_place *place, bool settled);
void odr_report_image(struct odr_engine *engine);

#endif
