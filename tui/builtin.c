#include "tui/builtin.h"

#include <string.h>

static void add(struct odr_page *page, const char *text)
{
	if (text[0])
		odr_page_add(page, ODR_ROLE_TEXT, 1, text);
	else
		odr_page_gap(page);
}

static void head(struct odr_page *page, const char *text)
{
	odr_page_add(page, ODR_ROLE_HEAD, 1, text);
	odr_page_gap(page);
}

void odr_page_resume(const struct odr_app *app, struct odr_page *page)
{
	odr_page_start(page, "resume", "Where were we?");
	if (app->says.said[ODR_SAID_RECOVERY].lines) {
		odr_said_show(&app->says, ODR_SAID_RECOVERY, page);
		odr_page_gap(page);
	}
	if (app->saved.place[0]) {
		head(page, "You were in the middle of something when this program last ended.");
		add(page, "Your answers were kept. What the program saw of the drives was not: "
			  "it looks again, because a cable may have been moved.");
		odr_page_choice(page, 'c',
				odr_app_is_half_written(app) ? "Go on with that rescue"
							     : "Go on at the page where I was");
	}
	odr_page_choice(page, 'n', "Begin anew, at the first page");
}

/* A row of the list of keys: what a key does stands under what the other keys do. */
static void add_key(struct odr_page *page, const char *keys, const char *text)
{
	char line[ODR_PAGE_WIDTH + 1];

	odr_cut(line, sizeof line, "%-9s %s", keys, text);
	odr_page_add(page, ODR_ROLE_TEXT, 1, line);
}

/* Only what r_prose.h takes: there is no key but those that write letters. */
static void add_words(const struct odr_app *app, struct odr_page *page)
{
	head(page, "Type a letter or a word, then Enter.");
	add_key(page, "a..z", "the choice with this letter in front");
	add_key(page, "Enter", "alone: what stands behind \"Enter =\"");
	add_key(page, "back", "the page before; it never stops a job that runs");
	add_key(page, "e", "command line, for people who know what they type");
	if (app->door->hand)
		add_key(page, "h", "your hands on the practice PC: cables, power, jumper, reset");
	add_key(page, "q", "leave; your place is kept");
	add_key(page, "print", "print the guide to a file");
	add_key(page, "?", "this page");
	add(page, "Where a text is asked for, letters are text: only back, print and ? are not. "
		  "Where a page speaks of Esc, type back; of Ctrl-P, print.");
}

static void add_keys(const struct odr_app *app, struct odr_page *page)
{
	head(page, "Keys. Letters always work; arrows and function keys only add.");
	add_key(page, "a..z", "the choice with this letter in front");
	add_key(page, "Enter",
		"the choice marked with >, or Go on; where you type it sends the text");
	add_key(page, "Up Down",
		"move the mark        + - PgUp PgDn  more text, where a page has more");
	add_key(page, "Esc", "the page before; it never stops a job that runs");
	add_key(page, "e", "command line, for people who know what they type");
	if (app->door->hand)
		add_key(page, "h", "your hands on the practice PC: cables, power, jumper, reset");
	add_key(page, "q", "leave; your place is kept       Ctrl-L  draw the screen again");
	add_key(page, "Ctrl-P", "print the guide to a file       Ctrl-U  empty the line you type");
	add_key(page, "? or F1", "this page");
}

void odr_page_help(const struct odr_app *app, struct odr_page *page)
{
	char text[300];

	odr_page_start(page, "help", "Help");
	if (app->door->words)
		add_words(app, page);
	else
		add_keys(app, page);
	add(page, "");
	odr_cut(text, sizeof text,
		"%s you see what the program sees at the four positions of a PC's two IDE cables. "
		"3 is what MTKFLASH calls 3: secondary master. BUSY for ever is how a dead drive "
		"looks. A hard disk is never written to.",
		app->door->words ? "Behind \"position\"" : "Under the line");
	add(page, text);
	add(page,
	    "Nothing is written to any drive before a plan was shown and you typed the name of "
	    "its position. A page that waits goes on by itself.");
	odr_page_choice(page, '\n', "Back to where I was");
}

