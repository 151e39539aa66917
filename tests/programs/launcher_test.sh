#!/usr/bin/env bash
# launcher_test.sh BUILD - CMake notices a launcher that belongs to another MPI than the library; a
# build without MPI neither searches nor needs a launcher.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cached() { # NAME: the value of a variable in the build's cache
    sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

configured() { # OPTION...: with this build's compiler
    run cmake -S "$root" -B "$dir/build" -DBUILD_TESTING=OFF \
        -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" "$@"
    claim "$ran: is configured" exits 0
}

launcher() { # WORDS: makes a launcher that prints them as its version
    printf '#!/bin/sh\necho "%s"\n' "$1" >"$dir/mpiexec"
    chmod +x "$dir/mpiexec"
}

warned() {
    grep -q 'belongs to another MPI' "$dir/err"
}

if several; then
    mpi=(-DMPI_C_COMPILER="$(cached MPI_C_COMPILER)")
    configured "${mpi[@]}" -DMPIEXEC_EXECUTABLE="$mpiexec"
    claim 'the launcher of the same MPI: no warning' equal "$(grep -c Warning "$dir/err")" 0
    open_mpi && other='HYDRA build details:' || other='mpiexec (OpenRTE) 4.1.4'
    launcher "$other"
    configured "${mpi[@]}" -DMPIEXEC_EXECUTABLE="$dir/mpiexec"
    claim 'the launcher of another MPI: a warning' warned
    launcher 'slurm 22.05.8'
    configured "${mpi[@]}" -DMPIEXEC_EXECUTABLE="$dir/mpiexec"
    claim 'a launcher that is no MPI'"'"'s: no warning' equal "$(grep -c Warning "$dir/err")" 0
else
    run ldd "$build/dotbench"
    claim 'without MPI: libraries are linked' exits 0
    claim 'without MPI: no library of it is linked' equal "$(grep -ci 'lib[a-z]*mpi' "$dir/out")" 0
    claim 'without MPI: none was looked for' equal "$(grep -c '^MPI_' "$build/CMakeCache.txt")" 0
fi

finish
