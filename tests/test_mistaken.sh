#!/usr/bin/env bash
# The mistaken drive: another one than the person means, at the named position or in its place later. Each
# is found before anything is erased, and the rig itself is asked what every drive was sent.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/play.sh
. tests/play.sh

job='plan
confirm secondary master
flash'

unsent() { # NAME...: no vendor command ever reached it
	local name
	for name in "$@"; do
		drive "$name" | grep -q ' rom_commands=0 ' || {
			drive "$name"
			return 1
		}
	done
}

# ---- a disk under the knock ----

# Its power is in, so it is ready at once. (One that still starts is BSY, as a dead drive is: nobody can tell
# them apart, and it does not listen either.)

for ms in 5010 5060 5110 5160 5210 5260 5310 5360 5410 5460; do
	play swap.ini <<<"hand detach 3
hand attach B 3
hand cable 3 off
-hand start
target secondary master unpowered DRW1008IB
hand cable 3 on after $ms ms
knock secondary master"
	check "a disk that is plugged in while it knocks ($ms ms) stops it" ended 2 "NO (disk)"
	check "and the disk heard no knock ($ms ms)" unsent B
done

play swap.ini <<<"$(plugged)
hand power 3 off
wait 2
target secondary master unpowered DRW1008IB
hand attach B 4 after 6 s
knock secondary master"
check "a disk that comes to the other plug while it knocks stops it" ended 2 "NO (disk-on-cable)"
check "and it heard no knock" unsent B
play swap.ini <<<"$(plugged)
hand power 3 off
wait 2
target secondary master unpowered DRW1008IB
hand attach A 4 after 6 s
hand power 3 on after 9 s
knock secondary master"
check "a CD-ROM there is found when the boot ROM answers, if not before" ended 2 "NO (partner)"
check "then nothing was erased" untouched 3

# ---- a disk that a stuck drive shouts down ----

rig() { # NAME SECTION...: a rig of this test's own
	printf '%s\n' "${@:2}" >"$TMPDIR/$1.ini"
}
rig shouted '[3]' 'type = disk' '[4]' 'type = burner' 'chip = 64K' 'content = rom' 'cable = no' \
	'jumper = master' '[pc]' 'on = no' 'bios = waits'
play "$TMPDIR/shouted.ini" <<<"-hand start
baseline
hand cable 4 on
wait 5
target secondary slave DRW1008IB"
check "a disk that was on the cable at the baseline is not forgotten" ended 2 "NO (disk-on-cable)"
play "$TMPDIR/shouted.ini" <<<"-hand start
baseline
hand cable 4 on
wait 5
target secondary master DRW1008IB"
check "under neither of the two positions" ended 2 "NO (disk"

# ---- another drive between proof and knock ----

for rest in "wait 3" "wait 1" ""; do
	play swap.ini <<<"$(plugged)
image \$IMAGE
hand swap 3 C
$rest
knock secondary master"
	check "a twin in its place after the proof, ${rest:-at once}: no knock" test "$code" = 2
	check "nobody was knocked on (${rest:-at once})" unsent 3 C
done
play swap.ini <<<"$(plugged)
image \$IMAGE
hand detach 3
hand attach C 3
wait 4
knock secondary master"
check "a twin that is plugged by two hands is seen between them" ended 2 "NO (places)"
play swap.ini <<<"$(plugged)
image \$IMAGE
hand swap 3 C
wait 3
knock secondary master"
check "the twin is told in its own words" ended 2 "NO (places)" "was away since you named it"
play swap.ini <<<"$(plugged)
image \$IMAGE
hand power 3 off after 2 s
hand power 3 on after 4 s
wait 9
knock secondary master"
check "a drive that was without power meanwhile has to be named again" ended 2 "NO (places)" "was away since you named it"
play swap.ini <<<"$(plugged)
image \$IMAGE
hand power 3 off after 2 s
hand power 3 on after 4 s
wait 9
-knock secondary master
target secondary master DRW1008IB
knock secondary master
$job"
check "and named again it is rescued" ended 0 VERIFIED
check "its chip is the image" holds "$FW"
play swap.ini <<<"$(plugged)
image \$IMAGE
wait 60
knock secondary master
$job"
check "a drive that stayed is rescued after a long wait, too" ended 0 VERIFIED

{
	cat tests/rigs/dead1008.ini
	printf '[spareC]\ntype = burner\nproduct = DVDRW IDE1008\nrevision = 0055\nchip = 64K\ncontent = alive\n'
} >"$TMPDIR/healed.ini"
play "$TMPDIR/healed.ini" <<<"$(plugged)
image \$IMAGE
hand swap 3 C after 3 s
knock secondary master
$job"
check "a healthy drive that comes in the dead one's place while it knocks is not erased" ended 3 \
	UNCHANGED "holds a whole firmware"
check "its chip is as it was, and so is the dead one's" untouched 3 C

{
	cat "$TMPDIR/healed.ini"
	printf '[secondary]\nempty = 00\n'
} >"$TMPDIR/pulled.ini"
play "$TMPDIR/pulled.ini" <<<"$(plugged)
image \$IMAGE
hand swap 3 C after 3 s
knock secondary master
$job"
check "nor on a channel that reads 00 when nobody is there" ended 3 UNCHANGED "holds a whole firmware"
check "there, too, both chips are as they were" untouched 3 C

# ---- a healthy drive, named by mistake ----

