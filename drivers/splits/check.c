/* check.c - do the counts that the user names fit in some pair? */
#include <limits.h>
#include <stdio.h>

#include "splits/counts.h"

/* A value as the user wrote it, what there would be of it, and the point that it asks for. */
typedef struct fault {
    const char *value, *what;
    rxt_point point;
} fault;

/* Ranks that the user names: of all nodes (nodes 0) or of each (nodes 1). */
typedef struct named {
    const char *option;
    const int *value;
    int count, nodes;
} named;

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

char *rxt_points_name(rxt_point point, char text[48])
{
    int length = snprintf(text, 48, "%d×%d", point.ranks, point.threads);

    if (point.nodes > 1)
        snprintf(text + length, (size_t)(48 - length), "@%d", point.nodes);
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

/* Some nodes that may be used hold the point. */
static bool placed(const rxt_points_wish *wish, const rxt_points_host *host, rxt_point point,
                   long workers)
{
    if (point.nodes || !wish->node_count)
        return rxt_points_nodes(host, point, workers);
    for (int i = 0; i < wish->node_count; i++) {
        point.nodes = wish->nodes[i];
        if (rxt_points_hold(host, point, workers))
            return true;
    }
    return false;
}

static bool fits(const rxt_points_wish *wish, const rxt_points_host *host, rxt_point point)
{
    return placed(wish, host, point, wish->oversubscribe ? LONG_MAX : host->cores);
}

/* The nodes, or the ranks alone, however many threads they have, are at fault. */

static const char *were(int count)
{
    return count == 1 ? " was" : "s were";
}

static rxt_status no_mpi(const char *value)
{
    return rxt_status_of(RXT_USAGE,
                         "%s: this build has no MPI, so there is one rank; build with "
                         "-DRXT_MPI=ON for more",
                         value);
}

static rxt_status refuse_nodes(const char *value, const rxt_points_host *host, int nodes)
{
    if (host->single)
        return no_mpi(value);
    return rxt_status_of(RXT_USAGE, "%s: only %d node%s started; start on %d nodes", value,
                         host->nodes, were(host->nodes), nodes);
}

static rxt_status refuse_number(const rxt_points_host *host, const fault *f)
{
    int ranks = f->point.ranks, nodes = f->point.nodes, started = host->ranks * host->nodes;

    if (host->single)
        return no_mpi(f->value);
    if (host->nodes > 1 && nodes && ranks % nodes == 0)
        return rxt_status_of(
            RXT_USAGE, "%s: only %d rank%s started on a node; start with mpirun -np %ld", f->value,
            host->ranks, were(host->ranks), (long)(ranks / nodes) * host->nodes);
    return rxt_status_of(RXT_USAGE, "%s: only %d rank%s started; start with mpirun -np %d",
                         f->value, started, were(started), ranks);
}

static rxt_status refuse_deal(const rxt_points_wish *wish, const rxt_points_host *host,
                              const fault *f)
{
    int ranks = f->point.ranks, nodes = f->point.nodes ? f->point.nodes : host->nodes;

    if (wish->node_count && !f->point.nodes)
        return rxt_status_of(RXT_USAGE,
                             "%s: %d rank%s cannot be dealt evenly to the nodes of --nodes (%d "
                             "rank%s started on each); name other ranks or nodes",
                             f->value, ranks, plural(ranks), host->ranks, plural(host->ranks));
    return rxt_status_of(RXT_USAGE,
                         "%s: %d rank%s cannot be dealt evenly to nodes (%d nodes, %d rank%s "
                         "each); choose a multiple of the nodes",
                         f->value, ranks, plural(ranks), nodes, host->ranks, plural(host->ranks));
}

static bool too_many_ranks(const rxt_points_host *host, rxt_point point)
{
    int nodes = point.nodes ? point.nodes : host->nodes;

    return point.ranks > host->ranks * nodes && (!point.nodes || point.ranks % nodes == 0);
}

static rxt_status refuse(const rxt_points_wish *wish, const rxt_points_host *host, const fault *f)
{
    const rxt_counts nodes = rxt_counts_nodes(wish, host);
    rxt_points_host on = *host;
    rxt_point point = f->point, ranks = { point.nodes, point.ranks, 1 };
    char cores[64];

    if (point.nodes > host->nodes)
        return refuse_nodes(f->value, host, point.nodes);
    if (too_many_ranks(host, point))
        return refuse_number(host, f);
    if (point.threads > host->thread_limit)
        return rxt_status_of(RXT_USAGE,
                             "%s: OMP_THREAD_LIMIT allows only %d thread%s; raise or unset it",
                             f->value, host->thread_limit, plural(host->thread_limit));
    if (!placed(wish, host, ranks, LONG_MAX))
        return refuse_deal(wish, host, f);
    on.nodes = point.nodes ? point.nodes : rxt_counts_most(&nodes);
    return rxt_status_of(RXT_USAGE, "%s: %ld %s on %s; add --oversubscribe", f->value,
                         (long)point.ranks * point.threads, f->what, rxt_points_cores(&on, cores));
}

static rxt_status check_pair(const rxt_points_wish *wish, const rxt_points_host *host,
                             const char *option, rxt_point pair)
{
    const rxt_counts nodes = rxt_counts_nodes(wish, host);
    char value[80], text[48];

    snprintf(value, sizeof value, "%s=%s", option, rxt_points_print(pair, text));
    if (!fits(wish, host, pair))
        return refuse(wish, host, &(fault){ .value = value, .what = "workers", .point = pair });
    if (wish->node_count && pair.nodes && !rxt_counts_has(&nodes, pair.nodes))
        return rxt_status_of(RXT_USAGE, "%s: %d is not among the nodes of --nodes; add it there",
                             value, pair.nodes);
    return RXT_OK;
}

/* A number that does not even fit with a 1 is at fault itself; else it must fit with one of the
 * other option's. */
static rxt_status check_rank(const rxt_points_wish *wish, const rxt_points_host *host,
                             const named *of, int ranks)
{
    rxt_point point = { of->nodes, ranks, 1 };
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "%s=%d", of->option, ranks);
    if (!fits(wish, host, point))
        return refuse(wish, host, &(fault){ .value = value, .what = "ranks", .point = point });
    for (int t = 0; t < wish->thread_count; t++) {
        point.threads = wish->threads[t];
        if (fits(wish, host, point))
            return RXT_OK;
        least = point.threads < least ? point.threads : least;
    }
    if (!wish->thread_count)
        return RXT_OK;
    snprintf(value, sizeof value, "%s=%d with --threads=%d", of->option, ranks, least);
    point.threads = least;
    return refuse(wish, host, &(fault){ .value = value, .what = "workers", .point = point });
}

