#!/usr/bin/env bash
# The two witnesses of what stands on a page: tmux (tests/tui/screen.sh) and ptyrun (tests/tui/vt.h). They
# must agree, find what does not fit, and never believe a page that is not there.
set -u
. tests/tap.sh
# shellcheck source=tests/tui/screen.sh
. tests/tui/screen.sh

PATH=$PATH:/sbin # cfdisk
fails() { # COMMAND...: it must not succeed; what it says is kept in $TMPDIR/said
	! "$@" >"$TMPDIR/said" 2>&1
}

says() { # TEXT COMMAND...: it must fail and say TEXT
	fails "${@:2}" && grep -qF -- "$1" "$TMPDIR/said" || {
		cat "$TMPDIR/said"
		return 1
	}
}

short() { # COMMAND...: without patience
	SCREEN_WAIT_S=1 "$@"
}

screen_start sh -c 'stty size; echo "$TERM/$LC_ALL"; echo ready; read x; echo "got $x"; read x; exit 3'
check "the screen has 24 rows of 80 columns" screen_wait "24 80"
check "terminal and locale are as the test asks" screen_wait screen/C.UTF-8
check "what is typed arrives" screen_type 'a;b'
screen_keys Enter
check "an answer is waited for" screen_wait 'got a;b'
check "a text that never comes fails with the page" says '|got a;b' short screen_wait nowhere
check "a text that stays fails with the page" says '|got a;b' short screen_gone ready
check "a program that goes on has not ended" says 'has not ended' short screen_ended 3
screen_keys Enter
check "the exit code of the program is known" screen_ended 3
check "a wrong exit code is told, with the page" says '|got a;b' screen_ended 0

SCREEN_SIZE=60x20 SCREEN_TERM=vt100 SCREEN_LOCALE='' SCREEN_DIR=$TMPDIR screen_start \
	bash -c 'trap "stty size" WINCH; stty size; echo "$TERM/${LC_ALL-none}/$PWD"; sleep 60 & wait; wait'
check "another size" screen_wait "20 60"
check "another terminal, no locale, another folder" screen_wait "vt100/none/$TMPDIR"
screen_resize 100x30
check "a new size reaches the program" screen_wait "30 100"

at() { # ROW COLUMN TEXT
	printf '\033[%d;%dH%s' "$@"
}
draw() { # TEXT: show it and wait for a key
	screen_start sh -c "printf '%s' \"\$1\"; read x" - "$1"
}
draw "$(at 23 74 inside)"
check "79 columns and 23 rows fit" screen_wait inside
check "they do" screen_fits
draw "$(at 5 74 outside)$(at 6 1 '')"
screen_wait outside
check "column 80 does not fit" says "row 5 has 80 columns" screen_fits
draw "$(at 5 80 ' ')here"
screen_wait here
check "not even a blank may be written there" says "row 5 has 80 columns" screen_fits
draw "$(at 24 1 below)$(at 1 1 '')"
screen_wait below
check "row 24 does not fit" says "row 24 is used" screen_fits
draw "$(at 3 3 'gr')ü$(at 3 6 n)"
screen_wait gr
check "what is not ASCII does not fit" says "row 3 is not ASCII" screen_fits
draw "one $(at 2 3 two)"
screen_wait two
check "the cursor is found where it is" screen_cursor_on two
check "and nowhere else" says "which does not hold: one" screen_cursor_on one

draw "waited 00:41 at 12:30:59 in $TMPDIR$(at 3 1 end)"
screen_wait end
SCREEN_GOLDEN=$TMPDIR/pages
ODR_GOLDEN="write" screen_golden one
check "a golden page is written when that is asked for, with words for what varies" \
	grep -qx 'waited mm:ss at hh:mm:ss in TMPDIR' "$TMPDIR/pages/one.txt"
check "the same page is the golden one" screen_golden one
sed -i s/end/and/ "$TMPDIR/pages/one.txt"
check "another page is not, and the difference is shown" says '-and' short screen_golden one
check "a page without a golden file is not believed" fails short screen_golden none

