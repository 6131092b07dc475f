/* platform/host.h on Linux: files, staging, the shield against signals, time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "platform/host.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Every test works in an empty folder of its own, which is also the current one. */
static int enter_folder(void **state)
{
	char *dir = strdup("/tmp/odr-host-XXXXXX");

	*state = dir;
	return mkdtemp(dir) && chdir(dir) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	char command[64];

	snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
	free(*state);
	return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void a_created_file_is_read_back_through_its_own_handle(void **state)
{
	int handle = -1;
	char buf[16] = "";
	uint32_t got = 0;
	uint64_t bytes = 0;

	(void)state;
	assert_int_equal(odr_host_open("new", ODR_FILE_CREATE, &handle, NULL), ODR_OK);
	assert_int_equal(odr_host_append(handle, "one ", 4, NULL), ODR_OK);
	assert_int_equal(odr_host_append(handle, "two", 3, NULL), ODR_OK);
	assert_int_equal(odr_host_sync(handle, NULL), ODR_OK);
	assert_int_equal(odr_host_size(handle, &bytes, NULL), ODR_OK);
	assert_int_equal(bytes, 7);
	assert_int_equal(odr_host_read_at(handle, 4, buf, sizeof buf, &got, NULL), ODR_OK);
	assert_int_equal(got, 3);
	assert_memory_equal(buf, "two", 3);
	assert_int_equal(fcntl(handle, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	odr_host_close(handle);
	assert_int_equal(fcntl(handle, F_GETFD), -1);
}

static void create_never_overwrites_a_file(void **state)
{
	struct odr_error e = {0};
	int handle = -1;

	(void)state;
	write_file("backup", "precious");
	assert_int_equal(odr_host_open("backup", ODR_FILE_CREATE, &handle, &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "backup"));
	assert_int_equal(handle, -1);
}

static void append_makes_a_missing_file_and_continues_an_old_one(void **state)
{
	int handle = -1;
	char buf[8] = "";
	uint32_t got = 0;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(odr_host_open("log", ODR_FILE_APPEND, &handle, NULL), ODR_OK);
		assert_int_equal(odr_host_append(handle, i ? "b" : "a", 1, NULL), ODR_OK);
		odr_host_close(handle);
	}
	assert_int_equal(odr_host_open("log", ODR_FILE_READ, &handle, NULL), ODR_OK);
	assert_int_equal(odr_host_read_at(handle, 0, buf, sizeof buf, &got, NULL), ODR_OK);
	odr_host_close(handle);
	assert_int_equal(got, 2);
	assert_memory_equal(buf, "ab", 2);
}

static void a_missing_folder_is_made_but_only_one_level_of_it(void **state)
{
	uint64_t bytes = 0;
	int handle = -1;

	(void)state;
	assert_int_equal(odr_host_open("state/journal", ODR_FILE_CREATE, &handle, NULL), ODR_OK);
	odr_host_close(handle);
	assert_int_equal(odr_host_open("a/b/journal", ODR_FILE_CREATE, &handle, NULL), ODR_E_FILE);
	assert_int_equal(access("a", F_OK), -1);
	assert_int_equal(odr_host_space("room", &bytes, NULL), ODR_OK);
	assert_true(bytes > 0);
	assert_int_equal(access("room", F_OK), 0);
	assert_int_equal(odr_host_space("c/d", &bytes, NULL), ODR_E_FILE);
}

static void only_plain_files_are_opened(void **state)
{
	static const char *const special[] = {"folder", "pipe", "/dev/null", "link"};
	struct odr_error e;
	int handle = -1;

	(void)state;
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(symlink("/dev/zero", "link"), 0);
	for (int i = 0; i < 4; i++) {
		memset(&e, 0, sizeof e);
		assert_int_equal(odr_host_open(special[i], ODR_FILE_READ, &handle, &e), ODR_E_FILE);
		assert_non_null(strstr(e.text, "not a plain file"));
		assert_int_equal(odr_host_open(special[i], ODR_FILE_APPEND, &handle, NULL),
				 ODR_E_FILE);
	}
	assert_int_equal(odr_host_open("missing", ODR_FILE_READ, &handle, NULL), ODR_E_FILE);
	assert_int_equal(handle, -1);
}

static void a_removed_file_is_gone_and_a_missing_one_is_an_error(void **state)
{
	(void)state;
	write_file("old", "x");
	assert_int_equal(odr_host_remove("old", NULL), ODR_OK);
	assert_int_equal(access("old", F_OK), -1);
	assert_int_equal(odr_host_remove("old", NULL), ODR_E_FILE);
}

static void a_write_that_finds_no_room_says_so(void **state)
{
	struct rlimit before;
	struct rlimit tight;
	struct odr_error e = {0};
	int handle = -1;

	(void)state;
	assert_int_equal(odr_host_open("big", ODR_FILE_CREATE, &handle, NULL), ODR_OK);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	tight = before;
	tight.rlim_cur = 4;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	assert_int_equal(odr_host_append(handle, "12345678", 8, &e), ODR_E_SPACE);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(e.code, ODR_E_SPACE);
	odr_host_close(handle);
}

static void a_path_too_long_is_refused_in_words(void **state)
{
	char path[3000];
	struct odr_error e = {0};
	int handle = -1;

	(void)state;
	memset(path, 'x', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	assert_int_equal(odr_host_open(path, ODR_FILE_CREATE, &handle, &e), ODR_E_FILE);
	assert_non_null(strstr(e.text, "longer"));
}

static void staging_is_erased_flash_and_grows_anew(void **state)
{
	uint8_t *stage = odr_host_stage(65536, NULL);
	struct odr_error e = {0};

	(void)state;
	assert_non_null(stage);
	assert_int_equal(stage[0], 0xFF);
	assert_int_equal(stage[65535], 0xFF);
	stage[0] = 0;
	stage = odr_host_stage(1048576, &e);
	assert_non_null(stage);
	assert_int_equal(stage[0], 0xFF);
	assert_int_equal(stage[1048575], 0xFF);
	assert_null(odr_host_stage(0, &e));
	assert_int_equal(e.code, ODR_OK);
}

static volatile sig_atomic_t caught;

static void count_signal(int number)
{
	(void)number;
	caught++;
}

static void signals_pass_by_until_the_last_guard_is_lifted(void **state)
{
	static const int shielded[] = {SIGINT,	SIGTERM, SIGHUP,  SIGQUIT, SIGTSTP,
				       SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2};

	(void)state;
	for (int i = 0; i < 9; i++) {
		caught = 0;
		signal(shielded[i], count_signal);
		odr_host_guard(true);
		odr_host_guard(true);
		raise(shielded[i]);
		odr_host_guard(false);
		raise(shielded[i]);
		assert_int_equal(caught, 0);
		odr_host_guard(false);
		raise(shielded[i]);
		assert_int_equal(caught, 1);
		signal(shielded[i], SIG_DFL);
	}
}

static void an_unpaired_end_of_guard_does_nothing(void **state)
{
	(void)state;
	caught = 0;
	signal(SIGUSR1, count_signal);
	odr_host_guard(false);
	raise(SIGUSR1);
	odr_host_guard(true);
	raise(SIGUSR1);
	odr_host_guard(false);
	assert_int_equal(caught, 1);
	signal(SIGUSR1, SIG_DFL);
}

static void a_sleep_lasts_at_least_what_was_asked(void **state)
{
	uint64_t before = odr_host_now_us();

	(void)state;
	odr_host_sleep_us(20000);
	assert_true(odr_host_now_us() - before >= 20000);
}

/* Names arrive in any order: each sets the bit of its letter. */
static void note_letter(void *ctx, const char *name)
{
	assert_int_equal(strlen(name), 1);
	*(unsigned *)ctx |= 1u << (name[0] - 'a');
}

static void a_folder_is_listed_without_its_folders(void **state)
{
	unsigned seen = 0;

	(void)state;
	assert_true(odr_host_list(".", note_letter, &seen));
	assert_int_equal(seen, 0);
	write_file("a", "");
	write_file("c", "");
	assert_int_equal(mkdir("b", 0755), 0);
	assert_int_equal(symlink("a", "d"), 0);
	assert_true(odr_host_list(".", note_letter, &seen));
	assert_int_equal(seen, 1u << 0 | 1u << 2 | 1u << 3);
	assert_false(odr_host_list("nowhere", note_letter, &seen));
}

static void only_root_has_to_fear_what_everybody_may_change(void **state)
{
	bool is_root = geteuid() == 0;

	(void)state;
	write_file("guide", "text");
	assert_int_equal(chmod("guide", 0664), 0);
	assert_false(odr_host_is_unsafe("guide"));
	assert_int_equal(chmod("guide", 0602), 0);
	assert_int_equal(odr_host_is_unsafe("guide"), is_root);
	assert_int_equal(mkdir("folder", 0755), 0);
	assert_false(odr_host_is_unsafe("folder"));
	assert_int_equal(chmod("folder", 0777), 0);
	assert_int_equal(odr_host_is_unsafe("folder"), is_root);
	assert_false(odr_host_is_unsafe("nowhere"));
	/* Root is somebody else for the moment: then there is nothing to fear. */
	if (is_root) {
		assert_int_equal(chmod(".", 0755), 0);
		assert_int_equal(seteuid(65534), 0);
		assert_false(odr_host_is_unsafe("folder"));
		assert_int_equal(seteuid(0), 0);
	}
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_created_file_is_read_back_through_its_own_handle),
		IN_FOLDER(create_never_overwrites_a_file),
		IN_FOLDER(append_makes_a_missing_file_and_continues_an_old_one),
		IN_FOLDER(a_missing_folder_is_made_but_only_one_level_of_it),
		IN_FOLDER(only_plain_files_are_opened),
		IN_FOLDER(a_removed_file_is_gone_and_a_missing_one_is_an_error),
		IN_FOLDER(a_write_that_finds_no_room_says_so),
		IN_FOLDER(a_path_too_long_is_refused_in_words),
		IN_FOLDER(a_folder_is_listed_without_its_folders),
		IN_FOLDER(only_root_has_to_fear_what_everybody_may_change),
		cmocka_unit_test(staging_is_erased_flash_and_grows_anew),
		cmocka_unit_test(signals_pass_by_until_the_last_guard_is_lifted),
		cmocka_unit_test(an_unpaired_end_of_guard_does_nothing),
		cmocka_unit_test(a_sleep_lasts_at_least_what_was_asked),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
