#!/usr/bin/env bash
# dot.sh - compares dot, size by size, with OpenBLAS on 1 and on 2 threads (the faster of the two
# counts). OpenBLAS runs the kernels of each core type.
#
#   tests/bench/dot.sh BUILD [ROUNDS] [CORE ...]
#
# ROUNDS  rounds of every size (default 41, at least 6)
# CORE    core type whose kernels OpenBLAS runs: a name of OPENBLAS_CORETYPE, or usual, the type
#         that OpenBLAS detects (default: usual, and each other type with a different ddot that this
#         processor can run)
#
# Our dot runs on one thread or on two, as an auto team decides. The intervals of all sizes of a row
# hold simultaneously. The script takes two minutes on a quiet machine. Exit code: 0, 1 if a bar was
# missed, 2 if something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

take_build "${1:-}" tests/bench_peers
rounds=${2:-41}
whole_numbers "$rounds"
bench=$build/tests/bench_peers
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

has() { # FLAG of the processor
    grep -qw "$1" /proc/cpuinfo
}

# OpenBLAS has two ddot kernels for these processors: Zen uses the kernel of Haswell; Cooperlake and
# SapphireRapids use the kernel of SkylakeX.
cores() {
    echo usual
    ! has avx2 || echo Haswell
    ! has avx512f || echo SkylakeX
}

one_core() { # CORE
    local option=() name

    [ "$1" = usual ] || option=("--core=$1")
    timeout -k 5 300 "$bench" --format=tsv --rounds="$rounds" "${option[@]}" dot_one dot_sizes \
        >"$folder/rows" 2>"$folder/said" || fail "bench_peers: $(tail -n 1 "$folder/said")"
    name=$(sed -n 's/^bench_peers: OpenBLAS .*, //p' "$folder/said")
    if [ -z "$name" ]; then
        absent "dot against OpenBLAS" "$(sed -n 's/^bench_peers: no OpenBLAS/there is none/p' \
            "$folder/said")"
        return
    fi
    echo "OpenBLAS with the kernels of $name ($1)"
    while IFS=$'\t' read -r row _ n threads ours _ theirs ratio low high _; do
        figure "$row, n = $n, $threads thread(s) $(time_of "$ours"), $name $(time_of "$theirs")" \
            "$ratio" "$low" "$high" 0.97
    done <"$folder/rows"
}

time_of() { # SECONDS
    awk -v s="$1" 'BEGIN {
        if (s < 1e-6) printf "%.4g ns", 1e9 * s
        else if (s < 1e-3) printf "%.4g us", 1e6 * s
        else printf "%.4g ms", 1e3 * s
    }'
}

echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)"
if [ $# -gt 2 ]; then
    chosen=("${@:3}")
else
    mapfile -t chosen < <(cores)
fi
for core in "${chosen[@]}"; do
    one_core "$core"
done
echo "load after: $(cut -d ' ' -f 1-3 /proc/loadavg)"
outcome
