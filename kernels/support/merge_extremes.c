/* merge_extremes.c - merges that keep one of two partial results: largest and smallest elements.
 *
 * max and min ignore NaN, as their loops do. Adding 0 turns -0 into +0, so that all splits give the
 * same zero. */
#include <rxt/kernel.h>

#include <math.h>

static rxt_value finish(const void *partial)
{
    return (rxt_value){ .value = *(const double *)partial + 0.0, .index = -1 };
}

static void zero_max(void *partial)
{
    *(double *)partial = -INFINITY;
}

static void merge_max(void *left, const void *right)
{
    *(double *)left = fmax(*(double *)left, *(const double *)right);
}

static void zero_min(void *partial)
{
    *(double *)partial = INFINITY;
}

static void merge_min(void *left, const void *right)
{
    *(double *)left = fmin(*(double *)left, *(const double *)right);
}

static void zero_at(void *partial)
{
    *(rxt_value *)partial = (rxt_value){ .index = -1 };
}

/* Does a come before b? A value without an index (no elements) comes last; NaN is the largest; of
 * equal values the lower index comes first. */
static bool before(const rxt_value *a, const rxt_value *b)
{
    bool above = isnan(a->value) > isnan(b->value) || a->value > b->value;
    bool below = isnan(b->value) > isnan(a->value) || b->value > a->value;

    if (a->index < 0 || b->index < 0)
        return b->index < 0;
    return above || (!below && a->index < b->index);
}

static void merge_at(void *left, const void *right)
{
    if (!before(left, right))
        *(rxt_value *)left = *(const rxt_value *)right;
}

static rxt_value finish_at(const void *partial)
{
    return *(const rxt_value *)partial;
}

const rxt_merge rxt_max = {
    .size = sizeof(double),
    .commutes = true,
    .zero = zero_max,
    .merge = merge_max,
    .finish = finish,
};

const rxt_merge rxt_min = {
    .size = sizeof(double),
    .commutes = true,
    .zero = zero_min,
    .merge = merge_min,
    .finish = finish,
};

const rxt_merge rxt_max_at = {
    .size = sizeof(rxt_value),
    .commutes = true,
    .zero = zero_at,
    .merge = merge_at,
    .finish = finish_at,
};
