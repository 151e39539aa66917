#!/usr/bin/env bash
# run.sh - from a fresh clone to "N passed, N failed": installs missing packages (Debian, Ubuntu),
# builds from scratch, runs all tests.
#
#   tests/run.sh [--quick | --matrix] [FOLDER]
#
#   (neither)  the optimised build, with gcc and Open MPI, and every test
#   --quick    the same build, and only the unit tests
#   --matrix   all other builds, with warnings as errors: gcc with MPICH, gcc without MPI, clang with
#              Open MPI and with MPICH, each with the tests that depend on it (labels in
#              CMakeLists.txt); gcc with the sanitizers with the unit tests and those of every
#              program, end and reader; clang with the sanitizers, and gcc for aarch64 under qemu,
#              with the unit tests
#   FOLDER     where to build; emptied first (default: build-test)
#
# Runs as root, with sudo, or as any user if the packages are installed. Exit code: 0 if all passed,
# 1 if not, 2 for wrong arguments, 3 if packages are missing.
set -u
export LC_ALL=C.UTF-8 # numbers with a point, wherever this runs

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"

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

# Only a folder that is empty, or that run.sh made, is emptied.
if [ -e "$folder" ]; then
    if [ -n "$(ls -A "$folder" 2>/dev/null)" ] && [ ! -e "$folder/.rxt-tests" ]; then
        echo "run.sh: $folder is there and was not made by run.sh; name another" >&2
        exit 2
    fi
    find "$folder" -mindepth 1 -delete || exit 2
fi
mkdir -p "$folder" && touch "$folder/.rxt-tests" || exit 2
folder=$(cd "$folder" && pwd)

passed=0 failed=0 skipped=0

# Reads the counts from ctest's words: "97% tests passed, 1 tests failed out of 33", and
# "***Skipped".
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

# Prints the tests that took longest: seconds, name, and the name of the build.
slowest() { # COUNT
    (cd "$folder" && grep -HE '^ *[0-9]+/[0-9]+ Test' ./*.ctest) |
        sed -nE 's|^\./(.*)\.ctest:.*: ([a-z_0-9]+) .*[^0-9.]([0-9.]+) sec.*|\3 s  \2  \1|p' |
        sort -rn | head -n "$1" | awk '{ printf "  %7.1f %s  %-20s %s\n", $1, $2, $3, $4 }'
}

# Copies make's output, and prints every tenth percent at once. (mawk would read it in blocks.)
tenths() { # LOG
    local line percent next=0

    while IFS= read -r line; do
        printf '%s\n' "$line" >&3
        [[ $line =~ ^\[\ *([0-9]+)%\] ]] || continue
        percent=${BASH_REMATCH[1]}
        [ "$percent" -lt "$next" ] && continue
        printf '   built %d %%\n' "$percent"
        next=$((percent / 10 * 10 + 10))
    done 3>"$1"
}

# What is built: everything, or only the programs of the shell tests and the units about MPI.
what=all

build() { # NAME COMPILER TYPE [CMake's options]: builds in a folder of that name
    local log=$folder/$1.log
    local configure=(-S "$root" -B "$folder/$1" -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE="$3")
    local make=(--build "$folder/$1" -j "$(rxt_cpus)" --target "$what")

    echo "== $1"
    set -o pipefail
    if ! { cmake "${configure[@]}" "${@:4}" && cmake "${make[@]}"; } 2>&1 | tenths "$log"; then
        grep -E -A 5 'rror|warning' "$log" | head -n 60
        echo "run.sh: $1 was not built; all output is in $log"
        failed=$((failed + 1))
        return 1
    fi
    grep -E 'warning:|CMake Warning' "$log"
    return 0
}

trial() { # NAME COMPILER TYPE [CMake's options] [-- ctest's options]: builds, then runs tests
    local from=$SECONDS options=() which=() option

    for option in "${@:4}"; do
        if [ "$option" = -- ] || [ ${#which[@]} -gt 0 ]; then
            which+=("$option")
        else
            options+=("$option")
        fi
    done
    build "$1" "$2" "$3" "${options[@]}" || return
    echo "== $1: built in $((SECONDS - from)) s"
    # One job more than there are CPUs, because many tests wait for programs that sleep.
    ctest --test-dir "$folder/$1" -j $(($(rxt_cpus) + 1)) --output-on-failure "${which[@]:1}" 2>&1 |
        tee "$folder/$1.ctest" | grep --line-buffered -vE '^ +Start '
    # ctest prints what a test wrote only if it fails, so these lines come from its log.
    grep -h '^skipped: ' "$folder/$1/Testing/Temporary/LastTest.log"
    count "$folder/$1.ctest"
    echo "== $1: $((SECONDS - from)) s"
}

# CMake options for the MPI whose compiler and launcher have these names in Debian, whichever MPI is
# behind mpicc and mpirun.
mpi() { # NAME
    echo "-DMPI_C_COMPILER=mpicc.$1" "-DMPIEXEC_EXECUTABLE=/usr/bin/mpiexec.$1"
}

# Tests kernels and units on another processor. Debian's mirrors have its packages; other mirrors
# may not.
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
    # Left out are tests of what emulation changes: an emulated program cannot execute itself again,
    # and the emulator adds threads to it; spawning a missing program does not fail there, and
    # waiting for processes is different. Statistics take minutes there instead of seconds.
    trial aarch64 aarch64-linux-gnu-gcc Release -DRXT_WERROR=ON -DRXT_MPI=OFF \
        -DCMAKE_TOOLCHAIN_FILE="$root/tests/aarch64.cmake" -DRXT_AARCH64="$folder/arm64/root" \
        -- -R '^test_' -E '^test_(cpus|intervals|server|spawn|team|team_rest)$'
}

matrix() {
    local openmpi mpich werror=-DRXT_WERROR=ON

    read -ra openmpi <<<"$(mpi openmpi)"
    read -ra mpich <<<"$(mpi mpich)"
    trial clang-openmpi clang Release $werror "${openmpi[@]}" -- -L toolchain
    trial gcc-asan gcc Asan $werror "${openmpi[@]}" -- -L 'unit|memory' -LE plain
    trial clang-asan clang Asan $werror "${openmpi[@]}" -- -L unit -LE plain
    what=rxt_tested
    trial gcc-mpich gcc Release $werror "${mpich[@]}" -- -L mpi
    # MPICH and clang together: the builds above have only one of them.
    trial clang-mpich clang Release $werror "${mpich[@]}" -- -R '^(combine|hangs|kernels)_test$'
    trial gcc-nompi gcc Release $werror -DRXT_MPI=OFF -- -L 'mpi|alone'
    what=all
    aarch64
}

case $mode in
quick) trial release "${CC:-gcc}" Release -- -L unit ;;
all) trial release "${CC:-gcc}" Release ;;
matrix) matrix ;;
esac

echo "The slowest:"
slowest 10
[ "$skipped" -gt 0 ] && echo "$skipped skipped; the lines above say why"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