draw "last words"
screen_wait "last words"
kill -KILL "$screen_server"
wait "$screen_server" 2>/dev/null
check "a screen that died fails with what was seen last" says '|last words' screen_wait more
check "no page fits when there is none" fails screen_fits
check "no key is pressed when there is no screen" fails screen_keys Enter

dies_with_its_shell() {
	local pid end=$((SECONDS + 9))
	bash -c '. tests/tap.sh; . tests/tui/screen.sh; screen_start sh -c "echo \$\$ >$TMPDIR/pid; exec cat"
		until [ -s "$TMPDIR/pid" ]; do read -rt 0.02; done <> <(:); kill -KILL $$' 2>/dev/null
	pid=$(cat "$TMPDIR/pid")
	while grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$pid/status"; do
		[ $SECONDS -lt $end ] || return 1
		read -rt 0.02
	done <> <(:)
	[ -n "$pid" ]
}
check "neither screen nor program outlives the test, however that ends" dies_with_its_shell

# ---- two witnesses, one page ----

# agree COMMAND...: on another screen, after the keys of $TMPDIR/script, stands what tmux shows. Line
# drawing of a UTF-8 locale is ? to ptyrun.
agree() {
	screen_show | LC_ALL=C.UTF-8 sed -e 's/[^ -~]/?/g' -e 's/ *$//' >"$TMPDIR/tmux"
	"$ODR_SAN/ptyrun" --term screen env -C "$TMPDIR" LC_ALL=C.UTF-8 "$@" <"$TMPDIR/script" \
		>"$TMPDIR/pty" || cat "$TMPDIR/pty"
	sed -n 's/^row..=//p' "$TMPDIR/pty" >"$TMPDIR/rows"
	diff "$TMPDIR/tmux" "$TMPDIR/rows"
}

rows() {
	local i
	for i in {1..24}; do
		at "$i" 1 "row $i of text that is long enough to be cut"
	done
}
sequences() {
	rows
	printf '\033[3;5H\033[2P\033[4;5H\033[3@\033[5;5H\033[4X\033[6;9H\033[K\033[7;9H\033[1K'
	printf '\033[9;1H\033[2M\033[12;1H\033[L\033[14;9Hrep\033[3b'
	printf '\033[5;20r\033[20;1H\n\033[5;1H\033M\033[2S\033[T\033[r'
	printf '\033[22;70Hwrapped at the end\033[2;78Hab\rc'
	printf '\0337\033[10;20Hx\0338y\033[15d\033[30Gz\033[2A\033[3Du\033[B\033[2Cv\b\bw\tt'
	printf '\016\017\033[1;31mred\033[m\033]2;title\033\\\033[?25l\033[?25h\033[24;1Hend'
}
draw "$(sequences)"
screen_wait end
printf '%s\n' 'wait 9000 end' show >"$TMPDIR/script"
check "both understand every control sequence in the same way" agree printf '%s' "$(sequences)"

truncate -s 64M "$TMPDIR/disk.img"
printf 'label: dos\n,16M,L\n,16M,S\n' | sfdisk -q "$TMPDIR/disk.img" >"$TMPDIR/said" 2>&1
SCREEN_DIR=$TMPDIR screen_start cfdisk disk.img
screen_wait "Quit program"
screen_keys h
screen_wait "Press a key"
screen_keys Space Up Down Down
# The menu stands on no page before, the hint below it is drawn last: both look at the page when it rests.
screen_wait "[   New  ]"
screen_wait "Create new partition"
printf '%s\n' 'wait 9000 Quit program' 'send h' 'wait 9000 Press a key' 'send \s' 'key up' 'key down 2' \
	'wait 9000 [   New  ]' 'wait 9000 Create new partition' show >"$TMPDIR/script"
check "both see the same page of a curses program after the same keys" agree cfdisk disk.img
finish
