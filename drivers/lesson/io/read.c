/* read.c - waiting for the disk: reads one block after another of a file that is not in memory.
 *
 * Each rank makes its own file in $TMPDIR or /tmp. The threads of the rank share the file, and the
 * file disappears when the rank ends. A unit is a block of 4 KiB, read past the page cache and
 * compared with what was written. If there are more units than blocks, blocks are read again; they
 * come from the disk each time. The disk limits how many reads overlap; requests to a server have
 * no such limit. If the disk is virtual, its host may have a cache of its own, and this program
 * cannot drop blocks from that cache. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include <rxt/task.h>

#include "../support/block_file.h"
#include "../support/latency.h"
#include "../support/thread_pool.h"

enum { MOST = 4096 }; /* blocks of a file */

typedef struct reads {
    rxt_block_file blocks;
    rxt_thread_pool *pool;
    atomic_int error;      /* errno of a read that failed */
    unsigned char *memory; /* a block for each thread */
    int threads;
} reads;

static rxt_status make(rxt_slab *slab)
{
    reads *d = slab->state = calloc(1, sizeof *d);
    ptrdiff_t count = slab->n < MOST ? slab->n : MOST;
    rxt_status st;

    if (d) {
        d->blocks.file = -1;
        d->threads = slab->threads;
        d->memory = aligned_alloc(BLOCK, (size_t)slab->threads * BLOCK);
    }
    if (!d || !d->memory)
        return rxt_status_no_memory("for one block per thread, for %d threads", slab->threads);
    st = rxt_thread_pool_open(slab, &d->pool);
    return st ? st : rxt_block_file_make(count > 0 ? count : 1, &d->blocks);
}

/* The block of a unit. The order of the blocks is such that read-ahead does not help. 2654435761 is
 * a prime above any file's number of blocks, so `count` units in a row read each block once. */
static ptrdiff_t block_of(const reads *d, ptrdiff_t unit)
{
    return (ptrdiff_t)((uint64_t)unit * 2654435761u % (uint64_t)d->blocks.count);
}

static void loop(const rxt_share *share, void *partial)
{
    reads *d = share->state;
    unsigned char *memory = d->memory + (ptrdiff_t)(share->worker % d->threads) * BLOCK;

    rxt_latencies.zero(partial);
    for (ptrdiff_t i = share->first; i < share->first + share->n; i++) {
        ptrdiff_t block = block_of(d, i);
        double began = rxt_clock_now(), ended;
        int error = rxt_block_file_read(&d->blocks, block, memory);

        ended = rxt_clock_now();
        if (error) {
            atomic_store(&d->error, error);
            return;
        }
        if (rxt_block_file_right(block, memory))
            rxt_latency_add(partial, ended - began);
    }
}

static void run(const rxt_slab *slab, void *partial)
{
    reads *d = slab->state;

    rxt_thread_pool_call(d->pool, loop, &rxt_latencies, slab, partial);
}

static rxt_status trouble(rxt_slab *slab)
{
    const reads *d = slab->state;
    int error = atomic_load(&d->error);

    return error ? rxt_status_of(RXT_ENVIRONMENT,
                                 "a block of a file in $TMPDIR or /tmp could not be read (%s)",
                                 strerror(error))
                 : RXT_OK;
}

static void drop(rxt_slab *slab)
{
    reads *d = slab->state;

    if (!d)
        return;
    rxt_thread_pool_close(d->pool);
    rxt_block_file_close(&d->blocks);
    free(d->memory);
    free(d);
}

/* Makes a file of one block to find out how blocks are read on this machine. Returns the remark for
 * that way, or NULL. */
static const char *remark(void)
{
    static const char *const way[] = {
        [RXT_BLOCK_FILE_DIRECT] = NULL,
        [RXT_BLOCK_FILE_DROPPED] =
            "no O_DIRECT in $TMPDIR or /tmp: each block is dropped from the cache",
        [RXT_BLOCK_FILE_MEMORY] = "$TMPDIR or /tmp is in memory, not on a disk: reads do not wait",
    };
    rxt_block_file one;
    rxt_status st = rxt_block_file_make(1, &one);
    const char *text = st ? NULL : way[one.way];

    rxt_status_free(st);
    rxt_block_file_close(&one);
    return text;
}

const rxt_task rxt_task_read = {
    .kernel = {
        .name = "read",
        .formula = "read a block from the disk",
        .grain = 1,
        .merge = &rxt_latencies,
        .proof = &rxt_proof_units,
        .run = run,
        .make = make,
        .free = drop,
        .task = &rxt_task_read,
    },
    .unit = "block",
    .trouble = trouble,
    .quantile = rxt_latency_quantile,
    .remark = remark,
};
