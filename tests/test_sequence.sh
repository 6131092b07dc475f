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
