/* plan.h - the plan of a study: sizes, splits, cells, seats, memory.
 *
 * A plan is a pure function of settings and host, so all ranks make the same one, and --dry-run
 * makes it for another machine. */
#ifndef RXT_PLAN_H
#define RXT_PLAN_H

#include "machine/place.h"
#include "settings/settings.h"
#include "splits/splits.h"
#include "support/roof.h"

/* One thing to visit: a kernel at one size, binding, team, way to combine, and split. Numbers
 * count in the plan's and the settings' lists. Split 0 is the serial call. It has no team and no
 * combine (both are 0), and all teams and ways to combine share it. The kernels of the settings
 * come first, then the plan's roofs; cells of roofs have the first team and combine, which do
 * not affect their times. */
typedef struct rxt_cell {
    int kernel, size, bind, team, combine, split;
    int total;    /* its elements on all workers, in the plan's list */
    int baseline; /* the cell that is equal in all of these except the split, which is the
                     baseline's; for the serial call, that of the first team and combine */
    int roof[RXT_ROOF_KINDS]; /* the cells that judge a row, -1 for none */
} rxt_cell;

enum { RXT_LADDER = 512 };

typedef struct rxt_plan {
    const rxt_settings *settings;
    const rxt_place *place; /* of the node that the plan is made on */
    rxt_splits_host host;
    rxt_splits splits;
    ptrdiff_t
        n[RXT_SIZES + RXT_LADDER]; /* the sizes, levels resolved; in weak scaling per worker */
    int asked;                     /* those asked for, the first ones */
    int sizes; /* and, with --break-even, those between them that a study may open: steps of 5 % */
    ptrdiff_t *total; /* elements that cells have on all workers, each number once */
    int totals;
    int arrays;        /* the most operands that one of the kernels has */
    ptrdiff_t grain;   /* the coarsest of the kernels' grains           */
    double bytes_node; /* memory for operands on a node, all its ranks, at the sizes asked for */
    double bytes_most; /* that can be taken                             */
    rxt_roof *roof;    /* what judges the kernels, each once            */
    int roofs;
    int cells;      /* that rows are made of: the first of all       */
    int all;        /* that are visited: those, and the roofs'       */
    rxt_cell *cell; /* [all]; of rows by kernel, size, binding, then split 0, then team, combine,
                       split: the order of the rows */
    int **cpu;      /* [binds × splits]: what rxt_place_plan says for a node */
} rxt_plan;

/* Memory of a node in bytes: free now, and in total. */
typedef struct rxt_plan_memory {
    double free, total;
} rxt_plan_memory;

/* Makes a plan. Splits that need most memory are left out where it is short (those of many
 * ranks, which have copies of their own; in weak scaling those of many workers), and
 * splits.left_out names them. RXT_USAGE for a value that fits nowhere, for named splits that all
 * need too much memory, a level that the host does not have, a size beyond memory->total, one
 * size alone with --break-even, more elements on all workers than can be counted;
 * RXT_ENVIRONMENT for a size beyond memory->free. Local. */
rxt_status rxt_plan_of(const rxt_settings *settings, const rxt_place *place,
                       const rxt_splits_host *host, const rxt_plan_memory *memory, rxt_plan *plan);
void rxt_plan_free(rxt_plan *plan);

/* The host's counts as one node's place has them. */
rxt_splits_host rxt_plan_host(const rxt_place *place, int nodes, int ranks_per_node,
                              int thread_limit);

/* The elements of each array that the node's rank `node_rank` needs at a size: its largest slab. */
ptrdiff_t rxt_plan_capacity(const rxt_plan *plan, int size, int node_rank);

/* Memory for the operands of a size on a node, all its ranks. */
double rxt_plan_bytes(const rxt_plan *plan, int size);

/* The elements that a size has at a split, on all workers together. */
ptrdiff_t rxt_plan_total(const rxt_plan *plan, int size, int split);

/* The planned CPUs of a split on a node, [ranks per node × threads]. */
const int *rxt_plan_cpu(const rxt_plan *plan, int bind, int split);

/* Do workers of a node share a CPU there? */
bool rxt_plan_oversubscribed(const rxt_plan *plan, int bind, int split);

/* How many kernels cells have: those asked for, and the roofs. */
int rxt_plan_kernels(const rxt_plan *plan);

/* The kernel of a cell, or the loop of a roof. */
const rxt_kernel *rxt_plan_kernel(const rxt_plan *plan, int kernel);

/* Ranks per node of a split. */
int rxt_plan_per_node(const rxt_plan *plan, int split);

#endif
