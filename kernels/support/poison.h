/* poison.h - the content of operands that are only written, before the proved call. */
#ifndef RXT_POISON_H
#define RXT_POISON_H

#include <stdbool.h>

/* Every byte of them: a NaN in either type, and one that no arithmetic makes. */
enum { RXT_POISON = 0xff };

/* Is it still there? An f32's is looked at as the double that it becomes. Pure. */
bool rxt_poison_stands(double found);

#endif
