#!/usr/bin/env bash
# usage_test.sh BUILD - a wrong command line gets one message, once, and the exit code, with and
# without the launcher; options that only print do so once, and without starting MPI.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"


several || skip 'under the launcher: this build has no MPI'

# Nothing here measures: an error is found long before a study would end.
everything=$limit limit=$((limit / 3))
refuse --bogus -- 'unknown option --bogus' '--help'
refuse -Z -- 'unknown option -Z' '--help'
refuse dot -- 'dot: not an option' '--help'
refuse --kernel=dott -- '--kernel=dott: ' 'did you mean dot?' '--list'
refuse --team=stay -- '--team=stay: ' 'forkjoin, resident, auto'
refuse -k dot_openmp --team=resident -- '--team=resident: dot_openmp' '--team=forkjoin,resident'
refuse --combine=shm -- '--combine=shm: ' "$(several && echo 'mpi, window' || echo 'has no MPI')"
refuse --bind=open -- '--bind=open: ' 'hybrid' 'close' 'spread' 'none'
refuse --format=xml -- '--format=xml: ' 'text' 'csv' 'json'
refuse --size=-5 -- '--size=-5: ' '0 or more'
refuse --size=1e15 -- '--size=1' 'GB' 'elements fit'
refuse --size=1:0:x2 -- '--size=1:0:x2: '
refuse --threads=1:8 -- '--threads=1:8: '
refuse --threads=0 -- '--threads=0: '
refuse --ranks-per-node=2 --ranks=1 -- '--ranks-per-node: does not go with --ranks'
refuse --baseline=2 -- '--baseline=2: ' '1x4'
refuse --rounds=0 -- '--rounds=0: '
refuse --budget=soon -- '--budget=soon: '
refuse --cpus=4095 -- '--cpus=4095: ' 'choose from'
refuse --output="$dir/none/x.csv" -- "--output=$dir/none/x.csv: " 'make it first'
refuse --output="$dir/x.txt" -- "--output=$dir/x.txt: " '.json' '.csv'
refuse --plot="$dir/x.jpg" -- "--plot=$dir/x.jpg: " '.svg' '.png' '.pdf'
refuse --plot="$dir/none/x.svg" -- "--plot=$dir/none/x.svg: " 'make it first'
refuse --x=$'a\nb\e[31m.npy' -- '--x=a?b?[31m.npy: cannot be opened'
refuse --output=$'a\nb/x.csv' -- '--output=a?b/x.csv: '
refuse --topology=pack:2 -- '--topology=pack:2: ' '--dry-run'
if several; then
    ranks 4 "$bench" --ranks=8
    refused '--ranks=8: only 4 ranks were started' 'mpirun -np 8'
    run "$bench" --ranks=2
    refused '--ranks=2: only 1 rank' 'mpirun -np 2'
    run "$bench" --ranks-per-node=2
    refused '--ranks-per-node=2: only 1 rank' 'mpirun -np 2'
    refuse --nodes=2 -- '--nodes=2: only 1 node was started' 'start on 2 nodes'
    refuse --splits=2x1@2 -- '--splits=2x1@2: only 1 node was started' 'start on 2 nodes'
else
    refuse --ranks=2 -- '--ranks=2: this build has no MPI' '-DRXT_MPI=ON'
    refuse --nodes=2 -- '--nodes=2: this build has no MPI' '-DRXT_MPI=ON'
    refuse --ranks-started=2 -- '--ranks-started=2: ' '--dry-run' 'no MPI'
fi
ranks 1 "$bench" --threads=$((cores + 1))
refused "--threads=$((cores + 1)): " '--oversubscribe'
limit=$everything

# ---- what is unusual, and right ----

ranks 2 "$bench" --size=0 --rounds=1:1 --format=csv
claim 'size 0: exit code 0' exits 0
claim 'size 0: the result is 0' all_rows "$dir/out" '^0\|0x0p\+0\|true$' n result verified

run env OMP_NUM_THREADS=1 OMP_PLACES=cores "$bench" --size=1k --rounds=1:1 --format=csv
claim 'OMP_* set: exit code 0' exits 0
claim 'OMP_NUM_THREADS: one line' equal "$(said | grep -c 'OMP_NUM_THREADS=1 is ignored')" 1
claim 'OMP_PLACES: one line' equal "$(said | grep -c 'OMP_PLACES=cores is ignored')" 1
run env OMP_PLACES=cores "$bench" --size=1k --rounds=1:1 --format=csv --bind=none
claim 'OMP_PLACES with --bind=none: exit code 0' exits 0
claim 'OMP_PLACES with --bind=none: nothing to say' equal "$(said | grep -c OMP_PLACES)" 0
ranks 2 env OMP_NUM_THREADS=3 "$bench" --size=1k --rounds=1:1 --format=csv
claim 'OMP_NUM_THREADS under the launcher: one line' equal "$(said | grep -c 'OMP_NUM_THREADS=3')" 1
run env OMP_THREAD_LIMIT=1 "$bench" --size=1k --rounds=1:1 --format=csv
claim 'OMP_THREAD_LIMIT caps the study' equal "$(cells "$dir/out" threads)" 1

