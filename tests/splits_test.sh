#!/usr/bin/env bash
# splits_test.sh BUILD - what is compared with what: weak scaling has n elements on every worker, and
# speedups that are ratios of rates; any split can be the baseline;
# nodes, and ranks on each, can be named.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

bench=$build/dotbench

several || skip 'splits over ranks: this build has no MPI'

# ---- weak scaling ----

sizes=0,1,7,1009,65536

# Of each row: n for each of its workers, 16 bytes an element.
footprints() { # FILE
    equal "$(cells "$1" n workers bytes | awk -F'|' '$1 * $2 * 16 != $3')" ''
}

# Efficiency is a worker's part of the speedup, within the digits printed.
parts_of_speedups() { # FILE
    equal "$(cells "$1" workers speedup efficiency |
        awk -F'|' '{ d = $1 * $3 - $2; if (d < 0) d = -d; if (!($2 > 0) || d > 1e-8 * $2) print }')" ''
}

# GB/s is of all workers' bytes; of nothing, nothing.
rates_of_all() { # FILE
    equal "$(cells "$1" bytes time_median gbytes_per_s |
        awk -F'|' '{ d = $1 / $2 / 1e9 - $3; if (d < 0) d = -d; if (d > 1e-7 * $3) print }')" ''
}

ranks 3 "$bench" -k dot,dot_openmp --scaling=weak -n "$sizes" -r "$(up_to 3)" -t 1,2 --oversubscribe \
    --rounds=2:2 --format=csv -q
claim 'weak: exit code 0' exits 0
claim 'weak: a row for each kernel, size and split' rows_of "$dir/out" $((20 * $(most 3)))
claim 'weak: every row says so' all_rows "$dir/out" '^weak$' scaling
claim 'weak: n is the size as given' \
    equal "$(cells "$dir/out" n | sort -nu | paste -sd,)" "$sizes"
claim 'weak: n elements on every worker' footprints "$dir/out"
claim 'weak: every row is verified' all_rows "$dir/out" '^true\|0$' verified error
claim 'weak: speedup is workers times efficiency' parts_of_speedups "$dir/out"
claim 'weak: rates count all elements' rates_of_all "$dir/out"
claim 'weak: the baseline has speedup 1' \
    equal "$(cells "$dir/out" ranks threads speedup efficiency | grep '^1|1|' | sort -u)" '1|1|1|1'

# In one round the median of the ratios is the ratio of the times.
ranks 2 "$bench" --scaling=weak -n 50021 -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=1:1 --format=csv -q
claim 'weak: the speedup is the ratio of rates' equal "$(
    cells "$dir/out" workers time_median speedup | awk -F'|' '
        NR == 1 { one = $2 }
        { d = $1 * one / $2 / $3 - 1; if (NR != 1 && (d < 0 ? -d : d) > 1e-7) print }')" ''
claim 'weak: the same result for as many workers' \
    equal "$(cells "$dir/out" workers result | sort -u | cut -d'|' -f1 | uniq -d)" ''

ranks 2 "$bench" --scaling=weak -n 1k --rounds=2:2 -q
claim 'weak: exit code 0 for text, too' exits 0
claim 'weak: the text says whose n it is' holds "$dir/out" 'n = 1k a worker   16 kB each'

ranks 2 "$bench" --scaling=weak -n 9e18 -r "$(up_to 2)" -t 1,2 --oversubscribe
claim 'weak: a size that cannot be counted: exit code 2' exits 2
claim 'weak: a size that cannot be counted: one message' says_once '--size=9' "$((2 * $(most 2))) workers"

# 2.4 GB for each of two workers.
for named in -t\ 2 -r\ 2 -p\ 2x1; do
    # shellcheck disable=SC2086
    run "$bench" --dry-run --topology='pack:1 numa:1(memory=4GB) core:2 pu:1' --ranks-started=2 \
        --scaling=weak -n 150M $named
    claim "weak: $named, which memory leaves nowhere: exit code 2" exits 2
    claim "weak: $named, which memory leaves nowhere: one message" says_once \
        "=${named#* }: needs 4.8 GB, but only " 'choose smaller sizes'
done

# ---- the baseline ----

# The rows of that split, and only they, have speedup 1; all name it.
against() { # FILE RANKS THREADS
    all_rows "$1" "^$2x$3\$" baseline && equal "$(cells "$1" ranks threads speedup efficiency |
        grep '|1|1$' | sort -u)" "$2|$3|1|1"
}

baselines=1x2
if several; then
    baselines='1x2 2x1'
fi
for baseline in $baselines; do
    ranks 2 "$bench" -k dot,dot_blas -n 1009,65536 -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=2:2 \
        --baseline="$baseline" --format=csv -q
    claim "--baseline=$baseline: exit code 0" exits 0
    claim "--baseline=$baseline: no row more, none less" rows_of "$dir/out" $((8 * $(most 2)))
    claim "--baseline=$baseline: speedups are against it" \
        against "$dir/out" "${baseline%x*}" "${baseline#*x}"
    claim "--baseline=$baseline: 1x1 alone is a plain call" equal \
        "$(cells "$dir/out" ranks threads team combine | sort -u | grep -- '|-|-$')" '1|1|-|-'
done

ranks 1 "$bench" -n 1k -t 1,2 --oversubscribe --rounds=1:1 --baseline=1x3 --format=csv -q
claim '--baseline of no other option: it is measured as well' \
    equal "$(cells "$dir/out" ranks threads baseline | paste -sd' ')" '1|1|1x3 1|2|1x3 1|3|1x3'

why='only 2 ranks were started'
if ! several; then
    why='this build has no MPI'
fi
ranks 2 "$bench" -n 1k -r "$(up_to 2)" -t 1 --oversubscribe --rounds=1:1 --baseline=9x1
claim '--baseline of more ranks than started: exit code 0' exits 0
claim '--baseline of more ranks than started: says so' holds "$dir/err" "--baseline=9x1: $why"
claim '--baseline of more ranks than started: once' \
    equal "$(said | grep -c '; speedups are against 1×1')" 1
claim '--baseline of more ranks than started: the header names 1×1' \
    holds "$dir/out" 'baseline   1×1, one thread, no MPI (--baseline=9x1'

# ---- nodes; here there is one ----

nodes_of() { # ARGUMENT...: the splits that they mean, 1x1 among them
    ranks 2 "$bench" -n 1k --rounds=1:1 --oversubscribe --format=csv -q "$@"
    claim "$ran: exit code 0" exits 0
    claim "$ran: on one node" all_rows "$dir/out" '^1$' nodes
    splits=$(cells "$dir/out" ranks threads | tr '|' x | paste -sd' ')
}

most=$(most 2)
nodes_of --ranks-per-node="$(up_to 2)" -t 1,2
claim '--ranks-per-node with --threads: their grid' \
    equal "$(wc -w <<<"$splits") ${splits##* }" "$((2 * most)) ${most}x2"
nodes_of -N 1 --ranks-per-node="$most" -t 3
claim '-N with --ranks-per-node: 1x1 and theirs' equal "$splits" "1x1 ${most}x3"
nodes_of --nodes=1 -p "${most}x4,1x2@1"
claim '--nodes with pairs: those' equal "$splits" "1x1 1x2 ${most}x4"
nodes_of
usual=$splits
nodes_of -N 1
claim '-N 1 on one node: the usual splits' equal "$splits" "$usual"

finish
