#!/usr/bin/env bash
# install_test.sh BUILD - an installed rxt works in its folder: every program prints its version,
# every header compiles on its own, and the library exports exactly the functions that the headers
# declare.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

prefix=$dir/prefix
run cmake --install "$build" --prefix "$prefix"
claim 'is installed' exits 0
claim 'a schema of study files is there' [ -s "$(find "$prefix" -name study.schema.json)" ]

# ---- programs ----

programs=("$prefix"/bin/*)
claim 'programs are there' [ ${#programs[@]} -ge 9 ]
for program in "${programs[@]}"; do
    run "$program" --version
    claim "${program##*/} tells its version" grep -q "^${program##*/} (rxt) [0-9]" "$dir/out"
done
needs_tests() {
    readelf -d "$prefix"/bin/*bench "$prefix/bin/rxt" 2>/dev/null |
        grep -E 'NEEDED.*(cunit|mpfr)'
}
claim 'no program needs what its tests do' equal "$(needs_tests)" ''

# ---- headers ----

compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
read -ra flags < <(sed -n 's/^Cflags: -I[^ ]*//p' "$(find "$prefix" -name rxt.pc)")
compile() { # HEADER
    printf '#include <rxt/%s>\nextern int not_empty;\n' "${1##*/}" >"$dir/header.c"
    run "$compiler" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
        -I "$prefix/include" "${flags[@]}" "$dir/header.c"
}
headers=("$prefix"/include/rxt/*.h)
claim 'headers are there' [ ${#headers[@]} -ge 13 ]
for header in "${headers[@]}"; do
    compile "$header"
    if several || [ "${header##*/}" != mpi.h ]; then
        claim "<rxt/${header##*/}> compiles on its own" exits 0
    else
        claim 'without MPI: <rxt/mpi.h> says so' holds "$dir/err" 'built without MPI'
    fi
done

# ---- the library ----

library=$(find "$prefix" -name librxt.so)
shown() {
    nm -D --defined-only "$library" | sed 's/.* //'
}
claim 'librxt is there, and shows functions' [ "$(shown | wc -l)" -ge 100 ]
claim 'librxt shows what begins with rxt_ alone' equal "$(shown | grep -v '^rxt_')" ''

# Functions that a header declares and does not define, without the program's own table: comments,
# macros and everything in braces are removed first.
published() {
    local header
    for header in "${headers[@]}"; do
        several || [ "${header##*/}" != mpi.h ] || continue
        perl -0777 -pe 's{/\*.*?\*/}{}gs; s{^\s*#(.*\\\n)*.*\n}{}gm;
            1 while s/\{[^{}]*\}/;/g; s/__attribute__\s*\(\(.*?\)\)//g; s/\s+/ /g' "$header" |
            tr ';' '\n' | sed -E 's/^ +//' | grep -vE '^(typedef|static|enum|struct) |RXT_MAP_INLINE' |
            grep -E '^extern|\(|^rxt_fill ' | sed -E 's/\(.*//' | grep -oE '\brxt_[a-z0-9_]+( *$|,|\[)|\brxt_[a-z0-9_]+$' |
            tr -d ' ,['
    done | sort -u | grep -vx rxt_program_table
}
claim 'headers publish functions' [ "$(published | wc -l)" -ge 40 ]
claim 'librxt defines what its headers publish' \
    equal "$(comm -23 <(published) <(shown | sort -u) | paste -sd' ')" ''

finish
