/* rows.h - the rows of the table of docs/performance.md. A row is a comparison at several sizes. */
#ifndef PEERS_ROWS_H
#define PEERS_ROWS_H

#include "data/arena.h"
#include "support/slab.h"

#include "contest.h"
#include "figure.h"

/* The peers that rxt is compared with; the peer with the smallest median time counts. The digits in
 * the names are numbers of threads. */
enum {
    PEERS_OPENBLAS_1 = 1,
    PEERS_OPENBLAS_2 = 2,
    PEERS_OPENBLAS = PEERS_OPENBLAS_1 | PEERS_OPENBLAS_2, /* the better of 1 and 2 threads */
    PEERS_BLIS = 4,                                       /* uses no threads below level 3 */
    PEERS_PLAIN_1 = 8,
    PEERS_PLAIN_2 = 16,
    PEERS_PLAIN = PEERS_PLAIN_1 | PEERS_PLAIN_2,
    PEERS_ALL = PEERS_OPENBLAS | PEERS_BLIS | PEERS_PLAIN
};

/* One figure of a row: its size and its requirements. */
typedef struct peers_goal {
    ptrdiff_t n;
    int threads;         /* of rxt; 0: 1 or 2, as an auto team decides   */
    int against;         /* peers, PEERS_…                               */
    double least, floor; /* see figure.h                                 */
    bool special;        /* one operand in 997 is NaN, infinite, zero, … */
} peers_goal;

typedef struct peers_row peers_row;
struct peers_row {
    const char *name, *what;
    rxt_status (*run)(const peers_bench *, const peers_row *, FILE *, peers_format);
    const char *kernel;
    int arrays;
    int goals;
    const peers_goal *goal;
    double (*value)(int operand, ptrdiff_t i); /* makes the operands */
};

/* All rows, `count` of them, by file: rows_reduce.c, rows_map.c, rows_other.c. */
extern const peers_row peers_rows_reduce[], peers_rows_map[], peers_rows_other[];
extern const int peers_rows_reduce_count, peers_rows_map_count, peers_rows_other_count;
const peers_row *peers_row_find(const char *name);

/* A contender for rxt at that size. 1 thread: the bare loop; more: a resident team; 0: an auto
 * team, which uses one thread or two. */
peers_contender peers_ours(const rxt_kernel *kernel, int threads, ptrdiff_t n);

/* Makes the figure of a goal from a contest, and prints it. contender[0] is rxt. */
void peers_row_print(const peers_bench *bench, const peers_row *row, const peers_goal *goal,
                     int contenders, peers_contender *contender[], FILE *file, peers_format format);

/* Allocates `arrays` arrays for the row's largest size, in huge pages, and fills them by
 * row->value. If the kernel only writes its last array, this array is not filled. */
rxt_status peers_row_memory(const peers_row *row, rxt_arena **arena);

#endif
