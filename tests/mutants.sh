#!/usr/bin/env bash
# mutants.sh [PATTERN] - break the engine on purpose, one constant or one rule at a time, and see which
# test turns red. By hand, not part of the suite: it builds the program about sixty times.
# Prints a table: what was changed, then the test that saw it, or SURVIVED. Exit 1 if anything survived.
set -u

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$top" "$work/tree"
cd "$work/tree" || exit 1
export ODR_SAN=$work/tree/build/dev TMPDIR=$work/tmp
mkdir -p "$TMPDIR"
cmake --preset dev --log-level=WARNING >/dev/null
cmake --build --preset dev -j2 >/dev/null || exit 1
survived=0

# mutant NAME FILE SED
mutant() {
	[[ $1 =~ ${pattern:-.} ]] || return 0
	cp "$2" "$work/keep"
	sed -i "$3" "$2"
	local verdict=SURVIVED test
	if cmp -s "$2" "$work/keep"; then
		verdict='NOT APPLIED'
	elif ! cmake --build --preset dev -j2 >/dev/null 2>&1; then
		verdict='does not build'
	else
		for test in test_sequence test_rescue; do
			if ! timeout 120 "tests/$test.sh" >"$work/out" 2>&1; then
				verdict="$test: $(sed -n 's/^not ok [0-9]* - //p' "$work/out" | head -n 1)"
				break
			fi
		done
	fi
	case $verdict in SURVIVED | NOT*) survived=1 ;; esac
	printf '%-34s %s\n' "$1" "$verdict"
	cp "$work/keep" "$2"
}

# constant FILE NAME: its number plus one
constant() {
	local value
	value=$(sed -n "s/^.*\b$2\b[ =]*\(0x[0-9A-Fa-f]*\|[0-9]*\)u\?.*/\1/p" "$1" | grep . | head -n 1)
	mutant "$2 $value + 1" "$1" "s/\(\b$2\b[ =]*\)$value\(u\?\)/\1($value\2 + 1)/"
}

pattern=${1-}
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
for name in WRITE_BUFFER MODE_DATA MODE_BURN PIECE HEADER_BYTES HEADER_SUM BURN_WAIT_MS \
	READY_EVERY_MS READY_LIMIT_MS PIECE_TIMEOUT_MS PLAIN_TIMEOUT_MS NOT_READY NO_MEDIUM; do
	constant flash/families/btc.c $name
done
for name in EVERY_MS SLOW_MS LIMIT_MS SLOW_STATUS; do
	constant flash/knock.c $name
done
for name in ODR_IDENTITY_VENDOR ODR_IDENTITY_PRODUCT ODR_IDENTITY_REVISION; do
	constant flash/drive.h $name
done

# Rules left out.
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
exit $survived
