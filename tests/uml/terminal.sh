# terminal.sh - the terminal dies in the middle of a write; the worker dies at ten moments of a job. The
# drive is in.
# shellcheck shell=bash

plug a alive.ini 3 slow=10
: >/run/a.log
printf '%s\n' 'target position 5' "image $FW" plan 'confirm position 5' flash >"$TMPDIR/job.script"
export TMUX_TMPDIR=$TMPDIR
tmux -L bed new-session -d "$ODR_DEV/odrescue --backend linux --state $STATE --guides $TMPDIR/guides \
	--script $TMPDIR/job.script"
until_true logged a 16
as='setpriv --reuid 65534 --clear-groups --inh-caps=-all'
odr stranger attach </dev/null
as=''
check "another user may not attach" ended 2 stranger "another user's"
few_rights() { # CAP_DAC_OVERRIDE 1, CAP_DAC_READ_SEARCH 2, CAP_SYS_RAWIO 17, and no way to more
	local worker
	worker=$(pgrep -P "$(pgrep odrescue | head -n 1)" odrescue)
	grep -E '^(CapPrm|CapEff|CapBnd)' "/proc/$worker/status" | awk '$2 != "0000000000020006" { bad = 1; print } END { exit bad }' &&
		grep '^NoNewPrivs:.*1' "/proc/$worker/status"
}
check "the process that writes has kept three of root's rights" few_rights
until_true logged a 64
program=$(pgrep odrescue | head -n 1)
worker=$(pgrep -P "$program" odrescue)
for signal in INT HUP TERM QUIT INT HUP; do
	kill -$signal "$worker"
done
tmux -L bed kill-server
odr attach attach </dev/null
odr journal log
check "tmux killed at 25 %: the write ends, attach shows it" ended 6 attach "NOT VERIFIABLE"
check "the journal agrees" said journal outcome not-verifiable
check "the drive got each command once" sent_once a
check "its chip equals the file" cmp /run/a/chip3.bin "$FW"

plug a alive.ini 3

# killed NAME MOMENT: a job whose worker is killed in that piece of the upload, or when it has been planned
killed() {
	rm -rf "$STATE"
	: >/run/a.log
	if [ "$2" = plan ]; then
		printf '%s\n' 'target position 5' "image $FW" plan 'confirm position 5' 'wait 60' \
			>"$TMPDIR/plan.script"
		odr "$1" --script "$TMPDIR/plan.script" &
		job=$!
		until_true said "$1" "> wait"
		kill -KILL "$(worker_of $job)"
	else
		echo "0 kill $2" >/run/a.log.poke
		flash "$1" &
		job=$!
		until_true worker_of $job
		echo "$(worker_of $job) kill $2" >/run/a.log.new
		mv /run/a.log.new /run/a.log.poke
	fi
	wait $job
	rm -f /run/a.log.poke
	odr "$1.next" status
}
tells_truth() { # NAME: the next start knows whether anything was written
	ended 8 "$1" "the engine stopped" || return
	if never_written a >/dev/null; then
		said "$1.next" "No target yet" && ! said "$1.next" "after the erase was ordered" >/dev/null
	else
		said "$1.next" "interrupted after the erase was ordered"
	fi
}
for moment in plan 1 2 64 128 200 255 256 257 258; do
	killed kill-$moment $moment
	check "kill -9 of the worker at $moment: the next start tells the truth" tells_truth kill-$moment
done
flash revived
check "after all that it is written as ever" ended 6 revived "NOT VERIFIABLE"
check "and its chip equals the file" cmp /run/a/chip3.bin "$FW"
check "sr, that the dead ones had taken, has its drive again" until_true sr_of "$node"
