/* block_file.c - a file of blocks for reads that must wait for the disk.
 *
 * posix_fadvise drops the pages of our file from the page cache; unlike /proc/sys/vm/drop_caches it
 * needs no permission. It does not drop pages that are not yet on the disk, so the file is synced
 * first. */
#include "block_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdint.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "server.h"
#include "unnamed_file.h"

enum { WORDS = BLOCK / sizeof(uint64_t) };

/* ---- contents ---- */

/* The contents of word w of a block. All words of a file differ, so a read from a wrong place gives
 * wrong words. */
static uint64_t word(ptrdiff_t block, int w)
{
    return rxt_server_answer((uint64_t)block * WORDS + (uint64_t)w);
}

bool rxt_block_file_right(ptrdiff_t block, const void *memory)
{
    const uint64_t *words = memory;
    uint64_t differ = 0;

    for (int w = 0; w < WORDS; w++)
        differ |= words[w] ^ word(block, w);
    return differ == 0;
}

static int write_block(int file, ptrdiff_t block)
{
    uint64_t words[WORDS];
    ssize_t written;

    for (int w = 0; w < WORDS; w++)
        words[w] = word(block, w);
    written = pwrite(file, words, BLOCK, block * BLOCK);
    if (written == BLOCK)
        return 0;
    return written < 0 ? errno : ENOSPC;
}

static int write_all(int file, ptrdiff_t count)
{
    int error = 0;

    for (ptrdiff_t b = 0; b < count && !error; b++)
        error = write_block(file, b);
    if (!error && fsync(file) < 0)
        error = errno;
    return error;
}

/* ---- the file ---- */

/* tmpfs accepts O_DIRECT but still reads from memory. Other file systems may accept O_DIRECT when
 * it is set and refuse it at the first read. */
static rxt_block_file_way way_of(int file)
{
    struct statfs system;
    _Alignas(BLOCK) unsigned char memory[BLOCK];
    int flags = fcntl(file, F_GETFL);

    if (fstatfs(file, &system) == 0 &&
        (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC))
        return RXT_BLOCK_FILE_MEMORY;
    if (fcntl(file, F_SETFL, flags | O_DIRECT) == 0 && pread(file, memory, BLOCK, 0) >= 0)
        return RXT_BLOCK_FILE_DIRECT;
    fcntl(file, F_SETFL, flags);
    return RXT_BLOCK_FILE_DROPPED;
}

rxt_status rxt_block_file_make(ptrdiff_t count, rxt_block_file *blocks)
{
    int error;

    blocks->count = count;
    blocks->file = rxt_unnamed_file_open();
    error = blocks->file < 0 ? errno : write_all(blocks->file, count);
    if (error)
        return rxt_status_of(RXT_ENVIRONMENT,
                             "a file of %td kB for the reads cannot be written in %.200s (%s); set "
                             "TMPDIR to a folder with room",
                             count * BLOCK / 1000, rxt_unnamed_file_folder(),
                             rxt_status_reason(error));
    posix_fadvise(blocks->file, 0, 0, POSIX_FADV_RANDOM); /* no read-ahead */
    posix_fadvise(blocks->file, 0, 0, POSIX_FADV_DONTNEED);
    blocks->way = way_of(blocks->file);
    return RXT_OK;
}

int rxt_block_file_read(const rxt_block_file *blocks, ptrdiff_t block, void *memory)
{
    ssize_t got;

    do
        got = pread(blocks->file, memory, BLOCK, block * BLOCK);
    while (got < 0 && errno == EINTR);
    if (blocks->way == RXT_BLOCK_FILE_DROPPED)
        posix_fadvise(blocks->file, block * BLOCK, BLOCK, POSIX_FADV_DONTNEED);
    if (got < 0)
        return errno;
    return got == BLOCK ? 0 : EIO;
}

void rxt_block_file_close(rxt_block_file *blocks)
{
    if (blocks->file >= 0)
        close(blocks->file);
    blocks->file = -1;
}
