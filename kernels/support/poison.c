/* poison.c - recognises elements that were never written; an element whose right value is NaN has
 * other bits. */
#include "support/poison.h"

#include <stdint.h>
#include <string.h>

/* In f32 the NaN has 23 digits after the point; converted to double they are the upper ones of 52.
 */
bool rxt_poison_stands(double found)
{
    const uint64_t wide = UINT64_MAX, narrow = UINT64_MAX << (52 - 23);
    uint64_t bits;

    memcpy(&bits, &found, sizeof bits);
    return bits == wide || bits == narrow;
}
