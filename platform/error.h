/*
 * error.h - the one way a function of odrescue says that it failed.
 *
 * A leaf: everybody may include it, it includes nobody. It must never print, allocate or touch errno;
 * what the person reads is made of `text` by whoever shows it.
 */
#ifndef ODR_ERROR_H
#define ODR_ERROR_H

enum odr_err {
	ODR_OK = 0,
	ODR_E_USAGE,	   /* a line, option, rig or script that cannot be understood */
	ODR_E_FILE,	   /* a file is missing, unreadable, or not what it should be */
	ODR_E_SPACE,	   /* no room, or a place that cannot be written */
	ODR_E_NO_DEVICE,   /* no such position, or nobody answers there */
	ODR_E_TIMEOUT,	   /* a bounded wait ran out */
	ODR_E_ABORTED,	   /* the drive said no (ERR, CHECK CONDITION) */
	ODR_E_PROTOCOL,	   /* the drive left the documented sequence */
	ODR_E_REFUSED,	   /* our own rules say no; nothing was sent */
	ODR_E_UNSUPPORTED, /* this back-end cannot do that */
	ODR_E_INTERNAL,	   /* a bug of ours */
};

/* Room for two sentences of 72 columns; longer text is cut, never overrun. */
#define ODR_ERROR_TEXT 200

/* Owned by the caller, fixed size, usable on DOS. Zeroed means: no error yet. */
struct odr_error {
	enum odr_err code;
	char text[ODR_ERROR_TEXT];
};

/*
 * odr_fail - fill *e and return its code, so that a function can end with `return odr_fail(...)`.
 * e: may be NULL when the caller only wants the code.
 * code: never ODR_OK.
 * fmt: printf form; name the command, the file or the position in it. Text of a file or a drive may be
 *      in it: control bytes become '.' (design.md section 6, rule 9).
 */
enum odr_err odr_fail(struct odr_error *e, enum odr_err code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
