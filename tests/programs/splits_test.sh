#!/usr/bin/env bash
# splits_test.sh BUILD - which splits are compared: with weak scaling every worker has n elements,
# and speedups are ratios of rates; any split can be the baseline; nodes, and ranks per node, can be
# chosen.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/dotbench

several || skip 'splits over ranks: this build has no MPI'

# ---- weak scaling ----

sizes=0,1,7,1009,65536

# In each row, bytes must be n times workers times 16.
footprints() { # FILE
    equal "$(cells "$1" n workers bytes | awk -F'|' '$1 * $2 * 16 != $3')" ''
}

# Efficiency must be speedup / workers, within the digits printed.
parts_of_speedups() { # FILE
    equal "$(cells "$1" workers speedup efficiency |
        awk -F'|' '{ d = $1 * $3 - $2; if (d < 0) d = -d; if (!($2 > 0) || d > 1e-8 * $2) print }')" ''
}

# GB/s counts the bytes of all workers; without elements it is 0.
rates_of_all() { # FILE
    equal "$(cells "$1" bytes time_median gbytes_per_s |
        awk -F'|' '{ d = $1 / $2 / 1e9 - $3; if (d < 0) d = -d; if (d > 1e-7 * $3) print }')" ''
}

crowd=$(crowd_of "$(most 3)")
ranks 3 "$bench" -k dot,dot_openmp --scaling=weak -n "$sizes" -r "$(up_to "$crowd")" -t 1,2 \
    --oversubscribe --rounds=2:2 --format=csv -q
claim 'weak: exit code 0' exits 0
claim 'weak: a row for each kernel, size and split' rows_of "$dir/out" $((20 * crowd))
claim 'weak: every row says so' all_rows "$dir/out" '^weak$' scaling
claim 'weak: n is the size as given' \
    equal "$(cells "$dir/out" n | sort -nu | paste -sd,)" "$sizes"
claim 'weak: n elements on every worker' footprints "$dir/out"
claim 'weak: every row is verified' all_rows "$dir/out" '^true\|0$' verified error
claim 'weak: speedup is workers times efficiency' parts_of_speedups "$dir/out"
claim 'weak: rates count all elements' rates_of_all "$dir/out"
claim 'weak: the baseline has speedup 1' \
    equal "$(cells "$dir/out" ranks threads speedup efficiency | grep '^1|1|' | sort -u)" '1|1|1|1'

# With one round, the median of the ratios is the ratio of the times.
ranks 2 "$bench" --scaling=weak -n 50021 -r "$(up_to 2)" -t 1,2 --oversubscribe --rounds=1:1 --format=csv -q
claim 'weak, one round: a row for each split' rows_of "$dir/out" $((2 * $(most 2)))
claim 'weak: the speedup is the ratio of rates' equal "$(
    cells "$dir/out" workers time_median speedup | awk -F'|' '
        NR == 1 { one = $2 }
        { d = $1 * one / $2 / $3 - 1; if (NR != 1 && (d < 0 ? -d : d) > 1e-7) print }')" ''
claim 'weak: the same result for as many workers' \
    equal "$(cells "$dir/out" workers result | sort -u | cut -d'|' -f1 | uniq -d)" ''

ranks 2 "$bench" --scaling=weak -n 1k --rounds=2:2 -q
claim 'weak: exit code 0 for text, too' exits 0
claim 'weak: the text says whose n it is' holds "$dir/out" 'n = 1k per worker   16 kB each'

ranks 2 "$bench" --scaling=weak -n 9e18 -r "$(up_to 2)" -t 1,2 --oversubscribe
claim 'weak: a size that cannot be counted: exit code 2' exits 2
claim 'weak: a size that cannot be counted: one message' says_once '--size=9' "$((2 * $(most 2))) workers"

# The node has 4 GB, and each of two workers needs 2.4 GB.
for named in -t\ 2 -r\ 2 -p\ 2x1; do
    # shellcheck disable=SC2086
    run "$bench" --dry-run --topology='pack:1 numa:1(memory=4GB) core:2 pu:1' --ranks-started=2 \
        --scaling=weak -n 150M $named
    claim "weak: $named, which memory leaves nowhere: exit code 2" exits 2
    claim "weak: $named, which memory leaves nowhere: one message" says_once \
        "=${named#* }: needs 4.8 GB, but only " 'choose smaller sizes'
done

# ---- the baseline ----

# Only the rows of that split have speedup 1, and all rows name it as the baseline.
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

# ---- teams, and ways to combine ----

combine=()
ways=1
several && combine=('--combine=window,mpi') && ways=2
splits=$((2 * $(most 2)))

