#!/usr/bin/env bash
# The runner must not believe a test that broke: each way of breaking is played once.
set -u
. tests/tap.sh

# verdict EXIT LAST_LINE BODY... - run shell scripts with these bodies as tests.
verdict() {
	local want_exit=$1 want_line=$2 n=0 got_exit got body files=()
	shift 2
	for body in "$@"; do
		n=$((n + 1))
		files+=("$TMPDIR/case$n.sh")
		printf '#!/bin/sh\n%s\n' "$body" >"$TMPDIR/case$n.sh"
		chmod +x "$TMPDIR/case$n.sh"
	done
	got=$(CI=${ci-} ODR_TEST_LIMIT_S=${limit_s-60} ODR_RESULTS=$TMPDIR/results \
		tests/run-tests "${files[@]}" 2>&1)
	got_exit=$?
	echo "$got"
	echo "exit status $got_exit"
	[ "$got_exit" -eq "$want_exit" ] && [ "$(tail -n 1 <<<"$got")" = "$want_line" ]
}

check "results of several tests add up" \
	verdict 0 "3 passed, 0 failed" 'echo 1..1; echo ok 1 - a' 'echo ok; echo ok; echo 1..2'
check "one failed result fails the run" \
	verdict 1 "1 passed, 1 failed" 'echo 1..2; echo ok 1; echo not ok 2'
check "several plans in one program add up, as cmocka's groups do" \
	verdict 0 "2 passed, 0 failed" 'echo 1..1; echo ok 1 - a; echo 1..1; echo ok 1 - b'
check "a test that crashes fails" \
	verdict 1 "1 passed, 1 failed" 'echo 1..2; echo ok 1; kill -SEGV $$'
check "a test that prints no plan fails" \
	verdict 1 "1 passed, 1 failed" 'echo ok 1 - sure'
check "a test that stops early fails" \
	verdict 1 "1 passed, 1 failed" 'echo 1..2; echo ok 1; exit 0'
check "a test whose exit status contradicts its results fails" \
	verdict 1 "1 passed, 1 failed" 'echo 1..1; echo ok 1; exit 1'
check "a test with an empty plan fails" \
	verdict 1 "0 passed, 1 failed" 'echo 1..0'
limit_s=1 check "a test that hangs is ended and fails" \
	verdict 1 "1 passed, 1 failed" 'echo 1..1; echo ok 1; sleep 60'
check "no test at all is not a success" \
	verdict 1 "0 passed, 0 failed"
check "a skip is counted and does not fail" \
	verdict 0 "1 passed, 0 failed, 1 skipped" 'echo 1..2; echo ok 1; echo "ok 2 - b # SKIP no root"'
check "a skip in the words of cmocka 1.1.5 is a skip" \
	verdict 0 "1 passed, 0 failed, 1 skipped" 'echo 1..2; echo ok 1; echo "not ok 2 # SKIP b"'
check "a failed group set-up of cmocka 1.1.5 fails" \
	verdict 1 "0 passed, 2 failed" 'echo 1..2; echo "not ok 0 - group [  FAILED  ] GROUP SETUP"'

# A first run stands still in its test until the second one has ended: the pipes of $TMPDIR hold it.
second_is_refused() {
	local first=$TMPDIR/first.sh other=$TMPDIR/other.sh pid said status
	mkfifo "$TMPDIR/begun" "$TMPDIR/go"
	printf '#!/bin/sh\necho begun >"%s"\nread -r go <"%s"\necho 1..1\necho ok 1\n' \
		"$TMPDIR/begun" "$TMPDIR/go" >"$first"
	printf '#!/bin/sh\necho 1..1\necho ok 1\n' >"$other"
	chmod +x "$first" "$other"
	ODR_RESULTS=$TMPDIR/shared tests/run-tests "$first" >"$TMPDIR/first.said" 2>&1 &
	pid=$!
	read -r _ <"$TMPDIR/begun"
	said=$(ODR_RESULTS=$TMPDIR/shared/ tests/run-tests "$other" 2>&1)
	status=$?
	echo go >"$TMPDIR/go"
	wait "$pid" || echo "the first run failed"
	echo "$said"
	echo "exit status $status"
	cat "$TMPDIR/first.said"
	[ "$status" -eq 2 ] &&
		[ "$said" = "run-tests: another run is using $TMPDIR/shared; wait until it has ended" ] &&
		[ "$(tail -n 1 "$TMPDIR/first.said")" = "1 passed, 0 failed" ]
}

left_over_does_not_hold() {
	local status=0
	verdict 0 "1 passed, 0 failed" "sleep 600 >/dev/null 2>&1 & echo \$! >'$TMPDIR/daemon'
		echo 1..1; echo ok 1" || status=1
	verdict 0 "1 passed, 0 failed" 'echo 1..1; echo ok 1' || status=1
	kill "$(cat "$TMPDIR/daemon")" || status=1 # it must have lived until now
	return $status
}

check "a second run with the same results is refused and leaves the first alone" second_is_refused
check "a program that a test left behind does not keep the next run out" left_over_does_not_hold
ci=true check "in CI a skip is a failure" \
	verdict 1 "1 passed, 1 failed" 'echo 1..2; echo ok 1; echo "ok 2 - b # SKIP no root"'
ci=true check "in CI a skipped file is a failure" \
	verdict 1 "0 passed, 1 failed" 'echo "1..0 # SKIP no dosbox"'
finish
