# flags.sh - how every DOS object is compiled: 386 instructions only, no coprocessor, none of the
# host's headers. Sourced by newlib.sh and build.sh, which set $dir to newlib's folder.
# shellcheck shell=bash disable=SC2034,SC2154

# A float in any form becomes a call into libgcc, which is not linked: it stops the build. Debian's
# -m32 libgcc would not do anyway, it contains cmov (first seen on the Pentium Pro).
dos_cflags=(
	-m32 -march=i386 -mno-80387 -msoft-float -Os -std=gnu11 -ffreestanding
	-ffunction-sections -fdata-sections -fomit-frame-pointer
	# Debian's gcc turns these on; they need an operating system or a newer processor.
	-fno-pic -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables -fcf-protection=none
	# newlib would take the compiler's own Linux for ours.
	-U__linux__ -U__linux -Ulinux -U__gnu_linux__ -U__unix__ -U__unix -Uunix
	-nostdinc -isystem "$dir/include" -isystem "$(gcc -print-file-name=include)"
)
