/*
 * packet.h - what an optical drive says: PACKET by PIO (protocols.md 5.5), IDENTIFY, INQUIRY, TEST
 * UNIT READY, REQUEST SENSE, and the upload that BTC burners take (3.1).
 */
#ifndef ODR_SIM_PACKET_H
#define ODR_SIM_PACKET_H

#include "platform/sim/machine.h"

/* A0h came: ask for the CDB. */
void sim_packet_start(struct sim *m, unsigned drive);
/* A1h of an optical drive, ECh of a disk: 256 words. */
void sim_packet_identify(struct sim *m, unsigned drive);
/* One word through the data port while DRQ. */
void sim_packet_word_out(struct sim *m, unsigned drive, uint8_t low, uint8_t high);
void sim_packet_word_in(struct sim *m, unsigned drive, uint8_t word[2]);

/* For upload.c: end with GOOD, end with CHECK CONDITION, ask for `len` bytes. */
void sim_packet_good(struct sim *m, unsigned drive);
void sim_packet_check(struct sim *m, unsigned drive, uint8_t key, uint8_t asc, uint8_t ascq);
void sim_packet_take(struct sim *m, unsigned drive, uint32_t len);

#endif
