/* block_file.h - a file of blocks, for reads that must wait for the disk and must not get their
 * data from the page cache. The file has no name, so it disappears when the process ends for any
 * reason. */
#ifndef BLOCK_FILE_H
#define BLOCK_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

enum { BLOCK = 4096 }; /* bytes; a block's memory must be aligned to this, as O_DIRECT requires */

/* How a read is made to wait for the disk. */
typedef enum rxt_block_file_way {
    RXT_BLOCK_FILE_DIRECT,  /* O_DIRECT: the read bypasses the page cache */
    RXT_BLOCK_FILE_DROPPED, /* the file system has no O_DIRECT: each block is dropped from the page
                               cache after its read */
    RXT_BLOCK_FILE_MEMORY,  /* the file system is in memory (tmpfs): reads do not wait */
} rxt_block_file_way;

typedef struct rxt_block_file {
    int file; /* its descriptor; -1: not open */
    ptrdiff_t count;
    rxt_block_file_way way;
} rxt_block_file;

/* Makes a file of `count` blocks in $TMPDIR or /tmp and writes it to the disk. RXT_ENVIRONMENT if
 * the file cannot be made. Close it also after a failure. Local. */
rxt_status rxt_block_file_make(ptrdiff_t count, rxt_block_file *blocks);

/* Reads block number `block` into `memory` (BLOCK bytes, aligned). Returns 0 or errno; EIO if the
 * file is too short. Any number of threads may call it at the same time. */
int rxt_block_file_read(const rxt_block_file *blocks, ptrdiff_t block, void *memory);

/* Does `memory` hold the contents of block number `block`? Pure. */
bool rxt_block_file_right(ptrdiff_t block, const void *memory);

void rxt_block_file_close(rxt_block_file *blocks);

#endif
