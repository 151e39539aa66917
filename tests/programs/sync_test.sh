#!/usr/bin/env bash
# sync_test.sh BUILD - a call of a kernel without a result ends when all workers know that all have
# finished; with --sync=visit each worker continues by itself.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

bench=$build/loopbench
edges=(-n '0,1,1009' --oversubscribe --rounds=1:1 --format=csv -q '--team=forkjoin,resident')
several && edges+=('--combine=mpi,window')
splits=1x3
several && splits+=,2x1,2x3
open_mpi && splits+=,3x1

# ---- what the rows say ----

said_of() { # KERNEL...
    local pattern
    pattern=$(printf '^%s[|]|' "$@")
    cells "$dir/out" kernel sync | grep -E "${pattern%|}" | sort -u | paste -sd' '
}
for sync in call visit; do
    ranks "$(crowd_of 3)" "$build/kernbench" -k add,axpy,triad_openmp,sum --sync=$sync -p "$splits" \
        "${edges[@]}"
    claim "--sync=$sync: exit code 0" exits 0
    claim "--sync=$sync: every row is verified" all_rows "$dir/out" '^true$' verified
    claim "--sync=$sync: a kernel without a result has it in its rows" \
        equal "$(said_of add axpy)" "add|$sync axpy|$sync"
    claim "--sync=$sync: a result ends calls, and so do threads of a kernel's own" \
        equal "$(said_of sum triad_openmp)" 'sum|call triad_openmp|call'
done
run "$bench" -k add -n 1k --rounds=1:1 --format=csv -q
claim 'call is the default' equal "$(cells "$dir/out" sync | sort -u)" call

file=$dir/study.json
run "$bench" -k add -n 1k --rounds=1:1 --sync=visit -o "$file"
claim 'the report says what is not usual' grep -q '^splits .* sync visit,' "$dir/out"
claim 'the settings in the file say it' grep -q '"sync": *"visit", *"bind"' "$file"
run "$build/rxt" plot "$file" -o "$dir/none.xyz"
claim 'a file with the column is read' says_once '.xyz'
run "$bench" --dry-run -k add -n 1k --sync=visit
claim 'the plan says it' grep -q '; sync visit$' "$dir/out"

run "$build/dotbench" -n 1k --rounds=1:1 --sync=visit --format=csv
claim 'where all have results: measured' exits 0
claim 'where all have results: one line says that it changes nothing' \
    equal "$(grep -c -- '--sync=visit: has no effect here' "$dir/err")" 1

by_budget "$dir/calls.csv" run "$bench" -k add -n 1k -r 1 -t 1 --rounds=1000000 --budget=SOON -q \
    -o "$dir/calls.csv"
run "$bench" -k add -n 1k -r 1 -t 1 --rounds=1000000 --budget=30s -q -o "$dir/calls.csv" \
    --resume=force --sync=visit
refused '--resume: ' 'is from another study (sync: "call" there, "visit" here)'

refuse --sync=never -- '--sync=never' 'call, visit'

# ---- what the calls do ----

# Counts this rank's barriers. MPI_Comm is a pointer or an int, depending on the MPI; either fits
# into a long.
cat >"$dir/count.c" <<'END'
#include <stdio.h>
#include <stdlib.h>
int PMPI_Barrier(long comm);
int PMPI_Finalize(void);
static long barriers;
int MPI_Barrier(long comm)
{
    barriers++;
    return PMPI_Barrier(comm);
}
int MPI_Finalize(void)
{
    FILE *file = fopen(getenv("SHIM_FILE"), "a");
    if (file) {
        fprintf(file, "%ld\n", barriers);
        fclose(file);
    }
    return PMPI_Finalize();
}
END
# If another load disturbed a visit, the visit may have few calls; and there are other barriers,
# too.
counted() { # SYNC: sets $barriers, the fewest of a rank, and $calls of the visit
    local tries
    for ((tries = 0; tries < 20; tries++)); do
        count "$1"
        [ "${calls:-0}" -lt 500 ] || break
    done
    claim "$1: measured" exits 0
    claim "$1: calls enough to tell" [ "${calls:-0}" -ge 500 ]
}
count() { # SYNC
    rm -f "$dir/barriers"
    ranks 2 env "LD_PRELOAD=$dir/count.so" "SHIM_FILE=$dir/barriers" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" "$bench" -k add -n 1k -r 2 -t 1 \
        --oversubscribe --rounds=1:1 --sync="$1" --format=csv -q
    barriers=$(sort -n "$dir/barriers" | head -n 1)
    calls=$(cells "$dir/out" ranks calls | sed -n 's/^2|//p')
}
if several && cc -O1 -shared -fPIC -o "$dir/count.so" "$dir/count.c"; then
    counted call
    claim 'call: the ranks meet at every call' [ "$barriers" -ge "$calls" ]
    counted visit
    claim 'visit: they do not' [ "$barriers" -lt "$calls" ]
else
    skip 'barriers: no MPI, or cc makes no shared library here'
fi

finish
