#!/usr/bin/env bash
# claims.sh - lists the claims of all tests by name, or prints the claims that a newer list lacks.
#
#   tests/claims.sh list BUILD > FILE              runs all tests of a build folder
#   tests/claims.sh compare BEFORE AFTER [RENAMED]
#
#   RENAMED  lines of two patterns (sed's extended syntax), separated by a tab: the text in BEFORE,
#            and its new text in AFTER. A line that begins with # is a comment.
#
# A claim is "TEST: WORDS". Parts that differ between two runs (folders, numbers of CPUs) do not
# count. Exit code of compare: 0 if no claim of BEFORE is missing in AFTER, 1 if one is, 2 for wrong
# arguments; of list: 1 if a test failed.
set -u

usage() {
    sed -n '4,5s/^# *//p' "$0" >&2
    exit 2
}

list() { # BUILD
    local claims code

    unset OMP_NUM_THREADS OMP_THREAD_LIMIT # nproc would print these
    claims=$(mktemp) || exit 2
    RXT_CLAIMS=$claims ctest --test-dir "$1" -j "$(nproc)" --no-tests=error --output-on-failure >&2
    code=$?
    sort -u "$claims"
    rm -f "$claims"
    return $((code > 0))
}

# Prints the claims of a list, each once, without the parts that differ between two runs.
plain() { # FILE
    sed -E 's/(cpus=|CPU |taskset -c )[0-9,-]+/\1N/g
        s,/[^ ]*/(tests|jobs)/,\1/,g; s,/[^ ]*/tmp\.[A-Za-z0-9]+,FOLDER,g' "$1" | sort -u
}

# Prints the sed commands for a file of renamed claims.
renaming() { # FILE
    awk -F'\t' '!/^#/ && NF == 2 { gsub(/\//, "\\/"); print "s/^" $1 "$/" $2 "/" }' "$1"
}

# Refuses a line of RENAMED that matches no claim, or gives several claims the same name: it could
# hide lost claims.
check_renaming() { # FOLDER
    local line

    while IFS= read -r line; do
        sed -nE "${line}p" "$1/before" >"$1/matched" 2>"$1/error" ||
            wrong "RENAMED: sed does not take $line: $(cat "$1/error")"
        [ -s "$1/matched" ] || wrong "RENAMED: no claim before is named by $line"
        [ "$(sort -u "$1/matched" | wc -l)" = "$(wc -l <"$1/matched")" ] ||
            printf 'one claim for several: %s\n' "$line"
    done <"$1/sed"
}

wrong() { # WORDS
    echo "claims.sh: $1" >&2
    rm -rf "$folder"
    exit 2
}

compare() { # BEFORE AFTER [RENAMED]
    local lost

    folder=$(mktemp -d) || exit 2
    plain "$1" >"$folder/before"
    plain "$2" >"$folder/after"
    : >"$folder/sed"
    [ -z "${3:-}" ] || renaming "$3" >"$folder/sed" || wrong "$3: awk cannot read it"
    check_renaming "$folder"
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
compare:[34])
    for file in "${@:2}"; do
        if [ ! -f "$file" ] || [ ! -r "$file" ] || [ ! -s "$file" ]; then
            echo "claims.sh: $file: is no list of claims" >&2
            exit 2
        fi
    done
    ;;
*) usage ;;
esac
"$@"
