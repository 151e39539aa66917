/* poison.h - the content of write-only operands before the proved call. */
#ifndef RXT_POISON_H
#define RXT_POISON_H

#include <stdbool.h>

/* The value of every byte. It gives a NaN in both types, with a bit pattern that arithmetic never
 * makes. */
enum { RXT_POISON = 0xff };

/* Is this element still unwritten? An f32 must be converted to double first. Pure. */
bool rxt_poison_stands(double found);

#endif
