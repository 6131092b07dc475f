#include "tui/clause.h"

#include "tui/text.h"

#include <string.h>

static const struct {
	enum odr_fact fact;
	const char *word, *clause;
} clauses[] = {
	{ODR_FACT_host, "here", "odrescue runs on the PC with the drive"},
	{ODR_FACT_host, "other", "odrescue runs on another PC"},
	{ODR_FACT_boots, "floppy", "the sick PC can start from a floppy"},
	{ODR_FACT_boots, "cd", "the sick PC can start from a CD in a second drive"},
	{ODR_FACT_boots, "stick", "the sick PC can start from a USB stick"},
	{ODR_FACT_boots, "linux", "the sick PC has Linux on its own disk"},
	{ODR_FACT_boots, "windows", "the sick PC can only start Windows"},
	{ODR_FACT_boots, "none", "nothing is known that the sick PC can start from"},
	{ODR_FACT_hang, "none", "the PC starts with the drive connected"},
	{ODR_FACT_hang, "ide", "the PC stops at 'detecting IDE drives'"},
	{ODR_FACT_hang, "powered", "the PC starts only with the drive's power plug out"},
	{ODR_FACT_hang, "os", "Windows or Linux hangs, the PC itself does not"},
	{ODR_FACT_variant, "a", "way A: the PC starts with the drive connected"},
	{ODR_FACT_variant, "b", "way B: the BIOS is told to skip the drive"},
	{ODR_FACT_variant, "c", "way C: the data cable is plugged in while the PC runs"},
	{ODR_FACT_variant, "d", "way D: the ribbon moves from a good drive to the dead one"},
	{ODR_FACT_variant, "e", "way E: the drive gets power while odrescue knocks"},
	{ODR_FACT_variant, "f", "way F: the eject button is held while the drive gets power"},
	{ODR_FACT_variant, "g", "way G: another PC or controller"},
	{ODR_FACT_jumper, "master", "the drive's jumper is on MASTER"},
	{ODR_FACT_jumper, "slave", "the drive's jumper is on SLAVE"},
	{ODR_FACT_jumper, "cable", "the drive's jumper is on CABLE SELECT"},
	{ODR_FACT_jumper, "unknown", "nobody can tell where the jumper is"},
	{ODR_FACT_channel, "primary", "the ribbon goes to IDE 1, primary"},
	{ODR_FACT_channel, "secondary", "the ribbon goes to IDE 2, secondary"},
	{ODR_FACT_channel, "unknown", "nobody can tell which socket the ribbon goes to"},
	{ODR_FACT_alone, "yes", "the drive is alone on its ribbon"},
	{ODR_FACT_alone, "no", "something else hangs on the same ribbon"},
	{ODR_FACT_alone, "unknown", "nobody can tell what else hangs on the ribbon"},
	{ODR_FACT_tool, "180", "your MTKFLASH is version 1.80"},
	{ODR_FACT_tool, "1801", "your MTKFLASH is version 1.80.1"},
	{ODR_FACT_tool, "183c", "your MTKFLASH is version 1.83 or 1.83c"},
	{ODR_FACT_tool, "148", "your MTKFLASH is version 1.48"},
	{ODR_FACT_tool, "155", "your MTKFLASH is version 1.55"},
	{ODR_FACT_tool, "other", "your MTKFLASH is another version"},
	{ODR_FACT_tool, "none", "you have no MTKFLASH yet"},
	{ODR_FACT_way, "own", "it is to be written with odrescue's own engine"},
	{ODR_FACT_way, "mtkflash", "it is to be written with MTKFLASH"},
	{ODR_FACT_light, "yes", "the drive's light comes on"},
	{ODR_FACT_light, "no", "the drive's light stays dark"},
	{ODR_FACT_tray, "yes", "the tray opens"},
	{ODR_FACT_tray, "no", "the tray does not open"},
	{ODR_FACT_smell, "yes", "it smells burnt, or a chip is too hot to touch"},
	{ODR_FACT_smell, "no", "nothing smells burnt"},
	{ODR_FACT_fresh, "yes", "the firmware file was got again"},
	{ODR_FACT_fresh, "no", "the firmware file was not got again"},
	{ODR_FACT_practice, "yes", "this is the practice PC"},
	{ODR_FACT_practice, "no", "this is a real PC, not the practice PC"},
	{ODR_FACT_pc, "on", "the PC runs"},
	{ODR_FACT_pc, "hung", "the PC hangs"},
	{ODR_FACT_pc, "off", "the PC is switched off"},
	{ODR_FACT_baseline, "yes", "odrescue has taken the picture before the plug"},
	{ODR_FACT_baseline, "no", "odrescue has no picture from before the plug"},
	{ODR_FACT_changed, "none", "nothing has changed on any channel"},
	{ODR_FACT_changed, "primary", "only the primary channel has changed"},
	{ODR_FACT_changed, "secondary", "only the secondary channel has changed"},
	{ODR_FACT_changed, "both", "both channels have changed"},
	{ODR_FACT_changed, "unknown", "it is not known which channel has changed"},
	{ODR_FACT_kind, "appeared", "something new is there"},
	{ODR_FACT_kind, "vanished", "a drive's name is gone from the list"},
	{ODR_FACT_kind, "renamed", "a drive says another name than before"},
	{ODR_FACT_kind, "none", "no drive's name has come, gone or changed"},
	{ODR_FACT_state, "empty", "nothing is seen at the drive's position"},
	{ODR_FACT_state, "absent", "nothing is seen at the drive's position"},
	{ODR_FACT_state, "silent", "something is there, and does not answer"},
	{ODR_FACT_state, "busy", "the drive's row says BUSY"},
	{ODR_FACT_state, "alive", "the drive says its name"},
	{ODR_FACT_state, "boot", "the drive says BOOT or 0000 instead of its name"},
	{ODR_FACT_state, "noname", "a drive answers, and does not say its name"},
	{ODR_FACT_state, "odd", "something strange answers there"},
	{ODR_FACT_state, "aborting", "the drive refuses every command"},
	{ODR_FACT_state, "drq", "the drive waits for data that nobody sent"},
	{ODR_FACT_state, "vendor", "the drive's boot ROM answers: FLASH MODE"},
	{ODR_FACT_state, "locked", "the boot ROM answers, and its flash is LOCKED"},
	{ODR_FACT_state, "disk", "a hard disk answers there"},
	{ODR_FACT_state, "noport", "there is no IDE channel"},
	{ODR_FACT_state, "unknown", "nobody has looked at the drive's position yet"},
	{ODR_FACT_partner, "none", "nothing else answers on the drive's ribbon"},
	{ODR_FACT_partner, "drive", "another drive answers on the same ribbon"},
	{ODR_FACT_partner, "disk", "a hard disk answers on the same ribbon"},
	{ODR_FACT_image, "none", "no firmware file is chosen"},
	{ODR_FACT_image, "ok", "the firmware file is chosen and checked"},
	{ODR_FACT_label, "none", "the drive's label was not typed"},
	{ODR_FACT_label, "known", "the drive's label was typed"},
	{ODR_FACT_chip, "none", "the drive's flash chip is not known"},
	{ODR_FACT_chip, "known", "the drive's flash chip is known"},
	{ODR_FACT_plan, "none", "there is no plan"},
	{ODR_FACT_plan, "made", "the plan is made, and not confirmed"},
	{ODR_FACT_plan, "confirmed", "the plan is confirmed"},
	{ODR_FACT_outcome, "none", "nothing was written yet"},
	{ODR_FACT_outcome, "verified", "it ended with VERIFIED"},
	{ODR_FACT_outcome, "unverified", "it ended with NOT VERIFIABLE"},
	{ODR_FACT_outcome, "unchanged", "it ended with UNCHANGED"},
	{ODR_FACT_outcome, "changed", "it ended with CHANGED"},
	{ODR_FACT_code, "none", "odrescue has refused nothing"},
	{ODR_FACT_journal, "none", "no rescue was interrupted"},
	{ODR_FACT_journal, "unchanged", "a rescue was interrupted before anything was erased"},
	{ODR_FACT_journal, "changed", "a rescue was interrupted after the erase was ordered"},
	{ODR_FACT_named, "yes", "the drive at your position says its name"},
	{ODR_FACT_named, "no", "no drive says its name at your position"},
};

