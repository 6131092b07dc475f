/* The process border: lines between two processes, and what becomes of one when the other dies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/host.h"
#include "platform/linux/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 }; /* for what must happen; a loaded machine may take its time */

static struct odr_worker worker;
static char line[ODR_WORKER_LINE_MAX];
static int witness[2]; /* the worker's word to the test when nobody hears its lines */

static void start(void (*serve)(struct odr_worker *w, void *arg))
{
	assert_int_equal(pipe(witness), 0);
	assert_int_equal(odr_worker_start(&worker, serve, NULL, NULL), ODR_OK);
}

static int finish(char *how, size_t cap)
{
	int status = odr_worker_close(&worker, how, cap);

	close(witness[0]);
	close(witness[1]);
	return status;
}

static void expect_line(const char *text)
{
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, PATIENCE_MS), ODR_WORKER_LINE);
	assert_string_equal(line, text);
}

static void expect_witness(char mark)
{
	struct pollfd fd = {.fd = witness[0], .events = POLLIN};
	char seen = 0;

	assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
	assert_int_equal(read(witness[0], &seen, 1), 1);
	assert_int_equal(seen, mark);
}

static void bear_witness(char mark)
{
	if (write(witness[1], &mark, 1) != 1)
		_exit(99);
}

/* ---- what workers do ---- */

static void echo(struct odr_worker *w, void *arg)
{
	char text[ODR_WORKER_LINE_MAX];

	(void)arg;
	while (odr_worker_read(w, text, sizeof text, -1) == ODR_WORKER_LINE)
		odr_worker_emit(w, text);
}

/* Wakes up for the other pipe, too: no line has come then. */
static void listen_to_two(struct odr_worker *w, void *arg)
{
	char text[ODR_WORKER_LINE_MAX];
	int *news = arg;

	odr_worker_listen(w, news[0]);
	odr_worker_emit(w, odr_worker_read(w, text, sizeof text, -1) == ODR_WORKER_TIMEOUT
				   ? "news"
				   : "a line");
	odr_worker_listen(w, -1);
	if (odr_worker_read(w, text, sizeof text, -1) == ODR_WORKER_LINE)
		odr_worker_emit(w, text);
}

static void count_to_ten_thousand(struct odr_worker *w, void *arg)
{
	char text[32];

	(void)arg;
	for (int i = 0; i < 10000; i++) {
		snprintf(text, sizeof text, "line %d", i);
		odr_worker_emit(w, text);
	}
}

static void exit_with_three(struct odr_worker *w, void *arg)
{
	(void)arg;
	odr_worker_emit(w, "last words");
	_exit(3);
}

static void leave_a_child_and_die(struct odr_worker *w, void *arg)
{
	pid_t child = fork();

	(void)arg;
	if (child == 0) {
		pause();
		_exit(0);
	}
	snprintf(line, sizeof line, "%d", (int)child);
	odr_worker_emit(w, line);
	raise(SIGKILL);
}

static void work_on_alone(struct odr_worker *w, void *arg)
{
	char text[ODR_WORKER_LINE_MAX];

	(void)arg;
	odr_host_guard(true);
	odr_worker_emit(w, "guarded");
	/* Its parent is dead before it begins: the end of file is the proof. */
	while (odr_worker_read(w, text, sizeof text, -1) != ODR_WORKER_GONE)
		;
	for (int i = 0; i < 100000; i++)
		odr_worker_emit(w, "progress that nobody hears");
	bear_witness('f');
}

static void talk_too_much(struct odr_worker *w, void *arg)
{
	static char text[ODR_WORKER_LINE_MAX];

	(void)arg;
	memset(text, 'x', sizeof text - 24);
	for (int i = 0; i < 3000; i++)
		odr_worker_emit(w, text);
	odr_worker_emit(w, "the end");
	bear_witness('e');
	odr_worker_read(w, text, sizeof text, -1);
}

static void never_read(struct odr_worker *w, void *arg)
{
	(void)w;
	(void)arg;
	for (;;)
		pause();
}

