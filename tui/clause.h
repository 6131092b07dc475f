/*
 * clause.h - a fact in words, for paper: "the jumper is on MASTER" instead of jumper=master. One
 * catalogue for what a person has answered and for the conditions of a guide that has no program
 * beside it. Pure; knows no drive and no guide.
 */
#ifndef ODR_CLAUSE_H
#define ODR_CLAUSE_H

#include "guides/guide.h"

/*
 * A clause without capital and full stop. NULL: the fact cannot be said with this word (an empty one,
 * one outside its list, or a fact that is only text).
 */
const char *odr_clause(enum odr_fact fact, const char *word, char *room, size_t cap);
/* The same for a condition: "it is not so that ...", "positions that look dead: more than 1". */
void odr_clause_when(const struct odr_when *when, char *out, size_t cap);

#endif
