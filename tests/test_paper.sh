#!/usr/bin/env bash
# `guide print` and `report` as a person uses them: on the shell's line, in scripts, in the assistant.
# Goldens of the thread's rescue: ODR_GOLDEN=write makes them anew.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

ODR=$(realpath "$ODR_SAN/odrescue")
backend=sim:rig=$PWD/tests/rigs/dead1008.ini,state=$DIR,speed=max
own=$TMPDIR/own # where the person's own files go
mkdir -p "$own"

# ask ARG... - the program without any machine. Sets code; words in $TMPDIR/out.
ask() {
	code=0
	"$ODR" --guides guides "$@" >"$TMPDIR/out" 2>&1 || code=$?
}

wide() { # WIDTH FILE: rows that are too wide, bytes that are no ASCII
	awk -v most="$1" 'length > most' "$2"
	LC_ALL=C grep -nP '[^\x20-\x7e]' "$2"
}

lost() { # FILE: pages that are named and are not there; pages that come in the wrong order
	awk '/^---- page/ { if ($3 != ++pages) print "page", $3, "is number", pages }
		{ for (i = 2; i <= NF; i++) if ($i == "page" && $(i - 1) == "->") named[$(i + 1)] }
		END {
			for (n in named) if (n + 0 < 1 || n + 0 > pages) print "no page", n
			if (!pages) print "no page at all"
		}' "$1"
}

same() { # GOLDEN FILE
	local golden=tests/golden/paper/$1
	[ "${ODR_GOLDEN-}" != write ] || { mkdir -p "${golden%/*}" && cp "$2" "$golden"; }
	diff -u "$golden" "$2"
}

hidden() { # FILE TEXT...: none of the texts is in it, in whatever case
	local text
	for text in "${@:2}"; do
		! grep -i -n -- "$text" "$1" || return
	done
}

crc() { # TEXT: its CRC-32, as gzip has it
	printf '%s' "$1" | gzip -c | tail -c 8 | od -An -tx4 -N4 | tr -d ' '
}

# ---- without a machine ----

ask guide print mtkdead
check "a guide is printed without any --backend" ended 0 "Rescue of a dead drive" "page 1 of"
check "its lines are at most 72 columns of ASCII" silent wide 72 "$TMPDIR/out"
check "every page that it names is there" silent lost "$TMPDIR/out"
check "what is not known is a line to write on" ended 0 "MTKFLASH digit ____"
ask guide print dosway after ladder
check "three guides make one paper" ended 0 "MTKFLASH: what will happen"
check "every page that the three name is there" silent lost "$TMPDIR/out"
ask guide print
check "without a guide it says which words are missing" ended 1 "No guide is chosen yet" \
	"guide print mtkdead"
ask guide print mtkded
check "a guide that is none is named" ended 4 mtkded.ini "Name the guide"
ask guide
check "guide alone is no command" ended 1 "usage:"
ask guide printer
check "nor is a longer word" ended 1 "usage:"

ask guide print mtkdead "$own/GUIDE.TXT"
check "a file is written, and where is said" ended 0 "Written: GUIDE.TXT" "$own"
check "the file is the guide" grep -q 'page 1 of' "$own/GUIDE.TXT"
echo "my own" >"$own/MINE.TXT"
ask guide print mtkdead "$own/MINE.TXT"
check "a file that is there is refused in words" ended 4 "is there already" "another name"
check "it is left as it was" grep -qx "my own" "$own/MINE.TXT"
ask report "$own/MINE.TXT"
check "the report refuses it as well" ended 4 "is there already"
check "it is left as it was by the report, too" grep -qx "my own" "$own/MINE.TXT"
ask guide print mtkdead "$own/my guide.txt"
check "a name may have blanks" grep -q 'page 1 of' "$own/my guide.txt"
ask guide print mtkdead "$own/none/GUIDE.TXT"
check "a folder that is not there is said in words" ended 4 "cannot be written here" "Give another"
ask guide print mtkdead /proc/GUIDE.TXT
check "a folder that cannot be written is said in words" ended 4 "cannot be written here"
(
	trap '' XFSZ # a write beyond the limit fails then, as on a full disk
	ulimit -f 1
	ask guide print mtkdead "$own/FULL.TXT"
	exit $code
)
code=$?
check "a full disk is said in words" ended 4 "the disk is full" "Make room"
check "half of a guide is not left behind" test ! -e "$own/FULL.TXT"

ask report
check "a report without a machine says what it does not know" ended 0 "has not looked yet" \
	"its folder is not known" "photograph of the label"
ask --state "$own" report
check "no journal is said in words" ended 0 "There is none: nothing was done to any drive."
ended_in_write=$TMPDIR/half
mkdir -p "$ended_in_write"
printf 'plan n=1 position=3 crc=%s\nerase n=2 crc=%s\n' "$(crc 'plan n=1 position=3')" \
	"$(crc 'erase n=2')" >"$ended_in_write/JOURNAL.TXT"
ask --state "$ended_in_write" report
check "a report after an interrupted write says that it has no outcome" ended 0 \
	"take the chip for half written (from the journal)"
