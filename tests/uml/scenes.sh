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

odr() { # NAME ARGUMENT...: odrescue on this machine; words in NAME.out, exit code in $code
	local name=$1
	shift
	code=0
	"$ODR_DEV/odrescue" --backend linux --state "/run/state" "$@" >"$OUT/$name.out" 2>&1 || code=$?
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
unplug $bridge
odr gone scan
check "unplugged, it is gone" test -z "$(grep IDE1008 "$OUT/gone.out")"

finish
