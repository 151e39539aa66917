#!/usr/bin/env bash
# kernels_test.sh BUILD - every kernel gives the proof's result at critical sizes, on splits of 1 to
# 3 ranks and 1 to 3 threads and with every binding, and the same bits on all of them.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/kernbench
mapfile -t names < <("$bench" --list | awk 'NR > 1 { print $1 }')
limit=500

same_bits() { # FILE: operands are integers, so results must be equal in any order
    # (except nrm2_blas, whose partial results are rounded)
    local rows
    rows=$(cells "$1" kernel n result | grep -v '^nrm2_blas' | sort -u)
    equal "$(cut -d'|' -f1,2 <<<"$rows" | uniq -d)" ''
}

twins_agree() { # FILE: kernels whose names begin with the same word have the same formula
    equal "$(cells "$1" kernel n result | grep -v '^nrm2_blas' | sed 's/_[a-z]*|/|/' | sort -u |
        cut -d'|' -f1,2 | uniq -d)" ''
}

zero_is_zero() { # FILE
    equal "$(cells "$1" kernel n result | grep -E '^(dot|a?sum|nrm2)[^|]*\|0\|' | cut -d'|' -f3 |
        grep -vx 0x0p+0)" ''
}

within_bound() { # FILE
    cells "$1" error | awk '!($1 >= 0 && $1 <= 1) { bad = 1; print } END { exit bad }'
}

every_split() { # FILE RANKS THREADS BINDS: each kernel has every combination once for each size
    equal "$(cells "$1" kernel n bind ranks threads | sort -u | wc -l)" \
        $((kernels * $(tr ',' '\n' <<<"$sizes" | wc -l) * $2 * $3 * $4))
}

right() { # RANKS THREADS BINDS of $kernels kernels
    local rows=$((kernels * $(tr ',' '\n' <<<"$sizes" | wc -l) * $1 * $2 * $3))
    claim 'exit code 0' exits 0
    claim "a row for each of kernels, sizes, bindings and splits: $rows" rows_of "$dir/out" "$rows"
    claim 'no row twice' every_split "$dir/out" "$1" "$2" "$3"
    claim 'every row is verified' all_rows "$dir/out" '^true$' verified
    claim 'every error is within its bound' within_bound "$dir/out"
    claim 'what is exact has no error' equal "$(cells "$dir/out" kernel error |
        grep -vE '^(exp|nrm2)' | grep -v '|0$')" ''
    claim 'an element-wise loop has no result' equal "$(cells "$dir/out" kernel result |
        grep -E '^(copy|scale|add|triad|axpy|fill|sqrt|exp)' | grep -v '|$')" ''
    claim 'every row was measured' all_rows "$dir/out" '^1\|[0-9.e-]+$' rounds time_median
    claim 'a kernel has the same bits on every split' same_bits "$dir/out"
    claim 'kernels of one formula have the same bits' twins_agree "$dir/out"
    claim 'sums of nothing are 0' zero_is_zero "$dir/out"
}

claim 'there are kernels to test' [ "${#names[@]}" -ge 3 ]
run "$bench"
claim 'kernbench without -k: exit code 2' exits 2
claim 'kernbench without -k: one message' says_once '--kernel: ' '-k NAME' '--list'

several || skip 'splits over ranks: this build has no MPI'
sizes=0,7,65537 # test_kernels.c has more
measured() { # RANKS SPLITS KERNEL...: on these splits and 1x1
    kernels=$(($# - 2))
    ranks "$1" "$bench" -k "$(IFS=,; echo "${*:3}")" -n "$sizes" -p "$2" --oversubscribe \
        --rounds=1:1 --format=csv -q
    right $(($(tr -cd , <<<"$2" | wc -c) + 2)) 1 1
}
# Ranks of MPICH wait without yielding, and with more workers than cores a call takes 10 ms. So on
# three ranks MPICH runs only one kernel for each kind of result.
most_ranks=3 splits=1x3,2x2,3x1
several || splits=1x3
several && ! open_mpi && most_ranks=2 splits=1x2,2x1 && measured 3 3x1 dot iamax nrm2 max axpy
# Runs six kernels at a time, so that each job stays within the limit.
for ((k = 0; k < ${#names[@]}; k += 6)); do
    measured $most_ranks "$splits" "${names[@]:k:6}"
done

kernels=7
sizes=1009
ranks 2 "$bench" -k dot,dot_blas,dot_openmp,iamax,nrm2,axpy,exp -n "$sizes" -r "$(up_to 2)" -t 1,2 \
    --oversubscribe --rounds=1:1 --bind=close,spread,none --format=csv -q
right "$(most 2)" 2 3
claim 'the rows left unbound say so' \
    equal "$(cells "$dir/out" bind note | grep '^none' | grep -cv 'binding as found')" 0

# loopbench as users start it, with each type: its exit code, its text, and a study file that can be
# read.
for type in f64 f32; do
    ranks 2 "$build/loopbench" --type=$type -n 1009,65537 --rounds=2:2 -o "$dir/loops-$type.json"
    claim "loopbench --type=$type: exit code 0" exits 0
    claim "loopbench --type=$type: STREAM's four, named" \
        grep -q "^kernel  *copy, scale, add, triad; $type" "$dir/out"
    claim "loopbench --type=$type: none is told a result" equal "$(grep -c result "$dir/out")" 0
    claim "loopbench --type=$type: the file has no result, and every row verified" \
        equal "$(grep -Eo '"(result|verified)": *[a-z]+' "$dir/loops-$type.json" | tr -d ' ' |
            sort -u | paste -sd' ')" '"result":null "verified":true'
done

# As users start them: the programs' own kernels, in float, and one kernel alone.
sizes=0,1,1009
ranks 2 "$build/redbench" -n "$sizes" -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=1:1 \
    --format=csv -q --type=f32
kernels=$(cells "$dir/out" kernel | sort -u | wc -l)
claim 'redbench measures its reductions' [ "$kernels" -ge 5 ]
right "$(most 2)" 2 1
claim 'a user sees the element that is largest and where it is' \
    equal "$(cells "$dir/out" kernel n result | grep -cE '^iamax\|1009\|[0-9]+ 0x1\.')" \
    $((2 * $(most 2)))
claim 'the element of nothing has no index' \
    equal "$(cells "$dir/out" kernel n result | grep '^iamax|0|' | sort -u)" 'iamax|0|0x0p+0'
run "$build/redbench" -k iamax --type=f32 -n 1M --rounds=1:1
claim 'redbench -k iamax --type=f32 -n 1M: exit code 0' exits 0

# Resident teams call all kernels that do not start their own threads: all but those named *_openmp.
looped=$("$build/dotbench" --list | awk 'NR > 1 && $1 !~ /_openmp$/' | wc -l)
ranks 2 "$build/dotbench" -k all -n 1009 -p "1x2,$(most 2)x1" --oversubscribe \
    --team=resident,forkjoin --rounds=1:1 --format=csv -q
claim 'residents: exit code 0' exits 0
claim 'residents: every kernel that has a loop' \
    equal "$(cells "$dir/out" kernel team | grep '|resident$' | sort -u | wc -l)" "$looped"
claim 'residents: every row is verified' all_rows "$dir/out" '^true$' verified
claim 'residents: the same bits as others' same_bits "$dir/out"

finish