check "and does not say that nothing was written" silent grep "Nothing was written yet" "$TMPDIR/out"
ask report --redacted
check "a switch that is none is named" ended 1 "--redacted is no switch" "report [--redact] [FILE]"

mkdir -p "$TMPDIR/kept"
printf '%s\n' 'at dosway.ini:line' 'jumper slave' 'channel secondary' 'tool 180' \
	'file /mnt/stick/RPC1V758.BIN' 'label_text DRW1008IB' >"$TMPDIR/kept/PLACE.TXT"
ask --state "$TMPDIR/kept" guide print
check "it begins at the place that was kept over a restart" ended 0 \
	"---- page 1 of" "The line. Photograph it"
check "position, file and line come from the answers that were kept" ended 0 \
	"position secondary slave" "as you said; not proven yet" "DOS calls it RPC1V758.BIN" \
	"the MTKFLASH line mtkflash 4 w /m /b RPC1V758.BIN" "your MTKFLASH is version 1.80"
ask --state "$TMPDIR/kept" guide print findfw
check "a guide that was named is printed from its own start" ended 0 \
	"Finding firmware for exactly your model" "mtkflash 4 w /m /b RPC1V758.BIN"

# ---- the thread's rescue, by somebody whose name is planted wherever it can be ----

home="$TMPDIR/home/alice smith/my files"
mkdir -p "$home"
cp "$FW" "$home/RPC1V758.BIN"
planted=(4711081500 HB7CA420 'alice' 'smith' 'my files' 'boot-' "$TMPDIR")

rescue() { # the thread's, up to the file, then what is on stdin
	printf '%s\n' '-hand start' 'hand cable 3 off' 'hand reset' scan baseline \
		'hand cable 3 on after 5 s' 'watch 3 120' scan \
		'target secondary master DRW1008IB HB7CA420' \
		'-target primary master DRW1008IB' \
		'target secondary master DRW1008IB HB7CA420' \
		'-image /home''/alice/S4711081500 no file.bin' "image \$IMAGE"
	cat
}

play dead1008.ini IMAGE="$home/RPC1V758.BIN" USER=alice <<<"$(
	rescue <<-END
		hand power 3 off after 3 s
		hand power 3 on after 4 s
		knock secondary master
		plan
		confirm secondary master
		flash
		wait 60
		report $own/plain.txt
		report --redact $own/report.txt
	END
)"
check "the thread's rescue ends well, and its reports are written" ended 0 VERIFIED \
	"Written: plain.txt" "Written: report.txt"
check "the redacted report of the thread's rescue is its golden" same report.txt "$own/report.txt"
check "the report is at most 79 columns" silent wide 79 "$own/plain.txt"
check "the redacted report is, too" silent wide 79 "$own/report.txt"

cp "$own/plain.txt" "$TMPDIR/out"
crc=$(gzip -c "$FW" | tail -c 8 | od -An -tx4 -N4 | tr -d ' ')
sha=$(sha256sum "$FW" | cut -d' ' -f1)
check "the report says what was seen, chosen and proven" ended 0 "hard disk, never a target" \
	"DRW1008IB HB7CA420" "the only channel that changed" "65536 bytes" "$sha" "$crc" \
	"DVDRW IDE1008, revision 0758" "Pm39LV512"
check "the report says how it ended, and how that is known" ended 0 VERIFIED "evidence read back"
check "the report says what was refused" ended 0 "NO (disk)" "NO (image)" "S4711081500"
check "the report holds the whole journal" test "$(grep -cE \
	'^ +(knock|vendor|plan|backup|erase|bank|written|outcome) n=' "$own/plain.txt")" \
	-eq "$(wc -l <"$DIR/JOURNAL.TXT")"
check "what is planted is in the plain report: the search finds it" \
	bash -c "for t in 4711081500 HB7CA420 'alice smith' 'boot-'; do grep -q \"\$t\" '$own/plain.txt' || exit; done"
check "nothing that was planted is in the redacted one" hidden "$own/report.txt" "${planted[@]}"
cp "$own/report.txt" "$TMPDIR/out"
check "the model, the file's own name and the sums stay" ended 0 "DRW1008IB [hidden]" RPC1V758.BIN \
	BACKUP3.BIN "$sha" "$crc" "mtkflash 3 w /m /b RPC1V758.BIN" "NO (image)"

# ---- a report of a start that knows only the journal ----

damage() { # one bit of line 3; the last line without its end
	awk 'NR == 3 { sub("position=3", "position=2") } { print }' "$DIR/JOURNAL.TXT" |
		head -c -6 >"$TMPDIR/journal"
	cp "$TMPDIR/journal" "$DIR/JOURNAL.TXT"
}
"$ODR" --backend "$backend" report >"$TMPDIR/out" 2>&1
check "on the shell's line it looks at the channels and reads the journal" ended 0 \
	"3 secondary master BTC DVDRW IDE1008 0758" "verified; evidence: read back" "outcome n=8"
