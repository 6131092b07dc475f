#include "tui/paper.h"

#include "tui/clause.h"

#include <string.h>

enum { WAY_INDENT = 7 };

/* ---- what is known, and lines to write on ---- */

/* A value for {name} at this stop; what nobody knows yet is to be written there. */
static const char *value(const struct odr_paper *p, const struct odr_stop *stop, const char *name,
			 size_t len)
{
	enum odr_fact fact = odr_fact_by_name(name, len);

	switch (fact) {
	case ODR_FACT_reason:
		return "(odrescue shows the reason here)";
	case ODR_FACT_advice:
		return "(odrescue shows here what to do about it)";
	case ODR_FACT_typed:
		if (stop->step->command && !strncmp(stop->step->command, "image", 5))
			fact = ODR_FACT_file;
		else if (stop->step->command && !strncmp(stop->step->command, "target", 6))
			fact = ODR_FACT_label_text;
		break;
	case ODR_FACTS:
		return ODR_BLANK;
	default:
		break;
	}
	return odr_route_is_sure(&p->route, stop, fact) ? odr_facts_get(&p->route.facts, fact)
							: ODR_BLANK;
}

static void fill(const struct odr_paper *p, const struct odr_stop *stop, const char *text,
		 char *out, size_t cap)
{
	size_t used = 0;

	out[0] = 0;
	while (*text) {
		size_t len = strcspn(text, "{");

		odr_cut(out + used, cap - used, "%.*s", (int)len, text);
		used += strlen(out + used);
		text += len;
		if (!*text)
			return;
		len = strcspn(text, "}");
		odr_cut(out + used, cap - used, "%s", value(p, stop, text + 1, len - 1));
		used += strlen(out + used);
		text += text[len] ? len + 1 : len;
	}
}

static void put(struct odr_paper *p, const struct odr_stop *stop, const char *lead, unsigned indent,
		const char *text)
{
	char filled[512];

	fill(p, stop, text, filled, sizeof filled);
	if (*lead || indent)
		odr_sheet_wrap(&p->sheet, lead, indent, filled);
	else
		odr_sheet_line(&p->sheet, filled);
}

/* ---- where a way leads ---- */

static void note_lead(struct odr_paper *p, const char *file)
{
	for (unsigned i = 0; i < p->n_leads; i++)
		if (!strcmp(p->leads[i], file))
			return;
	if (p->n_leads < ODR_ROUTE_GUIDES)
		odr_cut(p->leads[p->n_leads++], sizeof p->leads[0], "%s", file);
}

/* "mtkdead.ini" as a person types it. */
static int bare(const char *file)
{
	return (int)strcspn(file, ".");
}

static void say_other(struct odr_paper *p, const char *target, char *out, size_t cap)
{
	char file[ODR_FILE_NAME + 1], name[ODR_STEP_NAME + 1];
	const struct odr_step *step = NULL;

	odr_target_split(target, file, name);
	note_lead(p, file);
	if (strcmp(p->led.file, file)) {
		odr_guide_free(&p->led);
		if (odr_guide_load(&p->led, p->host, p->folder, file, NULL) != ODR_OK)
			memset(&p->led, 0, sizeof p->led);
	}
	if (p->led.steps)
		step = odr_guide_step(&p->led, name);
	if (step && step->title)
		odr_cut(out, cap, "the guide %.*s, \"%s\"", bare(file), file, step->title);
	else
		odr_cut(out, cap, "the guide %.*s", bare(file), file);
}

/* text, and behind it where it leads. */
static void put_way(struct odr_paper *p, const struct odr_stop *stop, const char *lead,
		    unsigned indent, const char *text, const char *target)
{
	char other[ODR_TARGET_ROOM], where[120], line[400];
	unsigned page = odr_route_page(&p->route, stop, target, other);

	if (page)
		odr_cut(where, sizeof where, "page" ODR_HARD_BLANK "%u", page);
	else if (!strcmp(other, "back"))
		odr_cut(where, sizeof where, "the page that you came from");
	else if (!strcmp(other, "top"))
		odr_cut(where, sizeof where, "odrescue's first page");
	else
		say_other(p, other, where, sizeof where);
	odr_cut(line, sizeof line, "%s ->" ODR_HARD_BLANK "%s", text, where);
	put(p, stop, lead, indent, line);
}

/* ---- the ways out of a page ---- */

static const char *exit_text(unsigned code)
{
	/* By exit code, flash/words.h. */
	static const char *const texts[] = {"When it is done",
					    "",
					    "It is refused",
					    "It failed, and the drive is unchanged",
					    "The file cannot be used",
					    "It failed, and the drive is CHANGED",
					    "It is written, and cannot be verified",
					    "Nobody answers there"};

	return code < sizeof texts / sizeof texts[0] ? texts[code] : "";
}

