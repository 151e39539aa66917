#!/usr/bin/env bash
# hangs_test.sh BUILD - a fault on one rank never leaves the others waiting: different clocks, a
# rank that cannot start what it needs, no space for shared memory, an MPI error.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
as_users_do

bench=$build/dotbench
have "${CC:-cc}" || { skip 'no C compiler'; finish; }

# The shim simulates faults, by variable. COARSE: the clock has steps of 5.0 us on rank 0 and of 5.2
# us on other ranks, as coarse clocks have that are not read from the processor. NO_THREAD=N: rank 1
# cannot start its thread number N. FULL: /dev/shm is full after MPI took what it needs.
# NO_WINDOW=N: on rank 1, shared windows fail from number N on.
cat >"$dir/shim.c" <<'END'
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

static int rank(void)
{
    const char *text = getenv("OMPI_COMM_WORLD_RANK");

    if (!text)
        text = getenv("PMI_RANK");
    return text ? atoi(text) : 0;
}

/* Is the caller the program itself, and not a library that it has? */
static int own(void *caller)
{
    Dl_info is;

    return dladdr(caller, &is) && strstr(is.dli_fname, "bench");
}

int clock_gettime(clockid_t id, struct timespec *now)
{
    static int (*real)(clockid_t, struct timespec *);
    long step = rank() == 0 ? 5000 : 5200;
    int result;

    if (!real)
        real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    result = real(id, now);
    if (getenv("COARSE"))
        now->tv_nsec -= now->tv_nsec % step;
    return result;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *arg)
{
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    static int calls;

    if (!real)
        real = (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(
            RTLD_NEXT, "pthread_create");
    if (getenv("NO_THREAD") && rank() == 1 && own(__builtin_return_address(0)) &&
        ++calls == atoi(getenv("NO_THREAD")))
        return EAGAIN;
    return real(thread, attributes, start, arg);
}

int statvfs(const char *path, struct statvfs *is)
{
    static int (*real)(const char *, struct statvfs *);
    static int calls;
    int result;

    if (!real)
        real = (int (*)(const char *, struct statvfs *))dlsym(RTLD_NEXT, "statvfs");
    result = real(path, is);
    if (getenv("FULL") && !strcmp(path, "/dev/shm") && own(__builtin_return_address(0)) &&
        ++calls > 1)
        is->f_bavail = 0;
    return result;
}

int PMPI_Win_allocate_shared(long, long, long, long, long, long) __attribute__((weak));
int MPI_Win_allocate_shared(long a, long b, long c, long d, long e, long f)
{
    static int calls;

    if (getenv("NO_WINDOW") && rank() == 1 && ++calls >= atoi(getenv("NO_WINDOW")))
        return 16;
    return PMPI_Win_allocate_shared(a, b, c, d, e, f);
}
END
"${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -O1 -o "$dir/shim.so" "$dir/shim.c" -ldl ||
    { skip 'the C compiler cannot make a library'; finish; }

strange() { # RANKS VARIABLE=VALUE ARGUMENT...
    ranks "$1" env "$2" "LD_PRELOAD=$dir/shim.so" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" "$bench" "${@:3}"
}
in_order() { # WHAT WORDS...: the last run ended with code 3 and one message
    claim "$1: exit code 3" exits 3
    claim "$1: one message" says_once "${@:2}"
}

# ---- what is strange on one rank of two ----

if several; then
    strange 2 COARSE=1 -n 1k,10k --rounds=2:2 --format=csv -q -r 1,2 -t 1 --oversubscribe
    claim 'clocks whose steps differ: the study ends' exits 0
    claim 'clocks whose steps differ: every row is measured' equal "$(grep -c true "$dir/out")" 4

    strange 2 NO_THREAD=1 -n 1k --rounds=2:2 --format=csv
    in_order 'a rank that may start no thread' 'cannot start a thread'
    bench=$build/iobench
    strange 2 NO_THREAD=2 -k request -n 4 -p 2x2 --oversubscribe --rounds=1:1 --service-time=1ms -q
    in_order 'a rank that gets fewer threads than the other' 'OpenMP started only 1 of 2'

    # The third rank is not in the first split, and is about to make the window of the next split.
    bench=$build/dotbench
    windows=(-n 1k --combine=window --oversubscribe --rounds=1:1 -q)
    strange 3 FULL=1 "${windows[@]}" -p '1x1,2x1,3x1'
    in_order 'a full /dev/shm' '/dev/shm has 0 MB left'
    strange 3 NO_WINDOW=2 "${windows[@]}" -p '1x1,2x1,3x1'
    in_order 'a window that fails on one rank' MPI_Win_allocate_shared 'failed on rank 1'
    strange 2 NO_WINDOW=1 -n 1k --rounds=1:1 -q
    in_order 'a window that fails at the start' MPI_Win_allocate_shared 'failed on rank 1'

    # Without the shim, if a small /dev/shm can be mounted; MPI itself works without /dev/shm.
    if unshare -m mount -t tmpfs none /dev/shm 2>/dev/null && open_mpi; then
        # shellcheck disable=SC2016  # for the inner shell
        run unshare -m bash -c 'mount -t tmpfs -o size=16k none /dev/shm && "$@"' - \
            "$mpiexec" -np 2 "$bench" "${windows[@]}" -p '1x1,2x1'
        in_order 'a /dev/shm of 16 kB' '/dev/shm has 0.0'
    else
        skip 'a small /dev/shm: none can be mounted here, or not Open MPI'
    fi
else
    skip 'what goes wrong on one rank of two: this build has no MPI'
fi

# libgomp ends the process itself if it cannot allocate a stack.
run env OMP_STACKSIZE=1000000G "$build/dotbench" -n 1k -p 1x2 --oversubscribe --rounds=1:1 -q
in_order 'stacks larger than memory' 'OpenMP started only 1 of 2 threads' OMP_STACKSIZE

# Fewer threads than a split needs, by the limit of an ordinary user: OpenMP's runtimes would exit.
if [ "$(id -u)" = 0 ] && have prlimit setpriv && [ "${RXT_BUILD_TYPE:-Release}" = Release ] &&
    chmod -R a+rX "$dir" && chmod a+rwx "$dir" &&
    setpriv --reuid="$somebody" --regid="$somebody" --clear-groups test -x "$bench"; then
    run setpriv --reuid="$somebody" --regid="$somebody" --clear-groups prlimit --nproc=3 "$bench" -n 1k -t 8 \
        --oversubscribe --rounds=1:1 -q
    claim 'a limit of threads: exit code 3' exits 3
    claim 'a limit of threads: one message' says_once 'OpenMP started only'
else
    skip 'a limit of threads: only as root, in a release build that others can read'
fi

finish
