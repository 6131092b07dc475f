/*
 * sha256.h - SHA-256 (FIPS 180-4), the fingerprint of images, backups and plans. Own code because
 * the engine must run on DOS without a heap; checked against the standard's vectors.
 */
#ifndef ODR_SHA256_H
#define ODR_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define ODR_SHA256_BYTES 32
#define ODR_SHA256_HEX 65 /* 64 digits and the end */

struct odr_sha256 {
	uint32_t h[8];
	uint64_t bytes;
	uint8_t block[64];
};

void odr_sha256_start(struct odr_sha256 *s);
void odr_sha256_feed(struct odr_sha256 *s, const void *data, size_t len);
/* Ends the sum; s must be started again before it is fed again. */
void odr_sha256_end(struct odr_sha256 *s, uint8_t out[ODR_SHA256_BYTES]);
void odr_sha256_hex(const uint8_t sum[ODR_SHA256_BYTES], char out[ODR_SHA256_HEX]);

#endif
