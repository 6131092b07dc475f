#!/usr/bin/env bash
# The engine's rules measured on its objects, not wished: flash/ and ide.c have to run on DOS, in
# 640 KiB, without anybody's heap. And a few rules of the house for every file.
set -u
. tests/tap.sh

limit_bytes=16384 # of one object, design: "no object over 16 KiB"
limit_lines=450

mapfile -t objects < <(find "$ODR_DEV" -path '*odr_flash.dir/flash/*.o' -o \
	-path '*odr_platform.dir/platform/ide*.o')
mapfile -t files < <(git ls-files --cached --others --exclude-standard -- . ':!LICENSE')

# All that the engine may take from outside. Not in here, and that is the point: malloc and its kin
# (also inside qsort, strdup), files, output, exit, the environment, the clock, software floats.
foreign_symbols() {
	nm -A -u "${objects[@]}" | awk '{ print $1, $NF }' | grep -vE \
		' (odr_.*|mem(chr|cmp|cpy|move|set)|str(n?cmp|n?len|r?chr|c?spn|str|pbrk|toul|tol|toull|n?cpy|n?cat)|vs?nprintf|v?snprintf|__ctype_(b|tolower|toupper)_loc|to(upper|lower)|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_)$'
}

# xmm, ymm: SSE. st(: the x87. A copy of a struct would use them too, were they not forbidden.
float_instructions() {
	objdump -d --no-show-raw-insn "${objects[@]}" |
		grep -E '%[xyz]mm[0-9]|%st[,(]?' | head
}

large_symbols() {
	nm -A -S -t d "${objects[@]}" | awk -v limit=$limit_bytes 'NF == 4 && $2 + 0 > limit'
}

large_types() {
	readelf --debug-dump=info "${objects[@]}" 2>/dev/null | awk -v limit=$limit_bytes '
		/DW_TAG_/ { type = /DW_TAG_(structure|union)_type/; name = "?" }
		type && /DW_AT_name/ { name = $NF }
		type && /DW_AT_byte_size/ && $NF + 0 > limit { print "struct " name ": " $NF " bytes" }' |
		sort -u
}

# call_edges OBJECT... - "caller callee" for every direct call and tail call. Static functions carry
# their object's name, since two files may have a function of the same name.
call_edges() {
	local object
	for object in "$@"; do
		objdump -dr --no-show-raw-insn "$object" | awk -v object="${object##*/}" '
			function full(name) {
				sub(/[-+]0x[0-9a-f]+$/, "", name)
				sub(/\.(cold|part|isra|constprop).*$/, "", name)
				return name ~ /^odr_/ ? name : object ":" name
			}
			/^[0-9a-f]+ <.*>:$/ { caller = $2; gsub(/[<>:]/, "", caller); next }
			{ is_call = $2 == "call"; is_jump = $2 ~ /^j/ }
			# Without relocation: a function of the same section. <f+0x12> is a jump inside f.
			(is_call || is_jump) && $NF ~ /^<[^+]*>$/ {
				callee = substr($NF, 2, length($NF) - 2)
				if (is_call || full(callee) != full(caller)) # a jump to oneself is a loop
					print full(caller), full(callee)
			}
			/R_X86_64_(PLT32|PC32)/ && (was_branch) { print full(caller), full($NF) }
			{ was_branch = $2 == "call" || $2 == "jmp" }'
	done
}

recursion() {
	call_edges "$@" | sort -u >"$TMPDIR/edges"
	awk '$1 == $2 { print $1 " calls itself" }' "$TMPDIR/edges"
	tsort "$TMPDIR/edges" 2>&1 >/dev/null | grep '^tsort'
	[ -s "$TMPDIR/edges" ] || echo "no call seen at all: the search is broken"
}

# Both kinds of recursion that gcc does not turn into loops, and one that is none.
recursion_is_found() {
	cat >"$TMPDIR/r.c" <<-'END'
		int odr_x(int n), odr_y(int n);
		__attribute__((noinline)) static int self(int n) { return n ? self(n / 2) * self(n - 1) + n : 1; }
		int odr_x(int n) { return n ? odr_y(n - 1) * 3 : 0; }
		__attribute__((noinline)) int odr_y(int n) { return odr_x(n) + 1; }
		int odr_z(int n) { return self(n) + odr_y(n); }
	END
	gcc -O1 -c "$TMPDIR/r.c" -o "$TMPDIR/r.o" || return
	recursion "$TMPDIR/r.o" | tee "$TMPDIR/found"
	grep -q 'r.o:self calls itself' "$TMPDIR/found" && grep -q '^tsort: odr_[xy]$' "$TMPDIR/found"
}

long_files() {
	local file
	for file in "${files[@]}"; do
		case $file in
		*.[chS] | *.sh | *.ld | *.cmake | run | */run | */run-tests)
			awk -v limit=$limit_lines 'END { if (NR > limit) print FILENAME ": " NR }' "$file"
			;;
		esac
	done
}

# A path of somebody's own machine, or work that was put off; the brackets keep this file out.
private_words() {
	grep -nIE '(^|[^[:alnum:]._/-])/(home|root|work|Users)/[[:alnum:]]|\b(TO[D]O|FIX[M]E)\b' "${files[@]}"
}

long_names() { # DOS has to open them: 8.3
	find guides tests/rigs -type f 2>/dev/null |
		grep -vE '/[A-Za-z0-9_-]{1,8}(\.[A-Za-z0-9]{1,3})?$'
}

shell_faults() {
	printf '%s\n' "${files[@]}" | while read -r file; do
		case $(head -c 64 "$file" | head -n 1) in
		'#!'*sh) echo "$file" ;;
		esac
	done | xargs shellcheck -x -S warning
}

check "there are objects to measure" test ${#objects[@]} -gt 0
check "there are files to look at" test ${#files[@]} -gt 0
check "flash/ and ide.c use nothing but strings, memory and snprintf" silent foreign_symbols
check "flash/ and ide.c hold no float instruction" silent float_instructions
check "no symbol of flash/ and ide.c is over 16 KiB" silent large_symbols
check "no struct known to flash/ and ide.c is over 16 KiB" silent large_types
check "recursion is found where it is" recursion_is_found
check "flash/ and ide.c do not recurse" silent recursion "${objects[@]}"
check "no file is over $limit_lines lines" silent long_files
check "no path of somebody's machine, nothing put off" silent private_words
check "names of guides and rigs are 8.3" silent long_names
check "shellcheck has nothing to say" shell_faults
check "mandoc has nothing to say about the manual" silent mandoc -T lint odrescue.1
finish
