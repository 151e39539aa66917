#!/usr/bin/env bash
# all.sh - remakes every figure of the README and of docs/performance.md on this machine.
#
#   tests/bench/all.sh BUILD [--quick] [-o FOLDER] [SECTION ...]
#   tests/bench/all.sh --list
#
#   BUILD      a build folder with all programs and tests
#   SECTION    a section that --list names (default: all of them)
#   --quick    the fewest rounds: shows that all sections work; its figures mean nothing
#   -o FOLDER  folder for all output: one file per section, and the summary (default: bench-DATE)
#   --list     lists the sections with their minutes and with the figures that they remake
#
# The summary on stdout has each figure by the README's name, with its 95 % interval. If there is a
# bar, it has a verdict: "reached" if the whole interval satisfies the bar, "missed" if no part of
# it does, otherwise "cannot tell". If a figure cannot be measured here, one line says why; the
# other figures are measured.
#
# Run it on a quiet machine with two cores or more. Exit code: 0 if no bar was missed ("cannot
# tell" is counted and is no failure), 1 if a bar was missed, 2 for wrong arguments, 3 if a section
# failed, 4 if interrupted.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

# Name, minutes, and the figures that the section remakes.
sections='
output   1 README, "What it says": dotbench on four ranks
jobs     4 README, "Pictures": three jobs, break-even sizes, docs/dotbench.svg
vectors  1 README, "Your own vectors"
tour     8 README, "Threads against processes": three tours; docs/performance.md: heap, CPython
lesson   5 README, "Threads against processes"; its table in docs/performance.md
resting  2 README, "How we measure": ranks at rest
load    17 README, "How we measure": a competing load
loops    2 docs/performance.md: from which size on two workers pay for a loop, by --sync
beside   4 docs/performance.md: a resident team and a window while other processes compute
planted  1 README, "How we measure": planted truths, break-even sizes, coverage of intervals
machine  1 docs/performance.md: time of a cache line between cores, clock, caches, one launch
peers   12 README, "Performance"; the table of docs/performance.md
dot      4 docs/performance.md: dot by sizes, against OpenBLAS with the kernels of each core
constants 15 docs/constants.md: tuned constants, halved and doubled'

usage() { # WORDS
    echo "all.sh: $1; --help tells more" >&2
    exit 2
}

names() {
    awk 'NF { print $1 }' <<<"$sections"
}

words_of() { # NAME
    awk -v name="$1" '$1 == name { $1 = $2 = ""; sub(/^ +/, ""); print }' <<<"$sections"
}

minutes_of() { # NAME
    awk -v name="$1" '$1 == name { print $2 }' <<<"$sections"
}

list() {
    local name all=0

    for name in $(names); do
        printf '%-9s %3d min  %s\n' "$name" "$(minutes_of "$name")" "$(words_of "$name")"
        all=$((all + $(minutes_of "$name")))
    done
    echo "all of them: about $all min"
}

# ---- sections: the command of each, in a full run and with --quick ----

# Prints NUMBER in a full run, QUICK with --quick.
full() { # NUMBER QUICK
    [ -n "$quick" ] && echo "$2" || echo "$1"
}

section() { # NAME
    local here=$root/tests/bench

    case $1 in
    output | vectors) "$here/studies.sh" "$build" "$1" ;;
    jobs) "$here/studies.sh" "$build" jobs "$folder/jobs" "$(full 3 2)" "$(full 60 5)" ;;
    tour) "$here/tours.sh" "$build" "$folder/tour" "$(full 3 1)" "$(full 150 20)" ;;
    lesson) "$here/lesson.sh" "$build" "$folder/lesson" "$(full 60 4)" ;;
    resting) "$here/resting.sh" "$build" "$(full 12 6)" "$(full 2 1)" "$(full 5 2)" ;;
    load) "$here/load.sh" "$build" "$(full 9 1)" "$(full 12 3)" 1 "$(nproc)" ;;
    beside) "$here/beside.sh" "$build" "$(full 20 6)" ;;
    loops) "$here/loops.sh" "$build" "$(full 15 6)" ;;
    planted) "$here/planted.sh" "$build" "$(full 1000 20)" ;;
    machine) "$here/machine.sh" "$build" "$(full 15 6)" ;;
    constants) "$here/constants.sh" "$build" "$(full 15 6)" ;;
    dot) "$here/dot.sh" "$build" "$(full 41 6)" ;;
    peers)
        "$here/peers.sh" "$build" "$(full 2 1)" "$(full 25 6)" >"$folder/peers.md"
        code=$?
        awk -f "$here/peers/groups.awk" "$folder/peers.md"
        return $code
        ;;
    esac
}