# For each kernel: the serial call once, and every other split once for every team and combine that
# can call the kernel.
each_way() { # FILE KERNEL TEAMS
    equal "$(cells "$1" kernel team combine ranks threads | grep -c "^$2|")" \
        $((1 + $3 * ways * (splits - 1))) &&
        equal "$(cells "$1" kernel team combine ranks threads | sort | uniq -d)" '' &&
        equal "$(cells "$1" kernel team combine ranks threads | grep -c "^$2|-|-|1|1$")" 1
}

same_results() { # FILE
    equal "$(cells "$1" kernel result | sort -u | wc -l)" "$(cells "$1" kernel | sort -u | wc -l)"
}

for scaling in strong weak; do
    ranks 2 "$bench" -k dot,dot_openmp -n 0,1009,65536 -r "$(up_to 2)" -t 1,2 --oversubscribe \
        --team=forkjoin,resident "${combine[@]}" --scaling=$scaling --rounds=2:2 -o "$dir/teams.csv"
    claim "teams, $scaling: exit code 0" exits 0
    claim "teams, $scaling: a row for every way of dot" rows_of "$dir/teams.csv" \
        $((3 * (2 + 3 * ways * (splits - 1))))
    claim "teams, $scaling: every row is verified" all_rows "$dir/teams.csv" '^true\|0$' verified error
    claim "teams, $scaling: no speedup is missing" all_rows "$dir/teams.csv" '^[0-9.e-]+$' speedup
    claim "teams, $scaling: what is left out is said once" equal "$(said |
        grep -c 'left out: team resident of dot_openmp (brings its own threads)')" 1
done
ranks 2 "$bench" -k dot,dot_openmp -n 65536 -r "$(up_to 2)" -t 1,2 --oversubscribe \
    --team=resident,forkjoin "${combine[@]}" --rounds=6:6 --format=csv -q -o "$dir/teams.json"
claim 'teams: the serial call once, all others by each that calls the kernel' \
    each_way "$dir/out" dot 2
claim 'teams: a kernel of own threads by one' each_way "$dir/out" dot_openmp 1
claim 'teams: the same bits by all' same_results "$dir/out"
ranks 2 "$bench" -n 1k,65536 -r "$(up_to 2)" -t 1,2 --oversubscribe --team=forkjoin,resident \
    "${combine[@]}" --rounds=2:2 -q
claim 'teams: text: exit code 0' exits 0
claim 'teams: text: the header names them' holds "$dir/out" 'team forkjoin, resident, combine '
for team in forkjoin resident; do
    claim "teams: text: a table for $team at each size" equal \
        "$(grep -cE "^n = .*   team $team( |\$)" "$dir/out")" $((2 * ways))
done
run "$bench" -n 1k -t 1,2 --oversubscribe --team=resident --rounds=2:2 -q
claim 'resident alone: exit code 0' exits 0
claim 'resident alone: no table repeats it' equal "$(grep -c 'n = 1k .* team' "$dir/out")" 0
run "$bench" -n 1k -t 1,2 --team=resident,forkjoin "${combine[@]}" --oversubscribe --dry-run
claim 'teams: the dry run names them' grep -q '^team  *resident, forkjoin; combine' "$dir/out"

# An auto team calls on one thread or on all: every row must be right, and none may be missing.
splits=1x1,1x2,1x3,$(several && echo 2x2 || echo 1x4)
for scaling in strong weak; do
    ranks 2 "$bench" -k dot,triad -n 0,1,10007 -p "$splits" --oversubscribe \
        --team=auto --scaling=$scaling --type=f32 --rounds=2:2 --format=csv -q
    claim "auto, $scaling: exit code 0" exits 0
    claim "auto, $scaling: every row is verified" all_rows "$dir/out" '^true$' verified
    claim "auto, $scaling: all rows, and the team in them" equal \
        "$(cells "$dir/out" kernel team | sort | uniq -c | tr -s ' ')" "$(
            for kernel in dot triad; do
                printf ' 3 %s|-\n 9 %s|auto\n' "$kernel" "$kernel"
            done
        )"
done
run "$bench" -k dot,dot_openmp -n 1k,65536 -p 1x2 --oversubscribe --team=auto,resident,forkjoin \
    --rounds=2:2 -o "$dir/auto.json"
claim 'auto: exit code 0' exits 0
claim 'auto: the text has a table of its own' grep -qE 'n = 1k .*   team auto( |$)' "$dir/out"
claim 'auto: what it leaves out is told' equal "$(said |
    grep -c 'team auto of dot_openmp (brings its own threads); team resident of dot_openmp')" 1
claim 'auto: the file can be read again' "$(dirname "$bench")/rxt" plot "$dir/auto.json" \
    -k dot --team=auto -o "$dir/auto.svg"
run "$bench" -n 1k -p 1x2 --oversubscribe --team=auto --dry-run
claim 'auto: the dry run names it' grep -q '^team  *auto' "$dir/out"

# ---- nodes; here there is one ----

nodes_of() { # ARGUMENT...: sets $splits to the splits that they give, with 1x1
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
