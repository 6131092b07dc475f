/*
 * route.h - which steps of a guide somebody with nothing but paper may come to, and on which page each
 * of them stands. It begins where the person is. Conditions that are decided already are followed one
 * way only; what may still change before a condition is met keeps all its ways.
 *
 * Pure but for reading guide files. It knows nothing of how a page looks (paper.h).
 */
#ifndef ODR_ROUTE_H
#define ODR_ROUTE_H

#include "guides/guide.h"

#include <stdint.h>

enum {
	ODR_ROUTE_GUIDES = 11, /* printed as one: every guide that ships */
	ODR_ROUTE_STOPS = ODR_ROUTE_GUIDES * ODR_GUIDE_STEPS,
	ODR_WAYS = 2 * ODR_GUIDE_WHENS + 2, /* that lead away from one step, at most */
};

struct odr_way {
	enum odr_way_kind {
		ODR_WAY_ON,	/* the only one, or the one when none of the others is taken */
		ODR_WAY_CHOICE, /* step->choice[n] */
		ODR_WAY_WHEN,	/* step->when[n] holds */
		ODR_WAY_LATE,
		ODR_WAY_EXIT, /* the command ended with exit code n; ON is for all other codes */
	} what;
	unsigned n;
	const char *target;
};

/* A step that can be reached. */
struct odr_stop {
	const struct odr_step *step; /* NULL: the guide has no such step */
	uint64_t sure;		     /* bit FACT: it is still what it was at the start */
	bool reached, entered;
	unsigned page; /* from 1; 0: a check that is decided has none */
	unsigned way;  /* of the search */
};

struct odr_route {
	struct odr_guide guide[ODR_ROUTE_GUIDES];
	unsigned guides;
	struct odr_facts facts;
	struct odr_stop stop[ODR_ROUTE_STOPS]; /* guide * ODR_GUIDE_STEPS + step */
	unsigned on_page[ODR_ROUTE_STOPS + 1]; /* by page: the stop */
	unsigned pages;
	unsigned stack[ODR_ROUTE_STOPS]; /* of the search */
};

/* Add a guide; the same one twice is one. A zeroed route is empty. ODR_E_FILE: it cannot be read;
 * ODR_E_USAGE: no room for another one. */
enum odr_err odr_route_add(struct odr_route *route, const struct odr_guide_host *host,
			   const char *folder, const char *name, struct odr_error *e);
void odr_route_free(struct odr_route *route);

/*
 * odr_route_find - number the pages. start: "file:step" of one of the guides, or the first guide's own
 * start when it is "" or unknown. facts: copied; looked: the program has looked at the channels, so
 * what they say of the hardware is more than a default.
 */
void odr_route_find(struct odr_route *route, const struct odr_facts *facts, bool looked,
		    const char *start);

/* Is the fact known, and still as it was at the start? Facts that are only text do not change. */
bool odr_route_is_sure(const struct odr_route *route, const struct odr_stop *stop,
		       enum odr_fact fact);

/* The ways that are open at a stop. Returns how many. */
unsigned odr_route_ways(const struct odr_route *route, const struct odr_stop *stop,
			struct odr_way out[ODR_WAYS]);

/* Where a target of this stop leads, decided checks passed through. 0: to no page of this paper;
 * then `out` is "back", "top", or "file:step". */
unsigned odr_route_page(const struct odr_route *route, const struct odr_stop *stop,
			const char *target, char out[ODR_TARGET_ROOM]);

#endif
