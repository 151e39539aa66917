#!/usr/bin/env bash
# build_test.sh BUILD - which builds are possible, and which are refused. (What is added to the tree is
# built in recipes_test.sh.)
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

copy_tree "$dir/a tree"
# The tree's commit must be in the programs, whatever the tree's path is.
commit=''
if have git; then
    git -C "$dir/a tree" init -q && git -C "$dir/a tree" add -A &&
        git -C "$dir/a tree" -c user.name=me -c user.email=me@here commit -qm all &&
        commit=$(git -C "$dir/a tree" describe --always)
else
    skip 'the commit: no git'
fi
configure "$dir/a tree" "$dir/fresh" -DBUILD_TESTING=OFF
claim 'without tests: is configured' exits 0
run cmake --build "$dir/fresh" --target rxt_version
[ -z "$commit" ] || claim 'a blank in the path: the commit is known' \
    holds "$dir/fresh/include/rxt/version.h" "RXT_COMMIT \"$commit\""
# CMake finds a task through its kernel, so the kernel must name the task.
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
