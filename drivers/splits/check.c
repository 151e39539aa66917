/* check.c - checks that every number of ranks, threads and nodes that the user names fits into at
 * least one split. */
#include <limits.h>
#include <stdio.h>

#include "splits/counts.h"

/* A value that does not fit. value: the option as the user wrote it. what: "ranks", "threads" or
 * "workers", whichever are too many. split: the split that the value asks for. */
typedef struct fault {
    const char *value, *what;
    rxt_split split;
} fault;

/* The numbers of --ranks (nodes 0: ranks on all nodes together) or of --ranks-per-node (nodes 1:
 * ranks on each node). */
typedef struct named {
    const char *option;
    const int *value;
    int count, nodes;
} named;

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

const char *rxt_splits_cores(const rxt_splits_host *host, char text[64])
{
    if (host->nodes == 1)
        snprintf(text, 64, "%d core%s", host->cores, plural(host->cores));
    else
        snprintf(text, 64, "%d nodes of %d core%s", host->nodes, host->cores, plural(host->cores));
    return text;
}

bool rxt_splits_hold(const rxt_splits_host *host, rxt_split split, long workers)
{
    int here = split.ranks / split.nodes;

    return split.nodes <= host->nodes && split.ranks % split.nodes == 0 && here <= host->ranks &&
           split.threads <= host->thread_limit && (long)here * split.threads <= workers;
}

int rxt_splits_nodes(const rxt_splits_host *host, rxt_split split, long workers)
{
    if (split.nodes)
        return rxt_splits_hold(host, split, workers) ? split.nodes : 0;
    for (split.nodes = 1; split.nodes <= host->nodes; split.nodes++)
        if (rxt_splits_hold(host, split, workers))
            return split.nodes;
    return 0;
}

/* Does the split fit? If it has a number of nodes, it must fit on these nodes; else on at least one
 * number of --nodes; without --nodes on any number of nodes. */
static bool placed(const rxt_splits_request *request, const rxt_splits_host *host, rxt_split split,
                   long workers)
{
    if (split.nodes || !request->node_count)
        return rxt_splits_nodes(host, split, workers);
    for (int i = 0; i < request->node_count; i++) {
        split.nodes = request->nodes[i];
        if (rxt_splits_hold(host, split, workers))
            return true;
    }
    return false;
}

static bool fits(const rxt_splits_request *request, const rxt_splits_host *host, rxt_split split)
{
    return placed(request, host, split, request->oversubscribe ? LONG_MAX : host->cores);
}

/* ---- errors ---- */

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

static rxt_status refuse_nodes(const char *value, const rxt_splits_host *host, int nodes)
{
    if (host->single)
        return no_mpi(value);
    return rxt_status_of(RXT_USAGE, "%s: only %d node%s started; start on %d nodes", value,
                         host->nodes, were(host->nodes), nodes);
}

static rxt_status refuse_number(const rxt_splits_host *host, const fault *f)
{
    int ranks = f->split.ranks, nodes = f->split.nodes, started = host->ranks * host->nodes;

    if (host->single)
        return no_mpi(f->value);
    if (host->nodes > 1 && nodes && ranks % nodes == 0)
        return rxt_status_of(
            RXT_USAGE, "%s: only %d rank%s started on a node; start with mpirun -np %ld", f->value,
            host->ranks, were(host->ranks), (long)(ranks / nodes) * host->nodes);
    return rxt_status_of(RXT_USAGE, "%s: only %d rank%s started; start with mpirun -np %d",
                         f->value, started, were(started), ranks);
}

