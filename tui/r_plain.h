/*
 * r_plain.h - events as plain lines of prose, at most 79 characters, no colour, no cursor: for a
 * pipe, a log, a teletype and a screen reader. It never talks to a drive and keeps no text of its
 * own but labels.
 */
#ifndef ODR_R_PLAIN_H
#define ODR_R_PLAIN_H

/* Print one event line to standard output. `end` and unknown kinds print nothing. */
void odr_plain_event(const char *line);
/* The command that was sent, as if typed. */
void odr_plain_command(const char *line);

#endif
