/* heap.h - memory that a process holds while workers are created (--heap).
 *
 * fork copies the page tables of the process; creating a thread copies nothing. So the cost of a
 * forked child grows with the memory that its parent holds. */
#ifndef HEAP_H
#define HEAP_H

#include <rxt/task.h>

typedef struct rxt_heap {
    void *memory; /* NULL: no heap */
    size_t bytes;
} rxt_heap;

/* Allocates slab->task->heap bytes of private memory and writes to each page. The pages are small
 * (4 KiB on x86), as with memory of many small objects: each one has its own page table entry,
 * which fork copies. (A huge page has one entry for 512 small ones.) RXT_ENVIRONMENT if the node
 * has too little free memory for the heaps of all its ranks in slab->comm. Collective over
 * slab->comm; if slab->comm is NULL, only this process counts. After a failure heap->memory is
 * NULL. */
rxt_status rxt_heap_take(const rxt_slab *slab, rxt_heap *heap);
void rxt_heap_drop(rxt_heap *heap);

#endif
