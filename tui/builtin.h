/*
 * builtin.h - the pages that belong to no guide: going on after a restart, help, hands, leaving, the
 * practice PC that hangs. Text only; what a key does on them is in app.c.
 */
#ifndef ODR_BUILTIN_H
#define ODR_BUILTIN_H

#include "tui/app.h"

void odr_page_resume(const struct odr_app *app, struct odr_page *page);
void odr_page_help(const struct odr_app *app, struct odr_page *page);
void odr_page_hands(const struct odr_app *app, struct odr_page *page);
void odr_page_quit(const struct odr_app *app, struct odr_page *page);
/* The practice PC is off, starts, or hangs: nothing but hands can help. */
void odr_page_dark(const struct odr_app *app, struct odr_page *page);
/* The guide cannot be read. */
void odr_page_trouble(const struct odr_app *app, struct odr_page *page);

#endif
