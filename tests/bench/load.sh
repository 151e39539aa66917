#!/usr/bin/env bash
# load.sh - the effect of a competing load on speedups: on paired speedups, and on speedups whose
# splits are measured one after the other.
#
#   tests/bench/load.sh BUILD [STUDIES] [SECONDS] [THIRD] [LOADS] [SIZE ...]
#
# BUILD    a build folder with dotbench
# STUDIES  studies of each kind (default 9); with fewer than 6 there is no interval
# SECONDS  length of a study, a multiple of 3 (default 12)
# THIRD    the third of a study in which the load runs, 1 to 3 (default 1)
# LOADS    busy processes (default: one for each CPU)
# SIZE     elements (default 100k 1M)
#
# A paired study is one run over 1x1, 1x2 and 2x1. The other kind of study is three runs one after
# the other, of 1x1, of 1x2 and of 2x1, each with a third of the time; a speedup is the ratio of the
# median times of two runs.
# Quiet and loaded studies alternate. The load is endless loops that are not bound to a CPU. A
# single loop would run on the core that 1x1 does not use, and would not disturb 1x1. So there is
# one loop for each CPU; together they take half of every core. With THIRD 1 the load starts when
# measuring starts.
#
# The figure is (speedup under load) / (speedup of the quiet study before it), a median. The bar for
# paired speedups is 0.95 to 1.05. Of the speedups measured one after the other, at least one must
# be outside of 0.95 to 1.05: otherwise the load had no effect and the paired figures prove nothing.
#
# Run it on a quiet machine with two cores or more. It takes STUDIES x 4 x (SECONDS + 1.5 s) for
# each size. Exit code: 0 if no bar was missed, 1 if a bar was missed, 2 if something could not be
# run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

studies=${2:-9} seconds=${3:-12} third=${4:-1} loads=${5:-$(nproc)}
sizes=("${@:6}")
[ ${#sizes[@]} -gt 0 ] || sizes=(100k 1M)
running=()

# shellcheck disable=SC2317 # called by the trap
finish() {
    [ ${#running[@]} -eq 0 ] || kill "${running[@]}" 2>/dev/null
    rm -rf "$folder"
}

# Starts the load, for $1 seconds.
load() {
    local i

    for ((i = 0; i < loads; i++)); do
        timeout "$1" sh -c 'while :; do :; done' &
        running+=($!)
    done
    wait "${running[@]:1}"
}

# Waits until the run measures: then the run prints the time of a round to stderr.
wait_for_work() {
    local i

    for ((i = 0; i < 600; i++)); do
        grep -q 'one round takes' "$folder/stderr" && return
        kill -0 "${running[0]}" 2>/dev/null || break
        sleep 0.05
    done
    fail "the run did not begin: $(tail -n 1 "$folder/stderr")"
}

# Measures the splits $2 at n = $1 for $3 seconds, into the file csv. If $4 is given, the load
# starts $4 seconds after the beginning of the measurement.
measure() {
    : >"$folder/stderr"
    "$mpirun" -q -np 2 "$build/dotbench" --splits="$2" --size="$1" --budget="$3s" \
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

# Prints column $1 of the split with $2 ranks and $3 threads. (The cells to the left of this column
# contain no comma.)
cell() {
    awk -F, -v column="$1" -v ranks="$2" -v threads="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        NR > 1 && $at["ranks"] == ranks && $at["threads"] == threads { print $at[column] }
    ' "$folder/csv"
}

# The two kinds of study (paired, in_turn) measure size $1, quiet or loaded ($2), and append their
# speedups of 1x2 and 2x1 to `line`.
paired() {
    local after=

    [ "$2" = quiet ] || after=$(((third - 1) * seconds / 3))
    measure "$1" 1x2,2x1 "$seconds" "$after"
    line+=" $(cell speedup 1 2) $(cell speedup 2 1)"
}

in_turn() {
    local split turn=0 after times=()

    for split in 1x1 1x2 2x1; do
        turn=$((turn + 1))
        after=
        [ "$2" = quiet ] || [ "$turn" -ne "$third" ] || after=0
        measure "$1" "$split" $((seconds / 3)) "$after"
        times+=("$(cell time_median "${split%x*}" "${split#*x}")")
    done
    line+=" $(awk '{ print $1 / $2, $1 / $3 }' <<<"${times[*]}")"
}

# Prints one line of the table: number, load, the four speedups.
study() { # SIZE NUMBER LOAD
    line="$2 $3"
    paired "$1" "$3"
    in_turn "$1" "$3"
    [ "$(wc -w <<<"$line")" -eq 6 ] || fail "a speedup is missing: $line"
    echo "$line" >>"$folder/$1"
    awk '{ printf "%5d  %-6s %9.3f %9.3f %12.3f %9.3f\n", $1, $2, $3, $4, $5, $6 }' <<<"$line"
}

# Prints pairs "QUIET LOADED" of the speedups in COLUMN: one line for a quiet study and the loaded
# study after it.
both() { # SIZE COLUMN
    awk -v column="$2" '
        $2 == "quiet" { quiet = $column; next }
        { print quiet, $column }' "$folder/$1"
}

# Is at least one of two figures outside of the limits?
outside() { # VERDICT VERDICT: whether each is inside
    case $1,$2 in
    *missed*) echo reached ;;
    reached,reached) echo missed ;;
    *) echo 'cannot tell' ;;
    esac
}

judge() { # SIZE
    local name="speedup at n = $1, under load / quiet" inside=0.95:1.05
    local split=([5]=1x2 [6]=2x1) column value low high felt=()

    figure_of "$name, paired, 1x2" $inside < <(both "$1" 3)
    figure_of "$name, paired, 2x1" $inside < <(both "$1" 4)
    for column in 5 6; do # judged together, so both intervals hold simultaneously
        read -r value low high < <(both "$1" "$column" | ratio 2)
        figure "$name, one after the other, ${split[column]}" "$value" "$low" "$high" -
        felt+=("$(verdict "$low" "$high" $inside)")
    done
    judged "load felt at n = $1: one of these two is outside 0.95 to 1.05" "$(outside "${felt[@]}")"
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

take_build "${1:-}" dotbench tests/bench_peers
[ -n "$mpirun" ] || fail "ranks need MPI, and this build has none"
whole_numbers "$studies" "$seconds" "$third" "$loads"
[ $((seconds % 3)) -eq 0 ] || fail "$seconds seconds: write a multiple of 3"
[ "$third" -le 3 ] || fail "third $third: write 1, 2 or 3"
folder=$(mktemp -d)
trap finish EXIT
trap 'exit 130' INT TERM

for size in "${sizes[@]}"; do
    one_size "$size"
done
outcome
