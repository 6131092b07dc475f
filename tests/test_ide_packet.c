/* One CDB through the task file (protocols.md 5.5): its phases, its edges, its time, on the practice PC. */
#include "idekit.h"

static uint8_t data[ODR_PACKET_MAX + 64];
static struct odr_packet sent;

static enum odr_err send(unsigned device, const char *cdb, enum odr_dir dir, uint32_t len,
			 uint32_t timeout_ms)
{
	memset(&sent, 0, sizeof sent);
	for (sent.cdb_len = 0; cdb[3 * sent.cdb_len]; sent.cdb_len++) {
		sent.cdb[sent.cdb_len] = (uint8_t)strtoul(cdb + 3 * sent.cdb_len, NULL, 16);
		if (!cdb[3 * sent.cdb_len + 2]) {
			sent.cdb_len++;
			break;
		}
	}
	sent.dir = dir;
	sent.data = data;
	sent.len = len;
	sent.timeout_ms = timeout_ms;
	memset(data, 0xEE, sizeof data);
	spy_forget();
	return odr_ide_packet(&spy_channel, device, &sent, &kit_error);
}

#define INQUIRY_36 "12 00 00 00 24 00"
#define INQUIRY_13 "12 00 00 00 0D 00"
#define TEST_UNIT_READY "00 00 00 00 00 00"

static void open_cdrom(const char *more)
{
	char rig[200];

	snprintf(rig, sizeof rig, "[3]\ntype = cdrom\n%s", more);
	kit_open(rig);
	spy_on(1);
}

/* The byte-count limit that was written before the last PACKET. */
static unsigned limit(void)
{
	int low = -1, high = -1;

	for (unsigned i = 0; i < spy_count; i++) {
		if (spy[i].kind == 'o' && spy[i].reg == ODR_REG_LBA_MID)
			low = spy[i].value;
		if (spy[i].kind == 'o' && spy[i].reg == ODR_REG_LBA_HI)
			high = spy[i].value;
	}
	return (unsigned)(low | high << 8);
}

static unsigned packets(void)
{
	return spy_saw('o', ODR_REG_STATUS, 0xA0);
}

/* ---- the sequence ---- */

static void a_command_is_select_features_limit_packet_12_bytes_and_data(void **state)
{
	static const uint8_t order[] = {SPY_CTL, 6, 1, 4, 5, 7, 0, 0, 0, 0, 0, 0, 6, SPY_CTL};
	unsigned n = 0;

	(void)state;
	open_cdrom("");
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_OK);
	for (unsigned i = 0; i < spy_count; i++) {
		if (spy[i].kind != 'o' && spy[i].kind != 'O')
			continue;
		assert_true(n < sizeof order);
		assert_int_equal(spy[i].reg, order[n]);
		assert_int_equal(spy[i].kind, order[n] ? 'o' : 'O');
		n++;
	}
	assert_int_equal(n, sizeof order);
	assert_int_equal(spy_saw('o', ODR_REG_ERROR, 0), 1); /* features: no DMA, no overlap */
	assert_memory_equal(data + 8, "ACME    CD-ROM 52X      1.00", 28);
	assert_int_equal(sent.residual, 0);
	assert_int_equal(sent.scsi_status, 0);
	assert_int_equal(data[36], 0xEE);
	spy_left_as_it_was(0xA0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void the_device_that_was_selected_is_selected_again(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n[4]\ntype = cdrom\n");
	spy_on(1);
	out(6, 0xB0);
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_OK);
	spy_left_as_it_was(0xB0);
	assert_int_equal(send(0, TEST_UNIT_READY, ODR_DIR_NONE, 0, 5000), ODR_E_ABORTED);
	spy_left_as_it_was(0xB0);
}

static void a_refused_command_is_sent_once_and_its_sense_is_asked_once(void **state)
{
	(void)state;
	open_cdrom("");
	assert_int_equal(send(0, TEST_UNIT_READY, ODR_DIR_NONE, 0, 5000), ODR_E_ABORTED);
	assert_int_equal(packets(), 2);
	assert_int_equal(sent.scsi_status, 2);
	assert_int_equal(sent.sense_key, 2);
	assert_int_equal(sent.asc, 0x3A);
	assert_int_equal(sent.ascq, 0);
	for (unsigned i = spy_count, n = 0; n < 6; i--) /* its CDB: 03 and 18 bytes; low bytes */
		if (spy[i - 1].kind == 'O') {
			static const uint8_t low[] = {0, 0, 0, 18, 0, 3};

			assert_int_equal(spy[i - 1].value, low[n++]);
		}
	/* Asking for the sense itself brings no second question. */
	assert_int_equal(send(0, "03 00 00 00 12 00", ODR_DIR_IN, 18, 5000), ODR_OK);
	assert_int_equal(packets(), 1);
	assert_int_equal(kit_wrongs(""), 0);
}

