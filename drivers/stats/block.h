/* block.h - the stopping rule of a block. Pure.
 *
 * A block holds everything that is compared: one size and type with all its kernels and splits. All
 * rows of a block stop at the same time. So they have the same rounds, and their ratios stay
 * paired. */
#ifndef RXT_BLOCK_H
#define RXT_BLOCK_H

#include <stdbool.h>

typedef struct rxt_block {
    int rows;
    const double *const *seconds; /* [rows]: each row's seconds by round; NAN: not visited */
    const int *baseline; /* [rows]: index of the row that is this row's baseline; for a baseline:
                            the index of the row itself */
    const int *epoch;    /* [rounds]: the epoch of each round; NULL: all are of one */
    int partial; /* number of rounds that were not completed: their pairs are used, but they do not
                    count as rounds */
} rxt_block;

/* How many rounds to measure, and how precisely. */
typedef struct rxt_block_rule {
    int min, max;     /* minimum and maximum of rounds */
    int epochs;       /* minimum of epochs */
    double precision; /* wanted relative half-width of the speedups' intervals, 0.01 for ± 1 % */
} rxt_block_rule;

/* Does the block stop after `rounds` rounds, of which block->partial do not count? It always stops
 * at the maximum of rounds. Otherwise it stops only after the minimum of epochs, and at a number of
 * rounds where a study checks (rxt_sample_look from min), if every speedup is as precise as wanted.
 * A row without any speedup (its own result or its baseline's was wrong) is ignored. In a block
 * without any speedup (only a baseline), the precision of the rows' times is checked instead.
 * Requires 0 <= partial <= rounds
 * <= the length of seconds. Local; cannot fail. */
bool rxt_block_done(const rxt_block *block, const rxt_block_rule *rule, int rounds);

#endif
