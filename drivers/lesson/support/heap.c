/* heap.c - memory that a process holds while workers are created.
 *
 * A system that overcommits memory kills processes when no memory is left. So the ranks first check
 * the free memory and agree; only then each rank allocates its heap. */
#include "heap.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "comm/comm.h"
#include "machine/cpus.h"

static rxt_status there_is(const rxt_slab *slab)
{
    int ranks = slab->comm ? rxt_comm_node_ranks(slab->comm) : 1;
    double free = rxt_cpus_memory("", NULL);
    rxt_status st = RXT_OK;

    if (slab->task->heap * ranks > free)
        st = rxt_status_no_memory("for %d heap%s of %.0f MB: %.0f MB are free; choose a smaller "
                                  "--heap",
                                  ranks, ranks == 1 ? "" : "s", slab->task->heap / 1e6, free / 1e6);
    return slab->comm ? rxt_comm_agree(slab->comm, st) : st;
}

static rxt_status map(rxt_heap *heap, size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (memory == MAP_FAILED)
        return rxt_status_no_memory("for a heap of %.0f MB (%s); choose a smaller --heap",
                                    (double)bytes / 1e6, strerror(errno));
    *heap = (rxt_heap){ .memory = memory, .bytes = bytes };
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    return RXT_OK;
}

/* Writes to each page: a page that was never written has no page table entry that fork could
 * copy. */
static void touch(const rxt_heap *heap)
{
    volatile char *byte = heap->memory;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    for (size_t at = 0; at < heap->bytes; at += page)
        byte[at] = 1;
}

rxt_status rxt_heap_take(const rxt_slab *slab, rxt_heap *heap)
{
    rxt_status st;

    *heap = (rxt_heap){ .bytes = 0 };
    if (!(slab->task->heap >= 1))
        return RXT_OK;
    st = there_is(slab);
    if (!st)
        st = map(heap, (size_t)slab->task->heap);
    if (!st)
        touch(heap);
    return st;
}

void rxt_heap_drop(rxt_heap *heap)
{
    if (heap->memory)
        munmap(heap->memory, heap->bytes);
    *heap = (rxt_heap){ .bytes = 0 };
}
