/* What may stand in a rig file, and what each word means. Knows no file and no line. */
#include "platform/sim/rig_keys.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

static bool to_number(const char *text, int base, unsigned long most, uint32_t *out)
{
	char *end;
	unsigned long n = strtoul(text, &end, base);

	if (!isxdigit((unsigned char)text[0]) || *end != '\0' || n > most)
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool to_byte(const char *text, uint8_t *out)
{
	uint32_t n;

	if (!to_number(text, 16, 0xFF, &n))
		return false;
	*out = (uint8_t)n;
	return true;
}

static bool to_time(const char *text, uint32_t *out)
{
	return to_number(text, 10, 4000000, out); /* in us or ms: what 32 bits can hold */
}

static bool to_bool(const char *text, bool *out)
{
	*out = strcmp(text, "yes") == 0;
	return *out || strcmp(text, "no") == 0;
}

static bool to_text(const char *text, char *out, size_t room)
{
	size_t i;

	if (strlen(text) >= room)
		return false;
	for (i = 0; text[i]; i++)
		if (text[i] < 0x20 || text[i] > 0x7E)
			return false;
	memset(out, 0, room); /* rigs are compared byte by byte */
	memcpy(out, text, i);
	return true;
}

/* One word of a list, its place in the list. */
static bool to_choice(const char *text, const char *const *words, uint8_t *out)
{
	uint8_t i;

	for (i = 0; words[i]; i++)
		if (strcmp(text, words[i]) == 0) {
			*out = i;
			return true;
		}
	return false;
}

/* ---- the keys of a drive ---- */

static bool set_vendor(struct sim_rig_drive *d, const char *v)
{
	return to_text(v, d->vendor, sizeof d->vendor);
}
static bool set_product(struct sim_rig_drive *d, const char *v)
{
	return to_text(v, d->product, sizeof d->product);
}
static bool set_revision(struct sim_rig_drive *d, const char *v)
{
	return to_text(v, d->revision, sizeof d->revision);
}
static bool set_power(struct sim_rig_drive *d, const char *v)
{
	return d->plug && to_bool(v, &d->power);
}
static bool set_cable(struct sim_rig_drive *d, const char *v)
{
	return d->plug && to_bool(v, &d->cable);
}
static bool set_jumper(struct sim_rig_drive *d, const char *v)
{
	d->slave = strcmp(v, "slave") == 0;
	return d->slave || strcmp(v, "master") == 0;
}
static bool set_row(struct sim_rig_drive *d, const char *v)
{
	static const char *const words[SIM_ROWS + 1] = {
		[SIM_ROW_NATURAL] = "natural",
		[SIM_ROW_SILENT] = "silent",
		[SIM_ROW_HUNG] = "hung",
		[SIM_ROW_BOOT_0000] = "boot_0000",
		[SIM_ROW_BOOT_0] = "boot_0",
		[SIM_ROW_BOOT_BOOT] = "boot_boot",
		[SIM_ROW_NO_IDENT] = "no_ident",
		[SIM_ROW_NO_IDENT_FF] = "no_ident_ff",
		[SIM_ROW_A1_ABORTS] = "a1_aborts",
		[SIM_ROW_WRONG_SIG] = "wrong_sig",
		[SIM_ROW_WRONG_FIXED] = "wrong_fixed",
		[SIM_ROW_ABORTING] = "aborting",
		[SIM_ROW_DRQ_STUCK] = "drq_stuck",
		[SIM_ROW_DRQ_SHORT] = "drq_short",
		[SIM_ROW_VENDOR] = "vendor",
	};

	return d->kind != SIM_DISK && to_choice(v, words, &d->row);
}
static bool set_rom_status(struct sim_rig_drive *d, const char *v)
{
	return to_byte(v, &d->rom_status);
}
static bool set_stuck_status(struct sim_rig_drive *d, const char *v)
{
	return to_byte(v, &d->stuck_status) && (d->stuck_status & 0x80);
}
static bool set_abort_status(struct sim_rig_drive *d, const char *v)
{
	return to_byte(v, &d->abort_status) && (d->abort_status & 0x81) == 0x01;
}
static bool set_left(struct sim_rig_drive *d, const char *v)
{
	uint32_t n;

	if (!to_number(v, 16, 0xFFFF, &n))
		return false;
	d->left_mid = (uint8_t)(n >> 8);
	d->left_hi = (uint8_t)n;
	return true;
}
static bool set_window(struct sim_rig_drive *d, const char *v)
{
	return to_time(v, &d->window_ms);
}
static bool set_start(struct sim_rig_drive *d, const char *v)
{
	return to_time(v, &d->start_ms);
}
static bool set_burn(struct sim_rig_drive *d, const char *v)
{
	return to_time(v, &d->burn_ms) && d->burn_ms > 0;
}
static bool set_piece(struct sim_rig_drive *d, const char *v)
{
	return to_number(v, 10, 0xFFFE, &d->piece) && d->piece % 2 == 0;
}
/* "64K", "1M": a size that a chip can have. */
static bool set_chip(struct sim_rig_drive *d, const char *v)
{
	char *end;
	unsigned long n = strtoul(v, &end, 10);

	if (n > 1024)
		return false;
	n *= strcmp(end, "K") == 0 ? 0x400ul : strcmp(end, "M") == 0 ? 0x100000ul : 0;
	if (n < SIM_CHIP_MIN || n > SIM_CHIP_MAX || (n & (n - 1)))
		return false;
	sim_rig_chip_size(&d->chip, (uint32_t)n);
	return true;
}

static bool set_man(struct sim_rig_drive *d, const char *v)
{
	return to_byte(v, &d->chip.man);
}
static bool set_dev(struct sim_rig_drive *d, const char *v)
{
	return to_byte(v, &d->chip.dev);
}
static bool set_unlock(struct sim_rig_drive *d, const char *v)
{
	static const char *const words[] = {[SIM_UNLOCK_5555] = "5555",
					    [SIM_UNLOCK_555] = "555",
					    [SIM_UNLOCK_AAA] = "AAA",
					    NULL};

	return to_choice(v, words, &d->chip.unlock);
}
static bool set_unlock_bits(struct sim_rig_drive *d, const char *v)
{
	uint32_t n;

	if (!to_number(v, 10, 16, &n) || n < 11)
		return false;
	d->chip.unlock_bits = (uint8_t)n;
	return true;
}
static bool set_noid(struct sim_rig_drive *d, const char *v)
{
	return to_bool(v, &d->chip.noid);
}
static bool set_sector(struct sim_rig_drive *d, const char *v)
{
	uint32_t n;

	if (!to_number(v, 16, d->chip.bytes, &n) || n < 0x100 || (n & (n - 1)))
		return false;
	d->chip.sector = n;
	return true;
}
static bool set_program(struct sim_rig_drive *d, const char *v)
{
	return to_time(v, &d->chip.program_us) && d->chip.program_us > 0;
}
static bool set_erase(struct sim_rig_drive *d, const char *v)
{
	return to_time(v, &d->chip.erase_ms) && d->chip.erase_ms > 0;
}
static bool set_unstable(struct sim_rig_drive *d, const char *v)
{
	return to_number(v, 10, 1000000, &d->chip.unstable);
}
/* "all", or the first and the last address, hex. */
static bool set_protect(struct sim_rig_drive *d, const char *v)
{
	unsigned from = 0, to = d->chip.bytes - 1;
	int end = 0;

	if (strcmp(v, "all") != 0 &&
	    (sscanf(v, "%x-%x%n", &from, &to, &end) != 2 || v[end] != '\0'))
		return false;
	d->chip.protect_from = from;
	d->chip.protect_to = to;
	return from <= to && to < d->chip.bytes;
}
static bool set_stuck(struct sim_rig_drive *d, const char *v)
{
	return to_number(v, 16, d->chip.bytes - 1, &d->chip.stuck_at);
}
/* An address, hex, and how many tries it needs. */
static bool set_weak(struct sim_rig_drive *d, const char *v)
{
	unsigned at, tries;
	int end = 0;

	if (sscanf(v, "%x %u%n", &at, &tries, &end) != 2 || v[end] != '\0' || at >= d->chip.bytes ||
	    tries == 0)
		return false;
	d->chip.weak_at = at;
	d->chip.weak_tries = tries;
	return true;
}
static bool set_content(struct sim_rig_drive *d, const char *v)
{
	static const char *const words[] = {[SIM_ALIVE] = "alive",
					    [SIM_DEAD] = "dead",
					    [SIM_ROM_ONLY] = "rom",
					    [SIM_BLANK] = "blank",
					    NULL};

	if (to_choice(v, words, &d->content))
		return true;
	d->content = SIM_FILE;
	return to_text(v, d->file, sizeof d->file);
}
static bool set_seed(struct sim_rig_drive *d, const char *v)
{
	return to_number(v, 10, 0xFFFFFFFFul, &d->seed);
}
/* CRC-32 values, hex, with blanks between. */
static bool set_good_crc(struct sim_rig_drive *d, const char *v)
{
	for (d->good_crcs = 0; *v; d->good_crcs++) {
		char *end;
		unsigned long crc = strtoul(v, &end, 16);

		if (end == v || crc > 0xFFFFFFFFul || d->good_crcs == SIM_RIG_CRCS)
			return false;
		d->good_crc[d->good_crcs] = (uint32_t)crc;
		v = end + strspn(end, " ");
	}
	return d->good_crcs > 0;
}

static const struct {
	const char *key;
	bool burner_only;
	bool (*set)(struct sim_rig_drive *d, const char *value);
} drive_keys[] = {
	{"chip", true, set_chip},
	{"vendor", false, set_vendor},
	{"product", false, set_product},
	{"revision", false, set_revision},
	{"power", false, set_power},
	{"cable", false, set_cable},
	{"jumper", false, set_jumper},
	{"row", false, set_row},
	{"stuck_status", false, set_stuck_status},
	{"abort_status", false, set_abort_status},
	{"left", false, set_left},
	{"start_ms", false, set_start},
	{"piece", false, set_piece},
	{"rom_status", true, set_rom_status},
	{"window_ms", true, set_window},
	{"burn_ms", true, set_burn},
	{"man", true, set_man},
	{"dev", true, set_dev},
	{"unlock", true, set_unlock},
	{"unlock_bits", true, set_unlock_bits},
	{"noid", true, set_noid},
	{"sector", true, set_sector},
	{"program_us", true, set_program},
	{"erase_ms", true, set_erase},
	{"unstable", true, set_unstable},
	{"protect", true, set_protect},
	{"stuck", true, set_stuck},
	{"weak", true, set_weak},
	{"content", true, set_content},
	{"seed", true, set_seed},
	{"good_crc", true, set_good_crc},
};

#define DRIVE_KEYS (sizeof drive_keys / sizeof drive_keys[0])

static bool set_drive(struct sim_rig_drive *d, const char *key, const char *value,
		      const char **reason)
{
	unsigned i;

	for (i = 0; i < DRIVE_KEYS && strcmp(drive_keys[i].key, key) != 0; i++)
		;
	*reason = "there is no key ";
	if (i == DRIVE_KEYS)
		return false;
	*reason = "only a burner has ";
	if (drive_keys[i].burner_only && d->kind != SIM_BURNER)
		return false;
	*reason = "wrong value for ";
	return drive_keys[i].set(d, value);
}

static bool set_pc(struct sim_rig *rig, const char *key, const char *value, const char **reason)
{
	uint8_t bios;
	static const char *const bios_words[] = {"waits", "hangs", NULL};

	*reason = "wrong value for ";
	if (strcmp(key, "on") == 0)
		return to_bool(value, &rig->pc_on);
	if (strcmp(key, "boot_ms") == 0)
		return to_time(value, &rig->boot_ms);
	if (strcmp(key, "bios") == 0) {
		if (!to_choice(value, bios_words, &bios))
			return false;
		rig->bios_hangs = bios == 1;
		return true;
	}
	*reason = "there is no key ";
	return false;
}

static bool set_channel(struct sim_rig *rig, unsigned c, const char *key, const char *value,
			const char **reason)
{
	*reason = "wrong value for ";
	if (strcmp(key, "port") == 0)
		return to_bool(value, &rig->channel[c].port);
	if (strcmp(key, "empty") == 0)
		return to_byte(value, &rig->channel[c].empty) &&
		       (rig->channel[c].empty == 0x7F || rig->channel[c].empty == 0);
	*reason = "there is no key ";
	return false;
}

/* "1".."4", "spareA": the name of the drive; NULL: no section of a drive. */
static const char *drive_name(const char *section)
{
	if (section[0] >= '1' && section[0] <= '4' && !section[1])
		return section;
	if (strncmp(section, "spare", 5) == 0 && section[5] >= 'A' &&
	    section[5] < 'A' + SIM_SPARES && !section[6])
		return section + 5;
	return NULL;
}

bool sim_rig_has_section(const char *section)
{
	return drive_name(section) || strcmp(section, "pc") == 0 ||
	       strcmp(section, "primary") == 0 || strcmp(section, "secondary") == 0;
}

bool sim_rig_set_type(struct sim_rig *rig, const char *section, const char *value,
		      const char **reason)
{
	static const char *const words[] = {
		[SIM_BURNER] = "burner", [SIM_CDROM] = "cdrom", [SIM_DISK] = "disk", NULL};
	const char *name = drive_name(section);
	uint8_t kind;

	*reason = "wrong value for ";
	if (name && to_choice(value, words, &kind))
		return sim_rig_add(rig, name, kind) != NULL;
	return false;
}

bool sim_rig_set(struct sim_rig *rig, const char *section, const char *key, const char *value,
		 const char **reason)
{
	const char *name = drive_name(section);
	uint32_t i;

	if (strcmp(section, "pc") == 0)
		return set_pc(rig, key, value, reason);
	if (!name)
		return set_channel(rig, section[0] == 's', key, value, reason);
	for (i = 0; i < rig->drives; i++)
		if (strcmp(rig->drive[i].name, name) == 0)
			return set_drive(&rig->drive[i], key, value, reason);
	*reason = "a drive wants a type before ";
	return false;
}
