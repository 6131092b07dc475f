/*
 * paperkit.h - print a guide into a text and ask for its pages by their titles. Include once, in a
 * cmocka test.
 */
#ifndef TESTS_PAPERKIT_H
#define TESTS_PAPERKIT_H

#include "tui/clause.h"
#include "tui/paper.h"
#include "tui/seen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define FOLDER "tests/paper"

static struct odr_paper paper;
static struct odr_card card;
static struct odr_seen seen;
static char text[512 * 1024]; /* all that was printed */
static size_t used;

static inline void put(void *ctx, const char *line)
{
	int n = snprintf(text + used, sizeof text - used, "%s\n", line);

	(void)ctx;
	used += (size_t)n;
	assert_true(used < sizeof text);
}

static inline void add(const char *folder, const char *name)
{
	struct odr_error e;

	if (odr_route_add(&paper.route, NULL, folder, name, &e) != ODR_OK)
		fail_msg("%s", e.text);
}

/* FACT WORD FACT WORD ... NULL on top of a fresh start. */
static inline void know(const char *first, ...)
{
	va_list args;

	odr_seen_start(&seen);
	va_start(args, first);
	for (const char *name = first; name; name = va_arg(args, const char *))
		assert_true(odr_facts_set(&seen.facts, odr_fact_by_name(name, strlen(name)),
					  va_arg(args, const char *)));
	va_end(args);
	odr_seen_answered(&seen);
}

/* Not the real builder: what card.c makes of its facts is asked here. */
static inline bool line_for(const void *ctx, const struct odr_facts *facts, char *out, size_t cap)
{
	const char *digit = odr_facts_get(facts, ODR_FACT_digit);
	const char *file = odr_facts_get(facts, ODR_FACT_file83);

	(void)ctx;
	odr_cut(out, cap, "mtkflash %s w %s", digit, file);
	return digit[0] && file[0];
}

/* Print what was added, from `start`, with what know() has set. */
static inline void print(const char *folder, bool looked, const char *start)
{
	used = 0;
	paper.sheet = (struct odr_sheet){.put = put, .width = ODR_PAPER_WIDTH};
	paper.folder = folder;
	odr_card_make(&card, &seen.facts, looked, line_for, NULL);
	odr_route_find(&paper.route, &card.facts, looked, start);
	odr_paper_print(&paper, &card, "0.1");
}

static inline void print_way(const char *start)
{
	add(FOLDER, "way");
	print(FOLDER, true, start);
}

static inline int end_paper(void **state)
{
	(void)state;
	odr_paper_end(&paper);
	memset(&paper, 0, sizeof paper);
	return 0;
}

/* The page with this title, from its rule to the next one; NULL: there is none. */
static inline const char *page(const char *title)
{
	static char out[4096];
	char line[100];
	const char *at, *end, *from;

	snprintf(line, sizeof line, "\n%s\n", title);
	at = strstr(text, line);
	if (!at)
		return NULL;
	for (from = at; from > text && strncmp(from, "\n----", 5); from--)
		;
	end = strstr(at, "\n----");
	end = end ? end : text + used;
	assert_true((size_t)(end - from) < sizeof out);
	memcpy(out, from, (size_t)(end - from));
	out[end - from] = 0;
	return out;
}

static inline unsigned number_of(const char *title)
{
	const char *at = page(title);
	unsigned n = 0;

	if (at)
		sscanf(at, "\n---- page %u", &n);
	return n;
}

#define says(title, what)                                                                \
	do {                                                                             \
		const char *page_ = page(title);                                         \
		if (!page_)                                                              \
			fail_msg("no page '%s'", title);                                 \
		else if (!strstr(page_, what))                                           \
			fail_msg("'%s' is not on the page '%s':%s", what, title, page_); \
	} while (0)

/* The line `what -> page of to` stands on the page. */
static inline void leads(const char *title, const char *what, const char *to)
{
	char line[200];

	snprintf(line, sizeof line, "%s -> page %u\n", what, number_of(to));
	assert_int_not_equal(number_of(to), 0);
	says(title, line);
}

#define TEST(f) cmocka_unit_test_teardown(f, end_paper)

#endif
