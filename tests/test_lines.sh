#!/usr/bin/env bash
# explain and decode, as a person types them: every answer against tests/golden/lines, and what must
# hold of all answers. ODR_GOLDEN=write writes explain.txt and decode.txt anew.
# shellcheck source=tests/tap.sh
. tests/tap.sh

at=tests/golden/lines
odrescue=$ODR_SAN/odrescue

# cases FILE - the three fields of each case, between bars, without the blanks round them.
cases() {
	grep -v -e '^#' -e '^$' "$at/$1" | sed -E 's/ *\| */|/; s/ *\| */|/2'
}

# One command with its answer and its exit code. Not sanitized: there are more than a hundred of them,
# and test_lines.c and test_decode.c have them all under the sanitizers.
ask() {
	printf '> %s\n' "$*"
	"$ODR_DEV/odrescue" "$@"
	printf '= %s\n\n' $?
}

explain_all() {
	local version line
	while IFS='|' read -r version _ line; do
		if [ "$version" = - ]; then
			ask explain "$line"
		else
			ask explain version "$version" "$line"
		fi
	done < <(cases typed.txt)
}

decode_all() {
	local line
	while IFS='|' read -r _ _ line; do
		ask decode "$(printf '%b' "$line")"
	done < <(cases seen.txt)
}

explain_all >"$TMPDIR/explain.txt" 2>&1
decode_all >"$TMPDIR/decode.txt" 2>&1
if [ "${ODR_GOLDEN-}" = write ]; then
	cp "$TMPDIR/explain.txt" "$TMPDIR/decode.txt" "$at"
fi

check "the typed lines are explained as they should be" diff "$at/explain.txt" "$TMPDIR/explain.txt"
check "what was seen is decoded as it should be" diff "$at/decode.txt" "$TMPDIR/decode.txt"

all() {
	cat "$TMPDIR/explain.txt" "$TMPDIR/decode.txt"
}
too_wide() {
	all | grep -v '^>' | grep -E '^.{80}'
}
not_ascii() {
	all | LC_ALL=C grep -nP '[^\x20-\x7e]'
}
check "there are answers to at least 60 lines and 50 sightings" test "$(grep -c '^>' "$TMPDIR/explain.txt")" \
	-ge 60 -a "$(grep -c '^>' "$TMPDIR/decode.txt")" -ge 50
check "no answer is wider than 79 columns" silent too_wide
check "answers are printable ASCII" silent not_ascii

# exit CODE COMMAND... - that exit code, and the rest of the answer in $said
exits() {
	local want=$1 code=0
	shift
	said=$("$@" 2>&1) || code=$?
	printf '%s\n' "$said"
	[ "$code" -eq "$want" ]
}
# says TEXT: in the answer of the last exits, whatever the wrapping.
says() {
	[[ $(tr -s ' \n' '  ' <<<"$said") == *"$1"* ]]
}

check "a good line: 0" exits 0 "$odrescue" explain mtkflash 3 w /m /b rpc1v758.bin
check "only notes: 0" exits 0 "$odrescue" explain version 1.80 MTKFLASH 4 W /M fw.bin
check "only a help screen would come: 2" exits 2 "$odrescue" explain mtkflash 3 w/b rpc1v758.bin
check "erased for nothing: 2" exits 2 "$odrescue" explain version 1.48 mtkflash 3 w rpc1v758.bin
check "no line for MTKFLASH: 1" exits 1 "$odrescue" explain format c:
check "explain without a line: 1" exits 1 "$odrescue" explain
check "explain knows what is said of a version" exits 0 "$odrescue" explain version 1.80.1
check "explain lists the versions" exits 0 "$odrescue" explain version
check "a version that nobody knows: 1" exits 1 "$odrescue" explain version 2.0 mtkflash 3 c
check "decode of something known: 0" exits 0 "$odrescue" decode fail to open input
check "decode of something else: 7" exits 7 "$odrescue" decode what now
check "decode without a text: 1" exits 1 "$odrescue" decode
check "without the guides: 4" exits 4 env ODRESCUE_GUIDES=/nowhere "$odrescue" decode x

exits 2 "$odrescue" explain mtkflash 3 w/b rpc1v758.bin >/dev/null
check "the mended line is shown" says "better mtkflash 3 w /b rpc1v758.bin"
check "and our own words for the same" says "own target secondary master LABEL"
exits 0 "$odrescue" decode 'ERR: fail to open input file' >/dev/null
check "after a failed open it says that the chip is erased" says "erased YES."
check "and that nothing more is lost by trying again at once" says "give the same line again at once"

printf '%s\n' '# a comment' 'explain mtkflash 3 c' '-explain mtkflash 3 w/b a.bin' \
	'decode Status = 80 should be 70' >"$TMPDIR/script"
check "both work in a script, without a back-end" exits 0 "$odrescue" --script "$TMPDIR/script"
from_stdin() {
	"$odrescue" <"$TMPDIR/script"
}
check "and on standard input" exits 0 from_stdin
printf '%s\n' 'explain mtkflash 3 w/b a.bin' 'decode never reached' >"$TMPDIR/script"
exits 2 "$odrescue" --script "$TMPDIR/script" >"$TMPDIR/out"
check "a script stops at a line that would do harm" test $? = 0
check "and does not go on" silent grep reached "$TMPDIR/out"
check "a command for the engine still wants a back-end" exits 1 "$odrescue" scan
printf '%s\n' 'explain mtkflash 3 c' status >"$TMPDIR/script"
check "with a back-end both kinds of commands go together" exits 0 "$odrescue" --backend \
	"sim:rig=tests/rigs/swap.ini,state=$TMPDIR/rig,speed=max" --script "$TMPDIR/script"

# What iniparser would not tell (it merges what is doubled, and takes a backslash as it likes).
hidden_faults() {
	local file
	for file in guides/mtk*.ini; do
		awk '
		length > 1000 { print FILENAME ":" FNR ": over 1000 bytes" }
		/[^ -~]/ || /\\/ { print FILENAME ":" FNR ": not plain ASCII" }
		/^(#|$)/ { next }
		/^\[[a-z0-9_.]+\]$/ {
			section = $0
			if (seen[section]++) print FILENAME ":" FNR ": twice: " section
			next
		}
		!/^[a-z0-9_]+ = ("[^"]*"|[A-Za-z0-9_]+)$/ { print FILENAME ":" FNR ": " $0 }
		{ if (seen[section $1]++) print FILENAME ":" FNR ": twice: " $1 }' "$file"
		[ "$(wc -c <"$file")" -le 24576 ] || echo "$file: over 24 KB"
	done
}
check "the tables hold no fault that the parser would hide" silent hidden_faults
finish
