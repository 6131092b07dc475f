# job.sh - a practice PC whose rescue is one word away, on a terminal of any kind. Source after tap.sh and
# play.sh.
#
#   job_pc                a fresh practice PC in $DIR: started with the cable off, a firmware file beside it,
#                         the plan page of the own engine kept as the place to go on
#   job_on [NAME=VALUE...] [-- PTYRUN-OPTION...] <SCRIPT
#                         the assistant on a terminal, played by ptyrun; its answer in $TMPDIR/said, its exit
#                         code in `code`. job_args: further options of odrescue; job_under: a command before it
#   $to_confirm           the script up to the page that asks for the position
#   $to_write             the same, and the position, and the write has begun
#   heard TEXT...         all of these stand in ptyrun's answer
#   unheard TEXT...       none does
#   job_fresh             job_pc, but at the first page
#   job_answers KEY|TEXT...  script lines: each key line is answered by a text
#   $leave, $leave_plain  the script that leaves
# shellcheck shell=bash
# shellcheck disable=SC2034 # for whoever sources this

job_rig=tests/rigs/rom1008.ini
job_speed=20x
job_args=()
job_under=()

job_pc() {
	rm -rf "$DIR"
	mkdir -p "$DIR"
	cp "$FW" "$DIR/FW.BIN"
	printf '%s\n' 'hand cable 3 off' '-hand start' >"$TMPDIR/script"
	"$ODR_SAN/odrescue" --backend "sim:rig=$job_rig,state=$DIR,speed=max" \
		--script "$TMPDIR/script" >"$TMPDIR/out" 2>&1
	echo 'at ownway:planned' >"$DIR/PLACE.TXT"
}

# job_fresh - a practice PC that begins at the first page.
job_fresh() {
	job_pc
	rm "$DIR/PLACE.TXT"
}

job_on() {
	local environment=()
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		environment+=("$1")
		shift
	done
	shift
	code=0
	env "${environment[@]}" "$ODR_SAN/ptyrun" "$@" "${job_under[@]}" "$ODR_SAN/odrescue" \
		--backend "sim:rig=$job_rig,state=$DIR,speed=$job_speed,reboot=ends" "${job_args[@]}" \
		>"$TMPDIR/said" 2>&1 || code=$?
}

heard() {
	local text
	for text in "$@"; do
		grep -qF -- "$text" "$TMPDIR/said" || {
			echo "not seen: $text"
			cat "$TMPDIR/said"
			return 1
		}
	done
}

unheard() {
	local text
	for text in "$@"; do
		! grep -F -- "$text" "$TMPDIR/said" || return 1
	done
}

job_answers() { # KEY-LINE... - each is answered in the foot of the page
	local line
	for line in "$@"; do
		printf '%s\nwait 9000 %s\n' "${line%%|*}" "${line#*|}"
	done
}

# Leaving is answered when the engine has started.
leave="wait 9000 WDC WD800
quiet 200 9000
send q
wait 9000 Do you want to leave
send y
ended 9000"
leave_plain='said 9000 WDC WD800
quiet 200 9000
send q\r
said 9000 Do you want to leave
send y\r
ended 9000'

# `quiet` between two commands: the engine takes one at a time.
to_confirm="wait 20000 Where were we
send c
wait 9000 I have read it
wait 9000 WDC WD800
quiet 200 9000
send e
wait 9000 this list
quiet 200 9000
send baseline\\r
wait 9000 This is the baseline
quiet 200 9000
send hand cable 3 on\\r
wait 20000 BUSY, does not answer
send target secondary master DRW1008IB\\r
wait 20000 proof
quiet 200 9000
send image $DIR/FW.BIN\\r
wait 20000 SHA-256
quiet 200 9000
send knock secondary master\\r
wait 20000 flash chip
quiet 200 9000
send plan\\r
wait 20000 To go on type
quiet 200 9000
key esc
wait 9000 I have read it
send c
wait 9000 to agree"
to_write="$to_confirm
send secondary master\\r
wait 20000 ERASING the chip
gone 20000 ERASING the chip"
