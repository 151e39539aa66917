#!/usr/bin/env bash
# peers.sh - compares rxt with other software: measures every row of docs/performance.md, twice, and
# writes the table in Markdown to stdout and its progress to stderr.
#
#   tests/bench/peers.sh BUILD [JOBS] [ROUNDS] [ROW ...]
#
# BUILD   a build folder with tests/bench_peers, tests/bench_launched and dotbench
# JOBS    number of jobs; each job measures every row once (default 2)
# ROUNDS  rounds of every comparison (default 25, at least 6); if the peer is a program, the number
#         of alternations (at most 15)
# ROW     rows of bench_peers, or likwid, window, launches (default: all)
#
# Libraries are measured in the same process as our loops (see docs/performance.md). Other programs
# run in turns with ours: likwid-bench in turns with `bench_peers --once`, and a loop of mpirun
# launches in turns with one study.
# A bar is reached if the whole interval of the ratio is at or above it in every job. It is missed
# if the whole interval is below it in every job. Otherwise the verdict is "cannot tell".
#
# Run it on a quiet machine with two cores or more; two jobs take about ten minutes. If a peer is
# missing, only its rows are missing. Exit code: 0 if no bar was missed (the last line has the
# number of "cannot tell"), 1 if a bar was missed, 2 if something could not be run, 3 if a result
# was wrong.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

jobs=${2:-2} rounds=${3:-25}
rows=("${@:4}")
alternations=$((rounds < 15 ? rounds : 15))
windows=1 # of 5 ms for every split, in the study and in the launches
sizes=(10000 100000 1000000 4000000)
splits=(1x1 1x2 2x1)

tell() {
    echo "-- $(date +%T) $*" >&2
}

