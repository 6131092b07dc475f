/*
 * Walks every way of every shipped guide (walkkit.h): each step is entered, each way taken, an end is
 * reached from everywhere, and no page sends itself on for ever.
 */
#include "walkkit.h"

#include "platform/host.h"

/* ---- what has to be true of the whole ---- */

static void check_entered(void)
{
	static bool entered[GUIDES][ODR_GUIDE_STEPS];

	memset(entered, 0, sizeof entered);
	for (unsigned i = 0; i < n_states; i++)
		entered[states[i].guide][states[i].step] = true;
	for (unsigned g = 0; g < guides; g++)
		for (unsigned n = 0; n < guide[g].steps; n++) {
			const struct odr_step *step = &guide[g].step[n];
			struct odr_way way;
			char text[80];

			if (!entered[g][n]) {
				fault(&guide[g], step, "is never entered");
				continue;
			}
			for (unsigned w = 0; odr_step_way(step, w, &way); w++) {
				snprintf(text, sizeof text, "its way to %s is never taken",
					 way.target);
				if (*way.target && !(taken[g][n] & 1u << w))
					fault(&guide[g], step, text);
			}
		}
}

static void check_ends(void)
{
	bool more = true;

	while (more) {
		more = false;
		for (unsigned i = n_edges; i-- > 0;)
			if (states[edges[i][1]].ends && !states[edges[i][0]].ends)
				more = states[edges[i][0]].ends = true;
	}
	for (unsigned i = 0; i < n_states; i++)
		if (!states[i].ends)
			fault(&guide[states[i].guide], &guide[states[i].guide].step[states[i].step],
			      "no end is reached from here with what was said so far");
}

/* Steps that move on by themselves must not do so for ever while nothing changes. */
struct chain {
	const struct odr_step *step[ODR_GUIDE_STEPS];
	unsigned steps;
	bool is_set[ODR_FACTS];
	struct odr_facts facts;
};

static void follow(unsigned g, const struct odr_step *step, struct chain *chain);

static void follow_answer(unsigned g, const struct odr_step *step, struct chain *chain)
{
	const struct odr_answer none = {.what = ODR_ANSWER_NONE};
	char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];
	const char *target = odr_walk_next(&guide[g], step, &chain->facts, &none);

	if (!target || !odr_target_split(target, file, name))
		return;
	for (unsigned i = 0; *file && i < guides; i++)
		if (!strcmp(guide[i].file, file))
			g = i;
	if (odr_guide_step(&guide[g], name))
		follow(g, odr_guide_step(&guide[g], name), chain);
}

/* Every word of every fact that the step asks about and the chain has not settled yet. */
static void follow_facts(unsigned g, const struct odr_step *step, struct chain *chain,
			 unsigned when)
{
	enum odr_fact fact;
	char word[ODR_FACT_WORD];

	while (when < step->n_when && chain->is_set[step->when[when].fact])
		when++;
	if (when == step->n_when) {
		follow_answer(g, step, chain);
		return;
	}
	fact = step->when[when].fact;
	chain->is_set[fact] = true;
	odr_facts_set(&chain->facts, fact, "");
	follow_facts(g, step, chain, when + 1);
	for (unsigned n = 0; odr_fact_word(fact, n, word); n++) {
		odr_facts_set(&chain->facts, fact, word);
		follow_facts(g, step, chain, when + 1);
	}
	chain->is_set[fact] = false;
}

static void follow(unsigned g, const struct odr_step *step, struct chain *chain)
{
	if (step->kind != ODR_CHECK && step->kind != ODR_WAIT)
		return;
	for (unsigned i = 0; i < chain->steps; i++)
		if (chain->step[i] == step) {
			/* Told where it is found first: the others of the circle say the same. */
			if (i == 0 && !chased++)
				fault(&guide[g], step,
				      "leads back to itself while nothing changes");
			return;
		}
	if (chain->steps == ODR_GUIDE_STEPS)
		return;
	chain->step[chain->steps++] = step;
	follow_facts(g, step, chain, 0);
	chain->steps--;
}

