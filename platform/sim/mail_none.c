/* mail.h on DOS: one process, so nobody else has hands. */
#include "platform/sim/mail.h"

enum odr_err sim_mail_open(const char *dir, struct sim_mail **mail, struct odr_error *e)
{
	(void)dir;
	(void)e;
	*mail = NULL;
	return ODR_OK;
}

void sim_mail_close(struct sim_mail *mail)
{
	(void)mail;
}

void sim_mail_clear(struct sim_mail *mail)
{
	(void)mail;
}

bool sim_mail_take(struct sim_mail *mail, struct sim_letter *letter)
{
	(void)mail;
	(void)letter;
	return false;
}

void sim_mail_answer(struct sim_mail *mail, enum odr_err err)
{
	(void)mail;
	(void)err;
}

void sim_mail_publish(struct sim_mail *mail, const char *pc, uint32_t boots)
{
	(void)mail;
	(void)pc;
	(void)boots;
}

enum odr_err sim_mail_send(struct sim_mail *mail, const char *dir, const char *text, char *answer,
			   size_t cap, bool *alone, struct odr_error *e)
{
	(void)mail;
	(void)dir;
	(void)text;
	(void)answer;
	(void)cap;
	(void)e;
	*alone = true;
	return ODR_OK;
}
