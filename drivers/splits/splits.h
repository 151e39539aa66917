/* splits.h - which splits (ranks × threads) a study visits. All pure. */
#ifndef RXT_SPLITS_H
#define RXT_SPLITS_H

#include <stdbool.h>
#include <stddef.h>

#include "splits/split.h"
#include <rxt/status.h>

enum { RXT_SPLIT_VALUES = 256 };

/* The user's request. All zero is the default: cross and diagonal, on several nodes only the
 * diagonal. All families and values that the user names are added. If the user names only ranks or
 * only threads, the other number takes the values of the cross. `nodes` has the numbers of nodes
 * for all splits except 1 × 1 and the baseline; if it is empty: 1, the powers of two below the
 * number of all nodes, and all nodes. Either ranks or per_node is used, not both. */
typedef struct rxt_splits_request {
    bool cross, diagonal, grid; /* --splits */
    int pairs;
    rxt_split pair[RXT_SPLIT_VALUES]; /* --splits=RxT[@N],…; nodes 0: the fewest nodes that hold
                                         it */
    int ranks[RXT_SPLIT_VALUES], rank_count;        /* --ranks */
    int threads[RXT_SPLIT_VALUES], thread_count;    /* --threads */
    int nodes[RXT_SPLIT_VALUES], node_count;        /* --nodes */
    int per_node[RXT_SPLIT_VALUES], per_node_count; /* --ranks-per-node */
    bool oversubscribe;
    int most_workers; /* largest number of workers per node, for splits whose numbers the user does
                         not name; 0: one worker per core, with --oversubscribe 4 per core */
    rxt_split baseline; /* --baseline=RxT[@N], which is visited as well; ranks 0: 1 × 1 */
} rxt_splits_request;

/* The launch. A number per node is that of the node that has the fewest. */
typedef struct rxt_splits_host {
    int nodes;     /* nodes of the launch */
    int ranks;     /* ranks started per node */
    int cores;     /* cores per node that may be used */
    int all_cores; /* cores of the largest node, including those that may not be used; with --smt
                      hardware threads */
    int l3s, numas, sockets;
    int per_l3, per_numa, per_socket;
    int thread_limit; /* OMP_THREAD_LIMIT, or INT_MAX */
    bool single;      /* this build has no MPI, so more ranks cannot be started */
} rxt_splits_host;

typedef struct rxt_splits {
    int count;
    rxt_split *split;   /* split[0] is 1 × 1 on one node; then sorted by nodes, workers, ranks */
    char left_out[400]; /* one line that names the splits left out and the reason; "" if none */
    int baseline;       /* index of the split that speedups are relative to */
    char no_baseline[RXT_STATUS_TEXT]; /* why the baseline is split[0] and not the requested one; ""
                                          if it is the requested one */
} rxt_splits;

/* Makes the list of splits of a study. RXT_USAGE if a value fits in no split; the message names the
 * value and the remedy ("--ranks=8: only 4 ranks were started; start with mpirun -np 8").
 * RXT_ENVIRONMENT without memory. A number of --ranks counts the ranks of all nodes. It is used on
 * every listed number of nodes that divides it evenly and has room for the ranks; without --nodes
 * it is used only on the smallest such number of nodes. Requires host->nodes, ranks, cores and
 * thread_limit >= 1; counts of caches and domains may be 0 (unknown). Free with rxt_splits_free. */
rxt_status rxt_splits_of(const rxt_splits_request *request, const rxt_splits_host *host,
                         rxt_splits *splits);
void rxt_splits_free(rxt_splits *splits);

/* RXT_USAGE if a value that the user names fits in no split. The baseline is not checked. */
rxt_status rxt_splits_check(const rxt_splits_request *request, const rxt_splits_host *host);

/* RXT_USAGE if the requested baseline does not fit on the host. */
rxt_status rxt_splits_check_baseline(const rxt_splits_request *request,
                                     const rxt_splits_host *host);

/* Does the split fit on its nodes: with the same number of ranks on each node, and at most
 * `workers` workers on each node? */
bool rxt_splits_hold(const rxt_splits_host *host, rxt_split split, long workers);

/* The number of nodes of a split: split.nodes if that is not 0, else the smallest number of nodes
 * on which the split fits; 0 if it does not fit. */
int rxt_splits_nodes(const rxt_splits_host *host, rxt_split split, long workers);

/* Writes the cores of the host into text: "2 cores"; with several nodes "2 nodes of 4 cores".
 * Returns text. */
const char *rxt_splits_cores(const rxt_splits_host *host, char text[64]);

#endif
