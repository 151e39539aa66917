/* merge_sum.c - merges partial results by addition. */
#include <rxt/kernel.h>

static void zero(void *partial)
{
    *(double *)partial = 0.0;
}

static void merge(void *left, const void *right)
{
    *(double *)left += *(const double *)right;
}

static rxt_value finish(const void *partial)
{
    return (rxt_value){ .value = *(const double *)partial, .index = -1 };
}

const rxt_merge rxt_sum = {
    .size = sizeof(double),
    .commutes = true,
    .native = RXT_NATIVE_SUM,
    .zero = zero,
    .merge = merge,
    .finish = finish,
};
