/* proof_units.c - proof of a task: the number of units that were done and found right is n. */
#include <rxt/task.h>

#include <math.h>

static void zero(void *facts)
{
    *(double *)facts = 0;
}

static void add(void *left, const void *right)
{
    *(double *)left += *(const double *)right;
}

static void gather(const rxt_share *made, const rxt_share *found, void *facts)
{
    (void)found;
    *(double *)facts += (double)made->n;
}

static double bound(const void *facts, const rxt_case *of)
{
    (void)facts;
    (void)of;
    return 0;
}

static double mean(const void *facts)
{
    (void)facts;
    return 1;
}

static double judge(const void *facts, const rxt_case *of, rxt_value result)
{
    bool covered = *(const double *)facts == (double)of->total;

    return covered && result.value == (double)of->total ? 0.0 : (double)INFINITY;
}

static const rxt_merge count = {
    .size = sizeof(double), .commutes = true, .native = RXT_NATIVE_SUM, .zero = zero, .merge = add
};

const rxt_proof rxt_proof_units = {
    .facts = &count, .gather = gather, .bound = bound, .mean = mean, .judge = judge
};
