#include "tui/said.h"

#include "flash/event.h"
#include "tui/text.h"

#include <stdio.h>
#include <string.h>

void odr_said_add(void *ctx, const char *line)
{
	struct odr_said *said = ctx;

	if (said->lines == ODR_SAID_LINES) {
		memmove(said->line[0], said->line[1], sizeof said->line - sizeof said->line[0]);
		said->lines--;
	}
	odr_cut(said->line[said->lines++], sizeof said->line[0], "%s", line);
}

void odr_says_command(struct odr_says *says)
{
	says->said[ODR_SAID_LAST].lines = 0;
}

/* ---- the job ---- */

/* The phases of flash in their order (flash/families/mtk_rom.c, btc.c) and how a person calls them. */
static const struct {
	const char *phase, *text;
} phases[] = {
	{"backup", "Reading the old content, twice"},	{"erase", "ERASING the chip"},
	{"blank check", "Looking whether it is blank"}, {"write", "Writing"},
	{"verify", "Reading back and comparing"},	{"send", "Sending the file to the drive"},
	{"burn", "The drive writes its chip"},		{"answer", "Waiting until it answers"},
	{"read back", "Reading the chip back"},
};
#define PHASES (sizeof phases / sizeof phases[0])

static void take_progress(struct odr_progress *p, const char *event, uint64_t now_ms)
{
	char phase[24];

	odr_event_get(event, "phase", phase, sizeof phase);
	if (strcmp(phase, p->phase)) {
		memcpy(p->phase, phase, sizeof p->phase);
		p->phase_ms = now_ms;
		p->step++;
	}
	p->percent = odr_event_get_number(event, "percent");
	p->done = odr_event_get_number(event, "done");
	p->total = odr_event_get_number(event, "total");
}

static const char *phase_text(const char *phase)
{
	for (size_t i = 0; i < PHASES; i++)
		if (!strcmp(phases[i].phase, phase))
			return phases[i].text;
	return phase;
}

void odr_progress_show(const struct odr_says *says, uint64_t now_ms, struct odr_page *page)
{
	const struct odr_progress *p = &says->progress;
	char text[ODR_PAGE_WIDTH + 1], bar[61];
	uint64_t spent = now_ms - p->phase_ms, rate, left;

	if (!p->phase[0])
		return;
	odr_page_gap(page);
	odr_page_add(page, ODR_ROLE_HEAD, 1, phase_text(p->phase));
	memset(bar, '.', 60);
	memset(bar, '#', p->percent * 60 / 100);
	bar[60] = 0;
	odr_cut(text, sizeof text, " [%s] %3lu %%", bar, (unsigned long)p->percent);
	odr_page_add(page, ODR_ROLE_BAR, 0, text);
	page->percent = p->percent;
	if (!strcmp(p->phase, "erase")) /* counted in waits, not in bytes: flash/families/nor.c */
		return;
	odr_cut(text, sizeof text, " %lu of %lu bytes", (unsigned long)p->done,
		(unsigned long)p->total);
	/* A rate from the first moments is a guess. */
	rate = spent >= 1000 ? (uint64_t)p->done * 1000 / spent : 0;
	if (rate) {
		left = (p->total - p->done + rate - 1) / rate;
		odr_cut(text + strlen(text), sizeof text - strlen(text),
			"    %lu KB/s    about %lu s left", (unsigned long)(rate + 512) / 1024,
			(unsigned long)left);
	}
	odr_page_add(page, ODR_ROLE_BAR, 0, text);
}

/* ---- the rest ---- */

static enum odr_said_kind kind_of(const char *event)
{
	static const struct {
		const char *event;
		enum odr_said_kind kind;
	} kinds[] = {
		{"target", ODR_SAID_TARGET},   {"image", ODR_SAID_IMAGE},
		{"plan", ODR_SAID_PLAN},       {"step", ODR_SAID_PLAN},
		{"fact", ODR_SAID_PLAN},       {"digest", ODR_SAID_PLAN},
		{"outcome", ODR_SAID_OUTCOME}, {"recovery", ODR_SAID_RECOVERY},
		{"chip", ODR_SAID_CHIP},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (odr_event_is(event, kinds[i].event))
			return kinds[i].kind;
	return ODR_SAID_LAST;
}

/* The plan's page has to hold the whole plan: sums that the image's page has shown, and the journal
 * keeps, are left out there. */
static bool is_left_out(const char *event)
{
	char key[32];

	return odr_event_is(event, "digest") ||
	       (odr_event_is(event, "fact") && odr_event_get(event, "key", key, sizeof key) &&
		strstr(key, "SHA-256"));
}

void odr_says_event(struct odr_says *says, const char *event, uint64_t now_ms)
{
	enum odr_said_kind kind = kind_of(event);
	struct odr_said *said = &says->said[kind];

	if (odr_event_is(event, "progress")) {
		take_progress(&says->progress, event, now_ms);
		return;
	}
	if (odr_event_is(event, "end"))
		memset(&says->progress, 0, sizeof says->progress);
	/* Rows of the channels are the panel's, hands have a page; nothing need be said twice. */
	if (odr_event_is(event, "place") || odr_event_is(event, "hand") ||
	    odr_event_is(event, "handle"))
		return;
	/* The first event of a kind that comes as a whole: what stood there is the one before. */
	if (kind != ODR_SAID_LAST && !odr_event_is(event, "step") && !odr_event_is(event, "fact") &&
	    !odr_event_is(event, "digest"))
		said->lines = 0;
	if (!is_left_out(event))
		odr_text_event(event, odr_said_add, said);
}

void odr_said_show(const struct odr_says *says, enum odr_said_kind kind, struct odr_page *page)
{
	const struct odr_said *said = &says->said[kind];

	if (said->lines)
		odr_page_gap(page);
	for (unsigned i = 0; i < said->lines; i++)
		odr_page_add(page, ODR_ROLE_TEXT, said->line[i][0] != ' ', said->line[i]);
}
