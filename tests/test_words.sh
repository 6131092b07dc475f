#!/usr/bin/env bash
# What the lines say when something is wrong: the reason, the next step, and nothing over 79 columns.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

all=$TMPDIR/all
: >"$all"
say() { # RIG, the script on stdin: play, and keep what was said for the look at its width
	play "$@"
	cat "$TMPDIR/out" >>"$all"
}
alone() { # WORDS...: the program as a shell calls it
	code=0
	"$ODR_SAN/odrescue" "$@" >"$TMPDIR/out" 2>&1 </dev/null || code=$?
	cat "$TMPDIR/out" >>"$all"
}
typed() { # the lines of standard input
	code=0
	timeout 20 "$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/swap.ini,state=$DIR,speed=max" \
		>"$TMPDIR/out" 2>&1 || code=$?
}
ready="$(plugged)
image \$IMAGE
knock secondary master"

alone --help
alone help
check "help needs no machine" ended 0 "knock secondary master"
alone -x
check "an unknown option is called so" ended 1 "there is no option -x"
alone --script
check "an option without its value is called so" ended 1 "--script wants a value"
alone --backend "sim:rig=tests/rigs/swap.ini,state=$DIR,speed=99999999999999x" scan
check "a speed out of its range is refused" ended 1 "1x to 1000x"
printf '[pc]\n[3]\n' >"$TMPDIR/bad.ini"
alone --backend "sim:rig=$TMPDIR/bad.ini,state=$TMPDIR/none,speed=max" scan
check "a drive without a type is refused with file and line" ended 1 "bad.ini:2:"

DIR=$TMPDIR/rig
printf 'scan\0junk\n' | typed
check "a NUL in a line is refused" ended 1 "a control character (00)"
typed </dev/zero
check "NULs without an end are refused" ended 1 "a control character (00)"
yes x | tr -d '\n' | typed
check "a line without an end is refused" ended 1 "longer than any command"

# assistant BYTES - the same lines at the assistant's command line; then `log`, which must be reached.
assistant() {
	rm -rf "$DIR"
	code=0
	printf "e\\n$1\\nlog\\n" | timeout 20 "$ODR_SAN/odrescue" --plain \
		--backend "sim:rig=tests/rigs/alive.ini,state=$DIR,speed=max" >"$TMPDIR/out" 2>&1 || code=$?
	cat "$TMPDIR/out" >>"$all"
}
not_run() { ! grep -q 'No target yet' "$TMPDIR/out"; }
assistant 'status'
check "the assistant runs a typed command" ended 0 "No target yet" "The journal is empty"
assistant 'status\r'
check "so it does with the line end of DOS" ended 0 "No target yet" "The journal is empty"
for byte in 00 01 08 1b 7f; do
	assistant "status\\x${byte}junk"
	check "a typed line with the byte $byte is refused" ended 0 "A control character (${byte^^})" \
		"The journal is empty"
	check "nothing of it is run" not_run
done

for line in 'scan foo' 'status foo' 'log foo' 'quit foo' 'watch 3 5 7' 'wait 1e9' 'wait 1.5' 'scan # c'; do
	say swap.ini <<<"$line"
	check "spare or wrong words are refused: $line" ended 1 "NO (line)"
done
say swap.ini <<<"HELP
Quit"
check "a command may stand in capitals" ended 0
say swap.ini <<<"$ready
MTKFLASH 3 W /M /B \$IMAGE"
check "so may a line of MTKFLASH" ended 0 "confirm secondary master"
say swap.ini <<<"knock 3"
check "without a target it is said that the steps share a session" ended 2 "one session"
say swap.ini <<<"mtkflash 5 w /m /b fw.bin"
check "a wrong channel is told from missing blanks" ended 1 "CHANNEL is 1"
say swap.ini <<<'image "a b.bin"'
check "quotation marks are not needed, and shown as they are typed" ended 1 "no quotation marks"
say rom1008.ini <<<"$ready
scan
status
plan
-hand mains on
hand cable 3 off
-plan"
check "what the boot ROM is in is called flash mode, as in the guides" ended 0 \
	"3 secondary master flash mode, status 70" "target position 3, secondary master, flash mode" \
	"secondary master was flash mode"
check "who wants the mains on is told what the hand is, and what comes behind it" ended 0 \
	"The mains can only fail: mains off. Then the PC is switched on by: start."
say swap.ini <<<"scan"
check "when the PC is off the next step is named" ended 2 "hand start"
say swap.ini <<<"$ready
hand file $FW changed
plan"
check "a hand finds the file by the name that it was given" ended 4 "NO (image-changed)"
say swap.ini <<<"$ready
plan
confirm primary slave"
check "wrong words are shown as they were said" ended 2 "seen primary slave"
say swap.ini <<<"$ready
plan
confirm secondary master
hand cable 3 off on program 20000
-flash
hand cable 3 on
wait 5
-restore $FW
status"
check "after a write that failed no command calls the drive unchanged" \
	silent grep 'drive is unchanged' "$TMPDIR/out"
check "the story has its blanks" ended 0 "last outcome" "NO (no-backup)"

# Names are bytes: Juergen's folder, with an umlaut, a quotation mark and a percent sign.
odd="$TMPDIR/j"$'\303\274'"r\"g%41en"
mkdir "$odd"
cp "$FW" "$odd/f w.bin"
DIR=$odd/state
say swap.ini IMAGE="$odd/f w.bin" <<<"$ready
plan
confirm secondary master
hand kill on program 20000
flash"
check "the plan shows no line for MTKFLASH that DOS cannot open the file by" ended "$code" \
	"mtkflash 3 w /m /b FILE (FILE: its name as DOS shows it)"
check "the journal is ASCII" silent grep -P '[^ -~]' "$DIR/JOURNAL.TXT"
go_on swap.ini <<<"log
-hand cable 3 off
hand reset
baseline
hand cable 3 on
wait 3
target secondary master DRW1008IB
knock secondary master
restore
confirm secondary master
flash"
cat "$TMPDIR/out" >>"$all"
check "in a folder with any name a killed write is found and taken back" ended 0 VERIFIED
check "the chip is the backup" holds "$DIR/BACKUP3.BIN"
check "the name is shown without its bytes, but with its marks" ended 0 'j..r"g%41en'

# Where this test happens to run is no word of the program.
sed -i "s|$TMPDIR|DIR|g" "$all"
check "nobody is told of a vendor mode" silent grep -i 'vendor mode' "$all"
check "nothing is wider than 79 columns" silent awk 'length($0) > 79' "$all"
finish
