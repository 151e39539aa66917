/* kind.c - the kinds of teams, one line each: their names, and which kernels they can call. The
 * first kind is the default. */
#include "team/team.h"

#include "support/slab.h"

static const struct kind {
    rxt_word word;
    bool stays, decides;
    rxt_team_kind roof;
} kinds[RXT_TEAMS] = {
    [RXT_TEAM_FORKJOIN] = { .word = { "forkjoin", "a parallel region per call" },
                            .roof = RXT_TEAM_FORKJOIN },
    [RXT_TEAM_RESIDENT] = { .word = { "resident",
                                      "threads that stay for the whole visit, woken through a "
                                      "cache line" },
                            .stays = true,
                            .roof = RXT_TEAM_RESIDENT },
    [RXT_TEAM_AUTO] = { .word = { "auto", "resident if handing over pays, else one thread" },
                        .stays = true,
                        .decides = true,
                        .roof = RXT_TEAM_RESIDENT },
};

static const rxt_word *word(int index)
{
    return &kinds[index].word;
}

const rxt_vocabulary rxt_team_vocabulary = { .count = RXT_TEAMS, .word = word };

const char *rxt_team_kind_name(rxt_team_kind kind)
{
    return kinds[kind].word.name;
}

bool rxt_team_stays(rxt_team_kind kind)
{
    return kinds[kind].stays;
}

bool rxt_team_decides(rxt_team_kind kind)
{
    return kinds[kind].decides;
}

rxt_team_kind rxt_team_roof(rxt_team_kind kind)
{
    return kinds[kind].roof;
}

const char *rxt_team_unfit(rxt_team_kind kind, const rxt_kernel *kernel, int kernels)
{
    static const char *const own[] = { "brings its own threads", "bring their own threads" },
                             *const task[] = { "needs every thread", "need every thread" };

    if (rxt_team_stays(kind) && kernel->run)
        return own[kernels > 1];
    if (rxt_team_decides(kind) && kernel->task)
        return task[kernels > 1];
    return NULL;
}

bool rxt_team_drives(rxt_team_kind kind, const rxt_kernel *kernel)
{
    return !rxt_team_unfit(kind, kernel, 1);
}

rxt_team_kind rxt_team_kind_for(const rxt_kernel *kernel)
{
    int kind = 0;

    while (kind < RXT_TEAMS - 1 && !rxt_team_drives((rxt_team_kind)kind, kernel))
        kind++;
    return (rxt_team_kind)kind;
}

rxt_case rxt_team_case(rxt_team_kind kind, const rxt_kernel *kernel, ptrdiff_t total, int ranks,
                       int threads)
{
    rxt_case of = rxt_case_of(kernel, total, ranks, threads);
    ptrdiff_t alone = rxt_chain_of(kernel, total, ranks, 1);

    if (rxt_team_decides(kind) && alone > of.chain)
        of.chain = alone;
    return of;
}