static rxt_status refuse_deal(const rxt_splits_request *request, const rxt_splits_host *host,
                              const fault *f)
{
    int ranks = f->split.ranks, nodes = f->split.nodes ? f->split.nodes : host->nodes;

    if (request->node_count && !f->split.nodes)
        return rxt_status_of(RXT_USAGE,
                             "%s: %d rank%s cannot be divided evenly among the nodes of --nodes "
                             "(%d rank%s started on each); change --ranks or --nodes",
                             f->value, ranks, plural(ranks), host->ranks, plural(host->ranks));
    return rxt_status_of(RXT_USAGE,
                         "%s: %d rank%s cannot be divided evenly among nodes (%d nodes, %d rank%s "
                         "each); choose a multiple of the number of nodes",
                         f->value, ranks, plural(ranks), nodes, host->ranks, plural(host->ranks));
}

static bool too_many_ranks(const rxt_splits_host *host, rxt_split split)
{
    int nodes = split.nodes ? split.nodes : host->nodes;

    return split.ranks > host->ranks * nodes && (!split.nodes || split.ranks % nodes == 0);
}

static rxt_status refuse(const rxt_splits_request *request, const rxt_splits_host *host,
                         const fault *f)
{
    const rxt_counts nodes = rxt_counts_nodes(request, host);
    rxt_splits_host on = *host;
    rxt_split split = f->split, ranks = { split.nodes, split.ranks, 1 };
    char cores[64];

    if (split.nodes > host->nodes)
        return refuse_nodes(f->value, host, split.nodes);
    if (too_many_ranks(host, split))
        return refuse_number(host, f);
    if (split.threads > host->thread_limit)
        return rxt_status_of(RXT_USAGE,
                             "%s: OMP_THREAD_LIMIT allows only %d thread%s; raise or unset it",
                             f->value, host->thread_limit, plural(host->thread_limit));
    if (!placed(request, host, ranks, LONG_MAX))
        return refuse_deal(request, host, f);
    on.nodes = split.nodes ? split.nodes : rxt_counts_most(&nodes);
    return rxt_status_of(RXT_USAGE, "%s: %ld %s on %s; add --oversubscribe", f->value,
                         (long)split.ranks * split.threads, f->what, rxt_splits_cores(&on, cores));
}

static rxt_status check_pair(const rxt_splits_request *request, const rxt_splits_host *host,
                             const char *option, rxt_split pair)
{
    const rxt_counts nodes = rxt_counts_nodes(request, host);
    char value[80], text[RXT_SPLIT_TEXT];

    snprintf(value, sizeof value, "%s=%s", option, rxt_split_print(pair, text));
    if (!fits(request, host, pair))
        return refuse(request, host, &(fault){ .value = value, .what = "workers", .split = pair });
    if (request->node_count && pair.nodes && !rxt_counts_has(&nodes, pair.nodes))
        return rxt_status_of(RXT_USAGE, "%s: %d is not among the values of --nodes; add it there",
                             value, pair.nodes);
    return RXT_OK;
}

/* Checks a number of ranks. It must fit with 1 thread, and with at least one number of
 * --threads. */
static rxt_status check_rank(const rxt_splits_request *request, const rxt_splits_host *host,
                             const named *of, int ranks)
{
    rxt_split split = { of->nodes, ranks, 1 };
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "%s=%d", of->option, ranks);
    if (!fits(request, host, split))
        return refuse(request, host, &(fault){ .value = value, .what = "ranks", .split = split });
    for (int t = 0; t < request->thread_count; t++) {
        split.threads = request->threads[t];
        if (fits(request, host, split))
            return RXT_OK;
        least = split.threads < least ? split.threads : least;
    }
    if (!request->thread_count)
        return RXT_OK;
    snprintf(value, sizeof value, "%s=%d with --threads=%d", of->option, ranks, least);
    split.threads = least;
    return refuse(request, host, &(fault){ .value = value, .what = "workers", .split = split });
}

