#!/usr/bin/env bash
# mutants.sh [PATTERN] - break the engine and the channel driver on purpose, one constant or one rule at
# a time, and see which test turns red. By hand, not part of the suite: it builds about a hundred times.
# Prints a table: what was changed, then the first test that saw it, or SURVIVED. Exit 1 if anything
# survived, was not applied, or did not build: then nothing was shown.
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
pattern=${1-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$top" "$work/tree"
cd "$work/tree" || exit 1
export ODR_SAN=$work/tree/build/dev TMPDIR=$work/tmp CMOCKA_MESSAGE_OUTPUT=TAP
mkdir -p "$TMPDIR"
failed=0

# What can see a change in a file: programs to build, tests to run.
engine_targets=(odrescue mkimage rigask seqcheck)
engine_tests=(tests/test_sequence.sh tests/test_rescue.sh tests/test_mistaken.sh tests/test_crash.sh)
driver_targets=(test_ide test_ide_watch test_ide_packet)
driver_tests=("${driver_targets[@]/#/build/dev/tests/}")

build() { # TARGET...
	cmake --build --preset dev -j2 --target "$@" >/dev/null 2>&1
}
cmake --preset dev -DODR_TESTS=ON --log-level=WARNING >/dev/null
build "${engine_targets[@]}" "${driver_targets[@]}" || exit 1

# The first result that is not ok; each test is left as soon as it has one.
first_red() { # TEST...
	local test red
	for test; do
		red=$(timeout 300 "$test" 2>/dev/null | grep -a -m1 '^not ok')
		[ -z "$red" ] || {
			echo "$(basename "$test" .sh): ${red#not ok * - }"
			return
		}
	done
	echo SURVIVED
}

# change FILE SED: leaves the verdict in $verdict, and the file as it was.
change() {
	local file=$1 targets=("${engine_targets[@]}") tests=("${engine_tests[@]}")
	if [[ $file == platform/ide* ]]; then
		targets=("${driver_targets[@]}") tests=("${driver_tests[@]}")
	fi
	cp "$file" "$work/keep"
	sed -i "$2" "$file"
	if cmp -s "$file" "$work/keep"; then
		verdict='NOT APPLIED'
	elif ! build "${targets[@]}"; then
		verdict='DOES NOT BUILD'
	else
		verdict=$(first_red "${tests[@]}")
	fi
	cp "$work/keep" "$file"
}

tell() { # NAME
	case $verdict in SURVIVED | NOT* | DOES*) failed=1 ;; esac
	printf '%-34s %s\n' "$1" "$verdict"
}

mutant() { # NAME FILE SED
	[[ $1 =~ $pattern ]] || return 0
	change "$2" "$3"
	tell "$1"
}

# constant FILE NAME: its number plus one; minus one where the compiler itself sees that one more cannot be.
constant() {
	local value step=+
	value=$(sed -n "s/^.*\b$2\b[ =]*\(0x[0-9A-Fa-f]*\|[0-9]*\)u\?.*/\1/p" "$1" | grep . | head -n 1)
	[[ "$2 $value" =~ $pattern ]] || return 0
	change "$1" "s/\(\b$2\b[ =]*\)$value\(u\?\)/\1($value\2 + 1)/"
	if [ "$verdict" = 'DOES NOT BUILD' ]; then
		step=-
		change "$1" "s/\(\b$2\b[ =]*\)$value\(u\?\)/\1($value\2 - 1)/"
	fi
	tell "$2 $value $step 1"
}

# flag FILE NAME: its bit one place to the left. (Plus one would only add a bit to most of them.)
flag() {
	mutant "$2 << 1" "$1" "s/\(\b$2\b = 0x[0-9A-F]*\)/\1 << 1/"
}

# ---- the register lane ----

for name in INTRO_LBA INTRO_COMMAND INTRO_SETTLE_MS INTRO_ANSWER_MS INTRO_AFTER_MS OUTRO_COMMAND \
	OUTRO_RESET OUTRO_WAIT_MS OUTRO_RESTART_MS CYCLE_WRITE CYCLE_READ CYCLE_LIMIT_US; do
	constant flash/families/mtk_reg.c $name
