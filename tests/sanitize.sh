#!/usr/bin/env bash
# sanitize.sh - runs the unit tests, except those of statistics, and a short study of every driver,
# with a sanitizer. Run by hand: each sanitizer takes some minutes.
#
#   tests/sanitize.sh thread FOLDER     races: clang with libomp, without MPI
#   tests/sanitize.sh address FOLDER    memory, leaks and undefined behaviour, with MPI; CC=clang
#                                       for another compiler than gcc
#
# Builds in FOLDER; the output of each study is in FOLDER/said. Prints for each its exit code and
# the number of reports. Exit code: 0 if there were no reports and all ended as they should, 1 if
# not, 2 for wrong arguments.
#
# Races are searched without MPI, because MPI's libraries have threads and memory that the sanitizer
# does not see. The sanitizer knows libomp's barriers through Archer (libarcher.so, package
# libomp-dev, which libomp loads by itself). libgomp has no such library, so each of its parallel
# regions would be reported as a race.
set -u
export LC_ALL=C.UTF-8

usage() {
    echo "usage: tests/sanitize.sh thread|address FOLDER" >&2
    exit 2
}

[ $# = 2 ] || usage
root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=jobs/packages.sh
. "$root/jobs/packages.sh"
# shellcheck source=jobs/build.sh
. "$root/jobs/build.sh"
case $1 in
thread) configure=(-DCMAKE_C_COMPILER="${CC:-clang}" -DCMAKE_BUILD_TYPE=Tsan -DRXT_MPI=OFF) ;;
address) configure=(-DCMAKE_C_COMPILER="${CC:-gcc}" -DCMAKE_BUILD_TYPE=Asan) ;;
*) usage ;;
esac
kind=$1
mkdir -p "$2/said" && folder=$(cd "$2" && pwd) || exit 2
rxt_packages_settings
# The options that CMakeLists.txt sets for tests.
export TSAN_OPTIONS=suppressions=$root/tests/tsan.supp:allocator_may_return_null=1
export ASAN_OPTIONS=fast_unwind_on_malloc=0:allocator_may_return_null=1:max_allocation_size_mb=8192:intercept_tls_get_addr=0
export LSAN_OPTIONS=suppressions=$root/tests/lsan.supp:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1
export OMP_WAIT_POLICY=passive

bad=0

reports() { # FILE: number of reports in it
    grep -cE 'WARNING: ThreadSanitizer|ERROR: (Address|Leak)Sanitizer|: runtime error: ' "$1"
}

told() { # NAME CODE EXPECTED SECONDS
    local count

    count=$(reports "$folder/said/$1")
    printf '%-16s exit code %3d  reports %d  %4d s\n' "$1" "$2" "$count" "$4"
    [ "$count" = 0 ] && [ "$2" = "$3" ] || bad=$((bad + 1))
}

# Runs a study, on two ranks if there can be two. If a study must end early, its exit code is 4.
ranks=()
study() { # NAME CODE DRIVER [OPTION]...
    local from=$SECONDS code=0

    timeout -k 5 900 "${ranks[@]}" "$folder/$3" "${@:4}" >"$folder/said/$1" 2>&1 || code=$?
    told "$1" "$code" "$2" $((SECONDS - from))
}

# Runs a study, and sends it a signal after it has begun to measure.
signalled() { # NAME DRIVER [OPTION]...
    local from=$SECONDS code=0 job

    : >"$folder/said/$1"
    "$folder/$2" --progress=yes "${@:3}" >"$folder/said/$1" 2>&1 &
    job=$!
    until grep -q '^round [1-9]' "$folder/said/$1" || ! kill -0 $job; do sleep 0.1; done
    kill -TERM $job
    wait $job || code=$?
    told "$1" "$code" 4 $((SECONDS - from))
}

if ! { cmake -S "$root" -B "$folder" "${configure[@]}" >"$folder/said/cmake" 2>&1 &&
    cmake --build "$folder" -j "$(rxt_cpus)" >"$folder/said/make" 2>&1; }; then
    echo "sanitize.sh: not built; $folder/said says why" >&2
    exit 1
fi

# test_share waits in a read for a signal, which the thread sanitizer holds back until the read ends.
without=()
[ "$kind" = address ] || without=(-E '^test_share$')
from=$SECONDS code=0
ctest --test-dir "$folder" -L unit -LE plain "${without[@]}" --output-on-failure \
    >"$folder/said/units" 2>&1 || code=$?
told units "$code" 0 $((SECONDS - from))

splits=(-r 1 -t '1,2')
combine=()
if [ "$kind" = address ]; then
    ranks=("$(sed -n 's/^MPIEXEC_EXECUTABLE:[A-Z]*=//p' "$folder/CMakeCache.txt")" -np 2)
    splits=(-r '1,2' -t '1,2')
    combine=('--combine=mpi,window')
fi
short=("${splits[@]}" --oversubscribe --rounds=2:2)
teams=('--team=forkjoin,resident,auto')

all=("${short[@]}" "${teams[@]}" "${combine[@]}")
study dot 0 dotbench -k dot,dot_blas,dot_openmp -n 1k,10k "${all[@]}"
study red 0 redbench -k sum,nrm2,iamax,sum_openmp -n 1k,10k "${all[@]}"
study loop 0 loopbench -k copy,triad,axpy,exp -n 1k,10k "${all[@]}"
study type_f32 0 kernbench -k dot,sum,iamax,triad --type=f32 -n 1k "${short[@]}" "${teams[@]}"
study every_kernel 0 kernbench -k all -n 1009 "${short[@]}"
study sync_visit 0 loopbench -k triad,copy --sync=visit -n 1k "${short[@]}" "${teams[@]}"
study weak 0 dotbench --scaling=weak -n 1k "${all[@]}"
study io 0 iobench -k all -n 4 "${short[@]}"
study lock 0 lockbench -k all -n 2 "${short[@]}"
study share 0 sharebench -k all -n 1k "${short[@]}"
study spawn 0 spawnbench -k all --count=4 --oversubscribe --rounds=2:2
# In these studies, the threads that can end a study run at the same time as the thread that
# measures.
study budget 4 dotbench -n 1k,10M --rounds=100000 --budget=5s -o "$folder/said/s.json"
study resume 4 dotbench -n 1k,10M --rounds=100000 --budget=5s -o "$folder/said/s.json" --resume
study inside_a_call 4 iobench -k request -n 100k -p 1x1 --rounds=1:1 --budget=5s
ranks=()
signalled signal dotbench -n 1k --precision=0.0001 --budget=300s -o "$folder/said/t.json"

echo "$bad with a report, or another end than it should have"
[ "$bad" = 0 ]
