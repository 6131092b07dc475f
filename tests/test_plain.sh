#!/usr/bin/env bash
# The assistant as lines of text, for a teletype and a screen reader: a whole rescue of the practice PC
# through a pipe, from "the PC hangs" to the drive that says its name. An answer is sent when its
# question was read, and no key where the program waits for a hand. What was said, with the answers in
# <>, stands in tests/golden/plain/rescue.txt; ODR_GOLDEN=write writes it. The rig is asked, too.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh
# shellcheck source=tests/tui/screen.sh
. tests/tui/screen.sh

GOLDEN=tests/golden/plain/rescue.txt
OUT=$TMPDIR/out
rig="rig=tests/rigs/dead1008.ini,state=$DIR,speed=10x,reboot=ends"
WAIT_S=60   # a sanitized program on a loaded machine
POLL_S=0.05 # between two looks at the same condition
read_to=0   # the part of OUT that was answered
broken=     # the first question that did not come

has() { # TEXT, since the last answer
	tail -c +"$((read_to + 1))" "$OUT" | grep -qF -- "$1"
}

# The output ends with a prompt: it is the person's turn.
is_turn() {
	[ "$(tail -c 2 "$OUT")" = "> " ]
}

await() { # COMMAND...
	local end=$((SECONDS + WAIT_S))
	until "$@"; do
		[ $SECONDS -lt $end ] && kill -0 "$program" 2>/dev/null || return 1
		sleep $POLL_S
	done
}

heard() { # TEXT
	[ -z "$broken" ] || return
	await has "$1" || broken="not said: $1"
}

type_in() { # ANSWER
	read_to=$(stat -c %s "$OUT")
	printf '<%s>\n' "${1:-Enter}" >>"$OUT"
	printf '%s\n' "$1" >&3
}

# asked TEXT ANSWER - wait until TEXT was said and an answer is asked for; give it.
asked() {
	heard "$1"
	[ -z "$broken" ] || return
	await is_turn || broken="nothing is asked after: $1"
	[ -n "$broken" ] || type_in "$2"
}

# working TEXT ANSWER - the same while the program is at work, when it asks for nothing.
working() {
	heard "$1"
	[ -n "$broken" ] || type_in "$2"
}

# moves HAND... - somebody else's hands: the program is told nothing.
moves() {
	[ -n "$broken" ] || "$ODR_SAN/righand" "$rig" "$@" >>"$TMPDIR/hands" || broken="hand: $*"
}

rm -rf "$DIR"
mkdir -p "$DIR"
cp "$FW" "$DIR/FW.BIN"
mkfifo "$TMPDIR/keys"
: >"$OUT"
"$ODR_SAN/odrescue" --plain --backend "sim:$rig" <"$TMPDIR/keys" >>"$OUT" 2>"$TMPDIR/err" &
program=$!
exec 3>"$TMPDIR/keys"

asked "This practice PC is switched off" s
asked "The PC hangs here" c
asked "The data cable is off" r
asked "sec  slave" d
asked "Enter = Go on" ''
asked "y = I have read" y
asked "Enter = Go on" ''
asked "Which maker" '?'
asked "Back to where I was" ''
asked "Which maker" b
asked "What does the PC do at start" c
asked "Where is the drive's jumper" m
asked "What else hangs on the same ribbon" n
asked "Which socket" s
asked "Photograph this page" c
asked "y = I have read" y
heard "nothing happens here"
moves cable 3 on
asked "Yes, go on with this position" c
asked "What does the drive's label say" DRW1008IB
asked "The drive is proven" ''
asked "f = I have the file" f
asked "FW.BIN" ''
asked "Use this file" c
asked "o = odrescue's own engine" o
asked "Enter = Go on" ''
asked "y = I have read" y
asked "Enter = Go on" ''
working "goes on knocking" h
working "What do you do" back
heard "Back: "
moves power 3 off after 1 s
moves power 3 on after 2 s
asked "Enter = Go on" ''
asked "I have read it: go on" c
asked "Type the position to agree" "secondary slave"
asked "Type it again" a
asked "Type the position to agree" "secondary master"
heard "VERIFIED: read back"
asked "BTC DVDRW IDE1008 0758 (lives)" ''
asked "It was off, and the PC runs again" h
asked "o = Switch the PC off" o
asked "s = Switch the PC on" s
asked "c = Go on at the page where I was" c
asked "It was off, and the PC runs again" c
asked "It opens, and reads the disc" r
asked "I leave it as it is" c
asked "The case is closed" q
asked "y = Yes, leave" y

