#!/usr/bin/env bash
# Every command of the language, alone and in the orders in which people mix them up.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

ready="$(plugged)
image \$IMAGE
knock secondary master"

play swap.ini <<<"$ready
backup
verify"
check "backup reads the chip into a file without any plan" test -s "$DIR/BACKUP3.BIN"
check "the backup is the chip" cmp "$DIR/BACKUP3.BIN" "$DIR/chip3.bin"
check "verify says that the old content is not the file, and that nothing was written" \
	ended 3 "the file has" "wrote nothing"
check "backup and verify wrote nothing to the chip" untouched 3
check "both kept to the documented sequences" no_wrongs

play swap.ini <<<"$ready
backup
backup"
check "a second backup never overwrites the first" test -s "$DIR/BACKUP3A.BIN"
check "an unfinished one is not left behind" test ! -e "$DIR/BACKUP3.TMP"

play swap.ini <<<"$ready"
head -c 70000 /dev/zero >"$DIR/BACKUP3.TMP"
echo precious >"$DIR/BACKUP3.BIN"
go_on swap.ini <<<"target secondary master DRW1008IB
knock secondary master
backup"
check "what a killed program left of a backup is replaced" cmp "$DIR/BACKUP3A.BIN" "$DIR/chip3.bin"
check "and the name of another file is left alone" grep -qx precious "$DIR/BACKUP3.BIN"

play swap.ini <<<"$ready
hand disk full on read 100000
backup"
check "a disk that fills up while a backup is written: no backup" ended 3 "NO (room)"
check "nothing of it is left" silent find "$DIR" -name 'BACKUP*'

play swap.ini <<<"$ready
plan
confirm secondary master
flash
hand cable 3 off
hand reset
baseline
hand cable 3 on
hand power 3 off
wait 2
hand power 3 on
knock secondary master"
check "after VERIFIED the target is forgotten and has to be named again" ended 2 "NO (no-target)"

# The old content again: the drive was rom1008's, so it comes back as dead as it was.
old=$TMPDIR/old.bin
play swap.ini <<<"scan"
cp "$DIR/chip3.bin" "$old"
play swap.ini <<<"$ready
plan
confirm secondary master
hand cable 3 off on program 20000
-flash
hand cable 3 on
wait 5
target secondary master DRW1008IB
knock secondary master
restore
confirm secondary master
flash"
check "restore writes the backup again after a write that failed" ended 0 VERIFIED
check "the chip is as it was before everything" holds "$old"

off="hand cable 3 off
-hand start"
play swap.ini <<<"$(plugged)
restore"
check "restore without a backup in the journal is refused" ended 4 "NO (no-backup)"

play swap.ini <<<"$ready
plan
confirm secondary master
hand cable 3 off on program 20000
-flash
hand cable 3 on
wait 5
target secondary master DRW1008IB
knock secondary master
quit"
check "quit leaves no half-written chip without words" ended 2 "NO (frozen)"
check "leaving it anyway at the end of the script sends no outro" no_wrongs
go_on swap.ini <<<"status"
check "the next start still tells of the half-written chip" ended 0 "may be changed"

play swap.ini <<<"$ready
plan
confirm secondary master
hand cable 3 off on program 20000
-flash
quit give up"
check "giving up in words is possible" ended 0

play swap.ini <<<"$(plugged)
knock secondary master
mtkflash 3 w /m /b $FW
confirm secondary master
flash"
check "mtkflash 3 w /m /b FILE is understood as its meaning" ended 0 VERIFIED
check "and writes that file" holds "$FW"
play swap.ini <<<"mtkflash 3 w/m /b $FW"
check "a missing blank in it is refused with the right form" ended 1 "a blank between all words"
play swap.ini <<<"mtkflash x W /M fw.bin"
check "the literal x of a guide is refused" ended 1 "NO (line)"

play swap.ini <<<"$off
watch 3 2"
check "watch gives up after its seconds" ended 3 "no change"
play swap.ini <<<"watch"
check "watch without a position shows its form" ended 1 "watch POSITION"
play swap.ini <<<"flash"
check "flash without a plan is refused" ended 2 "NO (no-plan)"
play swap.ini <<<"plan"
check "plan without a target is refused" ended 2 "NO (no-target)"
play swap.ini <<<"$off
hand cable 3 on
wait 3
target 3 XYZZY"
check "a label that we do not know is refused" ended 2 "NO (label-unknown)"
play swap.ini <<<"$(plugged)
knock secondary slave"
check "knock wants the name of the target" ended 2 "NO (words)"
play swap.ini <<<"$ready
plan
confirm 3"
check "a digit alone is no consent" ended 2 "NO (words)"
play swap.ini <<<"$ready
plan
confirm secondary master
image \$IMAGE
flash"
check "a new image voids the confirmed plan" ended 2 "NO (no-plan)"
play swap.ini <<<"log
help
status"
check "log, help and status always work" ended 0 "knock secondary master" "No target yet"

play swap.ini <<<"$ready"
head -c 700 /dev/zero >>"$DIR/JOURNAL.TXT"
go_on swap.ini <<<"log"
check "a journal with a tail of zeroes is shown to its end" ended 0 "knock n=1"

# Two copies: the first one waits with the drive locked, the second asks for it.
play swap.ini <<<"scan"
mkfifo "$TMPDIR/keys" "$TMPDIR/words"
IMAGE=$FW "$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/swap.ini,state=$DIR,speed=max" \
	<"$TMPDIR/keys" >"$TMPDIR/words" 2>&1 &
exec 3>"$TMPDIR/keys" 4<"$TMPDIR/words"
{ plugged && echo 'knock secondary master'; } >&3
while read -r line <&4; do # until the drive is locked and its chip has said its name
	[[ $line == *'flash chip'* ]] && break
done
go_on swap.ini <<<"target secondary master DRW1008IB
knock secondary master"
check "a second copy is told that the drive is in use" ended 2 "NO (in-use)"
echo quit >&3
exec 3>&-
cat <&4 >/dev/null
wait
finish
