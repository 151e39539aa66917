#!/usr/bin/env bash
# injection_test.sh BUILD - a study ends in order if one call fails once on one rank: a sample of
# the calls that fault_injection.sh tries by hand.
# shellcheck source=tests/lib.sh disable=SC2317
. "$(dirname "$0")/../lib.sh"

several || { skip 'a build without MPI has no rank that could fail alone'; finish; }
have "${CC:-cc}" nm || { skip 'no C compiler'; finish; }
[ "${RXT_BUILD_TYPE:-}" != Asan ] || { skip 'the sanitizers have a malloc of their own'; finish; }
limit=500

met() { # COUNT: the last run injected at least COUNT failures
    [ "$(sed -n 's/^ *\([0-9]*\) \(absorbed\|exit code .*\)$/\1/p' "$dir/out" |
        awk '{ all += $1 } END { print all + 0 }')" -ge "$1" ]
}

run bash "$(dirname "$0")/../fault_injection.sh" --driver=dotbench --driver=iobench --most=6 \
    --sample=10 --seed=2 --limit=90 "$build"
claim 'a sample: all ended in order' exits 0
claim 'a sample: so many were tried' grep -qE '^10 of [0-9]{2,} faults tried$' "$dir/out"
claim 'a sample: most were met' met 7
# One rank has no memory for its world. MPI_Finalize fails on one rank while the other rank waits
# for it. A resumed study cannot find out whether its MPI is still the same. A resumed study cannot
# read the cache sizes that it measured before. Rank 0 fails while a rank outside the split sleeps.
run bash "$(dirname "$0")/../fault_injection.sh" --case=window:malloc,1,1 \
    --case=resident:MPI_Finalize,1,1 --case=resume:MPI_Get_library_version,1,0 \
    --case=resume:fdopen,2,0 --case=sharebench:MPI_Recv,3,0 --ranks=3 --limit=90 "$build"
claim 'at the begin and the end of MPI, where it is compared, and beside a sleeping rank: in order' \
    equal "$(grep -c ': exit code 3$' "$dir/out")" 5

# hydra does not end a job whose rank ends before MPI_Init: the other ranks end it after a minute.
open_mpi || { skip 'a launcher that is slow to answer: only with Open MPI'; finish; }

# Open MPI's mpirun is slow to answer a rank that connects to it, as on a loaded machine. A rank on
# which MPI does not start must not end at once: mpirun would then die while it answers a rank that
# it has killed.
cat >"$dir/slow.c" <<'END'
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
__attribute__((constructor)) static void for_launcher_alone(void)
{
    unsetenv("LD_PRELOAD");
}
ssize_t send(int to, const void *data, size_t bytes, int flags)
{
    ssize_t (*real)(int, const void *, size_t, int) = dlsym(RTLD_NEXT, "send");

    usleep(300000);
    return real(to, data, bytes, flags);
}
END
printf '#!/bin/sh\nLD_PRELOAD=%s exec "%s" "$@"\n' "$dir/slow.so" "$mpiexec" >"$dir/launcher"
chmod +x "$dir/launcher"
run "${CC:-cc}" -D_GNU_SOURCE -O1 -shared -fPIC -o "$dir/slow.so" "$dir/slow.c" -ldl
claim 'a slow launcher: its library is built' exits 0
run env RXT_MPIEXEC="$dir/launcher" bash "$(dirname "$0")/../fault_injection.sh" \
    --case=window:MPI_Init_thread,1,0 --case=window:MPI_Init_thread,1,2 --ranks=3 --limit=90 "$build"
claim 'MPI does not start on one rank, while others connect to a slow launcher: in order' \
    equal "$(grep -c ': exit code 3$' "$dir/out")" 2

finish
