/* check.c - options that exclude each other, checked after the whole command line was read. */
#include "settings/settings.h"

#include <string.h>

#include "base/list.h"
#include "comm/comm.h"
#include "support/slab.h"

enum { LEAST_ROUNDS = 6 }; /* with fewer rounds rxt_sample_rank finds no interval */

/* --bind=none leaves workers where the launcher put them, so --cpus and --cores cannot bind
 * them. */
static rxt_status check_none(const rxt_settings *s)
{
    for (int b = 0; b < s->binds; b++)
        if (rxt_bind_leaves(s->bind[b]) && (s->has_cpus || s->cores > 0))
            return rxt_status_of(RXT_USAGE,
                                 "--%s: does not go with --bind=none, which leaves workers where "
                                 "the launcher put them; use only one of the two",
                                 s->has_cpus ? "cpus" : "cores");
    return RXT_OK;
}

static rxt_status only_dry(int ranks)
{
    if (!rxt_comm_many())
        return rxt_status_of(RXT_USAGE,
                             "--ranks-started=%d: only with --dry-run; this build has no MPI, and "
                             "measures one rank",
                             ranks);
    return rxt_status_of(RXT_USAGE,
                         "--ranks-started=%d: only with --dry-run; to measure, start with mpirun "
                         "-np %d",
                         ranks, ranks);
}

bool rxt_settings_own(const rxt_settings *s)
{
    for (int a = 0; a < RXT_OWN; a++)
        if (s->own[a])
            return true;
    return false;
}

int rxt_settings_inputs(const rxt_settings *s)
{
    int most = 0;

    for (int k = 0; k < s->kernels; k++)
        most = rxt_inputs_of(s->kernel[k]) > most ? rxt_inputs_of(s->kernel[k]) : most;
    return most;
}

/* Checks --x and --y. The files determine the size, so --size is refused; at least one kernel must
 * read such an operand. */
static rxt_status check_own(const rxt_settings *s)
{
    const char *file = s->own[0] ? "--x" : "--y";
    int inputs = rxt_settings_inputs(s);

    if (s->size_given)
        return rxt_status_of(
            RXT_USAGE,
            "--size: does not go with %s, whose length is the size; use only one of the two", file);
    if (s->weak)
        return rxt_status_of(RXT_USAGE,
                             "--scaling=weak: does not go with %s, whose length is the same for "
                             "all splits; use only one of the two",
                             file);
    for (int a = 0; a < RXT_OWN; a++)
        if (s->own[a] && inputs <= a)
            return rxt_status_of(
                RXT_USAGE,
                "--%c=%.200s: no chosen kernel reads a %s operand; leave this option out", "xy"[a],
                s -> own[a], a == 0 ? "first" : "second");
    return RXT_OK;
}

static bool driven(const rxt_settings *s, const rxt_kernel *kernel)
{
    for (int t = 0; t < s->teams; t++)
        if (rxt_team_drives(s->team[t], kernel))
            return true;
    return false;
}

/* Every kernel needs a team that can call it. If the user lists several teams, a kernel is measured
 * only with those that can call it. */
static rxt_status check_teams(const rxt_settings *s)
{
    for (int k = 0; k < s->kernels; k++)
        if (!driven(s, s->kernel[k]))
            return rxt_status_of(
                RXT_USAGE, "--team=%s: %s %s; leave the kernel out, or measure with --team=%s,%s",
                rxt_team_kind_name(s->team[0]), s->kernel[k]->name,
                rxt_team_unfit(s->team[0], s->kernel[k], 1),
                rxt_team_kind_name(rxt_team_kind_for(s->kernel[k])),
                rxt_team_kind_name(s->team[0]));
    return RXT_OK;
}

/* --ranks and --ranks-per-node both give the number of ranks. */
static rxt_status check_ranks(const rxt_settings *s)
{
    if (s->splits.rank_count && s->splits.per_node_count)
        return rxt_status_of(RXT_USAGE, "--ranks-per-node: does not go with --ranks, which counts "
                                        "the ranks of all nodes; use only one of the two");
    return RXT_OK;
}

/* --break-even needs intervals, and intervals need at least LEAST_ROUNDS rounds. */
static rxt_status check_break_even(const rxt_settings *s)
{
    if (s->break_even && s->rounds_max < LEAST_ROUNDS)
        return rxt_status_of(RXT_USAGE,
                             "--break-even: intervals need %d rounds, and --rounds allows %d; give "
                             "--rounds=%d or more",
                             LEAST_ROUNDS, s->rounds_max, LEAST_ROUNDS);
    return RXT_OK;
}

