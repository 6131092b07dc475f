#include "flash/report.h"

#include "flash/place.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void odr_emit(struct odr_engine *engine, const struct odr_event *ev)
{
	engine->emit(engine->emit_ctx, ev->line);
}

static void emit_text(struct odr_engine *engine, const char *kind, const char *fmt, va_list args)
	__attribute__((format(printf, 3, 0)));

static void emit_text(struct odr_engine *engine, const char *kind, const char *fmt, va_list args)
{
	char text[400];
	struct odr_event ev;

	vsnprintf(text, sizeof text, fmt, args);
	odr_event_start(&ev, kind);
	odr_event_text(&ev, "text", text);
	odr_emit(engine, &ev);
}

void odr_say(struct odr_engine *engine, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	emit_text(engine, "say", fmt, args);
	va_end(args);
}

void odr_ask(struct odr_engine *engine, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	emit_text(engine, "ask", fmt, args);
	va_end(args);
}

enum odr_exit odr_refuse(struct odr_engine *engine, enum odr_no no, const char *detail)
{
	const struct odr_words *w = odr_words(no);
	struct odr_event ev;

	odr_event_start(&ev, "refused");
	odr_event_text(&ev, "code", w->name);
	odr_event_text(&ev, "text", w->text);
	if (detail && *detail)
		odr_event_text(&ev, "detail", detail);
	odr_event_text(&ev, "advice", w->advice);
	odr_emit(engine, &ev);
	return w->exit;
}

enum odr_exit odr_refuse_size(struct odr_engine *engine, const char *whose, uint32_t bytes)
{
	char text[100];

	snprintf(text, sizeof text, "the file has %lu bytes, %.40s takes %lu",
		 (unsigned long)engine->image.bytes, whose, (unsigned long)bytes);
	return odr_refuse(engine, ODR_NO_FITS_CHIP, text);
}

static enum odr_exit exit_of(enum odr_err err)
{
	switch (err) {
	case ODR_OK:
		return ODR_EXIT_DONE;
	case ODR_E_USAGE:
		return ODR_EXIT_USAGE;
	case ODR_E_FILE:
		return ODR_EXIT_FILE;
	case ODR_E_REFUSED:
	case ODR_E_UNSUPPORTED:
		return ODR_EXIT_REFUSED;
	case ODR_E_NO_DEVICE:
		return ODR_EXIT_NO_DEVICE;
	case ODR_E_SPACE:
	case ODR_E_TIMEOUT:
	case ODR_E_ABORTED:
	case ODR_E_PROTOCOL:
		return ODR_EXIT_UNCHANGED;
	case ODR_E_INTERNAL:
		break;
	}
	return ODR_EXIT_INTERNAL;
}

enum odr_exit odr_failed(struct odr_engine *engine, const struct odr_error *err, const char *advice)
{
	struct odr_event ev;

	odr_event_start(&ev, "failed");
	odr_event_text(&ev, "text", err->text);
	odr_event_text(&ev, "advice", advice);
	odr_emit(engine, &ev);
	return exit_of(err->code);
}

static void event_text_if(struct odr_event *ev, const char *key, const char *value)
{
	if (*value)
		odr_event_text(ev, key, value);
}

/* What is told is what the panel compares with. */
static void start_place(struct odr_engine *engine, struct odr_event *ev,
			const struct odr_place *place)
{
	struct odr_where where;

	engine->panel.told[place->position - 1] = *place;
	odr_event_start(ev, "place");
	odr_event_number(ev, "position", place->position);
	odr_event_text(ev, "at", odr_position_name(place->position));
	odr_event_text(ev, "state", odr_state_name(place->state));
	if (!place->by_kernel)
		odr_event_hex(ev, "status", place->status, 2);
	if (place->mirrored)
		odr_event_number(ev, "mirrored", 1);
	if (place->product[0]) {
		char name[40];

		snprintf(name, sizeof name, "%s%s%s", place->vendor, place->vendor[0] ? " " : "",
			 place->product);
		odr_event_text(ev, "name", name);
		odr_event_text(ev, "revision", place->revision);
	}
	engine->platform.ops->where(engine->platform.self, place->position, &where);
	event_text_if(ev, "where", where.at);
	event_text_if(ev, "no_digit", where.no_digit);
	event_text_if(ev, "unseen", where.unseen);
}

void odr_report_place(struct odr_engine *engine, const struct odr_place *place)
{
	struct odr_event ev;

	/* It moved behind the panel's back, and may have moved back when the panel looks again. */
	if (!odr_place_same(place, &engine->panel.told[place->position - 1]))
		engine->panel.doubts = true;
	start_place(engine, &ev, place);
	odr_emit(engine, &ev);
}

void odr_report_watched(struct odr_engine *engine, const struct odr_place *place, bool settled)
{
	struct odr_event ev;

	start_place(engine, &ev, place);
	odr_event_number(&ev, "settled", settled);
	odr_emit(engine, &ev);
}

void odr_report_image(struct odr_engine *engine)
{
	const struct odr_image *image = &engine->image;
	static const char *const kind[] = {"none", "raw binary", "BTC HEX, converted", "backup"};
	char hex[ODR_SHA256_HEX];
	struct odr_event ev;

	odr_event_start(&ev, "image");
	odr_event_text(&ev, "file", image->path);
	odr_event_text(&ev, "kind", kind[image->kind]);
	odr_event_number(&ev, "bytes", image->bytes);
	if (image->gaps)
		odr_event_number(&ev, "gaps", image->gaps);
	odr_event_text(&ev, "vendor", image->made_for.vendor);
	odr_event_text(&ev, "product", image->made_for.product);
	odr_event_text(&ev, "revision", image->made_for.revision);
	odr_event_hex(&ev, "crc32", image->crc32, 8);
	odr_event_hex(&ev, "sum", image->sum16, 4);
	odr_sha256_hex(image->sha256, hex);
	odr_event_text(&ev, "sha256", hex);
	odr_emit(engine, &ev);
}
