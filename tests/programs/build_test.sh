#!/usr/bin/env bash
# build_test.sh BUILD - a new file in kernels/ is all that a new kernel takes: README's example; and
# what a build is, and is refused for.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
cached() { # NAME: what the build's cache has
    sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"
}

mpi=()
several && mpi=(-DMPI_C_COMPILER="$(cached MPI_C_COMPILER)" -DMPIEXEC_EXECUTABLE="$mpiexec")

# README's example is dropped into a copy of the tree, from which other kernels are gone to save time.
mkdir "$dir/a tree"
cp -r "$root/CMakeLists.txt" "$root/LICENSE" "$root/include" "$root/drivers" "$root/kernels" \
    "$root/docs" "$dir/a tree"
find "$dir/a tree/kernels" -maxdepth 1 -name '*.c' ! -name 'dot*' -delete
awk '/^```c$/ { code = 1; next } /^```$/ { code = 0 } code' "$root/README.md" \
    >"$dir/a tree/kernels/dot_plain.c"
claim "README's kernel has 25 lines at most" [ "$(wc -l <"$dir/a tree/kernels/dot_plain.c")" -le 25 ]
# Whose commit goes into the programs, whatever its path.
commit=''
if have git; then
    git -C "$dir/a tree" init -q && git -C "$dir/a tree" add -A &&
        git -C "$dir/a tree" -c user.name=me -c user.email=me@here commit -qm all &&
        commit=$(git -C "$dir/a tree" describe --always)
else
    skip 'the commit: no git'
fi
run cmake -S "$dir/a tree" -B "$dir/fresh" -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" -DRXT_MPI="$(cached RXT_MPI)" "${mpi[@]}" \
    -DRXT_msgpack_LIBRARY=OFF -DRXT_HAS_SEM_CLOCKWAIT=OFF
claim "with README's kernel: is configured" exits 0
claim 'without MessagePack: one line says what is left out' \
    equal "$(grep -c 'Left out: .*serialised.*libmsgpack-dev' "$dir/out")" 1
usual=$limit limit=500
run cmake --build "$dir/fresh" -j 2 --target kernbench sharebench
claim "with README's kernel: is built" exits 0
limit=$usual
run "$dir/fresh/sharebench" -k serialised
refused 'is not in this build, which was made without MessagePack for C'
[ -z "$commit" ] || claim 'a blank in the path: the commit is known' \
    holds "$dir/fresh/include/rxt/version.h" "RXT_COMMIT \"$commit\""
for type in f64 f32; do
    run "$dir/fresh/kernbench" -k dot_plain --type=$type -n 1009,65537 -t 1,2 --oversubscribe \
        --rounds=1:1 --format=csv -q
    claim "README's kernel, $type: is measured at every size and split" rows_of "$dir/out" 4
    claim "README's kernel, $type: is right" all_rows "$dir/out" '^dot_plain\|true$' kernel verified
done

# The same build has no MessagePack, and a C library without sem_clockwait.
ranks 2 "$dir/fresh/sharebench" -n 1009 --oversubscribe --rounds=1:1 --format=csv -q
claim 'without MessagePack: exit code 0' exits 0
claim 'without MessagePack: the other ways are measured' equal \
    "$(cells "$dir/out" kernel | sort -u | paste -sd' ')" 'file message pipe pointer window'

# A task is found from its kernel, which must not forget it.
sed -i.whole '/\.task = /d' "$dir/a tree/drivers/lesson/spawn/fork.c"
run cmake "$dir/fresh"
claim 'a task that its kernel does not name: is not configured' exits 1
claim 'a task that its kernel does not name: the remedy is told' holds "$dir/err" '&rxt_task_fork'
mv "$dir/a tree/drivers/lesson/spawn/fork.c.whole" "$dir/a tree/drivers/lesson/spawn/fork.c"

# ---- sanitizers ----

run cmake -S "$dir/a tree" -B "$dir/asan" -DBUILD_TESTING=OFF -DCMAKE_BUILD_TYPE=Asan \
    -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" -DRXT_MPI=OFF
claim 'Asan: is configured' exits 0
claim 'Asan: every file gets the sanitizers' equal \
    "$(grep '"command":' "$dir/asan/compile_commands.json" | grep -vc -e -fsanitize=address,undefined)" 0

# ---- what is too old ----

for compiler in GNU:10.2.0 Clang:13.0.1; do
    version=${compiler#*:}
    run cmake -S "$dir/a tree" -B "$dir/$version" -DBUILD_TESTING=OFF \
        -DCMAKE_C_COMPILER="$(cached CMAKE_C_COMPILER)" -DCMAKE_C_COMPILER_ID_RUN=1 \
        -DCMAKE_C_COMPILER_ID="${compiler%:*}" -DCMAKE_C_COMPILER_VERSION="$version" \
        -DCMAKE_C_STANDARD_COMPUTED_DEFAULT=17
    claim "$compiler: is refused" exits 1
    claim "$compiler: one line says that it is too old" \
        grep -q "is ${compiler/:/ }, which is too old" <(tr -s '\n ' ' ' <"$dir/err")
done

finish
