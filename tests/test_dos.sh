#!/bin/bash
# The engine, the channel driver and the simulator, built for a 386 with 640 KiB and run under DOS:
# no float, no heap, no recursion, no big object, because there it would not link or not fit.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

build=${ODR_DEV:-build/dev}/../dos # kept between runs: newlib needs to be built only once
dos=$build/c
results=0

result() { # STATUS TEXT
	results=$((results + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $results - $2"
	else
		echo "not ok $results - $2"
	fi
}

rm -rf "$dos"
tests/dos/build.sh "$build" | sed 's/^/# /'
result $? "the DOS programs build, in 386 instructions only"

tests/dos/run.sh "$dos" SELFTEST.EXE | sed 's/^/# /'
[ "${PIPESTATUS[0]}" -eq 7 ]
result $? "the DOS runtime passes its self-test"

tests/dos/run.sh "$dos" SELFTEST.EXE fault > "$build/fault.txt"
[ $? -eq 255 ] && grep -q 'FATAL exception 6 .*eip=0000[1-9A-F]' "$build/fault.txt"
result $? "an invalid instruction ends in a dump with its address and exit code 255"

tests/dos/run.sh "$dos" SELFTEST.EXE deep > "$build/deep.txt"
[ $? -eq 255 ] && grep -q 'FATAL stack overflow' "$build/deep.txt"
result $? "a stack overflow is noticed and ends in a dump and exit code 255"

echo "1..$results"