done
for name in ODR_MTK_PARALLEL ODR_MTK_SERIAL_72 ODR_MTK_SERIAL_73 ODR_MTK_LOCKED; do
	constant flash/families/mtk_reg.h $name
done
mutant 'device register A0 + 1' flash/job.c 's/0xB0 : 0xA0/0xB0 : 0xA1/'
mutant 'device register B0 + 1' flash/job.c 's/0xB0 : 0xA0/0xB1 : 0xA0/'
for name in UNLOCK_1 UNLOCK_2 CMD_ID CMD_RESET CMD_ERASE CMD_ERASE_CHIP CMD_PROGRAM READ_TRIES \
	PROGRAM_READS PROGRAM_TRIES ERASE_WAITS ERASE_WAIT_MS BLANK_MISMATCHES ERASE_LIMIT_MS \
	PROTECT_VERIFY; do
	constant flash/families/nor.c $name
done
for address in '{0x5555' '{0x555,' '{0xAAA' '0x2AAA}' '0x2AA}' ', 0x555}'; do
	number=$(grep -o '0x[0-9A-F]*' <<<"$address")
	mutant "unlock address $address + 1" flash/families/nor.c "s/$address/${address/$number/$number + 1}/"
done
for name in ODR_NOR_BANK ODR_NOR_PAGE; do
	constant flash/families/nor.h $name
done
constant flash/families/mtk_rom.c PAGE_PAUSE_MS
constant flash/families/mtk_rom.c END_PAUSE_MS
for name in EVERY_MS SLOW_MS LIMIT_MS SLOW_STATUS; do
	constant flash/knock.c $name
done

# ---- the lane of a living drive ----

for name in WRITE_BUFFER MODE_DATA MODE_BURN PIECE HEADER_BYTES HEADER_SUM BURN_WAIT_MS \
	READY_EVERY_MS READY_LIMIT_MS PIECE_TIMEOUT_MS PLAIN_TIMEOUT_MS NOT_READY NO_MEDIUM; do
	constant flash/families/btc.c $name
done
for name in ODR_IDENTITY_VENDOR ODR_IDENTITY_PRODUCT ODR_IDENTITY_REVISION; do
	constant flash/drive.h $name
done

# ---- the channel driver ----

for name in BUSY_MS ASK_MS VENDOR_PARALLEL VENDOR_SPI_72 VENDOR_SPI_73 VENDOR_NO_ACCESS \
	WATCH_STEP_US WATCH_QUIET_US WATCH_HUNG_MS; do
	constant platform/ide_scan.c $name
done
for name in CDB_BYTES LIMIT_MAX CDB_WAIT_MS OP_REQUEST_SENSE SENSE_BYTES STATUS_CHECK_CONDITION; do
	constant platform/ide_packet.c $name
done
for name in DEVICE_0 DEVICE_DEV CONTROL_IDLE CONTROL_NIEN CONTROL_SRST; do
	constant platform/ide.c $name
done
for name in ODR_ST_FLOATING ODR_ST_PULLED_DOWN ODR_CMD_DEVICE_RESET ODR_CMD_PACKET \
	ODR_CMD_IDENTIFY_PACKET ODR_CMD_IDENTIFY; do
	constant platform/ide_reg.h $name
done
for name in ODR_ST_DF ODR_ST_DRQ ODR_ST_ERR ODR_REASON_COD ODR_REASON_IO; do
	flag platform/ide_reg.h $name
