/* points_check.c - do the counts that the user names fit in some pair? */
#include <rxt/points.h>

#include <limits.h>
#include <stdio.h>

/* What there are too many of, as the user wrote it. */
typedef struct fault {
    const char *value, *what;
    rxt_point point;
} fault;

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

const char *rxt_points_cores(const rxt_points_host *host, char text[64])
{
    if (host->nodes == 1)
        snprintf(text, 64, "%d core%s", host->cores, plural(host->cores));
    else
        snprintf(text, 64, "%d nodes of %d core%s", host->nodes, host->cores, plural(host->cores));
    return text;
}

const char *rxt_points_print(rxt_point point, char text[48])
{
    int length = snprintf(text, 48, "%dx%d", point.ranks, point.threads);

    if (point.nodes > 0)
        snprintf(text + length, (size_t)(48 - length), "@%d", point.nodes);
    return text;
}

bool rxt_points_hold(const rxt_points_host *host, rxt_point point, long workers)
{
    int here = point.ranks / point.nodes;

    return point.nodes <= host->nodes && point.ranks % point.nodes == 0 && here <= host->ranks &&
           point.threads <= host->thread_limit && (long)here * point.threads <= workers;
}

int rxt_points_nodes(const rxt_points_host *host, rxt_point point, long workers)
{
    if (point.nodes)
        return rxt_points_hold(host, point, workers) ? point.nodes : 0;
    for (point.nodes = 1; point.nodes <= host->nodes; point.nodes++)
        if (rxt_points_hold(host, point, workers))
            return point.nodes;
    return 0;
}

static bool fits(const rxt_points_wish *wish, const rxt_points_host *host, rxt_point point)
{
    return rxt_points_nodes(host, point, wish->oversubscribe ? LONG_MAX : host->cores);
}

/* The ranks alone, however many threads and workers they have, are at fault. */
static rxt_status refuse_ranks(const rxt_points_host *host, const fault *f)
{
    int nodes = f->point.nodes ? f->point.nodes : host->nodes, ranks = f->point.ranks;

    if (f->point.nodes && ranks % nodes == 0)
        return rxt_status_of(
            RXT_USAGE, "%s: only %d rank%s started on a node; start with mpirun -np %d", f->value,
            host->ranks, host->ranks == 1 ? " was" : "s were", ranks / nodes * host->nodes);
    return rxt_status_of(RXT_USAGE,
                         "%s: %d rank%s cannot be dealt evenly to nodes (%d nodes, %d rank%s "
                         "each); choose a multiple of the nodes",
                         f->value, ranks, plural(ranks), nodes, host->ranks, plural(host->ranks));
}

static rxt_status no_mpi(const fault *f)
{
    return rxt_status_of(RXT_USAGE,
                         "%s: this build has no MPI, so there is one rank; build with "
                         "-DRXT_MPI=ON for more",
                         f->value);
}

static rxt_status refuse(const rxt_points_host *host, const fault *f)
{
    rxt_points_host on = *host;
    int started = host->ranks * host->nodes;
    rxt_point point = f->point, ranks = { point.nodes, point.ranks, 1 };
    char cores[64];

    if (host->single && (point.nodes > 1 || point.ranks > started))
        return no_mpi(f);
    if (point.nodes > host->nodes)
        return rxt_status_of(RXT_USAGE, "%s: only %d node%s started; start on %d nodes", f->value,
                             host->nodes, host->nodes == 1 ? " was" : "s were", point.nodes);
    if (point.ranks > started)
        return rxt_status_of(RXT_USAGE, "%s: only %d rank%s started; start with mpirun -np %d",
                             f->value, started, started == 1 ? " was" : "s were", point.ranks);
    if (point.threads > host->thread_limit)
        return rxt_status_of(RXT_USAGE,
                             "%s: OMP_THREAD_LIMIT allows only %d thread%s; raise or unset it",
                             f->value, host->thread_limit, plural(host->thread_limit));
    if (!rxt_points_nodes(host, ranks, LONG_MAX))
        return refuse_ranks(host, f);
    on.nodes = point.nodes ? point.nodes : host->nodes;
    return rxt_status_of(RXT_USAGE, "%s: %ld %s on %s; add --oversubscribe", f->value,
                         (long)point.ranks * point.threads, f->what, rxt_points_cores(&on, cores));
}

static rxt_status check_pair(const rxt_points_wish *wish, const rxt_points_host *host,
                             const char *option, rxt_point pair)
{
    char value[80], text[48];

    if (fits(wish, host, pair))
        return RXT_OK;
    snprintf(value, sizeof value, "%s=%s", option, rxt_points_print(pair, text));
    return refuse(host, &(fault){ .value = value, .what = "workers", .point = pair });
}

/* A number that does not even fit with a 1 is at fault itself; else it must fit with one of the
 * other option's. */
static rxt_status check_rank(const rxt_points_wish *wish, const rxt_points_host *host, int ranks)
{
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "--ranks=%d", ranks);
    if (!fits(wish, host, (rxt_point){ 0, ranks, 1 }))
        return refuse(host, &(fault){ .value = value, .what = "ranks", .point = { 0, ranks, 1 } });
    for (int t = 0; t < wish->thread_count; t++) {
        if (fits(wish, host, (rxt_point){ 0, ranks, wish->threads[t] }))
            return RXT_OK;
        least = wish->threads[t] < least ? wish->threads[t] : least;
    }
    if (!wish->thread_count)
        return RXT_OK;
    snprintf(value, sizeof value, "--ranks=%d with --threads=%d", ranks, least);
    return refuse(host,
                  &(fault){ .value = value, .what = "workers", .point = { 0, ranks, least } });
}

static rxt_status check_thread(const rxt_points_wish *wish, const rxt_points_host *host,
                               int threads)
{
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "--threads=%d", threads);
    if (!fits(wish, host, (rxt_point){ 0, 1, threads }))
        return refuse(host,
                      &(fault){ .value = value, .what = "threads", .point = { 0, 1, threads } });
    for (int r = 0; r < wish->rank_count; r++) {
        if (fits(wish, host, (rxt_point){ 0, wish->ranks[r], threads }))
            return RXT_OK;
        least = wish->ranks[r] < least ? wish->ranks[r] : least;
    }
    if (!wish->rank_count)
        return RXT_OK;
    snprintf(value, sizeof value, "--threads=%d with --ranks=%d", threads, least);
    return refuse(host,
                  &(fault){ .value = value, .what = "workers", .point = { 0, least, threads } });
}

rxt_status rxt_points_check(const rxt_points_wish *wish, const rxt_points_host *host)
{
    rxt_status st = RXT_OK;

    for (int i = 0; i < wish->rank_count && !st; i++)
        st = check_rank(wish, host, wish->ranks[i]);
    for (int i = 0; i < wish->thread_count && !st; i++)
        st = check_thread(wish, host, wish->threads[i]);
    for (int i = 0; i < wish->pairs && !st; i++)
        st = check_pair(wish, host, "--points", wish->pair[i]);
    return st;
}

rxt_status rxt_points_check_baseline(const rxt_points_wish *wish, const rxt_points_host *host)
{
    return wish->baseline.ranks ? check_pair(wish, host, "--baseline", wish->baseline) : RXT_OK;
}
