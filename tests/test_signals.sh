#!/usr/bin/env bash
# The four orders to end in the middle of a job, to the person's side alone and to its whole group: before the
# erase the job stops and the drive is as it was, from the erase on it is seen to its end.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

mkfifo "$TMPDIR/never"
{
	plugged
	printf '%s\n' 'image $IMAGE' 'knock secondary master' plan 'confirm secondary master' flash
	echo scan # never run: who was told to end goes on with nothing
} >"$TMPDIR/rescue"

# order SIGNAL WHO WORDS - a rescue that is sent SIGNAL once WORDS are said. WHO: front, group.
order() {
	local pid rc=0
	rm -rf "$DIR"
	go_on rom1008.ini <<<scan
	cp "$DIR/chip3.bin" "$TMPDIR/chip.before"
	# A shell's background starts with INT and QUIT ignored, and not as a group of its own.
	IMAGE=$FW setsid env --default-signal=INT,QUIT,HUP,TERM "$ODR_SAN/odrescue" \
		--backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=20x" \
		--script "$TMPDIR/rescue" >"$TMPDIR/out" 2>&1 &
	pid=$!
	until grep -q "$3" "$TMPDIR/out"; do
		kill -0 "$pid" 2>/dev/null || break
		read -rt 0.01 <>"$TMPDIR/never" || :
	done
	if [ "$2" = front ]; then kill "-$1" "$pid"; else kill "-$1" -- "-$pid"; fi
	wait "$pid" || rc=$?
	code=$rc
}

stopped_unchanged() {
	ended 3 UNCHANGED 'was told to end' && untouched 3 && cmp "$TMPDIR/chip.before" "$DIR/chip3.bin" &&
		no_wrongs
}

seen_to_its_end() {
	ended 0 'The write goes on: do NOT switch' VERIFIED && cmp "$FW" "$DIR/chip3.bin" && no_wrongs &&
		! grep -q '^> scan' "$TMPDIR/out"
}

for signal in INT TERM HUP QUIT; do
	for who in front group; do
		order "$signal" "$who" 'backup  *25'
		check "$signal to the $who in the backup: UNCHANGED, nothing is erased" stopped_unchanged
		order "$signal" "$who" 'erase '
		check "$signal to the $who in the erase: told, and VERIFIED in the end" seen_to_its_end
	done
	order "$signal" front 'write  *25'
	check "$signal in the write: told, and VERIFIED in the end" seen_to_its_end
done

# The person's side is killed: the worker hears of it.
order KILL front 'backup  *25'
left=$(pgrep -f "state=$DIR,") || :
while [ -n "$left" ] && kill -0 $left 2>/dev/null; do read -rt 0.02 <>"$TMPDIR/never" || :; done
check "a person's side that is killed in the backup erases nothing" untouched 3
check "the journal says how it ended" grep -q 'result="unchanged"' "$DIR/JOURNAL.TXT"

# ---- a wait that is told to end ----

# await SECONDS COMMAND... - until it succeeds; not for ever.
await() {
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		read -rt 0.02 <>"$TMPDIR/never" || :
	done
}
is_off() { drive 3 | grep -q 'power=off'; }
is_over() { [ -z "$(pgrep -f "state=$DIR,")" ]; }

# waits LINE - a program that has been in the middle of this line for a while; it would take three minutes.
waits() {
	rm -rf "$DIR"
	go_on rom1008.ini < <(printf '%s\n' 'hand cable 3 off' 'hand start')
	printf '%s\n' 'hand power 3 off after 8 s' "$1" scan >"$TMPDIR/waiting"
	env --default-signal=INT,QUIT,HUP,TERM "$ODR_SAN/odrescue" \
		--backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=20x" \
		--script "$TMPDIR/waiting" >"$TMPDIR/out" 2>&1 &
	pid=$!
	await 60 is_off
}
stopped() { # its worker was told, so the person's side is there to tell it
	ended 3 'NO (stopped)' 'was told to end' && no_wrongs && ! grep -q '^> scan' "$TMPDIR/out"
}

for line in 'wait 3600' 'watch 3 3600'; do
	waits "$line"
	kill -TERM "$(pgrep -P "$pid")"
	check "$line that is told to end does so" await 30 is_over
	wait "$pid"
	code=$?
	check "$line: it says so, and nothing is done behind it" stopped
	for signal in INT TERM; do
		waits "$line"
		kill "-$signal" "$pid"
		check "$signal to the person's side ends $line" await 30 is_over
		wait "$pid"
	done
done

# The assistant waits for its worker before it ends, so it has to tell it.
asks() { [ "$(tail -c 2 "$TMPDIR/out")" = "> " ]; }
rm -rf "$DIR"
go_on rom1008.ini < <(printf '%s\n' 'hand cable 3 off' 'hand start')
mkfifo "$TMPDIR/keys"
env --default-signal=TERM "$ODR_SAN/odrescue" --plain \
	--backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=20x" <"$TMPDIR/keys" >"$TMPDIR/out" 2>&1 &
pid=$!
exec 3>"$TMPDIR/keys"
await 60 asks
printf 'e\nwait 3600\n' >&3
await 60 grep -q '> wait 3600' "$TMPDIR/out"
kill -TERM "$pid"
check "the assistant that is told to end in a wait does not sit it out" await 30 is_over
exec 3>&-
wait "$pid"

finish
