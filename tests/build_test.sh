#!/usr/bin/env bash
# build_test.sh BUILD - CMake notices a launcher that belongs to another MPI than the library, a
# build without MPI neither looks for it nor needs it, and a new file in kernels/ is all that a new
# kernel takes.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"

root=$(cd "$(dirname "$0")/.." && pwd)
cached() { # NAME: what the build's cache has
    sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

configured() { # FOLDER OPTION...: with this build's compiler
    run cmake -S "$root" -B "$dir/$1" -DBUILD_TESTING=OFF \
        -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" "${@:2}"
    claim "$ran: is configured" exits 0
}

launcher() { # WORDS: one that says them when it is asked for its version
    printf '#!/bin/sh\necho "%s"\n' "$1" >"$dir/mpiexec"
    chmod +x "$dir/mpiexec"
}

warned() {
    grep -q 'belongs to another MPI' "$dir/err"
}

mpi=()
if several; then
    mpi=(-DMPI_C_COMPILER="$(cached MPI_C_COMPILER)")
    configured launchers "${mpi[@]}" -DMPIEXEC_EXECUTABLE="$mpiexec"
    claim 'the launcher of the same MPI: no warning' equal "$(grep -c Warning "$dir/err")" 0
    open_mpi && other='HYDRA build details:' || other='mpiexec (OpenRTE) 4.1.4'
    launcher "$other"
    configured launchers "${mpi[@]}" -DMPIEXEC_EXECUTABLE="$dir/mpiexec"
    claim 'the launcher of another MPI: a warning' warned
    launcher 'slurm 22.05.8'
    configured launchers "${mpi[@]}" -DMPIEXEC_EXECUTABLE="$dir/mpiexec"
    claim 'a launcher that is no MPI'"'"'s: no warning' equal "$(grep -c Warning "$dir/err")" 0
else
    run ldd "$build/dotbench"
    claim 'without MPI: no library of it is linked' equal "$(grep -ci 'lib[a-z]*mpi' "$dir/out")" 0
    claim 'without MPI: none was looked for' equal "$(grep -c '^MPI_' "$build/CMakeCache.txt")" 0
fi

# README's example is dropped into a copy of the tree, from which other kernels are gone to save time.
mkdir "$dir/tree"
cp -r "$root/CMakeLists.txt" "$root/LICENSE" "$root/include" "$root/drivers" "$root/kernels" \
    "$root/docs" "$dir/tree"
find "$dir/tree/kernels" -maxdepth 1 -name '*.c' ! -name 'dot*' -delete
awk '/^```c$/ { code = 1; next } /^```$/ { code = 0 } code' "$root/README.md" \
    >"$dir/tree/kernels/dot_plain.c"
claim "README's kernel has 25 lines at most" [ "$(wc -l <"$dir/tree/kernels/dot_plain.c")" -le 25 ]
root=$dir/tree
configured fresh "${mpi[@]}" -DRXT_MPI="$(cached RXT_MPI)" -DCMAKE_BUILD_TYPE=Debug
limit=250
run cmake --build "$dir/fresh" -j 2 --target kernbench
claim "with README's kernel: is built" exits 0
limit=60
for type in f64 f32; do
    run "$dir/fresh/kernbench" -k dot_plain --type=$type -n 1009,65537 -t 1,2 --oversubscribe \
        --rounds=1:1 --format=csv -q
    claim "README's kernel, $type: is measured at every size and split" rows_of "$dir/out" 4
    claim "README's kernel, $type: is right" all_rows "$dir/out" '^dot_plain\|true$' kernel verified
done

finish
