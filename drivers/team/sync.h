/* sync.h - when a call of a kernel without a result ends.
 *
 * A kernel with a result ends its call with the result, which all workers have a part in. Without
 * one nothing makes them await each other: a rank that writes its own slab could begin the next
 * call while others are at this one, which the threads of a parallel region cannot. A program that
 * uses what all have written (a halo, a next loop that reads elsewhere) has to wait after each
 * loop, whether by a barrier of ranks or by a region's end. */
#ifndef RXT_SYNC_H
#define RXT_SYNC_H

#include "base/vocabulary.h"
#include <rxt/kernel.h>

/* call: when all workers know that all are done. visit: workers wait for each other only at the
 * end of the visit. */
typedef enum rxt_sync { RXT_SYNC_CALL, RXT_SYNC_VISIT, RXT_SYNCS } rxt_sync;

extern const rxt_vocabulary rxt_sync_vocabulary;
const char *rxt_sync_name(rxt_sync sync);

/* What that means to a kernel: one with a result, or with threads of its own, which join at the end
 * of each call, has no other end than call. Were its ranks let go on, they would be compared with
 * threads that are not. Pure. */
static inline rxt_sync rxt_sync_of(const rxt_kernel *kernel, rxt_sync asked)
{
    return kernel->merge || kernel->run ? RXT_SYNC_CALL : asked;
}

#endif
