#!/usr/bin/env bash
# A second terminal at a running job: it shows the job, it ends with the job's exit code, it may speak when
# the first terminal is gone, and it stops nothing.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

backend="sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=20x"
own=() # options of both programs
mkfifo "$TMPDIR/never" # nobody writes: `read -t` on it waits without a process

# begin [COMMAND...] - a whole rescue in the background, behind COMMAND; its words in $TMPDIR/first.out
begin() {
	rm -rf "$DIR"
	{
		plugged
		printf '%s\n' 'image $IMAGE' 'knock secondary master' plan 'confirm secondary master' flash
	} >"$TMPDIR/script"
	: >"$TMPDIR/first.out"
	"$@" env IMAGE="$FW" "$ODR_SAN/odrescue" --backend "$backend" "${own[@]}" --script "$TMPDIR/script" \
		>"$TMPDIR/first.out" 2>&1 &
	first=$!
}
until_said() { # FILE WORDS
	local until=$((SECONDS + 60))
	until grep -q -- "$2" "$1"; do
		[ $SECONDS -lt $until ] || return 1
		read -rt 0.02 <>"$TMPDIR/never" || :
	done
}
attach() { # NAME, what it is to say on standard input; words in NAME.out, exit code in $code
	code=0
	"$ODR_SAN/odrescue" --backend "$backend" "${own[@]}" attach >"$TMPDIR/$1.out" 2>&1 || code=$?
	cp "$TMPDIR/$1.out" "$TMPDIR/out" # where `ended` looks
}
journal_ends() { # RESULT
	tail -n 1 "$DIR/JOURNAL.TXT" | grep -q "^outcome .*result=\"$1\""
}

# ---- beside the first terminal ----

own=(--state "$TMPDIR/fresh") # as on a computer where odrescue has never run
begin
until_said "$TMPDIR/first.out" "write .* 25 %" || echo "# no write"
attach beside </dev/null
own=()
check "a second terminal shows the job to its end, with its exit code" ended 0 "write" VERIFIED
check "from where the command began" ended 0 "erase" "25 %"
wait $first
check "and the first one heard all of it, too" grep -q VERIFIED "$TMPDIR/first.out"

# ---- the first terminal dies ----

# Of a session of its own, which is hung up and killed as a whole, as a terminal's end does.
begin setsid
until_said "$TMPDIR/first.out" "write .* 25 %" || echo "# no write"
program=$(pgrep -s "$first" odrescue | head -n 1)
worker=$(pgrep -P "$program" odrescue)
kill -INT "$program" "$worker"
kill -HUP "$program" "$worker"
kill -INT "$program" "$worker"
kill -KILL "$program"
attach after <<<'status'
check "its terminal killed at 25 %, the write ends VERIFIED, and attach shows it" ended 0 VERIFIED
check "attach speaks: the engine answers it afterwards" ended 0 "> status" "Plan: none"
check "the chip equals the file" holds "$FW"
check "nothing undocumented was sent" no_wrongs
check "and the journal says the same" journal_ends verified
until_gone() {
	until ! kill -0 "$worker" 2>/dev/null; do read -rt 0.02 <>"$TMPDIR/never" || :; done
}
check "the worker ends with its last terminal" until_gone

# ---- a second terminal that dies ----

begin
until_said "$TMPDIR/first.out" "write .* 25 %" || echo "# no write"
attach killed </dev/null &
until_said "$TMPDIR/killed.out" "write" || echo "# it shows nothing"
kill -KILL "$(pgrep -P $! odrescue)"
wait $!
code=0
wait $first || code=$?
check "a second terminal that is killed takes nothing with it" test $code -eq 0 -a -s "$TMPDIR/first.out"
check "its chip equals the file, too" holds "$FW"

# ---- nobody there ----

attach alone </dev/null
check "without a job: exit 7, and where to look" ended 7 "nothing runs here" "log"

finish
