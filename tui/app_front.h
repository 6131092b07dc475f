/*
 * app_front.h - commands of the person's side (explain, decode, guide print, report) as the assistant
 * uses them: they end at once, and their answer is lines for a page. Part of app.c.
 */
#ifndef ODR_APP_FRONT_H
#define ODR_APP_FRONT_H

#include "tui/app.h"

/* The answer stands below the guide's page. false: no such command, nothing was said. */
bool odr_app_front(struct odr_app *app, const char *line, int *code);
/* After odr_app_front for a step of the guide: the next page can say why it did not work, or has it in
 * its notice that it did. */
void odr_app_keep_answer(struct odr_app *app, int code);
/* A page that explains the line for MTKFLASH has it explained when it is turned to. */
void odr_app_explain_line(struct odr_app *app);
/* Ctrl-P: the guide goes to a file, the notice says to which. */
void odr_app_print(struct odr_app *app);

#endif
