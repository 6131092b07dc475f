#!/usr/bin/env bash
# scenes.sh - what happens inside the user-mode Linux of tests/test_uml.sh, in one boot, as root. TAP on
# stdout. Whatever the witnesses outside want to see goes to $OUT.
# shellcheck source=tests/tap.sh
. tests/tap.sh
OUT=/run/out
mkfifo "$TMPDIR/never" # nobody writes: `read -t` on it waits without a process

until_true() { # COMMAND...: waits up to 10 s for it to succeed
	local until=$((SECONDS + 10))
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $until ] || return 1
		read -rt 0.02 <>"$TMPDIR/never" || :
	done
}

# plug NAME RIG POSITION [OPTION...] - a drive comes. Its bsg node's name is in $node, its bridge in
# $bridge; the practice PC is /run/NAME, the log of its commands /run/NAME.log.
plug() {
	local name=$1 rig=$2 position=$3 before
	before=$(ls /dev/bsg 2>/dev/null)
	mkdir -p "/run/$name"
	"$ODR_DEV/umldrive" "$name" "tests/rigs/$rig" "/run/$name" "$position" "/run/$name.log" \
		"${@:4}" 2>>"$OUT/err" &
	bridge=$!
	until_true has_more "$before" || echo "# no drive came"
	node=$(newest "$before")
	until_true sr_of "$node"
}
newest() { # BEFORE: the bsg nodes that are not in it
	comm -13 <(echo "$1") <(ls /dev/bsg)
}
has_more() {
	[ -n "$(newest "$1")" ]
}
sr_of() { # NODE: prints /dev/srN
	local sr=(/sys/bus/scsi/devices/"$1"/block/sr*)
	[ -b "/dev/${sr[0]##*/}" ] && echo "/dev/${sr[0]##*/}"
}
unplug() { # BRIDGE: the drive goes
	kill -TERM "$1"
	wait "$1"
}

# The tables say 50 s after "burn"; a practice drive's second passes 100 times as fast.
cp -r guides "$TMPDIR/guides"
sed -i 's/^family  = btc$/&\nsettle_ms = 700/' "$TMPDIR/guides/drives/btc.ini"
"$ODR_DEV/mkimage" --size 1048576 "$TMPDIR/fw.bin"

odr() { # NAME ARGUMENT...: odrescue on this machine; words in NAME.out, exit code in $code
	local name=$1
	shift
	code=0
	"$ODR_DEV/odrescue" --backend linux --state /run/state --guides "$TMPDIR/guides" \
		"$@" >"$OUT/$name.out" 2>&1 || code=$?
}
said() { # NAME TEXT...
	local text seen
	seen=$(tr -s ' \n' '  ' <"$OUT/$1.out")
	for text in "${@:2}"; do
		[[ $seen == *"$text"* ]] || {
			echo "not said: $text"
			tail -n 20 "$OUT/$1.out"
			return 1
		}
	done
}

flash() { # NAME IMAGE: all of it, on the drive at position 5
	printf '%s\n' scan 'target position 5' "image $2" plan 'confirm position 5' flash \
		>"$TMPDIR/script"
	odr "$1" --script "$TMPDIR/script"
}
ended() { # CODE NAME TEXT...
	[ "$code" = "$1" ] || {
		echo "exit code $code"
		tail -n 20 "$OUT/$2.out"
		return 1
	}
	said "${@:2}"
}


# What the drive was sent, from the first WRITE BUFFER to the last: the 258 of protocols.md 3.1, each
# once, in order, and nothing between them.
expect_upload() {
	for ((i = 0; i < 256; i++)); do
		printf '3b 06 00 %02x %02x 20 00 10 00 00 len=4096\n' $((i >> 4)) $(((i & 15) << 4))
	done
	echo '3b 06 00 00 00 00 00 00 20 00 len=32'
	echo '3b 07 00 00 00 00 00 00 00 00 len=0'
}
sent_once() { # NAME
	awk '/^3b/ { on = 1 } on { print } /^3b 07/ { exit }' "/run/$1.log" >"$TMPDIR/sent"
	expect_upload | diff - "$TMPDIR/sent" | head -n 20
	expect_upload | cmp -s - "$TMPDIR/sent"
}
no_wrongs() { # NAME: nothing that the practice drive finds outside the documents
	"$ODR_DEV/rigask" "/run/$1" | grep -qx wrong=0 || {
		cat "/run/$1/wrong.txt"
		return 1
	}
}

# ---- a drive behind the kernel ----

plug a alive.ini 3
check "the kernel makes sr, sg and bsg nodes for a practice drive" \
	test -b "$(sr_of "$node")" -a -c /dev/sg0 -a -c "/dev/bsg/$node"
inquiry() {
	sg_inq "$1" | grep -q 'revision level: 0055'
}
check "sg_inq reads its revision through the kernel" inquiry "$(sr_of "$node")"
odr scan scan
check "odrescue lists it with its name" said scan "position 5" "DVDRW IDE1008" 0055

# ---- 0055 becomes 0758 ----

# As udev and desktops have it, only more often: the kernel asks the drive for news of its disc.
echo 50 >"/sys/block/$(basename "$(sr_of "$node")")/events_poll_msecs"
: >/run/a.log
polls() {
	grep -q '^4a' /run/a.log
}
check "the kernel's sr driver asks it again and again" until_true polls
flash rescue "$TMPDIR/fw.bin"
check "0055 becomes 0758 through the kernel" ended 6 rescue "NOT VERIFIABLE" 0758 identity
check "the chip holds the file" cmp /run/a/chip3.bin "$TMPDIR/fw.bin"
check "the drive got each command of the upload once, in order, and none of sr's between" sent_once a
check "nothing came in its 50 s of burning, and nothing undocumented ever" no_wrongs a
check "sr has its drive again" sr_of "$node"

unplug $bridge
odr gone scan
check "unplugged, it is gone" test -z "$(grep IDE1008 "$OUT/gone.out")"
cp -r /run/a /run/*.log "$TMPDIR/fw.bin" "$OUT"

finish
