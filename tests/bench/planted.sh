#!/usr/bin/env bash
# planted.sh - how often answers, break-even sizes and intervals are right in simulated studies with
# a known truth.
#
#   tests/bench/planted.sh BUILD [SEEDS]
#
# BUILD  a build folder with the tests
# SEEDS  studies of each kind (default 1000)
#
# The script measures nothing: times are drawn from fixed seeds, so every machine gives the same
# figures. It has no bars; tests/stats/test_intervals.c and other tests have them. Exit code: 0, or
# 2 if something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

seeds=${2:-1000}
take_build "${1:-}" tests/bench_answers tests/bench_break_even tests/test_intervals
whole_numbers "$seeds"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

run() { # PROGRAM ARGUMENT...
    echo "== $*"
    timeout -k 5 600 "$build/tests/$1" "${@:2}" >"$folder/out" || fail "$1 ended with $?"
    cat "$folder/out"
}

run bench_answers "$seeds"
awk -F ' *[|] *' -v seeds="$seeds" '
    $3 != "normal" { next }
    $2 == "first 3 % ahead" {
        printf "= a split 3 %% ahead, of %d splits: named alone in %s %%, a wrong one in %s %%\n",
            $4, $5, $6
    }
    $2 == "all splits equal" && $4 == 3 {
        printf "= all splits equal, of %d splits: one named alone in %.1f %%\n", $4, $5 + $6
    }' "$folder/out"
run bench_break_even "$seeds"
sed -n 's/^held in all: /= planted break-even sizes inside their intervals: /p' "$folder/out"
run test_intervals
awk '
    /^ *Test:/ {
        kind = /common/ ? "noise that a round shares" : /drift|every/ ? "" : "independent noise"
    }
    kind && match($0, /speedups held [0-9.]+/) {
        held = substr($0, RSTART + 14, RLENGTH - 14) + 0
        if (!(kind in low) || held < low[kind]) low[kind] = held
        if (held > high[kind]) high[kind] = held
    }
    END {
        for (kind in low)
            printf "= speedups covered with %s: %.1f to %.1f %% of studies\n", kind, low[kind],
                high[kind]
    }' "$folder/out"
