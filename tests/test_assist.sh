#!/usr/bin/env bash
# The assistant as a person uses it: a whole rescue by keys and hands on a screen of 80x24, no Enter on a
# page that waits, every page beside its golden; and the rig itself is asked what happened.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh
# shellcheck source=tests/tui/screen.sh
. tests/tui/screen.sh

odrescue=$(realpath "$ODR_SAN/odrescue")
backend="sim:rig=tests/rigs/dead1008.ini,state=$DIR,speed=20x,reboot=ends"
# Seconds left and rates depend on how fast this computer is.
SCREEN_CLEAN='s/ [0-9]+ KB\/s +about [0-9]+ s left//;s/^ [0-9]+ of ([0-9]+) bytes/ N of \1 bytes/'

begin() { # a practice PC as `./run` makes it
	rm -rf "$DIR"
	mkdir -p "$DIR"
	cp "$FW" "$DIR/FW.BIN"
}

opened() { # the assistant in front of it
	screen_start "$odrescue" --backend "$backend"
}

# page NAME TEXT [KEY...] - wait for a text, compare the page, then press the keys.
page() {
	local name=$1 text=$2
	shift 2
	check "$name: the page comes" screen_wait "$text"
	check "$name: it is its golden" screen_golden "rescue-$name"
	check "$name: it fits" screen_fits
	[ $# -eq 0 ] || screen_keys "$@"
}

begin
opened
# Without its first page every wait below would be in vain.
if ! screen_wait "switched off"; then
	check "the assistant opens" false
	finish
fi
page off "switched off" s
page hung "The PC hangs here" c
check "pulling the cable of the PC that hangs is answered" screen_wait "data cable is off"
screen_keys r
page first "What happened to the drive?" d
page notdead "A dead drive is mostly not the end" Enter
page stop "Three signs to stop" y
check "the warning was read: the page goes on with Enter" screen_wait "Go on"
screen_keys Enter
page brand "Which maker is on the drive's sticker?" b
page hang "What does the PC do at start" c
page jumper "Where is the drive's jumper?" m
page alone "What else hangs on the same ribbon?" n
page socket "Which socket on the board" s
page cable "Photograph this page" c
page plug "Plug the data cable into the drive now" y
check "the warning of the plug is read" screen_gone "I have read the warning"
screen_keys h
page hands "Your hands on the practice PC" c
check "the hand is answered" screen_wait "data cable is in"
screen_keys Escape
page found "That is your drive" c
page label "What does the drive's label say?"
screen_type DRW1008IB
screen_keys Enter
page proven "The drive is proven" Enter
page file "The firmware file" f
page image "Which file?" x
check "what is typed replaces the file that was offered" screen_wait "Firmware file: x"
screen_keys C-u
screen_type "$DIR/FW.BIN"
screen_keys Enter
page imgok "The file was read to its end" c
page way "How shall it be written?" o
page own "EXPERIMENTAL" Enter
page knockhow "Knocking" y
screen_gone "I have read the warning" # a key that follows at once is not meant for it
screen_keys Enter
check "it knocks" screen_wait "goes on knocking"
screen_keys h
check "the hands can be used while it knocks" screen_wait "Switch its power off and on again"
screen_keys t
check "a hand that acts later is answered" screen_wait "A second later you switch it on again"
check "when it has acted, the list of hands is made anew" screen_wait "Switch its power off and on again"
screen_keys Escape
page chip "The boot ROM answers" Enter
page plan "from here there is no way back" c
page confirm "to agree"
screen_type "secondary slave"
screen_keys Enter
page words "do not name the position" a
check "it asks again" screen_wait "to agree"
screen_type "secondary master"
screen_keys Enter
check "it writes, and says what not to do" screen_wait "do NOT switch anything off"
page verified "VERIFIED" Enter
check "the chip of the rescue by hand equals the image" holds "$FW"
check "the rescue by hand keeps to the documented sequences" no_wrongs
check "the hard disk and the other drive were not written" untouched 1 A
page after "switch fully off" h
check "the hands are there" screen_wait "Switch the PC off"
screen_keys o
check "the PC goes dark, and the program with it" screen_wait "This practice PC is switched off"
screen_keys s
page resume "You were in the middle of something" c
check "a new start goes on at the page of the end" screen_wait "switch fully off"
screen_keys c
page named "its name" Enter
screen_show >"$TMPDIR/last"
screen_stop
finish
