#!/usr/bin/env bash
# The lane through a real kernel's SCSI stack, on a drive that can be bricked: one user-mode Linux boots,
# tests/uml/scenes.sh plays everything inside, its results and its drives' folders come out by a file
# system, and the rigs are asked here once more. ODR_SCENES=rescue,unplug plays only these; rescue goes first.
set -u
# shellcheck source=tests/tap.sh
. tests/tap.sh

name="a user-mode Linux with the kernel's SCSI stack boots"
modules=$(find /usr/lib/uml/modules -mindepth 1 -maxdepth 1 2>/dev/null | sort -V | tail -n 1)
if ! command -v linux.uml >/dev/null || [ -z "$modules" ]; then
	skip "$name" "the package user-mode-linux is missing"
	finish
fi
mkdir -p "$TMPDIR/out" "$TMPDIR/root/lib/modules"
cp -r "$modules" "$TMPDIR/root/lib/modules/"
depmod -b "$TMPDIR/root" "${modules##*/}"

# Its memory is a file in TMPDIR: in memory, where there is room. The programs are those that ship; its
# address space has no room for a sanitizer's.
memory=$([ -w /dev/shm ] && echo /dev/shm || echo "$TMPDIR")
env TMPDIR="$memory" timeout 400 linux.uml mem=256M \
	rootfstype=hostfs rootflags=/ ro init="$PWD/tests/uml/init" con=null con0=fd:0,fd:1 quiet \
	out="$TMPDIR/out" top="$PWD" built="$ODR_DEV" modules="$TMPDIR/root" scenes="${ODR_SCENES-}" \
	</dev/null >"$TMPDIR/console" 2>&1
boots() {
	grep -q '^1\.\.' "$TMPDIR/out/tap" || {
		tail -n 20 "$TMPDIR/console" "$TMPDIR/out/"{boot,err,dmesg} "$TMPDIR/out/tap"
		return 1
	}
}
check "$name, and all scenes end" boots
# What was seen inside counts here, with a number of its own.
while read -r line; do
	case $line in
	'ok '*) check "${line#*- }" true ;;
	'not ok '*) check "${line#*- }" false ;;
	'#'*) echo "$line" ;;
	esac
done <"$TMPDIR/out/tap"

# The rig, asked where no kernel stands between.
rig_says() {
	"$ODR_DEV/rigask" "$TMPDIR/out/a" | grep '^drive 3 ' | grep 'name="DVDRW IDE1008    0758"'
}
check "the rig outside agrees: its drive is a 0758 now" rig_says
check "and its chip equals the file" cmp "$TMPDIR/out/a/chip3.bin" "$TMPDIR/out/fw.bin"

finish
