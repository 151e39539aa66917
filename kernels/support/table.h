/* table.h - the kernels of this program: a table that the build generates from their folder. */
#ifndef RXT_TABLE_H
#define RXT_TABLE_H

#include <rxt/kernel.h>

/* `count` kernels of a type in order of name, each compiled for the best instruction set that this
 * processor has. Local; cannot fail. */
const rxt_kernel *const *rxt_kernels(rxt_type type, int *count);

/* The names of their files, without ".c", in the same order. */
const char *const *rxt_kernel_names(rxt_type type);

/* The kernel of that name and type, or NULL. */
const rxt_kernel *rxt_kernel_find(const char *name, rxt_type type);

/* What this program was built without, where it has no kernel of that name for that reason; else
 * NULL. */
const char *rxt_kernel_left_out(const char *name);

/* The instruction set level that rxt_kernels picked: "x86-64", "x86-64-v3", "x86-64-v4" or
 * "generic". */
const char *rxt_kernel_level(void);

struct rxt_roof;

/* One level that the kernels were compiled for, and whether this processor can run it. */
typedef struct rxt_level {
    const char *name;
    bool (*runs)(void);
    int count[RXT_TYPES];
    const rxt_kernel *const *kernel[RXT_TYPES]; /* [count], in order of name    */
    const struct rxt_roof *roof[RXT_TYPES];     /* [RXT_ROOFS], what judges them */
} rxt_level;

/* All levels, lowest first, which runs everywhere: for tests, and to compare levels. */
const rxt_level *rxt_kernel_levels(int *count);

#endif
