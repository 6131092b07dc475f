# shield.sh - battery, sleep and the end of a login: refusals, and what is taken while a job runs. logind
# and systemd are played by stand-ins here that do what those would do to a process. The drive is in.
# shellcheck shell=bash

# A battery where there is none: the folder of classes is made anew, each of them the old one.
mkdir -p "$TMPDIR/class/power_supply/"{AC,BAT0,mouse}
for class in /sys/class/*; do
	mkdir "$TMPDIR/class/${class##*/}"
	mount --bind "$class" "$TMPDIR/class/${class##*/}"
done
mount --rbind "$TMPDIR/class" /sys/class
supply() { # NAME FILE TEXT
	echo "$3" >"/sys/class/power_supply/$1/$2"
}
supply AC type Mains
supply AC online 0
supply mouse type Battery
supply mouse status Discharging
supply mouse scope Device
supply BAT0 type Battery
supply BAT0 status Discharging
: >/run/a.log
flash battery
check "on battery: a refusal with the battery's name" refused 2 battery "NO (battery)" BAT0 "mains"
supply BAT0 status Charging

# logind runs, and gives nothing.
mkdir -p /run/systemd/seats
flash nosleep
check "without an inhibitor: a refusal" refused 2 nosleep "NO (sleep)" systemd-inhibit

# A login, whose programs systemd ends with it.
mount -t cgroup2 none /sys/fs/cgroup
login=/sys/fs/cgroup/user.slice/user-1000.slice/session-1.scope
mkdir -p $login /sys/fs/cgroup/system.slice/odrescue.scope
stand_in() { # PROGRAM: the script on stdin is run in its place
	cat >"$TMPDIR/${1##*/}"
	chmod +x "$TMPDIR/${1##*/}"
	mount --bind "$TMPDIR/${1##*/}" "$1"
}
stand_in /usr/bin/busctl <<'END'
#!/bin/bash
echo "$*" >>/run/busctl.log
case "$*" in
*KillUserProcesses) echo "b true" ;;
*StartTransientUnit*) [ ! -e /run/gives ] || echo "${@: -2:1}" >/sys/fs/cgroup/system.slice/odrescue.scope/cgroup.procs ;;
esac
END
stand_in /usr/bin/systemd-inhibit <<'END'
#!/bin/bash
echo "$1 $4" >>/run/inhibit.log
while [[ $1 == --* ]]; do shift; done
"$@"
echo released >>/run/inhibit.log
END
in_login() { # COMMAND...
	(
		echo $BASHPID >$login/cgroup.procs
		"$@"
	)
}
in_login flash login
check "KillUserProcesses without a scope: a refusal" refused 2 login "NO (login-ends)" systemd-run
: >/run/gives
in_login flash scope
check "in a scope of the system's it goes on" ended 6 scope "NOT VERIFIABLE"
taken() {
	diff /run/inhibit.log - <<-END
		--what=sleep:shutdown:idle:handle-lid-switch --mode=block
		released
	END
}
check "sleep, shutdown and the lid are held for as long as it runs" taken
moved() {
	grep -q '^call .*StartTransientUnit .* odrescue-[0-9]*.scope fail 1 PIDs au 1 [0-9]* 0$' /run/busctl.log
}
check "systemd was asked for a scope with the worker in it" moved
umount /usr/bin/busctl /usr/bin/systemd-inhibit
rm -r /run/systemd
