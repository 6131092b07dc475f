/*
 * event.h - what the engine says, one text line an event.
 *
 * A line is a kind and key=value pairs: `place position=3 state="stuck busy" status=d0`. Journal,
 * log, screens and tests are all views of these lines; the engine has no other output. Text that
 * came from a drive or a file is data: what is no printable ASCII, `"` and `%` stand in a line as %XX,
 * so a line is always one line and nothing is lost: a file name is bytes, and is opened again by them.
 * Who shows a value takes it clean (design.md section 6, rule 9).
 */
#ifndef ODR_EVENT_H
#define ODR_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ODR_EVENT_MAX 1000 /* a line with its end; longer text is cut */

struct odr_event {
	char line[ODR_EVENT_MAX];
	size_t len;
};

void odr_event_start(struct odr_event *ev, const char *kind);
void odr_event_text(struct odr_event *ev, const char *key, const char *value);
void odr_event_number(struct odr_event *ev, const char *key, uint32_t value);
void odr_event_hex(struct odr_event *ev, const char *key, uint32_t value, int digits);

bool odr_event_is(const char *line, const char *kind);
/* What the value takes in a line, without its quotes. */
size_t odr_event_width(const char *value);
/* The value of a key to show: without its quotes, cut to cap, what is no printable ASCII as '.'. false
 * and "" when the line has no such key. */
bool odr_event_get(const char *line, const char *key, char *out, size_t cap);
/* The same, every byte as it was given: for names of files that are opened again. Never to be shown. */
bool odr_event_get_exact(const char *line, const char *key, char *out, size_t cap);
/* The same as a decimal number; 0 when missing. */
uint32_t odr_event_get_number(const char *line, const char *key);

#endif