static void say_odd_lines(struct odr_worker *w, void *arg)
{
	static char text[3 * ODR_WORKER_LINE_MAX];

	(void)arg;
	odr_worker_emit(w, "two\nlines");
	memset(text, 'y', sizeof text - 1);
	odr_worker_emit(w, text);
	odr_worker_emit(w, "");
}

static void say_session(struct odr_worker *w, void *arg)
{
	(void)arg;
	odr_worker_emit(w, getsid(0) == getpid() ? "leader" : "member");
	odr_worker_emit(w, fcntl(w->in, F_GETFD) & fcntl(w->out, F_GETFD) & FD_CLOEXEC ? "closed"
										       : "open");
}

/* ---- tests ---- */

static void lines_go_both_ways(void **state)
{
	(void)state;
	start(echo);
	assert_int_equal(odr_worker_send(&worker, "scan", NULL), ODR_OK);
	assert_int_equal(odr_worker_send(&worker, "watch 3", NULL), ODR_OK);
	expect_line("scan");
	expect_line("watch 3");
	assert_int_equal(finish(NULL, 0), 0);
}

static void a_worker_also_wakes_up_for_news(void **state)
{
	int news[2];

	(void)state;
	assert_int_equal(pipe(news), 0);
	assert_int_equal(odr_worker_start(&worker, listen_to_two, news, NULL), ODR_OK);
	assert_int_equal(write(news[1], "!", 1), 1);
	expect_line("news");
	assert_int_equal(odr_worker_send(&worker, "and a line", NULL), ODR_OK);
	expect_line("and a line");
	assert_int_equal(odr_worker_close(&worker, NULL, 0), 0);
	close(news[0]);
	close(news[1]);
}

static void lines_come_in_order_and_all_of_them_before_the_end(void **state)
{
	char want[32];

	(void)state;
	start(count_to_ten_thousand);
	for (int i = 0; i < 10000; i++) {
		snprintf(want, sizeof want, "line %d", i);
		expect_line(want);
	}
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, PATIENCE_MS), ODR_WORKER_GONE);
	assert_int_equal(finish(NULL, 0), 0);
}

static void a_silent_worker_is_a_timeout_and_not_an_end(void **state)
{
	(void)state;
	start(echo);
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, 0), ODR_WORKER_TIMEOUT);
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, 150), ODR_WORKER_TIMEOUT);
	odr_worker_send(&worker, "still there", NULL);
	expect_line("still there");
	finish(NULL, 0);
}

static void an_exit_status_is_reported_after_the_last_words(void **state)
{
	char how[40];

	(void)state;
	start(exit_with_three);
	expect_line("last words");
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, PATIENCE_MS), ODR_WORKER_GONE);
	assert_int_equal(finish(how, sizeof how), 3);
	assert_string_equal(how, "it ended with status 3");
}

static void a_killed_worker_is_reported_and_sending_to_it_is_an_error(void **state)
{
	char how[40];

	(void)state;
	start(echo);
	kill(worker.pid, SIGKILL);
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, PATIENCE_MS), ODR_WORKER_GONE);
	assert_int_equal(odr_worker_send(&worker, "scan", NULL), ODR_E_NO_DEVICE);
	assert_int_equal(finish(how, sizeof how), 128 + SIGKILL);
	assert_string_equal(how, "killed by signal 9");
}

static void a_death_is_noticed_while_a_child_of_the_worker_lives_on(void **state)
{
	int child;

	(void)state;
	start(leave_a_child_and_die);
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, PATIENCE_MS), ODR_WORKER_LINE);
	child = atoi(line);
	assert_true(child > 1);
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, PATIENCE_MS), ODR_WORKER_GONE);
	assert_int_equal(kill(child, SIGKILL), 0); /* it did live until now */
	assert_int_equal(finish(NULL, 0), 128 + SIGKILL);
}

