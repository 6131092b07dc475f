#!/usr/bin/env bash
# Two programs at one practice PC, and two practice PCs with one journal: the second one touches nothing that
# the first one works on, and says so. The rig itself is asked for its own record of wrong accesses.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

rescue() { # all of it, for rom1008.ini
	plugged
	printf '%s\n' 'image $IMAGE' 'knock secondary master' plan 'confirm secondary master' flash
}

# begin DIR SPEED [OPTION...] - a whole rescue in the background: words in DIR.out, its process in $writer.
begin() {
	rescue >"$TMPDIR/rescue"
	IMAGE=$FW "$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/rom1008.ini,state=$1,speed=$2" "${@:3}" \
		--script "$TMPDIR/rescue" >"$1.out" 2>&1 &
	writer=$!
}

until_said() { # FILE WORDS
	until grep -q "$2" "$1" 2>/dev/null; do
		kill -0 "$writer" 2>/dev/null || return 1
		read -rt 0.02 <>"$TMPDIR/never" || :
	done
}
mkfifo "$TMPDIR/never" # nobody writes: `read -t` on it waits without a process

second() { # NAME COMMAND... - another program on the same folder; words in NAME.out, code in NAME.code
	local name=$TMPDIR/$1 rc=0
	"$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=max" "${@:2}" \
		>"$name.out" 2>&1 || rc=$?
	echo $rc >"$name.code"
}

# The process that writes stands still while others come, however slow they are.
hold_still() {
	worker=$(pgrep -P "$writer") && kill -STOP "$worker"
}
go_ahead() {
	kill -CONT "$worker"
}

writer_ends() { # not in a check: only the shell that began it can wait
	writer_code=0
	wait "$writer" || writer_code=$?
}

is_verified() {
	[ "$writer_code" = 0 ] && grep -q VERIFIED "$DIR.out" && cmp "$DIR/chip3.bin" "$FW"
}

no_wrong_access() { # not one line of the rig's record
	[ ! -s "$DIR/wrong.txt" ] || {
		head -n 5 "$DIR/wrong.txt"
		return 1
	}
}

in_use() { # NAME
	grep -q 'NO (in-use)' "$TMPDIR/$1.out" && [ "$(cat "$TMPDIR/$1.code")" = 2 ] || {
		cat "$TMPDIR/$1.out" "$TMPDIR/$1.code"
		return 1
	}
}

# ---- every command that touches a port, in the middle of a write ----

rm -rf "$DIR"
begin "$DIR" max
until_said "$DIR.out" "^  erase" || echo "# no erase"
hold_still
intruders=(scan "watch 3 5" baseline "target 3 DRW1008IB" "knock 3" backup plan flash verify restore
	"mtkflash 3 w /b $FW")
jobs=()
for i in "${!intruders[@]}"; do
	# shellcheck disable=SC2086
	second "in$i" ${intruders[$i]} &
	jobs+=($!)
done
second status status
wait "${jobs[@]}"
for i in "${!intruders[@]}"; do
	check "\`${intruders[$i]%% *}\` of a second program is refused while the first one writes" in_use "in$i"
done
check "a second start says that another odrescue works there, and names the position" \
	grep -q 'Another odrescue is working on secondary master now' "$TMPDIR/status.out"
check "it does not say that a rescue was interrupted" silent grep INTERRUPTED "$TMPDIR/status.out"
go_ahead
writer_ends
check "the first one ends VERIFIED, and the chip is the image" is_verified
check "no access was out of order in all that" no_wrong_access

# ---- a knocked drive stays ours; kill -9 sets it free ----

rm -rf "$DIR"
mkfifo "$TMPDIR/keys"
IMAGE=$FW "$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/rom1008.ini,state=$DIR,speed=max" \
	<"$TMPDIR/keys" >"$DIR.out" 2>&1 &
writer=$!
exec 3>"$TMPDIR/keys"
rescue | head -n 8 >&3
until_said "$DIR.out" 'flash chip' || echo "# no chip"
second knocked scan
check "between the knock and the job the drive is not let go" in_use knocked
check "the second start names the position that was knocked on" \
	grep -q 'Another odrescue is working on secondary master now' "$TMPDIR/knocked.out"
worker=$(pgrep -P "$writer")
kill -9 "$worker"
exec 3>&-
wait "$writer"
second free scan
check "a killed program holds nothing" test "$(cat "$TMPDIR/free.code")" = 0

# ---- two practice PCs, one journal ----

rm -rf "$DIR" "$TMPDIR/other" "$TMPDIR/state"
rm -f "$DIR.out"
begin "$DIR" max --state "$TMPDIR/state"
first=$writer
until_said "$DIR.out" "^  erase" || echo "# no erase"
hold_still
cp "$TMPDIR/state/JOURNAL.TXT" "$TMPDIR/before"
begin "$TMPDIR/other" max --state "$TMPDIR/state"
wait "$writer"
other=$?
check "a job with the journal of a running job is refused" test "$other" = 2
check "it is told whose the journal is" \
	grep -q 'NO (in-use)' "$TMPDIR/other.out"
writer=$first
go_ahead
writer_ends
check "the job that has the journal ends VERIFIED" is_verified
check "the journal tells of one rescue only" \
	test "$(grep -c '^knock' "$TMPDIR/state/JOURNAL.TXT")" = 1
other_untouched() { "$ODR_SAN/rigask" "$TMPDIR/other" | grep '^drive 3' | grep -q 'erased=0 programmed=0'; }
check "the other PC's drive was not touched" other_untouched

# ---- two that only look ----

rm -rf "$DIR"
play rom1008.ini <<<scan
both=()
for i in 1 2 3 4; do
	second "look$i" --live scan &
	both+=($!)
done
wait "${both[@]}"
no_refusal() { ! grep -l 'in-use' "$TMPDIR"/look*.out; }
check "programs that only look do not refuse each other" no_refusal

finish