/* Numbers: what is counted; %s is the number, with "more than" or "less than" in front of it. */
static const struct {
	enum odr_fact fact;
	const char *form;
} numbers[] = {
	{ODR_FACT_level, "rung of the ladder: %s"},
	{ODR_FACT_target, "position that odrescue has proven, 0 for none: %s"},
	{ODR_FACT_dead, "positions that look dead: %s"},
	{ODR_FACT_living, "optical drives that say their name: %s"},
	{ODR_FACT_tries, "writes begun so far: %s"},
};

static const char *form_of(enum odr_fact fact)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (numbers[i].fact == fact)
			return numbers[i].form;
	return NULL;
}

/* The form with `text` in the place of its %s. */
static void put_number(const char *form, const char *text, char *out, size_t cap)
{
	const char *at = strstr(form, "%s");

	odr_cut(out, cap, "%.*s%s%s", (int)(at - form), form, text, at + 2);
}

const char *odr_clause(enum odr_fact fact, const char *word, char *room, size_t cap)
{
	if (!odr_fact_takes(fact, word))
		return NULL;
	for (size_t i = 0; i < sizeof clauses / sizeof clauses[0]; i++)
		if (clauses[i].fact == fact && !strcmp(clauses[i].word, word))
			return clauses[i].clause;
	if (form_of(fact))
		put_number(form_of(fact), word, room, cap);
	else if (fact == ODR_FACT_code)
		odr_cut(room, cap, "odrescue says NO (%s)", word);
	else
		return NULL;
	return room;
}

void odr_clause_when(const struct odr_when *when, char *out, size_t cap)
{
	char room[96], text[40];
	const char *clause = odr_clause(when->fact, when->word, room, sizeof room);
	const char *form = form_of(when->fact);

	if (form && (when->op == ODR_LESS || when->op == ODR_MORE)) {
		odr_cut(text, sizeof text, "%s than %s", when->op == ODR_LESS ? "less" : "more",
			when->word);
		put_number(form, text, out, cap);
		return;
	}
	odr_cut(out, cap, "%s%s", when->op == ODR_NOT ? "it is not so that " : "",
		clause ? clause : when->word);
}
