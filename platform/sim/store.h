/*
 * store.h - where the rig lies between two runs of the program: named blocks in the state folder.
 *
 * store_mmap.c: files that are shared mappings, so that kill -9 loses nothing and a second program sees
 * the same machine. store_mem.c: static memory, one rig with one small chip, for DOS.
 */
#ifndef ODR_SIM_STORE_H
#define ODR_SIM_STORE_H

#include "platform/platform.h"

/* Make the folder when it is missing (its parent must exist). */
enum odr_err sim_store_folder(const char *dir, struct odr_error *e);

/*
 * Map DIR/name, made of `bytes` zeroes when missing. *block: owned by the store until unmap.
 * ODR_E_FILE: it is there and has another size; ODR_E_SPACE: cannot be made.
 */
enum odr_err sim_store_map(const char *dir, const char *name, size_t bytes, uint8_t **block,
			   struct odr_error *e);
void sim_store_unmap(uint8_t *block, size_t bytes);

/* Hold DIR/name against other programs. *held: for unlock. ODR_E_REFUSED: another one has it. */
enum odr_err sim_store_lock(const char *dir, const char *name, int *held, struct odr_error *e);
void sim_store_unlock(int held);

/* End this process at once, as kill -9 does: nothing is cleaned up. */
_Noreturn void sim_store_die(void);

#endif
