#!/bin/bash
# build.sh BUILDDIR - the DOS programs of the test suite: BUILDDIR/c/SELFTEST.EXE and SMOKE.EXE.
#
# SMOKE.EXE holds flash/, ide.c and the simulator with one 64 KiB chip. That it links says that the
# engine uses no float (there is no float library); that it runs says that it fits: 80 KiB of heap,
# 16 KiB of stack, 640 KiB in all. The last lines are its sizes.
#
# Packages: gcc binutils newlib-source xz-utils (no gcc-multilib: only its compiler proper is used)
set -euo pipefail

build=${1:?usage: build.sh BUILDDIR}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$build/c" "$build/obj"
build=$(cd "$build" && pwd)
dir=$build/newlib
"$here/newlib.sh" "$dir"
# shellcheck source-path=SCRIPTDIR source=flags.sh
. "$here/flags.sh"

warnings=(-Wall -Wextra -Wconversion -Wshadow -Wvla -Wstack-usage=2048 -Werror)
runtime=(crt32.S dos.c glue.c div64.c host.c)
runtime=("${runtime[@]/#/platform/dos/}" platform/error.c)

object() { # SOURCE -> the name of its object
	echo "$build/obj/${1//\//_}.o"
}

compile() { # SOURCE
	cd "$root"
	gcc "${dos_cflags[@]}" "${warnings[@]}" -I . -c "$1" -o "$(object "$1")"
}

link() { # PROGRAM SOURCE...
	local program=$1 file objects=()

	shift
	for file; do
		objects+=("$(object "$file")")
	done
	ld -m elf_i386 -T "$root/platform/dos/dos.ld" --no-check-sections --no-warn-rwx-segments \
		--gc-sections -Map "$build/$program.map" -o "$build/$program.elf" \
		"${objects[@]}" "$dir/libc.a"
	objcopy -O binary "$build/$program.elf" "$build/c/${program^^}.EXE"
}

# Refuse instructions that a 386 without coprocessor lacks.
check_386() { # PROGRAM
	local found

	found=$(objdump -d --no-show-raw-insn -j .text "$build/$1.elf" |
		grep -P '\t(cmov|bswap|cmpxchg|xadd|cpuid|rdtsc|f[a-z]+\b|.*%(xmm|mm|st))' || true)
	if [ -n "$found" ]; then
		echo "build.sh: $1 needs more than a 386:"
		echo "$found" | head
		return 1
	fi
}

if [ "${2:-}" = --compile ]; then # called by xargs below
	compile "$3"
	exit
fi

cd "$root"
selftest=("${runtime[@]}" tests/dos/selftest.c)
shopt -s nullglob
smoke=("${runtime[@]}" platform/platform.c platform/ide*.c flash/*.c flash/families/*.c
	tests/dos/smoke.c)
for file in platform/sim/*.c; do
	case $file in
	# INI files, shared mappings and second processes are not for DOS
	*/options.c | */rig.c | */store_mmap.c | */mail.c | */second.c) ;;
	*) smoke+=("$file") ;;
	esac
done

printf '%s\n' "${selftest[@]}" "${smoke[@]}" | sort -u |
	xargs -P 2 -n 1 "$here/build.sh" "$build" --compile
for program in selftest smoke; do
	declare -n sources=$program
	link "$program" "${sources[@]}"
	check_386 "$program"
done
size "$build/smoke.elf"
