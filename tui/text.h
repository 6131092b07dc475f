/*
 * text.h - events as lines of prose, at most 79 characters: the one wording that the plain renderer,
 * the pages and the printed report share. Keeps no state; never talks to a drive.
 */
#ifndef ODR_TEXT_H
#define ODR_TEXT_H

#include <stddef.h>

#define ODR_TEXT_WIDTH 79 /* usable cells of a line, design.md section 7 */

/* Gets one line, without its end; it is the callee's to copy. */
typedef void odr_put(void *ctx, const char *line);

/* The lines of prose that an event line is worth. `end` and unknown kinds are worth none. */
void odr_text_event(const char *line, odr_put *put, void *ctx);
/* text, wrapped at blanks, every line after `indent` blanks; `lead` stands in front of the first. */
void odr_text_wrap(const char *lead, unsigned indent, const char *text, odr_put *put, void *ctx);
/* The same for a narrower sheet: at most width characters, indent < width <= ODR_TEXT_WIDTH. */
void odr_text_fold(unsigned width, const char *lead, unsigned indent, const char *text,
		   odr_put *put, void *ctx);

/* printf into out, cut to what fits: where a row has no more room, its end is left out. */
void odr_cut(char *out, size_t cap, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
