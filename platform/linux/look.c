#include "platform/linux/look.h"

#include "platform/ide_name.h"
#include "platform/linux/forbid.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

void odr_look_start(struct odr_look *look, const char *root)
{
	memset(look, 0, sizeof *look);
	look->root = root;
	look->keep_out = -1;
	odr_forbid_ports(root, look->no_ports);
}

/* ---- which position ------------------------------------------------------------------------- */

/* The position of a plug, given to it for good when it is new. 0: all are given away. */
static unsigned position_of(struct odr_look *look, const struct odr_spot *spot)
{
	if (spot->digit)
		return spot->digit;
	for (unsigned i = 0; i < ODR_POSITIONS - ODR_DIGITS; i++) {
		if (!look->plug[i][0])
			strcpy(look->plug[i], spot->key);
		if (!strcmp(look->plug[i], spot->key))
			return ODR_DIGITS + 1 + i;
	}
	return 0;
}

/* ---- where nobody is ------------------------------------------------------------------------ */

/* One more sentence behind what is said already. */
static void say_unseen(struct odr_look *look, unsigned position, const char *text)
{
	char *unseen = look->where[position - 1].unseen;
	size_t used = strlen(unseen);

	snprintf(unseen + used, sizeof look->where[0].unseen - used, "%s%s", used ? ". " : "",
		 text);
}

/* What all places are when the kernel lists nobody. */
static void start_places(struct odr_look *look, struct odr_snapshot *out)
{
	for (unsigned i = 0; i < ODR_POSITIONS; i++) {
		bool exists = i < ODR_DIGITS ? look->seen.channel[odr_position_channel(i + 1)]
					     : look->plug[i - ODR_DIGITS][0] != 0;

		out->place[i].by_kernel = true;
		out->place[i].state = exists ? ODR_EMPTY : ODR_NO_PORT;
	}
	for (unsigned c = 0; c < 2; c++) {
		struct odr_place *master = &out->place[2 * c];

		if (look->seen.channel[c] && !look->seen.bound[c]) {
			master[0].state = master[1].state = ODR_UNASKED;
			say_unseen(
				look, master->position,
				"No driver of the kernel serves this cable (modprobe ata_piix or "
				"pata_acpi)");
		}
	}
}

/* Once all drives are in: a plug beside a drive is absent, and what the kernel does not show is said. */
static void end_places(struct odr_look *look, struct odr_snapshot *out)
{
	char text[ODR_WHY_TEXT];

	if (look->seen.more) {
		snprintf(text, sizeof text,
			 "%u more drives are not listed. Unplug some and start odrescue again",
			 look->seen.more);
		say_unseen(look, ODR_POSITIONS, text);
	}
	for (unsigned p = 1; p <= ODR_DIGITS; p++) {
		const struct odr_place *partner = &out->place[odr_position_partner(p) - 1];
		bool alone = partner->state == ODR_EMPTY || partner->state == ODR_ABSENT;

		if (out->place[p - 1].state == ODR_EMPTY && !alone)
			out->place[p - 1].state = ODR_ABSENT;
		if (p % 2 == 0 || !look->seen.channel[odr_position_channel(p)])
			continue;
		if (out->place[p - 1].state == ODR_EMPTY)
			say_unseen(look, p,
				   "Linux looks at an IDE cable once, when it starts. What was "
				   "plugged in later shows after rescan POSITION");
		say_unseen(look, p, look->no_ports);
	}
	if (!look->seen.channel[0] && !look->seen.channel[1])
		say_unseen(look, 1,
			   "No IDE channel at 1F0 or 170. Is SATA set to AHCI in the BIOS? IDE or "
			   "Compatible would give it digits");
}

/* ---- who is there --------------------------------------------------------------------------- */

static void set_no_node(struct odr_look *look, unsigned position, int error,
			const struct odr_sysfs_drive *drive)
{
	char text[ODR_WHY_TEXT];

	if (error == EACCES || error == EPERM)
		snprintf(text, sizeof text,
			 "No right to ask it: start as root. The kernel noted %s %s %s",
			 drive->vendor, drive->product, drive->revision);
	else
		snprintf(text, sizeof text,
			 "No device node to ask it through: %s (modprobe sr_mod sg)",
			 strerror(error));
	say_unseen(look, position, text);
}

