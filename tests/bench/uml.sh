#!/usr/bin/env bash
# uml.sh - the lane through a real kernel, measured in the user-mode Linux of tests/test_uml.sh: tests/uml/bench.sh
# says what.
set -eu

TMPDIR=$(mktemp -d)
trap 'rm -rf "$TMPDIR"' EXIT
export TMPDIR ODR_DEV=$PWD/build/dev ODR_SCENES=rescue,bench
if ! tests/test_uml.sh >"$TMPDIR/said" 2>&1; then
	cat "$TMPDIR/said"
	exit 1
fi
cat "$TMPDIR/out/bench"
