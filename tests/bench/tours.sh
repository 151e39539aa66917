#!/usr/bin/env bash
# tours.sh - what the tour says of this machine, in several tours: verdicts of the sentences, what
# creating workers costs, what memory does to a fork, and CPython's own figures.
#
#   tests/bench/tours.sh BUILD [FOLDER [TOURS [SECONDS]]]
#
# BUILD    a build folder with the programs
# FOLDER   where pages and study files are left (default: nowhere)
# TOURS    how many (default 3)
# SECONDS  of measuring for each (default 150)
#
# Nothing else should run meanwhile. The bar of a tour is that no sentence fails. Exit code: 0 when
# no bar was missed, 1 when one was, 2 when something could not be run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

tours=${3:-3} seconds=${4:-150}
take_build "${1:-}" rxt spawnbench tests/bench_peers
whole_numbers "$tours" "$seconds"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
pages=${2:-$folder}
mkdir -p "$pages" || fail "$pages: cannot be made"

# Number of sentences of tour $1 that have the verdict $2.
sentences() {
    grep -cE "^ ?[0-9]+ +$2 here" "$pages/tour-$1.txt"
}

verdicts() { # TOUR SECONDS
    local holds fails unknown word=reached

    holds=$(sentences "$1" holds) fails=$(sentences "$1" 'does not hold')
    unknown=$(sentences "$1" 'cannot tell')
    if [ "$((holds + fails + unknown))" -eq 0 ]; then
        absent "tour $1" "$(tail -n 1 "$folder/stderr")"
        return
    fi
    [ "$fails" -eq 0 ] || word=missed
    [ "$fails" -gt 0 ] || [ "$holds" -gt 0 ] || word='cannot tell'
    judged "tour $1 ($2 s): $holds hold, $fails fail, $unknown not told; none may fail" "$word"
}

figures() { # TOUR
    local study=$pages/tour-$1/spawn.json

    compare "tour $1: fork / thread" - "$study" fork,1,1x1 thread,1,1x1
    compare "tour $1: spawn / thread" - "$study" spawn,1,1x1 thread,1,1x1
    compare "tour $1: fork with 64 MB of heap / without" - "$study" fork@64M,1,1x1 fork,1,1x1
    study=$pages/tour-$1/cpython.json
    compare "tour $1: CPython, spawn / thread" - "$study" spawn,1,1x1 thread,1,1x1
    compare "tour $1: CPython under its lock, 2 threads / 1" - "$study" \
        interpreted,,1x1 interpreted,,1x2
    compare "tour $1: CPython, 2 processes / 1" - "$study" interpreted,,1x1 interpreted,,2x1
}

for ((tour = 1; tour <= tours; tour++)); do
    began=$SECONDS
    "$root/jobs/tour.sh" --build="$build" --budget="${seconds}s" --keep="$pages/tour-$tour" \
        -o "$pages/tour-$tour.html" >"$pages/tour-$tour.txt" 2>"$folder/stderr" </dev/null
    cat "$pages/tour-$tour.txt"
    verdicts "$tour" $((SECONDS - began))
    figures "$tour"
done
outcome
