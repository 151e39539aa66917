/* table.h - the kernels of this program, from its table (<rxt/table.h>). */
#ifndef RXT_SUPPORT_TABLE_H
#define RXT_SUPPORT_TABLE_H

#include <rxt/table.h>

/* The `count` kernels of a type, sorted by name, each compiled for the best instruction set of this
 * processor. Local; cannot fail. */
const rxt_kernel *const *rxt_kernels(rxt_type type, int *count);

/* The names of their files without ".c", in the same order. */
const char *const *rxt_kernel_names(rxt_type type);

/* The kernel of that name and type, or NULL. */
const rxt_kernel *rxt_kernel_find(const char *name, rxt_type type);

/* If this program was built without the kernel of that name: what was missing at build time. Else
 * NULL. */
const char *rxt_kernel_left_out(const char *name);

/* The instruction set level that rxt_kernels picked: "x86-64", "x86-64-v3", "x86-64-v4" or
 * "generic". */
const char *rxt_kernel_level(void);

/* All levels, lowest first; the lowest runs everywhere. For tests, and to compare levels. */
const rxt_level *rxt_kernel_levels(int *count);

#endif
