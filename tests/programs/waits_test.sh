#!/usr/bin/env bash
# waits_test.sh BUILD - a worker that waits for another one in shared memory does not call
# sched_yield while both have their own core: if another process computes on that core, one yield
# costs 4 ms. If the workers share a core, it does yield.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"
as_users_do

[ "$cores" -ge 2 ] || { skip 'one core: two workers would share it'; exit 77; }

# Counts the yields of the program itself, not those of its libraries.
cat >"$dir/yield.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
static atomic_long offers;
int sched_yield(void)
{
    static const char *const ours[] = { "bench", "rxt" };
    Dl_info from;
    if (dladdr(__builtin_return_address(0), &from) && from.dli_fname)
        for (int i = 0; i < 2; i++) {
            const char *file = strrchr(from.dli_fname, '/');
            if (strstr(file ? file : from.dli_fname, ours[i])) {
                atomic_fetch_add(&offers, 1);
                break;
            }
        }
    return (int)syscall(SYS_sched_yield);
}
__attribute__((destructor)) static void tell(void)
{
    FILE *file = fopen(getenv("SHIM_FILE"), "a");
    if (file) {
        fprintf(file, "%ld\n", atomic_load(&offers));
        fclose(file);
    }
}
END
offers_of() { # RANKS PROGRAM ARGUMENT...: sets $offers, the yields of all processes
    rm -f "$dir/offers"
    ranks "$1" env "LD_PRELOAD=$dir/yield.so" "SHIM_FILE=$dir/offers" \
        "ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0" "${@:2}" --rounds=2:2 -q \
        --format=csv
    claim "$ran: exit code 0" exits 0
    claim "$ran: every row is verified" all_rows "$dir/out" '^true$' verified
    offers=$(awk '{ all += $1 } END { print all + 0 }' "$dir/offers")
}
if ! cc -O1 -shared -fPIC -o "$dir/yield.so" "$dir/yield.c" -ldl; then
    skip 'cc makes no shared library here'
    exit 77
fi

offers_of 1 "$bench" -n 1k,100k -p 1x2 --team=resident
claim 'threads that stay keep their cores' equal "$offers" 0
offers_of 1 "$bench" -n 1k -p "1x$((2 * cores))" --team=resident --oversubscribe
claim 'more threads than cores give way' [ "$offers" -gt 0 ]
if several; then
    offers_of 2 "$bench" -n 1k,100k -p 2x1 --combine=window
    claim 'ranks that meet in a window keep their cores' equal "$offers" 0
    offers_of $((2 * cores)) "$bench" -n 1k -p "$((2 * cores))x1" --combine=window --oversubscribe
    claim 'more ranks than cores give way' [ "$offers" -gt 0 ]
    offers_of 2 "$bench" -n 1k -p "2x$cores" --team=resident --oversubscribe
    claim 'so do threads whose cores other ranks have, too' [ "$offers" -gt 0 ]
fi

finish
