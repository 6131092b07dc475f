#include "tui/route.h"

#include "guides/walk.h"
#include "tui/case.h"
#include "tui/text.h"

#include <string.h>

/* A walk that meets more decided checks than this in a row goes in a circle: the lint forbids it. */
#define CHECKS_AT_MOST 80

#define EXITS (sizeof((struct odr_step *)0)->exit / sizeof((struct odr_step *)0)->exit[0])
#define BIT(fact) ((uint64_t)1 << (fact))

_Static_assert(ODR_FACT_FIRST_TEXT <= 64, "a fact has a bit of its own");

/* What a hand on a cable or a switch changes: not known any more once a page was left. */
static const uint64_t by_hand = BIT(ODR_FACT_pc) | BIT(ODR_FACT_changed) | BIT(ODR_FACT_kind) |
				BIT(ODR_FACT_state) | BIT(ODR_FACT_partner) | BIT(ODR_FACT_dead) |
				BIT(ODR_FACT_living) | BIT(ODR_FACT_named);

/* What a command or a wait may change: everything that the program sets, but what kind of PC it is. */
static uint64_t by_program(void)
{
	uint64_t bits = 0;

	for (unsigned f = 0; f < ODR_FACT_FIRST_TEXT; f++)
		if (odr_fact_by((enum odr_fact)f) == ODR_BY_PROGRAM && f != ODR_FACT_practice)
			bits |= BIT(f);
	return bits;
}

/* ---- guides ---- */

enum odr_err odr_route_add(struct odr_route *route, const struct odr_guide_host *host,
			   const char *folder, const char *name, struct odr_error *e)
{
	struct odr_guide *guide = &route->guide[route->guides];

	if (route->guides == ODR_ROUTE_GUIDES)
		return odr_fail(e, ODR_E_USAGE, "at most %d guides fit into one paper",
				ODR_ROUTE_GUIDES);
	if (odr_guide_load(guide, host, folder, name, e) != ODR_OK)
		return e->code;
	for (unsigned g = 0; g < route->guides; g++)
		if (!strcmp(route->guide[g].file, guide->file)) {
			odr_guide_free(guide);
			return ODR_OK;
		}
	for (unsigned s = 0; s < guide->steps; s++)
		route->stop[route->guides * ODR_GUIDE_STEPS + s].step = &guide->step[s];
	route->guides++;
	return ODR_OK;
}

void odr_route_free(struct odr_route *route)
{
	for (unsigned g = 0; g < route->guides; g++)
		odr_guide_free(&route->guide[g]);
	memset(route, 0, sizeof *route);
}

static const struct odr_guide *guide_of(const struct odr_route *route, const struct odr_stop *stop)
{
	return &route->guide[(stop - route->stop) / ODR_GUIDE_STEPS];
}

#define NOWHERE ODR_ROUTE_STOPS

/* The stop of a target, as seen from a guide; NOWHERE: in none of our guides. */
static unsigned find(const struct odr_route *route, const struct odr_guide *from,
		     const char *target)
{
	char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];
	const struct odr_step *step;

	if (!strcmp(target, "top"))
		target = ODR_FIRST_PAGE;
	if (!odr_target_split(target, file, name))
		return NOWHERE;
	for (unsigned g = 0; g < route->guides; g++) {
		const struct odr_guide *guide = &route->guide[g];

		if (strcmp(file[0] ? file : from->file, guide->file))
			continue;
		step = odr_guide_step(guide, name);
		return step ? g * ODR_GUIDE_STEPS + (unsigned)(step - guide->step) : NOWHERE;
	}
	return NOWHERE;
}

/* ---- the ways out of a step ---- */

bool odr_route_is_sure(const struct odr_route *route, const struct odr_stop *stop,
		       enum odr_fact fact)
{
	if (!odr_facts_get(&route->facts, fact)[0])
		return false;
	return fact >= ODR_FACT_FIRST_TEXT || stop->sure & BIT(fact);
}

struct ways {
	struct odr_way *out;
	unsigned n;
};

static void add(struct ways *ways, enum odr_way_kind what, unsigned n, const char *target)
{
	struct odr_way *way = &ways->out[ways->n];

	if (!target || ways->n == ODR_WAYS)
		return;
	way->what = what;
	way->n = n;
	way->target = target;
	ways->n++;
}

