#include "platform/sim/rules.h"

#include "platform/sim/channel.h"
#include "platform/sim/drive.h"
#include "platform/sim/wrong.h"

#define INTRO_SELECT_US 250000 /* protocols.md 2.4: between the two device selects */
#define INTRO_ANSWER_US 2000   /* 2.4: before the answer is read */
#define OUTRO_QUIET_US 1850000 /* 2.4: 350 ms, then about 1.5 s, then look again */

#define CONTROL_BITS 0x0E /* always-one, SRST, nIEN: 5.2 */
#define SRST 0x04
#define NIEN 0x02

/* The last writes to the command block, a register number each, newest in the low nibble. */
#define SEQUENCE_INTRO 0x663	  /* select, select, LBA low */
#define SEQUENCE_READ 0x6456	  /* select, low, high, select with A16..A19 */
#define SEQUENCE_WRITE 0x64563	  /* the same and the data */
#define SEQUENCE_PACKET 0x6145	  /* select, features, byte count */
#define SEQUENCE_OUTRO_RESET 0x76 /* 81h, select */

static unsigned device_of(const struct sim_cable *cable)
{
	return cable->dev >> 4 & 1;
}

/* 70, 72 or 73, busy or not: the program has been told that this is vendor mode. */
static bool told_vendor(const struct sim_cable *cable, unsigned dev)
{
	uint8_t status = cable->seen[dev] & 0x7F;

	return status == 0x70 || status == 0x72 || status == 0x73;
}

static bool disk_on(const struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	unsigned dev;

	for (dev = 0; dev < 2; dev++)
		if (cable->slot[dev] >= 0 && m->s->rig.drive[cable->slot[dev]].kind == SIM_DISK)
			return true;
	return false;
}

static bool vendor_on(const struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	unsigned dev;

	for (dev = 0; dev < 2; dev++)
		if (cable->slot[dev] >= 0 && m->s->drive[cable->slot[dev]].life == SIM_IN_VENDOR)
			return true;
	return false;
}

/* 5.6: 2 s after a plug went in nothing but the alternate status may be touched. */
static void check_plug(struct sim *m, unsigned channel)
{
	struct sim_cable *cable = &m->s->cable[channel];

	if (m->s->us >= cable->plugged_until)
		return;
	cable->plugged_until = 0; /* told once for each plug */
	sim_wrong(m, channel, "5.6", "access less than 2 s after a plug went in");
}

/*
 * Is the selected device busy, and could the program know? It could when it read so, or when its
 * own last command is the reason.
 */
static bool knows_busy(const struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	int drive = sim_channel_selected(m, channel);

	if (!(sim_channel_status(m, channel) & SIM_BSY))
		return false;
	if (cable->seen[device_of(cable)] & SIM_BSY)
		return true;
	return drive >= 0 && m->s->us < m->s->drive[drive].task.busy_until;
}

static void check_intro(struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];

	if (disk_on(m, channel))
		sim_wrong(m, channel, "2.4", "80h where a disk hangs on the cable");
	if (cable->lba_low != 0x2A)
		sim_wrong(m, channel, "2.4", "80h with LBA low %02X", cable->lba_low);
	if ((cable->writes & 0xFFF) != SEQUENCE_INTRO || cable->device_was != cable->dev)
		sim_wrong(m, channel, "2.4", "80h without select, select, LBA low before it");
	else if (cable->device_at[1] - cable->device_at[0] < INTRO_SELECT_US)
		sim_wrong(m, channel, "2.4", "the intro's selects are less than 250 ms apart");
}

static void check_cycle(struct sim *m, unsigned channel, uint8_t command)
{
	const struct sim_cable *cable = &m->s->cable[channel];

	if (!told_vendor(cable, device_of(cable)))
		sim_wrong(m, channel, "2.5", "command %02X outside vendor mode", command);
	else if (command == 0x00 ? (cable->writes & 0xFFFF) != SEQUENCE_READ
				 : (cable->writes & 0xFFFFF) != SEQUENCE_WRITE)
		sim_wrong(m, channel, "2.5", "command %02X after other writes than its cycle has",
			  command);
}

static void check_device_reset(struct sim *m, unsigned channel)
{
	struct sim_cable *cable = &m->s->cable[channel];
	int drive = sim_channel_selected(m, channel);

	if (drive < 0)
		return;
	if (m->s->rig.drive[drive].kind == SIM_DISK)
		sim_wrong(m, channel, "5.8", "DEVICE RESET to a disk");
	if (m->s->drive[drive].life != SIM_IN_VENDOR)
		return;
	if (m->s->drive[drive].outro && (cable->writes & 0xFF) == SEQUENCE_OUTRO_RESET)
		cable->outro_until = m->s->us + OUTRO_QUIET_US;
	else
		sim_wrong(m, channel, "2.4", "DEVICE RESET in vendor mode without 81h");
}

static void check_packet(struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	int drive = sim_channel_selected(m, channel);
	const struct sim_task *t;

	if ((cable->writes & 0xFFFF) != SEQUENCE_PACKET)
		sim_wrong(m, channel, "5.5", "PACKET without select, features, byte count");
	if (drive < 0)
		return;
	t = &m->s->drive[drive].task;
	if (m->s->rig.drive[drive].kind == SIM_DISK)
		sim_wrong(m, channel, "5.4", "PACKET to a disk");
	else if (m->s->drive[drive].life == SIM_LIVES && ((t->mid & 1) || (t->mid | t->hi) == 0))
		sim_wrong(m, channel, "5.5", "byte count limit %02X%02X", t->hi, t->mid);
}

