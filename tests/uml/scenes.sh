#!/usr/bin/env bash
# scenes.sh - what happens inside the user-mode Linux of tests/test_uml.sh, in one boot, as root. TAP on
# stdout. Whatever the witnesses outside want to see goes to $OUT.
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/uml/bed.sh
. tests/uml/bed.sh
for scene in ${SCENES:-rescue refuse unplug signals terminal silent shield}; do
	from=$SECONDS
	# shellcheck disable=SC1090 # the files of this folder
	. "tests/uml/$scene.sh"
	echo "# $scene: $((SECONDS - from)) s"
done
finish
