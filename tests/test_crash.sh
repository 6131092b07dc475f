#!/usr/bin/env bash
# Power cut, kill -9, cable out, drive power lost, at seeded moments of a whole job: the next start tells
# the truth, and the rescue ends VERIFIED, because the boot ROM of this drive does not live in its chip.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

MOMENTS=40
seed=20041

# A small linear congruential generator (Numerical Recipes): the same moments everywhere.
next_random() { # LIMIT
	seed=$(((seed * 1664525 + 1013904223) % 4294967296))
	random=$((seed / 65536 % $1 + 1))
}

play rom1008.ini <<<"scan"
cp "$DIR/chip3.bin" "$TMPDIR/before.bin"

start_again="hand cable 3 off
-hand start
-hand power 3 off
-hand power 3 on
baseline
hand cable 3 on
wait 5
target secondary master DRW1008IB
image \$IMAGE
knock secondary master
plan
confirm secondary master
flash"
# After a cut cable or a kill the drive is still in vendor mode: its power is not touched.
go_straight_on="-hand cable 3 on
wait 5
target secondary master DRW1008IB
image \$IMAGE
knock secondary master
plan
confirm secondary master
flash"

# What the journal claims must be what the chip shows.
claim_is_true() {
	local last
	last=$(grep -aE '^(plan|erase|outcome) ' "$DIR/JOURNAL.TXT" | tail -n 1)
	case $last in
	plan*) cmp "$DIR/chip3.bin" "$TMPDIR/before.bin" ;;
	erase*) true ;; # "may be changed" promises nothing
	*unchanged*) cmp "$DIR/chip3.bin" "$TMPDIR/before.bin" ;;
	*'"changed"'*) ! cmp -s "$DIR/chip3.bin" "$FW" ;;
	*verified*) cmp "$DIR/chip3.bin" "$FW" ;;
	*) [ -z "$last" ] ;;
	esac
}

# The first backup that was finished; one that was cut off is in no journal.
backup_is_old() {
	local file
	file=$(sed -n 's/^backup .* file="\([^"]*\)".*/\1/p' "$DIR/JOURNAL.TXT" | head -n 1)
	cmp "$file" "$TMPDIR/before.bin"
}

# A file with a backup's name is the old content to its last byte, whenever the program ended.
no_half_backup() {
	local file
	for file in "$DIR"/BACKUP*.BIN; do
		[ ! -e "$file" ] || cmp "$file" "$TMPDIR/before.bin" || return 1
	done
}

told() { # the next start opens on the recovery page exactly when something is unfinished
	local last
	last=$(grep -aE '^(plan|erase|outcome) ' "$DIR/JOURNAL.TXT" | tail -n 1)
	case $last in
	plan*) ended "$code" "EARLIER RESCUE WAS INTERRUPTED" "drive unchanged" ;;
	erase* | *'"changed"'*) ended "$code" "EARLIER RESCUE WAS INTERRUPTED" "may be changed" ;;
	*) ! grep -q INTERRUPTED "$TMPDIR/out" ;;
	esac
}

for ((i = 1; i <= MOMENTS; i++)); do
	case $((i % 4)) in
	0) hand="mains off" how="the mains fail" ;;
	1) hand="kill" how="the program is killed" ;;
	2) hand="cable 3 off" how="the cable comes out" ;;
	3) hand="power 3 off" how="the drive loses power" ;;
	esac
	next_random 10
	if [ "$random" -le 2 ]; then
		next_random 250000 && moment="read $random" # mostly in the backup
	elif [ "$random" -eq 3 ]; then
		moment="erase"
	else
		next_random 57000 && moment="program $random"
	fi
	play rom1008.ini <<<"$(plugged)
image \$IMAGE
knock secondary master
plan
confirm secondary master
hand $hand on $moment
flash"
	name="$how on $moment"
	check "$name: the journal does not lie" claim_is_true
	check "$name: half a backup bears no backup's name" no_half_backup
	go_on rom1008.ini <<<"status"
	check "$name: the next start tells it" told
	if [ "$hand" = "mains off" ] || [ "$hand" = "power 3 off" ]; then
		script=$start_again
	else
		script=$go_straight_on
	fi
	go_on rom1008.ini <<<"$script"
	check "$name: the rescue ends VERIFIED" ended 0 VERIFIED
	check "$name: and the chip is the image" holds "$FW"
	check "$name: the backup in the journal is the old content" backup_is_old
	check "$name: and nothing unfinished is left" test ! -e "$DIR/BACKUP3.TMP"
done

finish
