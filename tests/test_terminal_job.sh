#!/usr/bin/env bash
# What can happen to a terminal in the middle of a write: other sizes, pastes, signals, its end. The write is
# never half done and never begun by accident; afterwards the rig itself is asked.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh
# shellcheck source=tests/tui/job.sh
. tests/tui/job.sh

junk=$(printf 'y\\r%.0s' {1..100}) # 200 characters
words=$(printf 'secondary master\\r%.0s' {1..12})
last='wait 60000 VERIFIED'

# How the rescue ended, by the chip and by the rig's own record.
rescued() {
	holds "$FW" && no_wrongs && untouched 1
}

untold() { # nothing was erased or written
	untouched 3 && no_wrongs
}

# The next start after a write that was seen to its end: nothing is left to be recovered.
next_start_is_calm() {
	go_on rom1008.ini <<<status
	ended 0 && ! grep -q INTERRUPTED "$TMPDIR/out"
}

# ---- other sizes ----

job_pc
job_on -- <<END
$to_write
size 10x40
wait 9000 this is 40 x
send y\r
size 24x80
wait 9000 do NOT switch
size 50x132
wait 9000 do NOT switch
size 0x0
size 24x80
$last
show
point all
END
check "a write goes on through five sizes of its terminal to VERIFIED" heard VERIFIED
check "its pages stay within 79 columns" heard all.cols=79 all.unknown=0
check "the chip of the resized terminal is the image" rescued

# ---- bursts ----

job_pc
job_on -- <<END
${to_confirm/send c
wait 9000 to agree/send c$words
wait 9000 to agree
wait 9000 Many keys
quiet 300 9000
show}
END
check "a paste that leads to the page of consent does not consent there" heard "Many keys came at once"
check "and the chip was not touched by it" untold

job_pc
job_on -- <<END
$to_confirm
send $junk
quiet 300 9000
send \e[\e[1;\eO\e[200~yyyy\r\e[201~\e
quiet 500 9000
send junk\r\rjunk\r
quiet 500 9000
point all
END
check "junk and halves of escape sequences at the page of consent: no crash" heard all.unknown=0 left=2
check "and nothing was erased" untold

job_pc
job_on -- <<END
$to_write
send $junk
send \e[\e[1;\eO\e[200~yyyy\r\e[201~\eq
send ${words}qyqy
wait 60000 (lives)
key esc
quiet 300 9000
key esc
$last
point all
END
check "a burst while the chip is written disturbs nothing" heard all.unknown=0
check "the chip that was written under a burst is the image" rescued

# A page with a warning: one y is a word, many keys are none.
job_pc
echo 'at ownway:knockhow' >"$DIR/PLACE.TXT"
job_on -- <<END
wait 20000 Where were we
send c
wait 9000 I have read the warning
send ${junk}y
wait 9000 Many keys
wait 9000 I have read the warning
send y
gone 9000 I have read the warning
END
check "a burst does not acknowledge a warning, one key does" unheard failed=

job_pc
job_args=(--plain)
job_on -- <<END
said 20000 Where were we
said 20000 WDC WD800
quiet 200 9000
send n\r
said 9000 What happened
point to
send e\r
said 9000 this list
quiet 300 9000
send confirm secondary master\rflash\rsecondary master\rflash\ry\ry\r
said 9000 NO
quiet 500 9000
send \x04
ended 9000
END
job_args=()
check "in plain lines a paste of the last words alone is refused" heard exit=0
check "and nothing is erased by it" untold

# ---- signals, and the end of the terminal ----

job_pc
job_on -- <<END
$to_write
kill TERM
said 9000 told to end
said 9000 do NOT switch
ended 60000
point end
show
END
check "an order to end in the middle of a write is answered in words" heard end.unknown=0
check "it waits for the write, says VERIFIED and ends with the write's own code" heard VERIFIED exit=0 left=0
check "the chip of a program that was told to end is the image" rescued
check "after it nothing is unfinished" next_start_is_calm

job_pc
job_on -- <<END
$to_write
hangup
alone 60000
END
check "a terminal that is closed in the middle of a write leaves nobody behind" heard exit=0 left=0
check "the chip of a terminal that was closed is the image" rescued
check "after a closed terminal nothing is unfinished" next_start_is_calm

# A session of its own hears of no hang-up: only the dead line itself tells.
job_pc
job_under=(sh -c 'trap "" HUP; exec setsid --wait "$0" "$@"')
job_on -- <<END
$to_write
hangup
alone 60000
END
job_under=()
check "a line that dies without a signal ends the program, and only after the write" heard exit=0 left=0
check "the chip of a dead line is the image" rescued

job_pc
job_on -- <<END
$to_write
kill KILL
alone 60000
END
check "the person's side is killed: the worker ends the write and goes" heard signal=9 left=0
check "the chip of a killed program is the image" rescued
check "the next start after a kill has nothing to recover" next_start_is_calm

job_pc
job_on -- <<END
$to_write
kill TSTP
quiet 1500 9000
kill CONT
$last
point all
END
check "stopped and continued in the middle of a write: the page comes back and says VERIFIED" heard all.unknown=0
check "the chip of a stopped program is the image" rescued

job_pc
job_on -- <<END
$to_write
key ctrl-c
wait 9000 Leaving waits until the drive is safe
key ctrl-z
wait 9000 odrescue is at work
key ctrl-l
quiet 100 9000
$last
END
check "Ctrl-C in a write says that it waits, Ctrl-Z that it does nothing" unheard failed=
check "the chip under Ctrl-C is the image" rescued

# The same in plain lines, where Ctrl-C is a signal.
job_pc
job_args=(--plain)
plain_to_write="said 20000 Where were we
send c\\r
said 9000 I have read it
said 9000 WDC WD800
quiet 200 9000
send e\\r
said 9000 this list
quiet 200 9000
send baseline\\r
said 9000 This is the baseline
quiet 200 9000
send hand cable 3 on\\r
said 20000 BUSY, does not answer
send target secondary master DRW1008IB\\r
said 20000 proof
quiet 200 9000
send image $DIR/FW.BIN\\r
said 20000 SHA-256
quiet 200 9000
send knock secondary master\\r
said 20000 flash chip
quiet 200 9000
send plan\\r
said 20000 To go on type
quiet 200 9000
send back\\r
quiet 200 9000
point planned
send c\\r
said 9000 to agree
send secondary master\\r
said 20000 do NOT switch
said 20000 ERASING"
job_on -- <<END
$plain_to_write
key ctrl-c
said 9000 told to end
key ctrl-c
ended 60000
show
END
check "Ctrl-C in plain lines in the middle of a write: told, and the end waits" heard VERIFIED exit=0
check "the chip under a plain Ctrl-C is the image" rescued

job_pc
job_on -- <<END
$plain_to_write
send \x04
ended 60000
show
END
check "the end of the input in the middle of a write: the outcome is still told" heard VERIFIED exit=0
check "the chip of an input that ended is the image" rescued
job_args=()

finish
