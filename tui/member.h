/*
 * member.h - names inside an archive: which may be firmware, which are not to be trusted, and what DOS
 * will call the file. Pure; it opens nothing.
 */
#ifndef ODR_MEMBER_H
#define ODR_MEMBER_H

#include <stdbool.h>

#define ODR_NAME_83 13 /* 8 letters, a dot, 3 letters, the end mark */

/* Does it end in this, say ".BIN"? Capitals and small letters are the same here. */
bool odr_member_ends(const char *name, const char *ending);
/* .BIN or .HEX: the two that firmware of these drives has (domain.md 5). */
bool odr_member_may_be_image(const char *name);
/* Why nobody should write to this name, in words that go on from "a name that"; NULL: it is harmless. */
const char *odr_member_wrong(const char *name);
/* Is this what the person means: the whole name or what is behind its last folder? */
bool odr_member_is_called(const char *name, const char *typed);
/* The name that DOS can open, in capitals: "fw/RPC1 v758 final.bin" becomes RPC1V758.BIN. The name may
 * be any; out is never empty and never a device. */
void odr_member_83(const char *name, char out[ODR_NAME_83]);

#endif