# Prints the reason why a section cannot be measured here; nothing if it can be measured.
obstacle() { # NAME
    if [ "$1" = planted ]; then
        return # it measures nothing
    elif [ "$(nproc)" -lt 2 ]; then
        echo "one core: two workers would share it"
    elif [ -z "$mpirun" ] && [ "$1" != machine ] && [ "$1" != tour ]; then
        echo "ranks need MPI, and this build has none"
    fi
}

# ---- the summary ----

heading() {
    local mpi="no MPI"

    [ -z "$mpirun" ] || mpi=$("$mpirun" --version | head -n 1)
    echo "Figures of rxt, $(date -u +'%F %H:%M') UTC, commit" \
        "$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)"
    echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) CPUs;" \
        "$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release 2>/dev/null); $mpi"
    echo "load before: $(cut -d ' ' -f 1-3 /proc/loadavg)" \
        "$(full '' '(--quick: figures mean nothing)')"
}

# Runs one section. Its output goes to a file, its figures go to the summary.
measure() { # NAME
    local file=$folder/$1.txt why code=0

    echo
    echo "$1: $(words_of "$1")"
    why=$(obstacle "$1")
    if [ -n "$why" ]; then
        absent "$1" "$why"
        return
    fi
    section "$1" >"$file" 2>"$folder/$1.log" </dev/null &
    running=$!
    wait "$running" || code=$?
    running=
    grep '^= ' "$file"
    # Exit code 1 means a missed bar, but also any other failure of a shell.
    [ "$code" != 1 ] || grep -q missed "$file" || code=3
    [ "$code" != 0 ] || grep '^= ' "$file" | grep -qv ': not measured: ' || code=3
    if [ "$code" -gt 1 ]; then
        failures=$((failures + 1))
        absent "the rest of $1" "exit code $code: $(grep -v '^ *$' "$folder/$1.log" | tail -n 1)"
    fi
    count "$file"
}

# Adds up the sections' last lines: Of N bars A are reached, B missed; …
count() { # FILE
    local of all none

    read -r of all none < <(sed -n \
        's/^Of \([0-9]*\) bars \([0-9]*\) are reached, \([0-9]*\) missed.*/\1 \2 \3/p' "$1")
    [ -n "${none:-}" ] || return 0
    bars=$((bars + of))
    reached=$((reached + all))
    missed=$((missed + none))
}

summary() {
    local name

    heading
    for name in "${chosen[@]}"; do
        echo "-- $(date +%T) $name$(full ": $(minutes_of "$name") min" '')" >&2
        measure "$name"
    done
    echo
    outcome
    [ "$failures" -eq 0 ] ||
        echo "$failures of ${#chosen[@]} sections were not measured to the end."
    echo "All output: $folder"
}

# Lists a process and all processes that it started, directly or not. `timeout` creates its own
# process group, so a signal to one group would not reach all of them.
descendants() { # PROCESS
    local child

    for child in $(pgrep -P "$1"); do
        descendants "$child"
    done
    echo "$1"
}

# shellcheck disable=SC2317 # called by the trap
interrupted() {
    local all=()

    [ -z "$running" ] || mapfile -t all < <(descendants "$running")
    [ ${#all[@]} -eq 0 ] || kill -TERM "${all[@]}" 2>/dev/null
    echo "all.sh: interrupted; what was measured is in $folder" >&2
    exit 4
}

# ---- the command line ----

quick='' folder='' build='' chosen=() failures=0 running=''
while [ $# -gt 0 ]; do
    case $1 in
    --quick) quick=yes ;;
    --list)
        list
        exit
        ;;
    -h | --help)
        sed -n '2,/^# failed/s/^# \{0,1\}//p' "$0"
        exit
        ;;
    -o)
        [ -n "${2:-}" ] || usage "-o: name a folder"
        folder=$2
        shift
        ;;
    -*) usage "$1: not an option" ;;
    *)
        if [ -z "$build" ]; then
            build=$1
        elif names | grep -qxF -- "$1"; then
            chosen+=("$1")
        else
            usage "$1: not a section; --list names them"
        fi
        ;;
    esac
    shift
done
[ -n "$build" ] || usage "give a build folder"
take_build "$build" dotbench spawnbench sharebench lockbench iobench rxt \
    tests/bench_{answers,break_even,constants,machine,peers} tests/test_intervals
[ ${#chosen[@]} -gt 0 ] || mapfile -t chosen < <(names)
folder=${folder:-bench-$(date -u +%Y-%m-%d-%H%M)}
if [ -n "$(ls -A "$folder" 2>/dev/null)" ]; then
    usage "-o $folder: is not empty; name another folder"
fi
mkdir -p "$folder" 2>/dev/null || usage "-o $folder: cannot be made"
folder=$(cd "$folder" && pwd)
trap interrupted INT TERM HUP

exec > >(tee "$folder/summary.txt")
tee=$!
summary
exec >&-
wait "$tee"
[ "$failures" -eq 0 ] || exit 3
[ "$missed" -eq 0 ]
