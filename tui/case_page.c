/*
 * case_page.c - a step of a guide as a page. Answers, in this order: where am I, what to do, why, what
 * if I am wrong, what the program sees, what can I press.
 */
#include "tui/case.h"

#include "guides/walk.h"
#include "tui/text.h"

#include <stdio.h>
#include <string.h>

static void add(struct odr_page *page, enum odr_role role, const struct odr_facts *facts,
		const char *lead, const char *text)
{
	char filled[512], line[600];

	if (!strcmp(text, " ")) {
		odr_page_gap(page);
		return;
	}
	odr_walk_fill(filled, sizeof filled, text, facts);
	odr_cut(line, sizeof line, "%s%s", lead, filled);
	odr_page_add(page, role, 1, line);
}

static void add_picture(struct odr_page *page, const struct odr_picture *picture)
{
	odr_page_gap(page);
	for (unsigned i = 0; i < picture->lines; i++)
		odr_page_add(page, ODR_ROLE_PICTURE, 2, picture->line[i]);
	odr_page_gap(page);
}

static void add_view(const struct odr_step *step, const struct odr_says *says,
		     struct odr_page *page)
{
	switch (step->view) {
	case ODR_VIEW_TARGET:
		odr_said_show(says, ODR_SAID_TARGET, page);
		break;
	case ODR_VIEW_IMAGE:
		odr_said_show(says, ODR_SAID_IMAGE, page);
		break;
	case ODR_VIEW_PLAN:
		odr_said_show(says, ODR_SAID_PLAN, page);
		break;
	case ODR_VIEW_OUTCOME:
		odr_said_show(says, ODR_SAID_OUTCOME, page);
		break;
	case ODR_VIEW_RECOVERY:
		odr_said_show(says, ODR_SAID_RECOVERY, page);
		break;
	case ODR_VIEW_CHIP:
		odr_said_show(says, ODR_SAID_CHIP, page);
		break;
	case ODR_VIEW_LINE:
	case ODR_VIEW_DECODE:
		odr_said_show(says, ODR_SAID_LAST, page);
		break;
	case ODR_VIEW_NONE:
	case ODR_VIEW_PLACES: /* the panel shows them on every page */
	case ODR_VIEW_PROGRESS:
	case ODR_VIEWS:
		break;
	}
}

static void add_work(const struct odr_case *c, const struct odr_says *says, uint64_t now_ms,
		     struct odr_page *page)
{
	if (!strncmp(c->step->command, "plan", 4))
		return; /* what to type next is for the command line; the pages lead there */
	if (!says->progress.phase[0]) {
		odr_said_show(says, ODR_SAID_LAST, page);
		return;
	}
	odr_progress_show(says, now_ms, page);
	if (!strncmp(c->step->command, "flash", 5)) {
		odr_page_gap(page);
		odr_page_add(
			page, ODR_ROLE_WARN, 1,
			"Do NOT switch anything off. Ctrl-C is ignored until the drive is safe.");
		odr_page_add(page, ODR_ROLE_TEXT, 1,
			     "You may close this terminal: the work goes on without it.");
	}
}

static void add_choices(const struct odr_case *c, const struct odr_facts *facts,
			struct odr_page *page)
{
	const struct odr_step *step = c->step;
	char text[ODR_PAGE_WIDTH + 1];

	if (step->hazard && !c->acknowledged) {
		odr_page_choice(page, 'y', "I have read the warning");
		return;
	}
	for (unsigned i = 0; i < step->n_choice; i++) {
		odr_walk_fill(text, sizeof text, step->choice[i].text, facts);
		odr_page_choice(page, step->choice[i].key, text);
	}
	if (step->next && (step->kind == ODR_SAY || step->kind == ODR_END))
		odr_page_choice(page, '\n', "Go on");
}

void odr_case_page(const struct odr_case *c, const struct odr_facts *facts,
		   const struct odr_says *says, uint64_t now_ms, struct odr_page *page)
{
	const struct odr_step *step = c->step;
	char id[ODR_TARGET_ROOM];

	odr_cut(id, sizeof id, "%s:%s", c->guide.id, step->name);
	odr_page_start(page, id, c->guide.title);
	/* How many are to come nobody can say: a part leads on to others, and some lead back. */
	odr_cut(page->where, sizeof page->where, "step %u", c->trail.shown);
	add(page, ODR_ROLE_HEAD, facts, "", step->title);
	odr_page_gap(page);
	for (unsigned i = 0; i < step->n_text; i++)
		add(page, ODR_ROLE_TEXT, facts, "", step->text[i]);
	if (step->picture)
		add_picture(page, step->picture);
	odr_page_gap(page);
	if (step->why)
		add(page, ODR_ROLE_TEXT, facts, "Why: ", step->why);
	if (step->wrong)
		add(page, ODR_ROLE_TEXT, facts, "If wrong: ", step->wrong);
	if (c->works)
		add_work(c, says, now_ms, page);
	else
		add_view(step, says, page);
	if (step->hazard && !c->acknowledged) {
		odr_page_gap(page);
		add(page, ODR_ROLE_WARN, facts, "! ", step->hazard);
	}
	if (step->paper)
		odr_page_add(page, ODR_ROLE_WARN, 1,
			     "The PC starts again soon: photograph this page or print the guide "
			     "(Ctrl-P).");
	if (!c->works)
		add_choices(c, facts, page);
	page->has_input = odr_case_has_input(c);
	page->consents = !c->works && ((step->hazard && !c->acknowledged) ||
				       (page->has_input && !strncmp(step->command, "confirm", 7)));
	if (page->has_input) {
		odr_walk_fill(page->prompt, sizeof page->prompt, step->prompt, facts);
		odr_cut(page->input, sizeof page->input, "%s", c->typed);
		page->offered = c->offered;
	}
}
