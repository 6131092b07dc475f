#!/usr/bin/env bash
# Files that are no firmware, or damaged: each refused on the shell's line with exit 4, what is wrong,
# and what to do; nothing is sent to any drive.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh
at=$TMPDIR

image() { # FILE: `odrescue ... image FILE` on the shell's line
	code=0
	"$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/swap.ini,state=$DIR,speed=max" image "$1" \
		>"$TMPDIR/out" 2>&1 || code=$?
}

refused() { # NAME FILE WORDS
	image "$2"
	check "$1 is refused" ended 4 "NO (image)" "$3" "now Nothing was sent to any drive. Choose"
}

accepted() { # NAME FILE
	image "$2"
	check "$1 is accepted" ended 0 "DVDRW IDE1008"
}

size=65536
"$ODR_SAN/mkimage" --hex "$at/good.hex"
"$ODR_SAN/mkimage" --hex --size 131072 "$at/good128.hex"
accepted "a raw image" "$FW"
accepted "a HEX image" "$at/good.hex"
accepted "a HEX image of two banks" "$at/good128.hex"
tr -d '\r' <"$at/good.hex" >"$at/unix.hex"
accepted "a HEX image with plain line ends" "$at/unix.hex"
cp "$FW" "$at/with two blanks.bin"
accepted "a name with blanks" "$at/with two blanks.bin"

refused "a missing file" "$at/none.bin" "No such file"
: >"$at/empty.bin"
refused "an empty file" "$at/empty.bin" "empty"
refused "a directory" "$at" "image"
head -c $((size - 1)) "$FW" >"$at/short.bin"
refused "one byte short" "$at/short.bin" "1 too few"
{ cat "$FW" && printf x; } >"$at/long.bin"
refused "one byte long" "$at/long.bin" "1 too many"
head -c $((size / 2)) "$FW" >"$at/half.bin"
refused "half a file" "$at/half.bin" "too few"
{ printf 'PK\003\004' && tail -c +5 "$FW"; } >"$at/zip.bin"
refused "a ZIP named .bin" "$at/zip.bin" "ZIP"
{ printf 'MZ' && tail -c +3 "$FW"; } >"$at/exe.bin"
refused "an EXE named .bin" "$at/exe.bin" "EXE"
head -c $size /dev/zero >"$at/zero.bin"
refused "all zeroes" "$at/zero.bin" "blank"
tr '\0' '\377' <"$at/zero.bin" >"$at/ff.bin"
refused "an erased image" "$at/ff.bin" "blank"
yes 'Dear customer, press any key.' | head -c $size >"$at/text.bin"
refused "text" "$at/text.bin" "text"
"$ODR_SAN/mkimage" --vendor SONY "$at/sony.bin"
refused "another vendor's image" "$at/sony.bin" "no name of a BTC drive"

# HEX: the whole parser is flipped byte by byte in test_hex; here the program's own words.
sed '100s/^:\(..\)../:\1FF/' "$at/good.hex" >"$at/sum.hex"
refused "a HEX line with a wrong byte" "$at/sum.hex" "line 100: the checksum is wrong"
grep -v '^:00000001FF' "$at/good.hex" >"$at/noend.hex"
refused "HEX without its end" "$at/noend.hex" "end record"
{ sed '/^:00000001FF/d' "$at/good128.hex" && printf ':00000155AA\r\n' && cat "$at/good.hex"; } >"$at/three.hex"
refused "HEX with a bank too many" "$at/three.hex" "lost or doubled"
head -c 60000 "$at/good.hex" >"$at/cut.hex"
refused "HEX that stops in a line" "$at/cut.hex" "line"

sed '1d' "$at/good.hex" >"$at/nofirst.hex"
refused "HEX without the beginning of its bank" "$at/nofirst.hex" "begins in the middle"
sed '500,900d' "$at/good.hex" >"$at/lines.hex"
image "$at/lines.hex"
check "HEX with lines lost says how much is not in the file" ended 0 "bytes are not in the file"

# Raw files: banks of 64 KiB that were lost on the way.
big=$at/big.bin
"$ODR_SAN/mkimage" --size 1048576 "$big"
accepted "a raw image of 1 MiB" "$big"
bank() { # NUMBER COMMAND...: the raw image with this bank replaced by what the command says
	cp "$big" "$at/bank.bin"
	"${@:2}" | dd of="$at/bank.bin" bs=$size seek="$1" count=1 conv=notrunc iflag=fullblock status=none
}
bank 3 tr '\0' '\377' </dev/zero
refused "a raw image with an erased bank" "$at/bank.bin" "bank 3 begins with a blank page"
bank 15 cat /dev/zero
refused "a raw image with a bank of zeroes" "$at/bank.bin" "bank 15 begins with a blank page"
bank 7 dd if="$big" bs=$size skip=6 count=1 status=none
refused "a raw image with a bank doubled" "$at/bank.bin" "banks 6 and 7 are the same"
{ head -c 524288 "$big" && head -c 524288 "$big"; } >"$at/bank.bin"
refused "a raw image whose halves are the same" "$at/bank.bin" "banks 0 and 8 are the same"

check "for none of these files a register of the PC was touched" \
	grep -q ' accesses=0$' <("$ODR_SAN/rigask" "$DIR")

{ sed '/^:00000001FF/d' "$at/good128.hex" && printf ':00000155AA\r\n' && cat "$at/good128.hex"; } >"$at/twice.hex"
play small128.ini IMAGE="$at/twice.hex" <<<"$(plugged)
image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master
plan"
check "HEX with every bank doubled is refused" ended 4 "NO (image)" "banks 0 and 2 are the same"
sed '/^:00000155AA/,/^:00000001FF/{/^:00000001FF/!d}' "$at/good128.hex" >"$at/lost.hex"
play small128.ini IMAGE="$at/lost.hex" <<<"$(plugged)
image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master
plan"
check "HEX with a bank lost is too small for the chip" ended 4 "NO (size)"
check "nothing was erased for either of them" untouched 3

# A disk that cannot read the file to its end, and one that reads it differently each time.
play swap.ini <<<"hand file fw.bin bad 40000
image \$IMAGE"
check "a file that is unreadable in its middle is refused" ended 4 "read error"

# The label says which drive it is for.
play swap.ini <<<"$(plugged)
image $at/sony.bin"
check "another vendor's image for a dead drive is refused" ended 4 "NO (image)"
check "none of this sent anything to the dead drive" untouched 3

# A living drive says itself which one it is.
"$ODR_SAN/mkimage" --size 1048576 --product "DVDRW IDE1108" "$at/1108.bin"
play alive.ini IMAGE="$at/1108.bin" <<<"-hand start
target secondary master
image \$IMAGE
plan"
check "another product's image for a living drive is refused" ended 4 "NO (other-product)" \
	"Get the file for the name"
check "and nothing was written to it" untouched 3

# The shell's line.
rm -rf "$DIR"
"$ODR_SAN/odrescue" --backend "sim:rig=tests/rigs/swap.ini,state=$DIR,speed=max" dance >"$at/out" 2>&1
code=$?
check "a command that is none: exit 1" ended 1 "NO (line)"
"$ODR_SAN/odrescue" --nonsense >"$at/out" 2>&1
code=$?
check "an option that is none: exit 1" ended 1 "--nonsense"
"$ODR_SAN/odrescue" --backend nothing:x scan >"$at/out" 2>&1
code=$?
check "a back-end that is none: exit 1" ended 1 "on which machine?"
finish
