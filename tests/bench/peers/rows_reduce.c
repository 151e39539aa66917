/* rows_reduce.c - rows of reductions, compared with BLAS and with plain OpenMP.
 *
 * rxt uses one thread or two, as an auto team decides. The team measures its hand-off in each
 * sample. */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "data/arena.h"
#include "support/slab.h"
#include "support/table.h"
#include <rxt/status.h>

#include "values.h"

enum { MOST = 8 };

/* At no size may the whole interval be below this ratio. */
#define FLOOR .floor = 0.97

#define DOT(size, ratio)                                                \
    {                                                                   \
        .n = (size), .against = PEERS_OPENBLAS, .least = (ratio), FLOOR \
    }

static const peers_goal dot[] = {
    DOT(100, 0),      DOT(200, 0),      DOT(300, 0),      DOT(500, 0),       DOT(1000, 0),
    DOT(2000, 0),     DOT(3000, 0),     DOT(3500, 0),     DOT(4000, 1.1),    DOT(5000, 1.25),
    DOT(6000, 1.4),   DOT(8000, 0),     DOT(10000, 1.2),  DOT(12000, 0),     DOT(16000, 0),
    DOT(20000, 1.4),  DOT(25000, 1.4),  DOT(30000, 1.4),  DOT(50000, 1.25),  DOT(100000, 1.1),
    DOT(200000, 0),   DOT(500000, 0),   DOT(1000000, 0),  DOT(2000000, 0),   DOT(5000000, 0),
    DOT(10000000, 0), DOT(20000000, 0), DOT(50000000, 0), DOT(100000000, 0),
};

/* One thread against one thread, two against two. */
static const peers_goal dot_dram[] = {
    { .n = 50000000, .threads = 1, .against = PEERS_OPENBLAS_1, .least = 1.15 },
    { .n = 50000000, .threads = 2, .against = PEERS_OPENBLAS_2, .least = 1.15 },
};

/* One to two sizes of each decade. */
static const peers_goal dot_sizes[] = {
    DOT(100, 0),     DOT(300, 0),     DOT(1000, 0),     DOT(3000, 0),
    DOT(10000, 0),   DOT(30000, 0),   DOT(100000, 0),   DOT(300000, 0),
    DOT(1000000, 0), DOT(3000000, 0), DOT(10000000, 0), DOT(100000000, 0),
};

/* The loop on one thread. */
#define ONE(size)                                                     \
    {                                                                 \
        .n = (size), .threads = 1, .against = PEERS_OPENBLAS_1, FLOOR \
    }

static const peers_goal dot_one[] = {
    ONE(1000), ONE(3000), ONE(10000), ONE(30000), ONE(100000), ONE(1000000), ONE(30000000),
};

/* Peers other than those of the table. */
static const peers_goal dot_others[] = {
    { .n = 1000, .against = PEERS_BLIS | PEERS_PLAIN },
    { .n = 10000, .against = PEERS_BLIS | PEERS_PLAIN },
    { .n = 100000, .against = PEERS_BLIS | PEERS_PLAIN },
    { .n = 1000000, .against = PEERS_BLIS | PEERS_PLAIN },
    { .n = 50000000, .against = PEERS_BLIS | PEERS_PLAIN },
};

#define NRM2(size, t, ratio)                                                     \
    {                                                                            \
        .n = (size), .threads = (t), .against = PEERS_OPENBLAS, .least = (ratio) \
    }

static const peers_goal nrm2[] = {
    NRM2(1000, 1, 5),   NRM2(3000, 1, 5),    NRM2(10000, 1, 5),   NRM2(30000, 1, 5),
    NRM2(100000, 1, 5), NRM2(100000, 2, 10), NRM2(200000, 2, 10), NRM2(300000, 2, 10),
};

#define IAMAX(size)                                     \
    {                                                   \
        .n = (size), .against = PEERS_ALL, .least = 1.5 \
    }

static const peers_goal iamax[] = {
    IAMAX(100),   IAMAX(300),    IAMAX(1000),   IAMAX(3000),    IAMAX(10000),
    IAMAX(30000), IAMAX(100000), IAMAX(300000), IAMAX(1000000),
};

#define BEST(size)                               \
    {                                            \
        .n = (size), .against = PEERS_ALL, FLOOR \
    }

static const peers_goal never_below[] = {
    BEST(100),    BEST(300),    BEST(1000),    BEST(3000),     BEST(10000),    BEST(30000),
    BEST(100000), BEST(300000), BEST(1000000), BEST(10000000), BEST(50000000),
};

/* ---- contenders ---- */

typedef struct field {
    int count;
    peers_contender all[MOST], *contender[MOST];
} field;

/* Adds a copy of the contender. */
static void enter(field *f, const peers_contender *contender)
{
    f->all[f->count] = *contender;
    f->contender[f->count] = &f->all[f->count];
    f->count++;
}

