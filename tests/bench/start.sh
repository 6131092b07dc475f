#!/usr/bin/env bash
# start.sh - from the command line to the first answer (median of 21), and what the programs weigh.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for _ in $(seq 21); do
	begin=$(date +%s%N)
	build/dev/odrescue --backend "sim:rig=tests/rigs/alive.ini,state=$folder/rig,speed=max" status \
		>/dev/null
	echo $((($(date +%s%N) - begin) / 1000))
done | sort -n | sed -n '11s/.*/start to the end of the first command: & us (median of 21)/p'
size build/dev/odrescue
tests/dos/build.sh build/dos
