/* What the practice PC's optical drives say to PACKET, and the upload of protocols.md 3.1. */
#include "simkit.h"

static uint8_t data[65536], image[0x100000];

static struct odr_packet sent; /* the last command and its answer */

static enum odr_err ask(const void *cdb, unsigned cdb_len, enum odr_dir dir, uint32_t len)
{
	memset(&sent, 0, sizeof sent);
	memcpy(sent.cdb, cdb, cdb_len);
	sent.cdb_len = (uint8_t)cdb_len;
	sent.dir = dir;
	sent.data = data;
	sent.len = len;
	sent.timeout_ms = 5000;
	return kit.ops->packet(kit.self, 3, &sent, &kit_error);
}

static enum odr_err inquiry(uint8_t len)
{
	const uint8_t cdb[6] = {0x12, 0, 0, 0, len, 0};

	memset(data, 0, sizeof data);
	return ask(cdb, 6, ODR_DIR_IN, len);
}

static void expect_sense(unsigned key, unsigned asc)
{
	assert_int_equal(sent.sense_key, key);
	assert_int_equal(sent.asc, asc);
}

static void test_unit_ready(unsigned key, unsigned asc)
{
	const uint8_t cdb[6] = {0};

	assert_int_equal(ask(cdb, 6, ODR_DIR_NONE, 0), ODR_E_ABORTED);
	expect_sense(key, asc);
}

static enum odr_err write_buffer(unsigned mode, uint32_t offset, uint32_t len)
{
	const uint8_t cdb[10] = {0x3B,
				 (uint8_t)mode,
				 0,
				 (uint8_t)(offset >> 16),
				 (uint8_t)(offset >> 8),
				 (uint8_t)offset,
				 (uint8_t)(len >> 16),
				 (uint8_t)(len >> 8),
				 (uint8_t)len,
				 0};

	return ask(cdb, 10, len ? ODR_DIR_OUT : ODR_DIR_NONE, len);
}

static void make_image(void)
{
	uint32_t i;

	for (i = 0; i < sizeof image; i++)
		image[i] = (uint8_t)(i * 7 + (i >> 8));
	memcpy(image + 0x40BC, "BTC     DVDRW IDE1008   0758", 28);
}

static enum odr_err piece(unsigned n)
{
	memcpy(data, image + n * 0x1000, 0x1000);
	return write_buffer(6, n * 0x1000 + 0x20, 0x1000);
}

static enum odr_err header(unsigned error)
{
	uint16_t sum = (uint16_t)error;
	uint32_t i;

	for (i = 0; i < sizeof image; i++)
		sum = (uint16_t)(sum + image[i]);
	memset(data, 0, 0x20);
	data[0x1E] = (uint8_t)(sum >> 8);
	data[0x1F] = (uint8_t)sum;
	return write_buffer(6, 0, 0x20);
}

static void upload(unsigned sum_error)
{
	unsigned n;

	make_image();
	for (n = 0; n < 256; n++)
		assert_int_equal(piece(n), ODR_OK);
	assert_int_equal(header(sum_error), ODR_OK);
}

static int open_burner(void **state)
{
	(void)state;
	kit_open("[3]\ntype = burner\nchip = 1M\nburn_ms = 60000\n");
	return 0;
}

static void inquiry_gives_the_name_that_is_in_the_chip(void **state)
{
	(void)state;
	assert_int_equal(inquiry(36), ODR_OK);
	assert_memory_equal(data + 8, "BTC     DVDRW IDE1008   0055", 28);
	assert_int_equal(data[0], 0x05);
	assert_int_equal(kit_wrongs(""), 0);
}

