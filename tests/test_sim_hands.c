/* The hands of the practice PC's person, and that the rig outlives the program. */
#include "simkit.h"

#include <signal.h>
#include <sys/wait.h>

#define DEAD                                                                                     \
	"[pc]\non = no\n[1]\ntype = disk\n[3]\ntype = burner\ncontent = dead\n[spareA]\ntype = " \
	"cdrom\n"

static struct odr_snapshot shot;

static void scan(unsigned ask)
{
	if (kit.ops->scan(kit.self, ask, &shot, &kit_error) != ODR_OK)
		fail_msg("%s", kit_error.text);
}

static enum odr_state state_at(unsigned position)
{
	return shot.place[position - 1].state;
}

static void refuse_hand(const char *text)
{
	enum odr_err err = kit.ops->hand(kit.self, text, kit_answer, sizeof kit_answer, &kit_error);

	if (err != ODR_E_USAGE)
		fail_msg("%s was possible", text);
	assert_true(kit_error.text[0] != '\0');
}

/* Play a hand that ends the process, in a child; the signal that ended it. */
static int die_by(const char *text, uint32_t then_wait_ms)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		kit.ops->hand(kit.self, text, kit_answer, sizeof kit_answer, NULL);
		kit.ops->wait_ms(kit.self, then_wait_ms);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void pc_with_a_stuck_drive_hangs_until_its_cable_is_pulled_and_reset_pressed(void **state)
{
	(void)state;
	kit_open(DEAD);
	kit_hand("start");
	assert_int_equal(kit.ops->scan(kit.self, 0, &shot, &kit_error), ODR_E_REFUSED);
	assert_non_null(strstr(kit_error.text, "hangs"));
	assert_null(kit.ops->ports(kit.self, 3, &kit_error));
	kit_hand("cable 3 off");
	assert_int_equal(kit.ops->scan(kit.self, 0, &shot, &kit_error), ODR_E_REFUSED);
	kit_hand("reset");
	scan(0);
	assert_int_equal(state_at(3), ODR_EMPTY);
}

static void stuck_drive_plugged_into_a_running_pc_does_not_hang_it(void **state)
{
	(void)state;
	kit_open(DEAD);
	kit_hand("cable secondary master off");
	kit_hand("start");
	kit_hand("cable secondary master on");
	kit_wait_ms(3000);
	scan(0);
	assert_int_equal(state_at(3), ODR_BUSY);
	assert_int_equal(state_at(1), ODR_DISK);
}

static void boot_id_changes_with_every_start_and_reset(void **state)
{
	char first[40];

	(void)state;
	kit_open("");
	strcpy(first, kit.ops->boot_id(kit.self));
	assert_string_equal(first, "boot-1");
	kit_hand("reset");
	assert_string_equal(kit.ops->boot_id(kit.self), "boot-2");
	kit_hand("off");
	kit_hand("start");
	assert_string_equal(kit.ops->boot_id(kit.self), "boot-3");
}

static void impossible_hands_are_refused_in_words(void **state)
{
	(void)state;
	kit_open(DEAD);
	refuse_hand("cable 2 off");
	refuse_hand("cable 3 on");
	refuse_hand("power 3 on");
	refuse_hand("off");
	refuse_hand("reset");
	refuse_hand("attach B 4");
	refuse_hand("attach A 3");
	refuse_hand("detach 4");
	refuse_hand("cable 5 off");
	refuse_hand("cable");
	refuse_hand("");
	refuse_hand("sing");
	refuse_hand("cable 3 off off off off off off off off off off off");
	kit_hand("start");
	refuse_hand("start");
}

static void jumper_counts_when_the_drive_gets_power_or_is_reset(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_hand("jumper 3 slave");
	kit_wait_ms(3000);
	scan(ODR_MASK_ALL);
	assert_int_equal(state_at(3), ODR_ALIVE);
	kit_hand("power 3 off");
	kit_hand("power 3 on");
	kit_wait_ms(4000);
	scan(ODR_MASK_ALL);
	assert_int_equal(state_at(4), ODR_ALIVE);
	assert_int_not_equal(state_at(3), ODR_ALIVE);
	kit_hand("jumper 3 master");
	kit_hand("reset");
	scan(ODR_MASK_ALL);
	assert_int_equal(state_at(3), ODR_ALIVE);
}

static void attached_spare_answers_and_a_detached_drive_does_not(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n[spareA]\ntype = cdrom\nproduct = CD-ROM 8X\n");
	kit_hand("attach spareA 4");
	kit_wait_ms(5000);
	scan(ODR_MASK_ALL);
	assert_string_equal(shot.place[3].product, "CD-ROM 8X");
	kit_hand("detach 3");
	kit_hand("swap 4 3");
	kit_wait_ms(5000);
	scan(ODR_MASK_ALL);
	assert_string_equal(shot.place[3].product, "CD-ROM 52X");
	assert_int_not_equal(state_at(3), ODR_ALIVE);
}

