/* levels.h - calls kernels of every level that this processor runs, in every type, on a test's own
 * numbers. */
#ifndef LEVELS_H
#define LEVELS_H

#include "support/table.h"
#include <rxt/blas.h>
#include <rxt/kernel.h>

#include <stdlib.h>
#include <string.h>

#include <CUnit/CUnit.h>

/* The OpenBLAS function that a kernel calls, limited to one thread; NULL if it calls none. */
static inline rxt_blas_function *levels_blas(const rxt_kernel *kernel)
{
    static rxt_blas *blas;

    if (!kernel->blas)
        return NULL;
    if (!blas)
        CU_ASSERT_PTR_NULL_FATAL(rxt_blas_open(NULL, &blas));
    CU_ASSERT_TRUE(rxt_blas_alone(blas));
    CU_ASSERT_FATAL(rxt_blas_find(blas, kernel->blas) != NULL);
    return rxt_blas_find(blas, kernel->blas);
}

/* Calls `check` with the kernel of that name at every level and in every type; with name NULL, with
 * all element-wise loops. Returns the number of calls. */
static inline int levels_each(const char *name,
                              void (*check)(const char *level, const rxt_kernel *))
{
    int levels, calls = 0;
    const rxt_level *level = rxt_kernel_levels(&levels);

    for (int l = 0; l < levels; l++)
        for (int type = 0; type < RXT_TYPES; type++)
            for (int k = 0; k < level[l].count[type] && level[l].runs(); k++) {
                const rxt_kernel *kernel = level[l].kernel[type][k];

                if (name ? strcmp(kernel->name, name) : kernel->merge || !kernel->loop)
                    continue;
                check(level[l].name, kernel);
                calls++;
            }
    return calls;
}

/* Element i of an array of that type. */
static inline double levels_get(rxt_type type, const void *array, ptrdiff_t i)
{
    return type == RXT_F64 ? ((const double *)array)[i] : (double)((const float *)array)[i];
}

static inline void levels_set(rxt_type type, void *array, ptrdiff_t i, double value)
{
    if (type == RXT_F64)
        ((double *)array)[i] = value;
    else
        ((float *)array)[i] = (float)value;
}

/* y = the kernel's loop over x, both of its type, as one share of n elements. */
static inline void levels_call(const rxt_kernel *kernel, ptrdiff_t n, void *x, void *y)
{
    rxt_share share = { .type = kernel->type, .n = n, .total = n, .workers = 1, .v = { x, y } };

    kernel->loop(&share, NULL);
}

#endif
