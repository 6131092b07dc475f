#include "platform/sim/channel.h"

#include "platform/sim/clock.h"
#include "platform/sim/drive.h"
#include "platform/sim/packet.h"
#include "platform/sim/rules.h"

#include <string.h>

/* protocols.md 5.1 */
#define PRIMARY 0x1F0
#define SECONDARY 0x170
#define CONTROL 0x206 /* from the command block to the control block, 2.3 */
#define FLOATING 0xFF

#define SRST 0x04
/* Two masters on one cable fight over every line; what wins looks like a busy drive. */
#define CLASH_STATUS 0xD0

static unsigned device_of(const struct sim_cable *cable)
{
	return cable->dev >> 4 & 1;
}

int sim_channel_selected(const struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];

	return cable->clash ? -1 : cable->slot[device_of(cable)];
}

static bool is_dark(const struct sim *m, unsigned channel)
{
	return !m->s->pc_on || m->s->pc_hung || !m->s->rig.channel[channel].port;
}

uint8_t sim_channel_status(const struct sim *m, unsigned channel)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	unsigned dev = device_of(cable);
	int here = cable->slot[dev], partner = cable->slot[!dev];

	if (is_dark(m, channel))
		return FLOATING;
	if (cable->clash)
		return CLASH_STATUS;
	if (here >= 0)
		return sim_drive_status(m, (unsigned)here);
	if (partner < 0)
		return m->s->rig.channel[channel].empty;
	if (sim_drive_mirrors(m, (unsigned)partner))
		return sim_drive_status(m, (unsigned)partner);
	/* A master answers 00 for its absent slave; a lone slave answers for nobody. */
	return dev == 1 ? 0x00 : m->s->rig.channel[channel].empty;
}

static uint8_t task_register(const struct sim_task *t, unsigned reg)
{
	switch (reg) {
	case ODR_REG_ERROR:
		return t->error;
	case ODR_REG_COUNT:
		return t->count;
	case ODR_REG_LBA_LO:
		return t->lo;
	case ODR_REG_LBA_MID:
		return t->mid;
	default:
		return t->hi;
	}
}

/* The registers of a slave that is not there, as its master shows them (protocols.md 5.9). */
static uint8_t absent_register(const struct sim_cable *cable, const struct sim_task *master,
			       unsigned reg)
{
	if (cable->reset_ff && reg == ODR_REG_ERROR)
		return 0x00;
	if (cable->reset_ff && (reg == ODR_REG_LBA_MID || reg == ODR_REG_LBA_HI))
		return 0xFF;
	return task_register(master, reg);
}

static uint8_t read_register(struct sim *m, unsigned channel, unsigned reg)
{
	const struct sim_cable *cable = &m->s->cable[channel];
	uint8_t status = sim_channel_status(m, channel);
	unsigned dev = device_of(cable);
	int here = cable->slot[dev], partner = cable->slot[!dev];

	if (reg == ODR_REG_STATUS || is_dark(m, channel))
		return status;
	if (here < 0 && (partner < 0 || dev == 0))
		return status;
	if (status & SIM_BSY) /* the device owns its registers: the host reads status everywhere */
		return status;
	if (reg == ODR_REG_DEVICE)
		return cable->dev;
	if (here >= 0)
		return task_register(&m->s->drive[here].task, reg);
	return absent_register(cable, &m->s->drive[partner].task, reg);
}

static void note_status(struct sim *m, unsigned channel, uint8_t status)
{
	struct sim_cable *cable = &m->s->cable[channel];

	cable->seen[device_of(cable)] = status;
}

static void latch(struct sim *m, unsigned channel, unsigned reg, uint8_t value)
{
	struct sim_cable *cable = &m->s->cable[channel];
	unsigned dev;

	if (reg == ODR_REG_LBA_LO)
		cable->lba_low = value;
	if (reg == ODR_REG_LBA_MID || reg == ODR_REG_LBA_HI)
		cable->reset_ff = false;
	for (dev = 0; dev < 2; dev++)
		if (cable->slot[dev] >= 0 && !cable->clash)
			sim_drive_latch(m, (unsigned)cable->slot[dev], reg, value);
}

static void command(struct sim *m, unsigned channel, uint8_t value)
{
	int drive = sim_channel_selected(m, channel);

	m->s->cable[channel].last_command = value;
	m->s->cable[channel].command_at = m->s->us;
	if (drive >= 0)
		sim_drive_command(m, (unsigned)drive, value);
}

static void write_register(struct sim *m, unsigned channel, unsigned reg, uint8_t value)
{
	struct sim_cable *cable = &m->s->cable[channel];

	if (is_dark(m, channel))
		return;
	sim_rules_write(m, channel, reg, value);
	cable->writes = cable->writes << 4 | reg;
	switch (reg) {
	case ODR_REG_DEVICE:
		cable->device_was = cable->dev;
		cable->device_at[0] = cable->device_at[1];
		cable->device_at[1] = m->s->us;
		cable->dev = value;
		cable->looked = true;
		break;
	case ODR_REG_STATUS:
		command(m, channel, value);
		break;
	default:
		latch(m, channel, reg, value);
		break;
	}
}

