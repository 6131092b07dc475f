#!/usr/bin/env bash
# Every fuzz target eats its seeds and everything that it was ever found to choke on.
# shellcheck source=tests/tap.sh
. tests/tap.sh
shopt -s nullglob

for target in tests/fuzz/fuzz_*.c; do
	name=$(basename "$target" .c)
	check "$name takes its seeds and its regressions" \
		"$ODR_SAN/replay/$name" tests/fuzz/seeds/"$name"/* tests/fuzz/regressions/"$name"/*
done
finish