void odr_page_hands(const struct odr_app *app, struct odr_page *page)
{
	odr_page_start(page, "hands", "Your hands on the practice PC");
	head(page, "What do you do?  (Esc: back to the page)");
	if (!app->hands.choices)
		add(page, "Looking at the practice PC ...");
	odr_hands_show(&app->hands, page);
}

void odr_page_quit(const struct odr_app *app, struct odr_page *page)
{
	odr_page_start(page, "quit", "Leave?");
	page->consents = app->frozen;
	if (app->frozen) {
		odr_page_add(page, ODR_ROLE_WARN, 1,
			     "The chip is half written and the drive is in flash mode. Leaving "
			     "throws it out of that mode: it would be harder to rescue.");
		add(page, "Go back and write it again. Keep the drive's power on.");
		odr_page_choice(page, 'b', "Back, I will go on");
		odr_page_choice(page, 'g', "I give this drive up: leave all the same");
		return;
	}
	head(page, "Do you want to leave odrescue?");
	add(page, "Your place is kept. The next start asks whether to go on there.");
	odr_page_choice(page, 'y', "Yes, leave");
	odr_page_choice(page, 'b', "No, back");
}

static void tell_off(const struct odr_app *app, struct odr_page *page)
{
	char text[300];

	add(page, "It is a PC that exists only in a folder. A firmware update of its DVD writer "
		  "crashed and left the drive dead. Nothing of your own computer is touched: here "
		  "you can do everything wrong once.");
	odr_cut(text, sizeof text,
		"On the drive's sticker stands DRW1008IB. A firmware file for it: %s",
		odr_facts_get(&app->seen.facts, ODR_FACT_file));
	add(page, text);
	add(page, "");
	add(page, "On your own PC you would be in front of this very machine, with odrescue on a "
		  "floppy or stick. Your hands are the letters below.");
}

static void tell_hung(struct odr_page *page)
{
	odr_page_add(page, ODR_ROLE_PICTURE, 2, "Award Modular BIOS    Memory Test : 262144K OK");
	odr_page_add(page, ODR_ROLE_PICTURE, 2, "Detecting IDE drives ...");
	odr_page_add(page, ODR_ROLE_PICTURE, 2, "_");
	odr_page_gap(page);
	odr_page_add(page, ODR_ROLE_WARN, 1,
		     "The PC hangs here. This is what a dead drive does: it answers \"busy\" "
		     "for ever, and the BIOS waits for it.");
	add(page, "What helps: pull the DATA cable at the drive, leave its power in, then press "
		  "reset. Without the cable the PC does not see the drive and starts.");
}

/* A wrong hand's lesson is long, and what stands here otherwise has been read by then. */
void odr_page_dark(const struct odr_app *app, struct odr_page *page)
{
	bool hung = !strcmp(odr_facts_get(&app->seen.facts, ODR_FACT_pc), "hung");
	bool lesson = app->hands.lesson[0];

	odr_page_start(page, hung ? "hung" : "off", "The practice PC");
	if (!hung)
		head(page, "This practice PC is switched off.");
	else if (lesson)
		head(page,
		     "The PC hangs at its IDE drives. What helps: data cable off, then reset.");
	if (hung && !lesson)
		tell_hung(page);
	else if (!lesson)
		tell_off(app, page);
	odr_hands_show(&app->hands, page);
}

void odr_page_trouble(const struct odr_app *app, struct odr_page *page)
{
	odr_page_start(page, "trouble", "The guide cannot be read");
	odr_page_add(page, ODR_ROLE_WARN, 1, app->guide.trouble.text);
	add(page, "");
	add(page,
	    "The guides are text files that come with odrescue. Unpack it again, or name their "
	    "folder with --guides. Everything else works: e is the command line.");
	odr_page_choice(page, 'e', "Command line");
}
