/*
 * lintwalk.c - the ways through all guides of a folder, as one graph: a node for each step of each guide.
 *
 * A write is a `flash` command or a page with `writes = yes`. To be sure that every way to it has passed
 * target, image and backup, the search goes over pairs of a step and what was passed on the way to it;
 * facts are not followed, but a condition that can only hold once something was passed counts as such.
 */
#include "guides/lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a way has passed; the first two values are those of guide.h. */
enum { TARGET = ODR_PASSES_TARGET, BACKUP = ODR_PASSES_BACKUP, IMAGE = 4, ALL = 7, SETS = 8 };

enum { NOWHERE = -1, TOP = -2 }; /* beside the number of a node */

struct graph {
	struct odr_lint *lint;
	unsigned base[ODR_LINT_FILES]; /* number of the first node of a file */
	unsigned nodes;
	/* For each pair node * SETS + passed: the pair before it, itself for a first one, -1 not reached. */
	int *before;
	unsigned *queue;
	unsigned queued;
	bool *flag; /* one for each node, for whoever needs it */
};

static struct odr_lint_file *file_of(const struct graph *g, unsigned node)
{
	unsigned i = 0;

	while (i + 1 < g->lint->files && g->base[i + 1] <= node)
		i++;
	return &g->lint->file[i];
}

static const struct odr_step *step_of(const struct graph *g, unsigned node)
{
	const struct odr_lint_file *file = file_of(g, node);

	return &file->guide.step[node - g->base[file - g->lint->file]];
}

static unsigned node_of(const struct graph *g, const struct odr_lint_file *file,
			const struct odr_step *step)
{
	return g->base[file - g->lint->file] + (unsigned)(step - file->guide.step);
}

/* Where a TARGET leads from a file. *wrong: why it leads nowhere although it should; else NULL. */
static int resolve(const struct graph *g, const struct odr_lint_file *from, const char *target,
		   const char **wrong)
{
	char name[ODR_FILE_NAME + 1], step_name[ODR_STEP_NAME + 1];
	const struct odr_step *step;

	*wrong = NULL;
	if (!strcmp(target, "top"))
		return TOP;
	if (!odr_target_split(target, name, step_name))
		return NOWHERE; /* "back", or nothing */
	for (unsigned i = 0; *name; i++) {
		if (i == g->lint->files) {
			*wrong = "there is no such guide";
			return NOWHERE;
		}
		from = &g->lint->file[i];
		if (from->is_guide && !strcmp(from->name, name))
			break;
	}
	step = odr_guide_step(&from->guide, step_name);
	if (!step) {
		/* A guide that could not be read tells that itself. */
		*wrong = from->whole ? "there is no such step in that guide" : NULL;
		return NOWHERE;
	}
	return (int)node_of(g, from, step);
}

/* ---- targets ---- */

static bool check_targets(struct graph *g, struct odr_lint_file *file)
{
	bool good = file->whole;

	for (unsigned i = 0; i < file->raw.words; i++) {
		const struct odr_raw_word *word = &file->raw.word[i];
		const size_t prefix = strlen(ODR_SECTION_STEP);
		const struct odr_step *step =
			strncmp(word->section, ODR_SECTION_STEP, prefix)
				? NULL
				: odr_guide_step(&file->guide, word->section + prefix);
		const char *wrong, *target = step ? odr_step_target(step, word->key) : NULL;

		if (!target || !strchr(target, ':'))
			continue; /* those of the guide itself were looked up when it was built */
		resolve(g, file, target, &wrong);
		if (!wrong)
			continue;
		odr_lint_say(g->lint, file->name, word->line, "%s: %s: %s", word->key, target,
			     wrong);
		good = false;
	}
	return good;
}

/* ---- what is passed ---- */

static bool is_command(const struct odr_step *step, const char *word)
{
	size_t len = strlen(word);

	return step->command && !strncmp(step->command, word, len) &&
	       (step->command[len] == ' ' || !step->command[len]);
}

static bool writes(const struct odr_step *step)
{
	return step->writes || is_command(step, "flash");
}