rig healthy '[1]' 'type = disk' '[2]' 'type = burner' 'chip = 64K' 'content = alive' \
	'[3]' 'type = burner' 'chip = 64K' 'content = rom' '[pc]' 'on = no' 'bios = waits'

before() { # the chips as the rig made them, and nothing was sent
	untouched 2 3 && unsent 2 3
}
play "$TMPDIR/healthy.ini" <<<"hand power 2 off
hand cable 3 off
-hand start
baseline
hand cable 3 on
wait 3
target primary slave unpowered DRW1008IB"
check "a drive without power on the disk's cable is no target" ended 2 "NO (disk-on-cable)"

rig healthy '[2]' 'type = burner' 'chip = 64K' 'content = alive' \
	'[3]' 'type = burner' 'chip = 64K' 'content = rom' '[pc]' 'on = no' 'bios = waits'
play "$TMPDIR/healthy.ini" <<<"hand power 2 off
hand cable 3 off
-hand start
baseline
hand cable 3 on
wait 3
target primary slave unpowered DRW1008IB"
check "a drive without power is not preferred to a dead one in plain sight" ended 2 \
	"NO (dead-elsewhere)" "Nothing answers at this position, and another one shows a drive"
check "neither of the two was knocked on or changed" before

unpowered="hand power 2 off
hand cable 3 off
-hand start
target primary slave unpowered DRW1008IB
image \$IMAGE
hand power 2 on after 2 s
knock primary slave
plan"
play "$TMPDIR/healthy.ini" <<<"$unpowered
confirm primary slave
flash"
check "a healthy drive that was named while it had no power is not erased" ended 3 UNCHANGED \
	"holds a whole firmware" "BTC DVDRW IDE1008 0055"
check "its chip is as it was" untouched 2 3
check "no access to it was undocumented" no_wrongs
play "$TMPDIR/healthy.ini" <<<"$unpowered
confirm primary slave without backup
flash"
check "going without a backup does not go over a whole firmware" ended 3 "holds a whole firmware"
check "that chip is as it was, too" untouched 2 3
play "$TMPDIR/healthy.ini" <<<"${unpowered}
confirm primary slave
-flash
wait 9
target primary slave"
check "and afterwards it says its name" ended 0 "says its name"
play "$TMPDIR/healthy.ini" <<<"$unpowered
confirm primary slave whole firmware
flash"
check "typed words go over a whole firmware" ended 0 "over a whole firmware" VERIFIED
check "the chip is then the image" cmp "$DIR/chip2.bin" "$FW"

play swap.ini <<<"hand power 3 off
-hand start
target secondary master unpowered DRW1008IB
image \$IMAGE
hand power 3 on after 2 s
knock secondary master
$job"
check "a drive whose chip is not whole needs no such words" ended 0 VERIFIED

rig twodead '[1]' 'type = burner' 'content = rom' '[3]' 'type = burner' 'content = rom' '[pc]' \
	'bios = waits' 'on = no'
play "$TMPDIR/twodead.ini" <<<"-hand start
target secondary master DRW1008IB"
check "two dead drives on two cables: none of them is proven by the other" ended 2 "NO (proof)"

# ---- another drive where a rescue was interrupted ----

play "$TMPDIR/healed.ini" <<<"$(plugged)
image \$IMAGE
hand power 3 off after 3 s
hand power 3 on after 4 s
knock secondary master
plan
confirm secondary master
hand power 3 off on program 30000
flash"
check "a rescue is interrupted" ended 5 CHANGED
go_on "$TMPDIR/healed.ini" <<<"hand off
hand detach 3
hand attach C 3
hand power 3 off
hand start
target secondary master unpowered DRW1008IB
image \$IMAGE
hand power 3 on after 3 s
knock secondary master
$job"
check "a healthy drive in its place is not taken for the half-written one" ended 3 UNCHANGED \
	"holds a whole firmware"
check "its chip is as it was" untouched C
go_on "$TMPDIR/healed.ini" <<<"hand power 3 off
target secondary master unpowered DRW1008IB
hand power 3 on after 3 s
knock secondary master
restore
confirm secondary master
flash"
check "nor is the other drive's backup written to it" ended 3 UNCHANGED "holds a whole firmware"
check "it is as it was, still" untouched C

# ---- a label that contradicts ----

play alive.ini <<<"-hand start
target secondary master DRW1004IM"
check "a label of another row than the living drive's name is refused" ended 2 \
	"NO (other-label)" "The label belongs to another drive"
play alive.ini <<<"-hand start
target secondary master SD-616F"
check "also one of another family, which does not say how such a drive names itself" ended 2 "NO (other-label)"
play alive.ini <<<"-hand start
target secondary master DRW1008IB"
check "its own label is taken" ended 0 "DRW1008IB"
sed 's/^product = .*/product = DVD-ROM DH16/' tests/rigs/alive.ini >"$TMPDIR/other.ini"
play "$TMPDIR/other.ini" <<<"-hand start
target secondary master SD-616F"
check "where the table knows neither name, nothing contradicts" ended 0 SD-616F

for label in 'DRW1008IB unpowered' "DRW1008IB$(printf 'X%.0s' {1..40})"; do
	play swap.ini <<<"hand cable 3 off
-hand start
baseline
hand cable 3 on
wait 3
target secondary master $label"
	check "a label that holds more than a label is refused (${label:0:20})" ended 1 "at most 23 letters"
done

finish
