#!/usr/bin/env bash
# shellcheck source=tests/lib.sh
# blas_test.sh - a CBLAS is loaded if a chosen kernel calls one; any library can be given by its
# file name. It is not loaded if the address space is too small for it.
. "$(dirname "$0")/../lib.sh"

quick=(--rounds=1:1 -q)
blas=asum_blas,axpy_blas,dot_blas,iamax_blas,nrm2_blas,sum_blas

# No program may be linked to a BLAS: OpenBLAS takes memory when it is loaded, even if nobody needs
# it.
for program in dotbench kernbench lockbench; do
    claim "$program is not linked to a BLAS" \
        equal "$(ldd "$build/$program" | grep -ci 'blas\|mkl')" 0
done

# ---- a library of six lines ----

cat >"$dir/only_dot.c" <<'END'
double cblas_ddot(int n, const double *x, int dx, const double *y, int dy)
{
    double sum = 0.0;

    for (int i = 0; i < n; i++)
        sum += x[(long)i * dx] * y[(long)i * dy];
    return sum;
}
END
# Simulates a host of 64 CPUs, by the functions with which OpenBLAS counts CPUs.
cat >"$dir/many.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

int get_nprocs(void) { return 64; }
int get_nprocs_conf(void) { return 64; }

long sysconf(int what)
{
    long (*real)(int) = (long (*)(int))dlsym(RTLD_NEXT, "sysconf");

    return what == _SC_NPROCESSORS_CONF || what == _SC_NPROCESSORS_ONLN ? 64 : real(what);
}

int sched_getaffinity(pid_t process, size_t size, cpu_set_t *mask)
{
    (void)process;
    memset(mask, 0, size);
    for (int cpu = 0; cpu < 64; cpu++)
        CPU_SET_S(cpu, size, mask);
    return 0;
}
END
# Simulates a system without OpenBLAS: dlopen does not find it.
cat >"$dir/hides.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

void *dlopen(const char *file, int how)
{
    void *(*real)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");

    return real(file && strstr(file, "openblas") ? "/nowhere/libopenblas.so" : file, how);
}
END
makes() { # NAME
    cc -O1 -shared -fPIC -o "$dir/$1.so" "$dir/$1.c" -ldl
}
preloading() { # NAME: sets $with, the words before a command that preload it
    with=(env "LD_PRELOAD=$dir/$1.so" "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0")
}
if ! makes only_dot || ! makes many || ! makes hides; then
    skip 'libraries made for this test: cc makes no shared library here'
    finish
fi

# ---- address space that is too small ----

if [ "${RXT_BUILD_TYPE:-}" = Asan ]; then
    skip 'little address space: the sanitizers need terabytes'
else
    preloading many
    little=(bash -c 'ulimit -v 2000000 && exec "$@"' _ "${with[@]}")
    limit=20
    for option in --help --version --list; do
        run "${little[@]}" "$bench" "$option"
        claim "64 CPUs, 2 GB of address space, $option: exit code 0" exits 0
    done
    limit=60
    run "${little[@]}" "$bench" -k dot -n 1k -t 1 "${quick[@]}"
    claim '64 CPUs, 2 GB of address space: the kit'\''s own dot product is measured' exits 0
    run "${little[@]}" "$bench" -k dot_blas -n 1k -t 1 "${quick[@]}"
    claim '64 CPUs, 2 GB of address space: OpenBLAS is loaded with one thread, and measured' exits 0
    run bash -c 'ulimit -v 200000 && exec "$@"' _ "$bench" -k dot_blas -n 1k -t 1 "${quick[@]}"
    claim 'too little for OpenBLAS: exit code 3' exits 3
    claim 'too little for OpenBLAS: one line' says_once OpenBLAS 'address space' 'ulimit -v'
fi

# ---- OpenBLAS, and any other by name ----

run "$bench" -k dot_blas -n 1k -t 1 --rounds=2:2 -o "$dir/study.json"
claim 'the header names OpenBLAS, and the core that it runs on' \
    grep -qE 'host .*OpenBLAS [0-9.]+[^ ]* on [A-Za-z0-9_]+.*kernel ' <(tr -s '\n ' ' ' <"$dir/out")
claim 'the file names it' grep -qE '"blas": "OpenBLAS [0-9]' "$dir/study.json"

run "$bench" -k dot -n 1k -t 1 "${quick[@]}" -o "$dir/none.json"
claim 'a study that calls none names none' grep -qE '"blas": null' "$dir/none.json"

