#!/usr/bin/env bash
# Rescues and refusals, commands and hands in, words and the rig's own answer out.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

job='plan
confirm secondary master
flash'

# ---- rescues ----

play dead1008.ini <tests/scripts/thread.txt
check "the thread's rescue ends VERIFIED and the drive names itself" \
	ended 0 VERIFIED "DVDRW IDE1008 0758 (alive)"
check "the chip of the thread's rescue equals the image" holds "$FW"
check "the thread's rescue keeps to the documented sequences" no_wrongs

# The first display of the manual's examples is a script that can be copied out of it.
play dead1008.ini < <(awk '/^\.Sh EXAMPLES/ { seen = 1 } seen && /^\.Ed/ { exit } shown { print }
	seen && /^\.Bd/ { shown = 1 }' odrescue.1)
check "the rescue in the manual ends VERIFIED" ended 0 VERIFIED
check "its chip equals the image" holds "$FW"

for seed in 2 3; do
	"$ODR_SAN/mkimage" --seed $seed --rev "025$seed" "$TMPDIR/other.bin"
	play dead1008.ini IMAGE="$TMPDIR/other.bin" <tests/scripts/thread.txt
	check "any other valid image is written as well (seed $seed)" holds "$TMPDIR/other.bin"
done

"$ODR_SAN/mkimage" --hex "$TMPDIR/fw.hex"
play dead1008.ini IMAGE="$TMPDIR/fw.hex" <tests/scripts/thread.txt
check "the same image from HEX gives the same chip" holds "$FW"

"$ODR_SAN/mkimage" --size 131072 "$TMPDIR/fw128.bin"
for rig in small128 unl555 unl555w unlaaa; do
	size=$([ $rig = small128 ] && echo "$TMPDIR/fw128.bin" || echo "$FW")
	play $rig.ini IMAGE="$size" <<<"$(plugged)
image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master
$job"
	check "$rig: VERIFIED" ended 0 VERIFIED
	check "$rig: the chip equals the image" holds "$size"
done

"$ODR_SAN/mkimage" --size 1048576 "$TMPDIR/fw1m.bin"
play alive.ini IMAGE="$TMPDIR/fw1m.bin" <<<"-hand start
target secondary master
image \$IMAGE
$job"
check "a living BTC writer takes 1 MiB and ends NOT VERIFIABLE" ended 6 "NOT VERIFIABLE" identity
check "its chip equals the image all the same" holds "$TMPDIR/fw1m.bin"
check "btc keeps to the documented sequence" no_wrongs

play rom1008.ini <<<"hand cable 3 off
hand jumper 3 slave
-hand start
baseline
hand cable 3 on
wait 3
target secondary slave DRW1008IB
image \$IMAGE
knock secondary slave
plan
confirm secondary slave
flash"
check "a dead drive that is jumpered slave is rescued at position 4" ended 0 VERIFIED
check "its chip equals the image, too" holds "$FW"
check "the slave's accesses are documented, too" no_wrongs

play rom1008.ini <<<"hand cable 3 off
-hand start
baseline
hand cable 3 on
wait 3
hand cable 1 off
wait 3
target secondary master DRW1008IB"
check "two channels that changed prove nothing" ended 2 "NO (two-changed)"

play aborts.ini <<<"target secondary master DRW1008IB
scan
image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master
plan
confirm secondary master whole firmware
flash"
# Its firmware is whole, and it was off and on meanwhile: without these words nothing is erased.
check "a drive that aborts every command is rescued, however often it was asked" ended 0 VERIFIED
check "its chip equals the image" holds "$FW"
check "it was sent nothing undocumented" no_wrongs

play swap.ini <<<"hand cable 3 off
-hand start
scan"
check "a disk and a CD-ROM on one cable both say their names" ended 0 "(hard disk)" "CD-ROM"

# ---- the person who fails ----

play rom1008.ini IMAGE="$TMPDIR/nofile.bin" <<<"$(plugged)
image \$IMAGE"
check "a wrong file name is refused before anything is sent" ended 4 "NO (image)"
check "a wrong file name: nothing was sent" untouched 3

play rom1008.ini IMAGE=/ <<<"image \$IMAGE"
check "a directory is no image" ended 4 "NO (image)"

play rom1008.ini <<<"hand cable 3 off
-hand start
baseline
hand cable 3 on
wait 3
target primary slave DRW1008IB"
check "the wrong digit, where nothing is: its own words" ended 7 "Nothing answers"

play rom1008.ini <<<"hand cable 3 off
-hand start
target primary master DRW1008IB"
check "the wrong digit, where the hard disk is: never a target" ended 2 "NO (disk)"
check "the hard disk saw no vendor command" untouched 1

play two.ini <<<"$(plugged)"
check "two drives on one cable are refused" ended 2 "NO (partner)"

play diskcab.ini <<<"hand cable 3 off
-hand start
baseline
hand cable 3 on
wait 3
target secondary slave DRW1008IB"
check "a disk on the cable is refused and nothing overrides it" ended 2 "NO (disk-on-cable)"

play alive.ini <<<"-hand start
target secondary master
knock secondary master"
check "a healthy drive at the position named is not knocked on" ended 2 "NO (alive)"

play alive.ini IMAGE="$FW" <<<"-hand start
target secondary master
image \$IMAGE
plan"
check "an image of another size than the flash is refused" ended 4 "NO (size)"

"$ODR_SAN/mkimage" --product "DVDRW IDE1004" "$TMPDIR/o.bin"
play rom1008.ini IMAGE="$TMPDIR/o.bin" <<<"$(plugged)
image \$IMAGE"
check "another product's image is refused" ended 4 "NO (other-product)"

play rom1008.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary slave"
check "words that name another position do not confirm" ended 2 "NO (words)"
for words in 3 "position 3"; do
	play rom1008.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm $words"
	check "a number that stands for a name does not confirm: $words" ended 2 "NO (words)"
done
play alive.ini <<<"-hand start
target position 12"
check "a position behind the four is named by its number" ended 7 "Nothing answers"
play alive.ini <<<"target position 13"
check "there are twelve" ended 1 "target POSITION"
play rom1008.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
flash"
check "a plan that was not confirmed is not flashed" ended 2 "NO (not-confirmed)"
check "it was not erased" untouched 3

# ---- chips ----

for row in "noid 2 no-chip-id" "serial 2 serial-flash" "serial73 2 serial-flash" "locked 3 locked"; do
	read -r rig want word <<<"$row"
	play "$rig.ini" <<<"$(plugged)
image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master"
	check "$rig: stopped with its own words" ended "$want" "NO ($word)"
	check "$rig: nothing erased" untouched 3
	check "$rig: nothing undocumented was sent" no_wrongs
done

knocked="image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master"
play unstable.ini <<<"$(plugged)
$knocked
$job"
check "a chip that reads differently each time: UNCHANGED" ended 3 UNCHANGED "reads differently"
check "a chip that reads differently each time is not erased" untouched 3
play protect.ini <<<"$(plugged)
$knocked
$job"
check "a protected chip ends UNCHANGED, read back" ended 3 UNCHANGED "read back"
cp "$DIR/chip3.bin" "$TMPDIR/protected.bin"
play protect.ini <<<"scan"
check "a protected chip holds what it held" cmp "$DIR/chip3.bin" "$TMPDIR/protected.bin"
play protamd.ini <<<"$(plugged)
${knocked/image \$IMAGE/}"
check "a chip that says that a sector is protected is refused" ended 2 "NO (protected)" \
	"Nothing was erased"
check "it was not erased" untouched 3
check "it was sent nothing undocumented, either" no_wrongs

# ---- things change: swap, add, kill, or the file; between proof and plan, plan and job, in the job ----

chip_before() { # the chip as a new rig has it
	cmp "$DIR/chip3.bin" "$TMPDIR/before.bin"
}
play swap.ini <<<"scan" # only to see what a new chip holds
cp "$DIR/chip3.bin" "$TMPDIR/before.bin"

change_stops() { # NAME HAND
	local name=$1 hand=$2
	play swap.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
$hand
wait 3
$job"
	check "$name between knock and plan: nothing erased" chip_before
	check "$name between knock and plan: said" test "$code" -ne 0
	play swap.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
$hand
wait 3
flash"
	check "$name between plan and job: nothing erased" chip_before
	check "$name between plan and job: said" test "$code" -ne 0
	play swap.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
$hand on read 200000
flash"
	check "$name between job and erase: nothing erased" chip_before
	check "$name between job and erase: UNCHANGED" ended "$code" UNCHANGED
	check "$name between job and erase: not a success" test "$code" -ne 0
}
change_stops "another drive in its place" "hand swap 3 A"
change_stops "a disk added to its cable" "hand attach B 4"
change_stops "a CD-ROM added to its cable" "hand attach A 4"
change_stops "another drive taken away" "hand cable 2 off"
change_stops "the target's power lost" "hand power 3 off"
change_stops "the target's cable lost" "hand cable 3 off"
change_stops "the file changed" "hand file fw.bin changed"
change_stops "a bad sector under the file" "hand file fw.bin bad 40000"
change_stops "the disk with the file gone" "hand disk gone"
change_stops "the PC started again" "hand reset"

# ---- the journal's place, room, scripts ----

not_knocked() { # not one vendor command
	drive 3 | grep -q ' rom_commands=0 '
}

for mode in full readonly gone; do
	play rom1008.ini <<<"$(plugged)
hand disk $mode
knock secondary master"
	check "journal's disk $mode: no knock, another place or words" ended 2 "NO (journal)" \
		"--state and another folder, or add the words: without journal"
	check "journal's disk $mode: no intro was sent" not_knocked
	play rom1008.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand disk $mode
flash"
	check "journal's disk $mode when the job begins: nothing erased" untouched 3
	check "journal's disk $mode when the job begins: said" test "$code" -ne 0
done
play rom1008.ini <<<"$(plugged)
image \$IMAGE
hand disk full
knock secondary master without journal
plan
confirm secondary master without journal
flash"
check "no room for a backup: UNCHANGED" ended 3 UNCHANGED "no room"
play rom1008.ini <<<"$(plugged)
image \$IMAGE
hand disk full
knock secondary master without journal
plan
confirm secondary master without journal without backup
flash"
check "the typed words go on without journal and backup" ended 0 VERIFIED

placed() { # STATE: the journal's place
	printf '%s\n' "$(plugged)" "knock secondary master" >"$TMPDIR/script"
	rm -rf "$DIR"
	code=0
	"$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=max" \
		--state "$1" --script "$TMPDIR/script" >"$TMPDIR/out" 2>&1 || code=$?
}
placed "$FW/below"
check "a journal's place that cannot be made: no knock" ended 2 "NO (journal)" "--state"
placed "$TMPDIR/elsewhere"
check "and another place is enough" ended 0 "answers with status 70"
check "the journal lies there" grep -q '^vendor ' "$TMPDIR/elsewhere/JOURNAL.TXT"

play rom1008.ini <<<"dance"
check "a script line that is none: file, line, reason, exit 1" ended 1 "script:1:"
play rom1008.ini <<<'image $NOT_SET_ANYWHERE'
check "a script name that is not set: file, line, reason, exit 1" ended 1 "script:1:" NOT_SET
play none.ini <<<"scan"
check "a rig that is missing: exit 1" ended 1 "none.ini"
printf '[3]\ntype = burner\nchip = 65K\n' >"$TMPDIR/bad.ini"
code=0
"$ODR_SAN/odrescue" --backend "sim:rig=$TMPDIR/bad.ini,state=$DIR" scan >"$TMPDIR/out" 2>&1 || code=$?
check "a rig that does not parse: file, line, reason, exit 1" ended 1 "bad.ini:3: wrong value for chip"
play .. <<<"scan"
check "a folder is no rig: exit 1" ended 1 "cannot be read"
for script in "$TMPDIR/none.txt" "$TMPDIR"; do
	rm -rf "$DIR"
	code=0
	"$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=max" \
		--script "$script" >"$TMPDIR/out" 2>&1 || code=$?
	check "a script that cannot be read: exit 1" ended 1 "$script: cannot be"
done

finish
