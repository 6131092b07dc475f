# refuse.sh - what keeps a job from beginning, each with its words, and nothing sent. The drive is in.
# shellcheck shell=bash

: >/run/a.log
"$ODR_DEV/mkimage" --size 1048576 --product "DVDRW IDE1004" "$TMPDIR/foreign.bin"
flash foreign "$TMPDIR/foreign.bin"
check "another drive's file is refused" refused 4 foreign "NO (other-product)"

sr=$(sr_of "$node")
chmod 666 "$sr" /dev/sg* "/dev/bsg/$node"
as='setpriv --reuid 65534 --clear-groups --inh-caps=-all'
STATE=$TMPDIR/nobody
flash rights
check "another user may look, and is told before anything that writing is root's" \
	refused 2 rights "DVDRW IDE1008" "NO (rights)"
as=''
STATE=/run/state

# A program that has the drive, as a burning program does.
perl -MFcntl -e 'sysopen(D, shift, O_RDONLY | O_NONBLOCK | O_EXCL) or die $!; $| = 1; print "held\n"; sleep 60' \
	"$sr" >"$TMPDIR/held" &
held=$!
until_true grep -q held "$TMPDIR/held"
flash used
check "a drive that another program has is refused" refused 2 used "NO (drive-used)"
kill "$held"

truncate -s 1M "$TMPDIR/disc"
mkfs.ext2 -q -b 2048 "$TMPDIR/disc"
plug a alive.ini 3 "disc=$TMPDIR/disc"
mkdir "$TMPDIR/mnt"
mount -t ext2 -o ro "$(sr_of "$node")" "$TMPDIR/mnt" 2>"$OUT/mount"
: >/run/a.log
flash mounted
check "a mounted disc is a refusal that says where" \
	refused 2 mounted "NO (drive-used)" "mounted on $TMPDIR/mnt"
umount "$TMPDIR/mnt"

plug a alive.ini 3 slow=5
: >/run/a.log
flash first &
first=$!
until_true logged a 3
odr second scan
check "a second odrescue is told that the drives are taken" ended 2 second "NO (in-use)"
wait $first
check "and the first one ends as if alone" ended 6 first "NOT VERIFIABLE"
check "its drive got each command once" sent_once a
