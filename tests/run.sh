#!/usr/bin/env bash
# run.sh - from a fresh clone to "N passed, N failed": installs what is missing (Debian, Ubuntu),
# builds afresh, runs all tests, then builds and runs them once more under the sanitizers.
#
#   tests/run.sh [--quick | --matrix] [FOLDER]
#
#   --quick    the optimised build and the unit tests alone
#   --matrix   gcc and clang, optimised and under the sanitizers, warnings being errors
#   FOLDER     where to build; emptied first (default: build-test)
#
# As root, through sudo, or as anyone when the packages are there. Exit code: 0 when all passed, 1
# when not, 2 for wrong arguments, 3 when packages are missing.
set -u

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"

usage() {
    echo "usage: tests/run.sh [--quick | --matrix] [FOLDER]" >&2
    exit 2
}

mode=all folder=
for argument in "$@"; do
    case $argument in
    --quick | --matrix)
        [ "$mode" = all ] || usage
        mode=${argument#--}
        ;;
    -* | '') usage ;;
    *)
        [ -z "$folder" ] || usage
        folder=$argument
        ;;
    esac
done
folder=${folder:-$root/build-test}

packages=("${rxt_packages[@]}" "${rxt_packages_test[@]}")
[ "$mode" = matrix ] && packages+=("${rxt_packages_clang[@]}")
rxt_packages_need "${packages[@]}" || exit
rxt_packages_settings

# Only what is empty or was made by CMake is removed.
if [ -e "$folder" ]; then
    if [ -n "$(ls -A "$folder" 2>/dev/null)" ] && [ ! -e "$folder/.rxt-tests" ]; then
        echo "run.sh: $folder is there and was not made by run.sh; name another" >&2
        exit 2
    fi
    rm -rf "$folder"
fi
mkdir -p "$folder" && touch "$folder/.rxt-tests" || exit 2
folder=$(cd "$folder" && pwd)

passed=0 failed=0 skipped=0

# The counts in ctest's words: "97% tests passed, 1 tests failed out of 33", and "***Skipped".
count() { # LOG
    local out of bad skips

    out=$(sed -n 's/.*tests passed, \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$1")
    if [ -z "$out" ]; then
        echo "run.sh: ctest found no tests"
        failed=$((failed + 1))
        return
    fi
    read -r bad of <<<"$out"
    skips=$(grep -cF '***Skipped' "$1")
    failed=$((failed + bad))
    skipped=$((skipped + skips))
    passed=$((passed + of - bad - skips))
}

trial() { # NAME COMPILER TYPE [CMake's options]: builds and tests in a folder of that name
    local build=$folder/$1 log=$folder/$1.log which=()
    local configure=(-S "$root" -B "$build" -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE="$3")

    echo "== $1"
    if ! { cmake "${configure[@]}" "${@:4}" && cmake --build "$build" -j "$(nproc)"; } \
        >"$log" 2>&1; then
        grep -E -A 5 'rror|warning' "$log" | head -n 60
        echo "run.sh: $1 was not built; all output is in $log"
        failed=$((failed + 1))
        return
    fi
    grep -E 'warning:' "$log"
    [ "$mode" = quick ] && which=(-R '^test_')
    ctest --test-dir "$build" -j "$(nproc)" --output-on-failure "${which[@]}" 2>&1 |
        tee "$folder/$1.ctest" | grep -vE '^ +Start '
    count "$folder/$1.ctest"
}

case $mode in
quick) trial release "${CC:-gcc}" Release ;;
all)
    trial release "${CC:-gcc}" Release
    trial asan "${CC:-gcc}" Asan
    ;;
matrix)
    for compiler in gcc clang; do
        trial "$compiler-release" "$compiler" Release -DRXT_WERROR=ON
        trial "$compiler-asan" "$compiler" Asan -DRXT_WERROR=ON
    done
    ;;
esac

[ "$skipped" -gt 0 ] && echo "$skipped skipped; the lines above say why"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
