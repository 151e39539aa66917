/* poison.c - recognises elements that were never written; an element whose right value is NaN has
 * other bits. */
#include "support/poison.h"

#include <stdint.h>
#include <string.h>

/* In f32 the poison is a NaN whose 23 digits are all 1. Converted to double, these are the upper 23
 * of 52 digits. */
bool rxt_poison_stands(double found)
{
    const uint64_t wide = UINT64_MAX, narrow = UINT64_MAX << (52 - 23);
    uint64_t bits;

    memcpy(&bits, &found, sizeof bits);
    return bits == wide || bits == narrow;
}