run "$bench" --size=1k --rounds=1:1
claim 'without mpirun: exit code 0' exits 0
if ! several; then
    claim 'without MPI: says that it compares threads only' says_once 'threads only' 'has no MPI'
    claim 'without MPI: advises no mpirun' equal "$(cat "$dir/out" "$dir/err" | grep -c mpirun)" 0
    run "$bench" --help
    claim 'without MPI: --help does not tell to start it with mpirun' \
        equal "$(grep -c 'Start it with mpirun' "$dir/out")" 0
elif [ "$cores" -gt 1 ]; then
    claim 'without mpirun: says that it compares threads only' says_once 'threads only' \
        "mpirun -np $cores ./dotbench"
else
    skip 'without mpirun, threads only: one core'
fi

# ---- what prints, and needs no MPI ----

# Makes MPI_Init fail, so that a start of MPI is noticed; only Open MPI reads this variable.
if ! several; then
    : nothing that could start
elif OMPI_MCA_pml=none timeout -k 5 20 "$bench" --size=0 --rounds=1:1 >/dev/null 2>&1; then
    skip 'no MPI_Init: cannot be made to fail here'
else
    export OMPI_MCA_pml=none
fi

has() { # FLAG...: does this processor have them, in /proc/cpuinfo?
    local flag
    for flag in "$@"; do
        grep -m 1 '^flags' /proc/cpuinfo | grep -qw "$flag" || return
    done
}

# The highest level of instruction sets that this processor can run.
level() {
    local v3=(avx2 fma bmi1 bmi2) v4=(avx512{f,bw,cd,dq,vl})
    if [ "$(uname -m)" != x86_64 ]; then
        echo generic
    elif has "${v3[@]}" "${v4[@]}"; then
        echo x86-64-v4
    else
        has "${v3[@]}" && echo x86-64-v3 || echo x86-64
    fi
}

prints() { # ARGUMENT...: the same alone, under the launcher, with no environment
    run "$bench" "$@"
    claim "$*: exit code 0" exits 0
    claim "$*: silent on stderr" empty "$dir/err"
    claim "$*: prints" [ -s "$dir/out" ]
    cp "$dir/out" "$dir/alone"
    ranks 3 "$bench" "$@"
    claim "$* under the launcher: exit code 0" exits 0
    claim "$* under the launcher: once, and the same" cmp "$dir/alone" "$dir/out"
    run env -i "$bench" "$@"
    claim "$* without an environment: the same" cmp "$dir/alone" "$dir/out"
}

prints --help
claim '--help tells the options and exit codes' holds "$dir/alone" '--oversubscribe'
prints --usage
prints --version
claim '--version names itself' grep -q '^dotbench (rxt) [0-9]' "$dir/alone"
prints --list
claim '--list has dot with its formula, traffic and types' \
    grep -qE '^dot +r = sum x\[i\] y\[i\] +2 +0 +2 +f64, f32$' "$dir/alone"
claim '--list has at most 100 columns' equal "$(awk 'length > 100' "$dir/alone")" ''
prints --list -v
claim '--list -v says which level runs, the best for this processor' \
    holds "$dir/alone" " compiled for $(level) (one of "
prints --dry-run --ranks-started=2

# ---- another machine ----

# For each split: ranks, threads, number of CPUs listed, number of different CPUs.
listed() {
    awk '$2 == "×" {
        count = 0; differ = 0
        split("", seen)
        parts = split($4, part, /[;,]/)
        for (i = 1; i <= parts; i++) {
            ends = split(part[i], end, "-")
            for (cpu = end[1]; cpu <= end[ends]; cpu++) {
                count++
                if (!(cpu in seen) && cpu >= 0 && cpu < 128) { seen[cpu] = 1; differ++ }
            }
        }
        print $1, $3, count, differ
    }' "$dir/out"
}

run "$bench" --dry-run --topology='pack:2 numa:1 core:64 pu:1' --ranks-started=128
claim '2 × 64 cores: exit code 0' exits 0
claim '2 × 64 cores: 21 splits' equal "$(listed | wc -l)" 21
claim '2 × 64 cores: no split twice' equal "$(listed | sort | uniq -d)" ''
claim '2 × 64 cores: every worker has a CPU, and no CPU two workers' \
    equal "$(listed | awk '$1 * $2 != $3 || $3 != $4')" ''
