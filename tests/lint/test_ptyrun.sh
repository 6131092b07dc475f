#!/usr/bin/env bash
# The player behind the terminal tests and benches must see what is there, count right, never believe a
# wait that failed, and leave nobody behind.
set -u
. tests/tap.sh

ptyrun=$ODR_SAN/ptyrun

# says EXIT WORDS... - run `ptyrun "${with[@]}"` with the script on stdin; these lines must be in its answer.
with=()
says() {
	local want=$1 got line
	shift
	got=$("$ptyrun" "${with[@]}" 2>&1)
	[ $? -eq "$want" ] || want=none
	for line in "$@"; do
		grep -qxE -- "$line" <<<"$got" || want=none
	done
	[ $want != none ] || echo "$got"
	[ $want != none ]
}

with=(sh -c 'printf 12345; exit 3')
check "bytes are counted and the exit status is told" says 0 first.bytes=5 exit=3 left=0 <<'END'
ended 9000
point first
END
with=(--size 20x60 --term vt52 sh -c 'stty size; echo $TERM')
check "the program sees the size and the name of its terminal" says 0 'row01=20 60' row02=vt52 <<'END'
ended 9000
show
END
with=(--size 0x0 stty size)
check "a terminal that does not know its size says 0 0" says 0 'row01=0 0' exit=0 <<'END'
ended 9000
show
END
with=(--baud 9600 sh -c 'stty -a')
check "the line has the speed that was asked for" says 0 <<'END'
wait 9000 speed 9600 baud
END
with=(sh -c 'trap "stty size; exit 4" WINCH; sleep 60 & echo ready; wait')
check "a change of size reaches the running program" says 0 'row02=30 100' exit=4 <<'END'
wait 9000 ready
size 30x100
ended 9000
show
END
with=(sh -c 'trap "exit 5" HUP; sleep 60 & echo ready; wait')
check "a line that is cut hangs the program up" says 0 exit=5 left=0 <<'END'
wait 9000 ready
hangup
alone 60000
END
with=(--stdin closed bash -c '[ -e /proc/self/fd/0 ] || echo closed')
check "standard input can be closed" says 0 <<'END'
wait 9000 closed
END
with=(--stdin null bash -c 'read -r x || tty </dev/tty && [ -t 1 ] && echo end')
check "standard input can be empty while the terminal is there" says 0 <<'END'
wait 9000 end
END
with=(bash -c 'stty raw -echo; printf ready; printf "\r\n%s %s" $(head -c 6000 | cksum)')
burst=$({ for _ in {1..3000}; do printf '\r'; done; for _ in {1..1000}; do printf '\033[B'; done; } | cksum)
check "a burst of keys arrives whole and in its order" says 0 "row02=$burst" <<'END'
wait 9000 ready
key enter 3000
key down 1000
ended 9000
show
END
with=(bash -c 'stty raw -echo; printf "\033[?1hready"; head -c 6 | od -An -c')
check "arrows are sent as the program has asked for them" says 0 'row01=ready 033   O   A 033   O   D' <<'END'
wait 9000 ready
key up
key left
ended 9000
show
END
with=(bash -c 'stty raw -echo; printf ready; head -c 7 | od -An -tx1')
check "any byte can be typed" says 0 'row01=ready 1b 5c 20 7f 0d 0c ff' <<'END'
wait 9000 ready
send \e\\\s\x7f\r
key ctrl-l
send \xff
ended 9000
show
END
with=(bash -c 'printf "a b\033[5;1Hc"; read -r x; printf "\033[5;1Hd\033[2Jlast"; read -r x')
check "a text is looked for on the screen as it is now" says 1 'failed=4: wait 200 d' <<'END'
wait 9000 c
send \n
said 9000 d
wait 200 d
END
check "a text that is gone is gone" says 0 <<'END'
wait 9000 c
send \n
gone 9000 c
END
with=(bash -c 'for ((;;)); do echo x; done')
check "quiet has an end when it never is" says 1 'failed=1: quiet 100 400' left=1 <<'END'
quiet 100 400
END
with=(bash -c 'printf one; read -r x; read -rt 0.2 x; printf 22; read -r x')
check "the time until a byte came ends with that byte, and groups are counted" says 0 \
	'b.bursts=[12]' 'b.bytes=4' 'b.us=[23][0-9]{5}' <<'END'
