#!/usr/bin/env bash
# agreement_test.sh BUILD - all ranks measure one plan: on nodes whose caches differ the poorest counts,
# and ranks that were started with different options are told so in one line, and none waits.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

several || { skip 'a build without MPI has one rank'; exit 77; }
limit=$((limit / 3))

# ---- caches that differ from rank to rank ----

# Two ranks, whose topologies have second-level caches of so many bytes.
two_caches() { # BYTES BYTES ARGUMENT...
    local each=() bytes
    for bytes in "$1" "$2"; do
        each+=(: -np 1 env HWLOC_THISSYSTEM=1 "HWLOC_COMPONENTS=synthetic,-gl"
            HWLOC_SYNTHETIC="pack:1 l3:1(size=4194304) l2:2(size=$bytes) l1d:1(size=32768) core:1 pu:1"
            "$bench" "${@:3}")
    done
    run "$mpiexec" "${each[@]:1}"
}
measured() { # WORDS
    claim "$1: exit code 0" exits 0
    claim "$1: every row is verified" all_rows "$dir/out" '^true$' verified
}
short=(--rounds=2:2 --format=csv -q -r '1,2' -t 1 --oversubscribe)
two_caches 1048576 524288 -k dot,copy,triad -n 1k,60k,100k "${short[@]}"
measured 'second-level caches of 1 MiB and 512 KiB'
two_caches 524288 1048576 -k dot,copy,triad -n 1k,60k,100k "${short[@]}"
measured 'the same the other way round'
# What loads show on this machine counts in the place of a size that they contradict: for both ranks.
two_caches 3145728 6291456 -n L2 "${short[@]}" -o "$dir/study.json"
measured '-n L2 of 3 MiB and 6 MiB'
counts=$(cache_of "$dir/study.json" caches_measured L2)
[ "$counts" != null ] || counts=3145728
claim '-n L2: half of the smaller one, or of what counts' all_rows "$dir/out" "^$((counts / 2))\$" bytes
two_caches 1048576 4194304 -n L2,dram "${short[@]}" --dry-run
claim 'a dry run: exit code 0' exits 0

# ---- options that differ ----

differ() { # WORDS FIRST'S-PROGRAM-AND-ARGUMENTS -- SECOND'S
    local first=() words=$1
    shift
    while [ "$1" != -- ]; do
        first+=("$1")
        shift
    done
    run "$mpiexec" -np 1 "$build/${first[0]}" "${first[@]:1}" : -np 1 "$build/$2" "${@:3}"
    claim "$ran: exit code 2" exits 2
    claim "$ran: one message" says_once "different things ($words)" 'the same program and options'
    claim "$ran: nothing on stdout" empty "$dir/out"
}
same=(-n 1k --rounds=2:2 -q)
differ 'plan, size, n' dotbench "${same[@]}" -- dotbench "${same[@]}" -n 5k
differ 'seed' dotbench "${same[@]}" -- dotbench "${same[@]}" --seed=7
differ 'plan, points' dotbench "${same[@]}" -- dotbench "${same[@]}" -p 2x1
differ 'plan, kernel' dotbench "${same[@]}" -- dotbench "${same[@]}" -k dot_openmp
differ 'program, plan, kernel' dotbench "${same[@]}" -- redbench "${same[@]}"
differ 'rounds_min, rounds_max' dotbench "${same[@]}" -- dotbench "${same[@]}" --rounds=3:3
differ 'budget, budget_given' dotbench "${same[@]}" -- dotbench "${same[@]}" --budget=3s

finish
