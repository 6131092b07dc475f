/* Two processes at one practice PC: a program that has the clock, and a person who has hands. */
#include "simkit.h"

#include "flash/engine.h"
#include "flash/event.h"
#include "platform/host.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>

#define SPARE "[3]\ntype = cdrom\n[spareA]\ntype = cdrom\n"
#define DEAD "[1]\ntype = disk\n[3]\ntype = burner\ncontent = dead\n"
#define OFF "[pc]\non = no\n"

static struct odr_platform hands;
static char options[640], answer[2000];
static pid_t program;
static _Atomic int *shared; /* 0 until the program is ready; then what the test says */

enum { READY = 1, STOP = 2 };

static void prepare(const char *rig, const char *more)
{
	kit_folder();
	kit_write_rig(rig);
	snprintf(options, sizeof options, "rig=%s/rig.ini,state=%s/pc%s", kit_dir, kit_dir, more);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	assert_true(shared != MAP_FAILED);
}

static void wait_ready(void)
{
	for (unsigned i = 0; *shared == 0; i++) {
		assert_true(i < 20000);
		odr_host_sleep_us(1000);
	}
}

/* The program: a process with the PC, until the test ends it. */
static void start_program(void (*run)(void))
{
	*shared = 0;
	program = fork();
	assert_true(program >= 0);
	if (program == 0) {
		if (odr_sim_open(&kit, options, &kit_error) != ODR_OK)
			_exit(98);
		run();
		kit_close();
		_exit(0);
	}
	wait_ready();
}

