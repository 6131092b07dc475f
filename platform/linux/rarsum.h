/*
 * rarsum.h - the checksum of a member of a RAR archive (version 2 to 4), as its head states it.
 * libarchive 3.6 does not compare it, and a firmware with one wrong byte looks like any other.
 */
#ifndef ODR_RARSUM_H
#define ODR_RARSUM_H

#include <stdbool.h>
#include <stdint.h>

/* CRC-32 of the member `number`, from 0, counted as libarchive counts them. false: it was not found. */
bool odr_rar_sum(int fd, unsigned number, uint32_t *sum);

#endif
