/* arena.c - the memory of a rank's operands. */
#include "data/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "support/slab.h"

enum { HUGE_PAGE = 2 << 20, SMALL_PAGE = 4096 };

struct rxt_arena {
    int arrays;
    size_t bytes;                /* of one array, in whole pages */
    unsigned char *memory, *map; /* the first array; the start of the mapping */
    size_t mapped;
    bool filled; /* `contents` is valid */
    rxt_contents contents;
};

/* Arrays start on page boundaries. Arrays of at least one huge page start on huge pages. */
static size_t array_bytes(rxt_type type, ptrdiff_t capacity)
{
    size_t bytes = (size_t)capacity * rxt_type_size(type),
           page = bytes < HUGE_PAGE ? SMALL_PAGE : HUGE_PAGE;

    return (bytes / page + 1) * page;
}

/* Computed in double, so that a huge capacity does not overflow before it is refused. */
double rxt_arena_bytes(rxt_type type, int arrays, ptrdiff_t capacity)
{
    double bytes = (double)capacity * (double)rxt_type_size(type);

    if (capacity == 0)
        return 0;
    return bytes < 1e15 ? (double)arrays * (double)array_bytes(type, capacity)
                        : (double)arrays * bytes;
}

/* Huge pages keep page walks out of the measurement. If the system refuses them, times are 2-5 %
 * longer, but the study goes on. The mapping is one huge page longer than needed, so that the first
 * array can start on a huge page. */
rxt_status rxt_arena_open(rxt_type type, int arrays, ptrdiff_t capacity, rxt_arena **arena)
{
    size_t bytes = array_bytes(type, capacity), mapped = (size_t)arrays * bytes + HUGE_PAGE;
    rxt_arena *new = calloc(1, sizeof *new);
    unsigned char *map = MAP_FAILED;

    if (new)
        map = mmap(NULL, mapped, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED) {
        int error = errno;

        free(new);
        return rxt_status_no_memory("for %d arrays of %td elements (%s); choose smaller sizes",
                                    arrays, capacity, strerror(error));
    }
    *new = (rxt_arena){ .arrays = arrays, .bytes = bytes, .map = map, .mapped = mapped };
    new->memory = map + (HUGE_PAGE - (uintptr_t)map % HUGE_PAGE) % HUGE_PAGE;
    if (bytes >= HUGE_PAGE)
        madvise(new->memory, (size_t)arrays * bytes, MADV_HUGEPAGE);
    *arena = new;
    return RXT_OK;
}

void rxt_arena_close(rxt_arena *arena)
{
    if (!arena)
        return;
    munmap(arena->map, arena->mapped);
    free(arena);
}

/* May kernel a use what was filled for kernel b? Both must have the same fill, the same number of
 * factors (it limits the integers) and the same type, and kernel a must not have more inputs than
 * b. */
static bool same_operands(const rxt_kernel *a, const rxt_kernel *b)
{
    return a->fill == b->fill && a->factors == b->factors && a->type == b->type &&
           rxt_inputs_of(a) <= rxt_inputs_of(b);
}

/* Do calls of the kernel overwrite its inputs? */
static bool in_place(const rxt_kernel *kernel)
{
    return kernel->stores > 0 && kernel->outputs == 0;
}

/* Can the pages stay where they are? Pages stay on the NUMA node of the thread that touched them
 * first, so both the nodes and the range must be the same. If all threads were and are on one node,
 * the range does not matter. */
static bool same_homes(const rxt_contents *held, const rxt_contents *wanted)
{
    bool one_home = !strchr(held->homes, ' ') && !strchr(wanted->homes, ' ');

    if (strcmp(held->homes, wanted->homes))
        return false;
    return one_home || (held->first == wanted->first && held->n == wanted->n);
}

rxt_refill rxt_arena_needs(const rxt_arena *arena, const rxt_contents *wanted)
{
    const rxt_contents *held = &arena->contents;

    if (wanted->kernel->arrays == 0)
        return RXT_KEEP;
    if (!arena->filled || !same_homes(held, wanted))
        return RXT_TOUCH_AND_FILL;
    if (in_place(wanted->kernel) || in_place(held->kernel))
        return RXT_FILL;
    if (held->first != wanted->first || held->n < wanted->n || held->total != wanted->total ||
        held->seed != wanted->seed || !same_operands(wanted->kernel, held->kernel))
        return RXT_FILL;
    return RXT_KEEP;
}

void rxt_arena_release(rxt_arena *arena)
{
    madvise(arena->memory, (size_t)arena->arrays * arena->bytes, MADV_DONTNEED);
    arena->filled = false;
}

void rxt_arena_holds(rxt_arena *arena, const rxt_contents *contents)
{
    arena->filled = contents != NULL;
    if (contents)
        arena->contents = *contents;
}

void rxt_arena_written(rxt_arena *arena, const rxt_kernel *kernel)
{
    if (kernel->outputs > 0 && rxt_inputs_of(kernel) < rxt_inputs_of(arena->contents.kernel))
        arena->contents.kernel = kernel;
}

void *rxt_arena_array(const rxt_arena *arena, int a)
{
    return (arena->memory + (size_t)a * arena->bytes);
}