/* Conditions in their order, up to the first that is sure to hold. false: none is. */
static bool add_whens(const struct odr_route *route, const struct odr_stop *stop, struct ways *ways)
{
	for (unsigned i = 0; i < stop->step->n_when; i++) {
		const struct odr_when *when = &stop->step->when[i];

		if (!odr_route_is_sure(route, stop, when->fact)) {
			add(ways, ODR_WAY_WHEN, i, when->target);
		} else if (odr_walk_holds(when, &route->facts)) {
			add(ways, ODR_WAY_ON, 0, when->target);
			return true;
		}
	}
	return false;
}

static void add_exits(const struct odr_step *step, struct ways *ways)
{
	const char *other = step->exit[EXITS - 1]; /* what is not named ends there, too */

	add(ways, ODR_WAY_EXIT, 0, step->exit[0]);
	for (unsigned code = 2; code + 1 < EXITS; code++)
		if (step->exit[code] && (!other || strcmp(step->exit[code], other)))
			add(ways, ODR_WAY_EXIT, code, step->exit[code]);
	add(ways, ODR_WAY_ON, 0, other);
}

unsigned odr_route_ways(const struct odr_route *route, const struct odr_stop *stop,
			struct odr_way out[ODR_WAYS])
{
	const struct odr_step *step = stop->step;
	struct ways ways = {.out = out};
	bool decided = false;

	if (step->kind == ODR_CHECK)
		decided = add_whens(route, stop, &ways);
	/* What a page waits for is still to come, whatever is known now. */
	for (unsigned i = 0; step->kind == ODR_WAIT && i < step->n_when; i++)
		add(&ways, ODR_WAY_WHEN, i, step->when[i].target);
	if (step->kind == ODR_RUN)
		add_exits(step, &ways);
	else if (!decided)
		add(&ways, ODR_WAY_ON, 0, step->next);
	add(&ways, ODR_WAY_LATE, 0, step->late);
	for (unsigned i = 0; i < step->n_choice; i++)
		add(&ways, ODR_WAY_CHOICE, i, step->choice[i].target);
	return ways.n;
}

/* A check that is decided needs no page. */
static bool is_passed(const struct odr_route *route, const struct odr_stop *stop)
{
	struct odr_way ways[ODR_WAYS];

	return stop->step->kind == ODR_CHECK && odr_route_ways(route, stop, ways) == 1 &&
	       ways[0].what == ODR_WAY_ON;
}

unsigned odr_route_page(const struct odr_route *route, const struct odr_stop *stop,
			const char *target, char out[ODR_TARGET_ROOM])
{
	struct odr_way ways[ODR_WAYS];

	for (unsigned i = 0; i < CHECKS_AT_MOST; i++) {
		const struct odr_guide *from = guide_of(route, stop);
		unsigned to = find(route, from, target);
		char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];

		if (to == NOWHERE) {
			odr_cut(out, ODR_TARGET_ROOM, "%s", target);
			if (odr_target_split(target, file, name) && !file[0])
				odr_cut(out, ODR_TARGET_ROOM, "%s:%s", from->file, name);
			return 0;
		}
		stop = &route->stop[to];
		if (!is_passed(route, stop))
			return stop->page;
		odr_route_ways(route, stop, ways);
		target = ways[0].target;
	}
	odr_cut(out, ODR_TARGET_ROOM, "top");
	return 0;
}

/* ---- what is sure where ---- */

/* The facts that are still sure when this way is taken. */
static uint64_t behind(const struct odr_route *route, const struct odr_stop *stop,
		       const struct odr_way *way)
{
	const struct odr_choice *choice = &stop->step->choice[way->n];
	uint64_t sure = stop->sure;

	switch (stop->step->kind) {
	case ODR_CHECK:
		return sure;
	case ODR_WAIT:
	case ODR_RUN:
		sure &= ~by_program();
		break;
	case ODR_SAY:
	case ODR_ASK:
	case ODR_END:
	case ODR_KINDS:
		sure &= ~by_hand;
		break;
	}
	if (way->what != ODR_WAY_CHOICE || choice->fact == ODR_FACTS)
		return sure;
	/* The same answer as before keeps the fact; another one makes it open. */
	if (!strcmp(odr_facts_get(&route->facts, choice->fact), choice->word))
		return sure | BIT(choice->fact);
	return sure & ~BIT(choice->fact);
}

