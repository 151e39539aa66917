/* poisoned.h - the poison of unwritten elements (poison.h), for the tests of proofs. */
#ifndef POISONED_H
#define POISONED_H

#include "support/poison.h"
#include <rxt/kernel.h>

#include <string.h>

/* The value of an unwritten element, converted to double as proofs get it. */
static inline double poison_of(rxt_type type)
{
    double wide;
    float narrow;

    memset(&wide, RXT_POISON, sizeof wide);
    memset(&narrow, RXT_POISON, sizeof narrow);
    return type == RXT_F64 ? wide : (double)narrow;
}

#endif
