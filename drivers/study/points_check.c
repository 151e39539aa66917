/* points_check.c - do the counts that the user names fit in some pair? */
#include <rxt/points.h>

#include <limits.h>
#include <stdio.h>

/* What there are too many of, as the user wrote it. */
typedef struct fault {
    const char *value, *what;
    int ranks, threads;
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

int rxt_points_nodes(const rxt_points_host *host, int ranks, int threads, long workers)
{
    for (int nodes = 1; nodes <= host->nodes; nodes++) {
        int here = ranks / nodes;

        if (ranks % nodes == 0 && here <= host->ranks && (long)here * threads <= workers)
            return nodes;
    }
    return 0;
}

static bool fits(const rxt_points_wish *wish, const rxt_points_host *host, int ranks, int threads)
{
    long workers = wish->oversubscribe ? LONG_MAX : host->cores;

    return threads <= host->thread_limit && rxt_points_nodes(host, ranks, threads, workers);
}

static rxt_status refuse(const rxt_points_host *host, const fault *f)
{
    int started = host->ranks * host->nodes;
    char cores[64];

    if (f->ranks > started)
        return rxt_status_of(RXT_USAGE, "%s: only %d rank%s started; start with mpirun -np %d",
                             f->value, started, started == 1 ? " was" : "s were", f->ranks);
    if (f->threads > host->thread_limit)
        return rxt_status_of(RXT_USAGE,
                             "%s: OMP_THREAD_LIMIT allows only %d thread%s; raise or unset it",
                             f->value, host->thread_limit, plural(host->thread_limit));
    if (!rxt_points_nodes(host, f->ranks, 1, LONG_MAX))
        return rxt_status_of(
            RXT_USAGE,
            "%s: %d ranks cannot be dealt evenly to nodes (%d nodes, %d rank%s each); "
            "choose a multiple of the nodes",
            f->value, f->ranks, host->nodes, host->ranks, plural(host->ranks));
    return rxt_status_of(RXT_USAGE, "%s: %ld %s on %s; add --oversubscribe", f->value,
                         (long)f->ranks * f->threads, f->what, rxt_points_cores(host, cores));
}

static rxt_status check_pair(const rxt_points_wish *wish, const rxt_points_host *host,
                             rxt_point pair)
{
    char value[64];

    if (fits(wish, host, pair.ranks, pair.threads))
        return RXT_OK;
    snprintf(value, sizeof value, "--points=%dx%d", pair.ranks, pair.threads);
    return refuse(host, &(fault){ .value = value,
                                  .what = "workers",
                                  .ranks = pair.ranks,
                                  .threads = pair.threads });
}

/* A number that does not even fit with a 1 is at fault itself; else it must fit with one of the
 * other option's. */
static rxt_status check_rank(const rxt_points_wish *wish, const rxt_points_host *host, int ranks)
{
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "--ranks=%d", ranks);
    if (!fits(wish, host, ranks, 1))
        return refuse(host,
                      &(fault){ .value = value, .what = "ranks", .ranks = ranks, .threads = 1 });
    for (int t = 0; t < wish->thread_count; t++) {
        if (fits(wish, host, ranks, wish->threads[t]))
            return RXT_OK;
        least = wish->threads[t] < least ? wish->threads[t] : least;
    }
    if (!wish->thread_count)
        return RXT_OK;
    snprintf(value, sizeof value, "--ranks=%d with --threads=%d", ranks, least);
    return refuse(host,
                  &(fault){ .value = value, .what = "workers", .ranks = ranks, .threads = least });
}

static rxt_status check_thread(const rxt_points_wish *wish, const rxt_points_host *host,
                               int threads)
{
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "--threads=%d", threads);
    if (!fits(wish, host, 1, threads))
        return refuse(
            host, &(fault){ .value = value, .what = "threads", .ranks = 1, .threads = threads });
    for (int r = 0; r < wish->rank_count; r++) {
        if (fits(wish, host, wish->ranks[r], threads))
            return RXT_OK;
        least = wish->ranks[r] < least ? wish->ranks[r] : least;
    }
    if (!wish->rank_count)
        return RXT_OK;
    snprintf(value, sizeof value, "--threads=%d with --ranks=%d", threads, least);
    return refuse(
        host, &(fault){ .value = value, .what = "workers", .ranks = least, .threads = threads });
}

rxt_status rxt_points_check(const rxt_points_wish *wish, const rxt_points_host *host)
{
    rxt_status st = RXT_OK;

    for (int i = 0; i < wish->rank_count && !st; i++)
        st = check_rank(wish, host, wish->ranks[i]);
    for (int i = 0; i < wish->thread_count && !st; i++)
        st = check_thread(wish, host, wish->threads[i]);
    for (int i = 0; i < wish->pairs && !st; i++)
        st = check_pair(wish, host, wish->pair[i]);
    return st;
}
