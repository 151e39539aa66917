/* table.c - the kernels of this program, from its table (table.c.in). */
#include "support/table.h"

#include <string.h>

/* The highest level that this processor runs; the lowest runs everywhere. Computed at every call,
 * so that there is no state to set up. */
static const rxt_level *best(void)
{
    int level = rxt_program_table.levels - 1;

    while (level > 0 && !rxt_program_table.level[level].runs())
        level--;
    return &rxt_program_table.level[level];
}

const rxt_level *rxt_kernel_levels(int *count)
{
    *count = rxt_program_table.levels;
    return rxt_program_table.level;
}

const rxt_kernel *const *rxt_kernels(rxt_type type, int *count)
{
    const rxt_level *level = best();

    *count = level->count[type];
    return level->kernel[type];
}

const char *const *rxt_kernel_names(rxt_type type)
{
    return rxt_program_table.names[type];
}

const rxt_kernel *rxt_kernel_find(const char *name, rxt_type type)
{
    int count;
    const rxt_kernel *const *kernel = rxt_kernels(type, &count);

    for (int k = 0; k < count; k++)
        if (!strcmp(kernel[k]->name, name))
            return kernel[k];
    return NULL;
}

const char *rxt_kernel_left_out(const char *name)
{
    const rxt_left_out *kernel = rxt_program_table.left_out;

    while (kernel && kernel->name && strcmp(kernel->name, name))
        kernel++;
    return kernel ? kernel->without : NULL;
}

const char *rxt_kernel_level(void)
{
    return best()->name;
}
