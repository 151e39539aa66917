#!/usr/bin/env bash
# rooms_test.sh BUILD - every restricted word is used only in its room (rooms.sh), and rooms.sh
# finds each kind of violation when one is added to a copy.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

here=$(cd "$(dirname "$0")/.." && pwd)
tree=$dir/tree

# The sanitizers' objects have many variables of their own: there, only the sources are checked.
objects=("$build")
[ "${RXT_BUILD_TYPE:-}" = Asan ] && objects=()
run "$here/rooms.sh" "${objects[@]}"
claim 'every word stands in its room' exits 0

# All lines are planted in one copy, each at the end of its file: rooms.sh must name every line that
# does not belong there, and no other.
mkdir -p "$tree/tests/base"
cp -R "$here/../include" "$here/../drivers" "$here/../kernels" "$tree"
run "$here/rooms.sh" --root "$tree"
claim 'a copy is as clean' exits 0

strangers=()
plant() { # FILE LINE
    printf '%s\n' "$2" >>"$tree/$1"
}
caught() { # FILE LINE: must be found
    plant "$@"
    strangers+=("$1:$(wc -l <"$tree/$1"):"$'\t'"$2")
}
allowed() { # FILE LINE: must not be found
    plant "$@"
}

caught kernels/dot.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught drivers/comm/self.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught include/rxt/task.h 'static inline int rxt_a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught drivers/team/team.c 'static int a(void) { return hwloc_topology_init(0); }'
caught drivers/results/columns.c 'static void *a(void) { return json_object(); }'
caught drivers/app/publish.c 'static int a(void *j) { return json_dumpf(j, stdout, JSON_COMPACT); }'
caught drivers/app/verb_plot.c 'static int a(char **v) { return getopt(0, v, ""); }'
caught drivers/lesson/share/serialised.c 'static void a(msgpack_sbuffer *b) { (void)b; }'
caught kernels/dot.c '#pragma omp parallel for'
caught drivers/study/rounds.c '#  pragma omp parallel'
caught kernels/dot.c 'static int a(void) { return clock_gettime(0, 0); }'
caught drivers/study/rounds.c 'static double a(void) { return omp_get_wtime(); }'
caught kernels/dot.c 'static int a(void) { return printf("a"); }'
caught drivers/stats/sample.c 'static int a(FILE *f) { return fprintf (f, "a"); }'
caught kernels/dot.c 'static void *a(void) { return malloc(1); }'
caught drivers/measure/measure.c 'static void *a(void) { return aligned_alloc(64, 64); }'
caught drivers/analysis/break_even_text.c 'static void *a(void) { return malloc(1); }'
caught drivers/stats/best_draw.h 'static void *a(void) { return malloc(1); }'
caught kernels/support/fill.c 'static long a(void *b) { return pread(0, b, 8, 0); }'
caught drivers/study/rounds.c 'static int a(void) { return fork(); }'
caught drivers/report/plot.c 'static int a(pid_t *p) { return posix_spawnp(p, "a", 0, 0, 0, 0); }'
caught drivers/base/subprocess.c 'static int a(void) { return system("a"); }'
caught drivers/study/rounds.c 'static int a(char **v) { return execv(v[0], v); }'
caught drivers/study/rounds.c 'static int a(void) { return socket(1, 1, 0); }'
caught drivers/study/rounds.c 'static void *a(void) { return dlopen("a", 1); }'
caught drivers/study/rounds.c 'static void a(void) { exit(1); }'
caught drivers/study/rounds.c 'static void a(void) { _exit(1); }'
caught drivers/lesson/spawn/thread.c 'static void a(void) { exit(1); }'
caught drivers/lesson/spawn/thread.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught drivers/lesson/spawn/thread.c 'static int a(void) { return clock_gettime(0, 0); }'
caught drivers/lesson/spawn/thread.c 'static int a(void) { return printf("a"); }'
caught drivers/app/main.c 'static int a(char *b, va_list c) { return vsnprintf(b, 9, "a", c); }'
caught drivers/stats/sample.c 'static void a(void) { abort(); }'
caught drivers/app/main.c 'static void a(void) { MPI_Abort(MPI_COMM_WORLD, 1); }'
caught drivers/study/rounds.c '#ifdef RXT_MPI'
caught drivers/study/rounds.c '#if defined HAVE_MPI'
caught kernels/dot_blas.c '#include "dot.c"'
caught kernels/dot_blas.c '#include <kernels/dot.c>'
caught kernels/dot_blas.c '#include "support.h"'
caught drivers/stats/sample.c '#include "results/row.h"'
caught drivers/machine/load.c '#include "comm/comm.h"'
caught drivers/lesson/spawn/thread.c '#include "study/study.h"'
caught kernels/dot.c '#include <support/proof.h>'
caught kernels/support/coverage.h '#include "data/arena.h"'
caught include/rxt/status.h '#include "base/text.h"'
caught include/rxt/kernel.h 'struct rxt_cpus;'
allowed include/rxt/task.h 'struct rxt_cpus;'
caught drivers/stats/sample.c '#include "../study/study.h"'
caught include/rxt/vector.h '#include "../../drivers/study/study.h"'
caught drivers/stats/best.c '#include "./../study/study.h"'
caught drivers/dotbench.c '#include "study/study.h"'
caught drivers/dotbench.c 'static int a(int b) { if (b) return 1; return 0; }'
caught kernels/support/slab.h 'static inline void *rxt_a(void) { return malloc(1); }'
allowed kernels/dot.c '/* MPI_Barrier, malloc(1) and #pragma omp parallel: only talk */ // fork()'
allowed kernels/copy.c '#include <rxt/mpi.h>'
allowed kernels/copy.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
allowed drivers/stats/sample.c 'static const char *a = "exit(1), hwloc_topology, /* "; /* " */'
allowed drivers/lesson/spawn/thread.c 'static int a(void) { if (fork()) return socket(1, 1, 0); _exit(0); }'
allowed drivers/host/host.c 'struct json_t *rxt_host_json(void);'
allowed drivers/comm/self.c 'static void *a(void) { return malloc(1); }'
allowed drivers/app/verb_plot.c 'static int a(void) { return printf("a"); }'
allowed drivers/stats/sample.c '#include "base/hash.h"'
allowed drivers/comm/park.c '#include "machine/cpus.h"'
allowed drivers/app/main.c '#include "tour/page.h"'
allowed drivers/base/atomic_file.h '#include "base/subprocess.h"' # a circle
allowed drivers/base/subprocess.h '#include "base/atomic_file.h"'
allowed drivers/stats/sample.c 'static int a(char *b) { return snprintf(b, 9, "a"); }'
caught tests/base/test_clock.c 'static int a(void) { return clock_gettime(0, 0); }'

