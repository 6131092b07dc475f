#!/usr/bin/env bash
# The engine, the channel driver and the simulator, built for a 386 with 640 KiB and run under DOS:
# no float, no heap, no recursion, no big object, because there it would not link or not fit.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. tests/tap.sh

build=$ODR_DEV/../dos # kept between runs: newlib needs to be built only once
dos=$build/c
rm -rf "$dos"

# ends CODE PROGRAM [ARGUMENT...] - what it prints is left in $TMPDIR/said
ends() {
	local code=$1 status
	shift
	tests/dos/run.sh "$dos" "$@" >"$TMPDIR/said" 2>&1
	status=$?
	cat "$TMPDIR/said"
	echo "exit code $status, expected $code"
	[ "$status" -eq "$code" ]
}

said() { # PATTERN
	cat "$TMPDIR/said"
	grep -Eq "$1" "$TMPDIR/said"
}

check "the DOS programs build, in 386 instructions only" tests/dos/build.sh "$build"
check "the DOS runtime passes its self-test" ends 7 SELFTEST.EXE
check "an invalid instruction ends the program with exit code 255" ends 255 SELFTEST.EXE fault
check "an invalid instruction shows its address" said 'FATAL exception 6 .*eip=0000[1-9A-F]'
check "a stack overflow ends the program with exit code 255" ends 255 SELFTEST.EXE deep
check "a stack overflow is called by its name" said 'FATAL stack overflow'
finish
