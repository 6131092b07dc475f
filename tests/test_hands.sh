#!/usr/bin/env bash
# The wrong hands: each has its own words, its true consequence, and a way back; and no bit of a chip is
# another one afterwards, but where the person has really stopped a write.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

printf '%s\n' '[pc]' 'on = no' '[1]' 'type = disk' '[2]' 'type = cdrom' '[3]' 'type = burner' \
	'vendor = BTC' 'product = DVDRW IDE1008' 'revision = 0055' 'content = dead' '[spareA]' \
	'type = cdrom' >"$TMPDIR/pc.ini"
grep -v '^type = disk\|^\[1\]' "$TMPDIR/pc.ini" >"$TMPDIR/nodisk.ini"

hands() { # RIG-FILE LINE...: a fresh practice PC
	rm -rf "$DIR"
	code=0
	printf '%s\n' "${@:2}" >"$TMPDIR/script"
	IMAGE=$FW "$ODR_SAN/odrescue" --backend "sim:rig=$1,state=$DIR,speed=max" \
		--script "$TMPDIR/script" >"$TMPDIR/out" 2>&1 || code=$?
}
pc() { # LINE...
	hands "$TMPDIR/pc.ini" "$@"
}
on_dos=('hand cable 3 off' 'hand start' baseline)

# What the person saw after the last time this hand was used: the answer, and the lesson.
answer_to() { # HAND
	awk -v hand="> hand $1" '
		$0 == hand { said = ""; inside = 1; next }
		/^>/ { inside = 0 }
		inside { gsub(/^ +/, ""); said = said $0 " " }
		END { print said }' "$TMPDIR/out"
}
lesson() { # HAND WORDS
	local said
	said=$(answer_to "$1")
	echo "$said"
	[[ $said == *LESSON*"$2"*"To mend it:"* ]]
}
no_lesson() { # HAND
	local said
	said=$(answer_to "$1")
	echo "$said"
	[[ -n $said && $said != *LESSON* ]]
}
sees() { # POSITION TEXT: what the last scan of the script saw there
	grep "^  $1  " "$TMPDIR/out" | tail -n 1 | grep -e "$2"
}
same_chip() {
	cmp "$DIR/chip3.bin" "$TMPDIR/before.bin" && untouched 3
}

pc 'hand cable 3 off'
cp "$DIR/chip3.bin" "$TMPDIR/before.bin"

# ---- nothing wrong
hands tests/rigs/dead1008.ini "$(cat tests/scripts/thread.txt)"
check "the thread's rescue ends well" ended 0 VERIFIED
check "the thread's rescue needs no lesson" silent grep LESSON "$TMPDIR/out"

# ---- 1 power for data
pc '-hand start' 'hand power 3 off' 'hand reset' 'wait 1' scan
check "power pulled instead of data is told" lesson "power 3 off" "POWER plug, not the data cable"
check "the PC starts all the same" ended 0 "odrescue runs on it"
check "a drive without power is not seen" sees 3 " -$"
pc '-hand start' 'hand power 3 off' 'hand reset' baseline 'hand power 3 on' 'wait 5' scan
check "power put in live is told" lesson "power 3 on" "put in while the PC runs"
check "the drive is busy then, as it was at the start" sees 3 "stuck busy"
check "power for data leaves the chip alone" same_chip
pc 'hand power 3 off' 'hand power 3 on'
check "with the PC off the power plug is no lesson" no_lesson "power 3 on"

# ---- 2 the other drive's cable
pc "${on_dos[@]}" 'hand cable 2 off' 'wait 3' scan
check "the other drive's cable is told" lesson "cable 2 off" "ANOTHER drive"
check "the other drive is gone" sees 2 " -$"
check "the other drive's cable leaves the chip alone" same_chip
pc "${on_dos[@]}" 'hand cable 2 off' 'hand cable 2 on' 'wait 5' scan
check "putting it back is no lesson" no_lesson "cable 2 on"
check "and the other drive is there again" sees 2 "CD-ROM"
pc 'hand cable 2 off' "${on_dos[@]}" 'hand cable 2 on'
check "plugging it in instead of the dead one is told" lesson "cable 2 on" "ANOTHER drive"
pc "${on_dos[@]}" 'hand cable 1 off'
check "the hard disk's cable has words of its own" lesson "cable 1 off" "HARD DISK"

# ---- 3 the jumper
pc 'hand cable 3 off' 'hand jumper 3 slave' 'hand start' baseline 'hand cable 3 on' 'wait 4' \
	'target secondary master DRW1008IB' 'hand power 3 off after 8 s' \
	'hand power 3 on after 9 s' '-knock secondary master'
check "the jumper on slave is told" lesson "jumper 3 slave" "SLAVE now"
check "a knock at the old position is not answered" ended 0 "(no-answer)"
check "the drive answers as secondary slave" grep -q "position=4" <(drive 3)
check "the jumper leaves the chip alone" same_chip
pc 'hand jumper 3 slave' 'hand jumper 3 master'
check "the jumper back on master is no lesson" no_lesson "jumper 3 master"
pc 'hand jumper 2 master'
check "two masters on one cable are told" lesson "jumper 2 master" "SAME jumper"

# ---- 4 too early
pc 'hand cable 3 off' 'hand cable 3 on' '-hand start'
check "plugging before the start is told" lesson "cable 3 on" "has not started yet"
check "and the PC hangs" ended 0 "hangs at detecting"
pc 'hand cable 3 off' 'hand start' 'hand cable 3 on' 'wait 4' baseline
check "plugging before anybody looked is told" lesson "cable 3 on" "has not looked"
check "too early leaves the chip alone" same_chip

