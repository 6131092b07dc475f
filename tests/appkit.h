/*
 * appkit.h - the assistant without a terminal and without an engine: keys, events and time in, pages and
 * command lines out. For the test_app*.c programs; their guide is tests/app/first.ini.
 */
#ifndef ODR_TESTS_APPKIT_H
#define ODR_TESTS_APPKIT_H

#include "tui/app.h"
#include "tui/key.h"
#include "tui/layout.h"
#include "tui/r_prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct odr_app app;
static struct odr_page page;
static char sent[4096], hands[4096], saved[ODR_SAVED_TEXT];

static inline void keep_line(char *to, const char *line)
{
	size_t used = strlen(to);

	snprintf(to + used, 4096 - used, "%s\n", line);
}

static inline void send(void *ctx, const char *line)
{
	(void)ctx;
	keep_line(sent, line);
}

static inline void hand(void *ctx, const char *line)
{
	(void)ctx;
	keep_line(hands, line);
}

static inline void save(void *ctx, const char *text)
{
	(void)ctx;
	snprintf(saved, sizeof saved, "%s", text);
}

static inline bool front(void *ctx, struct odr_facts *facts, const char *line, odr_put *put,
			 void *put_ctx, int *code)
{
	(void)ctx, (void)facts;
	*code = 0;
	if (strncmp(line, "explain ", 8))
		return false;
	put(put_ctx, "  explained");
	return true;
}

static const struct odr_guide_host host;
static struct odr_app_door door = {.send = send,
				   .save = save,
				   .front = front,
				   .host = &host,
				   .guides = "tests/app",
				   .folder = "."};

static inline void start(const char *from)
{
	sent[0] = hands[0] = 0;
	odr_app_stop(&app);
	odr_app_start(&app, &door, from);
}

static inline void event(const char *line)
{
	odr_app_event(&app, line);
}

static inline void keys(const char *text)
{
	for (; *text; text++)
		odr_app_key(&app, *text == '\n' ? ODR_KEY_ENTER : *text);
}

static inline const struct odr_page *now(void)
{
	odr_app_page(&app, &page);
	return &page;
}

static inline void assert_on(const char *id)
{
	assert_string_equal(now()->id, id);
}

static inline bool page_says(const char *text)
{
	for (unsigned i = 0; i < now()->lines; i++)
		if (strstr(page.line[i].text, text))
			return true;
	return strstr(page.notice, text) != NULL;
}

static inline int set_up(void **state)
{
	(void)state;
	door.hand = NULL;
	door.guides = "tests/app";
	door.words = false;
	start("");
	event("end code=0");
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	odr_app_stop(&app);
	memset(&app, 0, sizeof app);
	return 0;
}

static inline void place(unsigned position, const char *state)
{
	char line[200];

	snprintf(line, sizeof line, "place position=%u at=\"x\" state=\"%s\" status=d0", position,
		 state);
	event(line);
}

#endif
