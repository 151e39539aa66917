#!/usr/bin/env bash
# studies.sh - runs the studies that the README shows: the output of dotbench, its picture, the
# break-even sizes of several jobs, and a result with vectors from files.
#
#   tests/bench/studies.sh BUILD output            dotbench on four ranks, with its defaults
#   tests/bench/studies.sh BUILD jobs [FOLDER [JOBS [SECONDS]]]
#   tests/bench/studies.sh BUILD vectors
#
# jobs: runs JOBS jobs (default 3) of dotbench -n 1k:100M:x10 with a budget of SECONDS (default 60;
# below 30 the sizes end at 1M). The files, and dotbench.svg of the first job, stay in FOLDER.
# vectors: the dot product of two vectors of a million normal variates. NumPy's default_rng(1) makes
# the same vectors on every machine. There is no bar. Exit code: 0, or 2 if something could not be
# run.
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"

# Prints the sentences of the answers in the text $1, one per line: for sizes and for break-even.
sentences() { # TEXT
    awk '
        /^(n = |Two |Threads |Processes )/ && !/ [kMG]?B   / {
            if (line) print line
            line = (/^n = / ? "" : "break-even: ") $0
            next
        }
        line && !/^($|warning|Intervals)/ { sub(/^ */, " "); line = line $0; next }
        { if (line) print line; line = "" }
        END { if (line) print line }' "$1" | sed 's/   */: /'
}

output() {
    cd "$build" || exit
    timeout -k 5 300 "$mpirun" -q -np 4 ./dotbench >"$folder/text" 2>"$folder/stderr" </dev/null ||
        fail "dotbench: $(tail -n 1 "$folder/stderr")"
    cat "$folder/text"
    sentences "$folder/text" | sed 's/^/= /'
}

# Prints the sentences without their figures. If two jobs give the same answer, these lines are
# equal.
bare() { # TEXT
    sentences "$1" | grep '^n = ' |
        sed -E 's/ ?[0-9.]+×? \[[^]]*\]//g; s/ ?\([^)]*\)//g; s/--rounds=[0-9]+/--rounds/'
}

jobs() { # FOLDER JOBS SECONDS
    local job same sizes list=1k:100M:x10

    [ "$3" -ge 30 ] || list=1k:1M:x10
    for ((job = 1; job <= $2; job++)); do
        timeout -k 5 $((4 * $3 + 120)) "$mpirun" -q -np 2 "$build/dotbench" -n "$list" \
            --budget="${3}s" -o "$1/job-$job.json" >"$1/job-$job.txt" 2>"$folder/stderr" \
            </dev/null || [ -s "$1/job-$job.json" ] ||
            fail "job $job: $(tail -n 1 "$folder/stderr")"
        cat "$1/job-$job.txt"
        sentences "$1/job-$job.txt" | sed "s/^/= job $job, /"
        bare "$1/job-$job.txt" >"$folder/bare-$job"
    done
    sizes=$(wc -l <"$folder/bare-1")
    same=$(sort "$folder"/bare-* | uniq -c | awk -v jobs="$2" '$1 == jobs' | wc -l)
    echo "= sizes where all $2 jobs give the same answer: $same of $sizes"
    if "$build/rxt" plot "$1/job-1.json" -n 100k -o "$1/dotbench.svg" 2>"$folder/stderr"; then
        echo "= the picture of the README: $1/dotbench.svg"
    else
        absent "the picture of the README" "$(tail -n 1 "$folder/stderr")"
    fi
}

vectors() {
    local python

    python=$(rxt_python)
    if ! (cd "$folder" && "$python" -c 'import numpy
r = numpy.random.default_rng(1)
for name in "ab":
    numpy.save(name, r.standard_normal(1000000))') 2>/dev/null; then
        absent "a dot product of one's own vectors" "NumPy is not installed; it makes the files"
        return
    fi
    timeout -k 5 300 "$mpirun" -q -np 2 "$build/dotbench" --x="$folder/a.npy" --y="$folder/b.npy" \
        --budget=5s >"$folder/text" 2>"$folder/stderr" </dev/null ||
        fail "dotbench: $(tail -n 1 "$folder/stderr")"
    cat "$folder/text"
    sed -n 's/^ *result: /= /p' "$folder/text"
}

take_build "${1:-}" dotbench rxt
[ -n "$mpirun" ] || fail "ranks need MPI, and this build has none"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
case ${2:-} in
output | vectors) "$2" ;;
jobs)
    whole_numbers "${4:-3}" "${5:-60}"
    mkdir -p "${3:-$folder}" || fail "$3: cannot be made"
    jobs "${3:-$folder}" "${4:-3}" "${5:-60}"
    ;;
*) fail "name what is wanted: output, jobs or vectors" ;;
esac
