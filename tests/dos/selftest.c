/*
 * selftest.c - proves the DOS runtime under smoke.c: what the compiler expects, newlib, files,
 * platform/host.h. Prints each failure and ends with 7 when there was none, because 0 is also what
 * a program that never started leaves. "selftest fault" and "selftest deep" must be stopped by the
 * processor and by the stack check: a dump, and exit code 255.
 */
#include "platform/dos/dos.h"
#include "platform/host.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned failures;

#define CHECK(condition) check((condition), #condition)
static void check(bool good, const char *what)
{
	if (!good) {
		printf("FAILED %s\n", what);
		failures++;
	}
}

/* Volatile: the compiler must not know the answers. */
static volatile uint64_t big = 0x123456789ABCDEF0u;
static volatile uint64_t small = 1000003;
static volatile int64_t negative = -1234567890123;
static volatile int thirteen = 13;

static void test_64_bit(void)
{
	CHECK(big / small == 1311764532170u);
	CHECK(big % small == 193810u);
	CHECK(big / (small << 32) == 305u);
	CHECK(negative / 1000 == -1234567890);
	CHECK(negative % 1000 == -123);
	CHECK(big << thirteen == 0x8ACF13579BDE0000u);
	CHECK(big >> thirteen == 0x91A2B3C4D5E6u);
}

static long sum(int count, ...)
{
	va_list args;
	long total = 0;

	va_start(args, count);
	while (count-- > 0)
		total += va_arg(args, long);
	va_end(args);
	return total;
}

static int add(int a, int b)
{
	return a + b;
}

static int subtract(int a, int b)
{
	return a - b;
}

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void test_language(void)
{
	static int (*const operation[])(int, int) = {add, subtract};
	int numbers[] = {5, 3, 9, 1};

	CHECK(sum(4, 1L, 20L, 300L, 4000L) == 4321);
	CHECK(operation[thirteen - 13](thirteen, 4) == 17);
	CHECK(operation[thirteen - 12](thirteen, 4) == 9);
	qsort(numbers, 4, sizeof numbers[0], by_value);
	CHECK(numbers[0] == 1 && numbers[3] == 9);
}

static void test_library(void)
{
	char text[80];

	snprintf(text, sizeof text, "%-4s|%04X|%llu|%zu|%hhx|%c", "ab", 0xBEEFu,
		 (unsigned long long)big, sizeof big, (unsigned char)0x12, 'z');
	CHECK(strcmp(text, "ab  |BEEF|1311768467463790320|8|12|z") == 0);
	CHECK(snprintf(text, 4, "%s", "cut here") == 8 && strcmp(text, "cut") == 0);
	CHECK(strtoul("0x7F", NULL, 0) == 127);
	CHECK(strtoull("1311768467463790320", NULL, 10) == big);
	CHECK(strstr("primary master", "mast") != NULL);
}

static void test_stdio(void)
{
	FILE *f = fopen("STDIO.TMP", "w");
	char line[40] = "";
	int lines = 0;

	CHECK(f != NULL);
	if (!f)
		return;
	for (int i = 0; i < 300; i++)
		fprintf(f, "line %d\n", i);
	CHECK(fclose(f) == 0);
	f = fopen("STDIO.TMP", "r");
	while (f && fgets(line, sizeof line, f))
		lines++;
	CHECK(lines == 300 && strcmp(line, "line 299\n") == 0);
	if (f)
		fclose(f);
	CHECK(odr_dos_remove("STDIO.TMP") >= 0);
	CHECK(fopen("NO.SUC", "r") == NULL && errno == ENOENT);
}

