/* kind.c - the kinds of teams: their names, and which kernels they can call. */
#include "team/team.h"

#include "support/slab.h"

const char *rxt_team_kind_name(rxt_team_kind kind)
{
    static const char *const name[RXT_TEAMS] = {
        [RXT_TEAM_FORKJOIN] = "forkjoin", [RXT_TEAM_RESIDENT] = "resident", [RXT_TEAM_AUTO] = "auto"
    };

    return name[kind];
}

const char *rxt_team_unfit(rxt_team_kind kind, const rxt_kernel *kernel, int kernels)
{
    static const char *const own[] = { "brings its own threads", "bring their own threads" },
                             *const task[] = { "needs every thread", "need every thread" };

    if (kind != RXT_TEAM_FORKJOIN && kernel->run)
        return own[kernels > 1];
    if (kind == RXT_TEAM_AUTO && kernel->task)
        return task[kernels > 1];
    return NULL;
}

bool rxt_team_drives(rxt_team_kind kind, const rxt_kernel *kernel)
{
    return !rxt_team_unfit(kind, kernel, 1);
}

rxt_case rxt_team_case(rxt_team_kind kind, const rxt_kernel *kernel, ptrdiff_t total, int ranks,
                       int threads)
{
    rxt_case of = rxt_case_of(kernel, total, ranks, threads);
    ptrdiff_t alone = rxt_chain_of(kernel, total, ranks, 1);

    if (kind == RXT_TEAM_AUTO && alone > of.chain)
        of.chain = alone;
    return of;
}
