#!/usr/bin/env bash
# Every kind of terminal: any size, no name, no locale, no colours, and keys that do nothing. The assistant is
# useful there, or says in a sentence what to do.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh
# shellcheck source=tests/tui/job.sh
. tests/tui/job.sh
# shellcheck source=tests/tui/screen.sh
. tests/tui/screen.sh

# ---- sizes ----

for size in 20x60 10x40; do
	job_fresh
	job_on -- --size $size <<END
wait 9000 Make the window larger
send y
send d
quiet 100 9000
send q
wait 9000 Leave?
send b
wait 9000 q:
size 24x80
wait 9000 What happened to the drive?
$leave
point all
END
	check "a terminal of $size says what it needs, and no key acts on the page behind it" heard exit=0
done
for size in 0x0 50x132 23x79; do
	job_fresh
	job_on -- --size $size <<END
wait 9000 What happened to the drive?
wait 9000 q leave
$leave
point all
END
	check "a terminal of $size shows the page, within 79 x 23" heard exit=0 all.cols=79 all.rows=23
done
job_fresh
job_on -- --size 1x1 <<END
quiet 200 9000
send qy
ended 9000
END
check "a terminal of one cell can be left" heard exit=0

job_fresh
job_on <<END
wait 9000 What happened to the drive?
size 30x100
wait 9000 q leave
size 10x40
wait 9000 Make the window
size 24x80
wait 9000 What happened to the drive?
wait 9000 -----
wait 9000 m  I have run MTKFLASH
wait 9000 WDC WD800
wait 9000 q leave
key ctrl-l
quiet 100 9000
point before
key ctrl-l
said 9000 q leave
said 9000 m  I have run MTKFLASH
quiet 200 9000
point again
send d
wait 9000 A dead drive
point later
END
check "a waiting page is whole again after each new size, and after Ctrl-L" unheard failed=

# ---- no name, no locale ----

for term in nosuchterm dumb; do
	job_fresh
	# curses itself leaks where a terminal is not known
	job_on ASAN_OPTIONS=detect_leaks=0 -- --term $term <<END
said 9000 odrescue goes on in plain lines
said 9000 What happened to the drive?
$leave_plain
show
END
	check "TERM=$term: one sentence, then plain lines, and a good end" heard exit=0
done
for how in TERM= -uTERM; do
	job_fresh
	job_on $how <<END
said 9000 TERM is not set. odrescue goes on in plain lines
said 9000 What happened to the drive?
$leave_plain
END
	check "env $how: one sentence, then plain lines, and a good end" heard exit=0
done

for locale in C "" xx_YY.UTF-8 C.UTF-8; do
	job_fresh
	job_on -uLANG -uLC_CTYPE "LC_ALL=$locale" <<END
wait 9000 What happened to the drive?
wait 9000 WDC WD800
quiet 300 9000
show
END
	grep '^row' "$TMPDIR/said" >"$TMPDIR/page.$locale"
	check "LC_ALL=$locale: the page is all ASCII" silent env LC_ALL=C grep -nP '[^\x20-\x7e]' "$TMPDIR/page.$locale"
	check "LC_ALL=$locale: it is the page of the C locale" diff "$TMPDIR/page.C" "$TMPDIR/page.$locale"
done

# ---- colours ----

# The notice of a key that does nothing is yellow where there are colours: the cells as tmux has them.
colours() { # ARGUMENT... - of env
	job_fresh
	screen_start env "$@" --backend "sim:rig=$job_rig,state=$DIR,speed=$job_speed"
	screen_wait "What happened" && screen_keys z && screen_wait "does nothing on this page" &&
		screen_tmux capture-pane -e -p >"$TMPDIR/cells"
}

coloured() {
	grep -qP '\x1b\[[0-9;]*3[0-7]m' "$TMPDIR/cells"
}

SCREEN_TERM=screen-256color
colours "$ODR_SAN/odrescue"
check "a terminal with colours shows some" coloured
colours NO_COLOR=1 "$ODR_SAN/odrescue"
check "NO_COLOR: the page is there, without a colour" eval 'grep -q "does nothing" "$TMPDIR/cells" && ! coloured'
colours "$ODR_SAN/odrescue" --mono
check "--mono: the page is there, without a colour" eval 'grep -q "does nothing" "$TMPDIR/cells" && ! coloured'
screen_stop

# ---- keys ----

job_fresh
job_on <<END
wait 9000 What happened to the drive?
wait 9000 WDC WD800
$(job_answers 'send z|This letter does nothing on this page' 'send 7|This key does nothing here' \
	'key esc|This is the first page' 'key left|This key does nothing here' \
	'send +|There is no more text below' 'send -|There is no more text above' \
	'send \e[15~|This key does nothing here' 'send \x80|This key does nothing here' \
	'key ctrl-z|This key does nothing here')
send q
wait 9000 Do you want
$(job_answers 'send z|y leaves, b goes back')
send bh
wait 9000 What do you do?
$(job_answers 'send 7|No hand has this letter')
key esc
wait 9000 What happened
send d
wait 9000 Go on
$(job_answers 'send z|This letter does nothing' 'key up|This key does nothing')
key enter
wait 9000 I have read the warning
$(job_answers 'send z|Read the warning, then press y')
key ctrl-c
wait 9000 Do you want to leave
send y
ended 9000
END
check "a key that does nothing is answered: asking, leaving, hands, reading, warning; Ctrl-C asks" heard exit=0

job_pc
job_on <<END
wait 9000 Where were we
$(job_answers 'send z|c goes on where you were')
$to_confirm
END
check "a key that does nothing is answered on the page of a new start" unheard 'send z'

job_pc
job_on <<END
$to_confirm
$(job_answers 'key enter|Type it first, then press Enter' 'key left|Here you type text' 'key tab|Here you type text')
send secondary slave\r
wait 9000 do not name the position
key esc
wait 9000 to agree
send secondary master\r
wait 20000 Reading
$(job_answers 'send z|odrescue is at work' 'key enter|odrescue is at work' 'key esc|odrescue is at work')
wait 60000 VERIFIED
END
check "a key that does nothing is answered: confirmation, and a job" unheard failed=

finish