static void check_command(struct sim *m, unsigned channel, uint8_t command)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	unsigned dev = device_of(cable);

	if (command != 0x08 && command != 0x80 && knows_busy(m, channel))
		sim_wrong(m, channel, "5.5", "command %02X while BSY", command);
	switch (command) {
	case 0x08:
		check_device_reset(m, channel);
		return;
	case 0x80:
		check_intro(m, channel);
		return;
	case 0x81:
		if (!told_vendor(cable, dev) || (cable->writes & 0xF) != ODR_REG_DEVICE)
			sim_wrong(m, channel, "2.4", "81h outside the outro");
		return;
	case 0x00:
	case 0x01:
		check_cycle(m, channel, command);
		return;
	case 0xA0:
	case 0xA1:
	case 0xEC:
		if (told_vendor(cable, dev))
			sim_wrong(m, channel, "2.4", "command %02X in vendor mode", command);
		if (!knows_busy(m, channel) && (sim_channel_status(m, channel) & SIM_DRQ))
			sim_wrong(m, channel, "5.5", "command %02X while DRQ", command);
		if (command == 0xA0)
			check_packet(m, channel);
		return;
	default:
		sim_wrong(m, channel, "10 rule 9", "command %02X", command);
		return;
	}
}

/* The values that the documents write: the 55/AA test and a signature put back (5.4), the intro. */
static bool is_test_value(uint8_t value)
{
	return value == 0x55 || value == 0xAA || value <= 0x03;
}

static void check_register(struct sim *m, unsigned channel, unsigned reg, uint8_t value)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	bool vendor = told_vendor(cable, device_of(cable));
	bool intro = reg == ODR_REG_LBA_LO && value == 0x2A;

	if (!intro && knows_busy(m, channel))
		sim_wrong(m, channel, "5.4", "register %u written while BSY", reg);
	switch (reg) {
	case ODR_REG_ERROR: /* features */
		if (value != 0)
			sim_wrong(m, channel, "5.5", "features %02X", value);
		return;
	case ODR_REG_COUNT:
		if (vendor || !is_test_value(value))
			sim_wrong(m, channel, vendor ? "2.5" : "5.4", "sector count %02X", value);
		return;
	case ODR_REG_LBA_LO:
		if (!vendor && !intro && !is_test_value(value))
			sim_wrong(m, channel, "5.4", "LBA low %02X", value);
		return;
	default: /* byte count or address: any value */
		return;
	}
}

static void check_select(struct sim *m, unsigned channel, uint8_t value)
{
	const struct sim_cable *cable = &m->s->cable[channel];

	if ((value & 0xE0) != 0xA0)
		sim_wrong(m, channel, "2.3", "device register %02X", value);
	else if ((value & 0x0F) && !told_vendor(cable, value >> 4 & 1))
		sim_wrong(m, channel, "2.5", "device register %02X outside vendor mode", value);
}

void sim_rules_write(struct sim *m, unsigned channel, unsigned reg, uint8_t value)
{
	const struct sim_cable *cable = &m->s->cable[channel];

	check_plug(m, channel);
	if (m->s->us < cable->outro_until)
		sim_wrong(m, channel, "2.4", "register %u written less than 1.85 s after the outro",
			  reg);
	switch (reg) {
	case ODR_REG_DEVICE:
		check_select(m, channel, value);
		break;
	case ODR_REG_STATUS:
		check_command(m, channel, value);
		break;
	default:
		check_register(m, channel, reg, value);
		break;
	}
}

void sim_rules_control(struct sim *m, unsigned channel, uint8_t value)
{
	check_plug(m, channel);
	if (value & ~CONTROL_BITS)
		sim_wrong(m, channel, "5.2", "device control %02X", value);
	if (!(value & SRST))
		return;
	if (disk_on(m, channel))
		sim_wrong(m, channel, "10 rule 9", "SRST with a disk on the cable");
	if (vendor_on(m, channel))
		sim_wrong(m, channel, "2.4", "SRST in vendor mode");
}

void sim_rules_read(struct sim *m, unsigned channel, unsigned reg)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	uint8_t command = cable->last_command;
	bool vendor = told_vendor(cable, device_of(cable));

	if (cable->plugged_until)
		check_plug(m, channel);
	if (reg == ODR_REG_STATUS && (cable->writes & 0xF) == ODR_REG_STATUS &&
	    (command == 0x80 || (vendor && command <= 0x01)))
		sim_wrong(m, channel, "2.5", "status read without a select after command %02X",
			  command);
	if (reg == ODR_REG_STATUS && command == 0x80 &&
	    m->s->us - cable->command_at < INTRO_ANSWER_US)
		sim_wrong(m, channel, "2.4", "the intro's answer read before 2 ms have passed");
	if (reg == ODR_REG_LBA_LO && vendor && command == 0x00 && knows_busy(m, channel))
		sim_wrong(m, channel, "2.5", "the byte read before the status was 70");
}

void sim_rules_no_drq(struct sim *m, unsigned channel)
{
	sim_wrong(m, channel, "5.5", "data word without DRQ");
}

void sim_rules_close(struct sim *m)
{
	unsigned c;

	for (c = 0; c < 2; c++)
		if (m->s->cable[c].ctl & NIEN)
			sim_wrong(m, c, "5.4", "nIEN left set at the end of the program");
}
