#!/usr/bin/env bash
# library_test.sh BUILD - user-written kernels with only an installed rxt: the examples are built by
# rxtcc, by its CMake package and by pkg-config, measured over splits, and verified in every row; a
# wrong argument of rxtcc gets one message.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

root=$(cd "$(dirname "$0")/../.." && pwd)
run cmake --install "$build" --prefix "$dir/first"
claim 'is installed' exits 0
mv "$dir/first" "$dir/prefix" # a prefix can be moved
rxtcc=$dir/prefix/bin/rxtcc
mkdir "$dir/my kernels" && cd "$dir/my kernels" || exit 2
cp -R "$root/docs/examples/." .
warnings=(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
examples=(energy.c histogram.c)
several && examples+=(stencil.c)

# Claims that every split and size of the last run was measured and verified.
verifies() { # WHAT ROWS
    claim "$1: exit code 0" exits 0
    claim "$1: every split and size is there" rows_of "$dir/out" "$2"
    claim "$1: every row is verified" all_rows "$dir/out" '^true$' verified
}
briefly=(--oversubscribe --rounds=1:1 --format=csv -q)
threads() { # WHAT KERNELS PROGRAM ARGUMENT...: one size, one and two threads
    run "${@:3}" -n 1009 -p 1x1,1x2 "${briefly[@]}"
    verifies "$1" $((2 * $2))
}

# ---- rxtcc ----

run "$rxtcc" "${warnings[@]}" "${examples[@]}" -o minebench
claim 'rxtcc: the examples are built without a warning' exits 0
run ./minebench --version
claim 'rxtcc: the program is called by its file' grep -q '^minebench (rxt) [0-9]' "$dir/out"
splits=1x1,1x2 count=2
several && splits+=,2x1,2x2 && count=4
# Of 3 elements, some workers get none.
ranks "$(most 2)" ./minebench -n 3,1009,65537 -p $splits "${briefly[@]}"
verifies 'the examples' $((count * 3 * ${#examples[@]}))
claim 'the examples: in the order of their files' equal \
    "$(cells "$dir/out" kernel | uniq | paste -sd' ')" "$(printf '%s\n' "${examples[@]%.c}" | paste -sd' ')"
threads 'the examples, f32' 2 ./minebench -k energy,histogram --type=f32
run ./minebench --list -v
claim 'rxtcc: as many levels as our own kernels have' equal "$(tail -n 1 "$dir/out")" \
    "$("$dir/prefix/bin/dotbench" --list -v | tail -n 1)"

# Files of users: a function in a library or in another source file; a main function with its own
# preset.
sed 's/0\.5 \*/half() */; s/^enum { SUMS.*/&\ndouble half(void);/' energy.c >halved.c
sed -i 's/energy/halved/g' halved.c
echo 'double half(void); double half(void) { return 0.5; }' >half.c
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
"$compiler" -c half.c -o half.o && ar rc libhalf.a half.o
run "$rxtcc" halved.c -L. -lhalf
claim 'rxtcc: a library is linked' exits 0
threads 'a kernel with a library' 1 ./halvedbench
run "$rxtcc" halved.c half.c energy.c without_rxtcc/main.c -DUNUSED -o other
claim 'rxtcc: other files are compiled' exits 0
run ./other --version
claim 'rxtcc: a main in a file is the main' grep -q '^energybench (rxt)' "$dir/out"

run "$rxtcc" --show 'halved.c' half.c -o 'shown bench'
claim '--show: runs nothing' [ ! -e 'shown bench' ]
cp "$dir/out" show.sh
run sh -e show.sh
claim '--show: a shell can run what it prints' exits 0
threads 'what --show prints' 1 './shown bench'
claim 'temporary files are gone' equal \
    "$(find "$dir" -maxdepth 2 \( -name 'rxtcc.*' -o -name '*.rxtcc' \) )" ''

# ---- what is wrong ----

refuses() { # ARGUMENT... -- WORDS...
    local arguments=()
    while [ "$1" != -- ]; do
        arguments+=("$1")
        shift
    done
    run "$rxtcc" "${arguments[@]}"
    refused "${@:2}"
    claim "$ran: not a line more" equal "$(wc -l <"$dir/err")" 1
}
cp energy.c misnamed.c
mkdir again && cp energy.c again
echo 'static int nothing;' >nothing.c
sed 's/^const rxt_kernel/static &/' energy.c >again/histogram.c
sed -i 's/rxt_kernel_energy/rxt_kernel_histogram/' again/histogram.c
refuses -- 'no file'
refuses nowhere.c -- 'nowhere.c: no such file'
refuses nothing.c -- 'nothing.c: no kernel in it' 'const rxt_kernel rxt_kernel_nothing ='
refuses energy.c again/energy.c -- 'again/energy.c: a second kernel named energy, after energy.c'
refuses misnamed.c -- 'misnamed.c: it defines rxt_kernel_energy' 'rxt_kernel_misnamed'
refuses again/histogram.c -- 'must begin a line so'
refuses energy.c without_rxtcc/main.c ./without_rxtcc/main.c -- 'a second main'
refuses --fast energy.c -- '--fast: no such option'
refuses -c energy.c -- '-c: no such option'
refuses energy.c -o -- '-o: a value is missing'
refuses energy.c -o 'a"b' -- 'no name for a program'
refuses energy.txt -- 'energy.txt: neither'
refuses energy.c no.o -- 'no.o: no such file'
several || refuses stencil.c -- 'stencil.c: it communicates by MPI'
echo 'const rxt_kernel rxt_kernel_broken = {' >broken.c
run "$rxtcc" broken.c -o broken
claim 'rxtcc: what the compiler refuses is no program' [ "$status" != 0 -a ! -e broken ]
run "$rxtcc" --help
claim 'rxtcc: --help' exits 0
claim 'rxtcc: --help tells the options' grep -q -- '^ *--show ' "$dir/out"

# ---- CMake's package and pkg-config ----

mpi=()
several && mpi=(-DMPIEXEC_EXECUTABLE="$mpiexec")
run cmake -S without_rxtcc -B by_cmake -DCMAKE_PREFIX_PATH="$dir/prefix" \
    -DCMAKE_C_COMPILER="$compiler" "${mpi[@]}"
claim 'find_package(rxt): is configured' exits 0
run cmake --build by_cmake
claim 'find_package(rxt): is built' exits 0
threads 'find_package(rxt)' 2 by_cmake/energybench -k all
"$rxtcc" --show energy.c histogram.c | sed -n '/table\.c <</,/^END/p' | sed '1d;$d' >table
claim 'rxtcc and rxt_kernel_table() write the same table' cmp table by_cmake/mine/table.c

if have pkg-config; then
    export PKG_CONFIG_PATH
    PKG_CONFIG_PATH=$(dirname "$(find "$dir/prefix" -name rxt.pc)")
    read -ra flags < <(pkg-config --cflags --libs rxt)
    run "$compiler" -O2 "${warnings[@]}" energy.c without_rxtcc/{main,table}.c "${flags[@]}" -o by_pkg
    claim 'pkg-config: is built' exits 0
    threads 'pkg-config' 1 ./by_pkg
else
    skip 'rxt.pc: no pkg-config'
fi

finish
