# bench.sh - not a test: what a flash of 1 MiB takes beside sg_write_buffer, which sends the same bytes to the
# same drive, and what the idle panel costs. The drive is in. Figures go to $OUT/bench.
# shellcheck shell=bash

took() { # microseconds from the first piece of the newest upload to the order to burn
	awk '/^3b 06 00 00 00 20/ { split($NF, at, "="); from = at[2] }
		/^3b 07/ { split($NF, at, "="); to = at[2] } END { print to - from }' /run/a.log
}
rival() { # the same 258 commands by sg_write_buffer, through the same node
	local sum
	sum=$(od -An -v -tu1 -w4096 "$FW" | awk '{ for (i = 1; i <= NF; i++) s += $i } END { print s % 65536 }')
	head -c 30 /dev/zero >"$TMPDIR/header"
	# shellcheck disable=SC2059 # two bytes from their number
	printf "$(printf '\\x%02x\\x%02x' $((sum >> 8)) $((sum & 255)))" >>"$TMPDIR/header"
	sg_write_buffer --mode=6 --offset=32 --length=1048576 --bpw=4096 --in="$FW" "/dev/bsg/$node" &&
		sg_write_buffer --mode=6 --length=32 --in="$TMPDIR/header" "/dev/bsg/$node" &&
		sg_write_buffer --mode=7 --length=0 "/dev/bsg/$node"
}

ours=() theirs=()
for round in 1 2 3; do
	: >/run/a.log
	flash bench$round
	ours+=("$(took)")
	: >/run/a.log
	rival >>"$OUT/rival" 2>&1
	theirs+=("$(took)")
	check "sg_write_buffer sent the same commands, round $round" sent_once a
	rest 2 # it burns for 0.6 s, and is left alone
done
median() {
	printf '%s\n' "$@" | sort -n | sed -n 2p
}
{
	echo "1 MiB to the drive, first piece to the order to burn, us, three rounds in one boot:"
	echo "  odrescue        ${ours[*]}"
	echo "  sg_write_buffer ${theirs[*]}"
	awk "BEGIN { printf \"  ratio of the medians: %.2f\\n\", $(median "${ours[@]}") / $(median "${theirs[@]}") }"
} >"$OUT/bench"

"$ODR_DEV/ptyrun" --limit 90000 "$ODR_DEV/odrescue" --backend linux --state "$STATE" \
	--guides "$TMPDIR/guides" >"$OUT/idle" <<-'END'
	wait 9000 DVDRW IDE1008
	quiet 1000 9000
	point start
	pass 60000
	point idle
	key ctrl-C
END
awk -F= '/^idle.cpu_us/ { ms = $2 / 1000 } /^idle.bytes/ { bytes = $2 }
	END { print "the live panel, idle for 60 s: " ms " ms of processor time, " bytes " bytes to the terminal" }' "$OUT/idle" >>"$OUT/bench"
