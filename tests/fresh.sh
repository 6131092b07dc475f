#!/usr/bin/env bash
# fresh.sh DIR - does it work on a computer that has nothing? Not part of the suite: about ten
# minutes and 2 GB. Makes a minimal Debian 12 in DIR (which must not exist), clones the last commit
# into it, runs `./run` without a terminal and `./run test`, prints the time of each.
# Needs root, debootstrap, git and the network that this machine's own apt sources use.
set -euo pipefail

dir=${1:?usage: fresh.sh DIR}
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ ! -e "$dir" ] || {
	echo "fresh.sh: $dir exists already" >&2
	exit 1
}

timed() { # $1: what, $2...: command
	local what=$1 start=$SECONDS status=0
	shift
	"$@" || status=$?
	echo "fresh: $what: $((SECONDS - start)) s, exit status $status"
	return $status
}

# shellcheck disable=SC2016 # apt's own $(...)
# Whatever mirror this machine asks for the component "main" of Debian itself.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(COMPONENT) $(LABEL)' 'Created-By: Packages' |
	awk '$2 == "main" && $3 == "Debian" && NF == 3 { print $1; exit }')
[ -n "$mirror" ] || {
	echo "fresh.sh: apt names no mirror of Debian here (apt-get update?)" >&2
	exit 1
}

leave() {
	umount -l "$dir/proc" "$dir/dev/pts" "$dir/dev" 2>/dev/null || true
}
trap leave EXIT

inside() {
	chroot "$dir" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb CI="${CI-}" \
		bash -c "cd /odrescue && $1" </dev/null
}

timed "a minimal Debian 12" debootstrap --variant=minbase bookworm "$dir" "$mirror" >"$dir.log"
tail -n 1 "$dir.log"
apt-config dump | grep '^Acquire::' >"$dir/etc/apt/apt.conf.d/00host" || true
cp /etc/resolv.conf /etc/hosts "$dir/etc/"
mount --bind /dev "$dir/dev"
mount --make-private "$dir/dev" # or the next line would reach this machine's own /dev
mount --bind /dev/pts "$dir/dev/pts"
mount -t proc proc "$dir/proc"
git clone -q "$top" "$dir/odrescue"

timed "./run, first time" inside ./run
timed "./run, second time" inside ./run
timed "./run test" inside "./run test"
