#!/usr/bin/env bash
# tours.sh - runs several tours on this machine and prints the verdicts of the sentences, the cost
# of creating workers, the effect of memory on a fork, and the figures of CPython.
#
#   tests/bench/tours.sh BUILD [FOLDER [TOURS [SECONDS]]]
#
# BUILD    a build folder with the programs
# FOLDER   folder for pages and study files (default: they are not kept)
# TOURS    number of tours (default 3)
# SECONDS  seconds of measuring in each tour (default 150)
#
# Run it on a quiet machine. The bar of a tour is that no sentence fails. Exit code: 0 if no bar was
# missed, 1 if a bar was missed, 2 if something could not be run.
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

# Prints the number of sentences of tour $1 with the verdict $2.
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
