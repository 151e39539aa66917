#!/usr/bin/env bash
# run.sh - from a fresh clone to "N passed, N failed": installs what is missing (Debian, Ubuntu),
# builds afresh, runs all tests, then builds and runs them once more under the sanitizers.
#
#   tests/run.sh [--quick | --matrix] [FOLDER]
#
#   --quick    the optimised build and the unit tests alone
#   --matrix   warnings being errors: gcc and clang, each with Open MPI and with MPICH, gcc without
#              MPI, and clang under the sanitizers; all tests of each, but of gcc with Open MPI only
#              the build, because its tests are those of run.sh without --matrix; and for aarch64,
#              by a cross compiler without MPI, the unit tests under qemu
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
[ "$mode" = matrix ] && packages+=("${rxt_packages_clang[@]}" "${rxt_packages_mpich[@]}")
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

build() { # NAME COMPILER TYPE [CMake's options]: builds in a folder of that name
    local log=$folder/$1.log
    local configure=(-S "$root" -B "$folder/$1" -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE="$3")

    echo "== $1"
    if ! { cmake "${configure[@]}" "${@:4}" && cmake --build "$folder/$1" -j "$(nproc)"; } \
        >"$log" 2>&1; then
        grep -E -A 5 'rror|warning' "$log" | head -n 60
        echo "run.sh: $1 was not built; all output is in $log"
        failed=$((failed + 1))
        return 1
    fi
    grep -E 'warning:|CMake Warning' "$log"
    return 0
}

trial() { # NAME COMPILER TYPE [CMake's options]: builds, and tests what was built
    local from=$SECONDS which=()

    build "$@" || return
    [ "$mode" = quick ] && which=(-R '^test_')
    # These look at sources and at builds of their own, or kill: sanitizers have nothing to tell.
    [ "$3" = Asan ] && which=(-E '^(scripts|rooms|install|build|kills|tour)_test$')
    # An emulated program cannot start itself again, and has threads that the others are not; a
    # spawn there does not tell that the program is missing, and processes are waited for otherwise;
    # statistics over seconds take minutes.
    [ "$1" = aarch64 ] &&
        which=(-R '^test_' -E '^test_(cpus|intervals|server|spawn|team|team_rest)$')
    ctest --test-dir "$folder/$1" -j "$(nproc)" --output-on-failure "${which[@]}" 2>&1 |
        tee "$folder/$1.ctest" | grep -vE '^ +Start '
    # ctest shows what a test wrote only when it fails.
    grep -h '^skipped: ' "$folder/$1/Testing/Temporary/LastTest.log"
    count "$folder/$1.ctest"
    echo "== $1: $((SECONDS - from)) s"
}

# CMake's options for an MPI by the names that Debian gives its compiler and launcher, whichever of
# them mpicc and mpirun stand for.
mpi() { # NAME
    echo "-DMPI_C_COMPILER=mpicc.$1" "-DMPIEXEC_EXECUTABLE=/usr/bin/mpiexec.$1"
}

# Kernels and units on another processor. Debian's mirrors have its packages; others may not.
aarch64() {
    local log=$folder/aarch64.log why=

    rxt_packages_need "${rxt_packages_aarch64[@]}" >"$log" 2>&1 ||
        why="no compiler or emulator for it: $(tail -n 1 "$log")"
    [ -n "$why" ] ||
        rxt_packages_foreign arm64 "$folder/arm64" "${rxt_packages_arm64[@]}" >"$log" 2>&1 ||
        why="no libraries for it: $(tail -n 1 "$log")"
    if [ -n "$why" ]; then
        echo "skipped: aarch64: $why"
        skipped=$((skipped + 1))
        return
    fi
    trial aarch64 aarch64-linux-gnu-gcc Release -DRXT_WERROR=ON -DRXT_MPI=OFF \
        -DCMAKE_TOOLCHAIN_FILE="$root/tests/aarch64.cmake" -DRXT_AARCH64="$folder/arm64/root"
}

matrix() {
    local werror=-DRXT_WERROR=ON compiler mpi options

    for compiler in gcc clang; do
        for mpi in openmpi mpich; do
            read -ra options <<<"$(mpi $mpi)"
            if [ $compiler-$mpi = gcc-openmpi ]; then
                build $compiler-$mpi $compiler Release $werror "${options[@]}"
            else
                trial $compiler-$mpi $compiler Release $werror "${options[@]}"
            fi
        done
    done
    trial gcc-nompi gcc Release $werror -DRXT_MPI=OFF
    read -ra options <<<"$(mpi openmpi)"
    trial clang-asan clang Asan $werror "${options[@]}"
    aarch64
}

case $mode in
quick) trial release "${CC:-gcc}" Release ;;
all)
    trial release "${CC:-gcc}" Release
    trial asan "${CC:-gcc}" Asan
    ;;
matrix) matrix ;;
esac

[ "$skipped" -gt 0 ] && echo "$skipped skipped; the lines above say why"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
