/*
 * fuzz.h - what every fuzz target shares: its entry, and how it says that a promise was broken.
 *
 * A target takes any bytes, hands them to one reader of foreign data, and holds what comes out
 * against the promises of that reader's header. It must give the same answer to the same bytes.
 * ./run fuzz links it with libFuzzer; every ./run test replays the kept inputs through replay.c.
 */
#ifndef ODR_FUZZ_H
#define ODR_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Abort, with the promise that was broken, so that libFuzzer keeps the input. */
#define MUST(promise)                                                                         \
	do {                                                                                  \
		if (!(promise)) {                                                             \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise); \
			abort();                                                              \
		}                                                                             \
	} while (0)

/* Ends inside its room and holds nothing that a terminal would obey. */
static inline bool is_plain_text(const char *text, size_t room)
{
	size_t i;

	for (i = 0; i < room && text[i]; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 127)
			return false;
	return i < room;
}

#endif