/* A way leads here with these facts sure. true: that is news. */
static bool arrive(struct odr_stop *stop, uint64_t sure)
{
	uint64_t all = stop->reached ? stop->sure & sure : sure;
	bool news = !stop->reached || all != stop->sure;

	stop->reached = true;
	stop->sure = all;
	return news;
}

static bool leave(struct odr_route *route, const struct odr_stop *stop)
{
	struct odr_way ways[ODR_WAYS];
	unsigned n = odr_route_ways(route, stop, ways);
	bool news = false;

	for (unsigned i = 0; i < n; i++) {
		unsigned to = find(route, guide_of(route, stop), ways[i].target);

		if (to != NOWHERE && arrive(&route->stop[to], behind(route, stop, &ways[i])))
			news = true;
	}
	return news;
}

/* Facts become less sure and ways more with each round, so it ends. */
static void spread(struct odr_route *route)
{
	bool news = true;

	while (news) {
		news = false;
		for (unsigned s = 0; s < ODR_ROUTE_STOPS; s++)
			if (route->stop[s].reached && leave(route, &route->stop[s]))
				news = true;
	}
}

/* ---- the order of the pages ---- */

static void enter(struct odr_route *route, struct odr_stop *stop, unsigned *depth)
{
	stop->entered = true;
	if (!is_passed(route, stop)) {
		stop->page = ++route->pages;
		route->on_page[stop->page] = (unsigned)(stop - route->stop);
	}
	route->stack[(*depth)++] = (unsigned)(stop - route->stop);
}

/* The way that is named first is read on at once, side ways come behind it. */
static void number(struct odr_route *route, struct odr_stop *first)
{
	struct odr_way ways[ODR_WAYS];
	unsigned depth = 0;

	if (!first->entered)
		enter(route, first, &depth);
	while (depth) {
		struct odr_stop *at = &route->stop[route->stack[depth - 1]];
		unsigned n = odr_route_ways(route, at, ways), to;

		if (at->way == n) {
			depth--;
			continue;
		}
		to = find(route, guide_of(route, at), ways[at->way++].target);
		if (to != NOWHERE && !route->stop[to].entered)
			enter(route, &route->stop[to], &depth);
	}
}

static uint64_t sure_at_start(const struct odr_facts *facts, bool looked)
{
	uint64_t sure = 0;

	for (unsigned f = 0; f < ODR_FACT_FIRST_TEXT; f++) {
		const char *word = odr_facts_get(facts, (enum odr_fact)f);

		if (word[0] && strcmp(word, "unknown") && (looked || !(by_hand & BIT(f))))
			sure |= BIT(f);
	}
	return sure;
}

static bool is_led_to(const struct odr_route *route, unsigned guide)
{
	for (unsigned s = 0; s < ODR_GUIDE_STEPS; s++)
		if (route->stop[guide * ODR_GUIDE_STEPS + s].reached)
			return true;
	return false;
}

void odr_route_find(struct odr_route *route, const struct odr_facts *facts, bool looked,
		    const char *start)
{
	unsigned roots[ODR_ROUTE_GUIDES + 1], n = 0;
	uint64_t sure = sure_at_start(facts, looked);

	route->facts = *facts;
	roots[n] = find(route, &route->guide[0], start);
	if (roots[n] != NOWHERE) {
		arrive(&route->stop[roots[n++]], sure);
		spread(route);
	}
	/* A guide to which nothing leads is read from its own start, later. */
	for (unsigned g = 0; g < route->guides; g++) {
		if (is_led_to(route, g))
			continue;
		roots[n] = find(route, &route->guide[g], route->guide[g].start->name);
		arrive(&route->stop[roots[n]], n ? sure & ~by_hand : sure);
		n++;
		spread(route);
	}
	for (unsigned i = 0; i < n; i++)
		number(route, &route->stop[roots[i]]);
}
