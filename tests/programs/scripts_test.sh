#!/usr/bin/env bash
# scripts_test.sh BUILD - shellcheck finds nothing in any script.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

have shellcheck || { skip 'shellcheck is not installed'; exit 77; }
cd "$(dirname "$0")/../.." || exit 2
mapfile -t scripts < <(find tests jobs .ci -type f \
    \( -name '*.sh' -o -name '*.sbatch' -o -name '*.pbs' -o -path '.ci/*' \))
scripts+=("$build/install/rxtcc") # as CMake made it
claim 'there are scripts to check' [ ${#scripts[@]} -ge 30 ]
run xargs -a <(printf '%s\n' "${scripts[@]}") -n 8 -P "$(nproc)" shellcheck -x --shell=bash
claim 'shellcheck finds nothing' exits 0

finish
