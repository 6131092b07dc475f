#!/usr/bin/env bash
# tui.sh - what the assistant's pages cost on a terminal, beside two curses programs of the same trade on
# the same machine in the same run: cfdisk and testdisk, on a disk image of their own. Times are from exec to
# the last byte of the page; seconds are what the bytes take on a serial line of 9600 baud, 10 bits each.
set -eu

PATH=$PATH:/sbin # cfdisk, sfdisk
odr=$PWD/build/dev
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

truncate -s 64M "$folder/disk.img"
printf 'label: dos\n,16M,L\n,16M,S\n,16M,c\n' | sfdisk -q "$folder/disk.img"

# The practice PC of a person who has pulled the cable and started again: odrescue's first page.
fresh_pc() {
	rm -rf "$folder/pc"
	mkdir "$folder/pc"
	"$odr/mkimage" "$folder/pc/FW.BIN"
	printf '%s\n' 'hand cable 3 off' '-hand start' quit >"$folder/script"
	"$odr/odrescue" --backend "sim:rig=tests/rigs/rom1008.ini,state=$folder/pc,speed=max" \
		--script "$folder/script" >"$folder/out"
}

declare -A program=(
	[odrescue]="$odr/odrescue --backend sim:rig=tests/rigs/rom1008.ini,state=$folder/pc,speed=1x"
	[cfdisk]="cfdisk $folder/disk.img"
	[testdisk]="testdisk $folder/disk.img"
)
# What stands in the lowest row of the first page; an arrow that moves the mark there.
declare -A page=(
	[odrescue]='wait 9000 q leave' [cfdisk]='wait 9000 Quit program' [testdisk]='wait 9000 Note:'
)
declare -A arrow=([odrescue]=down [cfdisk]=down [testdisk]=right)
# The same, when the channels have been looked at, too: that takes its time on real ports, and on these.
declare -A whole=(
	[odrescue]=$'wait 9000 q leave\nwait 9000 WDC WD800'
	[cfdisk]=${page[cfdisk]} [testdisk]=${page[testdisk]}
)
settled='quiet 300 9000'

# pty TERM PROGRAM - play the script on stdin, leave ptyrun's answer in $folder/said.
pty() {
	local words
	read -ra words <<<"${program[$2]}"
	if ! "$odr/ptyrun" --limit 240000 --term "$1" --baud 9600 "${words[@]}" >"$folder/said"; then
		cat "$folder/said"
		return 1
	fi
}

said() { # KEY
	sed -n "s/^$1=//p" "$folder/said"
}

line_s() { # BYTES
	awk "BEGIN { printf \"%.2f\", $1 * 10 / 9600 }"
}

first_ms() { # PROGRAM WAITS: the median of 11 starts
	for _ in $(seq 11); do
		fresh_pc
		pty vt100 "$1" <<<"$2
quiet 60 9000
point first"
		said first.us
	done | sort -n | awk 'NR == 6 { printf "%.0f\n", $1 / 1000 }'
}

row() { # TEXT VALUE...
	printf '  %-44s' "$1"
	printf ' %10s' "${@:2}"
	echo
}

costs() { # TERM: two rows for the page, two for an arrow key
	local name bytes=() key=()
	for name in odrescue cfdisk testdisk; do
		fresh_pc
		pty "$1" "$name" <<<"${whole[$name]}
$settled
point first
key ${arrow[$name]}
$settled
point key"
		bytes+=("$(said first.bytes)")
		key+=("$(said key.bytes)")
	done
	row "TERM=$1: first page, bytes" "${bytes[@]}"
	row "  seconds on the line" "$(line_s "${bytes[0]}")" "$(line_s "${bytes[1]}")" \
		"$(line_s "${bytes[2]}")"
	row "TERM=$1: an arrow key, bytes" "${key[@]}"
	row "  seconds on the line" "$(line_s "${key[0]}")" "$(line_s "${key[1]}")" \
		"$(line_s "${key[2]}")"
}

# From the first page to the words that start the job, as a person types it.
to_the_job='wait 9000 A firmware update failed
send d
wait 9000 mostly not the end
key enter
wait 9000 Three signs
wait 9000 I have read the warning
send y
wait 9000 Go on
key enter
wait 9000 Which maker
send b
wait 9000 What does the PC do
send c
wait 9000 jumper?
send m
wait 9000 What else hangs
send n
wait 9000 Which socket
send s
wait 9000 Photograph
send c
wait 9000 I have read
send y
gone 9000 I have read
quiet 100 9000
point until
pass 10000
point waiting
send e
wait 9000 leave flash mode
quiet 300 9000
send hand cable 3 on\r
wait 9000 BUSY
key esc
wait 60000 That is your drive
send c
wait 9000 label say
send DRW1008IB\r
wait 9000 The drive is proven
wait 9000 Enter
key enter
wait 9000 The firmware file
send f
wait 9000 FW.BIN
key enter
wait 9000 Use this file
quiet 300 9000
send c
wait 9000 How shall
send o
wait 9000 EXPERIMENTAL
key enter
wait 9000 Knocking:
wait 9000 I have read the warning
send y
wait 9000 Go on
key enter
wait 60000 named the flash chip
quiet 1500 9000
key enter
wait 60000 I have read it
send c
wait 9000 Type the position
send secondary master\r
wait 9000 do NOT switch
point until
wait 90000 VERIFIED
point job'

per() { # A B FORMAT: A divided by B
	awk "BEGIN { printf \"$3\", $1 / ($2 ? $2 : 1) }"
}

row '' odrescue cfdisk testdisk
row 'start to the first page, ms (median of 11)' "$(first_ms odrescue "${page[odrescue]}")" \
	"$(first_ms cfdisk "${page[cfdisk]}")" "$(first_ms testdisk "${page[testdisk]}")"
row '  until its channels have been looked at' "$(first_ms odrescue "${whole[odrescue]}")"
costs vt100
costs linux

fresh_pc
pty vt100 odrescue <<<"${whole[odrescue]}
$settled
point first
pass 10000
point idle
key ctrl-l
$settled
point again"
row 'TERM=vt100: Ctrl-L, bytes' "$(said again.bytes)"
row '10 s on the first page: bytes' "$(said idle.bytes)"
row '  processor, ms (both processes)' "$(per "$(said idle.cpu_us)" 1000 %.0f)"

fresh_pc
pty vt100 odrescue <<<"$to_the_job"
row '10 s on a page that waits for a plug: bytes' "$(said waiting.bytes)"
row '  processor, ms' "$(per "$(said waiting.cpu_us)" 1000 %.0f)"
row 'a flash of 64 KiB in real time, s' "$(per "$(said job.us)" 1000000 %.1f)"
row '  bytes' "$(said job.bytes)"
row '  updates of the page' "$(said job.bursts)"
row '  bytes an update' "$(per "$(said job.bytes)" "$(said job.bursts)" %.0f)"
row '  share of the line, %' \
	"$(awk "BEGIN { printf \"%.0f\", $(said job.bytes) * 100 / 960 / ($(said job.us) / 1e6) }")"
row '  processor, ms (the practice drive included)' "$(per "$(said job.cpu_us)" 1000 %.0f)"
