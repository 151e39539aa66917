/* block_file.h - a file of blocks, made to be read from the disk, not from memory: it has no name
 * and is gone with the process, whatever ends that. */
#ifndef BLOCK_FILE_H
#define BLOCK_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <rxt/status.h>

enum { BLOCK = 4096 }; /* bytes; a block in memory starts on a multiple */

/* How a read comes to wait for the disk. */
typedef enum rxt_block_file_way {
    RXT_BLOCK_FILE_DIRECT, /* O_DIRECT: past the page cache                                       */
    RXT_BLOCK_FILE_DROPPED, /* the file system knows no O_DIRECT: the cache gives each block up
                               again */
    RXT_BLOCK_FILE_MEMORY,  /* the file system is memory: nothing waits  */
} rxt_block_file_way;

typedef struct rxt_block_file {
    int file; /* its descriptor; -1: not open */
    ptrdiff_t count;
    rxt_block_file_way way;
} rxt_block_file;

/* Makes a file of that many blocks in $TMPDIR or /tmp, written to the disk. RXT_ENVIRONMENT
 * where it cannot be made. Local. */
rxt_status rxt_block_file_make(ptrdiff_t count, rxt_block_file *blocks);

/* Reads a block into memory; a read is dropped from the page cache again. Returns 0 or errno; EIO
 * where the file is too short. By as many threads at once as like. */
int rxt_block_file_read(const rxt_block_file *blocks, ptrdiff_t block, void *memory);

/* Does the memory hold that block? Pure. */
bool rxt_block_file_right(ptrdiff_t block, const void *memory);

void rxt_block_file_close(rxt_block_file *blocks);

#endif