# ---- 5 twice
pc "${on_dos[@]}" 'hand cable 3 on' 'wait 1' 'hand cable 3 off' 'hand cable 3 on' 'wait 4' scan
check "out and in again is told" lesson "cable 3 on" "AGAIN while the drive settles"
check "the drive is seen in the end" sees 3 "stuck busy"
check "twice leaves the chip alone" same_chip
pc "${on_dos[@]}" 'hand cable 3 on' 'wait 40' 'hand cable 3 off' 'hand cable 3 on'
check "when it had settled, plugging again is no lesson" no_lesson "cable 3 on"

# ---- 6 upside down
pc "${on_dos[@]}" 'hand attach A 4' 'wait 5' 'hand cable 3 upside' 'wait 4' scan
check "the plug turned round is told" lesson "cable 3 upside" "UPSIDE DOWN"
check "nobody on the cable answers, not even the healthy one" sees 4 " -$"
check "nor the drive itself" sees 3 " -$"
check "upside down leaves the chip alone" same_chip
pc "${on_dos[@]}" 'hand attach A 4' 'hand cable 3 upside' 'wait 4' 'hand cable 3 off' 'wait 5' scan
check "pulled again, the healthy one comes back" sees 4 "CD-ROM"
pc "${on_dos[@]}" 'hand cable 3 upside' 'wait 4' 'hand cable 3 on' 'wait 4' scan
check "turning it is no lesson" no_lesson "cable 3 on"
check "and the drive is seen" sees 3 "stuck busy"

# ---- 7 the other channel
pc 'hand detach 2' "${on_dos[@]}" 'hand cable 3 primary' 'wait 4' scan
check "the drive on the disk's cable is told" lesson "cable 3 primary" "HARD DISK's cable"
check "with the same jumper the disk is not understood any more" sees 1 "stuck busy"
check "the other channel leaves the chip alone" same_chip
pc 'hand detach 2' 'hand cable 3 off' 'hand jumper 3 slave' 'hand start' baseline \
	'hand cable 3 primary' 'wait 4' '-target primary slave DRW1008IB' \
	'hand cable 3 secondary' 'wait 4' scan
check "beside the disk it answers as primary slave, and is refused" ended 0 "(disk-on-cable)"
check "put back, it is on its own channel" sees 4 "stuck busy"
check "putting it back is no lesson, either" no_lesson "cable 3 secondary"
pc "${on_dos[@]}" '-hand cable 3 primary'
check "a cable with two drives has no plug for a third" ended 0 "Both plugs of that cable"
hands "$TMPDIR/nodisk.ini" "${on_dos[@]}" 'hand cable 3 primary'
check "without a disk there it is the other channel that is told" \
	lesson "cable 3 primary" "OTHER CHANNEL"

# ---- 8 in the middle of a write: by the hands of a second process, as the person would
middle() { # HAND [OPTION]: the answer in $TMPDIR/seen, its lesson on the second line
	local options="rig=tests/rigs/rom1008.ini,state=$DIR,speed=5x${2-}" writer tries
	rm -rf "$DIR"
	printf '%s\n' "${on_dos[@]}" 'hand cable 3 on' 'wait 3' 'target secondary master DRW1008IB' \
		"image $FW" 'knock secondary master' plan 'confirm secondary master' flash \
		>"$TMPDIR/script"
	"$ODR_SAN/odrescue" --events --backend "sim:$options" --script "$TMPDIR/script" \
		>"$TMPDIR/out" 2>&1 &
	writer=$!
	for ((tries = 0; tries < 6000; tries++)); do
		! grep -q 'phase="write" percent=[1-9]' "$TMPDIR/out" || break
		sleep 0.01 # between two looks at the condition
	done
	# shellcheck disable=SC2086 # the words of the hand
	"$ODR_SAN/righand" "$options" $1 >"$TMPDIR/seen" 2>&1
	code=0
	wait "$writer" || code=$?
}
told() { # WORDS
	cat "$TMPDIR/seen"
	sed -n 2p "$TMPDIR/seen" | grep -q "$1.*To mend it:"
}
half_written() {
	drive 3 | grep 'erased=1' && ! cmp -s "$DIR/chip3.bin" "$FW"
}
recovers() { # LINE...: what brings the drive back to where it can be knocked on
	go_on rom1008.ini <<<"$(printf '%s\n' "$@")
target secondary master DRW1008IB
image \$IMAGE
knock secondary master
plan
confirm secondary master
flash"
	ended 0 "EARLIER RESCUE WAS INTERRUPTED" VERIFIED && holds "$FW"
}
plug_again=('hand cable 3 off' 'hand reset' baseline 'hand cable 3 on' 'wait 5')

middle reset ,reboot=ends
check "reset in mid-write is told" told "RESET in the middle"
check "it takes the program along" test "$code" -ne 0
check "and leaves a half-written chip" half_written
check "from which the next start recovers" recovers "${plug_again[@]}"
middle "power 3 off"
check "power lost in mid-write is told" told "POWER went in the middle"
check "the write ends CHANGED" test "$code" = 5
check "a chip that lost power is half written" half_written
check "and is rescued, too" recovers 'hand power 3 on' "${plug_again[@]}"
middle "cable 3 off"
check "the cable out in mid-write is told" told "CABLE came out in the middle"
check "a chip behind no cable is half written" half_written
check "but waits in flash mode" grep -q row=vendor <(drive 3)
check "and is rescued, as well" recovers 'hand cable 3 on' 'wait 5'

finish
