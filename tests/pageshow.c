/*
 * pageshow FOLDER FILE.ini screen|prose - every page of a guide, as each renderer shows it, with the
 * facts of a typical rescue filled in. For goldens, and to read a guide through without walking it.
 * Exit 1 when a page does not fit: text that has to be scrolled, or a line over 79.
 */
#include "guides/walk.h"
#include "tui/case.h"
#include "tui/layout.h"
#include "tui/r_prose.h"
#include "tui/rows.h"

#include <stdio.h>
#include <string.h>

static const struct {
	enum odr_fact fact;
	const char *word;
} typical[] = {
	{ODR_FACT_practice, "yes"},
	{ODR_FACT_host, "here"},
	{ODR_FACT_position_name, "secondary master"},
	{ODR_FACT_digit, "3"},
	{ODR_FACT_file, "C:\\1008\\RPC1V758.BIN"},
	{ODR_FACT_file83, "RPC1V758.BIN"},
	{ODR_FACT_label_text, "DRW1008IB"},
	{ODR_FACT_line, "mtkflash 3 w /m /b RPC1V758.BIN"},
	{ODR_FACT_reason, "The boot ROM did not answer. Nothing was written."},
	{ODR_FACT_advice, "Look at the jumper and the cable, then try again."},
	{ODR_FACT_seen, "BUSY, does not answer"},
	{ODR_FACT_revision, "0758"},
	{ODR_FACT_backup, "BACKUP3.BIN"},
	{ODR_FACT_folder, "C:\\ODRESCUE"},
	{ODR_FACT_level, "1"},
	{ODR_FACT_tries, "1"},
};

static const char *const places[] = {
	"place position=1 at=\"primary master\" state=\"hard disk\" status=50 name=\"WDC WD800\"",
	"place position=2 at=\"primary slave\" state=absent status=00",
	"place position=3 at=\"secondary master\" state=\"stuck busy\" status=d0 mirrored=1",
	"place position=4 at=\"secondary slave\" state=\"stuck busy\" status=d0 mirrored=1",
};

static bool show_screen(const struct odr_page *page)
{
	struct odr_screen screen;

	odr_layout(page, &screen);
	for (unsigned i = 0; i < ODR_PAGE_HEIGHT; i++) {
		size_t len = strlen(screen.row[i]);

		while (len && screen.row[i][len - 1] == ' ')
			len--;
		printf("%.*s\n", (int)len, screen.row[i]);
	}
	if (screen.above + screen.below)
		fprintf(stderr, "%s: the page has to be scrolled by %u lines\n", page->id,
			screen.above + screen.below);
	return screen.above + screen.below == 0;
}

int main(int argc, char **argv)
{
	static struct odr_page page;
	static struct odr_says says;
	static struct odr_case c;
	static struct odr_guide guide;
	static struct odr_prose prose;
	const struct odr_guide_host host = {NULL, NULL};
	struct odr_facts facts;
	struct odr_rows rows;
	struct odr_error e;
	bool fits = true;

	if (argc != 4 || odr_guide_load(&guide, &host, argv[1], argv[2], &e) != ODR_OK) {
		fprintf(stderr, "pageshow: %s\n",
			argc == 4 ? e.text : "FOLDER FILE.ini screen|prose");
		return 2;
	}
	odr_rows_start(&rows);
	for (unsigned i = 0; i < 4; i++)
		odr_rows_event(&rows, places[i]);
	for (unsigned i = 0; i < guide.steps; i++) {
		char target[ODR_TARGET_ROOM];

		if (guide.step[i].kind == ODR_CHECK)
			continue;
		odr_facts_clear(&facts);
		for (size_t f = 0; f < sizeof typical / sizeof typical[0]; f++)
			odr_facts_set(&facts, typical[f].fact, typical[f].word);
		odr_case_start(&c, &host, argv[1]);
		snprintf(target, sizeof target, "%s:%s", argv[2], guide.step[i].name);
		odr_case_go(&c, &facts, target, 0);
		if (c.trouble.code) {
			fprintf(stderr, "%s: %s\n", target, c.trouble.text);
			return 2;
		}
		odr_case_page(&c, &facts, &says, 0, &page);
		odr_rows_show(&rows, &page);
		if (strcmp(argv[3], "prose"))
			fits = show_screen(&page) && fits;
		else
			odr_prose_show(&prose, &page);
		puts("");
		odr_case_end(&c);
	}
	odr_guide_free(&guide);
	return !fits;
}