static const char *on_text(const struct odr_step *step, unsigned ways)
{
	if (step->kind == ODR_RUN)
		return "If it does not work";
	return ways > 1 && step->kind == ODR_CHECK ? "None of these" : "Go on";
}

/* Behind the text of a choice: that it was taken before; a number that only the program would keep. */
static void put_remark(const struct odr_paper *p, const struct odr_choice *choice, char *out,
		       size_t cap)
{
	char room[80];

	if (choice->fact == ODR_FACTS)
		return;
	if (!strcmp(odr_facts_get(&p->route.facts, choice->fact), choice->word))
		odr_cut(out, cap, " (your answer)");
	else if (odr_fact_is_number(choice->fact))
		odr_cut(out, cap, " (note: %s)",
			odr_clause(choice->fact, choice->word, room, sizeof room));
}

static void put_choice(struct odr_paper *p, const struct odr_stop *stop,
		       const struct odr_choice *choice)
{
	char lead[WAY_INDENT + 1], remark[100] = "", text[200];

	put_remark(p, choice, remark, sizeof remark);
	odr_cut(lead, sizeof lead, " [ ] %c", choice->key);
	odr_cut(text, sizeof text, "%s%s", choice->text, remark);
	put_way(p, stop, lead, WAY_INDENT, text, choice->target);
}

static void put_when(struct odr_paper *p, const struct odr_stop *stop, const struct odr_when *when)
{
	char text[160];

	odr_clause_when(when, text, sizeof text);
	put_way(p, stop, " [ ]", WAY_INDENT, text, when->target);
}

static void put_late(struct odr_paper *p, const struct odr_stop *stop)
{
	unsigned s = stop->step->timeout_s;
	char text[80];

	odr_cut(text, sizeof text, "nothing of this within %u %s", s < 120 ? s : s / 60,
		s < 120 ? "seconds" : "minutes");
	put_way(p, stop, " [ ]", WAY_INDENT, text, stop->step->late);
}

static void put_ways(struct odr_paper *p, const struct odr_stop *stop)
{
	struct odr_way ways[ODR_WAYS];
	unsigned n = odr_route_ways(&p->route, stop, ways);

	odr_sheet_gap(&p->sheet);
	for (unsigned i = 0; i < n; i++) {
		switch (ways[i].what) {
		case ODR_WAY_CHOICE:
			put_choice(p, stop, &stop->step->choice[ways[i].n]);
			break;
		case ODR_WAY_WHEN:
			put_when(p, stop, &stop->step->when[ways[i].n]);
			break;
		case ODR_WAY_LATE:
			put_late(p, stop);
			break;
		case ODR_WAY_EXIT:
			put_way(p, stop, " [ ]", WAY_INDENT, exit_text(ways[i].n), ways[i].target);
			break;
		case ODR_WAY_ON:
			put_way(p, stop, n > 1 ? " [ ]" : "", n > 1 ? WAY_INDENT : 1,
				on_text(stop->step, n), ways[i].target);
			break;
		}
	}
	if (stop->step->kind == ODR_END)
		odr_sheet_line(&p->sheet, " This way of the guide ends here.");
}

/* ---- a page ---- */

static const char *view_text(enum odr_view view)
{
	switch (view) {
	case ODR_VIEW_PLACES:
		return "(odrescue shows here what it sees at the four positions.)";
	case ODR_VIEW_TARGET:
		return "(odrescue shows the proof of the drive here.)";
	case ODR_VIEW_IMAGE:
		return "(odrescue shows here what it found in the file.)";
	case ODR_VIEW_PLAN:
		return "(odrescue shows the whole plan here.)";
	case ODR_VIEW_PROGRESS:
		return "(odrescue shows here how far it is. Do not switch anything off.)";
	case ODR_VIEW_OUTCOME:
		return "(odrescue shows here how it ended, and how it knows.)";
	case ODR_VIEW_DECODE:
		return "(odrescue shows here what the line means.)";
	case ODR_VIEW_RECOVERY:
		return "(odrescue shows here what its journal tells.)";
	case ODR_VIEW_CHIP:
		return "(odrescue shows here which flash chip it found.)";
	case ODR_VIEW_NONE:
	case ODR_VIEW_LINE:
	case ODR_VIEWS:
		break;
	}
	return NULL;
}