static void write_control(struct sim *m, unsigned channel, uint8_t value)
{
	struct sim_cable *cable = &m->s->cable[channel];
	bool fell = (cable->ctl & SRST) && !(value & SRST);
	unsigned dev;

	if (is_dark(m, channel))
		return;
	sim_rules_control(m, channel, value);
	cable->ctl = value;
	if (!fell || cable->clash)
		return;
	cable->dev = 0xA0;
	cable->reset_ff = true;
	for (dev = 0; dev < 2; dev++)
		if (cable->slot[dev] >= 0)
			sim_drive_soft_reset(m, (unsigned)cable->slot[dev]);
}

/* ---- the port callbacks --------------------------------------------------------------------- */

/* Which channel a port belongs to; `reg` 0..7 of the command block, CONTROL. */
static bool find_port(uint16_t port, unsigned *channel, unsigned *reg)
{
	*channel = (port & 0x80) ? 0 : 1; /* 1F0 and 3F6 have bit 7, 170 and 376 have not */
	*reg = (unsigned)(port - (*channel ? SECONDARY : PRIMARY));
	return *reg < 8 || *reg == CONTROL;
}

static uint8_t in8(void *ctx, uint16_t port)
{
	struct sim *m = ctx;
	uint8_t value = FLOATING;
	unsigned channel, reg;

	sim_clock_tick(m);
	if (find_port(port, &channel, &reg)) {
		if (reg == CONTROL) {
			value = sim_channel_status(m, channel);
			note_status(m, channel, value);
		} else {
			sim_rules_read(m, channel, reg);
			value = read_register(m, channel, reg);
			if (reg == ODR_REG_STATUS)
				note_status(m, channel, value);
		}
	}
	if (m->trace.on)
		sim_trace_access(&m->trace, 'i', port, value);
	return value;
}

static void out8(void *ctx, uint16_t port, uint8_t value)
{
	struct sim *m = ctx;
	unsigned channel, reg;

	if (m->trace.on)
		sim_trace_access(&m->trace, 'o', port, value);
	sim_clock_tick(m);
	if (!find_port(port, &channel, &reg))
		return;
	if (reg == CONTROL)
		write_control(m, channel, value);
	else
		write_register(m, channel, reg, value);
}

/* The drive that moves a word now, or -1. */
static int mover(struct sim *m, unsigned channel, unsigned phases)
{
	int drive = sim_channel_selected(m, channel);

	sim_rules_read(m, channel, ODR_REG_DATA);
	if (!is_dark(m, channel) && drive >= 0 && (sim_channel_status(m, channel) & SIM_DRQ) &&
	    (phases & 1u << m->s->drive[drive].phase))
		return drive;
	sim_rules_no_drq(m, channel);
	return -1;
}

static void in16s(void *ctx, uint16_t port, uint8_t *bytes, unsigned count)
{
	struct sim *m = ctx;
	unsigned channel, reg;

	for (; count; count--, bytes += 2) {
		int drive = -1;

		sim_clock_tick(m);
		bytes[0] = bytes[1] = FLOATING;
		if (find_port(port, &channel, &reg))
			drive = mover(m, channel, 1u << SIM_DATA_IN | 1u << SIM_DRAIN);
		if (drive >= 0)
			sim_packet_word_in(m, (unsigned)drive, bytes);
		if (m->trace.on)
			sim_trace_access(&m->trace, 'I', port,
					 (unsigned)bytes[0] | (unsigned)bytes[1] << 8);
	}
}

static void out16s(void *ctx, uint16_t port, const uint8_t *bytes, unsigned count)
{
	struct sim *m = ctx;
	unsigned channel, reg;

	for (; count; count--, bytes += 2) {
		int drive = -1;

		if (m->trace.on)
			sim_trace_access(&m->trace, 'O', port,
					 (unsigned)bytes[0] | (unsigned)bytes[1] << 8);
		sim_clock_tick(m);
		if (find_port(port, &channel, &reg))
			drive = mover(m, channel, 1u << SIM_CDB | 1u << SIM_DATA_OUT);
		if (drive >= 0)
			sim_packet_word_out(m, (unsigned)drive, bytes[0], bytes[1]);
	}
}

/* Asking the time takes time: a program that waits by asking must not wait for ever. */
static uint64_t now_us(void *ctx)
{
	struct sim *m = ctx;

	sim_clock_pass(m, 1);
	return m->s->us;
}

static void wait_us(void *ctx, uint32_t us)
{
	struct sim *m = ctx;

	if (m->trace.on)
		sim_trace_wait(&m->trace, us);
	sim_clock_pass(m, us);
}

void sim_channel_ports(struct sim *m)
{
	static const uint16_t base[2] = {PRIMARY, SECONDARY};
	unsigned c;

	m->io = (struct odr_port_io){m, in8, out8, in16s, out16s, now_us, wait_us};
	for (c = 0; c < 2; c++) {
		m->channel[c].io = &m->io;
		m->channel[c].base = base[c];
		m->channel[c].ctl = (uint16_t)(base[c] + CONTROL);
	}
}