check "it says nothing before its head" test "$(head -n 1 "$TMPDIR/out" | tr -d =)" = ""
damage
"$ODR" --backend "$backend" report >"$TMPDIR/out" 2>&1
check "damaged lines of the journal are marked" test "$(grep -c DAMAGED "$TMPDIR/out")" -eq 2
check "the other lines are not" grep -q '^ *erase n=5' "$TMPDIR/out"
"$ODR" --backend "$backend" report --redact >"$TMPDIR/out" 2>&1
check "damaged lines are hidden from a redacted report" ended 0 "DAMAGED, hidden"
check "they betray nothing" hidden "$TMPDIR/out" "${planted[@]}"
ask --state "$DIR" report "$own/SMALL.TXT" # over 1024 bytes, and all are written when the file is closed
check "its size is that of the next check" test "$(($(wc -c <"$own/SMALL.TXT") / 1024))" -ge 1
(
	trap '' XFSZ
	ulimit -f 1
	ask --state "$DIR" report "$own/FULL2.TXT"
	exit $code
)
code=$?
check "a disk that is full at the very end is said as well" ended 4 "the disk is full"

# ---- the print of the same rescue, before the write; its person sits in the folder of the file ----

guides=$PWD/guides
rescue >"$TMPDIR/script" <<<"guide print dosway print.txt"
(
	cd "$home" || exit
	rm -rf "$DIR"
	IMAGE=RPC1V758.BIN "$ODR" --guides "$guides" --backend "$backend" --script "$TMPDIR/script"
) >"$TMPDIR/out" 2>&1
code=$?
check "a file without a folder is written where the person is" ended 0 \
	"Written: print.txt" "the folder where odrescue was started"
check "the print of the thread's rescue is its golden" same print.txt "$home/print.txt"
check "the print knows the proven position, the label, the file and the line" \
	awk '/known how .*proven by odrescue/ { n++ } /label .*DRW1008IB/ { n++ }
		/position .*secondary master/ { n++ } /mtkflash 3 w \/m \/b RPC1V758.BIN/ { n++ }
		END { exit n < 5 }' "$home/print.txt"
check "the print is at most 72 columns" silent wide 72 "$home/print.txt"
check "every page that the print names is there" silent lost "$home/print.txt"

# ---- in the assistant ----

# assist LINE... - the assistant in prose on the practice PC of before.
assist() {
	code=0
	printf '%s\n' "$@" | "$ODR" --guides "$guides" --plain --backend "$backend" \
		>"$TMPDIR/out" 2>&1 || code=$?
}

rm -f "$DIR"/JOURNAL.TXT "$DIR"/PLACE.TXT
assist d print print e "guide print dosway" "report --redact" "guide print mtkdead $own/MINE.TXT" \
	"guide print nix" back
check "Ctrl-P puts the guide into the state folder and says so" ended 0 \
	"Written: GUIDE.TXT" "Written: GUIDEA.TXT"
check "its file is the guide that the person is in" grep -q 'paper: Rescue of a dead' "$DIR/GUIDE.TXT"
check "a second one does not touch the first" test -s "$DIR/GUIDEA.TXT"
check "the command line writes files, too" ended 0 "Written: GUIDEB.TXT" "Written: REPORT.TXT"
check "the file of the command line is the guide that was named" \
	grep -q 'paper: Writing with MTKFLASH' "$DIR/GUIDEB.TXT"
check "a name that is taken gets a letter" ended 0 "Written: MINEA.TXT"
check "the file that was there is left as it was" grep -qx "my own" "$own/MINE.TXT"
check "a guide that is none is said on the page" ended 0 "nix.ini"
check "the assistant's report says that it was the assistant" \
	grep -q 'used as the assistant' "$DIR/REPORT.TXT"

# A guide of its own, whose steps print: one into a folder that is not there, one where it can.
guides=$TMPDIR/guides
mkdir -p "$guides"
cp -r guides/drives "$guides"
cat >"$guides/first.ini" <<END
[guide]
id = "first"
title = "Prints"
start = "start"
[step_start]
kind = ask
title = "Print it"
paper = yes
choice1 = "n none Where nothing can be written"
choice2 = "y own Where it can"
[step_none]
kind = run
title = "Prints"
command = "guide print $own/none/GUIDE.TXT"
next = "start"
fail = "failed"
[step_own]
kind = run
title = "Prints"
command = "guide print $own/STEP.TXT"
next = "start"
fail = "failed"
[step_failed]
kind = ask
title = "It was not printed"
text1 = "Because: {reason}"
text2 = "So: {advice}"
choice1 = "b start Back"
END
rm -f "$DIR/PLACE.TXT"
assist n b y
check "a page that says to print it says with which key" ended 0 "print the guide (Ctrl-P)"
check "a step that prints can say why it could not, and what helps" ended 0 \
	"It was not printed" "Because: $own/none/GUIDE.TXT cannot be written here." \
	"So: Is the folder there, and may you write into it? Give another one: a floppy or"
check "a step that prints says where, on the page behind it" ended 0 "Written: STEP.TXT, 4 pages"
check "a step that only prints is not where the paper begins" \
	awk '/page 1 of/ { getline; exit $0 != "Print it" }' "$own/STEP.TXT"
finish
