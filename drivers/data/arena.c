/* arena.c - the memory of a rank's operands. */
#include "data/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/random.h"
#include "support/slab.h"
#include "support/type.h"

/* Arrays below a huge page may move by this many small pages from epoch to epoch, larger ones by
 * almost one huge page. */
enum { SHIFTS = 8 };

struct rxt_arena {
    int arrays;
    size_t element;              /* bytes of an element */
    size_t stride;               /* bytes from one array to the next */
    size_t page;                 /* bytes of the pages that were asked for */
    size_t shifts;               /* an array moves by less than this many small pages */
    size_t shift[RXT_ARRAYS];    /* bytes by which each array was moved */
    unsigned char *memory, *map; /* the first array, if it is not moved; the start of the mapping */
    size_t mapped;
    int epoch;
    ptrdiff_t touched; /* the first elements of each array whose pages are there */
    bool filled;       /* `contents` is valid */
    rxt_contents contents;
};

static size_t whole_pages(size_t bytes, size_t page)
{
    return (bytes / page + 1) * page;
}

/* Large arrays in huge pages start on huge pages. Small arrays lie close together, so that one huge
 * page holds all of them. */
static rxt_arena layout_of(const rxt_arena_request *request)
{
    size_t element = rxt_type_size(request->type), bytes = (size_t)request->capacity * element;
    bool huge = rxt_pages_are_huge(request->pages, bytes);
    size_t grid = huge && bytes >= RXT_PAGE_HUGE ? RXT_PAGE_HUGE : RXT_PAGE_SMALL,
           shifts = grid == RXT_PAGE_HUGE ? RXT_PAGE_HUGE / RXT_PAGE_SMALL : SHIFTS;

    return (rxt_arena){ .arrays = request->arrays,
                        .element = element,
                        .stride = whole_pages(bytes + shifts * RXT_PAGE_SMALL, grid),
                        .page = huge ? RXT_PAGE_HUGE : RXT_PAGE_SMALL,
                        .shifts = shifts };
}

/* Computed in double, so that a huge capacity does not overflow before it is refused. */
double rxt_arena_bytes(const rxt_arena_request *request)
{
    double bytes = (double)request->capacity * (double)rxt_type_size(request->type);

    if (request->capacity == 0)
        return 0;
    return bytes < 1e15 ? (double)request->arrays * (double)layout_of(request).stride
                        : (double)request->arrays * bytes;
}

/* Huge pages keep page walks out of the measurement. If the system refuses them, times are 2-5 %
 * longer, but the study goes on. */
static void advise(const rxt_arena *arena, rxt_pages pages)
{
    size_t bytes = (size_t)arena->arrays * arena->stride;

    if (arena->page == RXT_PAGE_HUGE)
        madvise(arena->memory, whole_pages(bytes, RXT_PAGE_HUGE), MADV_HUGEPAGE);
    else if (pages == RXT_PAGES_SMALL)
        madvise(arena->memory, bytes, MADV_NOHUGEPAGE);
}

/* The mapping is longer than needed, so that the first array can start on a huge page. */
rxt_status rxt_arena_open(const rxt_arena_request *request, rxt_arena **arena)
{
    rxt_arena layout = layout_of(request);
    rxt_arena *new = calloc(1, sizeof *new);
    unsigned char *map = MAP_FAILED;

    layout.mapped = (size_t)layout.arrays * layout.stride + 2 * RXT_PAGE_HUGE;
    if (new)
        map = mmap(NULL, layout.mapped, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED) {
        int error = errno;

        free(new);
        return rxt_status_no_memory("for %d arrays of %td elements (%s); choose smaller sizes",
                                    request->arrays, request->capacity, strerror(error));
    }
    *new = layout;
    new->map = map;
    new->memory = map + (RXT_PAGE_HUGE - (uintptr_t)map % RXT_PAGE_HUGE) % RXT_PAGE_HUGE;
    advise(new, request->pages);
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
    madvise(arena->memory, (size_t)arena->arrays * arena->stride, MADV_DONTNEED);
    arena->touched = 0;
    arena->filled = false;
}

bool rxt_arena_draw(rxt_arena *arena, int epoch)
{
    if (!arena || arena->epoch == epoch)
        return false;
    rxt_arena_release(arena);
    for (int a = 0; a < arena->arrays; a++)
        arena->shift[a] =
            (size_t)(rxt_random_at((uint64_t)epoch, (uint64_t)a + 1) % arena->shifts) *
            RXT_PAGE_SMALL;
    arena->epoch = epoch;
    return true;
}

void rxt_arena_holds(rxt_arena *arena, const rxt_contents *contents)
{
    arena->filled = contents != NULL;
    if (!contents)
        return;
    arena->contents = *contents;
    arena->touched = contents->n > arena->touched ? contents->n : arena->touched;
}

void rxt_arena_written(rxt_arena *arena, const rxt_kernel *kernel)
{
    if (kernel->outputs > 0 && rxt_inputs_of(kernel) < rxt_inputs_of(arena->contents.kernel))
        arena->contents.kernel = kernel;
}

void *rxt_arena_array(const rxt_arena *arena, int a)
{
    return arena->memory + (size_t)a * arena->stride + arena->shift[a];
}

/* ---- touching ---- */

static void touch(unsigned char *from, const unsigned char *end, size_t page)
{
    for (; from < end; from += page - (uintptr_t)from % page)
        *(volatile unsigned char *)from = 0;
}

static void touch_array(const rxt_arena *arena, int a, ptrdiff_t first, ptrdiff_t n)
{
    unsigned char *array = rxt_arena_array(arena, a);

    touch(array + (size_t)first * arena->element, array + (size_t)(first + n) * arena->element,
          arena->page);
}

/* The system gives the pages that were given back last, so without the spare pages each epoch would
 * get the pages of the one before. Both the spare pages and the arrays are touched from their
 * beginning, as a new process does it: then the pages of an epoch differ from those of another as
 * the pages of two processes do. In random order they would lie scattered, which is slower. */
void rxt_arena_touch(const rxt_arena *arena, ptrdiff_t first, ptrdiff_t n, int spare, uint64_t seed)
{
    ptrdiff_t from = first > arena->touched ? first : arena->touched, count = first + n - from;
    size_t held = (size_t)(rxt_random_next(&seed) % ((uint64_t)spare + 1)) * RXT_PAGE_SMALL;
    unsigned char *more = MAP_FAILED;
    int start = (int)(rxt_random_next(&seed) % RXT_ARRAYS);

    if (count <= 0)
        return;
    if (held > 0)
        more = mmap(NULL, held, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                    -1, 0);
    if (more != MAP_FAILED)
        touch(more, more + held, RXT_PAGE_SMALL);
    for (int a = 0; a < arena->arrays; a++)
        touch_array(arena, (start + a) % arena->arrays, from, count);
    if (more != MAP_FAILED)
        munmap(more, held);
}
