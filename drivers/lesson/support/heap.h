/* heap.h - memory that a process holds while workers are created: --heap.
 *
 * A fork copies the page tables of its process, a thread copies nothing; so what a process costs
 * grows with what its parent holds. */
#ifndef HEAP_H
#define HEAP_H

#include <rxt/task.h>

typedef struct rxt_heap {
    void *memory; /* NULL: none */
    size_t bytes;
} rxt_heap;

/* Takes slab->task->heap bytes of private memory, each page written, in small pages, like the
 * memory of many small objects: each page has its own page table entry, which fork copies. (A
 * huge page has one entry for 512.) RXT_ENVIRONMENT if the node has less for all ranks of
 * slab->comm, over which it is collective (NULL: this process alone). On failure there is none. */
rxt_status rxt_heap_take(const rxt_slab *slab, rxt_heap *heap);
void rxt_heap_drop(rxt_heap *heap);

#endif
