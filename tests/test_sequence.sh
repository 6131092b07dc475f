#!/usr/bin/env bash
# What the engine sends is the documented sequence, access by access (tests/seqcheck.c reads the trace).
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

# traced RIG IMAGE SCRIPT
traced() {
	rm -rf "$DIR" "$TMPDIR/trace"
	code=0
	printf '%s\n' "$3" >"$TMPDIR/script"
	IMAGE=$2 "$ODR_SAN/odrescue" --backend \
		"sim:rig=tests/rigs/$1,state=$DIR,speed=max,trace=$TMPDIR/trace" \
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
traced stuck.ini "$FW" "$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
flash"
check "a byte that never programs ends CHANGED" ended 5 CHANGED
check "it is programmed 16 times (2.5)" test "$(cycles 'o 173' 00 90)" = 16
# 4 in the backup, 1 blank check, 16 x 3 after the programs, 2 when the chip is compared.
check "and read back up to 3 times each (2.5)" test "$(cycles 'o 177 00' 00 90)" = 55

"$ODR_SAN/mkimage" --size 131072 --seed 7 "$TMPDIR/fw128.bin"
traced small128.ini "$TMPDIR/fw128.bin" "$(plugged)
$whole"
check "two banks: from the higher to the lower, boot page of bank 0 last" \
	"$ODR_SAN/seqcheck" mtk "$TMPDIR/trace" "$TMPDIR/fw128.bin" 131072 1

"$ODR_SAN/mkimage" --size 1048576 "$TMPDIR/fw1m.bin"
traced alive.ini "$TMPDIR/fw1m.bin" "-hand start
target secondary master
image \$IMAGE
plan
confirm secondary master
flash"
check "a living BTC writer is sent exactly 3.1" \
	"$ODR_SAN/seqcheck" btc "$TMPDIR/trace" "$TMPDIR/fw1m.bin"
check "a living BTC writer holds the image" holds "$TMPDIR/fw1m.bin"
rm -f "$TMPDIR/trace"
finish
