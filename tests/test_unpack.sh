#!/usr/bin/env bash
# unpack: the one firmware file out of an archive, on the shell's line, in a script, in the guide. What is
# not right is refused in words, with exit 4, and leaves nothing behind.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

at=$TMPDIR/at
mkdir -p "$at"
"$ODR_SAN/mkimage" --hex "$TMPDIR/fw.hex"
"$ODR_SAN/mkimage" --rev 0059 "$TMPDIR/0059.bin"
echo "Dear customer" >"$TMPDIR/text"

pack() { # FORMAT OUT NAME CONTENT...: an archive in the folder $at, which holds nothing else
	rm -rf "${at:?}"
	mkdir -p "$at"
	"$ODR_SAN/mkarchive" "$1" "$at/$2" "${@:3}"
}

unpack() { # `odrescue unpack ...` on the shell's line
	code=0
	ls -A "$at" >"$TMPDIR/before"
	"$ODR_SAN/odrescue" unpack "$@" >"$TMPDIR/out" 2>&1 || code=$?
	ls -A "$at" >"$TMPDIR/after"
}

nothing_new() {
	diff "$TMPDIR/before" "$TMPDIR/after"
}

taken() { # CASE FORMAT ARCHIVE NAME CONTENT WRITTEN
	pack "$2" "$3" "$4" "$5"
	unpack "$at/$3"
	check "$1 is unpacked" ended 0 "file $6, $(stat -c %s "$5") bytes, written beside the archive" \
		"made for DVDRW IDE1008, revision 0758 CRC-32 babdd0cd now image $at/$6"
	check "$1: the file is the one that was packed" cmp "$5" "$at/$6"
}

refused() { # CASE WORDS... : of what unpack did last
	check "$1 is refused" ended 4 "${@:2}"
	check "$1: nothing is left behind" nothing_new
}

taken "a zip" zip a.zip RPC1V758.BIN "$FW" RPC1V758.BIN
taken "a 7z with a HEX" 7z a.7z v0758.hex "$TMPDIR/fw.hex" V0758.HEX
taken "a rar" rar a.rar v0758.bin "$FW" V0758.BIN
taken "a cab" cab a.cab v0758.bin "$FW" V0758.BIN
taken "a long name in a folder" zip "my archive.zip" "fw 1008/RPC1 v758 (final).bin" "$FW" RPC1V758.BIN

pack zip a.zip readme.txt "$TMPDIR/text" fw/V1.BIN "$FW" notes.bin "$TMPDIR/text" setup.exe "$FW"
unpack "$at/a.zip"
check "what else is in it does not matter, nor a .BIN that is none" ended 0 "it was fw/V1.BIN in a.zip"
check "only the firmware comes out" diff <(printf 'V1.BIN\na.zip\n') <(LC_ALL=C ls "$at")
unpack "$at/a.zip"
check "unpacked twice: the same file is no fault" ended 0 "was there already and is the same"
echo precious >"$at/V1.BIN"
unpack "$at/a.zip"
refused "another file of that name" "V1.BIN is there already, and it is another file. It was left"
check "that file is as it was" grep -qx precious "$at/V1.BIN"

pack zip a.zip V1.BIN "$FW"
{ printf 'MZ' && head -c 5000 /dev/zero && cat "$at/a.zip"; } >"$at/update.exe"
rm "$at/a.zip"
unpack "$at/update.exe"
check "an .exe that is a zip is unpacked, not started" ended 0 "it was V1.BIN in update.exe"

play swap.ini <<<"unpack $at/update.exe
image $at/V1.BIN"
check "in a script the next line can use the file" ended 0 "was there already" "read twice to its end"

pack zip two.zip fw/A.BIN "$FW" fw/B.BIN "$TMPDIR/0059.bin"
unpack "$at/two.zip"
check "of two images one has to be named: exit 2, with both names" ended 2 \
	"2 firmware files are in it: fw/A.BIN, fw/B.BIN" "unpack $at/two.zip fw/A.BIN"
check "and nothing is written" nothing_new
unpack "$at/two.zip" b.bin
check "the named one is taken" ended 0 "revision 0059"
check "it is that one" cmp "$TMPDIR/0059.bin" "$at/B.BIN"
unpack "$at/two.zip" C.BIN
refused "a name that is not in it" "There is no C.BIN in two.zip, but: fw/A.BIN, fw/B.BIN"

# No firmware in it, or no archive.
pack zip exe.zip setup.exe "$FW" readme.txt "$TMPDIR/text"
unpack "$at/exe.zip"
refused "the maker's updater in a zip" "but: setup.exe, readme.txt" "Start setup.exe in Windows" \
	'PAC*.tmp.DIR\V*.HEX'