done
mutant 'another bit than BSY' platform/ide_reg.h 's/ODR_ST_BSY = 0x80/ODR_ST_BSY = 0x40/'
mutant 'fault without ERR is none' platform/ide_reg.h 's/ODR_ST_DF = 0x20/ODR_ST_DF = 0x01/'
mutant 'reason of one bit' platform/ide_reg.h 's/ODR_REASON_MASK = 0x03/ODR_REASON_MASK = 0x01/'
mutant 'fewer than 64 KiB drained' platform/ide.c 's/words < 32768/words < 32767/'
mutant 'three readings after a select' platform/ide.c 's/i < 4; i++)/i < 3; i++)/'
mutant 'SRST beside a disk' platform/ide.c 's/state == ODR_DISK ||//'
mutant 'SRST given up early' platform/ide.c 's/odr_ide_after_ms(ch, 31000)/odr_ide_after_ms(ch, 30000)/'
mutant 'DEVICE RESET given up early' platform/ide.c 's/odr_ide_after_ms(ch, 10000)/odr_ide_after_ms(ch, 9000)/'
mutant 'SRST too short' platform/ide.c 's/wait_us(ch->io->ctx, 20)/wait_us(ch->io->ctx, 2)/'
mutant 'IDENTIFY given up early' platform/ide.c 's/IDENTIFY_PACKET, 5000/IDENTIFY_PACKET, 4000/'
mutant 'another device left selected' platform/ide_scan.c \
	's/odr_ide_release(ch, before)/odr_ide_release(ch, before * 0)/'
mutant 'slave of a busy master asked' platform/ide_scan.c 's/!look\[0\].hands_off \&\& //'
mutant 'master of a busy slave asked' platform/ide_scan.c 's/ \&\& !look\[1\].hands_off//'
mutant 'absent slave believed' platform/ide_scan.c 's/if (there\[0\] \&\& look\[1\].status == 0)/if (0)/'
mutant 'pattern not put back' platform/ide_scan.c \
	's/odr_ide_out(ch, first, look->signature\[first - ODR_REG_COUNT\]);//'
mutant 'constant registers abort' platform/ide_scan.c \
	's/keeps_pattern(ch, device, look, ODR_REG_LBA_MID)/(keeps_pattern(ch, device, look, 4) || 1)/'
mutant 'odd length not padded' platform/ide_packet.c 's/packet->len + (packet->len \& 1) : LIMIT/packet->len : LIMIT/'
mutant 'half a word is a fault' platform/ide_packet.c 's/room + (room \& 1)/room/'
mutant 'count 0 believed' platform/ide_packet.c 's/ || count == 0)/)/'
mutant 'data without end' platform/ide_packet.c 's/if (ch->io->now_us(ch->io->ctx) >= until_us)/if (0)/'

# ---- rules left out ----

mutant 'no verify' flash/families/mtk_rom.c \
	's/rc = odr_mtk_rom_verify(job, &out->why);/rc = ODR_OK;/'
mutant 'wrong bank order' flash/families/mtk_rom.c \
	's/for (uint32_t bank = banks; bank-- > 0;)/for (uint32_t bank = 0; bank < banks; bank++)/'
mutant 'no re-scan' flash/flash.c 's/if (strcmp(now.boot_id, target->places.boot_id))/return ODR_OK;\n&/'
mutant 'wrong proof' flash/place.c 's/if (changed == mine)/if (changed)/'
mutant 'no full read' flash/image.c 's/off < \*bytes)/off < *bytes \/ 2)/'
mutant 'no image check before the erase' flash/flash.c \
	's/if (odr_image_recheck(&engine->image, engine->platform, &out->why) != ODR_OK)/if (0)/'
mutant 'erase point after the erase' flash/flash.c \
	's/if (odr_journal_write(&engine->journal, ODR_POINT_ERASE, "", &out->why) != ODR_OK)/if (0)/'
mutant 'no look in the intro' flash/knock.c 's/if (shows_disk(job))/if (shows_disk(job) \&\& 0)/'
mutant 'a target that was away' flash/flash.c 's/if (target->moved)/if (0)/'
mutant 'a dead one elsewhere' flash/place.c \
	's/if (odr_place_nobody(place->state) \&\& !others_are_known(now, position))/if (0)/'
mutant 'a whole firmware' flash/families/mtk_rom.c 's/\*no = ODR_NO_WHOLE;/return ODR_OK;/'
mutant 'a label that contradicts' flash/place.c 's/if (contradicts(/if (0 \&\& contradicts(/'
exit $failed