static int ended_by(void)
{
	int status;

	assert_int_equal(waitpid(program, &status, 0), program);
	program = 0;
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static int stop_program(void)
{
	*shared = STOP;
	return ended_by();
}

static void open_hands(void)
{
	if (odr_sim_open_hands(&hands, options, &kit_error) != ODR_OK)
		fail_msg("%s", kit_error.text);
}

/* A fresh practice PC, a program on it, and the person's hands. */
static void begin(const char *rig, const char *more, void (*does)(void))
{
	prepare(rig, more);
	start_program(does);
	open_hands();
}

static enum odr_err try_hand(const char *text)
{
	memset(&kit_error, 0, sizeof kit_error);
	answer[0] = '\0';
	return hands.ops->hand(hands.self, text, answer, sizeof answer, &kit_error);
}

static void do_hand(const char *text, const char *sees)
{
	if (try_hand(text) != ODR_OK)
		fail_msg("%s: %s", text, kit_error.text);
	if (!strstr(answer, sees))
		fail_msg("%s: %s", text, answer);
}

static void expect_pc(const char *pc, const char *boots)
{
	assert_string_equal(hands.ops->fact(hands.self, "pc"), pc);
	assert_string_equal(hands.ops->fact(hands.self, "boots"), boots);
}

static int teardown(void **state)
{
	if (hands.ops)
		hands.ops->close(hands.self);
	hands.ops = NULL;
	if (program > 0) { /* the test has failed */
		kill(program, SIGKILL);
		ended_by();
	}
	munmap(shared, sizeof *shared);
	return kit_teardown(state);
}

/* ---- what programs do ---- */

static const struct odr_drive known = {
	.name = "BTC DRW1008IM",
	.labels = "DRW1008I",
	.product = "DVDRW IDE1008",
	.family = ODR_FAMILY_BTC,
};
static const struct odr_drives drives = {&known, 1};

static void let_time_pass(void)
{
	do {
		kit_wait_ms(20);
		if (!*shared)
			*shared = READY;
		odr_host_sleep_us(1000);
	} while (*shared != STOP);
}

static void stand_still(void)
{
	*shared = READY;
	while (*shared != STOP)
		odr_host_sleep_us(1000);
	kit_wait_ms(100); /* and then look for letters */
}

static void ready_when_asked(void *ctx, const char *line)
{
	(void)ctx;
	if (odr_event_is(line, "ask"))
		*shared = READY;
}

static void say_nothing(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

static void run_lines(struct odr_engine *engine, const char *const *line)
{
	for (; *line; line++)
		if (odr_engine_command(engine, *line) != ODR_EXIT_DONE)
			_exit(97);
}

/* Rescue the same drive again and again; every one must end VERIFIED. */
static void flash_until_stopped(void)
{
	static const char *const rescue[] = {
		"target secondary master DRW1008IB",
		"knock secondary master",
		"plan",
		"confirm secondary master",
		"flash",
		"hand power 3 off",
		"hand power 3 on",
		"wait 1",
		NULL,
	};
	static struct odr_engine engine;
	char folder[160], image[200];
	const char *first[] = {image, NULL};

	snprintf(folder, sizeof folder, "%s/pc", kit_dir);
	snprintf(image, sizeof image, "image %s/fw.bin", kit_dir);
	odr_engine_start(&engine, kit, folder, &drives, say_nothing, NULL);
	run_lines(&engine, first);
	*shared = READY;
	do {
		run_lines(&engine, rescue);
	} while (*shared != STOP);
	odr_engine_stop(&engine);
}

static void knock_on_the_dead(void)
{
	static const char *const knock[] = {
		"hand cable 3 off",	  "hand start", "baseline",
		"hand cable 3 on",	  "wait 3",	"target secondary master DRW1008IB",
		"knock secondary master", NULL};
	static struct odr_engine engine;
	char folder[160];

	snprintf(folder, sizeof folder, "%s/pc", kit_dir);
	odr_engine_start(&engine, kit, folder, &drives, ready_when_asked, NULL);
	run_lines(&engine, knock);
	odr_engine_stop(&engine);
}

/* ---- hands in the middle of work ---- */

static void make_image(void)
{
	const char *san = getenv("ODR_SAN");
	char command[400];

	snprintf(command, sizeof command, "%s/mkimage %s/fw.bin >/dev/null",
		 san ? san : "build/san", kit_dir);
	assert_int_equal(system(command), 0);
}

static void two_hundred_hands_in_the_middle_of_flashing_are_all_played(void **state)
{
	char one[160], other[160], compare[400];

	(void)state;
	/* Forced into its boot ROM at every power-on, so that it can be rescued again. */
	prepare("[3]\ntype = burner\nrow = vendor\ncontent = dead\n[spareA]\ntype = cdrom\n",
		",speed=max");
	make_image();
	start_program(flash_until_stopped);
	open_hands();
	for (unsigned i = 0; i < 100; i++) {
		/* Lost or doubled, and the next one is refused. */
		do_hand("power A on", "blinks");
		do_hand("power A off", "goes out");
	}
	assert_int_equal(stop_program(), 0);
	snprintf(one, sizeof one, "%s/pc/chip3.bin", kit_dir);
	snprintf(other, sizeof other, "%s/fw.bin", kit_dir);
	snprintf(compare, sizeof compare, "cmp %s %s", one, other);
	assert_int_equal(system(compare), 0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void power_switched_by_the_person_wakes_the_boot_rom_while_the_program_knocks(void **state)
{
	(void)state;
	begin(OFF DEAD, ",speed=20x", knock_on_the_dead);
	do_hand("power 3 off", "goes out");
	do_hand("power 3 on", "blinks");
	assert_int_equal(ended_by(), 0); /* the knock was answered */
}

/* ---- nobody there, or nobody who moves ---- */

static void hands_are_played_at_once_when_no_program_runs(void **state)
{
	(void)state;
	prepare(OFF DEAD, ",reboot=ends");
	open_hands();
	expect_pc("off", "0");
	do_hand("start", "hangs");
	expect_pc("hung", "1");
	do_hand("cable 3 off", "off the drive");
	do_hand("reset", "starts");
	expect_pc("on", "2");
	do_hand("mains off", "Every light");
	expect_pc("off", "2");
	assert_int_equal(try_hand("kill"), ODR_E_USAGE);
	assert_int_equal(try_hand("cable 3 off"), ODR_E_USAGE);
}

static void hands_go_on_after_the_program_was_killed_in_the_middle_of_flashing(void **state)
{
	(void)state;
	prepare("[3]\ntype = burner\nrow = vendor\ncontent = dead\n[spareA]\ntype = cdrom\n",
		",speed=max");
	make_image();
	start_program(flash_until_stopped);
	open_hands();
	do_hand("power A on", "blinks");
	do_hand("kill", "odrescue is gone");
	assert_int_equal(ended_by(), -SIGKILL);
	do_hand("power A off", "goes out");
	start_program(let_time_pass);
	do_hand("power A on", "blinks");
	kill(program, SIGKILL);
	assert_int_equal(ended_by(), -SIGKILL);
	do_hand("power A off", "goes out");
}

static void hand_that_nobody_plays_in_time_is_taken_back(void **state)
{
	(void)state;
	begin(SPARE, ",speed=max", stand_still);
	assert_int_equal(try_hand("power A on"), ODR_E_TIMEOUT);
	assert_non_null(strstr(kit_error.text, "stands still"));
	assert_int_equal(stop_program(), 0);
	do_hand("power A on", "The"); /* it was not played later */
}

/* The first word of the letter box. */
static uint32_t box_state(void)
{
	uint32_t state = 0;
	FILE *f = kit_file("hands.bin");

	assert_non_null(f);
	assert_int_equal(fread(&state, sizeof state, 1, f), 1);
	fclose(f);
	return state;
}

static void hand_sent_to_a_program_that_dies_is_played_once(void **state)
{
	int status;
	pid_t sender;

	(void)state;
	begin(SPARE, ",speed=max", stand_still);
	sender = fork();
	if (sender == 0)
		_exit(try_hand("power A on") == ODR_OK ? 0 : 1);
	while (box_state() == 0)
		odr_host_sleep_us(1000);
	kill(program, SIGKILL);
	assert_int_equal(ended_by(), -SIGKILL);
	assert_int_equal(waitpid(sender, &status, 0), sender);
	assert_int_equal(status, 0);
	do_hand("power A off", "goes out");
	start_program(let_time_pass);
	do_hand("power A on", "blinks"); /* what lay in the box was not played again */
	assert_int_equal(stop_program(), 0);
}

static void refusal_comes_back_with_its_words(void **state)
{
	(void)state;
	begin(SPARE, ",speed=max", let_time_pass);
	assert_int_equal(try_hand("cable 2 off"), ODR_E_USAGE);
	assert_non_null(strstr(kit_error.text, "of a drive that is there"));
	assert_int_equal(try_hand("cable 3 off and a sentence that is much longer than any hand "
				  "can ever be"),
			 ODR_E_USAGE);
	do_hand("power 3 off after 1 s", "waits for its moment");
	assert_int_equal(stop_program(), 0);
}

/* ---- reboot=ends ---- */

static void reset_ends_the_program_and_the_next_one_runs_on_a_started_pc(void **state)
{
	(void)state;
	begin(SPARE, ",speed=max,reboot=ends", let_time_pass);
	expect_pc("on", "1");
	do_hand("reset", "odrescue is gone");
	assert_int_equal(ended_by(), -SIGKILL);
	expect_pc("on", "2");
	assert_int_equal(odr_sim_open(&kit, options, &kit_error), ODR_OK);
	assert_string_equal(kit.ops->boot_id(kit.self), "boot-2");
	kit_select(3); /* the BIOS is through */
}

static void program_that_opens_after_a_reset_knows_at_once_that_the_pc_hangs(void **state)
{
	(void)state;
	prepare(OFF DEAD, ",speed=max,reboot=ends");
	open_hands();
	do_hand("cable 3 off", "off the drive");
	do_hand("start", "starts");
	do_hand("cable 3 on", "in the drive");
	start_program(let_time_pass);
	do_hand("reset", "odrescue is gone");
	assert_int_equal(ended_by(), -SIGKILL);
	assert_int_equal(odr_sim_open(&kit, options, &kit_error), ODR_OK);
	assert_string_equal(kit.ops->fact(kit.self, "pc"), "hung");
}

static void switching_off_ends_the_program_also_when_the_hand_waited(void **state)
{
	(void)state;
	begin(SPARE, ",speed=max,reboot=ends", let_time_pass);
	do_hand("off after 2 s", "waits for its moment");
	assert_int_equal(ended_by(), -SIGKILL);
	expect_pc("off", "1");
	start_program(let_time_pass);
	expect_pc("off", "1");
	do_hand("start", "begins to start");
	do_hand("mains off", "Every light");
	assert_int_equal(ended_by(), -SIGKILL);
}

static void without_the_option_a_reset_leaves_the_program_alone(void **state)
{
	(void)state;
	begin(SPARE, ",speed=max", let_time_pass);
	do_hand("reset", "begins to start");
	expect_pc("on", "2"); /* once */
	do_hand("off", "The PC is off");
	assert_int_equal(stop_program(), 0);
}

static void hung_pc_starts_when_the_cable_is_pulled_and_reset_pressed(void **state)
{
	(void)state;
	prepare(OFF DEAD, ",speed=max,reboot=ends");
	open_hands();
	do_hand("start", "hangs");
	start_program(let_time_pass); /* the teacher runs, though the PC hangs */
	expect_pc("hung", "1");
	do_hand("cable 3 off", "off the drive");
	expect_pc("hung", "1");
	do_hand("reset", "dark, and the PC starts again");
	assert_int_equal(ended_by(), -SIGKILL);
	start_program(let_time_pass);
	expect_pc("on", "2");
	assert_int_equal(stop_program(), 0);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_hundred_hands_in_the_middle_of_flashing_are_all_played),
		TEST(power_switched_by_the_person_wakes_the_boot_rom_while_the_program_knocks),
		TEST(hands_are_played_at_once_when_no_program_runs),
		TEST(hands_go_on_after_the_program_was_killed_in_the_middle_of_flashing),
		TEST(hand_that_nobody_plays_in_time_is_taken_back),
		TEST(hand_sent_to_a_program_that_dies_is_played_once),
		TEST(refusal_comes_back_with_its_words),
		TEST(reset_ends_the_program_and_the_next_one_runs_on_a_started_pc),
		TEST(program_that_opens_after_a_reset_knows_at_once_that_the_pc_hangs),
		TEST(switching_off_ends_the_program_also_when_the_hand_waited),
		TEST(without_the_option_a_reset_leaves_the_program_alone),
		TEST(hung_pc_starts_when_the_cable_is_pulled_and_reset_pressed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
