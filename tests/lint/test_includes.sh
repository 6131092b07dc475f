#!/usr/bin/env bash
# The folder rule: who may include whom. It is what keeps the engine portable and the simulator an
# independent witness. The first row whose pattern matches the file decides; rows are the law, so a
# row is changed only together with the reason for it.
set -u
. tests/tap.sh

# <stdatomic.h>: only where two processes share a word; newlib on a 386 could not make it without a lock.
# Headers of C11 itself that newlib on DOS has, too; errno is the platform's own affair. That nobody
# above it uses the heap or stdio's files is measured on the objects (test_rules.sh).
c11='<(assert|ctype|inttypes|limits|stdarg|stdbool|stddef|stdint|stdio|stdlib|string)\.h>'

# file pattern | what it may include
rules='
platform/error\.h           | nothing
platform/error\.c           | "platform/error\.h" | '$c11'
platform/linux/.*           | "platform/(linux/)?[^/]*" | <.*>
platform/windows/.*         | "platform/(windows/)?[^/]*" | <.*>
platform/dos/.*             | "platform/(dos/)?[^/]*" | <.*>
platform/sim/rig\.c         | "platform/(sim/)?[^/]*" | '$c11' | <errno\.h> | <iniparser\.h> | <iniparser/.*>
platform/sim/store_mmap\.c  | "platform/(sim/)?[^/]*" | <.*>
platform/sim/mail\.c        | "platform/(sim/)?[^/]*" | '$c11' | <stdatomic\.h>
platform/sim/.*             | "platform/(sim/)?[^/]*" | '$c11' | <(errno|signal|unistd)\.h>
platform/[^/]*              | "platform/[^/]*" | '$c11'
flash/.*                    | "flash/.*" | "platform/(platform|port_io|error)\.h" | '$c11'
guides/.*                   | "guides/.*" | "flash/drive\.h" | "platform/error\.h" | '$c11' | <iniparser\.h> | <iniparser/.*>
tui/main(_[a-z]*)?\.[ch]    | "(platform|flash|guides|tui)/.*" | '$c11'
tui/r_curses\.c             | "(flash|guides|tui)/[^/]*" | "platform/error\.h" | '$c11' | <n?cursesw?\.h>
tui/.*                      | "(flash|guides|tui)/[^/]*" | "platform/error\.h" | '$c11'
'

# offences - print every #include below the current folder that no rule allows.
offences() {
	find platform flash guides tui -name '*.[ch]' -exec \
		grep -HE '^[[:space:]]*#[[:space:]]*include' {} + 2>/dev/null |
		sed -E 's/:[[:space:]]*#[[:space:]]*include[[:space:]]*/ /' |
		RULES=$rules awk '
		BEGIN {
			rows = split(ENVIRON["RULES"], row, "\n")
			for (i = 1; i <= rows; i++) {
				fields = split(row[i], field, / *[|] +/)
				file[i] = field[1]
				allowed[i] = "^(" field[2]
				for (f = 3; f <= fields; f++)
					allowed[i] = allowed[i] "|" field[f]
				allowed[i] = allowed[i] ")$"
			}
		}
		{
			for (i = 1; i <= rows; i++)
				if (file[i] != "" && $1 ~ "^" file[i] "$")
					break
			if (i > rows || $2 !~ allowed[i])
				print $1 " may not include " $2
		}'
}

# The checker must see what it is for: plant one offence for each wall, expect each to be named.
plant() {
	local file include
	cd "$TMPDIR" || return
	while read -r file include; do
		mkdir -p "$(dirname "$file")"
		echo "#include $include" >"$file"
	done <<-'END'
		flash/a.c "platform/sim/sim.h"
		flash/b.c <unistd.h>
		flash/c.c "tui/app.h"
		platform/sim/d.c "flash/chips.h"
		platform/sim/e.c <iniparser.h>
		platform/f.c "platform/sim/sim.h"
		platform/error.h <stdint.h>
		guides/g.c "flash/engine.h"
		tui/h.c <curses.h>
		tui/i.c "platform/platform.h"
		tui/j.c "app.h"
	END
	[ "$(offences | wc -l)" -eq 11 ] || {
		offences
		return 1
	}
}

check "a planted include across each wall is found" plant
check "every include is one that the folder rule allows" silent offences
finish
