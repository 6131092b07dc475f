/* The channels panel: what it sees without a key, when it says so, and what it never does. */
#include "simkit.h"

#include "flash/engine.h"
#include "flash/event.h"
#include "flash/panel.h"
#include "platform/host.h"
#include "platform/linux/worker.h"

#include <signal.h>

#define DISK "[1]\ntype = disk\nproduct = WDC WD800\n"
#define DEAD "[3]\ntype = burner\ncontent = dead\ncable = no\n"
#define CDROM "[3]\ntype = cdrom\n"

static struct odr_engine engine;
static char said[64][ODR_EVENT_MAX]; /* since the last forget() */
static uint64_t said_at[64];
static unsigned lines;

static void hear(void *ctx, const char *line)
{
	(void)ctx;
	assert_true(lines < 64);
	snprintf(said[lines], sizeof said[0], "%s", line);
	said_at[lines++] = kit.ops->now_us(kit.self);
}

static void forget(void)
{
	lines = 0;
}

static void open_engine(void)
{
	static const struct odr_drives none;
	char folder[160];

	snprintf(folder, sizeof folder, "%s/pc", kit_dir);
	odr_engine_start(&engine, kit, folder, &none, hear, NULL);
	forget();
}

static void idle_ms(uint32_t ms)
{
	for (; ms >= 250; ms -= 250) {
		kit_wait_ms(250);
		odr_panel_tick(&engine);
	}
}

static void start(const char *rig)
{
	kit_open(rig);
	open_engine();
	odr_panel_tick(&engine);
	forget();
}

static void command(const char *line)
{
	assert_int_equal(odr_engine_command(&engine, line), ODR_EXIT_DONE);
	forget();
}

/* The first event of this kind from `from` that holds the text; fails when there is none. */
static unsigned expect(unsigned from, const char *kind, const char *text)
{
	for (unsigned i = from; i < lines; i++)
		if (odr_event_is(said[i], kind) && strstr(said[i], text))
			return i;
	for (unsigned i = 0; i < lines; i++)
		print_message("%s\n", said[i]);
	fail_msg("no %s with %s", kind, text);
	return 0;
}

static unsigned count(const char *kind)
{
	unsigned n = 0;

	for (unsigned i = 0; i < lines; i++)
		n += odr_event_is(said[i], kind);
	return n;
}

/* ---- what it sees ---- */

static void first_tick_tells_the_pc_and_all_four_places(void **state)
{
	(void)state;
	kit_open(DISK CDROM);
	open_engine();
	odr_panel_tick(&engine);
	expect(0, "pc", "state=\"on\" boots=1");
	assert_int_equal(count("place"), 4);
	expect(0, "place", "position=1 at=\"primary master\" state=\"hard disk\"");
	expect(0, "place", "position=3");
	assert_int_equal(count("moving"), 0);
	forget();
	idle_ms(60000);
	assert_int_equal(lines, 0); /* nothing moves: nothing is said */
}

