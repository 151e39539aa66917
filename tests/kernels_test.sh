#!/usr/bin/env bash
# kernels_test.sh BUILD - every kernel at sizes with edges, on every split of 1 to 3 ranks and 1 to 4
# threads and under every binding, gives the proof's result, and the same bits on all of them.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

sizes=0,1,2,7,1009,65537
kernels=$("$build/dotbench" --list | awk 'NR > 1 { count++ } END { print count }')

same_bits() { # FILE: the operands are integers, so no order of additions may show
    local rows
    rows=$(cells "$1" kernel n result | sort -u)
    equal "$(cut -d'|' -f1,2 <<<"$rows" | uniq -d)" ''
}

dots_agree() { # FILE: kernels of one formula
    equal "$(cells "$1" kernel n result | grep '^dot' | cut -d'|' -f2,3 | sort -u |
        cut -d'|' -f1 | uniq -d)" ''
}

zero_is_zero() { # FILE
    equal "$(cells "$1" kernel n result | grep '^dot[^|]*|0|' | cut -d'|' -f3 | sort -u)" 0x0p+0
}

every_split() { # FILE RANKS THREADS BINDS: each kernel at each size has each of them once
    equal "$(cells "$1" kernel n bind ranks threads | sort -u | wc -l)" \
        $((kernels * $(tr ',' '\n' <<<"$sizes" | wc -l) * $2 * $3 * $4))
}

right() { # RANKS THREADS BINDS
    local rows=$((kernels * $(tr ',' '\n' <<<"$sizes" | wc -l) * $1 * $2 * $3))
    claim 'exit code 0' exits 0
    claim "a row for each of kernels, sizes, bindings and splits: $rows" rows_of "$dir/out" "$rows"
    claim 'no row twice' every_split "$dir/out" "$1" "$2" "$3"
    claim 'every row is verified' all_rows "$dir/out" '^true\|0$' verified error
    claim 'every row was measured' all_rows "$dir/out" '^1\|[0-9.e-]+$' rounds time_median
    claim 'a kernel has the same bits on every split' same_bits "$dir/out"
    claim 'the dot products have the same bits' dots_agree "$dir/out"
    claim 'the dot product of nothing is 0' zero_is_zero "$dir/out"
}

claim 'there are kernels to test' [ "${kernels:-0}" -ge 3 ]

several || skip 'splits over ranks: this build has no MPI'
# Ranks of MPICH wait without yielding: with more workers than cores a call takes 10 ms.
threads=4
several && ! open_mpi && threads=2
ranks 3 "$build/dotbench" -k all -n "$sizes" -r "$(up_to 3)" -t "$(seq -s, $threads)" \
    --oversubscribe --rounds=1:1 --format=csv -q
right "$(most 3)" $threads 1

sizes=0,1009
ranks 2 "$build/dotbench" -k all -n "$sizes" -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=1:1 \
    --bind=close,spread,none --format=csv -q
right "$(most 2)" 2 3
claim 'the rows left unbound say so' \
    equal "$(cells "$dir/out" bind note | grep '^none' | grep -cv 'binding as found')" 0

finish
