# signals.sh - signals in the middle of every command of a job. The drive is in.
# shellcheck shell=bash

: >/run/a.log
flash storm &
job=$!
worker_of() { # PID of the shell that runs it
	local program
	program=$(pgrep -P "$1" odrescue) && pgrep -P "$program" odrescue
}
until_true worker_of $job
echo "$(worker_of $job | head -n 1) storm" >/run/a.log.poke
wait $job
rm /run/a.log.poke
check "stopped, woken and signalled in every command: the job ends well" ended 6 storm "NOT VERIFIABLE"
check "and the drive got every command exactly once" sent_once a
check "its chip equals the file" cmp /run/a/chip3.bin "$FW"