static void plugged_drive_is_seen_at_once_and_looked_at_after_a_quiet_of_3_s(void **state)
{
	uint64_t plugged;
	unsigned moving, place;

	(void)state;
	start(DISK DEAD);
	command("baseline");
	kit_hand("cable 3 on");
	plugged = kit.ops->now_us(kit.self);
	idle_ms(10000);
	moving = expect(0, "moving", "channel=\"secondary\" status=d0");
	assert_true(said_at[moving] - plugged <= 260000);
	place = expect(0, "place", "position=3 at=\"secondary master\" state=\"stuck busy\"");
	assert_true(said_at[place] - plugged >= 3000000);
	assert_true(said_at[place] - plugged <= 7000000);
	expect(place, "place", "settled=0");
	assert_int_equal(count("change"), 0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void busy_drive_is_settled_after_31_s_and_then_the_change_is_told(void **state)
{
	uint64_t plugged;
	unsigned change;

	(void)state;
	start(DISK DEAD);
	command("baseline");
	kit_hand("cable 3 on");
	plugged = kit.ops->now_us(kit.self);
	idle_ms(29000);
	assert_int_equal(count("change"), 0);
	idle_ms(10000);
	change =
		expect(0, "change", "primary=0 secondary=1 position=3 kind=\"appeared\" settled=1");
	assert_true(said_at[change] - plugged >= 31000000);
	expect(0, "place",
	       "position=3 at=\"secondary master\" state=\"stuck busy\" status=d0 "
	       "mirrored=1 settled=1");
	forget();
	idle_ms(60000);
	assert_int_equal(lines, 0);
}

static void drive_that_starts_is_settled_as_soon_as_it_says_its_name(void **state)
{
	uint64_t plugged;
	unsigned change;

	(void)state;
	start(DISK "[3]\ntype = cdrom\npower = no\nstart_ms = 8000\n");
	command("baseline");
	kit_hand("power 3 on");
	plugged = kit.ops->now_us(kit.self);
	idle_ms(25000);
	expect(0, "place", "settled=0");
	expect(0, "place", "name=\"ACME CD-ROM 52X\" revision=\"1.00\" settled=1");
	change = expect(0, "change", "position=3 kind=\"appeared\"");
	assert_true(said_at[change] - plugged < 20000000);
	assert_int_equal(count("change"), 1);
}

static void pulled_drive_has_vanished_and_another_one_is_renamed(void **state)
{
	(void)state;
	start(DISK CDROM "[spareA]\ntype = cdrom\nproduct = CD-ROM 8X\n");
	command("baseline");
	kit_hand("cable 3 off");
	idle_ms(8000);
	expect(0, "moving", "status=7f");
	expect(0, "place", "position=3 at=\"secondary master\" state=\"empty\"");
	expect(0, "change", "primary=0 secondary=1 position=3 kind=\"vanished\"");
	forget();
	kit_hand("swap 3 A");
	idle_ms(20000);
	expect(0, "place", "CD-ROM 8X");
	expect(0, "change", "primary=0 secondary=1 position=3 kind=\"renamed\"");
	forget();
	kit_hand("swap 3 3");
	idle_ms(20000);
	expect(0, "change", "primary=0 secondary=0 position=0 kind=\"none\"");
}

static void name_that_a_dead_drive_takes_the_place_of_has_vanished(void **state)
{
	(void)state;
	start(DISK CDROM "[spareA]\ntype = burner\ncontent = dead\n");
	command("baseline");
	kit_hand("swap 3 A");
	idle_ms(40000);
	expect(0, "change", "primary=0 secondary=1 position=3 kind=\"vanished\"");
}

static void both_channels_are_told_when_both_have_changed(void **state)
{
	(void)state;
	start("[1]\ntype = cdrom\n" CDROM);
	command("baseline");
	kit_hand("cable 1 off");
	kit_hand("cable 3 off");
	idle_ms(8000);
	expect(0, "moving", "channel=\"primary\"");
	expect(0, "moving", "channel=\"secondary\"");
	expect(0, "change", "primary=1 secondary=1 position=1 kind=\"vanished\"");
}

static void without_a_baseline_there_is_no_change_to_tell(void **state)
{
	(void)state;
	start(DISK CDROM);
	kit_hand("cable 3 off");
	idle_ms(8000);
	expect(0, "place", "position=3");
	assert_int_equal(count("change"), 0);
	command("baseline");
	kit_hand("reset"); /* void: another start of the PC */
	kit_hand("cable 3 on");
	idle_ms(20000);
	assert_int_equal(count("change"), 0);
}

static void each_bounce_of_the_plug_begins_the_quiet_anew(void **state)
{
	uint64_t last;

	(void)state;
	start(DISK DEAD);
	kit_hand("cable 3 on");
	idle_ms(2000);
	kit_hand("cable 3 off");
	idle_ms(2000);
	kit_hand("cable 3 on");
	last = kit.ops->now_us(kit.self);
	idle_ms(10000);
	assert_true(said_at[expect(0, "place", "position=3")] - last >= 3000000);
	assert_int_equal(count("moving"), 3);
	assert_int_equal(kit_wrongs(""), 0);
}

static void hand_in_the_middle_of_a_scan_is_not_missed(void **state)
{
	(void)state;
	start(DISK DEAD);
	kit_hand("cable 3 on");
	/* The scan begins at 3.25 s, and gives each of the two positions a second to come to rest. */
	kit_hand("cable 3 off after 4800 ms");
	idle_ms(20000);
	expect(expect(0, "place", "position=3 at=\"secondary master\" state=\"stuck busy\"") + 1,
	       "place", "position=3 at=\"secondary master\" state=\"empty\" status=7f settled=1");
}

static void what_a_command_told_is_not_told_again_and_not_contradicted(void **state)
{
	(void)state;
	start(DISK CDROM);
	kit_hand("cable 3 off");
	kit_wait_ms(3000);
	command("scan"); /* tells that 3 is empty */
	kit_hand("cable 3 on");
	idle_ms(20000);
	expect(0, "place", "position=3 at=\"secondary master\" state=\"alive\"");
}

/* ---- the PC ---- */

static void pc_that_is_switched_off_or_hangs_is_told_and_not_scanned(void **state)
{
	(void)state;
	start(DISK DEAD);
	kit_hand("off");
	kit_hand("cable 3 on");
	idle_ms(5000);
	expect(0, "pc", "state=\"off\" boots=1");
	assert_int_equal(count("place"), 0);
	forget();
	kit_hand("start");
	idle_ms(5000);
	expect(0, "pc", "state=\"hung\" boots=2");
	assert_int_equal(count("place"), 0);
	forget();
	kit_hand("cable 3 off");
	kit_hand("reset");
	idle_ms(1000);
	expect(0, "pc", "state=\"on\" boots=3");
	assert_int_equal(count("place"), 4); /* another start: all of them */
}

/* ---- what it never does ---- */

/* The trace from byte `from` on holds nothing but this kind of line. */
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

static void nothing_at_all_is_done_in_vendor_mode_or_while_frozen(void **state)
{
	uint64_t accesses;

	(void)state;
	start(DISK CDROM);
	engine.in_vendor_mode = true;
	kit_hand("cable 3 off");
	accesses = kit.ops->now_us(kit.self);
	odr_panel_tick(&engine);
	engine.in_vendor_mode = false;
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
		TEST(first_tick_tells_the_pc_and_all_four_places),
		TEST(plugged_drive_is_seen_at_once_and_looked_at_after_a_quiet_of_3_s),
		TEST(busy_drive_is_settled_after_31_s_and_then_the_change_is_told),
		TEST(drive_that_starts_is_settled_as_soon_as_it_says_its_name),
		TEST(pulled_drive_has_vanished_and_another_one_is_renamed),
		TEST(name_that_a_dead_drive_takes_the_place_of_has_vanished),
		TEST(both_channels_are_told_when_both_have_changed),
		TEST(without_a_baseline_there_is_no_change_to_tell),
		TEST(each_bounce_of_the_plug_begins_the_quiet_anew),
		TEST(hand_in_the_middle_of_a_scan_is_not_missed),
		TEST(what_a_command_told_is_not_told_again_and_not_contradicted),
		TEST(pc_that_is_switched_off_or_hangs_is_told_and_not_scanned),
		TEST(watching_writes_nothing_and_reads_the_alternate_status_only),
		TEST(stuck_busy_drive_is_asked_nothing),
		TEST(nothing_at_all_is_done_in_vendor_mode_or_while_frozen),
		TEST(keys_and_hands_never_wait_for_a_worker_that_is_busy_for_31_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
