#!/usr/bin/env bash
# install_test.sh BUILD - what is installed works where it lies: every program tells its version,
# and every header compiles on its own.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

prefix=$dir/prefix
run cmake --install "$build" --prefix "$prefix"
claim 'is installed' exits 0
claim 'a schema of study files is there' [ -s "$(find "$prefix" -name study.schema.json)" ]

programs=("$prefix"/bin/*)
claim 'programs are there' [ ${#programs[@]} -ge 9 ]
for program in "${programs[@]}"; do
    run "$program" --version
    claim "${program##*/} tells its version" grep -q "^${program##*/} (rxt) [0-9]" "$dir/out"
done

compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
compiles() { # HEADER
    printf '#include <rxt/%s>\nextern int not_empty;\n' "${1##*/}" |
        "$compiler" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
            -I "$prefix/include" -x c -
}
headers=("$prefix"/include/rxt/*.h)
claim 'headers are there' [ ${#headers[@]} -ge 10 ]
for header in "${headers[@]}"; do
    claim "<rxt/${header##*/}> compiles on its own" compiles "$header"
done

finish
