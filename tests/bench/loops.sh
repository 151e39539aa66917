#!/usr/bin/env bash
# loops.sh - break-even sizes of two workers for a loop without a result, measured by loopbench with
# both values of --sync, and by a program of MPI and OpenMP that does not use rxt.
#
#   tests/bench/loops.sh BUILD [ROUNDS]
#
# BUILD   a build folder with loopbench
# ROUNDS  rounds of the program, and minimum of rounds of loopbench (default 15); with fewer than 6
#         there is no interval
#
# A round of the program is three jobs, one after the other: one rank, one rank with two threads,
# two ranks. The ranks wait at a barrier after each loop. A speedup is the median of the ratios of
# two times of the same round, as in loopbench. The break-even size is the size at which the speedup
# crosses 1 for the last time, interpolated logarithmically between two sizes; the sizes that
# loopbench reports itself have brackets. There is no bar: the loop of the compiler and the loop of
# the kit differ, so their break-even sizes may differ. But the size of the program should be near
# the size of --sync=call.
#
# Run it on a quiet machine with two cores or more. It takes about 2 min. Exit code: 0 if everything
# was measured, otherwise 2.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

rounds=${2:-15}
sizes=(1000 2000 5000 10000 20000 50000 100000 1000000 10000000)
list=$(IFS=, && echo "${sizes[*]}")

# Runs one job of the program, and appends lines "ROUND N SECONDS" to the file.
job() { # FILE RANKS THREADS
    OMP_NUM_THREADS=$3 "$mpirun" -q -np "$2" --bind-to "$([ "$3" = 1 ] && echo core || echo none)" \
        "$build/tests/bench_looped" "${sizes[@]}" >"$folder/job" 2>"$folder/stderr" ||
        fail "bench_looped failed: $(tail -n 1 "$folder/stderr")"
    awk -v round="$round" '{ print round, $1, $2 }' "$folder/job" >>"$folder/$1"
}

# Prints "MEDIAN LOW HIGH" of the program's speedup at a size.
of_program() { # SPLIT N
    awk -v n="$2" 'FNR == NR { if ($2 == n) serial[$1] = $3; next }
        $2 == n { print $3, serial[$1] }' "$folder/1x1" "$folder/$1" | ratio 1
}

# Prints the same figures from a study of loopbench.
of_study() { # SYNC SPLIT N
    python3 "$root/tests/bench/study.py" "$folder/$1.json" "add,$3,$2" "add,$3,1x1" | ratio 1
}

# Prints the size at which the speedups in lines "N SPEEDUP" cross 1 for the last time.
crossing() {
    awk '{ n[NR] = $1; s[NR] = $2 }
        END {
            for (i = NR; i > 0 && s[i] >= 1; i--) {}
            if (i == NR) print "none"
            else if (i == 0) print "at most " n[1]
            else {
                part = log(1 / s[i]) / log(s[i + 1] / s[i])
                printf "%.3g\n", exp(log(n[i]) + part * log(n[i + 1] / n[i]))
            }
        }'
}

speedups() { # SPLIT
    local n line
    for n in "${sizes[@]}"; do
        read -r -a line < <(echo "$n $(of_program "$1" "$n") $(of_study call "$1" "$n")" \
            "$(of_study visit "$1" "$n")")
        [ ${#line[@]} = 10 ] || fail "$1 at n = $n: no interval"
        printf '%s\n' "${line[*]}"
    done
}

tell() { # SPLIT
    local n p pl ph c cl ch v vl vh
    speedups "$1" >"$folder/lines"
    while read -r n p pl ph c cl ch v vl vh; do
        echo "  $1, n = $n: $p [$pl $ph] the program, $c [$cl $ch] --sync=call," \
            "$v [$vl $vh] --sync=visit"
    done <"$folder/lines"
    echo "= $1 pays from n = $(cut -d ' ' -f 1,2 "$folder/lines" | crossing) (the program)," \
        "$(cut -d ' ' -f 1,5 "$folder/lines" | crossing) (--sync=call)," \
        "$(cut -d ' ' -f 1,8 "$folder/lines" | crossing) (--sync=visit)"
}

take_build "${1:-}" loopbench tests/bench_peers
[ -x "$build/tests/bench_looped" ] || fail "ranks need MPI, and this build has none"
[ -n "$(command -v python3)" ] || fail "python3 is not installed; it reads the studies"
whole_numbers "$rounds"
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT

for ((round = 1; round <= rounds; round++)); do
    job 1x1 1 1
    job 1x2 1 2
    job 2x1 2 1
done
for sync in call visit; do
    "$mpirun" -q -np 2 "$build/loopbench" -k add -n "$list" -p 1x2,2x1 --sync=$sync \
        --rounds="$rounds:$((4 * rounds))" -o "$folder/$sync.json" >"$folder/$sync.txt" \
        2>"$folder/stderr" || fail "loopbench failed: $(tail -n 1 "$folder/stderr")"
    awk -v sync="$sync" '/^Two threads/ { on = 1 }
        on { print "  --sync=" sync ": " $0 }
        /\.$/ { on = 0 }' "$folder/$sync.txt"
done
tell 1x2
tell 2x1
