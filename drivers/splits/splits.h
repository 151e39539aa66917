/* splits.h - which splits, ranks × threads, a study visits. All pure. */
#ifndef RXT_SPLITS_H
#define RXT_SPLITS_H

#include <stdbool.h>
#include <stddef.h>

#include "splits/split.h"
#include <rxt/status.h>

enum { RXT_SPLIT_VALUES = 256 };

/* The user's request. All zero: the default, cross and diagonal (on several nodes only the
 * diagonal). Everything named is joined. If only ranks or only threads are named, the other
 * takes the values of the cross. `nodes` are the numbers of nodes for all splits but 1 × 1 and
 * the baseline; none: 1, the powers of two below all, and all. Only one of ranks and per_node is
 * used. */
typedef struct rxt_splits_request {
    bool cross, diagonal, grid; /* --splits                                      */
    int pairs;
    rxt_split pair[RXT_SPLIT_VALUES]; /* --splits=RxT[@N],…; nodes 0: the fewest that hold it    */
    int ranks[RXT_SPLIT_VALUES], rank_count;     /* --ranks                                       */
    int threads[RXT_SPLIT_VALUES], thread_count; /* --threads                                     */
    int nodes[RXT_SPLIT_VALUES], node_count;     /* --nodes                                       */
    int per_node[RXT_SPLIT_VALUES], per_node_count; /* --ranks-per-node                           */
    bool oversubscribe;
    int most_workers;   /* most workers per node if the user names no number; 0: one per core, with
                           --oversubscribe 4 per core */
    rxt_split baseline; /* --baseline=RxT[@N], a split as well; ranks 0: 1 × 1 */
} rxt_splits_request;

/* The launch, and the counts of the smallest node. */
typedef struct rxt_splits_host {
    int nodes;     /* nodes of the launch                                            */
    int ranks;     /* ranks started per node (the fewest)                            */
    int cores;     /* per node                                                       */
    int all_cores; /* of the largest node, also those that may not be used; with --smt hardware
                      threads */
    int l3s, numas, sockets;
    int per_l3, per_numa, per_socket;
    int thread_limit; /* OMP_THREAD_LIMIT, or INT_MAX                                   */
    bool single;      /* more ranks cannot be started: this build has no MPI            */
} rxt_splits_host;

typedef struct rxt_splits {
    int count;
    rxt_split *split;   /* split[0] is 1 × 1 on one node; then by nodes, workers, ranks */
    char left_out[400]; /* one line on pairs that do not fit and why; "" if none         */
    int baseline;       /* the split that speedups are against                           */
    char no_baseline[RXT_STATUS_TEXT]; /* why that is split[0] and not the request's baseline; ""
                                          where it is */
} rxt_splits;

/* The splits of a study. RXT_USAGE, naming the value and what to do, where a value fits in no pair
 * ("--ranks=8: only 4 ranks were started; start with mpirun -np 8"). Ranks that the user names
 * count all nodes; they sit on every number of nodes listed that holds them evenly, else on the
 * fewest. Requires every count >= 1
 * (those of caches and domains may be 0, unknown). Free with rxt_splits_free. */
rxt_status rxt_splits_of(const rxt_splits_request *request, const rxt_splits_host *host,
                         rxt_splits *splits);
void rxt_splits_free(rxt_splits *splits);

/* RXT_USAGE for a value of the user's that fits in no pair; the baseline's is no fault. */
rxt_status rxt_splits_check(const rxt_splits_request *request, const rxt_splits_host *host);

/* RXT_USAGE where the request's baseline does not fit. */
rxt_status rxt_splits_check_baseline(const rxt_splits_request *request,
                                     const rxt_splits_host *host);

/* Do the split's nodes hold its ranks, dealt evenly, with at most `workers` on each? */
bool rxt_splits_hold(const rxt_splits_host *host, rxt_split split, long workers);

/* The nodes of a split: its own where it names them, else the fewest that hold it; 0: none do. */
int rxt_splits_nodes(const rxt_splits_host *host, rxt_split split, long workers);

/* "2 cores"; with several nodes "2 nodes of 4 cores". Returns text. */
const char *rxt_splits_cores(const rxt_splits_host *host, char text[64]);

#endif
