/* block.c - when a block has been visited often enough. */
#include "stats/block.h"

#include <stddef.h>

#include "stats/sample.h"

/* Is this sample empty, or at least as precise as wanted? Adds 1 to *there if the sample is not
 * empty. */
static bool precise(rxt_sample sample, double wanted, int *there)
{
    if (sample.count == 0)
        return true;
    ++*there;
    return rxt_sample_precision(&sample) <= wanted;
}

static bool speedups_precise(const rxt_block *b, double wanted, int rounds, int *there)
{
    const rxt_rounds of = { .count = rounds, .epoch = b->epoch };

    for (int i = 0; i < b->rows; i++) {
        const double *base = b->seconds[b->baseline[i]];

        if (b->baseline[i] != i &&
            !precise(rxt_sample_of_rounds(&of, base, b->seconds[i], RXT_SAMPLE_COVERAGE), wanted,
                     there))
            return false;
    }
    return true;
}

static bool times_precise(const rxt_block *b, double wanted, int rounds, int *there)
{
    const rxt_rounds of = { .count = rounds, .epoch = b->epoch };

    for (int i = 0; i < b->rows; i++)
        if (!precise(rxt_sample_of_rounds(&of, b->seconds[i], NULL, RXT_SAMPLE_COVERAGE), wanted,
                     there))
            return false;
    return true;
}

static int epochs_of(const rxt_block *b, int rounds)
{
    int epochs = rounds > 0;

    for (int r = 1; b->epoch && r < rounds; r++)
        epochs += b->epoch[r] != b->epoch[r - 1];
    return epochs;
}

bool rxt_block_done(const rxt_block *block, const rxt_block_rule *rule, int rounds)
{
    int speedups = 0, times = 0, whole = rounds - block->partial;

    if (whole >= rule->max)
        return true;
    if (epochs_of(block, rounds) < rule->epochs)
        return false;
    if (rxt_sample_look(rule->min, whole) != whole)
        return false;
    if (!speedups_precise(block, rule->precision, rounds, &speedups))
        return false;
    return speedups > 0 || times_precise(block, rule->precision, rounds, &times);
}
