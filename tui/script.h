/*
 * script.h - one line of a script or of standard input, made ready for the engine.
 *
 * `#` begins a comment line, `$NAME` is taken from the environment, a leading `-` lets the script go
 * on when the command fails. Pure but for getenv; never runs anything.
 */
#ifndef ODR_SCRIPT_H
#define ODR_SCRIPT_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The command's word in lower case: who comes from DOS types in capitals. File names keep theirs. */
void odr_script_lower(char *line);

/*
 * out: the command, without blanks at its ends; "" for a blank line or a comment.
 * ODR_E_USAGE: a name that is not set, a control character, a line longer than cap.
 */
enum odr_err odr_script_line(const char *raw, char *out, size_t cap, bool *may_fail,
			     struct odr_error *e);

#endif
