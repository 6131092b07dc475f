#!/usr/bin/env bash
# Every page of every shipped guide, as the screen and as the prose renderer show it, beside its golden.
# ODR_GOLDEN=write makes the goldens anew: look at `git diff` then, and say why in the commit.
# shellcheck source=tests/tap.sh
. tests/tap.sh

same() { # GUIDE screen|prose
	local golden=tests/golden/$2/$1.txt shown=$TMPDIR/$1.$2
	"$ODR_SAN/pageshow" guides "$1.ini" "$2" >"$shown" || return
	[ "${ODR_GOLDEN-}" != write ] || { mkdir -p "${golden%/*}" && cp "$shown" "$golden"; }
	diff -u "$golden" "$shown"
}

wide() { # rows over 79 cells, bytes that are no ASCII
	awk 'length > 79' "$TMPDIR"/*.screen "$TMPDIR"/*.prose
	LC_ALL=C grep -nP '[^\x20-\x7e]' "$TMPDIR"/*.screen "$TMPDIR"/*.prose
}

# The page that README.md shows is one that the assistant has shown (test_assist.sh).
readme() {
	local page=tests/golden/pages/rescue-plug.txt
	diff <(sed -e 's/^    //' README.md | grep -xFf "$page" | grep .) <(grep . "$page")
}

for file in guides/*.ini; do
	name=$(basename "$file" .ini)
	grep -q '^\[guide\]' "$file" || continue
	check "$name: every page on the screen is its golden, and needs no scrolling" same "$name" screen
	check "$name: every page in prose is its golden" same "$name" prose
done
check "the page in README.md is the one of the golden" readme
check "no row is over 79 cells or holds a strange byte" silent wide
finish
