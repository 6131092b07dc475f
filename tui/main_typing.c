#include "tui/main_typing.h"

#include "platform/host.h"
#include "tui/key.h"
#include "tui/r_curses.h"

#include <stdio.h>
#include <string.h>

enum {
	REST_MS =
		40, /* a paste over 9600 baud sends a key each ms; a person's second key takes longer */
	REST_AT_MOST_MS = 1000, /* a stuck key must not keep the page from being drawn */
};

void odr_typing_read(struct odr_typing *typing)
{
	int got;

	if (typing->eof || typing->n_keys == sizeof typing->keys)
		return;
	got = odr_host_read_input(typing->keys + typing->n_keys,
				  sizeof typing->keys - typing->n_keys);
	typing->eof = got == 0;
	if (got > 0)
		typing->n_keys += (size_t)got;
}

int odr_typing_key(struct odr_typing *typing)
{
	int key = typing->eof ? ODR_KEY_NONE : odr_curses_key();

	/* A terminal that is gone says for ever that there is something to read. */
	if (key == ODR_KEY_NONE && odr_host_input_is_gone())
		typing->eof = true;
	return key;
}

static enum odr_err check_bytes(const char *text, size_t len, struct odr_error *e)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < ' ' && c != ODR_KEY_TAB) || c == 127)
			return odr_fail(e, ODR_E_USAGE,
					"A control character (%02X): the line was not taken. Type "
					"it again.",
					c);
	}
	return e->code = ODR_OK;
}

bool odr_typing_line(struct odr_typing *typing, char *line, size_t cap, struct odr_error *e)
{
	char *end = memchr(typing->keys, '\n', typing->n_keys);
	size_t len, used;

	if (!end && !typing->n_keys)
		return false;
	/* Longer than any line, or the end of the input without a line end. */
	if (!end && !typing->eof && typing->n_keys < sizeof typing->keys)
		return false;
	len = end ? (size_t)(end - typing->keys) : typing->n_keys;
	used = end ? len + 1 : len;
	if (len && typing->keys[len - 1] == '\r')
		len--;
	if (check_bytes(typing->keys, len, e) != ODR_OK)
		len = 0;
	snprintf(line, cap, "%.*s", (int)len, typing->keys);
	typing->n_keys -= used;
	memmove(typing->keys, typing->keys + used, typing->n_keys);
	return true;
}

/* Drop what is there. Returns whether there was something. */
static bool drop(struct odr_typing *typing)
{
	bool was = typing->n_keys > 0;

	if (typing->screen) {
		while (odr_typing_key(typing) != ODR_KEY_NONE)
			was = true;
		return was;
	}
	do {
		was = was || typing->n_keys;
		typing->n_keys = 0;
		odr_typing_read(typing);
	} while (typing->n_keys);
	return was;
}

bool odr_typing_rests(struct odr_typing *typing)
{
	uint64_t end_us = odr_host_now_us() + REST_AT_MOST_MS * 1000;
	bool rested = true;

	if (!odr_host_is_typed())
		return true;
	while (odr_host_now_us() < end_us) {
		if (!typing->n_keys && !(odr_host_wait(0, -1, REST_MS) & ODR_HOST_KEYS))
			break;
		if (!drop(typing)) /* the end of the input, or a signal */
			break;
		rested = false;
	}
	return rested;
}