static void a_guarded_worker_survives_its_parent_and_finishes(void **state)
{
	int status = 0;
	pid_t parent;

	(void)state;
	assert_int_equal(pipe(witness), 0);
	parent = fork();
	if (parent == 0) {
		if (odr_worker_start(&worker, work_on_alone, NULL, NULL) == ODR_OK &&
		    odr_worker_next(&worker, line, sizeof line, PATIENCE_MS) == ODR_WORKER_LINE)
			raise(SIGKILL);
		_exit(1);
	}
	assert_int_equal(waitpid(parent, &status, 0), parent);
	assert_true(WIFSIGNALED(status));
	expect_witness('f');
	close(witness[0]);
	close(witness[1]);
}

static void what_a_terminal_sends_does_not_reach_the_worker(void **state)
{
	static const int sent[] = {SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE};

	(void)state;
	start(echo);
	odr_worker_send(&worker, "ready", NULL);
	expect_line("ready"); /* from here its signals are set */
	for (int i = 0; i < 5; i++) {
		assert_int_equal(kill(worker.pid, sent[i]), 0);
		odr_worker_send(&worker, "alive", NULL);
		expect_line("alive");
	}
	assert_int_equal(finish(NULL, 0), 0);
}

static void the_worker_leads_a_session_and_hands_its_pipes_to_no_program(void **state)
{
	(void)state;
	start(say_session);
	expect_line("leader");
	expect_line("closed");
	assert_int_equal(fcntl(worker.in, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(fcntl(worker.out, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	finish(NULL, 0);
}

static void a_reader_that_stopped_holds_up_nothing_and_still_gets_the_newest_line(void **state)
{
	char newest[sizeof line] = "";
	unsigned lines = 0;

	(void)state;
	start(talk_too_much);
	expect_witness('e'); /* three times as much as the pipe holds, and nobody read */
	while (strcmp(newest, "the end") != 0) {
		assert_int_equal(odr_worker_next(&worker, newest, sizeof newest, PATIENCE_MS),
				 ODR_WORKER_LINE);
		lines++;
	}
	assert_in_range(lines, 50, 2999);
	assert_int_equal(finish(NULL, 0), 0);
}

static void a_worker_that_reads_nothing_does_not_hold_up_the_person(void **state)
{
	enum odr_err err = ODR_OK;
	int sent = 0;

	(void)state;
	start(never_read);
	while (err == ODR_OK && sent++ < 100000)
		err = odr_worker_send(&worker, "are you there?", NULL);
	assert_int_equal(err, ODR_E_TIMEOUT);
	kill(worker.pid, SIGKILL);
	finish(NULL, 0);
}

static void long_lines_are_cut_and_a_line_end_cannot_forge_a_second_line(void **state)
{
	char want[ODR_WORKER_LINE_MAX];

	(void)state;
	memset(want, 'y', sizeof want - 1);
	want[sizeof want - 1] = '\0';
	start(say_odd_lines);
	expect_line("two lines");
	expect_line(want);
	expect_line("");
	finish(NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_go_both_ways),
		cmocka_unit_test(a_worker_also_wakes_up_for_news),
		cmocka_unit_test(lines_come_in_order_and_all_of_them_before_the_end),
		cmocka_unit_test(a_silent_worker_is_a_timeout_and_not_an_end),
		cmocka_unit_test(an_exit_status_is_reported_after_the_last_words),
		cmocka_unit_test(a_killed_worker_is_reported_and_sending_to_it_is_an_error),
		cmocka_unit_test(a_death_is_noticed_while_a_child_of_the_worker_lives_on),
		cmocka_unit_test(a_guarded_worker_survives_its_parent_and_finishes),
		cmocka_unit_test(what_a_terminal_sends_does_not_reach_the_worker),
		cmocka_unit_test(the_worker_leads_a_session_and_hands_its_pipes_to_no_program),
		cmocka_unit_test(
			a_reader_that_stopped_holds_up_nothing_and_still_gets_the_newest_line),
		cmocka_unit_test(a_worker_that_reads_nothing_does_not_hold_up_the_person),
		cmocka_unit_test(long_lines_are_cut_and_a_line_end_cannot_forge_a_second_line),
	};

	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