/* What must have been passed when this condition holds. */
static unsigned told_by(const struct odr_when *when)
{
	if (!when)
		return 0;
	switch (when->fact) {
	case ODR_FACT_target:
		return when->op == ODR_MORE || (when->op == ODR_IS && *when->word != '0') ? TARGET
											  : 0;
	case ODR_FACT_image:
		return when->op == ODR_IS && !strcmp(when->word, "ok") ? IMAGE : 0;
	case ODR_FACT_plan:
		return when->op == ODR_IS && strcmp(when->word, "none") != 0 ? ALL : 0;
	default:
		return 0;
	}
}

/*
 * Another target has another chip to save. Another file does not change what was saved; that it needs
 * another plan is the engine's own rule.
 */
static unsigned passed(const struct odr_step *step, const struct odr_way *way, unsigned bits)
{
	const bool done = way->exit == 0;

	bits |= told_by(way->when);
	if (way->exit < 0)
		return bits;
	if (is_command(step, "target"))
		return (bits & IMAGE) | (done ? TARGET : 0);
	if (is_command(step, "image"))
		return (bits & ~(unsigned)IMAGE) | (done ? IMAGE : 0);
	if (!done)
		return bits;
	if (is_command(step, "plan") || is_command(step, "backup"))
		return bits | BACKUP;
	if (is_command(step, "restore"))
		return bits | IMAGE | BACKUP;
	return is_command(step, "mtkflash") ? ALL : bits;
}

/* ---- the search ---- */

static void reach(struct graph *g, unsigned node, unsigned bits, int before)
{
	unsigned pair;

	bits |= step_of(g, node)->passes;
	pair = node * SETS + bits;
	if (g->before[pair] >= 0)
		return;
	g->before[pair] = before < 0 ? (int)pair : before;
	g->queue[g->queued++] = pair;
}

static void search(struct graph *g)
{
	const struct odr_lint *lint = g->lint;

	for (unsigned i = 0; i < lint->files; i++)
		if (lint->file[i].is_guide && lint->file[i].guide.first)
			reach(g, node_of(g, &lint->file[i], lint->file[i].guide.start), 0, -1);
	for (unsigned at = 0; at < g->queued; at++) {
		unsigned node = g->queue[at] / SETS, bits = g->queue[at] % SETS;
		const struct odr_step *step = step_of(g, node);
		const char *wrong;
		struct odr_way way;

		for (unsigned n = 0; odr_step_way(step, n, &way); n++) {
			int to = resolve(g, file_of(g, node), way.target, &wrong);

			if (to >= 0)
				reach(g, (unsigned)to, passed(step, &way, bits), (int)g->queue[at]);
		}
	}
}

static bool is_reached(const struct graph *g, unsigned node)
{
	for (unsigned bits = 0; bits < SETS; bits++)
		if (g->before[node * SETS + bits] >= 0)
			return true;
	return false;
}

static void say_at(const struct graph *g, unsigned node, const char *text)
{
	const struct odr_lint_file *file = file_of(g, node);
	const struct odr_step *step = step_of(g, node);
	char section[ODR_INI_WORD];

	snprintf(section, sizeof section, ODR_SECTION_STEP "%s", step->name);
	odr_lint_say(g->lint, file->name, odr_raw_line(&file->raw, section, ""), "[%s] %s", section,
		     text);
}

static void check_reach(const struct graph *g)
{
	for (unsigned i = 0; i < g->lint->files; i++) {
		const struct odr_lint_file *file = &g->lint->file[i];
		unsigned reached = 0;

		for (unsigned n = 0; n < file->guide.steps; n++)
			reached += is_reached(g, g->base[i] + n);
		if (file->is_guide && !reached) {
			odr_lint_say(g->lint, file->name,
				     odr_raw_line(&file->raw, ODR_SECTION_GUIDE, "first"),
				     "no guide leads here; name it as file:step somewhere, or take "
				     "first = no out");
			continue;
		}
		for (unsigned n = 0; n < file->guide.steps; n++)
			if (!is_reached(g, g->base[i] + n))
				say_at(g, g->base[i] + n,
				       "no way leads here; name it as a target, or take it out");
	}
}

/* ---- writes ---- */

/* The last steps of the shortest way to a pair. */
static void tell_way(const struct graph *g, unsigned pair, char *out, size_t cap)
{
	enum { SHOWN = 6 };
	unsigned way[SHOWN], n = 0;
	size_t used;

	for (way[n++] = pair; n < SHOWN && (unsigned)g->before[pair] != pair; way[n++] = pair)
		pair = (unsigned)g->before[pair];
	used = (size_t)snprintf(out, cap, "%s", (unsigned)g->before[pair] == pair ? "" : ".. ");
	while (n-- > 0 && used < cap) {
		unsigned node = way[n] / SETS;
		const char *file = file_of(g, node)->name;

		used += (size_t)snprintf(out + used, cap - used, "%.*s:%s%s",
					 (int)strcspn(file, "."), file, step_of(g, node)->name,
					 n ? " > " : "");
	}
}