static void spare_that_has_power_on_the_table_is_hung_when_it_gets_the_cable(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n[spareA]\ntype = burner\ncontent = dead\n");
	kit_hand("power A on");
	kit_wait_ms(5000);
	kit_hand("swap 3 A");
	kit_wait_ms(3000);
	scan(0);
	assert_int_equal(state_at(3), ODR_BUSY);
	assert_int_equal(shot.place[2].status, 0xD0);
}

static void queued_hand_moves_at_its_time(void **state)
{
	uint64_t begin;

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_select(3);
	begin = kit.ops->now_us(kit.self);
	kit_hand("power 3 off after 1500 ms");
	while (alternate() != 0x7F)
		;
	assert_int_equal((kit.ops->now_us(kit.self) - begin) / 1000, 1500);
}

static void queued_hand_moves_at_its_event(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	kit_wait_ms(1000);
	kit_hand("power 4 off on packet 2");
	kit_select(3);
	scan(ODR_MASK(3));
	out(6, 0xB0);
	assert_int_equal(alternate() & 0x80, 0);
	assert_int_not_equal(alternate(), 0x7F);
	scan(ODR_MASK(3));
	scan(0);
	assert_int_equal(state_at(4), ODR_ABSENT);
}

static void hand_that_waits_for_the_bios_inside_a_wait_never_turns_the_clock_back(void **state)
{
	uint64_t before;

	(void)state;
	kit_open("");
	before = kit.ops->now_us(kit.self);
	kit_hand("reset after 1 s");
	kit_wait_ms(1500);
	assert_true(kit.ops->now_us(kit.self) >= before + 9000000); /* 1 s and a boot of 8 s */
}

static void seventeenth_waiting_hand_is_one_too_many(void **state)
{
	unsigned i;

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	for (i = 0; i < 16; i++)
		kit_hand("power 3 off on vendor");
	refuse_hand("power 3 off on vendor");
}

static void killed_program_leaves_the_rig_as_it_was_in_that_moment(void **state)
{
	uint64_t before;

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_hand("jumper 3 slave");
	before = kit.ops->now_us(kit.self);
	assert_int_equal(die_by("kill after 7 s", 60000), SIGKILL);
	kit_close();
	assert_int_equal(kit_reopen(""), ODR_OK);
	assert_int_equal((kit.ops->now_us(kit.self) - before) / 1000, 7000);
	assert_string_equal(kit.ops->boot_id(kit.self), "boot-1");
	scan(ODR_MASK_ALL);
	assert_int_equal(state_at(3), ODR_ALIVE);
}

static void mains_failure_takes_pc_and_program(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	assert_int_equal(die_by("mains off", 0), SIGKILL);
	kit_close();
	assert_int_equal(kit_reopen(""), ODR_OK);
	assert_int_equal(kit.ops->scan(kit.self, 0, &shot, &kit_error), ODR_E_REFUSED);
	kit_hand("start");
	scan(ODR_MASK_ALL);
	assert_int_equal(state_at(3), ODR_ALIVE);
}

