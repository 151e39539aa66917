#!/usr/bin/env bash
# mutants.sh - can every test fail? Breaks a program, or an action of a test, in one place after the
# other (mutants.tsv), and runs the test that must notice it. Run by hand: it takes an hour.
#
#   tests/mutants.sh [--check-first] [FOLDER] [TEST...]
#
#   --check-first  first runs each test once without a mutant: it must pass
#   FOLDER         where to copy and build, with a / in its name; it is kept, so that the next run
#                  builds little (default: a temporary folder)
#   TEST           name of a shell test without _test.sh, such as kills, or of a unit test, such as
#                  test_dot: runs only the mutants of this test (default: all)
#
# Prints one line per mutant: found (with the claim that failed first), SURVIVED, or an error: STALE
# (the expression no longer changes the file in exactly one place) or BROKEN (it does not build, or
# the test ended without a failed claim). Exit code: 0 if all were found and every test has a
# mutant, 1 if not, 2 for wrong arguments or a build that failed. Every shell test must have a
# mutant.
#
# mutants.tsv has one mutant per line: test, file, expression (sed -E), and what it breaks.
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"

usage() {
    sed -n '5s/^# *//p' "$0" >&2
    exit 2
}

is_test() { # NAME
    [ -e "$here/programs/${1}_test.sh" ] ||
        [[ $1 == test_* ]] && compgen -G "$here/*/$1.c" >/dev/null
}