# Is this row wanted? If no row was named, all rows are wanted.
wanted() {
    local row

    [ ${#rows[@]} -gt 0 ] || return 0
    for row in "${rows[@]}"; do
        [ "$row" != "$1" ] || return 0
    done
    return 1
}

# Reports that a row could not be run. The exit code goes to a file, because some rows run in a pipe
# and cannot set a variable.
lost() { # CODE WHAT
    echo "peers.sh: $2 ended with $1" >&2
    echo "$1" >>"$folder/lost"
}

code() { # MISSED: 1 if a bar was missed
    if [ ! -e "$folder/lost" ]; then
        echo "$1"
    elif grep -qx 5 "$folder/lost"; then
        echo 3
    else
        echo 2
    fi
}

not_measured() { # ROW WHY
    printf '%s\tnot measured: %s\n' "$1" "$2"
}

# Prints the figure of the pairs "OURS THEIRS" on stdin.
pairs() { # ROW WHAT N THREADS PEER BAR
    "$bench" --format=tsv --pairs="$(IFS=, && echo "$*")"
}

# ---- libraries ----

libraries() {
    local row named=()

    for row in "${rows[@]}"; do
        case $row in likwid | window | launches) ;; *) named+=("$row") ;; esac
    done
    [ ${#rows[@]} -eq 0 ] || [ ${#named[@]} -gt 0 ] || return 0
    timeout -k 5 400 "$bench" --format=tsv --rounds="$rounds" "${named[@]}" || lost $? "bench_peers"
}

# ---- likwid-bench ----

likwid_seconds() { # KERNEL BYTES ITERATIONS: seconds for BYTES
    timeout -k 5 60 likwid-bench -t "$1" -w "S0:${2}B:1" -i "$3" 2>/dev/null |
        awk -v bytes="$2" '$1 == "MByte/s:" && $2 > 0 { printf "%.6g\n", bytes / ($2 * 1e6) }'
}

# Prints one pair "OURS THEIRS". The order of the two measurements alternates.
likwid_pair() { # NUMBER LEVEL KERNEL
    local bytes each theirs

    if [ $(($1 % 2)) -eq 0 ]; then
        read -r bytes each _ < <("$bench" --once="$2")
        theirs=$(likwid_seconds "$3" "$bytes" "$iterations")
    else
        theirs=$(likwid_seconds "$3" "$bytes0" "$iterations")
        read -r bytes each _ < <("$bench" --once="$2")
    fi
    echo "$each $theirs"
}

likwid_row() { # LEVEL KERNEL BAR
    local i each bytes0 iterations

    read -r bytes0 each _ < <("$bench" --once="$1")
    [ -n "$each" ] || return 1
    iterations=$(awk -v each="$each" 'BEGIN { printf "%d\n", 0.3 / each }')
    for ((i = 0; i < alternations; i++)); do
        likwid_pair "$i" "$1" "$2"
    done | pairs likwid "dot in $1" $((bytes0 / 16)) 1 "likwid-bench $2" "$3"
}

likwid() {
    if ! command -v likwid-bench >/dev/null; then
        not_measured likwid "package likwid"
    elif ! grep -qw avx512f /proc/cpuinfo; then
        not_measured likwid "no AVX-512 here, for ddot_avx512 and load_avx512"
    else
        likwid_row L1 ddot_avx512 1.2 || lost $? "likwid-bench in L1"
        likwid_row L2 load_avx512 0.95 || lost $? "likwid-bench in L2"
    fi
}

# ---- ranks ----

window() { # RANKS OPTION...
    timeout -k 5 60 "$mpirun" -q "${@:2}" -np "$1" \
        "$bench" --format=tsv --rounds="$rounds" window || lost $? "window, np = $1"
}

# The figures of two jobs can differ by more than their intervals, so the figure is the median of
# eight jobs.
window_eight() {
    local i

    for i in 1 2 3 4 5 6 7 8; do
        window 2
    done | tee -a "$folder/eight" | awk -F'\t' 'NF > 6 { print $5, $7 }' |
        pairs window "window: a double over np = 2 (medians of 8 jobs)" 1 1 MPI_Allreduce 2
}

# ---- launches ----

seconds_of() { # COMMAND...
    local begin=$EPOCHREALTIME

    "$@" >"$folder/ran" 2>&1 || return
    awk -v begin="$begin" -v end="$EPOCHREALTIME" 'BEGIN { print end - begin }'
}

# shellcheck disable=SC2317 # called by seconds_of
study() {
    local IFS=,

    timeout -k 5 120 "$mpirun" -q -np 2 "$build/dotbench" --splits="${splits[*]}" \
        --size="${sizes[*]}" --rounds="$windows:$windows" --format=csv --progress=no
}

# shellcheck disable=SC2317 # called by seconds_of
shell_loop() {
    local split size

    for split in "${splits[@]}"; do
        for size in "${sizes[@]}"; do
            timeout -k 5 60 "$mpirun" -q --bind-to none -np "${split%x*}" \
                "$build/tests/bench_launched" "${split#*x}" "$size" "$windows" || return
        done
    done
}

launches() {
    local i ours theirs

    for ((i = 0; i < alternations; i++)); do
        if [ $((i % 2)) -eq 0 ]; then
            ours=$(seconds_of study) && theirs=$(seconds_of shell_loop)
        else
            theirs=$(seconds_of shell_loop) && ours=$(seconds_of study)
        fi || lost $? "launches: $(tail -n 1 "$folder/ran")"
        echo "$ours $theirs"
    done | pairs launches "a study of 12 splits" 12 1 "12 launches of mpirun" 8
}

# ---- the table ----

# Prints the machine, the versions and the date, so that others can check the table.
heading() {
    echo "$(date -u +%F), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc)" \
        "CPUs; $("$mpirun" --version | head -n 1), $("$build/dotbench" --version | head -n 1)."
    echo "$(sed -n 's/^bench_peers: //p' "$folder/stderr" | sort -u | paste -sd';' |
        sed 's/;/; /g')."
    echo "Load before: $load. $jobs jobs, $rounds rounds, $alternations alternations."
    echo
}

one_job() { # NUMBER
    tell "job $1: libraries"
    libraries
    if wanted likwid; then
        tell "job $1: likwid-bench"
        likwid
    fi
    if wanted window; then
        tell "job $1: window"
        window 4 --mca mpi_yield_when_idle 1
    fi
    if wanted launches; then
        tell "job $1: launches"
        launches
    fi
}

take_build "${1:-}" dotbench tests/bench_peers
whole_numbers "$jobs" "$rounds"
bench=$build/tests/bench_peers
rxt_packages_need "${rxt_packages_peers[@]}" >&2 || tell "going on with the peers that are there"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
[ -n "$mpirun" ] || fail "no mpirun beside the MPI that was built with; give a build with MPI"
load=$(cut -d' ' -f1-3 /proc/loadavg)

for ((job = 1; job <= jobs; job++)); do
    one_job "$job" >"$folder/$job" 2> >(tee -a "$folder/stderr" >&2)
done
if wanted window; then
    tell "window, eight jobs"
    window_eight >"$folder/window"
else
    : >"$folder/window"
fi
heading
awk -v jobs="$jobs" -f "$root/tests/bench/peers/table.awk" "$folder"/[0-9]* "$folder/window"
missed=$?
[ "$missed" -le 1 ] || fail "the table could not be made"
exit "$(code "$missed")"