static void enter_library(field *f, const peers_library *library, const char *name, int threads,
                          const char *kernel)
{
    peers_contender c = { .name = name,
                          .home = PEERS_PRIVATE,
                          .threads = threads,
                          .library = library,
                          .calls = peers_calls_library_reduce };

    if (!library->handle)
        return;
    if (!strcmp(kernel, "dot"))
        c.calls = peers_calls_library_dot;
    else if (!strcmp(kernel, "iamax"))
        c.calls = peers_calls_library_iamax;
    else if (!strcmp(kernel, "asum"))
        c.reduce = library->asum;
    else if (!strcmp(kernel, "nrm2"))
        c.reduce = library->nrm2;
    else
        return; /* cblas.h has no such function */
    enter(f, &c);
}

static peers_reduce *plain_of(const peers_plain *plain, const char *kernel)
{
    return !strcmp(kernel, "dot")     ? plain->dot
           : !strcmp(kernel, "sum")   ? plain->sum
           : !strcmp(kernel, "asum")  ? plain->asum
           : !strcmp(kernel, "max")   ? plain->max
           : !strcmp(kernel, "iamax") ? plain->iamax
                                      : NULL;
}

static void enter_plain(field *f, const peers_plain *plain, const char *name, int threads,
                        const char *kernel)
{
    peers_contender c = { .name = name,
                          .home = threads > 1 ? PEERS_FORKJOIN : PEERS_ALONE,
                          .threads = threads,
                          .plain_reduce = plain_of(plain, kernel),
                          .calls = peers_calls_plain_reduce };

    if (c.plain_reduce)
        enter(f, &c);
}

static void enter_peers(field *f, const peers_bench *bench, const char *kernel, int against)
{
    if (against & PEERS_OPENBLAS_1)
        enter_library(f, &bench->openblas, "OpenBLAS, 1 thread", 1, kernel);
    if (against & PEERS_OPENBLAS_2)
        enter_library(f, &bench->openblas, "OpenBLAS, 2 threads", 2, kernel);
    if (against & PEERS_BLIS)
        enter_library(f, &bench->blis, "BLIS", 1, kernel);
    if (against & PEERS_PLAIN_1) {
        enter_plain(f, &peers_plain_o3, "gcc -O3", 1, kernel);
        enter_plain(f, &peers_plain_native, "gcc -march=native", 1, kernel);
    }
    if (against & PEERS_PLAIN_2)
        enter_plain(f, &peers_plain_native, "OpenMP, 2 threads", 2, kernel);
}

/* ---- figures ---- */

static rxt_status one(const peers_bench *bench, const peers_row *row, const peers_goal *goal,
                      rxt_arena *arena, field *f)
{
    peers_contender ours =
        peers_ours(rxt_kernel_find(row->kernel, RXT_F64), goal->threads, goal->n);

    *f = (field){ 0 };
    enter(f, &ours);
    enter_peers(f, bench, row->kernel, goal->against);
    for (int c = 0; c < f->count; c++) {
        f->all[c].n = goal->n;
        for (int a = 0; a < row->arrays; a++)
            f->all[c].v[a] = rxt_arena_array(arena, a);
    }
    return peers_contest(bench, f->count, f->contender);
}

static rxt_status run(const peers_bench *bench, const peers_row *row, FILE *file,
                      peers_format format)
{
    field *f = malloc(sizeof *f);
    rxt_arena *arena = NULL;
    rxt_status st = peers_row_memory(row, &arena);

    for (int g = 0; g < row->goals && f && !st; g++) {
        st = one(bench, row, &row->goal[g], arena, f);
        if (!st)
            peers_row_print(bench, row, &row->goal[g], f->count, f->contender, file, format);
    }
    rxt_arena_close(arena);
    free(f);
    return st;
}

/* ---- the rows ---- */

#define REDUCE(name_, what_, kernel_, arrays_, goals_, value_)                                  \
    {                                                                                           \
        .name = (name_), .what = (what_), .run = run, .kernel = (kernel_), .arrays = (arrays_), \
        .goals = sizeof(goals_) / sizeof *(goals_), .goal = (goals_), .value = (value_)         \
    }

const peers_row peers_rows_reduce[] = {
    REDUCE("dot", "dot, 1 or 2 threads", "dot", 2, dot, peers_value_near_one),
    REDUCE("dot_sizes", "dot, size by size", "dot", 2, dot_sizes, peers_value_near_one),
    REDUCE("dot_one", "dot, one thread", "dot", 2, dot_one, peers_value_near_one),
    REDUCE("dot_dram", "dot from DRAM", "dot", 2, dot_dram, peers_value_near_one),
    REDUCE("dot_others", "dot, other peers", "dot", 2, dot_others, peers_value_near_one),
    REDUCE("nrm2", "nrm2 against cblas_dnrm2", "nrm2", 1, nrm2, peers_value_signed),
    REDUCE("iamax", "iamax", "iamax", 1, iamax, peers_value_signed),
    REDUCE("asum", "asum", "asum", 1, never_below, peers_value_signed),
    REDUCE("sum", "sum", "sum", 1, never_below, peers_value_near_one),
    REDUCE("max", "max", "max", 1, never_below, peers_value_signed),
};
const int peers_rows_reduce_count = sizeof peers_rows_reduce / sizeof *peers_rows_reduce;
