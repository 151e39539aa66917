#!/usr/bin/env bash
# lesson.sh - measures the figures of the lesson for docs/performance.md: the cost of workers and of
# handing over data, one lock per process, computing and waiting on one core.
#
#   tests/bench/lesson.sh BUILD [FOLDER [SECONDS]]
#
# BUILD    a build folder with the programs
# FOLDER   folder for the study files (default: they are not kept)
# SECONDS  seconds of each study (default 60); with fewer, some figures have no interval
#
# Run it on a quiet machine. The figures of memory and of CPython come from a tour
# (tests/bench/tours.sh). Exit code: 0 if no bar was missed, 1 if a bar was missed, 2 if something
# could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

seconds=${3:-60}
take_build "${1:-}" spawnbench sharebench lockbench iobench tests/bench_peers
whole_numbers "$seconds"
[ -n "$mpirun" ] || fail "ranks need MPI, and this build has none"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
studies=${2:-$folder}
mkdir -p "$studies" || fail "$studies: cannot be made"
least=30
[ "$seconds" -ge 60 ] || least=6

study() { # NAME RANKS PROGRAM ARGUMENT...
    echo
    echo "== $1: mpirun -np $2 ${*:3}"
    rm -f "$studies/$1.json"
    timeout -k 5 600 "$mpirun" -q -np "$2" "$build/$3" "${@:4}" -q -o "$studies/$1.json" \
        2>"$folder/stderr" </dev/null | sed -n '/^rounds/p; /^.*n = /,$p' | grep -v '^ *|'
    [ -s "$studies/$1.json" ] || echo "no study: $(grep -v '^ *$' "$folder/stderr" | head -n 1)"
}

creating() {
    local file=$studies/crowds.json count words

    study crowds 1 spawnbench -k thread,region_cold,region_hot,fork,spawn --count=1,100 \
        --rounds="$least:300" --budget="${seconds}s"
    for count in 1 100; do
        words="1 at a time"
        [ "$count" = 1 ] || words="$count at once"
        compare "fork / thread, $words" "$([ "$count" = 1 ] && echo 6:50 || echo -)" "$file" \
            "fork,$count,1x1" "thread,$count,1x1"
        compare "spawn / thread, $words" - "$file" "spawn,$count,1x1" "thread,$count,1x1"
    done
    compare "a hot region / thread, 100 at once" - "$file" region_hot,100,1x1 thread,100,1x1
    compare "a cold region / thread, 100 at once" - "$file" region_cold,100,1x1 thread,100,1x1
}

handing() {
    local file=$studies/share.json n

    study share 2 sharebench -n 1k,1M --rounds="$least:300" --budget="${seconds}s"
    for n in 1000 1000000; do
        compare "serialised / pointer, $n numbers" - "$file" "serialised,$n,2x1" "pointer,$n,1x2"
        compare "message / pointer, $n numbers" - "$file" "message,$n,2x1" "pointer,$n,1x2"
    done
    compare "message / window, 1000000 numbers" - "$file" message,1000000,2x1 window,1000000,2x1
}

# Prints the speedup: (time of one worker) / (time of the split).
speedup() { # NAME BAR STUDY KERNEL SPLIT
    compare "$1" "$2" "$studies/$3.json" "$4,,1x1" "$4,,$5"
}

locking() {
    study lock 2 lockbench -p 1x1,1x2,2x1 --rounds="$((least < 20 ? least : 20)):60" \
        --budget="${seconds}s"
    speedup "interpreted, 2 threads / 1" 0.6:1.1 lock interpreted 1x2
    speedup "interpreted, 2 ranks / 1" 1.7 lock interpreted 2x1
    speedup "interpreted_nolock, 2 threads / 1" - lock interpreted_nolock 1x2
    speedup "native_released, 2 threads / 1" - lock native_released 1x2
    speedup "native_held, 2 threads / 1" - lock native_held 1x2
}

on_one_core() {
    local split

    study one_core_compute 2 lockbench -k interpreted,interpreted_nolock --cores=1 -p 1x2,2x1 \
        --rounds="$((least < 20 ? least : 20)):40" \
        --budget="$((seconds < 9 ? 6 : seconds * 2 / 3))s"
    speedup "computing on one core, 2 threads / 1" :1.1 one_core_compute interpreted_nolock 1x2
    speedup "computing on one core, 2 ranks / 1" :1.1 one_core_compute interpreted_nolock 2x1
    study one_core_wait 4 iobench -k request --cores=1 -p 1x2,1x4,1x8,1x16,4x1 \
        --rounds="$((least < 12 ? least : 12)):12"
    for split in 1x4 1x8 1x16; do # bar: 0.9 of the workers
        speedup "waiting on one core, ${split#1x} threads / 1" \
            "$(awk -v workers="${split#1x}" 'BEGIN { print 0.9 * workers }')" one_core_wait \
            request "$split"
    done
    speedup "waiting on one core, 4 ranks / 1" 3.6 one_core_wait request 4x1
}

creating
handing
locking
on_one_core
outcome
