#!/bin/bash
# newlib.sh DIR - the C library for the DOS programs: DIR/libc.a and DIR/include.
#
# Debian has newlib as source only. A program without floats and threads needs few of its files;
# compiling just those, without configure, takes two seconds instead of a minute, and every option
# is seen here. What is missing shows as an undefined symbol at link time and is added by file name.
#
# Done once: DIR is up to date when its stamp names this recipe, this source and this compiler.
# Packages: newlib-source gcc binutils xz-utils
set -euo pipefail

dir=${1:?usage: newlib.sh DIR}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source-path=SCRIPTDIR source=flags.sh
. "$here/flags.sh"
source=$(echo /usr/src/newlib/newlib-*.tar.xz)

# The files of newlib/libc, without ".c".
files="
ctype/ctype_ ctype/isalnum ctype/isalpha ctype/isdigit ctype/isprint ctype/isspace ctype/isupper
ctype/isxdigit ctype/tolower ctype/toupper errno/errno locale/locale locale/localeconv
reent/impure search/qsort
stdio/fclose stdio/fflush stdio/fgets stdio/findfp stdio/flags stdio/fopen stdio/fprintf
stdio/fputc stdio/fputs stdio/fread stdio/fseek stdio/fseeko stdio/ftell stdio/ftello stdio/fvwrite
stdio/fwalk stdio/fwrite stdio/makebuf stdio/printf stdio/putc stdio/puts stdio/refill stdio/rget
stdio/setvbuf stdio/snprintf stdio/stdio stdio/ungetc stdio/vprintf stdio/vsnprintf stdio/wbuf
stdio/wsetup
stdlib/exit stdlib/malloc stdlib/mbtowc_r stdlib/mlock stdlib/strtol stdlib/strtoul
stdlib/strtoull stdlib/wctomb_r
string/memchr string/memcmp string/memcpy string/memmove string/memset string/strcasecmp
string/strcat string/strchr string/strcmp string/strcpy string/strcspn string/strlen
string/strncasecmp string/strncat string/strncmp string/strncpy string/strnlen string/strpbrk
string/strrchr string/strspn string/strstr string/strtok_r
"

# One line an object: its name, its source, its own options. printf comes twice from one source and
# without floats: the names of newlib's integer-only twin are turned into the standard ones.
objects() {
	local file part

	for file in $files; do
		echo "$(basename "$file") $file"
	done
	echo "svfprintf stdio/vfprintf -DINTEGER_ONLY -DSTRING_ONLY -D_svfiprintf_r=_svfprintf_r"
	echo "vfprintf stdio/vfprintf -DINTEGER_ONLY -Dvfiprintf=vfprintf -D_vfiprintf_r=_vfprintf_r"
	for part in MALLOC FREE REALLOC CALLOC MALLOC_USABLE_SIZE; do
		echo "nano$part stdlib/nano-mallocr -DINTERNAL_NEWLIB -DDEFINE_$part"
	done
}

compile() { # OBJECT SOURCE [OPTION...]
	local object=$1 file=$2

	shift 2
	# -w: their warnings are not ours to mend.
	gcc "${dos_cflags[@]}" -w -D__SINGLE_THREAD__ -DREENTRANT_SYSCALLS_PROVIDED "$@" \
		-I "$dir/src/stdio" -c "$dir/src/$file.c" -o "$dir/obj/$object.o"
}

if [ "${2:-}" = --compile ]; then # called by xargs below
	compile "${@:3}"
	exit
fi

stamp=$(cat "$here/newlib.sh" "$here/flags.sh" "$source" <(gcc --version) | sha256sum)
if [ "$(cat "$dir/stamp" 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi
rm -rf "$dir"
mkdir -p "$dir/src" "$dir/obj"
tar -xJf "$source" --no-same-owner -C "$dir/src" --strip-components=3 --wildcards \
	'*/newlib/libc/include' '*/newlib/libc/'{ctype,errno,locale,reent,search,stdio,stdlib,string}
mv "$dir/src/include" "$dir/include"

# What configure would have written.
touch "$dir/include/_newlib_version.h"
cat > "$dir/include/newlib.h" <<'END'
#define _NEWLIB_VERSION "3.3.0"
#define _WANT_IO_C99_FORMATS 1 /* %zu, %hhx */
#define _WANT_IO_LONG_LONG 1
#define _REENT_SMALL 1
#define _LITE_EXIT 1
#define _NANO_MALLOC 1
END

objects | xargs -P 2 -L 1 "$here/newlib.sh" "$dir" --compile
ar rc "$dir/libc.a" "$dir"/obj/*.o
rm -rf "$dir/src" "$dir/obj"
echo "$stamp" > "$dir/stamp"