static rxt_status check_thread(const rxt_points_wish *wish, const rxt_points_host *host,
                               const named *of, int threads)
{
    rxt_point point = { 1, 1, threads };
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "--threads=%d", threads);
    if (!fits(wish, host, point))
        return refuse(wish, host, &(fault){ .value = value, .what = "threads", .point = point });
    point.nodes = of->nodes;
    for (int r = 0; r < of->count; r++) {
        point.ranks = of->value[r];
        if (fits(wish, host, point))
            return RXT_OK;
        least = point.ranks < least ? point.ranks : least;
    }
    if (!of->count)
        return RXT_OK;
    snprintf(value, sizeof value, "--threads=%d with %s=%d", threads, of->option, least);
    point.ranks = least;
    return refuse(wish, host, &(fault){ .value = value, .what = "workers", .point = point });
}

/* None of the splits named sits on so many nodes: all have too many ranks, or an odd number. */
static rxt_status refuse_idle(const rxt_points_wish *wish, const rxt_points_host *host,
                              const char *value, int nodes)
{
    int room = nodes * host->ranks, least = INT_MAX;

    for (int r = 0; r < wish->rank_count; r++)
        least = wish->ranks[r] < least ? wish->ranks[r] : least;
    for (int p = 0; p < wish->pairs; p++)
        if (!wish->pair[p].nodes && wish->pair[p].ranks < least)
            least = wish->pair[p].ranks;
    if (least > room && least < INT_MAX)
        return rxt_status_of(RXT_USAGE,
                             "%s: %d node%s only %d rank%s, and every split named has more; name "
                             "more nodes or fewer ranks",
                             value, nodes, nodes == 1 ? " has" : "s have", room, plural(room));
    return rxt_status_of(RXT_USAGE,
                         "%s: none of the splits named can be dealt evenly to %d node%s; name a "
                         "multiple, or leave it out",
                         value, nodes, plural(nodes));
}

/* Where points are named by their ranks alone, some of them must sit on so many nodes. */
static rxt_status check_nodes(const rxt_points_wish *wish, const rxt_points_host *host, int nodes)
{
    bool families = wish->cross || wish->diagonal || wish->grid || wish->per_node_count;
    bool used = families || (!wish->rank_count && !wish->pairs);
    char value[64];

    snprintf(value, sizeof value, "--nodes=%d", nodes);
    if (nodes > host->nodes)
        return refuse_nodes(value, host, nodes);
    for (int r = 0; r < wish->rank_count; r++)
        used = used || rxt_points_hold(host, (rxt_point){ nodes, wish->ranks[r], 1 }, LONG_MAX);
    for (int p = 0; p < wish->pairs; p++) {
        rxt_point pair = wish->pair[p];

        pair.nodes = pair.nodes ? pair.nodes : nodes;
        used = used || (pair.nodes == nodes && rxt_points_hold(host, pair, LONG_MAX));
    }
    return used ? RXT_OK : refuse_idle(wish, host, value, nodes);
}

rxt_status rxt_points_check(const rxt_points_wish *wish, const rxt_points_host *host)
{
    const named ranks = { "--ranks", wish->ranks, wish->rank_count, 0 },
                each = { "--ranks-per-node", wish->per_node, wish->per_node_count, 1 },
                *of = wish->per_node_count ? &each : &ranks;
    rxt_status st = RXT_OK;

    for (int i = 0; i < wish->node_count && !st; i++)
        st = check_nodes(wish, host, wish->nodes[i]);
    for (int i = 0; i < of->count && !st; i++)
        st = check_rank(wish, host, of, of->value[i]);
    for (int i = 0; i < wish->thread_count && !st; i++)
        st = check_thread(wish, host, of, wish->threads[i]);
    for (int i = 0; i < wish->pairs && !st; i++)
        st = check_pair(wish, host, "--points", wish->pair[i]);
    return st;
}

rxt_status rxt_points_check_baseline(const rxt_points_wish *wish, const rxt_points_host *host)
{
    const rxt_points_wish anywhere = { .oversubscribe = wish->oversubscribe };

    return wish->baseline.ranks ? check_pair(&anywhere, host, "--baseline", wish->baseline)
                                : RXT_OK;
}
