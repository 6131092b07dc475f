/*
 * ide_name.h - what a drive's answer to INQUIRY says of it, whoever asked: ports or a kernel.
 * Bytes in, text and state out; it must never ask anything itself.
 */
#ifndef ODR_IDE_NAME_H
#define ODR_IDE_NAME_H

#include "platform/platform.h"

/* Fills the place's three names from the 36 bytes. ODR_ALIVE, ODR_BOOT, or ODR_NO_IDENT: no usable
 * name is in them (protocols.md 5.7). */
enum odr_state odr_inquiry_means(const uint8_t answer[36], struct odr_place *place);

/* Are these bytes a name that a person could read? */
bool odr_is_name(const uint8_t *bytes, unsigned count);

/* `count` bytes as text: printable ASCII, other bytes as '.', without trailing blanks. `to` has room
 * for one more. */
void odr_copy_name(char *to, const uint8_t *from, unsigned count);

#endif
