# signals.sh - signals in the middle of every command of a job. The drive is in.
# shellcheck shell=bash

: >/run/a.log
flash storm &
job=$!
until_true worker_of $job
echo "$(worker_of $job) storm" >/run/a.log.poke
wait $job
rm /run/a.log.poke
check "stopped, woken and signalled in every command: the job ends well" ended 6 storm "NOT VERIFIABLE"
check "and the drive got every command exactly once" sent_once a
check "its chip equals the file" cmp /run/a/chip3.bin "$FW"