static void check_writes(const struct graph *g)
{
	for (unsigned node = 0; node < g->nodes; node++) {
		char way[180], text[300];

		if (!writes(step_of(g, node)))
			continue;
		for (unsigned bits = 0; bits < ALL; bits++) {
			if (g->before[node * SETS + bits] < 0)
				continue;
			tell_way(g, node * SETS + bits, way, sizeof way);
			snprintf(text, sizeof text,
				 "writes, but a way leads here without%s%s%s: %s",
				 bits & TARGET ? "" : " target", bits & IMAGE ? "" : " image",
				 bits & BACKUP ? "" : " backup", way);
			say_at(g, node, text);
			break;
		}
	}
}

/* ---- ends ---- */

static void check_ends(struct graph *g)
{
	bool more = true;

	memset(g->flag, 0, g->nodes * sizeof *g->flag);
	while (more) {
		more = false;
		for (unsigned node = 0; node < g->nodes; node++) {
			const struct odr_step *step = step_of(g, node);
			bool ends = step->kind == ODR_END;
			const char *wrong;
			struct odr_way way;

			for (unsigned n = 0; !ends && odr_step_way(step, n, &way); n++) {
				int to = resolve(g, file_of(g, node), way.target, &wrong);

				ends = to == TOP || (to >= 0 && g->flag[to]);
			}
			more = more || (ends && !g->flag[node]);
			g->flag[node] = ends;
		}
	}
	for (unsigned node = 0; node < g->nodes; node++)
		if (!g->flag[node] && is_reached(g, node))
			say_at(g, node, "no way leads from here to an end or to the first page");
}

/* Checks are not shown: from one to the next and back again would hang the program. */
static void check_loops(struct graph *g)
{
	for (unsigned first = 0; first < g->nodes; first++) {
		unsigned queued = 0;

		if (step_of(g, first)->kind != ODR_CHECK)
			continue;
		memset(g->flag, 0, g->nodes * sizeof *g->flag);
		g->queue[queued++] = first;
		for (unsigned at = 0; at < queued && !g->flag[first]; at++) {
			unsigned node = g->queue[at];
			const char *wrong;
			struct odr_way way;

			for (unsigned n = 0; odr_step_way(step_of(g, node), n, &way); n++) {
				int to = resolve(g, file_of(g, node), way.target, &wrong);

				if (to < 0 || g->flag[to] ||
				    step_of(g, (unsigned)to)->kind != ODR_CHECK)
					continue;
				g->flag[to] = true;
				g->queue[queued++] = (unsigned)to;
			}
		}
		if (g->flag[first])
			say_at(g, first, "checks lead in a circle; put a page between them");
	}
}

static void check_graph(struct graph *g)
{
	const size_t pairs = (size_t)g->nodes * SETS;

	g->before = malloc(pairs * sizeof *g->before);
	g->queue = malloc(pairs * sizeof *g->queue);
	g->flag = malloc(g->nodes * sizeof *g->flag);
	if (g->before && g->queue && g->flag) {
		memset(g->before, 0xFF, pairs * sizeof *g->before);
		search(g);
		check_reach(g);
		check_writes(g);
		check_ends(g);
		check_loops(g);
	} else {
		odr_lint_say(g->lint, g->lint->folder, 1,
			     "no memory for the ways between the pages");
	}
	free(g->before);
	free(g->queue);
	free(g->flag);
}

void odr_lint_ways(struct odr_lint *lint)
{
	struct graph g = {.lint = lint};
	bool good = true;

	for (unsigned i = 0; i < lint->files; i++) {
		g.base[i] = g.nodes;
		g.nodes += lint->file[i].guide.steps;
	}
	for (unsigned i = 0; i < lint->files; i++)
		if (lint->file[i].is_guide)
			good = check_targets(&g, &lint->file[i]) && good;
	/* With a hole somewhere the rest would complain of what only follows from it. */
	if (good && g.nodes)
		check_graph(&g);
}
