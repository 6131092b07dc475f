/* The channels panel: what it never does, and that nobody waits for it. */
#include "panelkit.h"

#include "platform/host.h"
#include "platform/linux/worker.h"

#include <signal.h>

static long trace_size(void)
{
	long size;
	FILE *f = kit_file("trace");

	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	fclose(f);
	return size;
}

/* How many lines of the trace from byte `from` on begin like this. */
static unsigned trace_lines(long from, const char *begins)
{
	char line[32];
	unsigned n = 0;
	FILE *f = kit_file("trace");

	assert_non_null(f);
	fseek(f, from, SEEK_SET);
	while (fgets(line, sizeof line, f))
		n += strncmp(line, begins, strlen(begins)) == 0;
	fclose(f);
	return n;
}

static void start_traced(const char *rig)
{
	char more[200];

	kit_open(rig);
	kit_close();
	snprintf(more, sizeof more, ",trace=%s/pc/trace", kit_dir);
	assert_int_equal(kit_reopen(more), ODR_OK);
	open_engine();
	odr_panel_tick(&engine);
	forget();
}

/* Closing writes the trace out. */
static long traced_so_far(void)
{
	char more[200];

	kit_close();
	snprintf(more, sizeof more, ",trace=%s/pc/trace", kit_dir);
	assert_int_equal(kit_reopen(more), ODR_OK);
	return trace_size();
}

static void watching_writes_nothing_and_reads_the_alternate_status_only(void **state)
{
	long from;

	(void)state;
	start_traced(DISK DEAD);
	from = traced_so_far();
	idle_ms(30000);
	kit_hand("cable 3 on");
	idle_ms(3000); /* the first tick after that would look */
	assert_int_equal(count("moving"), 1);
	assert_int_equal(count("place"), 0);
	traced_so_far();
	assert_int_equal(trace_lines(from, "o "), 0);
	assert_int_equal(trace_lines(from, "I ") + trace_lines(from, "O "), 0);
	assert_true(trace_lines(from, "i 376") >= 120);
	assert_int_equal(trace_lines(from, "i "),
			 trace_lines(from, "i 376") + trace_lines(from, "i 3F6"));
}

static void stuck_busy_drive_is_asked_nothing(void **state)
{
	long from;

	(void)state;
	start_traced(DISK DEAD);
	from = traced_so_far();
	kit_hand("cable 3 on");
	idle_ms(60000);
	expect(0, "place", "settled=1");
	traced_so_far();
	assert_int_equal(trace_lines(from, "o 177"), 0); /* no command */
	assert_true(trace_lines(from, "o 176") > 0);	 /* but it was looked at */
}

static void drive_in_flash_mode_is_only_glanced_at(void **state)
{
	long from;

	(void)state;
	start_traced(DISK ROM);
	command("target 3");
	command("knock 3");
	from = traced_so_far();
	idle_ms(30000);
	traced_so_far();
	assert_int_equal(lines, 0);
	assert_true(trace_lines(from, "i 376") >= 120);
	assert_int_equal(trace_lines(from, "i "),
			 trace_lines(from, "i 376") + trace_lines(from, "i 3F6"));
	assert_int_equal(trace_lines(from, "o "), 0);
	assert_int_equal(trace_lines(from, "I ") + trace_lines(from, "O "), 0);
}

static void nothing_at_all_is_done_while_frozen(void **state)
{
	uint64_t accesses;

	(void)state;
	start(DISK CDROM);
	kit_hand("cable 3 off");
	accesses = kit.ops->now_us(kit.self);
	engine.frozen = true;
	odr_panel_tick(&engine);
	assert_int_equal(kit.ops->now_us(kit.self) - accesses, 1); /* asking the time itself */
	assert_int_equal(lines, 0);
	engine.frozen = false;
	idle_ms(8000); /* and afterwards it is seen */
	expect(0, "place", "position=3 at=\"secondary master\" state=\"empty\"");
}

/* ---- the person's side ---- */

static void serve_a_long_watch(struct odr_worker *w, void *arg)
{
	char line[ODR_WORKER_LINE_MAX], options[640];
	struct odr_platform pc;
	struct odr_place place;

	(void)arg;
	snprintf(options, sizeof options, "rig=%s/rig.ini,state=%s/pc,speed=1x", kit_dir, kit_dir);
	if (odr_sim_open(&pc, options, NULL) != ODR_OK)
		return;
	odr_worker_emit(w, "begins");
	pc.ops->watch(pc.self, 3, 31000, &place, NULL);
	odr_worker_emit(w, "ends");
	odr_worker_read(w, line, sizeof line, -1);
}

static void keys_and_hands_never_wait_for_a_worker_that_is_busy_for_31_s(void **state)
{
	static struct odr_worker worker;
	struct odr_platform hands;
	char options[640], line[100], answer[200];
	uint64_t begin;
	int keys[2];

	(void)state;
	kit_open(DISK DEAD "[spareA]\ntype = cdrom\n");
	kit_close();
	snprintf(options, sizeof options, "rig=%s/rig.ini,state=%s/pc", kit_dir, kit_dir);
	assert_int_equal(pipe(keys), 0);
	assert_int_equal(odr_worker_start(&worker, serve_a_long_watch, NULL, NULL), ODR_OK);
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, 20000), ODR_WORKER_LINE);
	begin = odr_host_now_us();
	assert_int_equal(odr_host_wait(keys[0], odr_worker_fd(&worker), 10), 0);
	assert_int_equal(write(keys[1], "x", 1), 1);
	assert_int_equal(odr_host_wait(keys[0], odr_worker_fd(&worker), 30000), ODR_HOST_KEYS);
	assert_int_equal(odr_worker_send(&worker, "scan", NULL), ODR_OK);
	assert_int_equal(odr_sim_open_hands(&hands, options, NULL), ODR_OK);
	assert_int_equal(hands.ops->hand(hands.self, "power A on", answer, sizeof answer, NULL),
			 ODR_OK);
	hands.ops->close(hands.self);
	assert_true(odr_host_now_us() - begin < 15000000); /* it watches on for 31 s */
	assert_int_equal(odr_worker_next(&worker, line, sizeof line, 0), ODR_WORKER_TIMEOUT);
	kill(worker.pid, SIGKILL);
	odr_worker_close(&worker, NULL, 0);
	close(keys[0]);
	close(keys[1]);
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(watching_writes_nothing_and_reads_the_alternate_status_only),
		TEST(stuck_busy_drive_is_asked_nothing),
		TEST(drive_in_flash_mode_is_only_glanced_at),
		TEST(nothing_at_all_is_done_while_frozen),
		TEST(keys_and_hands_never_wait_for_a_worker_that_is_busy_for_31_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
