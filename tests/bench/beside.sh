#!/usr/bin/env bash
# beside.sh - resident threads, and ranks that combine in a window, while other processes compute.
#
#   tests/bench/beside.sh BUILD [PAIRS]
#
# BUILD  a build folder with dotbench
# PAIRS  number of pairs per figure (default 20); with fewer than 6 there is no interval
#
# A study measures 1x2 with both teams and 2x1 with both ways to combine, in the same rounds. The
# study runs three times: without other load, with one endless loop that is not bound to a CPU, and
# with one loop bound to each CPU. The figures are (time of the resident team) / (time of forkjoin)
# and (time of the window) / (time of MPI). The bar is at most 1.2. (If a waiting worker yielded its
# core, the wait would take a thousand times as long.)
#
# While other loops run, a visit of some milliseconds either gets both cores or has to wait for one
# of them: by chance its time varies by a factor of several. So a pair is the mean of five rounds
# with one loop, and of ten rounds with a loop on each CPU. A program that computes for longer sees
# such means.
#
# Run it on a quiet machine with two cores or more. It takes about PAIRS x 20 s. Exit code: 0 if no
# bar was missed, 1 if a bar was missed, 2 if something could not be run.
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
