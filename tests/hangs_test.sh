#!/usr/bin/env bash
# hangs_test.sh BUILD - what goes wrong on one rank never leaves the others waiting: clocks that
# differ, and a rank that cannot start what it needs.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"
as_users_do

bench=$build/dotbench
have "${CC:-cc}" || { skip 'no C compiler'; finish; }

# A clock with steps of 5.0 us on rank 0 and 5.2 us on others, as coarse ones have that are not read
# from the processor; and a rank 1 that may start no thread before MPI.
cat >"$dir/shim.c" <<'END'
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int rank(void)
{
    const char *text = getenv("OMPI_COMM_WORLD_RANK");

    if (!text)
        text = getenv("PMI_RANK");
    return text ? atoi(text) : 0;
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
    if (getenv("NO_THREAD") && rank() == 1 && calls++ == 0)
        return EAGAIN;
    return real(thread, attributes, start, arg);
}
END
"${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -O1 -o "$dir/shim.so" "$dir/shim.c" -ldl ||
    { skip 'the C compiler cannot make a library'; finish; }

strange() { # VARIABLE ARGUMENT...
    ranks 2 env "$1=1" "LD_PRELOAD=$dir/shim.so" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" "$bench" "${@:2}"
}

# ---- what is strange on one rank of two ----

if several; then
    strange COARSE -n 1k,10k --rounds=2:2 --format=csv -q -r 1,2 -t 1 --oversubscribe
    claim 'clocks whose steps differ: the study ends' exits 0
    claim 'clocks whose steps differ: every row is measured' equal "$(grep -c true "$dir/out")" 4

    strange NO_THREAD -n 1k --rounds=2:2 --format=csv
    claim 'a rank that may start no thread: exit code 3' exits 3
    claim 'a rank that may start no thread: one message' says_once 'cannot start a thread'
else
    skip 'what goes wrong on one rank of two: this build has no MPI'
fi

# Fewer threads than a point wants, as an ordinary user may have: OpenMP's runtimes would exit.
if [ "$(id -u)" = 0 ] && have prlimit setpriv && [ "${RXT_BUILD_TYPE:-Release}" = Release ] &&
    chmod -R a+rX "$dir" && chmod a+rwx "$dir" &&
    setpriv --reuid="$somebody" --regid="$somebody" --clear-groups test -x "$bench"; then
    run setpriv --reuid="$somebody" --regid="$somebody" --clear-groups prlimit --nproc=3 "$bench" -n 1k -t 8 \
        --oversubscribe --rounds=1:1 -q
    claim 'a limit of threads: exit code 3' exits 3
    claim 'a limit of threads: one message' says_once 'OpenMP gave'
else
    skip 'a limit of threads: only as root, in a release build that others can read'
fi

finish
