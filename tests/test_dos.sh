#!/usr/bin/env bash
# The engine, the channel driver and the simulator, built for a 386 with 640 KiB, rescue a drive under
# DOS. A float would not link there; deep recursion or much memory would not fit.
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

documented_only() {
	cat "$dos/SIM/WRONG.TXT"
	said '^wrong=0 '
}

check "the DOS programs build, in 386 instructions only" tests/dos/build.sh "$build"
check "the DOS runtime passes its self-test" ends 7 SELFTEST.EXE
check "an invalid instruction ends the program with exit code 255" ends 255 SELFTEST.EXE fault
check "an invalid instruction shows its address" said 'FATAL exception 6 .*eip=0000[1-9A-F]'
check "a stack overflow ends the program with exit code 255" ends 255 SELFTEST.EXE deep
check "a stack overflow is called by its name" said 'FATAL stack overflow'

check "an image is made" "$ODR_DEV/mkimage" --size 65536 --rev 0758 "$dos/FW.BIN"
check "a whole rescue on DOS ends with exit code 0" ends 0 SMOKE.EXE
check "its outcome is verified by reading back" \
	said '^outcome result="verified" evidence="read back"'
check "the chip holds the image" cmp "$dos/FW.BIN" "$dos/CHIP3.BIN"
check "no access left the documented sequences" documented_only
check "the old content is in a backup" grep '^backup .* bytes=65536 ' "$dos/RESCUE/JOURNAL.TXT"
finish
