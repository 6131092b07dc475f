/*
 * crc32.h - the CRC-32 of zip and Ethernet (reflected EDB88320h), so that a person can compare our
 * number with any other tool's. No library: this must run on DOS without a heap (design, section 4).
 */
#ifndef ODR_CRC32_H
#define ODR_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Start with crc = 0 and feed the pieces in order; the return value is the CRC so far. */
uint32_t odr_crc32(uint32_t crc, const void *data, size_t len);

#endif
