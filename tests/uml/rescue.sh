# rescue.sh - a living drive is written through the kernel. Leaves it plugged in.
# shellcheck shell=bash

plug a alive.ini 3
check "the kernel makes sr, sg and bsg nodes for a practice drive" \
	test -b "$(sr_of "$node")" -a -c /dev/sg0 -a -c "/dev/bsg/$node"
inquiry() {
	sg_inq "$1" | grep -q 'revision level: 0055'
}
check "sg_inq reads its revision through the kernel" inquiry "$(sr_of "$node")"
odr scan scan
check "odrescue lists it with its name" said scan "position 5" "DVDRW IDE1008" 0055

# ---- 0055 becomes 0758 ----

# As udev and desktops have it, only more often: the kernel asks the drive for news of its disc.
echo 50 >"/sys/block/$(basename "$(sr_of "$node")")/events_poll_msecs"
: >/run/a.log
polls() {
	grep -q '^4a' /run/a.log
}
check "the kernel's sr driver asks it again and again" until_true polls
flash rescue
check "0055 becomes 0758 through the kernel" ended 6 rescue "NOT VERIFIABLE" 0758 identity
check "the chip holds the file" cmp /run/a/chip3.bin "$FW"
check "the drive got each command of the upload once, in order, and none of sr's between" sent_once a
check "nothing came in its 50 s of burning, and nothing undocumented ever" no_wrongs a
check "sr has its drive again" sr_of "$node"

# Copied while sr has it and the drive rests: for the witnesses outside.
cp -r /run/a "$FW" "$OUT"
