#!/usr/bin/env bash
# The guides as a person meets them: checked by the program itself, found where they were said to be,
# not obeyed when everybody may write them.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

rig="sim:rig=tests/rigs/alive.ini,state=$TMPDIR/living,speed=max"

# answers EXIT WORDS COMMAND... - it ends with this exit code and says these words, however wrapped.
answers() {
	local want=$1 words=$2 got=0 output
	shift 2
	output=$("$@" 2>&1) || got=$?
	echo "$output"
	echo "exit $got"
	[ "$got" -eq "$want" ] && tr -s ' \n' ' ' <<<"$output" | grep -qF -- "$words"
}

odr=$ODR_SAN/odrescue

check "the shipped guides and tables have no fault" \
	answers 0 "guides: 0 faults" "$odr" --check-guides guides
check "without a folder those are checked that the program would read" \
	answers 0 "/guides: 0 faults" "$odr" --check-guides
check "--guides says which" \
	answers 1 "nowhere: 1 fault" "$odr" --guides nowhere --check-guides
check "a fault is told with file and line, and the exit code is 1" \
	answers 1 "dblkey.ini:9: title stands here twice" "$odr" --check-guides tests/guides/bad
check "nothing of iniparser's own comes through" \
	silent grep -h iniparser: <("$odr" --check-guides tests/guides/bad 2>&1)

copy=$TMPDIR/guides
cp -r guides "$copy"
printf '[drive_x]\nname = X\nlabels = QQ9\nfamily = btc\nproduct = DVDRW IDE1008\ntier = none\nsource = here\n' \
	>"$copy/drives/own.ini"
check "a table is added by putting a file there" \
	answers 0 "QQ9" "$odr" --guides "$copy" --backend "$rig" target secondary master QQ9
check "ODRESCUE_GUIDES names the folder, too" \
	answers 0 "QQ9" env ODRESCUE_GUIDES="$copy" "$odr" --backend "$rig" \
	target secondary master QQ9
check "--guides wins over ODRESCUE_GUIDES" \
	answers 2 "label-unknown" env ODRESCUE_GUIDES="$copy" "$odr" --guides guides \
	--backend "$rig" target secondary master QQ9
check "without its tables the program does not start" \
	answers 1 "nowhere/drives: no table" "$odr" --guides nowhere --backend "$rig" scan
echo 'labels = qq8' >>"$copy/drives/own.ini"
check "a table that cannot be used is named with row and reason" \
	answers 1 "drives/own.ini: [drive_x] labels: a label consists" \
	"$odr" --guides "$copy" --backend "$rig" scan

rm "$copy/drives/own.ini"
chmod o+w "$copy/drives/btc.ini"
if [ "$(id -u)" -eq 0 ]; then
	check "root does not obey a table that everybody may write" \
		answers 2 "everybody on this computer may change" \
		"$odr" --guides "$copy" --backend "$rig" scan
	chmod o-w "$copy/drives/btc.ini"
	chmod o+w "$copy/drives"
	check "nor one in a folder that everybody may write" \
		answers 2 "everybody on this computer may change" \
		"$odr" --guides "$copy" --backend "$rig" scan
else
	check "who may do no more than others obeys a table that everybody may write" \
		answers 0 "" "$odr" --guides "$copy" --backend "$rig" scan
fi

installed() {
	cmake --install "$ODR_DEV" --prefix "$TMPDIR/prefix" >/dev/null &&
		diff -r -x '*.[ch]' -x README guides "$TMPDIR/prefix/share/odrescue/guides" &&
		silent find "$TMPDIR/prefix/share" -name '*.[ch]'
}
check "guides and tables are installed, sources are not" installed

# ---- what the engine makes of the table ----

# Both lanes are for BTC writers whose name is known; a row alone opens neither.
for label in LTR48246S DRW1016IM; do
	play swap.ini <<-END
		hand cable 3 off
		-hand start
		baseline
		hand cable 3 on
		wait 3
		target secondary master $label
		image \$IMAGE
		knock secondary master
		plan
	END
	check "$label is in the tables, and our engine does not write it" ended 2 "NO (family)"
	check "$label: nothing was sent to the chip" untouched 3
done

# ---- what a page says to an answer that it does not take ----

rm -rf "$DIR"
mkdir -p "$DIR"
echo 'at alive:name' >"$DIR/PLACE.TXT"
echo mine >"$TMPDIR/mine"
ln -s "$TMPDIR/mine" "$DIR/PLACE.NEW"
printf '%s\n' c s a "secondary master" >"$TMPDIR/keys"
code=0
"$odr" --plain --backend "sim:rig=tests/rigs/alive.ini,state=$DIR,speed=max" \
	<"$TMPDIR/keys" >"$TMPDIR/out" 2>&1 || code=$?
check "an answer that is no position is told which it may be, and asked again" ended 0 \
	"That names no position" "primary slave secondary master"
check "no word of the command line's stands there" silent grep -n "POSITION\|Type help" "$TMPDIR/out"
check "the place is kept all the same" grep -q '^at ' "$DIR/PLACE.TXT"
check "a link where it is written first leads nowhere" grep -qx mine "$TMPDIR/mine"
finish
