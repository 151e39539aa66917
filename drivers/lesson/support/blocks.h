/* blocks.h - a file of blocks, made to be read from the disk, not from memory: it has no name and
 * is gone with the process, whatever ends that. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

enum { BLOCK = 4096 }; /* bytes; a block in memory starts on a multiple */

/* How a read comes to wait for the disk. */
typedef enum rxt_blocks_way {
    RXT_BLOCKS_DIRECT,  /* O_DIRECT: past the page cache                                       */
    RXT_BLOCKS_DROPPED, /* the file system knows no O_DIRECT: the cache gives each block up again */
    RXT_BLOCKS_MEMORY, /* the file system is memory: nothing waits                                */
} rxt_blocks_way;

typedef struct rxt_blocks {
    int file; /* its descriptor; -1: not open */
    ptrdiff_t count;
    rxt_blocks_way way;
} rxt_blocks;

/* Makes a file of so many blocks in $TMPDIR, or in /tmp, written to the disk. RXT_ENVIRONMENT where
 * it cannot be made. Local. */
rxt_status rxt_blocks_make(ptrdiff_t count, rxt_blocks *blocks);

/* Reads a block into memory; a read is dropped from the page cache again. Returns 0 or errno; EIO
 * where the file is too short. By as many threads at once as like. */
int rxt_blocks_read(const rxt_blocks *blocks, ptrdiff_t block, void *memory);

/* Does the memory hold that block? Pure. */
bool rxt_blocks_right(ptrdiff_t block, const void *memory);

void rxt_blocks_close(rxt_blocks *blocks);

#endif
