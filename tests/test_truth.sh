#!/usr/bin/env bash
# What the next start says of a rescue whose journal is damaged or lacks its end, and of a drive that says its
# name although its chip is half written: never better than it is, and never without a way on.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

job="image \$IMAGE
knock secondary master
plan
confirm secondary master
flash"

# ---- a journal with a damaged line ----

play rom1008.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand mains off on program 58300
flash"
cp "$DIR/JOURNAL.TXT" "$TMPDIR/sound"
check "the journal of an interrupted write ends behind the erase" grep -q '^erase ' "$TMPDIR/sound"

told() { # what a start on the same PC says
	go_on rom1008.ini <<<"status"
}
journal() { # SED: the sound journal, changed
	sed "$1" "$TMPDIR/sound" >"$DIR/JOURNAL.TXT"
	told
}
truth="may be changed"
journal 's/^erase n=\([0-9]*\)/erase n=9\1/'
check "a damaged erase line may mean an erase" ended 0 "$truth" "1 line of the journal is damaged or missing"
journal '/^bank/d; s/^erase n=\([0-9]*\)/erase n=9\1/'
check "so it may when nothing stands behind it" ended 0 "$truth" "damaged"
journal '/^erase/d'
check "a bank that was written means an erase, whether that has a line or not" ended 0 "$truth" \
	"1 line of the journal is damaged or missing"
line="knock n=$(($(wc -l <"$TMPDIR/sound") + 1)) position=3"
crc=$(printf %s "$line" | gzip -c | tail -c 8 | od -An -tx4 -N4 | tr -d ' ')
sed '/^erase/d; /^bank/d' "$TMPDIR/sound" >"$DIR/JOURNAL.TXT"
echo "$line crc=$crc" >>"$DIR/JOURNAL.TXT"
told
check "so it may when all its lines are gone and a later one stands" ended 0 "$truth" \
	"damaged or missing line of its journal may" "lines of the journal are damaged or missing"
journal '/^bank/d; s/^backup/bakcup/'
check "damage in front of the erase changes nothing about the erase" ended 0 "$truth"
journal '/^erase/d; /^bank/d; /^vendor/d; /^backup/d'
check "a plan without more means an unchanged drive" ended 0 "The drive is as it was"
{ sed '/^erase/,$d' "$TMPDIR/sound" && printf 'erase n=5 cr'; } >"$DIR/JOURNAL.TXT"
told
check "a torn last line was not on the disk before the erase could begin" ended 0 "The drive is as it was" \
	"1 line of the journal is damaged or missing"
printf 'rubbish\n' >"$DIR/JOURNAL.TXT"
told
check "a journal that is nothing but rubbish tells of no rescue" ended 0 "1 line of the journal is damaged or missing"
check "nor does it claim one" bash -c "! grep -q 'EARLIER RESCUE' '$TMPDIR/out'"

# ---- a drive that says its name, half written ----

play swap.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand mains off on program 58370
flash"
go_on swap.ini <<<"-hand start
hand off
hand cable 3 off
hand start
baseline
hand cable 3 on
wait 5
target secondary master DRW1008IB
image \$IMAGE
-plan
knock secondary master"
check "a half-written drive that says its name is no healthy one" ended 2 "NO (half-written)" \
	"target POSITION unpowered LABEL"
check "and plan names the same way" test "$(grep -c 'NO (half-written)' "$TMPDIR/out")" -eq 2
go_on swap.ini <<<"hand power 3 off
scan
target secondary master unpowered DRW1008IB
hand power 3 on after 3 s
$job"
check "all but three bytes of it are there: whether it is that drive has to be said" ended 3 "whole firmware"
go_on swap.ini <<<"hand power 3 off
scan
target secondary master unpowered DRW1008IB
hand power 3 on after 3 s
${job/confirm secondary master/confirm secondary master whole firmware}"
check "that way ends VERIFIED" ended 0 VERIFIED
check "and the chip is the file" holds "$FW"

# ---- an outcome that the journal has not ----

play swap.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand disk full on program 1
flash"
check "an outcome that is not in the journal says so" ended 0 VERIFIED "The journal lacks this end" \
	"the next start will tell of an interrupted rescue"
check "the chip is the file all the same" holds "$FW"

play swap.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand disk full
-flash
status"
check "a line that did not get into the journal is no rescue that was interrupted" ended 0 "NO (journal)"
check "status does not tell of one" silent grep "EARLIER RESCUE" "$TMPDIR/out"
finish
