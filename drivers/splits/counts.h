/* counts.h - the default numbers of ranks, threads and nodes for a machine; for the files of
 * splits/. All pure. */
#ifndef RXT_SPLITS_COUNTS_H
#define RXT_SPLITS_COUNTS_H

#include "splits/splits.h"

/* A set of numbers, each once. */
typedef struct rxt_counts {
    int count, value[RXT_SPLIT_VALUES];
} rxt_counts;

/* Numbers of ranks or threads of the cross, none above `most`: 1, the powers of two up to `top`,
 * the number of cores of an L3, of a NUMA domain, of a socket and of the node, and `top` itself. */
rxt_counts rxt_counts_cross(const rxt_splits_host *host, int top, int most);

/* Numbers of workers per node for which a diagonal is made: the number of cores; if `top` is
 * larger, also powers of two above it, and `top`. */
rxt_counts rxt_counts_full(const rxt_splits_host *host, int top);

/* Numbers of ranks per node of the diagonal with that many workers: 1, the powers of two, the
 * numbers of L3s, NUMA domains, sockets and cores, and all ranks started on a node. */
rxt_counts rxt_counts_diagonal(const rxt_splits_host *host, int workers);

/* Numbers of nodes: those that the user lists; else 1, the powers of two below the number of nodes
 * of the launch, and this number. */
rxt_counts rxt_counts_nodes(const rxt_splits_request *request, const rxt_splits_host *host);

bool rxt_counts_has(const rxt_counts *set, int value);

/* The largest number; 0 if the set is empty. */
int rxt_counts_most(const rxt_counts *set);

#endif
