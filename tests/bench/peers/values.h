/* values.h - operands: typical numbers, the same in every run. */
#ifndef PEERS_VALUES_H
#define PEERS_VALUES_H

#include <stddef.h>

double peers_value_near_one(int operand,
                            ptrdiff_t i); /* 0.5 … 1.5: sums neither vanish nor overflow */
double peers_value_signed(int operand, ptrdiff_t i);   /* -1 … 1   */
double peers_value_exponent(int operand, ptrdiff_t i); /* -20 … 20 */
double peers_value_positive(int operand, ptrdiff_t i); /* 0 … 1e6  */

/* Special operands that a function must handle: NaN, infinities, zeros, subnormals, the limits of
 * exp. */
double peers_value_special(ptrdiff_t i);

#endif
