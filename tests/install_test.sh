#!/usr/bin/env bash
# install_test.sh BUILD - what is installed works where it lies: every program tells its version,
# and every header compiles on its own.
set -u

build=$1
prefix=$(mktemp -d) || exit 1
trap 'rm -rf "$prefix"' EXIT
failed=0

if ! cmake --install "$build" --prefix "$prefix" >"$prefix/log" 2>&1; then
    cat "$prefix/log"
    exit 1
fi
set -- "$prefix"/bin/*
[ -x "$1" ] || { echo "no program was installed"; failed=1; }
for program in "$@"; do
    "$program" --version | grep -q "^${program##*/} (rxt) [0-9]" || {
        echo "${program##*/} --version failed"
        failed=1
    }
done

[ -s "$(find "$prefix" -name study.schema.json)" ] || {
    echo "no schema of study files was installed"
    failed=1
}

compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
set -- "$prefix"/include/rxt/*.h
[ -e "$1" ] || { echo "no header was installed"; failed=1; }
for header in "$@"; do
    printf '#include <rxt/%s>\nextern int not_empty;\n' "${header##*/}" |
        "$compiler" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fsyntax-only \
            -I "$prefix/include" -x c - || {
        echo "${header##*/} does not compile on its own"
        failed=1
    }
done
exit $failed
