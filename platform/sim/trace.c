#include "platform/sim/trace.h"

#include "platform/host.h"

#define LONGEST_LINE 24 /* "W " and 20 digits and a newline */

static char *put_hex(char *p, unsigned value, int digits)
{
	while (digits-- > 0)
		*p++ = "0123456789ABCDEF"[value >> 4 * digits & 0xF];
	return p;
}

static char *room(struct sim_trace *t)
{
	if (t->used + LONGEST_LINE > sizeof t->buffer)
		sim_trace_flush(t);
	return t->buffer + t->used;
}

static void end_line(struct sim_trace *t, char *p)
{
	*p++ = '\n';
	t->used = (uint32_t)(p - t->buffer);
}

void sim_trace_access(struct sim_trace *t, char kind, uint16_t port, unsigned value)
{
	char *p = room(t);

	*p++ = kind;
	*p++ = ' ';
	p = put_hex(p, port, 3);
	*p++ = ' ';
	p = put_hex(p, value, kind == 'O' || kind == 'I' ? 4 : 2);
	end_line(t, p);
}

void sim_trace_wait(struct sim_trace *t, uint64_t us)
{
	char *p = room(t);
	uint64_t unit = 1;

	while (us / unit >= 10)
		unit *= 10;
	*p++ = 'W';
	*p++ = ' ';
	for (; unit; unit /= 10)
		*p++ = (char)('0' + us / unit % 10);
	end_line(t, p);
}

enum odr_err sim_trace_open(struct sim_trace *t, const char *path, struct odr_error *e)
{
	enum odr_err err = odr_host_open(path, ODR_FILE_APPEND, &t->handle, e);

	t->on = err == ODR_OK;
	t->used = 0;
	return err;
}

/* A trace that cannot be written any more must not stop the session. */
void sim_trace_flush(struct sim_trace *t)
{
	if (t->on && t->used)
		odr_host_append(t->handle, t->buffer, t->used, NULL);
	t->used = 0;
}

void sim_trace_close(struct sim_trace *t)
{
	sim_trace_flush(t);
	if (t->on)
		odr_host_close(t->handle);
	t->on = false;
}
