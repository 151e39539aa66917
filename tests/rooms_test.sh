#!/usr/bin/env bash
# rooms_test.sh BUILD - every foreign word stands in its room (rooms.sh), and rooms.sh sees each
# kind of stranger when one is planted in a copy.
set -u

here=$(cd "$(dirname "$0")" && pwd)
build=$1
failed=0
copy=$(mktemp -d) || exit 1
trap 'rm -rf "$copy"' EXIT

# The sanitizers' objects are full of their own variables: there, only the sources count.
objects=$build
[ "${RXT_BUILD_TYPE:-}" = Asan ] && objects=
"$here/rooms.sh" ${objects:+"$objects"} || exit 1

# All lines are planted in one copy, each at the end of its file: rooms.sh must name every one of
# them that is a stranger, and no other.
restore() {
    rm -rf "$copy/tree"
    mkdir -p "$copy/tree/tests"
    cp -R "$here/../include" "$here/../drivers" "$here/../kernels" "$copy/tree"
    "$here/rooms.sh" --root "$copy/tree" >"$copy/out" || {
        echo 'wrongly found before anything was planted:'
        cat "$copy/out"
        failed=1
    }
}

strangers=()
plant() { # FILE LINE
    printf '%s\n' "$2" >>"$copy/tree/$1"
}
caught() { # FILE LINE: must be found
    plant "$@"
    strangers+=("$1:$(wc -l <"$copy/tree/$1"):"$'\t'"$2")
}
allowed() { # FILE LINE: must not be found
    plant "$@"
}

restore
caught kernels/dot.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught drivers/study/comm_self.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught drivers/study/team.c 'static int a(void) { return hwloc_topology_init(0); }'
caught drivers/study/report.c 'static void *a(void) { return json_object(); }'
caught drivers/study/publish.c 'static int a(void *j) { return json_dumpf(j, stdout, JSON_COMPACT); }'
caught drivers/lesson/share/serialised.c 'static void a(msgpack_sbuffer *b) { (void)b; }'
caught kernels/dot.c '#pragma omp parallel for'
caught drivers/study/study.c '#  pragma omp parallel'
caught kernels/dot.c 'static int a(void) { return clock_gettime(0, 0); }'
caught drivers/study/study.c 'static double a(void) { return omp_get_wtime(); }'
caught kernels/dot.c 'static int a(void) { return printf("a"); }'
caught drivers/study/sample.c 'static int a(FILE *f) { return fprintf (f, "a"); }'
caught kernels/dot.c 'static void *a(void) { return malloc(1); }'
caught drivers/study/measure.c 'static void *a(void) { return aligned_alloc(64, 64); }'
caught drivers/study/break_even_text.c 'static void *a(void) { return malloc(1); }'
caught drivers/study/best_draw.h 'static void *a(void) { return malloc(1); }'
caught kernels/support/operands.c 'static long a(void *b) { return pread(0, b, 8, 0); }'
caught drivers/study/study.c 'static int a(void) { return fork(); }'
caught drivers/study/report_plot.c 'static int a(pid_t *p) { return posix_spawnp(p, "a", 0, 0, 0, 0); }'
caught drivers/study/launch.c 'static int a(void) { return system("a"); }'
caught drivers/study/study.c 'static int a(char **v) { return execv(v[0], v); }'
caught drivers/study/study.c 'static int a(void) { return socket(1, 1, 0); }'
caught drivers/study/study.c 'static void a(void) { exit(1); }'
caught drivers/study/study.c 'static void a(void) { _exit(1); }'
caught drivers/lesson/spawn/thread.c 'static void a(void) { exit(1); }'
caught drivers/lesson/spawn/thread.c 'static int a(void) { return MPI_Barrier(MPI_COMM_WORLD); }'
caught drivers/lesson/spawn/thread.c 'static int a(void) { return clock_gettime(0, 0); }'
caught drivers/lesson/spawn/thread.c 'static int a(void) { return printf("a"); }'
caught drivers/study/sample.c 'static void a(void) { abort(); }'
caught drivers/study/main.c 'static void a(void) { MPI_Abort(MPI_COMM_WORLD, 1); }'
caught drivers/study/study.c '#ifdef RXT_MPI'
caught drivers/study/study.c '#if defined HAVE_MPI'
caught kernels/dot_blas.c '#include "dot.c"'
caught kernels/dot_blas.c '#include <kernels/dot.c>'
caught kernels/dot_blas.c '#include "support.h"'
caught drivers/dotbench.c 'static int a(int b) { if (b) return 1; return 0; }'
caught include/rxt/slab.h 'static inline void *rxt_a(void) { return malloc(1); }'
allowed kernels/dot.c '/* MPI_Barrier, malloc(1) and #pragma omp parallel: only talk */ // fork()'
allowed drivers/study/sample.c 'static const char *a = "exit(1), hwloc_topology, /* "; /* " */'
allowed drivers/lesson/spawn/thread.c 'static int a(void) { if (fork()) return socket(1, 1, 0); _exit(0); }'
allowed drivers/study/host.c 'struct json_t *rxt_host_json(void);'
allowed drivers/study/comm_self.c 'static void *a(void) { return malloc(1); }'
allowed drivers/study/sample.c 'static int a(char *b) { return snprintf(b, 9, "a"); }'

"$here/rooms.sh" --root "$copy/tree" >"$copy/out"
for stranger in "${strangers[@]}"; do
    if ! grep -qF "    ${stranger%%$'\t'*}" "$copy/out"; then
        echo "not caught in ${stranger/$'\t'/ }"
        failed=1
    fi
done
found=$(grep -oE '^    [^: ]+:[0-9]+:' "$copy/out" | sort -u | wc -l)
if [ "$found" != ${#strangers[@]} ]; then
    echo "$found lines found, but ${#strangers[@]} strangers planted:"
    cat "$copy/out"
    failed=1
fi

# A clock in a test.
restore
echo 'static int a(void) { return clock_gettime(0, 0); }' >"$copy/tree/tests/test_clock.c"
if "$here/rooms.sh" --root "$copy/tree" >"$copy/out"; then
    echo "not caught: a clock in a test"
    failed=1
fi

# Objects with variables, and with constants only.
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
mkdir -p "$copy/build/CMakeFiles/rxt.dir"
object() { # TEXT: does rooms.sh accept an object made of it?
    printf '%s\n' "$1" >"$copy/build/a.c"
    "$compiler" -fPIE -c -o "$copy/build/CMakeFiles/rxt.dir/a.c.o" "$copy/build/a.c" &&
        "$here/rooms.sh" "$copy/build" >"$copy/out"
}
for text in 'int a = 1;' 'int a;' 'int f(void) { static int a; return a++; }' \
    'int b; int *a = &b;' '_Thread_local int a;'; do
    if object "$text"; then
        echo "not caught in an object: $text"
        failed=1
    fi
done
for text in 'const int a = 1;' 'extern int b; int *const a = &b;' 'int f(int a) { return a; }'; do
    if ! object "$text"; then
        echo "wrongly found in an object: $text"
        cat "$copy/out"
        failed=1
    fi
done

exit $failed