came_through() {
	[ -z "$broken" ] || {
		echo "$broken; said since the last answer:"
		tail -c +"$((read_to + 1))" "$OUT"
		cat "$TMPDIR/err"
		return 1
	}
}

check "the rescue goes from the PC that hangs to the closed case" came_through
exec 3>&-
[ -z "$broken" ] || kill "$program"
wait "$program"
check "the program is left with exit code 0" [ $? = 0 ]
# A bare prompt says only that it is the person's turn again.
screen_clean <"$OUT" | grep -v '^>$' >"$TMPDIR/said"

golden() {
	[ "${ODR_GOLDEN-}" != write ] || { mkdir -p "${GOLDEN%/*}" && cp "$TMPDIR/said" $GOLDEN; }
	diff -u $GOLDEN "$TMPDIR/said"
}

strange() { # control bytes, other alphabets, rows that wrap
	LC_ALL=C grep -n '[^ -~]' "$OUT"
	grep -v '> <' "$OUT" | awk 'length > 79 { print "too long: " $0 }'
}

# The same words twice without an answer in between. Only what has words: frames of pictures are alike.
repeated() {
	awk '/^<|> </ { split("", seen) }
		/[a-z][a-z][a-z]/ && seen[$0]++ { print NR ": again: " $0 }' "$TMPDIR/said"
}

# Rows of the channels that are told one after the other, each with a prompt of its own.
parted() {
	awk '/^> $/ { prompts++; next }
		/^  position [1-4] / { if (prompts && $2 > last) print NR ": " $0; last = $2 }
		!/^  position [1-4] / { last = 4 }
		{ prompts = 0 }' "$OUT"
}

once() { # TEXT...
	local text n
	for text in "$@"; do
		n=$(grep -cF -- "$text" "$TMPDIR/said")
		[ "$n" = 1 ] || echo "$n times: $text"
	done
}

progress() {
	grep ' %$' "$TMPDIR/said"
}

few() { # a quarter, a half, three quarters of five jobs
	progress
	[ "$(progress | wc -l)" = 15 ] && [ "$(progress | sort -u | wc -l)" = 15 ]
}

check "what was said is its golden" golden
check "no control sequence, nothing but ASCII, at most 79 columns" silent strange
check "nothing is said twice between two answers" silent repeated
check "rows of the channels that come together are said together" silent parted
check "each change of state is said once" silent once \
	'The PC hangs here' 'The PC begins to start' 'The data cable is off the drive' 'The screen goes dark, and the PC' \
	'BUSY: starting, or dead' 'BUSY (the same drive' \
	'BUSY, does not answer' ' That is your drive' ' The drive is proven' 'read twice to its end' \
	'The boot ROM answers with' 'flash chip  PMC' 'boot ROM answers: FLASH MODE' 'FLASH MODE (the same' \
	'Confirmed: plan' 'VERIFIED: read back' 'odrescue is gone, and every drive' ' It says its name' \
	'The case is closed'
check "that a cable moves is said at the plug, and when the drive leaves flash mode" \
	[ "$(grep -c 'something moves' "$TMPDIR/said")" = 2 ]
check "15 lines tell the progress of five jobs, each one something new" few
check "no bar of a screen is drawn" silent grep -n '\[#\|\.\.\.\.\.' "$TMPDIR/said"
check "the chip equals the image, byte for byte" holds "$FW"
check "the disk and the other drive were neither erased nor written" untouched 1 A
check "every access keeps to the documented sequences" no_wrongs
check "the firmware file is as it was" cmp "$DIR/FW.BIN" "$FW"
finish
