/* merge_norm.c - merges Euclidean norms: sums of squares in three ranges (norm.h). */
#include <rxt/norm.h>

#include <math.h>

static void zero(void *partial)
{
    *(rxt_norm *)partial = (rxt_norm){ 0 };
}

static void merge(void *left, const void *right)
{
    rxt_norm *n = left;
    const rxt_norm *more = right;

    n->small += more->small;
    n->medium += more->medium;
    n->large += more->large;
}

/* If there are large squares, small squares are negligible, and medium squares may underflow by a
 * negligible amount. If there are only medium and small squares, the small ones may lose digits
 * below the smallest number; this is negligible, too. */
static rxt_value finish(const void *partial)
{
    const rxt_norm *n = partial;
    rxt_value result = { .index = -1 };

    if (n->large > 0)
        result.value = sqrt(n->large + n->medium * rxt_norm_down * rxt_norm_down) / rxt_norm_down;
    else if (n->small > 0 && n->medium == 0)
        result.value = sqrt(n->small) / rxt_norm_up;
    else
        result.value = sqrt(n->medium + n->small / rxt_norm_up / rxt_norm_up);
    return result;
}

const rxt_merge rxt_norms = {
    .size = sizeof(rxt_norm),
    .commutes = true,
    .zero = zero,
    .merge = merge,
    .finish = finish,
};