/* If a driver has no default kernels, the user must name some. */
static rxt_status check_kernels(const rxt_settings *s)
{
    if (s->kernels == 0 && s->action != RXT_ACTION_LIST)
        return rxt_status_of(
            RXT_USAGE,
            "--kernel: no kernel is named; write -k NAME,… or -k all (--list shows them)");
    return RXT_OK;
}

/* A size may be given as a cache level only if the task has operands, because operands must fill
 * the cache. */
static rxt_status check_levels(const rxt_settings *s)
{
    for (int k = 0; k < s->kernels; k++) {
        const rxt_task *task = s->kernel[k]->task;

        for (int i = 0; i < s->sizes && task && task->kernel.arrays == 0; i++)
            if (s->size[i].level[0])
                return rxt_status_of(
                    RXT_USAGE,
                    "--size=%s: %s has no operands to fill a cache; give a number of %ss",
                    s->size[i].level, task->kernel.name, task->unit);
    }
    return RXT_OK;
}

/* The options of the lesson that at least one kernel uses, as bits RXT_HEEDS_…. */
static int heeded_by(const rxt_settings *s)
{
    int heeded = 0;

    for (int k = 0; k < s->kernels; k++)
        heeded |= s->kernel[k]->task ? s->kernel[k]->task->heeds : 0;
    return heeded;
}

/* Limits the time of one call on one worker. One worker does all requests one after the other, each
 * with --service-time. */
static rxt_status check_service(const rxt_settings *s)
{
    const double most = 3600;
    double service = heeded_by(s) & RXT_HEEDS_SERVICE_TIME ? s->options.service_time : 0;
    char n[32];

    for (int i = 0; i < s->sizes && s->preset->lesson == RXT_LESSON_IO; i++)
        if (!s->size[i].level[0] && (double)s->size[i].n * service > most)
            return rxt_status_of(RXT_USAGE,
                                 "--size=%s: one worker would take %.3g hours for this many "
                                 "requests of %g s; choose fewer, or a shorter --service-time",
                                 rxt_list_print(s->size[i].n, n),
                                 (double)s->size[i].n * service / 3600, service);
    return RXT_OK;
}

/* An option without effect is an error: the user meant something else. */
static rxt_status check_wished(const rxt_settings *s)
{
    static const char *const option[] = { "switch-interval", "service-time", "compute-share" };
    int heeded = heeded_by(s);

    for (int o = 0; o < 3; o++)
        if (s->wished & ~heeded & 1 << o)
            return rxt_status_of(
                RXT_USAGE,
                "--%s: has no effect on %s%s; leave it out, or choose another task with --kernel",
                option[o], s->kernel[0]->name, s->kernels > 1 ? " and the other chosen tasks" : "");
    return RXT_OK;
}

/* Sets the driver's default splits, unless the user chose some. */
static rxt_status default_splits(rxt_settings *s)
{
    const rxt_splits_request *request = &s->splits;
    bool named = request->cross || request->diagonal || request->grid || request->pairs ||
                 request->rank_count || request->thread_count || request->per_node_count;

    return named || !s->preset->splits ? RXT_OK : rxt_settings_splits(s, s->preset->splits);
}

/* Is the study written to a file with the times of all rounds? A .csv has only their medians. */
static bool keeps_samples(const rxt_settings *s)
{
    size_t length = s->output ? strlen(s->output) : 0;

    return length >= 5 && !strcmp(s->output + length - 5, ".json");
}

rxt_status rxt_settings_check(rxt_settings *s)
{
    rxt_status st = rxt_status_first(check_kernels(s), check_none(s));

    if (!st)
        st = rxt_settings_typed(s);
    if (!st)
        st = check_levels(s);
    if (!st)
        st = check_wished(s);
    if (!st)
        st = check_service(s);
    if (!st)
        st = default_splits(s);
    if (!st)
        st = check_teams(s);
    if (!st)
        st = check_ranks(s);
    if (!st)
        st = check_break_even(s);
    if (!st && rxt_settings_own(s)) {
        st = check_own(s);
        s->sizes = 0;
    }
    if (!st)
        st = rxt_settings_heaps(s);
    if (st)
        return st;
    if (s->action == RXT_ACTION_DRY_RUN || s->action == RXT_ACTION_LIST)
        return RXT_OK;
    if (s->again && !keeps_samples(s))
        return rxt_status_of(RXT_USAGE,
                             "--again: adds a run to the study in --output; name its file with -o "
                             "FILE.json");
    if (s->resume && !s->output)
        return rxt_status_of(RXT_USAGE,
                             "--resume: continues the study in --output; name its file with -o");
    if (s->topology)
        return rxt_status_of(
            RXT_USAGE, "--topology=%.200s: only with --dry-run; add it to plan for another machine",
            s->topology);
    if (s->ranks_started)
        return only_dry(s->ranks_started);
    return RXT_OK;
}
