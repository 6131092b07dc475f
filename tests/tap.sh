# tap.sh - TAP for shell tests: source it, call `check` for each result, end with `finish`.
# shellcheck shell=bash

# What run-tests sets, for a test that is started by hand from the top folder.
: "${TMPDIR:=$(mktemp -d)}" "${ODR_SAN:=build/san}" "${ODR_DEV:=build/dev}"

tap_seen=0
tap_failed=0

# check NAME COMMAND... - one result: ok if the command succeeds. Its output is shown when it fails.
check() {
	local name=$1 output
	shift
	tap_seen=$((tap_seen + 1))
	if output=$("$@" 2>&1); then
		echo "ok $tap_seen - $name"
	else
		tap_failed=$((tap_failed + 1))
		echo "not ok $tap_seen - $name"
		printf '%s\n' "$output" | sed 's/^/# /'
	fi
}

# silent COMMAND... - succeeds if the command prints nothing on stdout: for searches for offences.
silent() {
	local output
	output=$("$@")
	printf '%s' "$output"
	[ -z "$output" ]
}

# skip NAME REASON
skip() {
	tap_seen=$((tap_seen + 1))
	echo "ok $tap_seen - $1 # SKIP $2"
}

finish() {
	echo "1..$tap_seen"
	exit $((tap_failed > 0))
}
