#include "flash/crc32.h"

/* Bit by bit: 1 MiB costs a 386 a few seconds, and a 1 KiB table would cost every reader more. */
uint32_t odr_crc32(uint32_t crc, const void *data, size_t len)
{
	const uint8_t *p = data;

	crc = ~crc;
	while (len--) {
		crc ^= *p++;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
	}
	return ~crc;
}
