# play.sh - play a script on a practice PC and ask the rig itself what happened. Source after tap.sh.
# shellcheck shell=bash

FW=$TMPDIR/fw.bin # 64 KiB
"$ODR_SAN/mkimage" "$FW"
DIR=$TMPDIR/rig
code=0

# play RIG [NAME=VALUE...] - a fresh practice PC; the script on stdin. Sets code; words in $TMPDIR/out.
play() {
	rm -rf "$DIR"
	go_on "$@"
}

# go_on RIG [NAME=VALUE...] - the same practice PC as before, as a new start of the program.
go_on() {
	local rig=$1
	[[ $rig == */*.ini ]] || rig=tests/rigs/$rig
	shift
	cat >"$TMPDIR/script"
	code=0
	env IMAGE="$FW" "$@" "$ODR_SAN/odrescue" \
		--backend "sim:rig=$rig,state=$DIR,speed=max" \
		--script "$TMPDIR/script" >"$TMPDIR/out" 2>&1 || code=$?
}

# The beginning that most scenarios share: the PC started with the cable off, plugged, proven.
plugged() {
	printf '%s\n' 'hand cable 3 off' '-hand start' baseline 'hand cable 3 on' 'wait 3' \
		'target secondary master DRW1008IB'
}

# drive NAME - the rig's own words about a drive.
drive() {
	"$ODR_SAN/rigask" "$DIR" | grep "^drive $1 "
}

# What a check can ask.
ended() { # CODE [TEXT...]: exit code, and words that the person saw
	[ "$code" = "$1" ] || {
		echo "exit code $code"
		tail -n 20 "$TMPDIR/out"
		return 1
	}
	local text seen
	seen=$(tr -s ' \n' '  ' <"$TMPDIR/out")
	for text in "${@:2}"; do
		[[ $seen == *"$text"* ]] || {
			echo "not said: $text"
			tail -n 20 "$TMPDIR/out"
			return 1
		}
	done
}

untouched() { # NAME...: never erased, never programmed
	local name
	for name in "$@"; do
		drive "$name" | grep -q 'erased=0 programmed=0' || {
			drive "$name"
			return 1
		}
	done
}

holds() { # FILE: the chip is the file, byte for byte
	cmp "$DIR/chip3.bin" "$1"
}

no_wrongs() { # no access outside the documented sequences
	"$ODR_SAN/rigask" "$DIR" | grep -qx 'wrong=0' || {
		cat "$DIR/wrong.txt"
		return 1
	}
}
