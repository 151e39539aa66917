/* values.c - operands: typical numbers, the same in every run. */
#include "values.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

#include "base/random.h"

/* A pseudo-random number in [0, 1) that depends on (operand, i). */
static double uniform(int operand, ptrdiff_t i)
{
    return (double)(rxt_random_at((uint64_t)operand << 56, (uint64_t)i) >> 11) * 0x1p-53;
}

double peers_value_near_one(int operand, ptrdiff_t i)
{
    return 0.5 + uniform(operand, i);
}

double peers_value_signed(int operand, ptrdiff_t i)
{
    return 2.0 * uniform(operand, i) - 1.0;
}

double peers_value_exponent(int operand, ptrdiff_t i)
{
    return 40.0 * uniform(operand, i) - 20.0;
}

double peers_value_positive(int operand, ptrdiff_t i)
{
    return 1e6 * uniform(operand, i);
}

double peers_value_special(ptrdiff_t i)
{
    static const double special[] = { NAN,    INFINITY,    -INFINITY, 0.0,    -0.0,
                                      5e-324, DBL_MIN / 2, 710.0,     -740.0, -746.0 };

    return special[i % (ptrdiff_t)(sizeof special / sizeof *special)];
}