static void odd_length_is_cut_where_the_host_asks(void **state)
{
	(void)state;
	inquiry(13);
	assert_memory_equal(data + 8, "BTC  ", 5);
	assert_int_equal(data[13], 0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void data_come_in_the_pieces_that_the_rig_says(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\npiece = 8\n");
	assert_int_equal(inquiry(36), ODR_OK);
	assert_memory_equal(data + 8, "ACME    CD-ROM 52X      1.00", 28);
	assert_int_equal(kit_wrongs(""), 0);
}

static void test_unit_ready_says_that_there_is_no_medium(void **state)
{
	(void)state;
	test_unit_ready(0x02, 0x3A);
}

static void unknown_command_is_refused_by_the_drive(void **state)
{
	const uint8_t read_buffer[10] = {0x3C, 6};
	const uint8_t format[6] = {0x04};

	(void)state;
	assert_int_equal(ask(read_buffer, 10, ODR_DIR_NONE, 0), ODR_E_ABORTED);
	expect_sense(0x05, 0x20);
	assert_int_equal(kit_wrongs(""), 0);
	assert_int_equal(ask(format, 6, ODR_DIR_NONE, 0), ODR_E_ABORTED);
	assert_int_equal(kit_wrongs("SCSI command 04"), 1);
}

static void complete_upload_burns_and_shows_its_name(void **state)
{
	(void)state;
	upload(0);
	assert_int_equal(write_buffer(7, 0, 0), ODR_OK);
	kit_wait_ms(50000);
	test_unit_ready(0x02, 0x04);
	kit_wait_ms(10000);
	test_unit_ready(0x02, 0x3A);
	assert_int_equal(inquiry(36), ODR_OK);
	assert_memory_equal(data + 32, "0758", 4);
	assert_int_equal(kit_wrongs(""), 0);
}

static void wrong_sum_keeps_the_old_firmware(void **state)
{
	(void)state;
	upload(1);
	assert_int_equal(write_buffer(7, 0, 0), ODR_E_ABORTED);
	expect_sense(0x05, 0x26);
	assert_int_equal(inquiry(36), ODR_OK);
	assert_memory_equal(data + 32, "0055", 4);
}

static void incomplete_upload_does_not_burn_and_is_wrong(void **state)
{
	(void)state;
	make_image();
	piece(0);
	piece(1);
	assert_int_equal(write_buffer(7, 0, 0), ODR_E_ABORTED);
	assert_int_equal(kit_wrongs("before the upload was complete"), 1);
	test_unit_ready(0x02, 0x3A);
}

static void piece_out_of_order_is_wrong(void **state)
{
	(void)state;
	make_image();
	piece(0);
	assert_int_equal(piece(2), ODR_E_ABORTED);
	assert_int_equal(kit_wrongs("out of its order"), 1);
}

static void header_before_the_last_piece_is_wrong(void **state)
{
	(void)state;
	make_image();
	piece(0);
	assert_int_equal(header(0), ODR_E_ABORTED);
	assert_int_equal(kit_wrongs("the header came before"), 1);
}

static void upload_while_the_drive_burns_is_wrong(void **state)
{
	(void)state;
	upload(0);
	write_buffer(7, 0, 0);
	kit_wait_ms(55000);
	assert_int_equal(piece(0), ODR_E_ABORTED);
	expect_sense(0x02, 0x04);
	assert_int_equal(kit_wrongs("while the drive burns"), 1);
}

static void question_in_the_middle_of_an_upload_is_wrong(void **state)
{
	(void)state;
	make_image();
	piece(0);
	inquiry(36);
	assert_int_equal(kit_wrongs("in the middle of an upload"), 1);
}

static void question_in_the_fixed_wait_is_wrong(void **state)
{
	(void)state;
	upload(0);
	write_buffer(7, 0, 0);
	kit_wait_ms(49000);
	test_unit_ready(0x02, 0x04);
	/* REQUEST SENSE that explains it is a command too */
	assert_int_equal(kit_wrongs("in the 50 s after 3B 07"), 2);
}

static void write_buffer_to_any_other_drive_is_wrong(void **state)
{
	(void)state;
	kit_open("[3]\ntype = cdrom\n");
	assert_int_equal(write_buffer(6, 0x20, 0x1000), ODR_E_ABORTED);
	assert_int_equal(kit_wrongs("not a BTC burner"), 1);
}

static void power_lost_in_a_burn_leaves_half_a_firmware(void **state)
{
	(void)state;
	upload(0);
	kit_hand("power 3 off after 30 s");
	write_buffer(7, 0, 0);
	kit_wait_ms(31000);
	kit_hand("power 3 on");
	kit_wait_ms(5000);
	kit_select(3);
	assert_int_equal(alternate(), 0xD0);
	assert_int_equal(kit_wrongs(""), 0);
}

static void firmware_that_is_not_whole_hangs_after_the_burn(void **state)
{
	unsigned n;

	(void)state;
	make_image();
	memset(image + 0x40BC, 0xFF, 28);
	for (n = 0; n < 256; n++)
		piece(n);
	header(0);
	assert_int_equal(write_buffer(7, 0, 0), ODR_OK);
	kit_wait_ms(61000);
	kit_select(3);
	assert_int_equal(alternate(), 0xD0);
}

/* ---- PACKET by hand ---- */

static void last_odd_byte_is_padded_with_00(void **state)
{
	const uint8_t cdb[12] = {0x12, 0, 0, 0, 9};

	(void)state;
	kit_select(3);
	out(6, 0xA0);
	out(1, 0);
	out(4, 0xFE);
	out(5, 0xFF);
	out(7, 0xA0);
	settled();
	words_out(cdb, 6);
	settled();
	words_in(data, 5);
	assert_int_equal(data[8], 'B');
	assert_int_equal(data[9], 0x00);
	assert_int_equal(settled(), 0x50);
}

static void packet_asks_for_its_cdb_and_ends_with_reason_3(void **state)
{
	const uint8_t cdb[12] = {0x12, 0, 0, 0, 36};

	(void)state;
	kit_select(3);
	out(6, 0xA0);
	out(1, 0);
	out(4, 0xFE);
	out(5, 0xFF);
	out(7, 0xA0);
	assert_int_equal(settled(), 0x58);
	assert_int_equal(in(2) & 3, 1);
	words_out(cdb, 6);
	assert_int_equal(settled(), 0x58);
	assert_int_equal(in(2) & 3, 2);
	assert_int_equal(in(4) | in(5) << 8, 36);
	words_in(data, 18);
	assert_int_equal(settled(), 0x50);
	assert_int_equal(in(2) & 3, 3);
	assert_int_equal(in(4), 36); /* the signature is gone */
	assert_int_equal(kit_wrongs(""), 0);
}

static void packet_without_its_registers_is_wrong(void **state)
{
	(void)state;
	kit_select(3);
	out(6, 0xA0);
	out(7, 0xA0);
	assert_int_equal(kit_wrongs("PACKET without"), 1);
}

static void packet_with_an_odd_limit_is_wrong(void **state)
{
	(void)state;
	kit_select(3);
	out(6, 0xA0);
	out(1, 0);
	out(4, 0x01);
	out(5, 0x10);
	out(7, 0xA0);
	assert_int_equal(kit_wrongs("byte count limit"), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_burner, kit_teardown)
#define TEST_ALONE(name) cmocka_unit_test_teardown(name, kit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(inquiry_gives_the_name_that_is_in_the_chip),
		TEST(odd_length_is_cut_where_the_host_asks),
		TEST_ALONE(data_come_in_the_pieces_that_the_rig_says),
		TEST(test_unit_ready_says_that_there_is_no_medium),
		TEST(unknown_command_is_refused_by_the_drive),
		TEST(complete_upload_burns_and_shows_its_name),
		TEST(wrong_sum_keeps_the_old_firmware),
		TEST(incomplete_upload_does_not_burn_and_is_wrong),
		TEST(piece_out_of_order_is_wrong),
		TEST(header_before_the_last_piece_is_wrong),
		TEST(upload_while_the_drive_burns_is_wrong),
		TEST(question_in_the_middle_of_an_upload_is_wrong),
		TEST(question_in_the_fixed_wait_is_wrong),
		TEST_ALONE(write_buffer_to_any_other_drive_is_wrong),
		TEST(power_lost_in_a_burn_leaves_half_a_firmware),
		TEST(firmware_that_is_not_whole_hangs_after_the_burn),
		TEST(last_odd_byte_is_padded_with_00),
		TEST(packet_asks_for_its_cdb_and_ends_with_reason_3),
		TEST(packet_without_its_registers_is_wrong),
		TEST(packet_with_an_odd_limit_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
