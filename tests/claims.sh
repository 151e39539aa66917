#!/usr/bin/env bash
# claims.sh - which claims the tests make, by name; and which are lost between two lists of them.
#
#   tests/claims.sh list BUILD > FILE              runs all tests of a build folder
#   tests/claims.sh compare BEFORE AFTER [RENAMED]
#
#   RENAMED  lines of two patterns (sed's extended syntax), a tab between them: what stands in BEFORE,
#            and what became of it in AFTER. A line that begins with # is a comment.
#
# A claim is "TEST: WORDS". What differs between two runs does not count: folders, and numbers of CPUs.
# Exit code of compare: 0 when no claim of BEFORE is missing in AFTER, 1 when one is, 2 for wrong
# arguments; of list: 1 when a test failed.
set -u

usage() {
    sed -n '4,5s/^# *//p' "$0" >&2
    exit 2
}

list() { # BUILD
    local claims code

    unset OMP_NUM_THREADS OMP_THREAD_LIMIT # which nproc tells
    claims=$(mktemp) || exit 2
    RXT_CLAIMS=$claims ctest --test-dir "$1" -j "$(nproc)" --output-on-failure >&2
    code=$?
    sort -u "$claims"
    rm -f "$claims"
    return $((code > 0))
}

# The claims of a list, each once, without what differs between two runs.
plain() { # FILE
    sed -E 's/(cpus=|CPU |taskset -c )[0-9,-]+/\1N/g
        s,/[^ ]*/(tests|jobs)/,\1/,g; s,/[^ ]*/tmp\.[A-Za-z0-9]+,FOLDER,g' "$1" | sort -u
}

# sed's commands for a file of renamed claims.
renaming() { # FILE
    awk -F'\t' '!/^#/ && NF == 2 { gsub(/\//, "\\/"); print "s/^" $1 "$/" $2 "/" }' "$1"
}

compare() { # BEFORE AFTER [RENAMED]
    local folder lost
    folder=$(mktemp -d) || exit 2
    plain "$1" >"$folder/before"
    plain "$2" >"$folder/after"
    : >"$folder/sed"
    [ -z "${3:-}" ] || renaming "$3" >"$folder/sed"
    sed -E -f "$folder/sed" "$folder/before" | sort -u >"$folder/renamed"
    comm -23 "$folder/renamed" "$folder/after" >"$folder/lost"
    comm -13 "$folder/renamed" "$folder/after" >"$folder/new"
    lost=$(wc -l <"$folder/lost")
    printf '%d claims before, %d after: %d with another name, %d new, %d lost\n' \
        "$(wc -l <"$folder/before")" "$(wc -l <"$folder/after")" \
        "$(comm -23 "$folder/before" "$folder/renamed" | wc -l)" "$(wc -l <"$folder/new")" "$lost"
    sed 's/^/lost: /' "$folder/lost"
    rm -rf "$folder"
    [ "$lost" = 0 ]
}

case ${1:-}:$# in
list:2) [ -e "$2/CTestTestfile.cmake" ] || usage ;;
compare:[34]) [ -r "$2" ] || usage ;;
*) usage ;;
esac
"$@"