found() { # FILE:LINE:
    grep -qF "    $1" "$dir/out"
}
run "$here/rooms.sh" --root "$tree"
claim 'strangers: exit code 1' exits 1
for stranger in "${strangers[@]}"; do
    claim "caught in ${stranger/:*$'\t'/: }" found "${stranger%%$'\t'*}"
done
circle() {
    sed -n '/^headers that include each other/,/^[^ ]/p' "$dir/out" | grep -qF drivers/base/subprocess.h
}
claim 'headers that include each other are caught' circle
claim 'what is allowed is not caught' equal \
    "$(grep -oE '^    [^: ]+:[0-9]+:' "$dir/out" | sort -u | wc -l)" ${#strangers[@]}

# A table of rooms with a wrong entry: stats may include results, which is a higher room.
mkdir -p "$dir/back/tests" && cp -R "$tree/include" "$tree/drivers" "$tree/kernels" "$dir/back"
sed 's/^stats    base$/stats    base results/' "$here/rooms.sh" >"$dir/back/tests/rooms.sh"
run bash "$dir/back/tests/rooms.sh"
claim 'a table whose arrows run back up is caught' holds "$dir/out" 'tests/rooms.sh: stats above results'

# Folders with objects: some objects have variables, others only constants; their sources are clean.
# The name of the folder has a blank and begins with test_; its objects must not be excluded for
# that.
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
plain=$dir/plain
mkdir -p "$plain"/{include,drivers,kernels}
yes '/* nothing */' | head -n 200 >"$plain/kernels/nothing.c"
objects_of() { # NAME TEXT...: runs rooms.sh on a folder with an object of each text
    local name=$1 made="$dir/test_a $1" number=0 text
    mkdir -p "$made/CMakeFiles/rxt.dir"
    for text in "${@:2}"; do
        number=$((number + 1))
        printf '%s\n' "$text" >"$made/$name$number.c"
        "$compiler" -fPIE -c -o "$made/CMakeFiles/rxt.dir/$name$number.c.o" "$made/$name$number.c"
    done
    run "$here/rooms.sh" --root "$plain" "$made"
}

variables=('int a = 1;' 'int a;' 'int f(void) { static int a; return a++; }' 'int b; int *a = &b;'
    '_Thread_local int a;')
objects_of variable "${variables[@]}"
claim 'variables: exit code 1' exits 1
for ((v = 1; v <= ${#variables[@]}; v++)); do
    claim "caught in an object: ${variables[v - 1]}" holds "$dir/out" "/variable$v.c.o:"
done
constants=('const int a = 1;' 'extern int b; int *const a = &b;' 'int f(int a) { return a; }')
objects_of constant "${constants[@]}"
for ((c = 1; c <= ${#constants[@]}; c++)); do
    claim "not caught in an object: ${constants[c - 1]}" \
        equal "$(grep -c "/constant$c.c.o:" "$dir/out")" 0
done
claim 'constants alone: exit code 0' exits 0

# Symbols that are used in one file, in two, and in a public header.
shared=$dir/shared
mkdir -p "$shared"/{drivers,CMakeFiles/rxt.dir/drivers} "$plain/include/rxt"
echo 'int rxt_published(void);' >"$plain/include/rxt/a.h"
echo 'int rxt_lonely(void) { return 1; } int rxt_published(void) { return rxt_lonely(); }' \
    >"$shared/drivers/a.c"
echo 'int rxt_asked(void) { return 1; }' >"$shared/drivers/b.c"
echo 'int rxt_asked(void); int main(void) { return rxt_asked(); }' >"$shared/drivers/c.c"
for source in a b c; do
    "$compiler" -O0 -c -o "$shared/CMakeFiles/rxt.dir/drivers/$source.c.o" "$shared/drivers/$source.c"
done
run "$here/rooms.sh" --root "$plain" "$shared"
claim 'a symbol that its own file alone uses: exit code 1' exits 1
claim 'a symbol that its own file alone uses is caught, and no other' \
    equal "$(grep -o 'rxt_[a-z]*$' "$dir/out")" rxt_lonely

# A room that uses a function of a higher room, by its own prototype; and a room that uses one of a
# lower room.
climbing=$dir/climbing
mkdir -p "$climbing"/{drivers/{base,study},CMakeFiles/rxt.dir/drivers/{base,study}}
echo 'int rxt_high(void); int rxt_low(void) { return rxt_high(); }' >"$climbing/drivers/base/a.c"
echo 'int rxt_low(void); int rxt_high(void) { return rxt_low(); }' >"$climbing/drivers/study/a.c"
for source in base/a study/a; do
    "$compiler" -O0 -c -o "$climbing/CMakeFiles/rxt.dir/drivers/$source.c.o" \
        "$climbing/drivers/$source.c"
done
run "$here/rooms.sh" --root "$plain" "$climbing"
claim 'a symbol of a room above is caught, and none of a room below' \
    equal "$(grep '^    ' "$dir/out")" '    drivers/base/a.c rxt_high drivers/study/a.c'

finish
