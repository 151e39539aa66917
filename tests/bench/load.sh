#!/usr/bin/env bash
# load.sh - what a competing load does to speedups: paired, and measured one after the other.
#
#   tests/bench/load.sh BUILD [STUDIES] [SECONDS] [THIRD] [LOADS] [SIZE ...]
#
# BUILD    a build folder with dotbench
# STUDIES  studies of each kind (default 5)
# SECONDS  a study's length, a multiple of 3 (default 12)
# THIRD    the third of it, 1 to 3, in which the load runs (default 1)
# LOADS    busy processes (default: one for each CPU)
# SIZE     elements (default 100k 1M)
#
# A paired study is one run over 1x1, 1x2 and 2x1. The same points one after the other are three
# runs, of 1x1, 1x2 and 2x1, with a third of the time each; the speedup is the ratio of their median
# times. Quiet and loaded studies take turns. The load is endless loops, pinned nowhere: one alone
# finds the core that 1x1 leaves free and does it no harm, so there is one for each CPU, which takes
# half of every core. It runs from the moment when measuring begins.
#
# Wanted: the medians of the paired speedups differ by at most 5 % from the quiet ones, and of those
# measured one after the other at least one by more. Run it on a quiet machine with two cores or
# more. It takes STUDIES x 4 x (SECONDS + 1.5 s) for each size. Exit 0 when the figures are as
# wanted, 1 when not, 2 when something could not be run.
set -u
export LC_ALL=C OMPI_MCA_rmaps_base_oversubscribe=1
if [ "$(id -u)" -eq 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
fi

build=${1:-} studies=${2:-5} seconds=${3:-12} third=${4:-1} loads=${5:-$(nproc)}
sizes=("${@:6}")
[ ${#sizes[@]} -gt 0 ] || sizes=(100k 1M)
running=()

fail() {
    echo "load.sh: $*" >&2
    exit 2
}

# shellcheck disable=SC2317 # called by the trap
finish() {
    [ ${#running[@]} -eq 0 ] || kill "${running[@]}" 2>/dev/null
    rm -rf "$folder"
}

# The load, for $1 seconds.
load() {
    local i

    for ((i = 0; i < loads; i++)); do
        timeout "$1" sh -c 'while :; do :; done' &
        running+=($!)
    done
    wait "${running[@]:1}"
}

# A run measures once it says on stderr what a round takes.
wait_for_work() {
    local i

    for ((i = 0; i < 600; i++)); do
        grep -q 'one round takes' "$folder/stderr" && return
        kill -0 "${running[0]}" 2>/dev/null || break
        sleep 0.05
    done
    fail "the run did not begin: $(tail -n 1 "$folder/stderr")"
}

# Measures the points $2 at n = $1 for $3 seconds, into csv; with $4, the load comes on that many
# seconds after measuring began.
measure() {
    : >"$folder/stderr"
    mpirun -q -np 2 "$build/dotbench" --points="$2" --size="$1" --budget="$3s" \
        --precision=0.000001 --rounds=1:1000000 --format=csv \
        >"$folder/csv" 2>"$folder/stderr" &
    running=($!)
    if [ -n "$4" ]; then
        wait_for_work
        sleep "$4"
        load $((seconds / 3))
    fi
    wait "${running[0]}" || fail "dotbench failed: $(tail -n 1 "$folder/stderr")"
    running=()
}

# Column $1 of the point of $2 ranks and $3 threads. No cell before it has a comma of its own.
cell() {
    awk -F, -v column="$1" -v ranks="$2" -v threads="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 && $at["ranks"] == ranks && $at["threads"] == threads { print $at[column] }
    ' "$folder/csv"
}

# Both kinds of study, of the size $1, quiet or loaded ($2), add two speedups, 1x2 and 2x1, to line.
paired() {
    local after=

    [ "$2" = quiet ] || after=$(((third - 1) * seconds / 3))
    measure "$1" 1x2,2x1 "$seconds" "$after"
    line+=" $(cell speedup 1 2) $(cell speedup 2 1)"
}

in_turn() {
    local point turn=0 after times=()

    for point in 1x1 1x2 2x1; do
        turn=$((turn + 1))
        after=
        [ "$2" = quiet ] || [ "$turn" -ne "$third" ] || after=0
        measure "$1" "$point" $((seconds / 3)) "$after"
        times+=("$(cell time_median "${point%x*}" "${point#*x}")")
    done
    line+=" $(awk '{ print $1 / $2, $1 / $3 }' <<<"${times[*]}")"
}

# One line of the table: number, load, the four speedups.
study() { # SIZE NUMBER LOAD
    line="$2 $3"
    paired "$1" "$3"
    in_turn "$1" "$3"
    [ "$(wc -w <<<"$line")" -eq 6 ] || fail "a speedup is missing: $line"
    echo "$line" >>"$folder/$1"
    awk '{ printf "%5d  %-6s %9.3f %9.3f %12.3f %9.3f\n", $1, $2, $3, $4, $5, $6 }' <<<"$line"
}

judge() {
    awk '
        function median(load, column,   n, i, j, t, x) {
            for (i = 1; i <= count[load]; i++)
                for (x[j = ++n] = cell[load, i, column]; j > 1 && x[j - 1] > x[j]; j--) {
                    t = x[j]; x[j] = x[j - 1]; x[j - 1] = t
                }
            return (x[int((n + 1) / 2)] + x[int(n / 2) + 1]) / 2
        }
        function line(load,   c) {
            printf "median %-6s", load
            for (c = 3; c <= 6; c++)
                printf "%" (c == 5 ? 13 : 10) ".3f", median(load, c)
            print ""
        }
        function off(c) { return 100 * (median("loaded", c) / median("quiet", c) - 1) }
        function size(x) { return x < 0 ? -x : x }
        function larger(x, y) { return size(x) > size(y) ? size(x) : size(y) }
        {
            count[$2]++
            for (c = 3; c <= 6; c++)
                cell[$2, count[$2], c] = $c
        }
        END {
            line("quiet"); line("loaded")
            printf "deviation, %%  %9.1f %9.1f %12.1f %9.1f\n", off(3), off(4), off(5), off(6)
            paired = larger(off(3), off(4)); in_turn = larger(off(5), off(6))
            printf "paired: off by at most %.1f %%, wanted <= 5: %s\n", paired,
                   (paired <= 5 ? "OK" : "ABOVE")
            printf "one after the other: off by up to %.1f %%, expected > 5: %s\n", in_turn,
                   (in_turn > 5 ? "OK" : "NOT SHOWN")
            exit !(paired <= 5 && in_turn > 5)
        }' "$folder/$1"
}

one_size() {
    local number

    echo "n = $1, studies of $seconds s, $loads busy processes during third $third"
    echo "                      paired            one after the other"
    echo "study  load         1x2       2x1          1x2       2x1"
    for ((number = 1; number <= studies; number++)); do
        study "$1" "$number" quiet
        study "$1" "$number" loaded
    done
    judge "$1"
}

[ -x "$build/dotbench" ] || fail "give a build folder with dotbench"
for number in "$studies" "$seconds" "$third" "$loads"; do
    [[ $number =~ ^[1-9][0-9]*$ ]] || fail "$number: write a whole number above 0"
done
[ $((seconds % 3)) -eq 0 ] || fail "$seconds seconds: write a multiple of 3"
[ "$third" -le 3 ] || fail "third $third: write 1, 2 or 3"
folder=$(mktemp -d)
trap finish EXIT
trap 'exit 130' INT TERM

status=0
for size in "${sizes[@]}"; do
    one_size "$size" || status=1
done
exit "$status"
