/*
 * rigask - ask a practice PC's state folder for the truth, as a second witness beside the program.
 *
 *   rigask DIR
 *
 * Reads DIR/rig.bin and DIR/chip*.bin, changes nothing, and prints:
 *   clock us=N accesses=N
 *   pc on=yes|no hung=yes|no boot=boot-N
 *   drive NAME plug=P position=P type=T power=on|off cable=on|off jumper=J row=R erased=N
 *         programmed=N rom_commands=N packets=N crc32=XXXXXXXX name="PRODUCT REVISION"  (one line)
 *   wrong=N
 * plug: where the drive hangs, 0 on the table; position: where it answers, by the jumper that it read
 * when it started.
 * Exit 0, or 1 when there is no rig.
 */
#include "platform/sim/drive.h"
#include "platform/sim/machine.h"

#include <stdio.h>
#include <string.h>

static uint8_t cells[SIM_CHIP_MAX];

static const char *row_of(const struct sim_state *s, const struct sim_nor *nor, unsigned i)
{
	static const char *const names[] = {
		[SIM_OFF] = "off",	    [SIM_WINDOW] = "window",	 [SIM_ROM] = "rom",
		[SIM_HUNG] = "hung",	    [SIM_STARTING] = "starting", [SIM_LIVES] = "alive",
		[SIM_IN_VENDOR] = "vendor", [SIM_KILLED] = "killed",
	};

	if (s->drive[i].life == SIM_ROM && sim_chip_is_blank(nor, 0, nor->kind->bytes))
		return "blank";
	return names[s->drive[i].life];
}

/* The name as the drive gives it: from the chip, or from the rig when it has none. */
static void print_name(const struct sim_rig_drive *rig)
{
	unsigned i;

	if (!rig->chip.bytes) {
		printf("name=\"%s %s\"\n", rig->product, rig->revision);
		return;
	}
	printf("name=\"");
	for (i = SIM_AT_PRODUCT; i < SIM_AT_REVISION + 4; i++) {
		putchar(cells[i] >= 0x20 && cells[i] < 0x7F ? cells[i] : '.');
		if (i == SIM_AT_PRODUCT + 15)
			putchar(' ');
	}
	printf("\"\n");
}

static bool read_chip(const char *dir, const struct sim_rig_drive *rig)
{
	char path[512];
	size_t got;
	FILE *f;

	snprintf(path, sizeof path, "%s/chip%s.bin", dir, rig->name);
	f = fopen(path, "rb");
	if (!f)
		return false;
	got = fread(cells, 1, rig->chip.bytes, f);
	fclose(f);
	return got == rig->chip.bytes;
}

static bool print_drive(const char *dir, struct sim_state *s, unsigned i)
{
	static const char *const types[] = {
		[SIM_BURNER] = "burner", [SIM_CDROM] = "cdrom", [SIM_DISK] = "disk"};
	const struct sim_rig_drive *rig = &s->rig.drive[i];
	struct sim_drive *d = &s->drive[i];
	struct sim_nor nor = {&rig->chip, &d->chip, cells};
	unsigned position = 0;

	if (d->plug)
		position = 2 * sim_channel_of(d) + 1 + (d->life == SIM_OFF ? d->jumper : d->slave);
	if (rig->chip.bytes && !read_chip(dir, rig))
		return false;
	if (rig->chip.bytes)
		sim_chip_settle(&nor, s->us); /* in our copy only */
	printf("drive %s plug=%u position=%u type=%s power=%s cable=%s jumper=%s row=%s ",
	       rig->name, d->plug, position, types[rig->kind], d->power ? "on" : "off",
	       d->cable ? "on" : "off", d->jumper ? "slave" : "master", row_of(s, &nor, i));
	printf("erased=%u programmed=%u rom_commands=%u packets=%u crc32=%08x ", d->chip.erases,
	       d->chip.programs, d->rom_commands, d->packets,
	       rig->chip.bytes ? sim_chip_crc(&nor) : 0);
	print_name(rig);
	return true;
}

int main(int argc, char **argv)
{
	static struct sim_state s;
	char path[512];
	unsigned i;
	FILE *f;

	if (argc != 2) {
		fprintf(stderr, "rigask DIR\n");
		return 1;
	}
	snprintf(path, sizeof path, "%s/rig.bin", argv[1]);
	f = fopen(path, "rb");
	if (!f || fread(&s, sizeof s, 1, f) != 1 || s.bytes != sizeof s) {
		fprintf(stderr, "rigask: %s: no rig, or one of another program\n", path);
		return 1;
	}
	fclose(f);
	printf("clock us=%llu accesses=%llu\n", (unsigned long long)s.us,
	       (unsigned long long)s.accesses);
	printf("pc on=%s hung=%s boot=boot-%u\n", s.pc_on ? "yes" : "no", s.pc_hung ? "yes" : "no",
	       s.boots);
	for (i = 0; i < s.rig.drives; i++)
		if (!print_drive(argv[1], &s, i)) {
			fprintf(stderr, "rigask: chip %s cannot be read\n", s.rig.drive[i].name);
			return 1;
		}
	printf("wrong=%u\n", s.wrongs);
	return 0;
}
