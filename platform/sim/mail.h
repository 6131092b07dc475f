/*
 * mail.h - the letter box between the one process that turns the practice PC's clock and another one
 * that has hands only: one letter at a time, in DIR/hands.bin.
 *
 * Why a second process is safe while the first is in the middle of a job:
 *   - it maps nothing but this box. The rig's state and the chips belong to the process that holds the
 *     lock DIR/clock; the hand is played by that one, between two accesses, as its own queued hands are.
 *   - `state` is the only word that both write, and it is atomic. Text and answer belong to the sender
 *     while it is FREE or ANSWERED, to the player while it is POSTED or TAKEN; the handing over is a
 *     release by one and an acquire by the other. A letter is taken, or taken back, by one exchange.
 *   - senders exclude each other by the lock DIR/hands. A process that dies gives its locks back, so
 *     whoever holds DIR/clock knows that nobody plays, and what a dead one left in the box is cleared.
 *   - every wait is bounded.
 * It must never play a hand twice: a letter that was taken is not sent again.
 */
#ifndef ODR_SIM_MAIL_H
#define ODR_SIM_MAIL_H

#include "platform/platform.h"

struct sim_mail;

enum odr_err sim_mail_open(const char *dir, struct sim_mail **mail, struct odr_error *e);
void sim_mail_close(struct sim_mail *mail);

/* ---- for who holds DIR/clock ---- */

/* A letter that a player died over: its sender is told so. Before the first take. */
void sim_mail_clear(struct sim_mail *mail);
struct sim_letter {
	const char *text;
	char *answer; /* to be filled: what was seen, or why not */
	size_t cap;
};
/* false: there is none. */
bool sim_mail_take(struct sim_mail *mail, struct sim_letter *letter);
void sim_mail_answer(struct sim_mail *mail, enum odr_err err);
/* What others may know. pc: "on", "hung" or "off". */
void sim_mail_publish(struct sim_mail *mail, const char *pc, uint32_t boots);

/* ---- for who does not ---- */

/*
 * Send one hand and wait for its answer, at most about 5 s (10 s when it was taken and not answered).
 * *alone: nobody holds DIR/clock, the hand was not played; answer is not filled.
 */
enum odr_err sim_mail_send(struct sim_mail *mail, const char *dir, const char *text, char *answer,
			   size_t cap, bool *alone, struct odr_error *e);
const char *sim_mail_pc(const struct sim_mail *mail);
uint32_t sim_mail_boots(const struct sim_mail *mail);

/* The name of the lock that the clock's process holds. */
#define SIM_CLOCK_LOCK "clock"

#endif
