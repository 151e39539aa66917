#!/usr/bin/env bash
# beside.sh - threads that stay, and ranks that meet in a window, beside processes that compute.
#
#   tests/bench/beside.sh BUILD [PAIRS]
#
# BUILD  a build folder with dotbench
# PAIRS  that a figure is the median of (default 20); fewer than 6 have no interval
#
# One study measures 1x2 by both teams and 2x1 by both ways to combine, in the same rounds; first
# alone, then beside one endless loop that is bound nowhere, then beside one bound to each CPU. The
# figures are the times of a resident team against forkjoin's, and of the window against MPI's: at
# most 1.2 is wanted. A worker that offers its core when it waits takes a thousand times as long.
#
# Beside a loop a visit of some milliseconds either has both cores for a while or waits for one:
# times differ manyfold by chance. A pair is the mean times of five rounds there, or of ten with a
# loop on each CPU, which is what a program that computes for longer sees.
#
# Run it on a machine with two cores or more that is quiet but for this. It takes about PAIRS x 20 s.
# Exit code: 0 when no bar was missed, 1 when one was, 2 when something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

pairs=${2:-20}
loops=()

# shellcheck disable=SC2317 # called by the trap
finish() {
    stop
    rm -rf "$folder"
}

stop() {
    [ ${#loops[@]} -eq 0 ] || kill "${loops[@]}" 2>/dev/null
    loops=()
}

busy() { # COMMAND that starts the loop...
    "$@" sh -c 'while :; do :; done' &
    loops+=($!)
}

study() { # NAME TOGETHER: number of rounds in a pair
    local n rounds=$((pairs * $2))
    "$mpirun" -q -np 2 "$build/dotbench" -n 10k,1M -p 1x2,2x1 --team=forkjoin,resident \
        --combine=mpi,window --rounds="$rounds:$rounds" -q -o "$folder/$1.json" >"$folder/out" \
        2>"$folder/stderr" || fail "dotbench failed: $(tail -n 1 "$folder/stderr")"
    for n in 10000 1000000; do
        compare "$1, n = $n: 1x2, resident / forkjoin" :1.2 "$folder/$1.json" \
            "dot,$n,1x2,resident,mpi" "dot,$n,1x2,forkjoin,mpi" "$2"
        compare "$1, n = $n: 2x1, window / MPI" :1.2 "$folder/$1.json" \
            "dot,$n,2x1,forkjoin,window" "dot,$n,2x1,forkjoin,mpi" "$2"
    done
}

take_build "${1:-}" dotbench tests/bench_peers
[ -n "$mpirun" ] || fail "ranks need MPI, and this build has none"
whole_numbers "$pairs"
folder=$(mktemp -d) || exit 2
trap finish EXIT

study alone 1
busy env
study 'one loop' 5
stop
for ((cpu = 0; cpu < $(nproc); cpu++)); do
    busy taskset -c "$cpu"
done
study 'a loop on each CPU' 10
outcome