first='' folder='' tests=()
for argument in "$@"; do
    if [ "$argument" = --check-first ]; then
        first=yes
    elif [ -n "$argument" ] && is_test "$argument"; then
        tests+=("$argument")
    else
        [[ $argument == */* && $argument != -* && -z $folder ]] || usage
        folder=$argument
    fi
done
if [ ${#tests[@]} = 0 ]; then
    mapfile -t tests < <(cd "$here/programs" && printf '%s\n' *_test.sh | sed 's/_test\.sh$//' &&
        cut -f1 "$here/mutants.tsv" | grep '^test_' | sort -u)
fi

# Prints all programs that a test runs. Building them also restores what the last mutant had
# changed.
targets_of() { # TEST
    local lesson='spawnbench sharebench lockbench iobench'

    case $1 in
    build | environment | launcher | scripts) ;;
    agreement) echo dotbench redbench ;;
    break_even | ends | faults | roof | study) echo dotbench faultbench ;;
    cluster) echo dotbench sharebench test_combine ;;
    combine) echo test_combine ;;
    install | library) echo "$lesson dotbench kernbench loopbench redbench rxt_verbs rxt_shared" ;;
    iobench | lockbench | spawnbench) echo "$1" ;;
    kernels) echo dotbench kernbench loopbench redbench ;;
    lesson_usage) echo "$lesson" ;;
    operands) echo dotbench faultbench kernbench ;;
    peers) echo bench_peers ;;
    plot | sinks) echo dotbench rxt_verbs ;;
    resume) echo dotbench faultbench spawnbench ;;
    rooms) echo "$lesson dotbench rxt_verbs" ;;
    sync) echo dotbench kernbench loopbench rxt_verbs ;;
    sharebench) echo sharebench test_share_ways ;;
    tour) echo "$lesson dotbench rxt_verbs" ;;
    tour_page) echo rxt_verbs ;;
    test_*) echo "$1" ;;
    *) echo dotbench ;;
    esac
}

# ---- the copy ----

if [ -n "$folder" ]; then
    if [ -n "$(ls -A "$folder" 2>/dev/null)" ] && [ ! -e "$folder/.rxt-mutants" ]; then
        echo "mutants.sh: $folder has files that are not mine; name another folder" >&2
        exit 2
    fi
    mkdir -p "$folder" && touch "$folder/.rxt-mutants" || exit 2
    folder=$(cd "$folder" && pwd)
else
    folder=$(mktemp -d) || exit 2
    trap 'rm -rf "$folder"' EXIT
fi
tree=$folder/tree build=$folder/build log=$folder/log
mkdir -p "$tree"

# Copies the files that git tracks, as they are in the working tree (an older run may have left a
# mutant in the copy). Equal files keep their time, so that make does not rebuild them.
copy() {
    local file

    while IFS= read -r -d '' file; do
        [ -e "$root/$file" ] || continue
        cmp -s "$root/$file" "$tree/$file" && continue
        mkdir -p "$(dirname "$tree/$file")" && rm -f "$tree/$file" &&
            cp "$root/$file" "$tree/$file" || exit 2
    done < <(git -C "$root" ls-files -z)
    while IFS= read -r -d '' file; do
        [ -e "$root/$file" ] || rm "$tree/$file"
    done < <(cd "$tree" && find . -type f -print0)
}

make_targets() { # TARGET...
    [ $# = 0 ] || cmake --build "$build" -j "$(rxt_cpus)" --target "$@" >"$log" 2>&1
}

copy
mapfile -t all < <(for test in "${tests[@]}"; do targets_of "$test" | tr ' ' '\n'; done | sort -u)
# -O1 is quick to build, and no test here measures speed.
if ! cmake -S "$tree" -B "$build" -DCMAKE_C_COMPILER="${CC:-gcc}" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_C_FLAGS_RELEASE=-O1 >"$log" 2>&1 || ! make_targets "${all[@]}"; then
    tail -n 20 "$log" >&2
    echo "mutants.sh: the tree without a mutant was not built" >&2
    exit 2
fi

# ---- one mutant ----

# Runs the test as CTest does, until its first failed claim. Sets $outcome to CTest's word, and
# $claim; for a unit test, $claim is the name that CUnit prints.
run() { # TEST
    RXT_FIRST=yes ctest --test-dir "$build" -V -R "^$1(_test)?\$" >"$log" 2>&1
    outcome=$(sed -nE 's/^1\/1 Test .*(Passed|Failed|Timeout|Skipped).*/\1/p' "$log")
    claim=$(sed -nE 's/^[0-9]+: FAILED: //p; s/^[0-9]+: Suite .*, Test (.*) had failures:/\1/p' "$log" |
        head -n 1)
}

mutants=0 found=0 errors=0

tell() { # WORD TEST WHAT
    printf '%-8s  %-14s  %s\n' "$@"
}

# Does the file differ in exactly one place?
once() { # FILE
    [ "$(diff "$folder/whole" "$tree/$1" | grep -c '^[0-9]')" = 1 ]
}

judge() { # TEST WHAT
    if [ "$outcome" != Skipped ] && [ "$outcome" != Passed ] && [ -n "$claim" ]; then
        found=$((found + 1))
        tell found "$1" "$2  ($claim)"
    elif [ "$outcome" = Failed ]; then
        errors=$((errors + 1))
        tell BROKEN "$1" "$2  (the test ended without a claim that failed)"
        tail -n 5 "$log" | sed 's/^/    /'
    else
        tell SURVIVED "$1" "$2  (${outcome:-not run})"
    fi
}

try() { # TEST FILE EXPRESSION WHAT
    local targets

    mutants=$((mutants + 1))
    read -ra targets <<<"$(targets_of "$1")"
    cp "$tree/$2" "$folder/whole" || exit 2
    if ! sed -i -E "$3" "$tree/$2" || ! once "$2"; then
        errors=$((errors + 1))
        tell STALE "$1" "$4  ($2 is not changed in one place by: $3)"
    elif ! make_targets "${targets[@]}"; then
        errors=$((errors + 1))
        tell BROKEN "$1" "$4  (it does not build)"
        grep -E -A 3 'error' "$log" | head -n 8 | sed 's/^/    /'
    else
        run "$1"
        judge "$1" "$4"
    fi
    cat "$folder/whole" >"$tree/$2" # with a new time, so that make sees it
}

check() { # TEST: does it pass without a mutant?
    local targets

    read -ra targets <<<"$(targets_of "$1")"
    make_targets "${targets[@]}" && run "$1"
    [ "$outcome" != Failed ] && [ "$outcome" != Timeout ] && return
    errors=$((errors + 1))
    tell FAILS "$1" "without a mutant  ($claim)"
}

for test in "${tests[@]}"; do
    [ -z "$first" ] || check "$test"
    before=$mutants
    while IFS=$'\t' read -r name file expression what <&3; do
        [ "$name" = "$test" ] && try "$name" "$file" "$expression" "$what"
    done 3<"$here/mutants.tsv"
    if [ "$mutants" = "$before" ]; then
        errors=$((errors + 1))
        tell NONE "$test" 'mutants.tsv has no mutant for this test'
    fi
done
printf '%d of %d mutants found\n' "$found" "$mutants"
[ "$found" = "$mutants" ] && [ "$errors" = 0 ]