wait 9000 one
pass 100
point a
send \n
wait 9000 22
pass 300
wait 1 22
point b
END
with=(bash -c 'echo ready; read -r x; for ((i = 0; i < 200000; i++)); do :; done; echo worked; read -r x')
check "processor time is that of the program: much for work, little for waiting" says 0 \
	'work.cpu_us=[0-9]{5,}' 'idle.cpu_us=[0-9]{1,4}' <<'END'
wait 9000 ready
point start
send \n
wait 60000 worked
point work
pass 300
point idle
END
with=(sh -c 'printf "\033[23;79Hx"; read x; printf "\033[3;80Hy"')
check "the widest and the lowest cell are told, and what came before a point is not" says 0 \
	a.cols=79 a.rows=23 b.cols=80 b.rows=3 <<'END'
wait 9000 x
point a
key enter
wait 9000 y
point b
END
with=(bash -c 'stty -echo; echo ready; read -r x; for ((i = 0; i < 3000; i++)); do echo 12345678; done')
check "a terminal that takes no byte makes the program wait" says 1 'failed=4: ended 500' left=1 <<'END'
wait 9000 ready
hold
key enter
ended 500
END
check "and lets it go on" says 0 exit=0 <<'END'
wait 9000 ready
hold
key enter
release
ended 9000
END
with=(printf '\033(0lqqk\033(B q\033)0\016x\017x')
check "line drawing is seen as ASCII" says 0 'row01=\+--\+ q\|x' <<'END'
ended 9000
show
END
with=(sh -c 'kill -SEGV $$')
check "a program that a signal ends is told" says 0 signal=11 <<'END'
ended 9000
END
with=(sh -c 'setsid sh -c "trap \"\" HUP; echo ready; read x </dev/zero" & wait')
check "who outlives the terminal in a session of his own is ended and counted" says 0 left=1 <<'END'
wait 9000 ready
hangup
ended 9000
END
with=(sh -c 'setsid sh -c "read x </dev/null; exit 7" & echo gone')
check "the end of all is waited for" says 0 exit=0 left=0 <<'END'
ended 9000
alone 60000
END
with=(--limit 300 cat)
check "no script takes longer than its limit" says 1 'failed=1: wait 99000 never' left=1 <<'END'
wait 99000 never
END
with=(cat)
check "a line that is none is not passed over" says 1 'failed=2: dance 3' <<'END'
# remark
dance 3
END
with=(--size 999x999 cat)
check "a size that cannot be is refused" says 2 </dev/null

dies_with_it() {
	mkfifo "$TMPDIR/script"
	"$ptyrun" sh -c "echo \$\$ >'$TMPDIR/pid'; exec cat" <"$TMPDIR/script" >/dev/null 2>&1 &
	local pty=$! pid end=$((SECONDS + 9))
	exec 3>"$TMPDIR/script"
	until [ -s "$TMPDIR/pid" ] || [ $SECONDS -ge $end ]; do read -rt 0.02 <&4; done 4<> <(:)
	pid=$(cat "$TMPDIR/pid")
	kill -0 "$pid" || return
	kill -KILL $pty
	while grep -qs '^State:[[:space:]]*[^ZX]' "/proc/$pid/status"; do
		[ $SECONDS -lt $end ] || return 1
		read -rt 0.02 <&4
	done 4<> <(:)
	exec 3>&-
}
check "the program does not outlive ptyrun, however that ends" dies_with_it
finish
