#!/usr/bin/env bash
# fuzz.sh - searches for input that makes a reader fail, with clang's libFuzzer, longer than the
# test does; new inputs that reach more code go into the corpus.
#
#   tests/fuzz.sh [SECONDS [NOUN…]]
#
#   SECONDS  for each reader (default: 600)
#   NOUN     readers tests/fuzz/fuzz_NOUN.c (default: all)
#
# Builds in build-fuzz. Afterwards the corpus has its seeds (files with names), and as few of the
# found files (named by hashes) as reach the same code as all of them. Exit code 0: no failure was
# found; 1: the input that fails is in build-fuzz/found; 3: there is no clang.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build-fuzz
seconds=${1:-600}
shift $(($# > 0))
mkdir -p "$build" || exit 3
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"
rxt_packages_settings

nouns=("$@")
if [ ${#nouns[@]} = 0 ]; then
    for file in "$root"/tests/fuzz/fuzz_*.c; do
        file=${file##*/fuzz_}
        nouns+=("${file%.c}")
    done
fi
command -v clang >/dev/null || { echo "fuzz.sh: needs clang (package clang)" >&2; exit 3; }
if ! { cmake -S "$root" -B "$build" -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Release &&
    cmake --build "$build" -j "$(rxt_cpus)" --target "${nouns[@]/#/fuzz_}"; } >"$build/log" 2>&1; then
    echo "fuzz.sh: not built; see $build/log" >&2
    exit 3
fi
hash='[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*' # as libFuzzer names files

fuzz() { # NOUN
    local noun=$1 found=$build/found/$1 corpus=$root/tests/fuzz/corpus/$1
    local fuzzer=$build/tests/fuzz_$1

    rm -rf "$found" && mkdir -p "$found/corpus" "$found/smallest"
    echo "== $noun, $seconds s"
    "$fuzzer" -max_total_time="$seconds" -max_len=16384 -print_final_stats=1 \
        -artifact_prefix="$found/" "$found/corpus" "$corpus" >"$found/log" 2>&1
    local status=$?
    grep -E 'DONE|stat::number_of_executed_units|ERROR|Test unit written' "$found/log"
    [ $status = 0 ] || return 1
    find "$corpus" -type f ! -name "$hash" -exec cp {} "$found/smallest" \;
    "$fuzzer" -merge=1 "$found/smallest" "$corpus" "$found/corpus" >"$found/merge" 2>&1 || return 1
    find "$corpus" -type f -name "$hash" -delete
    cp "$found/smallest"/* "$corpus"
    echo "$(find "$corpus" -type f | wc -l) files in the corpus"
}

failed=0
for noun in "${nouns[@]}"; do
    fuzz "$noun" || { echo "fuzz.sh: $noun: see $build/found/$noun/log" >&2; failed=1; }
done
exit $failed
