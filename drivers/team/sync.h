/* sync.h - when a call of a kernel without a result ends.
 *
 * A kernel with a result ends its call with the reduction, in which all workers take part. Without
 * a result nothing makes workers wait for each other: a rank that writes its own slab could begin
 * the next call while others are still in this one. The threads of a parallel region cannot begin
 * the next call early, because the region's end is a barrier. A program that uses what all workers
 * have written (a halo, a next loop that reads other elements) must wait after each loop, at a
 * barrier of the ranks or at a region's end. */
#ifndef RXT_SYNC_H
#define RXT_SYNC_H

#include "base/vocabulary.h"
#include <rxt/kernel.h>

/* call: a call ends when all workers know that all have finished. visit: workers wait for each
 * other only at the end of the visit. */
typedef enum rxt_sync { RXT_SYNC_CALL, RXT_SYNC_VISIT, RXT_SYNCS } rxt_sync;

extern const rxt_vocabulary rxt_sync_vocabulary;
const char *rxt_sync_name(rxt_sync sync);

/* Do workers begin the next call while others are still in this one? rxt_sync_name_frees takes the
 * name of a sync; it is false for any other word. */
bool rxt_sync_frees(rxt_sync sync);
bool rxt_sync_name_frees(const char *name);

/* May a kernel have any sync? A kernel with a result can only have `call`, and also a kernel
 * with its own threads, because these threads join at the end of each call. If the ranks of such
 * a kernel did not wait, the study would compare ranks that do not wait with threads that wait.
 * Pure. */
static inline bool rxt_sync_heeded(const rxt_kernel *kernel)
{
    return !kernel->merge && !kernel->run;
}

/* The sync that applies to a kernel if `asked` is wanted. Pure. */
static inline rxt_sync rxt_sync_of(const rxt_kernel *kernel, rxt_sync asked)
{
    return rxt_sync_heeded(kernel) ? asked : RXT_SYNC_CALL;
}

#endif
