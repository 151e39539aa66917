/* poison.c - elements that were never written, beside those that are rightly NaN. */
#include "support/poison.h"

#include <stdint.h>
#include <string.h>

/* f32 has 23 digits behind the point, which are the first of double's 52. */
bool rxt_poison_stands(double found)
{
    const uint64_t wide = UINT64_MAX, narrow = UINT64_MAX << (52 - 23);
    uint64_t bits;

    memcpy(&bits, &found, sizeof bits);
    return bits == wide || bits == narrow;
}
