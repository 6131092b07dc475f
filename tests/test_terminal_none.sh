#!/usr/bin/env bash
# No terminal any more, no input, no output, and guides that are missing or must not be obeyed: said in a
# sentence, with an exit code that tells, and nothing is begun that nobody can follow.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh
# shellcheck source=tests/tui/job.sh
. tests/tui/job.sh

# ---- no input, no output ----

words() { # CODE [TEXT]: what the last plain run ended with, and said
	[ "$code" = "$1" ] && { [ -z "${2-}" ] || grep -qF -- "$2" "$TMPDIR/out" "$TMPDIR/err"; } && return
	echo "exit code $code"
	cat "$TMPDIR/out" "$TMPDIR/err"
	return 1
}

plainly() { # ARGUMENT... - with the redirections of the caller; 124 would be a program that does not end
	code=0
	timeout 20 "$ODR_SAN/odrescue" --backend "sim:rig=$job_rig,state=$DIR,speed=max" "$@" || code=$?
}

job_fresh
: >"$TMPDIR/err"
for mode in "" --plain; do
	# shellcheck disable=SC2086 # no word, or one
	plainly $mode <&- >"$TMPDIR/out" 2>"$TMPDIR/err"
	check "${mode:-lines}: standard input that is closed is named, exit 1" words 1 "no standard input"
	# shellcheck disable=SC2086
	plainly $mode </dev/null >"$TMPDIR/out" 2>"$TMPDIR/err"
	check "${mode:-lines}: standard input at its end is a good end" words 0
	# shellcheck disable=SC2086
	plainly $mode <<<"scan" >&- 2>"$TMPDIR/err"
	check "${mode:-lines}: standard output that is closed is refused, exit 1" words 1 "no standard output"
	# shellcheck disable=SC2086
	plainly $mode <<<"scan" >/dev/full 2>"$TMPDIR/err"
	check "${mode:-lines}: a full standard output is told, exit 4" words 4 "cannot be written"
	# shellcheck disable=SC2086
	plainly $mode <<<"scan" >"$TMPDIR/out" 2>&-
	check "${mode:-lines}: without standard errors it works all the same" words 0
done
plainly scan <&- >"$TMPDIR/out" 2>"$TMPDIR/err"
check "a command needs no standard input" words 0 "secondary master"

cp "$DIR/chip3.bin" "$TMPDIR/before.bin"
{
	printf '%s\n' baseline 'hand cable 3 on' 'wait 40' 'target secondary master DRW1008IB'
	printf '%s\n' "image $DIR/FW.BIN" 'knock secondary master' plan 'confirm secondary master' flash
} >"$TMPDIR/rescue"
plainly --script "$TMPDIR/rescue" >/dev/full 2>"$TMPDIR/err"
check "a script whose words are lost is not gone on with" words 4 "cannot be written"
check "and nothing was written" cmp "$DIR/chip3.bin" "$TMPDIR/before.bin"

job_fresh
job_args=(--plain)
job_on -- --stdin closed <<<'ended 9000'
check "--plain on a terminal, input closed: it ends" heard exit=1
job_on -- --stdin null <<<'ended 9000'
check "--plain on a terminal, input at its end: it ends" heard exit=0
job_args=()
for name in TERM INT HUP; do
	job_fresh
	job_on <<END
wait 9000 WDC WD800
quiet 300 9000
kill $name
ended 9000
END
	check "SIG$name on a waiting page ends the program" heard exit=0 left=0
done
job_fresh
job_on <<END
wait 9000 WDC WD800
quiet 300 9000
hangup
alone 9000
point all
END
check "a terminal that is closed on a waiting page ends the program" heard exit=0 left=0
job_fresh
job_under=(sh -c 'trap "" HUP; exec setsid --wait "$0" "$@"')
job_on <<END
wait 9000 WDC WD800
quiet 300 9000
hangup
alone 9000
END
job_under=()
check "a line that dies without a signal on a waiting page ends the program" heard exit=0 left=0

# ---- guides ----

guides() { # a copy to be spoilt
	rm -rf "$TMPDIR/guides"
	cp -r guides "$TMPDIR/guides"
	chmod -R go-w "$TMPDIR/guides"
}

if [ "$(id -u)" = 0 ]; then
	for file in . first.ini alive.ini drives pics/cable.txt; do
		guides
		[ -e "$TMPDIR/guides/$file" ] || file=pics/$(basename "$(printf '%s\n' guides/pics/*.txt | head -n 1)")
		chmod o+w "$TMPDIR/guides/$file"
		fresh
		cp "$DIR/clock" "$TMPDIR/clock"
		plainly --guides "$TMPDIR/guides" scan >"$TMPDIR/out" 2>"$TMPDIR/err"
		check "root and $file that everybody may change: refused, exit 2" words 2 "refused: everybody on this computer may change"
		check "root and $file that everybody may change: nothing has run" cmp "$DIR/clock" "$TMPDIR/clock"
		job_args=(--guides "$TMPDIR/guides")
		job_on <<<'ended 9000'
		check "root and $file that everybody may change: no assistant" heard exit=2
		job_args=()
	done
else
	skip "root and guides that everybody may change" "only root can be refused"
fi

guides
rm "$TMPDIR/guides/first.ini"
job_fresh
job_args=(--guides "$TMPDIR/guides")
job_on <<END
wait 9000 The guide cannot be read
wait 9000 first.ini
wait 9000 is it there?
$(job_answers 'send z|Without its guide odrescue has only the command line')
$leave
END
check "a guide that is missing is named, and the program can be left" heard exit=0
guides
echo 'text99 = "x"' >>"$TMPDIR/guides/first.ini"
job_fresh
job_on <<END
wait 9000 The guide cannot be read
wait 9000 first.ini
$leave
END
check "a guide with a fault is named, and the program can be left" heard exit=0
job_args=()
code=0
"$ODR_SAN/odrescue" --check-guides "$TMPDIR/guides" >"$TMPDIR/out" 2>"$TMPDIR/err" || code=$?
check "its fault is told with file and line" words 1 "first.ini:$(wc -l <"$TMPDIR/guides/first.ini"):"
plainly --guides "$TMPDIR/nowhere" scan >"$TMPDIR/out" 2>"$TMPDIR/err"
check "guides that are not there are named, exit 1" words 1 "$TMPDIR/nowhere"

finish