static void second_program_cannot_lock_the_same_machine(void **state)
{
	int status;
	pid_t child;

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	assert_int_equal(kit.ops->lock(kit.self, 0, &kit_error), ODR_OK);
	child = fork();
	if (child == 0) {
		kit_close(); /* what a fork shares is not a second program's */
		_exit(kit_reopen("") == ODR_OK &&
				      kit.ops->lock(kit.self, 20, &kit_error) == ODR_E_REFUSED
			      ? 0
			      : 1);
	}
	waitpid(child, &status, 0);
	assert_int_equal(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
	kit.ops->unlock(kit.self);
	assert_int_equal(kit.ops->lock(kit.self, 0, &kit_error), ODR_OK);
}

static void hand_queued_by_a_second_program_moves_in_the_first(void **state)
{
	pid_t child;

	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	kit_select(3);
	child = fork();
	if (child == 0) {
		kit_close();
		kit_reopen("");
		kit_hand("power 3 off on packet 1");
		_exit(0);
	}
	while (waitpid(child, NULL, WNOHANG) == 0)
		kit_wait_ms(20); /* it is the first that plays it */
	assert_int_equal(alternate(), 0x50);
	scan(ODR_MASK(3));
	assert_int_equal(alternate(), 0x7F);
}

static void position_that_does_not_exist_is_refused(void **state)
{
	struct odr_place place;

	(void)state;
	kit_open("");
	assert_null(kit.ops->ports(kit.self, 0, &kit_error));
	assert_int_equal(kit_error.code, ODR_E_NO_DEVICE);
	assert_int_equal(kit.ops->watch(kit.self, 9, 1000, &place, &kit_error), ODR_E_NO_DEVICE);
}

/* ---- files ---- */

static int open_file(const char *name, enum odr_file_mode mode)
{
	char path[160];
	int handle;

	snprintf(path, sizeof path, "%s/%s", kit_dir, name);
	return kit.ops->file_open(kit.self, path, mode, &handle, &kit_error) == ODR_OK ? handle
										       : -1;
}

static void disk_is_full_write_protected_or_gone_as_the_hand_says(void **state)
{
	uint64_t space;
	char byte;
	uint32_t got;
	int h;

	(void)state;
	kit_open("");
	h = open_file("a", ODR_FILE_APPEND);
	assert_int_equal(kit.ops->file_append(kit.self, h, "x", 1, &kit_error), ODR_OK);
	kit_hand("disk full");
	assert_int_equal(kit.ops->file_append(kit.self, h, "x", 1, &kit_error), ODR_E_SPACE);
	assert_int_equal(kit.ops->folder_space(kit.self, kit_dir, &space, &kit_error), ODR_OK);
	assert_int_equal(space, 0);
	kit_hand("disk readonly");
	assert_int_equal(open_file("b", ODR_FILE_CREATE), -1);
	assert_int_equal(kit.ops->file_read_at(kit.self, h, 0, &byte, 1, &got, &kit_error), ODR_OK);
	kit_hand("disk gone");
	assert_int_equal(kit.ops->file_read_at(kit.self, h, 0, &byte, 1, &got, &kit_error),
			 ODR_E_SPACE);
	assert_int_equal(open_file("a", ODR_FILE_READ), -1);
	kit_hand("disk ok");
	assert_int_equal(kit.ops->file_append(kit.self, h, "x", 1, &kit_error), ODR_OK);
	kit.ops->file_close(kit.self, h);
}

static void file_goes_bad_or_changes_while_it_is_open(void **state)
{
	char bytes[4];
	uint32_t got;
	int h;

	(void)state;
	kit_open("");
	h = open_file("fw.bin", ODR_FILE_APPEND);
	kit.ops->file_append(kit.self, h, "abcd", 4, &kit_error);
	kit_hand("file fw.bin bad 2");
	assert_int_equal(kit.ops->file_read_at(kit.self, h, 0, bytes, 2, &got, &kit_error), ODR_OK);
	assert_int_equal(kit.ops->file_read_at(kit.self, h, 0, bytes, 3, &got, &kit_error),
			 ODR_E_FILE);
	kit_hand("file fw.bin ok");
	kit_hand("file fw.bin changed");
	assert_int_equal(kit.ops->file_read_at(kit.self, h, 0, bytes, 4, &got, &kit_error), ODR_OK);
	assert_memory_equal(bytes,
			    "\x9e"
			    "bcd",
			    4);
	kit_hand("file fw.bin ok");
	kit.ops->file_read_at(kit.self, h, 0, bytes, 4, &got, &kit_error);
	assert_memory_equal(bytes, "abcd", 4);
	kit.ops->file_close(kit.self, h);
	refuse_hand("file fw.bin eaten");
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pc_with_a_stuck_drive_hangs_until_its_cable_is_pulled_and_reset_pressed),
		TEST(stuck_drive_plugged_into_a_running_pc_does_not_hang_it),
		TEST(boot_id_changes_with_every_start_and_reset),
		TEST(impossible_hands_are_refused_in_words),
		TEST(jumper_counts_when_the_drive_gets_power_or_is_reset),
		TEST(attached_spare_answers_and_a_detached_drive_does_not),
		TEST(spare_that_has_power_on_the_table_is_hung_when_it_gets_the_cable),
		TEST(queued_hand_moves_at_its_time),
		TEST(queued_hand_moves_at_its_event),
		TEST(hand_that_waits_for_the_bios_inside_a_wait_never_turns_the_clock_back),
		TEST(seventeenth_waiting_hand_is_one_too_many),
		TEST(killed_program_leaves_the_rig_as_it_was_in_that_moment),
		TEST(mains_failure_takes_pc_and_program),
		TEST(second_program_cannot_lock_the_same_machine),
		TEST(hand_queued_by_a_second_program_moves_in_the_first),
		TEST(position_that_does_not_exist_is_refused),
		TEST(disk_is_full_write_protected_or_gone_as_the_hand_says),
		TEST(file_goes_bad_or_changes_while_it_is_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
