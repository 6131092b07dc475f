# silent.sh - a drive that hangs beside one that lives, and a person at the keys. One drive is in.
# shellcheck shell=bash

one=$bridge
plug b alive.ini 3
two=$bridge
kill -STOP $two
# Its question hangs in the kernel, as on a real drive, and whoever asked cannot end before it is let go.
(
	until_true grep -q '^again.us\|^failed' "$OUT/silent.out"
	kill -CONT $two
) &
stdbuf -oL "$ODR_DEV/ptyrun" --size 24x80 "$ODR_DEV/odrescue" --backend linux --state "$STATE" \
	--guides "$TMPDIR/guides" >"$OUT/silent.out" 2>&1 <<-'END'
	wait 9000 does not answer
	wait 9000 DVDRW IDE1008
	quiet 500 9000
	show
	point start
	send ?
	wait 9000 Letters always work
	point help
	key esc
	gone 9000 Letters always work
	point back
	send ?
	wait 9000 Letters always work
	point again
	show
	key ctrl-C
END
row() {
	grep "^row.*$1" "$OUT/silent.out" || {
		cat "$OUT/silent.out"
		return 1
	}
}
check "a drive that hangs is a row that says so" row "6 host.*does not answer"
check "the row of the other one lives" row "5 host.*IDE1008.*lives"
fast() { # each answer to a key within 50 ms
	awk -F= '/^(help|again)\.us=/ { n++; if ($2 > 50000 || !$2) bad = 1 } END { exit n != 2 || bad }' \
		"$OUT/silent.out" || {
		cat "$OUT/silent.out"
		return 1
	}
}
check "a key is answered within 50 ms all the same" fast
bridge=$two
unplug
bridge=$one