static uint8_t fails_at_the_end(unsigned reg, uint8_t value)
{
	bool over = (reg == SPY_CTL || reg == ODR_REG_STATUS) && packets() && !(value & 0x88);

	return over ? value | 0x01 : value;
}

static void a_question_for_the_sense_that_fails_is_not_asked_about(void **state)
{
	(void)state;
	open_cdrom("");
	spy_lie = fails_at_the_end;
	assert_int_equal(send(0, "03 00 00 00 12 00", ODR_DIR_IN, 18, 5000), ODR_E_ABORTED);
	assert_int_equal(packets(), 1);
	assert_int_equal(send(0, TEST_UNIT_READY, ODR_DIR_NONE, 0, 5000), ODR_E_ABORTED);
	assert_int_equal(packets(), 2);
	assert_int_equal(sent.scsi_status, 2);
}

/* DF where ERR would be. */
static uint8_t faults(unsigned reg, uint8_t value)
{
	bool status = reg == SPY_CTL || reg == ODR_REG_STATUS;

	return status && (value & 0x81) == 0x01 ? (value & 0xFE) | 0x20 : value;
}

static void a_fault_without_err_is_a_failure_as_well(void **state)
{
	static uint8_t id[512];

	(void)state;
	open_cdrom("row = aborting\n");
	spy_lie = faults;
	assert_int_equal(odr_ide_identify(&spy_channel, 0, id, &kit_error), ODR_E_ABORTED);
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_E_ABORTED);
	kit_teardown(state);
	open_cdrom("");
	spy_lie = faults;
	assert_int_equal(send(0, TEST_UNIT_READY, ODR_DIR_NONE, 0, 5000), ODR_E_ABORTED);
	assert_int_equal(sent.scsi_status, 2);
}

static void a_drive_that_refuses_packet_itself_has_no_status_and_no_sense(void **state)
{
	(void)state;
	open_cdrom("row = aborting\n");
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_E_ABORTED);
	assert_int_equal(packets(), 1);
	assert_int_equal(sent.scsi_status, 0);
	assert_int_equal(sent.residual, 36);
	assert_int_equal(spy_saw('O', ODR_REG_DATA, -1), 0);
}

/* ---- byte counts ---- */

static void the_byte_count_limit_is_even_never_0_and_at_most_fffe(void **state)
{
	static const struct {
		uint32_t len;
		unsigned limit;
	} counts[] = {{0, 0xFFFE},	{1, 2},		  {2, 2},
		      {13, 14},		{36, 36},	  {0xFFFD, 0xFFFE},
		      {0xFFFE, 0xFFFE}, {0xFFFF, 0xFFFE}, {65536, 0xFFFE}};

	(void)state;
	open_cdrom("");
	for (unsigned i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		send(0, "12 00 00 00 01 00", ODR_DIR_IN, counts[i].len, 5000);
		assert_int_equal(limit(), counts[i].limit);
	}
	assert_int_equal(kit_wrongs(""), 0);
}

static void an_odd_count_is_padded_on_the_bus_and_not_in_the_buffer(void **state)
{
	(void)state;
	open_cdrom("");
	assert_int_equal(send(0, INQUIRY_13, ODR_DIR_IN, 13, 5000), ODR_OK);
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 7);
	assert_memory_equal(data + 8, "ACME ", 5);
	assert_int_equal(data[13], 0xEE);
	assert_int_equal(sent.residual, 0);
	/* The drive gives one byte less than there is room for. */
	assert_int_equal(send(0, INQUIRY_13, ODR_DIR_IN, 14, 5000), ODR_OK);
	assert_int_equal(sent.residual, 1);
	assert_int_equal(data[13], 0xEE);
	/* And a whole word where there is room for half of it: that is no fault of the drive. */
	assert_int_equal(send(0, "12 00 00 00 0E 00", ODR_DIR_IN, 13, 5000), ODR_OK);
	assert_int_equal(sent.residual, 0);
	assert_int_equal(data[13], 0xEE);
	assert_int_equal(kit_wrongs(""), 0);
}