static rxt_status check_thread(const rxt_splits_request *request, const rxt_splits_host *host,
                               const named *of, int threads)
{
    rxt_split split = { 1, 1, threads };
    char value[96];
    int least = INT_MAX;

    snprintf(value, sizeof value, "--threads=%d", threads);
    if (!fits(request, host, split))
        return refuse(request, host, &(fault){ .value = value, .what = "threads", .split = split });
    split.nodes = of->nodes;
    for (int r = 0; r < of->count; r++) {
        split.ranks = of->value[r];
        if (fits(request, host, split))
            return RXT_OK;
        least = split.ranks < least ? split.ranks : least;
    }
    if (!of->count)
        return RXT_OK;
    snprintf(value, sizeof value, "--threads=%d with %s=%d", threads, of->option, least);
    split.ranks = least;
    return refuse(request, host, &(fault){ .value = value, .what = "workers", .split = split });
}

/* The error for a number of nodes that no named split can use: each split has more ranks than these
 * nodes have, or its ranks cannot be divided evenly among the nodes. */
static rxt_status refuse_idle(const rxt_splits_request *request, const rxt_splits_host *host,
                              const char *value, int nodes)
{
    int room = nodes * host->ranks, least = INT_MAX;

    for (int r = 0; r < request->rank_count; r++)
        least = request->ranks[r] < least ? request->ranks[r] : least;
    for (int p = 0; p < request->pairs; p++)
        if (!request->pair[p].nodes && request->pair[p].ranks < least)
            least = request->pair[p].ranks;
    if (least > room && least < INT_MAX)
        return rxt_status_of(
            RXT_USAGE,
            "%s: %d node%s only %d rank%s, and each named split has more ranks; name "
            "more nodes or fewer ranks",
            value, nodes, nodes == 1 ? " has" : "s have", room, plural(room));
    return rxt_status_of(RXT_USAGE,
                         "%s: none of the splits named can be divided evenly among %d node%s; name "
                         "a number of ranks that can, or leave this value out",
                         value, nodes, plural(nodes));
}

/* Checks a number of nodes. If the user named splits or ranks but no family of splits, at least one
 * of these splits must fit on that many nodes. */
static rxt_status check_nodes(const rxt_splits_request *request, const rxt_splits_host *host,
                              int nodes)
{
    bool families = request->cross || request->diagonal || request->grid || request->per_node_count;
    bool used = families || (!request->rank_count && !request->pairs);
    char value[64];

    snprintf(value, sizeof value, "--nodes=%d", nodes);
    if (nodes > host->nodes)
        return refuse_nodes(value, host, nodes);
    for (int r = 0; r < request->rank_count; r++)
        used = used || rxt_splits_hold(host, (rxt_split){ nodes, request->ranks[r], 1 }, LONG_MAX);
    for (int p = 0; p < request->pairs; p++) {
        rxt_split pair = request->pair[p];

        pair.nodes = pair.nodes ? pair.nodes : nodes;
        used = used || (pair.nodes == nodes && rxt_splits_hold(host, pair, LONG_MAX));
    }
    return used ? RXT_OK : refuse_idle(request, host, value, nodes);
}

rxt_status rxt_splits_check(const rxt_splits_request *request, const rxt_splits_host *host)
{
    const named ranks = { "--ranks", request->ranks, request->rank_count, 0 },
                each = { "--ranks-per-node", request->per_node, request->per_node_count, 1 },
                *of = request->per_node_count ? &each : &ranks;
    rxt_status st = RXT_OK;

    for (int i = 0; i < request->node_count && !st; i++)
        st = check_nodes(request, host, request->nodes[i]);
    for (int i = 0; i < of->count && !st; i++)
        st = check_rank(request, host, of, of->value[i]);
    for (int i = 0; i < request->thread_count && !st; i++)
        st = check_thread(request, host, of, request->threads[i]);
    for (int i = 0; i < request->pairs && !st; i++)
        st = check_pair(request, host, "--splits", request->pair[i]);
    return st;
}

rxt_status rxt_splits_check_baseline(const rxt_splits_request *request, const rxt_splits_host *host)
{
    const rxt_splits_request anywhere = { .oversubscribe = request->oversubscribe };

    return request->baseline.ranks ? check_pair(&anywhere, host, "--baseline", request->baseline)
                                   : RXT_OK;
}
