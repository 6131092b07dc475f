# screen.sh - a program on a screen of 80x24, played by tmux. Source after tap.sh.
#
#   screen_start COMMAND...   a new screen, private to this test; the one before is ended. Call it in the
#                             test itself, never inside `check` or $( ): the screen ends with its shell.
#   everything else may be asked by `check`:
#   screen_keys KEY...        press keys by tmux's names: Enter Escape Up Tab C-l F1 x
#   screen_type TEXT          type TEXT as it is, in one burst
#   screen_wait TEXT          until TEXT stands in a row; fails after SCREEN_WAIT_S
#   screen_gone TEXT          until it does not
#   screen_golden NAME        until the page is NAME.txt in tests/golden/pages (cleaned by screen_clean)
#   screen_fits               nothing in column 80 or row 24, nothing but ASCII
#   screen_cursor_on TEXT     the cursor is parked in a row that holds TEXT
#   screen_resize COLSxROWS   the terminal changes its size
#   screen_ended CODE         until the program has ended with this exit code
#   screen_show               the page as it is now
#
# Before screen_start: SCREEN_SIZE (80x24), SCREEN_LOCALE (C.UTF-8, C, or "" for none), SCREEN_TERM (screen),
# SCREEN_DIR (the program's current folder), SCREEN_CLEAN (sed commands for what varies).
# ODR_GOLDEN=write writes the golden files instead of comparing. Each wait polls and has an end; a wait
# that fails shows the page, or when the screen is gone the last page that was seen.
# shellcheck shell=bash

SCREEN_WAIT_S=${SCREEN_WAIT_S:-20} # a loaded machine with a sanitized program
SCREEN_POLL_S=0.03
SCREEN_GOLDEN=tests/golden/pages
screen_dir=$TMPDIR/screen
screen_server=

screen_tmux() {
	env -u TMUX LC_ALL=C.UTF-8 tmux -N -S "$screen_dir/socket" -f /dev/null "$@"
}

# screen_poll COMMAND... - again and again until it succeeds; false after SCREEN_WAIT_S.
screen_poll() {
	local end=$((SECONDS + SCREEN_WAIT_S))
	until "$@"; do
		[ $SECONDS -lt $end ] && kill -0 "$screen_server" 2>/dev/null || return 1
		sleep $SCREEN_POLL_S # between two looks at the same condition
	done
}

screen_stop() {
	[ -n "$screen_server" ] || return 0
	screen_tmux kill-server 2>/dev/null
	wait "$screen_server" 2>/dev/null
	screen_server=
}

screen_listens() {
	screen_tmux show-options -s >/dev/null 2>&1
}

screen_start() {
	local size=${SCREEN_SIZE:-80x24}
	local locale=${SCREEN_LOCALE-C.UTF-8}
	screen_stop
	rm -rf "$screen_dir"
	mkdir -p "$screen_dir"
	# In the foreground and bound to this shell: however the test ends, so does the screen, and with
	# it (hang-up) the program.
	env -u TMUX LC_ALL=C.UTF-8 setpriv --pdeathsig TERM \
		tmux -D -S "$screen_dir/socket" -f /dev/null >"$screen_dir/log" 2>&1 &
	screen_server=$!
	trap screen_stop EXIT
	screen_poll screen_listens || return 1
	# Line by line what would change the page: its status line, its words on a dead program.
	screen_tmux set-option -g default-terminal "${SCREEN_TERM:-screen}" \; \
		set-option -g status off \; \
		set-option -g remain-on-exit on \; \
		set-option -g remain-on-exit-format '' \; \
		new-session -d -x "${size%x*}" -y "${size#*x}" -c "${SCREEN_DIR:-$PWD}" \
		env -u LC_ALL -u LC_CTYPE -u LANG ${locale:+"LC_ALL=$locale"} "$@"
}

# The page as it is now, in $screen_dir/now. When the screen dies, the last one stays there.
screen_look() {
	screen_tmux capture-pane -p >"$screen_dir/next" 2>/dev/null &&
		mv "$screen_dir/next" "$screen_dir/now"
}

