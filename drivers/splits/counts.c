/* counts.c - the default numbers of ranks, threads and nodes for a machine. */
#include "splits/counts.h"

#include <limits.h>

static int least(int a, int b)
{
    return a < b ? a : b;
}

bool rxt_counts_has(const rxt_counts *set, int value)
{
    for (int i = 0; i < set->count; i++)
        if (set->value[i] == value)
            return true;
    return false;
}

int rxt_counts_most(const rxt_counts *set)
{
    int most = 0;

    for (int i = 0; i < set->count; i++)
        most = set->value[i] > most ? set->value[i] : most;
    return most;
}

static void put(rxt_counts *set, int value, int most)
{
    bool room = set->count < RXT_SPLIT_VALUES;

    if (value >= 1 && value <= most && room && !rxt_counts_has(set, value))
        set->value[set->count++] = value;
}

/* Adds the powers of two from `power` on (itself a power of two) that are less than `below` and at
 * most `most`. */
static void put_powers(rxt_counts *set, long power, long below, int most)
{
    for (; power < below && power <= most; power *= 2)
        put(set, (int)power, most);
}

rxt_counts rxt_counts_cross(const rxt_splits_host *host, int top, int most)
{
    rxt_counts set = { 0 };
    int fitting = least(host->cores, most);

    put_powers(&set, 1, (long)top + 1, most);
    put(&set, host->per_l3, fitting);
    put(&set, host->per_numa, fitting);
    put(&set, host->per_socket, fitting);
    put(&set, host->cores, most);
    put(&set, top, most);
    return set;
}

rxt_counts rxt_counts_full(const rxt_splits_host *host, int top)
{
    rxt_counts set = { 0 };
    long power = 1;

    while (power < host->cores)
        power *= 2;
    put_powers(&set, power, top, top);
    put(&set, host->cores, top);
    put(&set, top, top);
    return set;
}

rxt_counts rxt_counts_diagonal(const rxt_splits_host *host, int workers)
{
    rxt_counts set = { 0 };
    int most = least(host->ranks, workers);

    put_powers(&set, 1, LONG_MAX, most);
    put(&set, host->sockets, most);
    put(&set, host->numas, most);
    put(&set, host->l3s, most);
    put(&set, host->cores, most);
    put(&set, host->ranks, most);
    return set;
}

rxt_counts rxt_counts_nodes(const rxt_splits_request *request, const rxt_splits_host *host)
{
    rxt_counts set = { 0 };

    for (int i = 0; i < request->node_count; i++)
        put(&set, request->nodes[i], INT_MAX);
    if (request->node_count)
        return set;
    put_powers(&set, 1, host->nodes, host->nodes);
    put(&set, host->nodes, host->nodes);
    return set;
}