static void take_answer(struct odr_look *look, struct odr_place *place,
			const struct odr_sysfs_drive *drive)
{
	const struct odr_inquiry *q = &look->question[place->position - 1];

	switch (q->answer) {
	case ODR_ANSWER_NAME:
		place->state = odr_inquiry_means(q->bytes, place);
		return;
	case ODR_ANSWER_NO:
		place->state = ODR_ABORTING;
		return;
	case ODR_ANSWER_SILENT:
		place->state = ODR_SILENT;
		say_unseen(look, place->position,
			   "No answer within 1 s. It is asked again when the kernel lets go of it");
		return;
	case ODR_ANSWER_NO_NODE:
		place->state = ODR_UNASKED;
		set_no_node(look, place->position, q->error, drive);
		return;
	case ODR_ANSWER_FAILED:
		place->state = ODR_NO_IDENT;
		say_unseen(look, place->position,
			   "The kernel could not carry the question to it (dmesg says more)");
	}
}

/* What needs no question. true: the drive can be asked. */
static bool take_drive(struct odr_look *look, struct odr_place *place,
		       const struct odr_sysfs_drive *drive)
{
	char text[ODR_WHY_TEXT];

	switch (drive->kind) {
	case ODR_SYSFS_OPTICAL:
		place->state = ODR_UNASKED;
		return true;
	case ODR_SYSFS_DISK:
		place->state = ODR_DISK;
		strcpy(place->product, drive->product);
		break;
	case ODR_SYSFS_STRANGE:
		place->state = ODR_WRONG_SIG;
		break;
	case ODR_SYSFS_FAILED:
		place->state = ODR_SILENT;
		snprintf(text, sizeof text,
			 "It did not identify when the kernel looked (%s). Then the kernel gave up",
			 drive->last_error);
		say_unseen(look, place->position, text);
		break;
	case ODR_SYSFS_LET_GO:
		place->state = ODR_UNASKED;
		say_unseen(look, place->position,
			   "The kernel has let go of it. rescan POSITION has it look again");
		break;
	}
	return false;
}

/* Every drive gets its place; who has to be asked is asked. */
static void begin(struct odr_look *look, unsigned ask, struct odr_snapshot *out)
{
	for (unsigned i = 0; i < look->seen.drives; i++) {
		struct odr_sysfs_drive *drive = &look->seen.drive[i];
		unsigned p = position_of(look, &drive->spot);

		if (!p) {
			look->seen.more++;
			continue;
		}
		strcpy(look->where[p - 1].at, drive->spot.at);
		strcpy(look->where[p - 1].no_digit, drive->spot.no_digit);
		if (take_drive(look, &out->place[p - 1], drive) && (ask & ODR_MASK(p))) {
			odr_inquiry_ask(&look->question[p - 1], drive->node, look->keep_out);
			look->asked[p - 1] = drive;
		}
	}
}

void odr_look(struct odr_look *look, unsigned ask, struct odr_snapshot *out)
{
	odr_sysfs_walk(look->root, &look->seen);
	memset(look->where, 0, sizeof look->where);
	memset(look->asked, 0, sizeof look->asked);
	start_places(look, out);
	begin(look, ask, out);
	for (unsigned i = 0; i < ODR_POSITIONS; i++) {
		if (!look->asked[i])
			continue;
		odr_inquiry_hear(&look->question[i], ODR_LOOK_ANSWER_MS);
		take_answer(look, &out->place[i], look->asked[i]);
	}
	end_places(look, out);
}

const struct odr_sysfs_drive *odr_look_at(struct odr_look *look, unsigned position)
{
	for (unsigned i = 0; i < look->seen.drives; i++)
		if (position_of(look, &look->seen.drive[i].spot) == position)
			return &look->seen.drive[i];
	return NULL;
}

/* ---- has the list changed? ------------------------------------------------------------------ */

/* FNV-1a; any sum that spreads does: it is compared with the one before only. */
static uint32_t add(uint32_t sum, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	while (len--)
		sum = (sum ^ *at++) * 16777619u;
	return sum;
}

uint32_t odr_look_sum(const struct odr_look *look)
{
	static struct odr_sysfs now;
	uint32_t sum = 2166136261u;

	odr_sysfs_walk(look->root, &now);
	for (unsigned i = 0; i < now.drives; i++) {
		const struct odr_sysfs_drive *drive = &now.drive[i];

		sum = add(sum, drive->spot.key, strlen(drive->spot.key));
		sum = add(sum, &drive->kind, sizeof drive->kind);
		sum = add(sum, drive->node, sizeof drive->node);
	}
	return add(sum, now.channel, sizeof now.channel);
}

void odr_look_end(struct odr_look *look)
{
	for (unsigned i = 0; i < ODR_POSITIONS; i++)
		odr_inquiry_drop(&look->question[i]);
}
