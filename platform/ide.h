/*
 * ide.h - the ATA/ATAPI channel driver, written once against port_io.h.
 *
 * Run by DOS and Linux on real IN/OUT and by the simulator on its task file. It looks before it
 * touches: detection is passive until a caller names the positions that may be asked. It must never
 * reset anything on its own, never issue a vendor command, and never leave the channel changed:
 * device control and the selected device are put back after every look.
 *
 * Every wait is bounded in time, never in counts (protocols.md section 10, rule 11).
 */
#ifndef ODR_IDE_H
#define ODR_IDE_H

#include "platform/platform.h"

/*
 * odr_ide_scan - look at both devices of a channel (protocols.md 5.4, 5.7).
 * channel: 0 primary, 1 secondary; decides the two positions in out[].
 * ask: ODR_MASK bits of positions that may be sent IDENTIFY PACKET and INQUIRY when their signature
 *      says ATAPI; a position outside it is only looked at (select, alternate status, and, only
 *      when it is neither busy nor in vendor mode, its signature registers and the 55/AA test).
 * out: out[0] the master, out[1] the slave.
 * A drive that was not asked is ODR_NO_IDENT while its reset signature lasts, which any command
 * overwrites: after that a disk and a drive look alike, ODR_WRONG_SIG. Asked, each says again which it
 * is; only one that refuses to (ODR_ABORTING) may from then on be a disk gone wrong as well. Nobody is
 * asked as long as one of the two is busy, waits with data or is in vendor mode: register writes reach
 * both of them.
 * Never fails: what goes wrong is a state. At most about 5 s for a channel that hangs.
 */
void odr_ide_scan(const struct odr_channel *ch, unsigned channel, unsigned ask,
		  struct odr_place out[2]);

/*
 * odr_ide_watch - wait for a change without writing to the channel (protocols.md 5.6).
 * Reads the alternate status every 250 ms; at the first change nothing is read for 3 s (a plug
 * bounces, a drive starts), then, while it is busy, up to 31 s from the change are granted before
 * that counts as hung (5.7), then nIEN, then the position is looked at passively.
 * stop_asked(self): asked with every reading whether to give up (platform.h).
 * ODR_E_TIMEOUT: nothing changed for timeout_ms. ODR_E_ABORTED: told to end.
 */
enum odr_err odr_ide_watch(const struct odr_channel *ch, unsigned position, uint32_t timeout_ms,
			   bool (*stop_asked)(void *self), void *self, struct odr_place *out,
			   struct odr_error *e);

/* IDENTIFY PACKET DEVICE (A1h) into 512 bytes. ODR_E_ABORTED: the drive refused it. */
enum odr_err odr_ide_identify(const struct odr_channel *ch, unsigned device, uint8_t id[512],
			      struct odr_error *e);

/*
 * odr_ide_packet - one CDB by PIO (protocols.md 5.5), sent exactly once.
 * On CHECK CONDITION it sends REQUEST SENSE once, fills the sense and returns ODR_E_ABORTED.
 * A drive that asks for more data than given gets zeroes, one that gives more is drained (both are
 * counted as ODR_E_PROTOCOL after the command has ended).
 */
enum odr_err odr_ide_packet(const struct odr_channel *ch, unsigned device,
			    struct odr_packet *packet, struct odr_error *e);

/* DEVICE RESET (08h): one device. Waits for BSY to fall, at most 10 s. */
enum odr_err odr_ide_device_reset(const struct odr_channel *ch, unsigned device,
				  struct odr_error *e);

/*
 * SRST: both devices of the channel. Refused (ODR_E_REFUSED, nothing sent) unless `looked` shows
 * that neither position of the channel is, or could be, a disk and neither is in vendor mode.
 */
enum odr_err odr_ide_srst(const struct odr_channel *ch, const struct odr_place looked[2],
			  struct odr_error *e);

#endif