static void put_picture(struct odr_paper *p, const struct odr_picture *picture)
{
	size_t margin = ODR_PICTURE_COLUMNS;

	odr_sheet_gap(&p->sheet);
	for (unsigned i = 0; i < picture->lines; i++) {
		size_t blanks = strspn(picture->line[i], " ");

		if (picture->line[i][blanks] && blanks < margin)
			margin = blanks;
	}
	/* Its own margin is the first to go: a picture may be wider than this paper. */
	for (unsigned i = 0; i < picture->lines; i++) {
		size_t len = strlen(picture->line[i]);

		odr_sheet_line(&p->sheet, picture->line[i] + (margin < len ? margin : len));
	}
	odr_sheet_gap(&p->sheet);
}

static void put_command(struct odr_paper *p, const struct odr_stop *stop)
{
	const struct odr_step *step = stop->step;
	char lead[ODR_PROMPT_COLUMNS + 4];

	if (step->prompt) {
		odr_cut(lead, sizeof lead, " %s:", step->prompt);
		odr_sheet_gap(&p->sheet);
		put(p, stop, lead, (unsigned)strlen(lead) + 1, "{typed}");
	}
	odr_sheet_gap(&p->sheet);
	put(p, stop, " odrescue does it; on its command line:", 4, step->command);
}

static void put_head(struct odr_paper *p, unsigned page, const char *title)
{
	char head[40], line[ODR_PAPER_WIDTH + 1];
	int rest;

	odr_cut(head, sizeof head, "---- page %u of %u ", page, p->route.pages);
	rest = ODR_PAPER_WIDTH - (int)strlen(head);
	memset(line, '-', sizeof line);
	memcpy(line, head, strlen(head));
	line[strlen(head) + (size_t)rest] = 0;
	odr_sheet_gap(&p->sheet);
	odr_sheet_line(&p->sheet, line);
	put(p, &p->route.stop[p->route.on_page[page]], "", 0, title);
	odr_sheet_gap(&p->sheet);
}

static void put_hazard(struct odr_paper *p, const struct odr_stop *stop)
{
	put(p, stop, " !! DANGER:", 4, stop->step->hazard);
	odr_sheet_line(&p->sheet, " !! [ ] I have read this.");
	odr_sheet_gap(&p->sheet);
}

/* Does the text say the line itself? */
static bool has_line(const struct odr_step *step)
{
	for (unsigned i = 0; i < step->n_text; i++)
		if (strstr(step->text[i], "{line}"))
			return true;
	return false;
}

static void put_page(struct odr_paper *p, unsigned page)
{
	const struct odr_stop *stop = &p->route.stop[p->route.on_page[page]];
	const struct odr_step *step = stop->step;

	put_head(p, page,
		 step->title ? step->title : "Which of these is true? Take the first that is.");
	if (step->hazard)
		put_hazard(p, stop);
	for (unsigned i = 0; i < step->n_text; i++)
		put(p, stop, "", 0, step->text[i]);
	if (step->picture)
		put_picture(p, step->picture);
	odr_sheet_gap(&p->sheet);
	if (step->why)
		put(p, stop, "Why:", 5, step->why);
	if (step->wrong)
		put(p, stop, "If wrong:", 10, step->wrong);
	if (step->view == ODR_VIEW_LINE && !has_line(step))
		put(p, stop, "The line:", 10, "{line}");
	else if (view_text(step->view))
		odr_sheet_line(&p->sheet, view_text(step->view));
	if (step->paper)
		odr_sheet_line(&p->sheet, "The PC is started again soon: take this page with you.");
	if (step->command)
		put_command(p, stop);
	put_ways(p, stop);
}

/* ---- the whole ---- */

static void put_leads(struct odr_paper *p)
{
	char text[300] = "guide print";

	odr_sheet_gap(&p->sheet);
	odr_sheet_rule(&p->sheet, '=');
	if (!p->n_leads)
		return;
	odr_sheet_wrap(&p->sheet, "", 0,
		       "Some ways lead to guides that are not on this paper. All of them in one:");
	for (unsigned i = 0; i < p->route.guides; i++)
		odr_cut(text + strlen(text), sizeof text - strlen(text), " %.*s",
			bare(p->route.guide[i].file), p->route.guide[i].file);
	for (unsigned i = 0; i < p->n_leads; i++)
		odr_cut(text + strlen(text), sizeof text - strlen(text), " %.*s", bare(p->leads[i]),
			p->leads[i]);
	odr_sheet_wrap(&p->sheet, "", 3, text);
}

void odr_paper_print(struct odr_paper *p, const struct odr_card *card, const char *version)
{
	odr_card_print(card, &p->sheet, version, p->route.guide[0].title, p->route.pages);
	for (unsigned page = 1; page <= p->route.pages; page++)
		put_page(p, page);
	put_leads(p);
}

void odr_paper_end(struct odr_paper *p)
{
	odr_route_free(&p->route);
	odr_guide_free(&p->led);
}
