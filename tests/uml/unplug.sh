# unplug.sh - a drive that goes away, and one that says no in the other format.
# shellcheck shell=bash

# INQUIRY is on its way when the plug is pulled.
plug a alive.ini 3
kill -STOP $bridge
odr midscan scan &
scan=$!
rest 0.3
kill -TERM $bridge
kill -CONT $bridge
wait $scan
wait $bridge
check "unplugged in mid-scan: the scan ends" said midscan "secondary slave"
odr gone scan
check "and then the drive is gone" test -z "$(grep IDE1008 "$OUT/gone.out")"

# Slow enough that the kernel is through with the unplugging long before the upload is.
plug a alive.ini 3 slow=40
"$ODR_DEV/mkimage" --size 1048576 --rev 0799 "$TMPDIR/next.bin"
: >/run/a.log
flash midwrite "$TMPDIR/next.bin" &
job=$!
until_true logged a 20
unplug
wait $job
check "unplugged in mid-write: CHANGED, and what to do" \
	ended 5 midwrite "CHANGED" "command 3B" " left" "DO NOT SWITCH OFF"
chip_is() {
	cmp "/run/a/chip3.bin" "$1"
}
check "the rig knows better: its chip holds the old file" chip_is "$FW"
nothing_after() { # the pieces came in order, and no second one of any
	local pieces
	pieces=$(grep '^3b' /run/a.log)
	[ "$pieces" = "$(sort -u <<<"$pieces")" ]
}
check "nothing was sent twice" nothing_after

plug a alive.ini 3 sense=72
: >/run/a.log
odr recovery status
check "the next start tells of the interrupted rescue" \
	said recovery "interrupted after the erase was ordered"
flash again "$TMPDIR/next.bin"
check "plugged in again, it is written to its end" ended 6 again "NOT VERIFIABLE" identity
check "sense data in descriptor format are understood" chip_is "$TMPDIR/next.bin"
check "each command once" sent_once a

# As some do when they have burnt: the kernel has another drive now, at the same plug.
: >/run/a.log
flash leaves &
job=$!
until_true grep -q '^3b 07' /run/a.log
kill -USR1 $bridge
wait $job
check "a drive that leaves its bus while it burns and comes back is found again" \
	ended 6 leaves "NOT VERIFIABLE" identity
check "its chip holds the file" chip_is "$FW"
check "each command once, here too" sent_once a
check "and sr has the one that came back" until_true sr_of "$node"
