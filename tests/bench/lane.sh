#!/usr/bin/env bash
# lane.sh - what the register lane costs: port accesses and time on the practice PC's clock (1 us an
# access, as an ISA port takes) for each phase of a job, 64 KiB and 1 MiB. The program is killed at the
# border of each phase, and the rig is asked what it has seen.
set -eu

odr=build/dev
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

job() { # RIG HAND: a whole job, or until the hand
	rm -rf "$folder/rig"
	printf '%s\n' 'hand cable 3 off' '-hand start' baseline 'hand cable 3 on' 'wait 3' \
		'target secondary master DRW1008IB' "image $folder/fw.bin" \
		'hand power 3 off after 3 s' 'hand power 3 on after 4 s' 'knock secondary master' \
		'wait 5' plan 'confirm secondary master' "$2" flash >"$folder/script"
	"$odr/odrescue" --backend "sim:rig=tests/rigs/$1,state=$folder/rig,speed=max" \
		--script "$folder/script" >"$folder/out" 2>&1 || true
}

asked() { # KEY [LINE]: a number that the rig gives
	"$odr/rigask" "$folder/rig" | grep "^${2:-clock}" | grep -o " $1=[0-9]*" | cut -d= -f2
}

phase() { # NAME: what came since the last border
	local accesses us
	accesses=$(asked accesses) us=$(asked us)
	printf '  %-22s %12d accesses %9.1f s\n' "$1" $((accesses - last_accesses)) \
		"$(awk "BEGIN { print ($us - $last_us) / 1e6 }")"
	write_accesses=$((accesses - last_accesses))
	last_accesses=$accesses last_us=$us
}

measure() { # RIG BYTES
	local programmed
	"$odr/mkimage" --size "$2" "$folder/fw.bin"
	job "$1" '# to the end'
	programmed=$(asked programmed 'drive 3')
	echo "$1: $2 bytes, $programmed of them programmed (FF is what erased is)"
	job "$1" 'hand kill on read 1'
	last_accesses=$(asked accesses) last_us=$(asked us)
	job "$1" 'hand kill on erase'
	phase 'look, id, backup twice'
	job "$1" 'hand kill on program 1'
	phase 'erase, blank check'
	job "$1" "hand kill on program $programmed"
	phase write
	# 4 cycles (AA 55 A0 data) of 8 accesses each: protocols.md 2.5 without any reading back.
	awk "BEGIN { printf \"  a programmed byte: %.1f accesses; JEDEC minimum 32 (4 cycles of 8)\n\",
		$write_accesses / $programmed }"
	job "$1" '# to the end'
	phase 'verify, outro'
}

measure dead1008.ini 65536
measure big1008.ini 1048576
