#!/usr/bin/env bash
# machine.sh - properties of this machine that other figures depend on: the time of a cache line
# from core to core, the clock frequency, the bandwidth of caches, the time of one launch.
#
#   tests/bench/machine.sh BUILD [ROUNDS]
#
# ROUNDS  rounds of each measurement (default 15); with fewer than 6 there is no interval
#
# There is no bar. Exit code: 0, or 2 if something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

rounds=${2:-15}
take_build "${1:-}" tests/bench_machine tests/bench_peers dotbench
whole_numbers "$rounds"

"$build/tests/bench_machine" "$rounds" | while read -r name value low high; do
    case $name in
    line_ns) name="a cache line from one core to the other, ns" ;;
    clock_ghz) name="clock, GHz (additions that wait for each other)" ;;
    esac
    figure "$name" "$value" "$low" "$high" -
done

for level in L1 L2; do
    "$build/tests/bench_peers" --once=$level |
        awk -v level=$level '{ printf "= dot in half of %s, one thread: %.1f GB/s\n", level, $3 }'
done

# Runs the shortest MPI program: only the launch and the start and end of MPI take time.
launch() {
    local round begin

    for ((round = 0; round < rounds; round++)); do
        begin=$EPOCHREALTIME
        timeout -k 5 60 "$mpirun" -q -np 2 "$build/tests/bench_launched" 1 1000 1 >/dev/null ||
            fail "mpirun ended with $?"
        echo "1 $(awk -v begin="$begin" -v end="$EPOCHREALTIME" 'BEGIN { print end - begin }')"
    done
}

if [ -n "$mpirun" ]; then
    figure_of "one mpirun of 2 ranks that do nothing, s" - < <(launch)
else
    absent "one mpirun" "this build has no MPI"
fi
