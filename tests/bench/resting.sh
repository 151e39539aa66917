#!/usr/bin/env bash
# resting.sh - what ranks cost that have no part in a point: nothing, for they are asleep.
#
#   tests/bench/resting.sh BUILD [PAIRS] [BUDGET] [WATCH]
#
# BUILD   a build folder with dotbench
# PAIRS   pairs of jobs, at least 6 (default 10)
# BUDGET  seconds of measuring a job (default 2)
# WATCH   seconds for which the resting ranks' CPU time is watched (default 5)
#
# A pair is a job of one rank and a job of four, the one or the other first by turns. Both measure
# 1x2 at n = 1M, where three of the four ranks rest. The figure is the median ratio of the speedups,
# four ranks to one; at least 0.95 is wanted. Then a job of four ranks measures 1x2 and 2x1, where
# ranks 2 and 3 always rest: less than 2 % of a core is wanted; rank 1, which works at times, shows
# that work is seen. The ranks are found by the names that Open MPI gives them.
#
# Run it on a quiet machine with two cores or more. It takes about PAIRS x 2 x (BUDGET + 0.7 s) +
# WATCH. Exit 0 when the figures are as wanted, 1 when not, 2 when something could not be run.
set -u
export LC_ALL=C OMPI_MCA_rmaps_base_oversubscribe=1
if [ "$(id -u)" -eq 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
fi

build=${1:-} pairs=${2:-10} budget=${3:-2} watch=${4:-5}
job=

fail() {
    echo "resting.sh: $*" >&2
    exit 2
}

# shellcheck disable=SC2317 # called by the trap
finish() {
    [ -z "$job" ] || kill "$job" 2>/dev/null
    rm -rf "$folder"
}

# A study of the points $2 at n = 1M on $1 ranks for $3 seconds, whatever its precision, as CSV.
study() {
    mpirun -q -np "$1" "$build/dotbench" --points="$2" --size=1M --budget="$3s" \
        --precision=0.000001 --rounds=1:1000000 --format=csv 2>"$folder/stderr"
}

# The speedup of 1x2 on $1 ranks. No cell before the speedup's has a comma of its own.
speedup() {
    study "$1" 1x2 "$budget" | awk -F, '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 && $at["ranks"] == 1 && $at["threads"] == 2 { print $at["speedup"] }'
}

one_pair() { # its number, from 1
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

# "one four" a line: the medians, the ratio's interval from order statistics, the judgement.
judge_speedups() {
    awk '
        function sort(x, n,   i, j, t) {
            for (i = 2; i <= n; i++)
                for (j = i; j > 1 && x[j - 1] > x[j]; j--) {
                    t = x[j]; x[j] = x[j - 1]; x[j - 1] = t
                }
        }
        function median(x, n) { return (x[int((n + 1) / 2)] + x[int(n / 2) + 1]) / 2 }
        # The largest k for which x[k] to x[n + 1 - k] holds the median with 95 %: P(fewer than k of
        # n below it), binomial at 1/2, is at most 2.5 %.
        function rank_of_low(n,   k, term, tail) {
            term = tail = 0.5 ^ n
            for (k = 0; tail <= 0.025; tail += term) {
                k++
                term *= (n - k + 1) / k
            }
            return k
        }
        { one[NR] = $1; four[NR] = $2; ratio[NR] = $2 / $1 }
        END {
            sort(one, NR); sort(four, NR); sort(ratio, NR)
            low = rank_of_low(NR); middle = median(ratio, NR)
            printf "speedup of 1x2, median of %d: %.3f with 1 rank, %.3f with 4\n", NR,
                   median(one, NR), median(four, NR)
            printf "ratio, paired: %.3f [%.3f %.3f], wanted >= 0.95: %s\n", middle, ratio[low],
                   ratio[NR + 1 - low], (middle >= 0.95 ? "OK" : "BELOW")
            exit (middle < 0.95)
        }'
}

# The process of rank $1 of the running job.
process_of() {
    local process

    for process in $(pgrep -P "$job"); do
        if tr '\0' '\n' <"/proc/$process/environ" 2>/dev/null |
            grep -qx "OMPI_COMM_WORLD_RANK=$1"; then
            echo "$process"
        fi
    done
}

# "now cpu", in seconds, of process $1 and its threads. The fields that count follow the name's
# bracket.
clocks() {
    awk -v hertz="$(getconf CLK_TCK)" -v now="$(cut -d ' ' -f 1 /proc/uptime)" \
        '{ sub(/.*\) /, ""); print now, ($12 + $13) / hertz }' "/proc/$1/stat"
}

# A job is at work once it says on stderr what a round takes.
wait_for_work() {
    local i

    for ((i = 0; i < 300; i++)); do
        grep -q 'one round takes' "$folder/stderr" 2>/dev/null && return
        kill -0 "$job" 2>/dev/null || break
        sleep 0.1
    done
    fail "the job of 4 ranks did not begin: $(tail -n 1 "$folder/stderr")"
}

# Before and after, a line a rank: "rank now cpu".
watch_ranks() {
    local rank process

    for rank in 1 2 3; do
        process=$(process_of "$rank")
        [ -n "$process" ] || fail "rank $rank of the running job was not found"
        echo "$rank $(clocks "$process")"
    done
}

judge_resting() {
    awk '
        !($1 in now) { now[$1] = $2; cpu[$1] = $3; next }
        {
            percent = 100 * ($3 - cpu[$1]) / ($2 - now[$1])
            no = $1 == 1 ? percent < 2 : percent >= 2
            wrong += no
            printf "rank %d %s: %.2f s of CPU in %.2f s, %.2f %% of a core, wanted %s 2: %s\n", $1,
                   ($1 == 1 ? "by turns" : "at rest"), $3 - cpu[$1], $2 - now[$1], percent,
                   ($1 == 1 ? ">=" : "<"), (no ? "NO" : "OK")
        }
        END { exit (wrong > 0) }'
}

resting() {
    : >"$folder/stderr"
    mpirun -q -np 4 "$build/dotbench" --points=1x2,2x1 --size=1M --budget="$((watch + 60))s" \
        --precision=0.000001 --rounds=1:1000000 --format=csv >/dev/null 2>"$folder/stderr" &
    job=$!
    wait_for_work
    watch_ranks >"$folder/clocks" || exit
    sleep "$watch"
    watch_ranks >>"$folder/clocks" || exit
    kill "$job"
    wait "$job"
    job=
    judge_resting <"$folder/clocks"
}

[ -x "$build/dotbench" ] || fail "give a build folder with dotbench"
for number in "$pairs" "$budget" "$watch"; do
    [[ $number =~ ^[1-9][0-9]*$ ]] || fail "$number: write a whole number above 0"
done
[ "$pairs" -ge 6 ] || fail "$pairs pairs: fewer than 6 have no interval"
folder=$(mktemp -d)
trap finish EXIT
trap 'exit 130' INT TERM

status=0
for ((pair = 1; pair <= pairs; pair++)); do
    line=$(one_pair "$pair") || exit
    echo "$line" >>"$folder/pairs"
    awk -v pair="$pair" '{ printf "pair %d: %.3f with 1 rank, %.3f with 4, ratio %.3f\n",
                                  pair, $1, $2, $2 / $1 }' <<<"$line"
done
judge_speedups <"$folder/pairs" || status=1
resting || status=1
exit "$status"
