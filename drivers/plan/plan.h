/* plan.h - the plan of a study: sizes, splits, cells, CPUs of the workers, memory.
 *
 * A plan is a pure function of settings and host. So all ranks make the same plan, and --dry-run
 * can make it for another machine. */
#ifndef RXT_PLAN_H
#define RXT_PLAN_H

#include "machine/place.h"
#include "settings/settings.h"
#include "splits/splits.h"
#include "support/roof.h"

/* One combination to visit: kernel, size, binding, team, combine and split, each as an index into
 * the lists of the plan or the settings. Split 0 is the serial call. It has no team and no combine
 * (both are 0), and is the same cell for all teams and combines. In the list of kernels the kernels
 * of the settings come first, then the roofs of the plan. A cell of a roof has the first team and
 * combine, which do not affect its time. */
typedef struct rxt_cell {
    int kernel, size, bind, team, combine, split;
    int total;    /* index into plan->total, which holds the elements on all workers */
    int baseline; /* index of the cell of the baseline: the same kernel, size, binding, team and
                     combine at the baseline's split. For a task that cannot run at that split: the
                     serial call. For the serial call: the first cell at the baseline's split, or
                     itself if there is no such cell */
    int roof[RXT_ROOF_KINDS]; /* for the cell of a row: indices of the cells of its roofs; -1: no
                                 such roof */
} rxt_cell;

enum { RXT_LADDER = 512 };

typedef struct rxt_plan {
    const rxt_settings *settings;
    const rxt_place *place; /* the topology of the node on which the plan is made */
    rxt_splits_host host;
    rxt_splits splits;
    ptrdiff_t n[RXT_SIZES + RXT_LADDER]; /* sizes in elements; in weak scaling per worker */
    int asked;        /* number of sizes that the user asked for; these sizes come first in n */
    int sizes;        /* number of all sizes. With --break-even these include the sizes between the
                         smallest and the largest, in steps of 5 %, that the study may add */
    ptrdiff_t *total; /* [totals]: numbers of elements on all workers, each number once */
    int totals;
    int arrays;        /* number of operands of the kernel that has most operands */
    ptrdiff_t grain;   /* largest grain of any kernel, in elements */
    double bytes_node; /* memory for the operands of all ranks of a node, at the sizes asked for */
    double bytes_most; /* memory of a node that may be used */
    rxt_roof *roof;    /* [roofs]: loops that the kernels are compared with, each once */
    int roofs;
    int cells;      /* number of cells that become rows; these cells come first in the list */
    int all;        /* number of all cells: those of rows and of roofs */
    rxt_cell *cell; /* [all]; the cells of rows are in the order of the rows: sorted by kernel, size
                       and binding; within these the cell of split 0 comes first, the others are
                       sorted by team, combine and split */
    int **cpu;      /* [binds × splits]: CPUs of the workers of one node (rxt_place_plan) */
} rxt_plan;

/* Memory of a node in bytes: free now, and in total. */
typedef struct rxt_plan_memory {
    double free, total;
} rxt_plan_memory;

/* Makes a plan. If memory is short, the splits that need most memory are left out and named in
 * splits.left_out. These are the splits with many ranks, because each rank has its own memory, and
 * in weak scaling the splits with many workers. RXT_USAGE: no split can have a value of the user,
 * all splits that a value asks for need too much memory, no task uses any split that the user
 * named, the size of a level is unknown on the host, all sizes together or a task's heap need more
 * than memory->total, --break-even has only one size, or the number of elements on all workers
 * exceeds a ptrdiff_t. RXT_ENVIRONMENT: all sizes together need more than 95 % of memory->free, or
 * the plan itself gets no memory. Local. */
rxt_status rxt_plan_of(const rxt_settings *settings, const rxt_place *place,
                       const rxt_splits_host *host, const rxt_plan_memory *memory, rxt_plan *plan);
void rxt_plan_free(rxt_plan *plan);

/* The host for rxt_plan_of. Its counts of cores, caches, domains and sockets are those of `place`,
 * the topology of one node. */
rxt_splits_host rxt_plan_host(const rxt_place *place, int nodes, int ranks_per_node,
                              int thread_limit);

/* The number of elements for which rank `node_rank` of a node needs memory in each array, at a
 * size: the largest slab of this rank over all splits. */
ptrdiff_t rxt_plan_capacity(const rxt_plan *plan, int size, int node_rank);

/* Bytes of memory for the operands of a size, for all ranks of a node. */
double rxt_plan_bytes(const rxt_plan *plan, int size);

/* Elements of a size at a split, on all workers together. */
ptrdiff_t rxt_plan_total(const rxt_plan *plan, int size, int split);

/* The planned CPUs of a split on one node: [ranks per node × threads]. */
const int *rxt_plan_cpu(const rxt_plan *plan, int bind, int split);

/* Do two workers of a node share a CPU at this split and binding? */
bool rxt_plan_oversubscribed(const rxt_plan *plan, int bind, int split);

/* Number of kernels that cells can have: the kernels of the settings and the roofs. */
int rxt_plan_kernels(const rxt_plan *plan);

/* The kernel with this index. After the kernels of the settings come the loops of the roofs. */
const rxt_kernel *rxt_plan_kernel(const rxt_plan *plan, int kernel);

/* Ranks per node of a split. */
int rxt_plan_per_node(const rxt_plan *plan, int split);

#endif
