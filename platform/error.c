#include "platform/error.h"

#include <stdarg.h>
#include <stdio.h>

enum odr_err odr_fail(struct odr_error *e, enum odr_err code, const char *fmt, ...)
{
	va_list args;

	if (e) {
		e->code = code;
		va_start(args, fmt);
		vsnprintf(e->text, sizeof e->text, fmt, args);
		va_end(args);
		for (char *c = e->text; *c; c++)
			if ((unsigned char)*c < ' ' || *c == 127)
				*c = '.';
	}
	return code;
}