static void test_host_files(void)
{
	static uint8_t block[40000], back[40000]; /* more than one INT 21h moves at a time */
	uint64_t bytes = 0;
	uint32_t got = 0;
	int handle;

	for (unsigned i = 0; i < sizeof block; i++)
		block[i] = (uint8_t)(i * 7 + i / 256);
	CHECK(odr_host_space("HOSTDIR", &bytes, NULL) == ODR_OK && bytes > 0);
	CHECK(odr_host_open("NEWDIR/A.BIN", ODR_FILE_APPEND, &handle, NULL) == ODR_OK);
	odr_host_close(handle);
	CHECK(odr_host_remove("NEWDIR/A.BIN", NULL) == ODR_OK);
	CHECK(odr_host_open("HOSTDIR/A.BIN", ODR_FILE_READ, &handle, NULL) == ODR_E_FILE);
	CHECK(odr_host_open("NODIR/NODIR/A.BIN", ODR_FILE_CREATE, &handle, NULL) == ODR_E_FILE);
	CHECK(odr_host_open("NUL", ODR_FILE_READ, &handle, NULL) == ODR_E_FILE);
	CHECK(odr_host_open("HOSTDIR/A.BIN", ODR_FILE_CREATE, &handle, NULL) == ODR_OK);
	CHECK(odr_host_append(handle, block, 30000, NULL) == ODR_OK);
	CHECK(odr_host_sync(handle, NULL) == ODR_OK);
	odr_host_close(handle);
	CHECK(odr_host_open("HOSTDIR/A.BIN", ODR_FILE_CREATE, &handle, NULL) == ODR_E_FILE);
	CHECK(odr_host_open("HOSTDIR/A.BIN", ODR_FILE_APPEND, &handle, NULL) == ODR_OK);
	CHECK(odr_host_append(handle, block + 30000, 10000, NULL) == ODR_OK);
	CHECK(odr_host_size(handle, &bytes, NULL) == ODR_OK && bytes == sizeof block);
	CHECK(odr_host_read_at(handle, 0, back, sizeof back, &got, NULL) == ODR_OK);
	CHECK(got == sizeof back && memcmp(block, back, sizeof back) == 0);
	CHECK(odr_host_read_at(handle, 39990, back, 100, &got, NULL) == ODR_OK && got == 10);
	CHECK(odr_host_read_at(handle, 50000, back, 100, &got, NULL) == ODR_OK && got == 0);
	odr_host_close(handle);
	CHECK(odr_host_remove("HOSTDIR/A.BIN", NULL) == ODR_OK);
	CHECK(odr_host_remove("HOSTDIR/A.BIN", NULL) == ODR_E_FILE);
}

static void note_name(void *ctx, const char *name)
{
	char *names = ctx;

	strcat(strcat(names, name), " ");
}

static void test_host_list(void)
{
	char names[80] = "";
	int handle;

	CHECK(odr_host_open("LISTDIR/ONE.INI", ODR_FILE_CREATE, &handle, NULL) == ODR_OK);
	odr_host_close(handle);
	CHECK(odr_host_list("LISTDIR", note_name, names) && strcmp(names, "one.ini ") == 0);
	CHECK(odr_dos_mkdir("LISTDIR/SUB") >= 0 && odr_host_list("LISTDIR/SUB", note_name, names));
	CHECK(odr_host_open("LISTDIR/TWO.TXT", ODR_FILE_CREATE, &handle, NULL) == ODR_OK);
	odr_host_close(handle);
	names[0] = '\0';
	CHECK(odr_host_list("LISTDIR", note_name, names) && strlen(names) == 16);
	CHECK(!odr_host_list("NODIR", note_name, names));
	CHECK(!odr_host_is_unsafe("LISTDIR/ONE.INI"));
}

static void test_host_memory_and_time(void)
{
	uint64_t before;
	uint8_t *stage = odr_host_stage(65536, NULL);

	CHECK(stage != NULL && stage[0] == 0xFF && stage[65535] == 0xFF);
	CHECK(odr_host_stage(1 << 20, NULL) == NULL);
	CHECK(odr_host_stage(65536, NULL) == stage); /* it was given back */
	CHECK(odr_host_stage(0, NULL) == NULL);
	before = odr_host_now_us();
	odr_host_sleep_us(100000);
	CHECK(odr_host_now_us() - before >= 100000);
}

/* Each level needs its own 256 bytes, also after the optimiser has looked at it. */
static int deep(int level)
{
	volatile char room[256];

	room[level & 0xFF] = (char)level;
	odr_dos_is_device(1);
	if (level > 100000)
		return level;
	return deep(level + 1) + room[level & 0xFF];
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "fault") == 0)
		__builtin_trap();
	if (argc > 1 && strcmp(argv[1], "deep") == 0)
		return deep(0);
	test_64_bit();
	test_language();
	test_library();
	test_stdio();
	test_host_files();
	test_host_list();
	test_host_memory_and_time();
	printf("%u failures, %lu bytes of stack used\n", failures,
	       (unsigned long)odr_dos_stack_used());
	return failures ? 1 : 7;
}
