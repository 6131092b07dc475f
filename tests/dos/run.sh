#!/bin/bash
# run.sh FOLDER PROGRAM [ARGUMENT...] - run FOLDER/PROGRAM in DOSBox, FOLDER being drive C:.
#
# What it prints lands in FOLDER/OUT.TXT and on stdout; the exit status is the DOS exit code, 124 if
# it did not end within 300 s (a busy machine may need 60), 125 if it never ran. No window, no sound.
#
# Packages: dosbox
set -euo pipefail

folder=${1:?usage: run.sh FOLDER PROGRAM [ARGUMENT...]}
folder=$(cd "$folder" && pwd)
shift
rm -f "$folder"/{OUT.TXT,RC.TXT}

# DOSBox itself always ends with 0, and its COMMAND.COM can only compare: "at least N".
codes=$(seq -s ' ' 1 255)
{
	printf '@echo off\r\n'
	printf '%s > OUT.TXT\r\n' "$*"
	printf 'set RC=0\r\n'
	for code in $codes; do
		printf 'if errorlevel %s set RC=%s\r\n' "$code" "$code"
	done
	printf 'echo %%RC%% > RC.TXT\r\n'
	printf 'exit\r\n'
} > "$folder/RUN.BAT"

# A 386: what came later is an invalid instruction. More cycles a millisecond than it can run: it
# never pauses to keep pace with a clock.
cat > "$folder/dosbox.cfg" <<'END'
[sdl]
output=surface
[dosbox]
memsize=16
[cpu]
core=auto
cputype=386
cycles=fixed 500000
[mixer]
nosound=true
[midi]
mpu401=none
mididevice=none
[sblaster]
sbtype=none
oplmode=none
[speaker]
pcspeaker=false
tandy=off
disney=false
[joystick]
joysticktype=none
END
status=0
SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy timeout --kill-after=5 300 \
	dosbox -conf "$folder/dosbox.cfg" -c "mount c \"$folder\"" -c c: -c run.bat \
	> "$folder/dosbox.log" 2>&1 < /dev/null || status=$?

[ ! -f "$folder/OUT.TXT" ] || cat "$folder/OUT.TXT"
[ "$status" -ne 124 ] || exit 124
[ -f "$folder/RC.TXT" ] || exit 125
exit "$(tr -dc 0-9 < "$folder/RC.TXT")"
