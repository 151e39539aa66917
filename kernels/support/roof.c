/* roof.c - which loops a kernel is compared with, and how much work they do. */
#include "support/roof.h"

#include "support/slab.h"

double rxt_roof_work(const rxt_roof *roof, ptrdiff_t total, int workers)
{
    const rxt_kernel *kernel = &roof->kernel;
    size_t size = rxt_type_size(kernel->type);

    if (roof->flops > 0)
        return roof->flops * workers;
    return (kernel->loads + kernel->stores) * (double)size * (double)total *
           (double)rxt_roof_passes(size * (size_t)kernel->arrays, total, workers);
}

/* Number of operands of the loop with the kernel's traffic: all operands that the kernel reads, and
 * one of those that it only writes. */
static int arrays_of(const rxt_kernel *kernel)
{
    return kernel->outputs > 0 ? kernel->arrays - kernel->outputs + 1 : kernel->arrays;
}

static bool same_shape(const rxt_kernel *loop, const rxt_kernel *kernel)
{
    return loop->arrays == arrays_of(kernel) && (loop->stores > 0) == (kernel->stores > 0) &&
           (loop->outputs > 0) == (kernel->outputs > 0);
}

/* The loop with the kernel's traffic or, if `moves` is false, the arithmetic loop, which has no
 * arrays. */
static rxt_roof find(const rxt_kernel *kernel, bool moves, bool far)
{
    const rxt_roof *all = rxt_roofs(kernel->type);
    rxt_roof found = { .kernel = { .loop = NULL } };

    for (int r = 0; r < RXT_ROOFS; r++)
        if (moves ? all[r].flops == 0 && all[r].far == far && same_shape(&all[r].kernel, kernel)
                  : all[r].flops > 0)
            found = all[r];
    if (moves) {
        found.kernel.fill = kernel->fill;
        found.kernel.factors = kernel->factors;
        found.kernel.grain = rxt_grain_of(kernel);
    }
    return found;
}

void rxt_roof_of(const rxt_kernel *kernel, rxt_roof roof[RXT_ROOF_KINDS])
{
    roof[RXT_ROOF_NEAR] = find(kernel, true, false);
    roof[RXT_ROOF_FAR] = find(kernel, true, true);
    roof[RXT_ROOF_FLOPS] = find(kernel, false, false);
    if (kernel->flops <= 0)
        roof[RXT_ROOF_FLOPS].kernel.loop = NULL;
}

bool rxt_roof_equal(const rxt_roof *a, const rxt_roof *b)
{
    return a->kernel.loop == b->kernel.loop && a->kernel.fill == b->kernel.fill &&
           a->kernel.factors == b->kernel.factors && a->kernel.grain == b->kernel.grain;
}
