/* scaling.h - strong and weak scaling: is a size the number of elements of all workers together, or
 * of each worker? */
#ifndef RXT_SCALING_H
#define RXT_SCALING_H

#include <stdbool.h>

#include "base/vocabulary.h"

extern const rxt_vocabulary rxt_scaling_vocabulary; /* word 1 is weak scaling */
const char *rxt_scaling_name(bool weak);

#endif
