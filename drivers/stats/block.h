/* block.h - the stopping rule of a block. Pure.
 *
 * A block holds all that is compared: one size and type, all its kernels and splits. It stops as
 * a whole, so that all its rows have the same rounds and ratios stay paired. */
#ifndef RXT_BLOCK_H
#define RXT_BLOCK_H

#include <stdbool.h>

typedef struct rxt_block {
    int rows;
    const double *const *seconds; /* [rows]: each row's seconds by round, NAN where not there */
    const int
        *baseline; /* [rows]: the row that it is compared with; its own number for a baseline */
    int partial;   /* rounds that were cut short: their pairs count, but not as rounds */
} rxt_block;

/* How precisely to measure. */
typedef struct rxt_block_rule {
    int min, max;     /* rounds                                                       */
    double precision; /* wanted half-width of the speedups' intervals, 0.01 for ± 1 % */
} rxt_block_rule;

/* Does the block stop after `rounds` rounds, less the partial ones? At max always; else only at a
 * look (rxt_sample_look from min), when every speedup is as precise as wanted. A row without a
 * single speedup (its result or its baseline's was wrong) is not waited for; in a block without any
 * speedup (the baseline alone) the rows' times are judged instead. Requires 0 <= partial <= rounds
 * <= the length of seconds. Local; cannot fail. */
bool rxt_block_done(const rxt_block *block, const rxt_block_rule *rule, int rounds);

#endif