ranks 2 "$bench" -k dot,dot_blas --blas="$dir/only_dot.so" -n 1k -t 1,2 --oversubscribe \
    --rounds=2:2 -o "$dir/own.csv"
claim 'a library by its file: exit code 0' exits 0
claim 'a library by its file: verified' all_rows "$dir/own.csv" '^(true)$' verified
claim 'a library by its file: the header has its name' holds "$dir/out" only_dot.so
claim 'a library whose threads nobody can set: says so' \
    equal "$(said | grep -c 'only_dot.so: it cannot be limited to one thread')" 1

mkfifo "$dir/waits.so"
run "$bench" -k dot_blas --blas="$dir/waits.so" "${quick[@]}"
claim 'a library that is a pipe: exit code 3' exits 3
claim 'a library that is a pipe: says so' says_once "--blas=$dir/waits.so" 'is not a regular file'

for library in libblas.so.3 libblis.so.4; do
    if ! ldconfig -p | grep -q "$library"; then
        skip "$library: not here"
        continue
    fi
    ranks 2 "$build/kernbench" -k "$blas" --blas="$library" -n 1k,100k -t 1,2 --oversubscribe \
        "${quick[@]}" -o "$dir/named.csv"
    if [ "$status" = 3 ]; then # cblas_dsum is an extension of OpenBLAS's
        claim "$library: says what is missing" says_once sum_blas cblas_dsum
        ranks 2 "$build/kernbench" -k "${blas%,sum_blas}" --blas="$library" -n 1k,100k -t 1,2 \
            --oversubscribe "${quick[@]}" -o "$dir/named.csv"
    fi
    claim "$library: exit code 0" exits 0
    claim "$library: every result verified" all_rows "$dir/named.csv" '^true$' verified
done

# ---- what is not there ----

run "$bench" -k dot_blas --blas="$dir/nowhere.so" -n 1k
claim 'a library that is not there: exit code 3' exits 3
claim 'a library that is not there: one line' says_once --blas= nowhere.so 'cannot be loaded'
ranks 2 "$bench" -k all --blas="$dir/nowhere.so" -n 1k
claim 'a library that is not there, all kernels: not exit code 0, for it was asked for' exits 3
claim 'a library that is not there, all kernels: one line' says_once --blas= nowhere.so

run "$build/kernbench" -k dot_blas,sum_blas --blas="$dir/only_dot.so" -n 1k -t 1
claim 'a function that is not there: exit code 3' exits 3
claim 'a function that is not there: one line' says_once sum_blas only_dot.so cblas_dsum

preloading hides
run "${with[@]}" "$bench" -k dot_blas -n 1k
claim 'no OpenBLAS: exit code 3' exits 3
claim 'no OpenBLAS: one line' says_once 'no OpenBLAS' --blas=
ranks 2 "${with[@]}" "$bench" -k dot_blas -n 1k
claim 'no OpenBLAS, two ranks: exit code 3' exits 3
claim 'no OpenBLAS, two ranks: one line' says_once 'no OpenBLAS' --blas=
run "${with[@]}" "$build/lockbench" -k native_held -n 2 -p 1x2 # the preset has all kernels
claim 'no OpenBLAS, one kernel of all: exit code 3' exits 3
claim 'no OpenBLAS, one kernel of all: one line' says_once 'no OpenBLAS' --blas=
ranks 2 "${with[@]}" "$build/lockbench" -k all -n 1k -p "1x1,$(several && echo 2x1 || echo 1x2)" \
    --oversubscribe --rounds=1:1 -o "$dir/all.csv"
claim 'no OpenBLAS, all kernels: exit code 0' exits 0
claim 'no OpenBLAS, all kernels: one line' \
    equal "$(said | grep -c 'left out: native_held, native_released: no OpenBLAS')" 1
claim 'no OpenBLAS, all kernels: the others are measured' \
    equal "$(cells "$dir/all.csv" kernel | sort -u | paste -sd' ')" 'interpreted interpreted_nolock'

run "$bench" -k dot --blas=libblas.so.3 -n 1k -t 1 --rounds=2:2
claim 'a library for nobody: says that it changes nothing' \
    equal "$(said | grep -c -- '--blas: has no effect')" 1
refuse -k dot_blas --blas= -- --blas= 'libmkl_rt.so'
finish
