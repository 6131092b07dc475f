#!/usr/bin/env bash
# Every C file is as clang-format leaves it. To mend: clang-format -i FILE
set -u
. tests/tap.sh

unformatted() {
	find platform flash guides tui tests -name '*.[ch]' | sort | while read -r file; do
		clang-format "$file" | cmp -s - "$file" || echo "$file"
	done
}

check "every C file is formatted" silent unformatted
finish