static void check_rest(void)
{
	static struct chain chain;

	for (unsigned g = 0; g < guides; g++)
		for (unsigned n = 0; n < guide[g].steps; n++) {
			memset(&chain, 0, sizeof chain);
			follow(g, &guide[g].step[n], &chain);
		}
}

/* ---- a folder ---- */

static const char *folder;

static bool is_guide(const char *name)
{
	char path[200], line[1100];
	bool found = false;
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "r");
	assert_non_null(file);
	while (!found && fgets(line, sizeof line, file))
		found = !strncmp(line, "[guide]", 7);
	fclose(file);
	return found;
}

static void load(void *ctx, const char *name)
{
	const char *only = ctx;
	struct odr_error e;

	if (!strstr(name, ".ini") || !is_guide(name) || (only && !strstr(only, name)))
		return;
	assert_true(guides < GUIDES);
	if (odr_guide_load(&guide[guides], NULL, folder, name, &e) != ODR_OK)
		fail_msg("%s", e.text);
	guides++;
}

/* only: names of the guides to walk; NULL: all. Returns the number of faults. */
static unsigned walk(const char *where, const char *only)
{
	folder = where;
	faults = chased = guides = n_states = n_edges = 0;
	memset(said, 0, sizeof said);
	saids = 0;
	memset(taken, 0, sizeof taken);
	states = calloc(STATES, sizeof *states);
	table = calloc(2 * STATES, sizeof *table);
	edges = NULL;
	assert_true(states && table);
	assert_true(odr_host_list(where, load, (void *)(uintptr_t)only));
	assert_int_not_equal(guides, 0);
	for (unsigned fact = 0; fact < ODR_FACT_FIRST_TEXT; fact++)
		if (odr_fact_by((enum odr_fact)fact) == ODR_BY_PERSON)
			learn((enum odr_fact)fact);
	for (unsigned g = 0; g < guides; g++)
		if (guide[g].first)
			state_of(
				&(struct state){.guide = (uint8_t)g,
						.step = (uint8_t)(guide[g].start - guide[g].step)});
	for (unsigned i = 0; i < n_states; i++)
		leave(i);
	check_entered();
	check_ends();
	check_rest();
	fprintf(stderr, "%s: %u guides, %u states, %u ways between them\n", where, guides, n_states,
		n_edges);
	for (unsigned g = 0; g < guides; g++)
		odr_guide_free(&guide[g]);
	free(states);
	free(table);
	free(edges);
	return faults;
}

static void every_way_of_every_shipped_guide_is_walked_to_an_end(void **state)
{
	(void)state;
	assert_int_equal(walk("guides", NULL), 0);
}

static void the_walker_goes_from_guide_to_guide(void **state)
{
	(void)state;
	assert_int_equal(walk("tests/guides/walk", "good1.ini good2.ini"), 0);
}

static void a_condition_that_never_gets_its_turn_is_found(void **state)
{
	(void)state;
	assert_int_equal(walk("tests/guides/walk", "shadow.ini"), 1);
}

static void a_step_that_is_only_drawn_but_never_entered_is_found(void **state)
{
	(void)state;
	assert_int_equal(walk("tests/guides/walk", "never.ini"), 2);
}

static void what_was_said_can_lock_somebody_in_and_is_found(void **state)
{
	(void)state;
	assert_int_not_equal(walk("tests/guides/walk", "locked.ini"), 0);
}

static void steps_that_chase_each_other_are_found(void **state)
{
	(void)state;
	assert_int_equal(walk("tests/guides/walk", "chase.ini"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_of_every_shipped_guide_is_walked_to_an_end),
		cmocka_unit_test(the_walker_goes_from_guide_to_guide),
		cmocka_unit_test(a_condition_that_never_gets_its_turn_is_found),
		cmocka_unit_test(a_step_that_is_only_drawn_but_never_entered_is_found),
		cmocka_unit_test(what_was_said_can_lock_somebody_in_and_is_found),
		cmocka_unit_test(steps_that_chase_each_other_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