static void data_come_in_as_many_pieces_as_the_drive_likes(void **state)
{
	(void)state;
	open_cdrom("piece = 2\n");
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_OK);
	assert_memory_equal(data + 8, "ACME    CD-ROM 52X      1.00", 28);
	assert_int_equal(sent.residual, 0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void fewer_bytes_than_asked_for_are_the_residual(void **state)
{
	(void)state;
	open_cdrom("");
	assert_int_equal(send(0, "12 00 00 00 FF 00", ODR_DIR_IN, 255, 5000), ODR_OK);
	assert_int_equal(sent.residual, 255 - 36);
	assert_int_equal(data[36], 0xEE);
}

static void more_bytes_than_there_is_room_for_are_drained_and_said(void **state)
{
	for (unsigned piece = 0; piece <= 8; piece += 8) {
		char more[20];

		snprintf(more, sizeof more, "piece = %u\n", piece);
		open_cdrom(more);
		assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 21, 5000), ODR_E_PROTOCOL);
		assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 18);
		assert_int_equal(sent.residual, 0);
		assert_memory_equal(data + 8, "ACME    CD-RO", 13);
		assert_int_equal(data[21], 0xEE);
		/* The drive is well, because its transfer was not left half done. */
		assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_OK);
		assert_int_equal(kit_wrongs(""), 0);
		kit_teardown(state);
	}
}

static void data_in_the_other_direction_are_drained_and_said(void **state)
{
	(void)state;
	open_cdrom("");
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_NONE, 0, 5000), ODR_E_PROTOCOL);
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 18);
	assert_int_equal(data[0], 0xEE);
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_OUT, 36, 5000), ODR_E_PROTOCOL);
	assert_int_equal(sent.residual, 36);
	assert_int_equal(data[0], 0xEE);
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_OK);
	assert_int_equal(kit_wrongs(""), 0);
}

static void a_drive_that_wants_more_than_there_is_gets_zeroes(void **state)
{
	(void)state;
	kit_open("[3]\ntype = burner\nchip = 1M\n");
	spy_on(1);
	/* 1000h bytes are announced in the CDB, 21 given. */
	assert_int_equal(send(0, "3B 06 00 00 00 20 00 10 00 00", ODR_DIR_OUT, 21, 5000),
			 ODR_E_PROTOCOL);
	assert_int_equal(spy_saw('O', ODR_REG_DATA, 0xEE), 11);
	assert_int_equal(spy_saw('O', ODR_REG_DATA, -1), 6 + 0x1000 / 2);
	assert_int_equal(sent.residual, 0);
}

static uint8_t says_0_bytes(unsigned reg, uint8_t value)
{
	bool count = reg == ODR_REG_LBA_MID || reg == ODR_REG_LBA_HI;

	return count ? 0 : value;
}

static uint8_t wants_a_cdb_for_ever(unsigned reg, uint8_t value)
{
	return reg == ODR_REG_COUNT ? 1 : value;
}

static uint8_t wants_data_first(unsigned reg, uint8_t value)
{
	return reg == ODR_REG_COUNT ? 2 : value;
}

static void phases_that_nobody_documents_end_the_command(void **state)
{
	(void)state;
	open_cdrom("");
	spy_lie = says_0_bytes;
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_E_PROTOCOL);
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 0);
	kit_teardown(state);
	open_cdrom("");
	spy_lie = wants_a_cdb_for_ever;
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_E_PROTOCOL);
	assert_int_equal(packets(), 1);
	kit_teardown(state);
	open_cdrom("");
	spy_lie = wants_data_first;
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 5000), ODR_E_PROTOCOL);
	assert_int_equal(spy_saw('O', ODR_REG_DATA, -1), 0); /* not a byte of the CDB */
	spy_left_as_it_was(0xA0);
}

static void a_cdb_that_does_not_fit_is_not_sent(void **state)
{
	(void)state;
	open_cdrom("");
	assert_int_equal(send(0, "12 00 00 00 24", ODR_DIR_IN, 36, 5000), ODR_E_UNSUPPORTED);
	assert_int_equal(send(0, "A0 00 00 00 00 00 00 00 00 00 00 00 00", ODR_DIR_IN, 36, 5000),
			 ODR_E_UNSUPPORTED);
	assert_int_equal(packets(), 0);
	spy_left_as_it_was(0xA0);
}

/* ---- time ---- */

static void nothing_is_sent_to_nobody_or_to_a_drive_that_stays_busy(void **state)
{
	(void)state;
	kit_open("[pc]\nbios = waits\n[3]\ntype = cdrom\nrow = hung\n");
	spy_on(1);
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 2000), ODR_E_TIMEOUT);
	assert_non_null(strstr(kit_error.text, "not sent"));
	assert_int_equal(packets(), 0);
	assert_in_range(spy_ms(), 2000, 2010);
	assert_int_equal(sent.residual, 36);
	spy_left_as_it_was(0xA0);
	spy_on(0);
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 2000), ODR_E_NO_DEVICE);
	assert_int_equal(packets(), 0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void a_drive_has_3_s_to_ask_for_the_cdb(void **state)
{
	(void)state;
	open_cdrom("row = silent\n");
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 60000), ODR_E_TIMEOUT);
	assert_int_equal(spy_ms(), 3000);
	kit_teardown(state);
	open_cdrom("row = silent\n"); /* a caller with less time gets less */
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 500), ODR_E_TIMEOUT);
	assert_in_range(spy_ms(), 500, 510);
	spy_left_as_it_was(0xA0);
}

