#!/usr/bin/env bash
# What the engine sends is the documented sequence, access by access (tests/seqcheck.c reads the trace).
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

# traced RIG IMAGE SCRIPT; RIG: a file in tests/rigs, or a path
traced() {
	local rig=$1
	[[ $rig == */* ]] || rig=tests/rigs/$rig
	rm -rf "$DIR" "$TMPDIR/trace"
	code=0
	printf '%s\n' "$3" >"$TMPDIR/script"
	IMAGE=$2 "$ODR_SAN/odrescue" --backend \
		"sim:rig=$rig,state=$DIR,speed=max,trace=$TMPDIR/trace" \
		--script "$TMPDIR/script" >"$TMPDIR/out" 2>&1 || code=$?
}
whole="image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master
plan
confirm secondary master
flash"

traced dead1008.ini "$FW" "$(plugged)
$whole"
check "a rescue of 64 KiB ends VERIFIED" ended 0 VERIFIED
check "its accesses are those of 2.4 and 2.5, from the intro to the outro" \
	"$ODR_SAN/seqcheck" mtk "$TMPDIR/trace" "$FW" 65536 0
check "no access outside them was recorded" no_wrongs

# How often it tries, where the documented number of tries is used up.
cycles() { # KIND A7..A0 A15..A8: write (o 173) or read (o 177 00) cycles at that address of bank 0
	awk -v kind="$1" -v lo="o 174 $2" -v hi="o 175 $3" '
	$0 == lo { step = 1; next }
	step == 1 && $0 == hi { step = 2; next }
	step == 2 && $0 == "o 176 A0" { step = 3; next }
	step == 3 { n += index($0, kind) == 1 }
	{ step = 0 }
	END { print n + 0 }' "$TMPDIR/trace"
}
direct="$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
flash"
traced stuck.ini "$FW" "$direct"
check "a byte that never programs ends CHANGED" ended 5 CHANGED
check "it is programmed 16 times (2.5)" test "$(cycles 'o 173' 00 90)" = 16
# 4 in the backup, 1 blank check, 16 x 3 after the programs, 2 when the chip is compared.
check "and read back up to 3 times each (2.5)" test "$(cycles 'o 177 00' 00 90)" = 55


# The program of one byte takes 4 s, so that the chip shows status for the rest of the story.
sed 's/^stuck.*/program_us = 4000000/' tests/rigs/stuck.ini >"$TMPDIR/slow.ini"
traced "$TMPDIR/slow.ini" "$FW" "$direct"
check "a chip that is never done with a byte ends CHANGED" ended 5 CHANGED
# Address 0 before that: 2 x 5 when the chip is identified, 4 in the backup, 2 after the erase, 1 in
# the blank check. Then the chip is compared with the backup: 16 x 2.
check "a byte is read twice, 16 times at most (2.5)" test "$(cycles 'o 177 00' 00 00)" = 49

sed 's/^unstable.*/unstable = 1/' tests/rigs/unstable.ini >"$TMPDIR/toggles.ini"
traced "$TMPDIR/toggles.ini" "$FW" "$(plugged)
$whole"
check "a chip that never rests is no chip to erase" ended 2 "does not finish"
check "it is given 128 s, in steps of 250 ms" test "$(cycles 'o 177 00' 00 00)" = $(((512 + 1) * 2))

sed 's/^content.*/&\nstuck_status = D1/' tests/rigs/dead1008.ini >"$TMPDIR/slow.ini"
traced "$TMPDIR/slow.ini" "$FW" "$(plugged)
knock secondary master"
check "a drive that never answers is given up" ended 3 "its status register shows D1 at last"
# 753 ms and some us: 250 + 2 + 1 of the intro (2.4), then 500, but for the last time.
check "after status D1 it is knocked on every 500 ms" \
	test "$(grep -c '^W 500000$' "$TMPDIR/trace")" = 265
# From the first select of the first knock on, in ms on this PC's clock: each access takes 1 us, and so does
# asking the time, which each knock does twice.
knocking() {
	awk '/^W 250000/ && was == "o 176 A0" && !us { us = 1 } us { us += /^W/ ? $2 : 1 }
		us && /^o 177 80/ { us += 2 } { was = $0 } /^W/ { end = us }
		END { print int((end - 1) / 1000) }' "$TMPDIR/trace"
}
check "it is given up after 200 s" test "$(knocking)" = 200000

traced protect.ini "$FW" "$(plugged)
$whole"
# 4 in the backup, 3 in the blank check, 2 when the chip is compared.
check "the blank check goes on to the 16th mismatch (2.5)" \
	test "$(cycles 'o 177 00' 0F 00) $(cycles 'o 177 00' 10 00)" = "9 6"

traced noid.ini "$FW" "$(plugged)
$whole"
# 90 and F0, two rounds; 555 is the first address of one style and the second of another.
styles="$(cycles 'o 173 AA' 55 55) $(cycles 'o 173 55' AA 2A)
$(cycles 'o 173 AA' 55 05) $(cycles 'o 173 55' AA 02)
$(cycles 'o 173 AA' AA 0A) $(cycles 'o 173 55' 55 05)"
check "a chip without an id is asked in all three styles" test "$styles" = $'4 4\n4 4\n4 4'

traced rom1008.ini "$FW" "$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand power 3 off on read 1000
flash"
check "a drive that dies in the backup: UNCHANGED" ended 3 UNCHANGED "stopped answering"
# One access takes 2 us on this PC; one more reading comes before the clock is looked at.
check "a cycle is polled for 327680 us (2.5)" \
	test "$(uniq -c "$TMPDIR/trace" | sort -rn | head -n 1 | tr -s ' ')" = " 163841 i 177 7F"

"$ODR_SAN/mkimage" --size 131072 --seed 7 "$TMPDIR/fw128.bin"
traced small128.ini "$TMPDIR/fw128.bin" "$(plugged)
$whole"
check "two banks: from the higher to the lower, boot page of bank 0 last" \
	"$ODR_SAN/seqcheck" mtk "$TMPDIR/trace" "$TMPDIR/fw128.bin" 131072 1

"$ODR_SAN/mkimage" --size 1048576 "$TMPDIR/fw1m.bin"
alive="-hand start
target secondary master
image \$IMAGE
plan
confirm secondary master"
traced alive.ini "$TMPDIR/fw1m.bin" "$alive
flash"
check "a living BTC writer is sent exactly 3.1" \
	"$ODR_SAN/seqcheck" btc "$TMPDIR/trace" "$TMPDIR/fw1m.bin"
check "a living BTC writer holds the image" holds "$TMPDIR/fw1m.bin"
check "nothing else was sent to it" no_wrongs

sed 's/^burn_ms.*/burn_ms = 4000000/' tests/rigs/alive.ini >"$TMPDIR/burns.ini"
traced "$TMPDIR/burns.ini" "$TMPDIR/fw1m.bin" "$alive
flash"
check "a drive that burns for ever ends CHANGED" ended 5 CHANGED "does not come back"
check "it is left alone for 50 s, told by the second, then asked each second, for 300 s (3.1)" \
	test "$(grep -c '^W 1000000$' "$TMPDIR/trace")" = 350

# Another drive, busy for ever, takes its place while it is sent a piece, and when it is asked its name
# (packet 263: 2 looks, 256 pieces, header, burn, TEST UNIT READY and its sense, INQUIRY).
{
	cat tests/rigs/alive.ini
	printf '[spareA]\ntype = burner\nchip = 1M\nrow = hung\n'
} | sed 's/^burn_ms.*/burn_ms = 20000/' >"$TMPDIR/hangs.ini"
# From the last PACKET to the last wait of a poll, in ms on this PC's clock: an access takes 1 us, and so
# does asking the time, which every poll does once.
patience() {
	awk '/^o 177 A0/ { us = 0 } /^W/ { us += $2; polled = us } { us++ }
		END { print int(polled / 1000) }' "$TMPDIR/trace"
}
traced "$TMPDIR/hangs.ini" "$TMPDIR/fw1m.bin" "$alive
hand detach 3 on packet 20
hand attach A 3 on packet 20
flash"
check "a drive that hangs over a piece ends CHANGED" ended 5 CHANGED "3B: no end"
check "it is given up after 300 s (10, rule 6)" test "$(patience)" = 300000
check "the piece, the 18th, was not sent again" test "$(grep -c '^O 170 063B' "$TMPDIR/trace")" = 18
traced "$TMPDIR/hangs.ini" "$TMPDIR/fw1m.bin" "$alive
hand detach 3 on packet 263
hand attach A 3 on packet 263
flash"
check "a drive that hangs over its name ends CHANGED" ended 5 CHANGED "12: no end"
check "it is given up after 10 s" test "$(patience)" = 10000
rm -f "$TMPDIR/trace"
finish
