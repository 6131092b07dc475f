#include "platform/sim/mail.h"

#include "platform/host.h"
#include "platform/sim/machine.h"
#include "platform/sim/store.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define PATIENCE_US 5000000u
#define STEP_US 1000u
#define TURN_LOCK "hands"

/* Not address-free when it is made with a lock: then two processes would not share it. */
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "the state of the box is one word");

enum { FREE, POSTED, TAKEN, ANSWERED };

struct sim_mail {
	_Atomic uint32_t state;
	_Atomic uint32_t pc; /* index into pc_words */
	_Atomic uint32_t boots;
	uint32_t err;
	char text[SIM_HAND_TEXT];
	char answer[ODR_HAND_ANSWER];
};

static const char *const pc_words[] = {"off", "on", "hung"};
#define PC_WORDS (sizeof pc_words / sizeof pc_words[0])

enum odr_err sim_mail_open(const char *dir, struct sim_mail **mail, struct odr_error *e)
{
	uint8_t *block = NULL;
	enum odr_err err = sim_store_map(dir, "hands.bin", sizeof **mail, &block, e);

	*mail = (struct sim_mail *)(void *)block; /* a mapping is aligned to a page */
	return err;
}

void sim_mail_close(struct sim_mail *mail)
{
	if (mail)
		sim_store_unmap((uint8_t *)mail, sizeof *mail);
}

static uint32_t state_of(const struct sim_mail *mail)
{
	return atomic_load_explicit(&mail->state, memory_order_acquire);
}

static void hand_over(struct sim_mail *mail, uint32_t state)
{
	atomic_store_explicit(&mail->state, state, memory_order_release);
}

/* From one state to another, unless somebody was faster. */
static bool exchange(struct sim_mail *mail, uint32_t from, uint32_t to)
{
	return atomic_compare_exchange_strong(&mail->state, &from, to);
}

/* ---- for who holds DIR/clock ---- */

void sim_mail_clear(struct sim_mail *mail)
{
	if (state_of(mail) != TAKEN)
		return;
	snprintf(mail->answer, sizeof mail->answer,
		 "odrescue ended while that was done. Look at the drive before you do it again.");
	sim_mail_answer(mail, ODR_E_INTERNAL);
}

bool sim_mail_take(struct sim_mail *mail, struct sim_letter *letter)
{
	if (state_of(mail) != POSTED || !exchange(mail, POSTED, TAKEN))
		return false;
	letter->text = mail->text;
	letter->answer = mail->answer;
	letter->cap = sizeof mail->answer;
	mail->answer[0] = '\0';
	return true;
}

void sim_mail_answer(struct sim_mail *mail, enum odr_err err)
{
	mail->err = err;
	hand_over(mail, ANSWERED);
}

void sim_mail_publish(struct sim_mail *mail, const char *pc, uint32_t boots)
{
	uint32_t i = 0;

	while (i + 1 < PC_WORDS && strcmp(pc_words[i], pc) != 0)
		i++;
	atomic_store(&mail->pc, i);
	atomic_store(&mail->boots, boots);
}

/* ---- for who does not ---- */

const char *sim_mail_pc(const struct sim_mail *mail)
{
	return pc_words[atomic_load(&mail->pc) % PC_WORDS];
}

uint32_t sim_mail_boots(const struct sim_mail *mail)
{
	return atomic_load(&mail->boots);
}

static enum odr_err read_answer(struct sim_mail *mail, char *answer, size_t cap,
				struct odr_error *e)
{
	enum odr_err err = (enum odr_err)mail->err;

	if (err != ODR_OK)
		odr_fail(e, err, "%s", mail->answer);
	else
		snprintf(answer, cap, "%s", mail->answer);
	hand_over(mail, FREE);
	return err;
}

/* Nobody plays? Then the letter comes back, unless it was taken by one who is dead now. */
static bool is_alone(struct sim_mail *mail, const char *dir)
{
	int clock;

	if (sim_store_lock(dir, SIM_CLOCK_LOCK, &clock, NULL) != ODR_OK)
		return false;
	sim_mail_clear(mail);
	exchange(mail, POSTED, FREE);
	sim_store_unlock(clock);
	return state_of(mail) != ANSWERED;
}

/* The box as a dead sender may have left it. */
static bool make_room(struct sim_mail *mail)
{
	return state_of(mail) == FREE || exchange(mail, POSTED, FREE) ||
	       exchange(mail, ANSWERED, FREE);
}

static enum odr_err send(struct sim_mail *mail, const char *dir, const char *text, char *answer,
			 size_t cap, bool *alone, struct odr_error *e)
{
	uint64_t until = odr_host_now_us() + PATIENCE_US;
	bool posted = false;

	for (unsigned step = 0;; step++) {
		bool late = odr_host_now_us() >= until;

		/* Whether anybody is there is asked at once, then every 64 ms. */
		*alone = step % 64 == 0 && is_alone(mail, dir);
		if (*alone)
			return ODR_OK;
		if (!posted && make_room(mail)) {
			strcpy(mail->text, text);
			hand_over(mail, POSTED);
			posted = true;
		}
		if (posted && state_of(mail) == ANSWERED)
			return read_answer(mail, answer, cap, e);
		if (late && (!posted || exchange(mail, POSTED, FREE) ||
			     odr_host_now_us() >= until + PATIENCE_US))
			return odr_fail(e, ODR_E_TIMEOUT,
					"The practice PC stands still: odrescue has it open and "
					"does not let its time pass.");
		odr_host_sleep_us(STEP_US);
	}
}

enum odr_err sim_mail_send(struct sim_mail *mail, const char *dir, const char *text, char *answer,
			   size_t cap, bool *alone, struct odr_error *e)
{
	uint64_t until = odr_host_now_us() + PATIENCE_US;
	enum odr_err err;
	int turn;

	*alone = false;
	if (strlen(text) >= sizeof mail->text)
		return odr_fail(e, ODR_E_USAGE, "That is more than one hand can do.");
	while (sim_store_lock(dir, TURN_LOCK, &turn, NULL) != ODR_OK) {
		if (odr_host_now_us() >= until)
			return odr_fail(e, ODR_E_TIMEOUT, "Somebody else's hands are in the way.");
		odr_host_sleep_us(STEP_US);
	}
	err = send(mail, dir, text, answer, cap, alone, e);
	sim_store_unlock(turn);
	return err;
}