static void a_command_that_does_not_end_is_given_up_in_its_time(void **state)
{
	(void)state;
	open_cdrom("[spareA]\ntype = cdrom\nrow = hung\n");
	kit_hand("detach 3 on packet 1");
	kit_hand("attach A 3 on packet 1"); /* the CDB is taken, then it is busy for ever */
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 7000), ODR_E_TIMEOUT);
	assert_int_equal(packets(), 1);
	assert_in_range(spy_ms(), 7000, 7010);
	assert_int_equal(sent.residual, 36);
}

static uint8_t gives_for_ever(unsigned reg, uint8_t value)
{
	if (reg == SPY_CTL)
		return 0x58;
	if (reg == ODR_REG_COUNT)
		return spy_saw('O', ODR_REG_DATA, -1) < 6 ? 1 : 2;
	return reg == ODR_REG_LBA_HI ? 0 : reg == ODR_REG_LBA_MID ? 2 : value;
}

static uint8_t idle_then_gives_for_ever(unsigned reg, uint8_t value)
{
	bool asked = packets() > 0;

	return asked ? gives_for_ever(reg, value) : value;
}

static void data_without_end_are_given_up_in_time(void **state)
{
	(void)state;
	open_cdrom("");
	spy_lie = idle_then_gives_for_ever;
	assert_int_equal(send(0, INQUIRY_36, ODR_DIR_IN, 36, 50), ODR_E_TIMEOUT);
	assert_in_range(spy_ms(), 50, 60);
	assert_int_equal(data[36], 0xEE);
}

static void identify_gives_256_words_and_says_who_is_not_there(void **state)
{
	static uint8_t id[512];

	(void)state;
	open_cdrom("");
	spy_forget();
	assert_int_equal(odr_ide_identify(&spy_channel, 0, id, &kit_error), ODR_OK);
	assert_memory_equal(id + 54, "CAEM", 4); /* the first letter is the high byte */
	assert_int_equal(spy_saw('I', ODR_REG_DATA, -1), 256);
	spy_left_as_it_was(0xA0);
	assert_int_equal(odr_ide_identify(&spy_channel, 1, id, &kit_error), ODR_E_NO_DEVICE);
	kit_teardown(state);
	open_cdrom("row = a1_aborts\n");
	assert_int_equal(odr_ide_identify(&spy_channel, 0, id, &kit_error), ODR_E_ABORTED);
	kit_teardown(state);
	open_cdrom("row = silent\n");
	spy_forget();
	assert_int_equal(odr_ide_identify(&spy_channel, 0, id, &kit_error), ODR_E_TIMEOUT);
	assert_in_range(spy_ms(), 5000, 5010);
	assert_int_equal(kit_wrongs(""), 0);
}

#define TEST(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_command_is_select_features_limit_packet_12_bytes_and_data),
		TEST(the_device_that_was_selected_is_selected_again),
		TEST(a_refused_command_is_sent_once_and_its_sense_is_asked_once),
		TEST(a_question_for_the_sense_that_fails_is_not_asked_about),
		TEST(a_fault_without_err_is_a_failure_as_well),
		TEST(a_drive_that_refuses_packet_itself_has_no_status_and_no_sense),
		TEST(the_byte_count_limit_is_even_never_0_and_at_most_fffe),
		TEST(an_odd_count_is_padded_on_the_bus_and_not_in_the_buffer),
		TEST(data_come_in_as_many_pieces_as_the_drive_likes),
		TEST(fewer_bytes_than_asked_for_are_the_residual),
		TEST(more_bytes_than_there_is_room_for_are_drained_and_said),
		TEST(data_in_the_other_direction_are_drained_and_said),
		TEST(a_drive_that_wants_more_than_there_is_gets_zeroes),
		TEST(phases_that_nobody_documents_end_the_command),
		TEST(a_cdb_that_does_not_fit_is_not_sent),
		TEST(nothing_is_sent_to_nobody_or_to_a_drive_that_stays_busy),
		TEST(a_drive_has_3_s_to_ask_for_the_cdb),
		TEST(a_command_that_does_not_end_is_given_up_in_its_time),
		TEST(data_without_end_are_given_up_in_time),
		TEST(identify_gives_256_words_and_says_who_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