pack zip in.zip more.zip "$FW"
unpack "$at/in.zip"
refused "an archive in an archive" "more.zip is an archive in the archive"
pack zip bad.zip V1.BIN "$TMPDIR/text"
unpack "$at/bad.zip"
refused "a .BIN that is no firmware" "V1.BIN: it is plain text, not firmware"
pack zip link.zip V1.BIN link:/etc/passwd
unpack "$at/link.zip"
refused "a link in place of the file" "no file in link.zip"
{ printf 'MZ' && head -c 5000 /dev/zero; } >"$at/update.exe"
unpack "$at/update.exe"
refused "an .exe that is no archive" "is a program (EXE)" 'PAC*.tmp.DIR\V*.HEX'
cp "$FW" "$at/V1.BIN"
unpack "$at/V1.BIN"
refused "the firmware itself" "is no archive" "needs no unpacking: image $at/V1.BIN"
unpack "$at/none.zip"
refused "a file that is not there" "No such file"
unpack "$at"
refused "a folder" "is not a plain file"
unpack /dev/zero
refused "a device" "is not a plain file"
unpack
check "unpack without a file shows its form: exit 1" ended 1 "unpack FILE [MEMBER]"

# Damaged and cut short: early, in the middle and late; and one byte changed.
for format in zip 7z rar cab; do
	pack "$format" whole "V1.BIN" "$FW"
	mv "$at/whole" "$TMPDIR/whole"
	size=$(stat -c %s "$TMPDIR/whole")
	for tenth in 1 5 9; do
		head -c $((size * tenth / 10)) "$TMPDIR/whole" >"$at/cut"
		unpack "$at/cut"
		refused "a $format cut to $tenth tenths" "Nothing was written"
	done
done
for format in zip 7z rar; do # the blocks of this cab carry no checksum
	pack "$format" whole "V1.BIN" "$FW"
	size=$(stat -c %s "$at/whole")
	{
		head -c $((size / 2)) "$at/whole"
		head -c $((size / 2 + 1)) "$at/whole" | tail -c 1 | tr '\000-\377' '\001-\377\000'
		tail -c +$((size / 2 + 2)) "$at/whole"
	} >"$at/changed"
	rm "$at/whole"
	unpack "$at/changed"
	refused "a $format with one byte changed" "Nothing was written"
done

# Made to do harm.
pack locked locked.zip V1.BIN "$FW"
unpack "$at/locked.zip"
refused "a zip with a password" "locked with a password"
for name in ../V1.BIN a/../../V1.BIN 'a\..\..\V1.BIN' /etc/V1.BIN C:V1.BIN CON.BIN nul aux/V1.BIN; do
	pack zip bad.zip good/V0758.BIN "$FW" "$name" "$FW"
	unpack "$at/bad.zip"
	refused "a member called $name" "a name that"
done
check "and nothing was written above the folder" test ! -e "$TMPDIR/V1.BIN"
pack zip bomb.zip V1.BIN zeros:4194305
unpack "$at/bomb.zip"
refused "a member of more than 4 MiB" "V1.BIN, which is too big for firmware"
pack zip many.zip V1.BIN "$FW" x copies:10000
unpack "$at/many.zip"
refused "more than 10000 members" "more than 10000 files"
pack zip many.zip V1.BIN "$FW" x copies:9999
unpack "$at/many.zip"
check "10000 members are read" ended 0 "V1.BIN"
pack zip esc.zip $'\e[2J.txt' "$TMPDIR/text"
unpack "$at/esc.zip"
refused "a name that would move the cursor" "but: .[2J.txt"

small_disk() { # what cannot be written to its end
	(
		trap '' XFSZ
		ulimit -f 16
		"$ODR_SAN/odrescue" unpack "$at/a.zip" >"$at/../said" 2>&1
	)
}
pack zip a.zip V1.BIN "$FW"
code=0
ls -A "$at" >"$TMPDIR/before"
small_disk || code=$?
cp "$TMPDIR/said" "$TMPDIR/out"
ls -A "$at" >"$TMPDIR/after"
refused "a disk without room" "V1.BIN was not written"

# `image` sends people here.
code=0
"$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/swap.ini,state=$DIR,speed=max" \
	image "$at/a.zip" >"$TMPDIR/out" 2>&1 || code=$?
check "image of an archive names unpack" ended 4 "a ZIP archive, take the firmware out first: unpack FILE"

# The guide: the file's name stands on the page that asks for the firmware.
rm -rf "$DIR"
mkdir -p "$DIR"
printf 'at findfw:zip\n' >"$DIR/PLACE.TXT"
printf '%s\n' c o "$at/a.zip" '' DRW1008IB '' >"$TMPDIR/keys"
"$ODR_SAN/odrescue" --plain --backend "sim:rig=tests/rigs/alive.ini,state=$DIR,speed=max" \
	<"$TMPDIR/keys" >"$TMPDIR/out" 2>&1
code=$?
check "the guide unpacks, and says what came out" ended 0 "The firmware is out of the archive" \
	"file V1.BIN, 65536 bytes, written beside the archive"
check "and keeps its name for the page of the image" grep -qx "file $at/V1.BIN" "$DIR/PLACE.TXT"
printf 'at findfw:zip\n' >"$DIR/PLACE.TXT"
printf '%s\n' c o "$at/none.zip" >"$TMPDIR/keys"
"$ODR_SAN/odrescue" --plain --backend "sim:rig=tests/rigs/alive.ini,state=$DIR,speed=max" \
	<"$TMPDIR/keys" >"$TMPDIR/out" 2>&1
code=$?
check "the guide tells why nothing came out" ended 0 "No firmware came out of it" "No such file" \
	"Give the archive with its folder"
finish