run "$bench" --dry-run --topology='pack:2 numa:1 core:4 pu:1' --ranks-started=16 -N 1,2
claim '2 nodes of 2 × 4 cores: exit code 0' exits 0
claim '2 nodes: 1x1, and the full nodes on one and on both' equal "$(listed | wc -l)" 9
claim '2 nodes: splits on both, with the CPUs of one' holds "$dir/out" ' 2 × 8@2   0-7'
claim '2 nodes: all ranks' holds "$dir/out" 'started      16 ranks on 2 nodes'
run "$bench" --dry-run --topology='pack:2 numa:1 core:4 pu:1' --ranks-started=3 -p 4x1@4
refused '--dry-run: 4 nodes are named' '--ranks-started=4'
run "$bench" --dry-run --topology='pack:2 numa:1 core:4 pu:1' --ranks-started=7 -N 2
claim 'a dry run tells all ranks, also those that no split has' \
    holds "$dir/out" 'started      7 ranks on 2 nodes'
run "$bench" --dry-run --topology='pack:1 core:1 pu:1'
claim 'one core: no plural' grep -qE '^host +1 core, ' "$dir/out"
claim 'a dry run of one split' holds "$dir/out" '1 split, bind hybrid'
if several; then
    ranks 2 "$bench" --dry-run
    claim 'a dry run under the launcher: its ranks' grep -qx 'started      2 ranks' "$dir/out"
    ranks 2 "$bench" --dry-run -N 2
    refused '--nodes=2: only 1 node was started'
    run "$bench" --dry-run -N 2
    claim 'a dry run alone: nodes like this one' holds "$dir/out" ' ranks on 2 nodes'
fi
run "$bench" --dry-run --topology='pack:two'
refused '--topology=pack:two: '

# ---- worlds of one ----

unset OMPI_MCA_pml
alone() { # NAMES RANK: starts one rank of two as the launcher of another MPI does
    run env "${1%,*}=$2" "${1#*,}=2" "$bench" --size=1k --rounds=1:1
}

worlds_of_one() { # NAMES
    alone "$1" 0
    claim "${1%,*}, rank 0 of 2: exit code 3" exits 3
    claim "${1%,*}, rank 0 of 2: one message" says_once 'worlds of one rank' '2 ranks'
    claim "${1%,*}, rank 0 of 2: nothing on stdout" empty "$dir/out"
    alone "$1" 1
    claim "${1%,*}, rank 1 of 2: silent" silent
    claim "${1%,*}, rank 1 of 2: nothing on stdout" empty "$dir/out"
}

if open_mpi || ! several; then
    worlds_of_one PMI_RANK,PMI_SIZE
else
    skip 'PMI_SIZE with worlds of one: this MPI believes it'
fi
worlds_of_one OMPI_COMM_WORLD_RANK,OMPI_COMM_WORLD_SIZE

# ---- adapters that are not there ----

# Number of PSM libraries that a start loads; they take most of the time of MPI_Init.
psm_loaded() { # COMMAND...
    timeout -k 5 "$limit" env LD_DEBUG=files "$@" --size=0 --rounds=1:1 2>&1 |
        grep -c 'file=libpsm.*generating link map'
}

adapters=$(compgen -G '/sys/class/infiniband' || compgen -G '/sys/class/cxi' ||
    compgen -G '/dev/kgni0' || compgen -G '/dev/ipath*')
unset OMPI_MCA_mtl
if ldd "$bench" | grep -q libpsm; then # Debian 13's libmpi
    skip 'adapters that are not there: this MPI is linked to PSM, and loads it before it is asked'
elif ! open_mpi || [ ! -e /sys/class/net ] || [ -n "$adapters" ] ||
    [ "$(psm_loaded env OMPI_MCA_mtl=psm2,psm "$bench")" = 0 ]; then
    skip 'adapters that are not there: another MPI, one without PSM, or they are there'
else
    claim 'no adapter: none is looked for' equal "$(psm_loaded "$bench")" 0
    run "$bench" --size=0 --rounds=1:1 --format=json -q
    claim 'no adapter: it starts all the same' exits 0
    claim 'no adapter: the environment is as it was found' \
        equal "$(grep -c OMPI_MCA_mtl "$dir/out")" 0
    run env OMPI_MCA_mtl=^psm "$bench" --size=0 --rounds=1:1 --format=json -q
    claim 'transports that are named: those are taken' holds "$dir/out" '"OMPI_MCA_mtl": "^psm"'
fi

finish
