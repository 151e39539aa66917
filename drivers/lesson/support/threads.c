/* threads.c - can a process have n threads at the same time? */
#include "threads.h"

#include <limits.h>

#include "team/team.h"

rxt_status rxt_threads_allowed(ptrdiff_t n)
{
    int asked = n < INT_MAX ? (int)n + 1 : INT_MAX, had = rxt_team_allowed(asked);

    if (had == n + 1)
        return RXT_OK;
    return rxt_status_of(RXT_ENVIRONMENT,
                         "only %d of %td threads can exist at once; raise ulimit -u, or "
                         "kernel.pid_max and vm.max_map_count by sysctl",
                         had - 1, n);
}
