# bed.sh - what the scenes of this folder share: drives that come and go, odrescue on them, and what the
# witnesses say. Source after tap.sh, inside the user-mode Linux, as root.
# shellcheck shell=bash
OUT=/run/out
mkfifo "$TMPDIR/never" # nobody writes: `read -t` on it waits without a process

rest() { # SECONDS
	read -rt "$1" <>"$TMPDIR/never" || :
}
until_true() { # COMMAND...: waits up to 20 s for it to succeed
	local until=$((SECONDS + 20))
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $until ] || return 1
		rest 0.02
	done
}

declare -A bridges
# plug NAME RIG POSITION [OPTION...] - a drive comes; the one of that name goes before. Its bsg node's name
# is in $node, its bridge in $bridge; the practice PC is /run/NAME, the log of its commands /run/NAME.log.
plug() {
	local name=$1 rig=$2 position=$3 before
	bridge=${bridges[$name]-}
	[ -z "$bridge" ] || ! kill -0 "$bridge" 2>/dev/null || unplug
	before=$(ls /dev/bsg 2>/dev/null)
	mkdir -p "/run/$name"
	"$ODR_DEV/umldrive" "$name" "tests/rigs/$rig" "/run/$name" "$position" "/run/$name.log" \
		"${@:4}" 2>>"$OUT/err" &
	bridge=$!
	bridges[$name]=$bridge
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
unplug() { # the drive goes
	kill -TERM $bridge
	wait $bridge
}
logged() { # NAME COUNT: so many pieces of an upload have come since the log was emptied
	[ "$(grep -c ^3b "/run/$1.log")" -ge "$2" ]
}

# The tables say 50 s after "burn"; a practice drive's second passes 100 times as fast.
cp -r guides "$TMPDIR/guides"
sed -i 's/^family  = btc$/&\nsettle_ms = 700/' "$TMPDIR/guides/drives/btc.ini"
FW=$TMPDIR/fw.bin
"$ODR_DEV/mkimage" --size 1048576 "$FW"

odr() { # NAME ARGUMENT...: odrescue on this machine; words in NAME.out, exit code in NAME.code
	local name=$1 code=0
	shift
	$as "$ODR_DEV/odrescue" --backend linux --state "$STATE" --guides "$TMPDIR/guides" \
		"$@" >"$OUT/$name.out" 2>&1 || code=$?
	echo $code >"$OUT/$name.code"
}
as='' # how another user runs it
STATE=/run/state
worker_of() { # PID: the worker of the odrescue that this process is, or began
	local program
	program=$(pgrep -P "$1" odrescue | head -n 1)
	[ -n "$program" ] && { pgrep -P "$program" odrescue || echo "$program"; } | head -n 1
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

flash() { # NAME [IMAGE]: all of it, on the drive at position 5
	printf '%s\n' 'target position 5' "image ${2-$FW}" plan 'confirm position 5' flash \
		>"$TMPDIR/$1.script"
	odr "$1" --script "$TMPDIR/$1.script"
}
ended() { # CODE NAME TEXT...
	[ "$(<"$OUT/$2.code")" = "$1" ] || {
		echo "exit code $(<"$OUT/$2.code")"
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
	sed 's/ us=.*//' "/run/$1.log" |
		awk '/^3b/ { on = 1 } on { print } /^3b 07/ { exit }' >"$TMPDIR/sent"
	expect_upload | diff - "$TMPDIR/sent" | head -n 20
	expect_upload | cmp -s - "$TMPDIR/sent"
}
no_wrongs() { # NAME: nothing that the practice drive finds outside the documents
	"$ODR_DEV/rigask" "/run/$1" | grep -qx wrong=0 || {
		cat "/run/$1/wrong.txt"
		return 1
	}
}
never_written() { # NAME: no WRITE BUFFER came since the log was emptied
	! grep '^3b' "/run/$1.log"
}
refused() { # CODE NAME TEXT...: told so, and nothing was sent
	ended "$@" && never_written a
}
