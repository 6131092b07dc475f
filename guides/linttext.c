/*
 * linttext.c - the pages of one guide: does every text fit, is every fact and command known, can every
 * choice be typed?
 */
#include "guides/lint.h"

#include <stdio.h>
#include <string.h>

/* Command words: of the engine (flash/engine.c) and of the person's side. */
static const char *const commands[] = {
	"scan",	   "watch", "baseline", "target",  "image",  "knock", "backup", "plan",
	"confirm", "flash", "verify",	"restore", "status", "log",   "hand",	"wait",
	"help",	   "quit",  "mtkflash", "explain", "decode", "guide", "report", "unpack"};

/* Which families and systems [guide] may name, beside "all". */
static const char *const hosts[] = {"all", "dos", "linux", "windows", "sim"};

struct page {
	struct odr_lint_file *file;
	const struct odr_step *step;
	char section[ODR_INI_WORD];
};

#define SAY(p, key, ...)                               \
	odr_lint_say((p)->file->lint, (p)->file->name, \
		     odr_raw_line(&(p)->file->raw, (p)->section, (key)), __VA_ARGS__)

/* Columns with every {fact} at its widest; -1 after a fault was told. */
static int columns(const struct page *p, const char *key, const char *text)
{
	int columns = 0;

	for (; *text; text++) {
		size_t len;
		enum odr_fact fact;

		if (*text != '{') {
			columns++;
			continue;
		}
		len = strcspn(text, "}");
		fact = text[len] ? odr_fact_by_name(text + 1, len - 1) : ODR_FACTS;
		if (fact == ODR_FACTS) {
			SAY(p, key, "%s: there is no fact %.*s}; see guides/facts.h", key,
			    (int)(len < 40 ? len : 40), text);
			return -1;
		}
		columns += (int)odr_fact_columns(fact);
		text += len;
	}
	return columns;
}

static void check_text(const struct page *p, const char *key, const char *text, int most)
{
	int wide = text ? columns(p, key, text) : 0;

	if (wide > most)
		SAY(p, key, "%s: up to %d columns, %d fit; make it shorter, or two lines", key,
		    wide, most);
}

static void check_choices(const struct page *p)
{
	const struct odr_step *step = p->step;
	char key[20];

	for (unsigned i = 0; i < step->n_choice; i++) {
		snprintf(key, sizeof key, "choice%u", i + 1);
		check_text(p, key, step->choice[i].text, ODR_GUIDE_COLUMNS);
		for (unsigned j = 0; j < i; j++)
			if (step->choice[j].key && step->choice[j].key == step->choice[i].key)
				SAY(p, key, "%s: the letter %c is taken by choice%u", key,
				    step->choice[i].key, j + 1);
	}
}

static void check_command(const struct page *p)
{
	const char *command = p->step->command;
	size_t len = command ? strcspn(command, " ") : 0, i = 0;
	bool typed = command && strstr(command, "{typed}");

	if (!command)
		return;
	columns(p, "command", command);
	while (i < sizeof commands / sizeof commands[0] &&
	       (strlen(commands[i]) != len || strncmp(commands[i], command, len) != 0))
		i++;
	if (i == sizeof commands / sizeof commands[0])
		SAY(p, "command", "command: there is no command \"%.*s\"; odrescue help lists them",
		    (int)(len < 30 ? len : 30), command);
	if (typed && !p->step->prompt)
		SAY(p, "command", "command: {typed} needs a prompt where it is typed");
	if (!typed && p->step->prompt)
		SAY(p, "prompt", "prompt: what is typed is not used; put {typed} into command");
}

static void check_picture(const struct page *p)
{
	struct odr_picture picture;
	struct odr_error e;
	unsigned line;
	const char *name = p->step->picture_name;

	/* What is wrong inside a picture is told once, with the picture. */
	if (name && odr_picture_load(&picture, p->file->lint->folder, name, &line, &e) != ODR_OK &&
	    strstr(e.text, "there is no"))
		SAY(p, "picture", "picture: %s", e.text);
}

static void check_page(const struct page *p)
{
	const struct odr_step *step = p->step;
	char key[20];

	check_text(p, "title", step->title, ODR_TITLE_COLUMNS);
	check_text(p, "why", step->why, ODR_GUIDE_COLUMNS);
	check_text(p, "wrong", step->wrong, ODR_GUIDE_COLUMNS);
	check_text(p, "hazard", step->hazard, ODR_GUIDE_COLUMNS);
	check_text(p, "prompt", step->prompt, ODR_PROMPT_COLUMNS);
	for (unsigned i = 0; i < step->n_text; i++) {
		snprintf(key, sizeof key, "text%u", i + 1);
		check_text(p, key, step->text[i], ODR_GUIDE_COLUMNS);
	}
	check_choices(p);
	check_command(p);
	check_picture(p);
	/* Without either, nobody but the hardware could end it. */
	if (step->kind == ODR_WAIT && step->n_when && !step->n_choice && !step->late)
		SAY(p, "", "[%s] waits for ever; give it a choice, or timeout and late",
		    p->section);
	if (step->writes && step->view != ODR_VIEW_LINE)
		SAY(p, "writes", "writes: only a page with view = line is typed elsewhere");
}

static bool is_family(const char *word, size_t len)
{
	for (unsigned i = 0; i < ODR_FAMILIES; i++) {
		const char *name = odr_family_name((enum odr_family)i);

		if (strlen(name) == len && !strncmp(name, word, len))
			return true;
	}
	return len == 3 && !strncmp(word, "all", len);
}

static bool is_host(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
		if (strlen(hosts[i]) == len && !strncmp(hosts[i], word, len))
			return true;
	return false;
}

static void check_words(const struct page *p, const char *key, const char *words,
			bool (*known)(const char *word, size_t len), const char *list)
{
	while (*words) {
		size_t len = strcspn(words, " ");

		if (!known(words, len))
			SAY(p, key, "%s: there is no \"%.*s\"; all, or some of %s", key,
			    (int)(len < 30 ? len : 30), words, list);
		words += len;
		words += strspn(words, " ");
	}
}

void odr_lint_pages(struct odr_lint_file *file)
{
	struct page p = {.file = file, .section = ODR_SECTION_GUIDE};

	check_text(&p, "title", file->guide.title, ODR_TITLE_COLUMNS);
	check_words(&p, "families", file->guide.families, is_family,
		    "btc mtk liteon samsung bluray foreign");
	check_words(&p, "hosts", file->guide.hosts, is_host, "dos linux windows sim");
	for (unsigned i = 0; i < file->guide.steps; i++) {
		p.step = &file->guide.step[i];
		snprintf(p.section, sizeof p.section, ODR_SECTION_STEP "%s", p.step->name);
		check_page(&p);
	}
}
