#!/usr/bin/env bash
# clang-tidy over everything that ships, with the build's own flags; since these hold -Wall -Wextra
# -Wconversion and -Werror, it is also the proof that clang compiles the code without a word.
set -u -o pipefail
. tests/tap.sh

tidy() {
	sed -n 's/^ *"file": "\(.*\)",*$/\1/p' "$ODR_DEV/compile_commands.json" |
		grep -v '/empty\.c$' | sort -u |
		xargs -P 2 -n 4 clang-tidy --quiet -p "$ODR_DEV" 2>&1 |
		{ grep -v 'warnings\? generated\.$' || true; }
}

check "clang-tidy and clang's warnings have nothing to say" tidy
finish