screen_show() {
	screen_look && cat "$screen_dir/now"
}

# screen_fail REASON - what a failed wait leaves for the reader.
screen_fail() {
	echo "$1"
	if screen_look; then
		echo "the page:"
	else
		echo "the screen is gone; this was seen last:"
		cat "$screen_dir/log"
	fi
	[ ! -e "$screen_dir/now" ] || sed 's/^/|/' "$screen_dir/now"
	return 1
}

screen_keys() {
	screen_tmux send-keys -- "$@" || screen_fail "cannot press $*"
}

screen_type() {
	screen_tmux send-keys -l -- "$1" || screen_fail "cannot type $1"
}

screen_has() {
	screen_look && grep -qF -- "$1" "$screen_dir/now"
}

screen_lacks() {
	screen_look && ! grep -qF -- "$1" "$screen_dir/now"
}

screen_wait() {
	screen_poll screen_has "$1" || screen_fail "not seen: $1"
}

screen_gone() {
	screen_poll screen_lacks "$1" || screen_fail "still seen: $1"
}

# "1 CODE": tmux hears of the closed terminal and of the exit status in either order.
screen_is_dead() {
	[[ $(screen_tmux display-message -p '#{pane_dead} #{pane_dead_status}#{pane_dead_signal}') =~ ^1\ .+ ]]
}

screen_ended() {
	screen_poll screen_is_dead || screen_fail "has not ended" || return
	local code
	code=$(screen_tmux display-message -p '#{pane_dead_status}')
	[ "$code" = "$1" ] || screen_fail "ended with ${code:-a signal}, not $1"
}

screen_resize() {
	screen_tmux resize-window -x "${1%x*}" -y "${1#*x}" || screen_fail "cannot become $1"
}

screen_cursor_on() {
	local row
	row=$(screen_tmux display-message -p '#{cursor_y}') && screen_look || return
	sed -n "$((row + 1))p" "$screen_dir/now" | grep -qF -- "$1" ||
		screen_fail "the cursor is in row $((row + 1)), which does not hold: $1"
}

# What no serial terminal could show, or would scroll on: examples.md 2.4, memtest86plus PR#85.
screen_offences() {
	LC_ALL=C awk '
		length($0) > 79 { print "row " NR " has " length($0) " columns" }
		NR > 23 && /[^ ]/ { print "row " NR " is used" }
		/[^ -~]/ { print "row " NR " is not ASCII" }'
}

screen_fits() {
	local page offences
	page=$(screen_tmux capture-pane -p -N) || screen_fail "no page" || return
	offences=$(screen_offences <<<"$page")
	[ -z "$offences" ] || screen_fail "$offences"
}

# What differs from run to run becomes a word of the same width where that is known.
screen_clean() {
	sed -E -e "s|$TMPDIR|TMPDIR|g" -e 's/[0-9]{2}:[0-9]{2}:[0-9]{2}/hh:mm:ss/g' \
		-e 's/[0-9]{2}:[0-9]{2}/mm:ss/g' -e "${SCREEN_CLEAN-}" -e 's/ +$//'
}

screen_page() {
	screen_show | screen_clean
}

screen_is() { # FILE
	screen_page | cmp -s - "$1"
}

# Two looks, 0.3 s apart, that show the same.
screen_rests() {
	local before
	before=$(screen_page) && sleep 0.3 && [ "$before" = "$(screen_page)" ]
}

screen_golden() {
	local file=$SCREEN_GOLDEN/$1.txt
	if [ "${ODR_GOLDEN-}" = write ]; then
		mkdir -p "$SCREEN_GOLDEN"
		screen_poll screen_rests
		screen_page >"$file"
	elif ! screen_poll screen_is "$file"; then
		screen_page | diff -u --label "$file" --label "the page" "$file" -
		screen_fail "not the page of $file"
	fi
}
