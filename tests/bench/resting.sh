#!/usr/bin/env bash
# resting.sh - do ranks outside of the current split cost anything? They sleep, so they should not.
#
#   tests/bench/resting.sh BUILD [PAIRS] [BUDGET] [WATCH]
#
# BUILD   a build folder with dotbench
# PAIRS   pairs of jobs (default 12); with fewer than 6 there is no interval
# BUDGET  seconds of measuring in a job (default 2)
# WATCH   seconds over which the CPU time of sleeping ranks is read (default 5)
#
# A pair is a job of one rank and a job of four ranks, in alternating order. Both measure 1x2 at n =
# 1M; in the job of four, three ranks sleep. The figure is (speedup with four ranks) / (speedup with
# one), a median; the bar is at least 0.95. Then a job of four ranks measures 1x2 and 2x1. There
# ranks 2 and 3 always sleep: the bar is at most 2 % of a core. Rank 1 works at times; it shows that
# the measurement detects work. CPU time is counted in clock ticks; its interval is the error of
# that count. The script finds the ranks by OMPI_COMM_WORLD_RANK, which Open MPI sets.
#
# Run it on a quiet machine with two cores or more. It takes about PAIRS x 2 x (BUDGET + 0.7 s) +
# WATCH. Exit code: 0 if no bar was missed, 1 if a bar was missed, 2 if something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

pairs=${2:-12} budget=${3:-2} watch=${4:-5}
job=

# shellcheck disable=SC2317 # called by the trap
finish() {
    [ -z "$job" ] || kill "$job" 2>/dev/null
    rm -rf "$folder"
}

# Runs a study of the splits $2 at n = 1M on $1 ranks for $3 seconds, as CSV. The precision is so
# small that it does not end the study earlier.
study() {
    "$mpirun" -q -np "$1" "$build/dotbench" --splits="$2" --size=1M --budget="$3s" \
        --precision=0.000001 --rounds=1:1000000 --format=csv 2>"$folder/stderr"
}

# Prints the speedup of 1x2 in a job of $1 ranks. (The cells to the left of the speedup contain no
# comma.)
speedup() {
    study "$1" 1x2 "$budget" | awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 && $at["ranks"] == 1 && $at["threads"] == 2 { print $at["speedup"] }'
}

one_pair() { # NUMBER of the pair, from 1
    local one four

    if [ $(($1 % 2)) -eq 1 ]; then
        one=$(speedup 1)
        four=$(speedup 4)
    else
        four=$(speedup 4)
        one=$(speedup 1)
    fi
    if [ -z "$one" ] || [ -z "$four" ]; then
        fail "no speedup of 1x2: $(tail -n 1 "$folder/stderr")"
    fi
    echo "$one $four"
}

# Prints the process of rank $1 of the running job.
process_of() {
    local process

    for process in $(pgrep -P "$job"); do
        if tr '\0' '\n' <"/proc/$process/environ" 2>/dev/null |
            grep -qx "OMPI_COMM_WORLD_RANK=$1"; then
            echo "$process"
        fi
    done
}

# Prints "SECONDS TICKS": the time now, and the CPU ticks of process $1 and its threads. The
# process's name ends with a bracket; fields are counted after that bracket.
clocks() {
    awk -v now="$(cut -d ' ' -f 1 /proc/uptime)" \
        '{ sub(/.*\) /, ""); print now, $12 + $13 }' "/proc/$1/stat"
}

# Waits until the job measures: then the job prints the time of a round to stderr.
wait_for_work() {
    local i

    for ((i = 0; i < 300; i++)); do
        grep -q 'one round takes' "$folder/stderr" 2>/dev/null && return
        kill -0 "$job" 2>/dev/null || break
        sleep 0.1
    done
    fail "the job of 4 ranks did not begin: $(tail -n 1 "$folder/stderr")"
}

# Prints "RANK SECONDS TICKS" for each rank; called before and after the watched seconds.
watch_ranks() {
    local rank process

    for rank in 1 2 3; do
        process=$(process_of "$rank")
        [ -n "$process" ] || fail "rank $rank of the running job was not found"
        echo "$rank $(clocks "$process")"
    done
}

# Prints "RANK PERCENT LOW HIGH CPU SECONDS" for each rank. User time and system time are each
# truncated to whole ticks, at both readings, so the difference of the sums may be wrong by two
# ticks.
percents() {
    awk -v hertz="$(getconf CLK_TCK)" '
        !($1 in now) { now[$1] = $2; ticks[$1] = $3; next }
        {
            used = $3 - ticks[$1]; part = 100 / hertz / ($2 - now[$1])
            printf "%d %.2f %.2f %.2f %.2f %.1f\n", $1, part * used,
                   part * (used > 2 ? used - 2 : 0), part * (used + 2), used / hertz, $2 - now[$1]
        }' "$folder/clocks"
}

judge_resting() {
    local rank percent low high cpu seconds

    while read -r rank percent low high cpu seconds; do
        if [ "$rank" -eq 1 ]; then
            figure "rank 1, at work by turns: $cpu s of CPU in $seconds s, % of a core" \
                "$percent" "$low" "$high" 2
        else
            figure "rank $rank, at rest: $cpu s of CPU in $seconds s, % of a core" \
                "$percent" "$low" "$high" :2
        fi
    done < <(percents)
}

resting() {
    : >"$folder/stderr"
    "$mpirun" -q -np 4 "$build/dotbench" --splits=1x2,2x1 --size=1M --budget="$((watch + 60))s" \
        --precision=0.000001 --rounds=1:1000000 --format=csv >/dev/null 2>"$folder/stderr" &
    job=$!
    wait_for_work
    watch_ranks >"$folder/clocks" || exit
    sleep "$watch"
    watch_ranks >>"$folder/clocks" || exit
    kill "$job"
    wait "$job"
    job=
    judge_resting
}

take_build "${1:-}" dotbench tests/bench_peers
[ -n "$mpirun" ] || fail "ranks need MPI, and this build has none"
whole_numbers "$pairs" "$budget" "$watch"
folder=$(mktemp -d)
trap finish EXIT
trap 'exit 130' INT TERM

for ((pair = 1; pair <= pairs; pair++)); do
    line=$(one_pair "$pair") || exit
    echo "$line" >>"$folder/pairs"
    awk -v pair="$pair" '{ printf "pair %d: %.3f with 1 rank, %.3f with 4, ratio %.3f\n",
                                  pair, $1, $2, $2 / $1 }' <<<"$line"
done
figure_of "speedup of 1x2 at n = 1M, in a job of 4 ranks / of 1" 0.95 <"$folder/pairs"
resting
outcome
