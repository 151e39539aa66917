/* npy.c - opens a .npy file, and reads a part of it into doubles, in place.
 *
 * Every thread of every rank reads its own part with pread, because pread does not move the file
 * position that threads share. f4 elements are read into the upper half of the block and widened
 * from the front. This is safe, because a double never overwrites a float that was not read yet
 * (see widen). */
#include "data/npy.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME = 240 };

ptrdiff_t rxt_npy_size(const rxt_npy_header *header)
{
    return header->type[2] - '0';
}

/* "--x=a.npy", the beginning of messages. */
static const char *name_of(const rxt_npy *file, char name[NAME])
{
    snprintf(name, NAME, "%s=%.200s", file->option, file->path);
    return name;
}

/* ---- opening ---- */

/* Is the error in the path that the user gave, not in the system? */
static bool is_users(int error)
{
    static const int users[] = { ENOENT, ENOTDIR,      EACCES, EPERM,    ELOOP,
                                 EISDIR, ENAMETOOLONG, ENXIO,  EOVERFLOW };

    for (size_t i = 0; i < sizeof users / sizeof users[0]; i++)
        if (error == users[i])
            return true;
    return false;
}

static rxt_status cannot(const rxt_npy *file, const char *what, int error)
{
    char name[NAME];

    return rxt_status_of(is_users(error) ? RXT_USAGE : RXT_ENVIRONMENT, "%s: cannot be %s (%s)",
                         name_of(file, name), what, strerror(error));
}

static rxt_status check_regular(const rxt_npy *file, mode_t mode)
{
    const char *what = S_ISDIR(mode)                    ? "a directory"
                       : S_ISFIFO(mode)                 ? "a FIFO"
                       : S_ISCHR(mode) || S_ISBLK(mode) ? "a device"
                                                        : "not a regular file";
    char name[NAME];

    if (S_ISREG(mode))
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "%s: is %s; name a regular file, because every rank reads its own part",
                         name_of(file, name), what);
}

static rxt_status look(rxt_npy *file)
{
    struct stat now;

    if (fstat(file->descriptor, &now))
        return cannot(file, "looked at", errno);
    file->bytes = now.st_size;
    file->modified = now.st_mtim;
    return check_regular(file, now.st_mode);
}

/* Reads up to `size` bytes from `offset` on, in as many steps as needed; fewer only at the file's
 * end. -1, with errno, if it cannot be read. */
static ssize_t read_all(int descriptor, char *bytes, size_t size, off_t offset)
{
    size_t had = 0;

    while (had < size) {
        ssize_t more = pread(descriptor, bytes + had, size - had, offset + (off_t)had);

        if (more == 0)
            break;
        if (more < 0 && errno != EINTR)
            return -1;
        had += more > 0 ? (size_t)more : 0;
    }
    return (ssize_t)had;
}

static rxt_status read_header(rxt_npy *file)
{
    unsigned char bytes[RXT_NPY_HEADER];
    ssize_t had = read_all(file->descriptor, (char *)bytes, sizeof bytes, 0);
    char name[NAME];

    if (had < 0)
        return cannot(file, "read", errno);
    return rxt_npy_parse(name_of(file, name), bytes, (size_t)had, &file->header);
}

/* Sets n for a shape of (-1,), which means all elements that follow; checks the file's length. */
static rxt_status check_length(rxt_npy *file)
{
    rxt_npy_header *h = &file->header;
    ptrdiff_t needed;
    char name[NAME];

    if (h->n < 0)
        h->n = ((ptrdiff_t)file->bytes - h->offset) / rxt_npy_size(h);
    needed = h->offset + h->n * rxt_npy_size(h);
    if (file->bytes >= needed)
        return RXT_OK;
    return rxt_status_of(RXT_USAGE,
                         "%s: is cut off: its %td elements take %td bytes, the file has %lld; copy "
                         "or save it again",
                         name_of(file, name), h->n, needed, (long long)file->bytes);
}

/* Opens with O_NONBLOCK, because otherwise the open of a FIFO waits for a writer. */
rxt_status rxt_npy_open(const char *option, const char *path, rxt_npy *file)
{
    rxt_status st;

    *file = (rxt_npy){ .option = option, .path = path };
    file->descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    st = file->descriptor < 0 ? cannot(file, "opened", errno) : look(file);
    if (!st)
        st = read_header(file);
    if (!st)
        st = check_length(file);
    if (st)
        rxt_npy_close(file);
    return st;
}

void rxt_npy_close(rxt_npy *file)
{
    if (file->path && file->descriptor >= 0)
        close(file->descriptor);
    *file = (rxt_npy){ 0 };
}

/* ---- reading ---- */

static bool is_foreign(const rxt_npy_header *header)
{
    return (header->type[0] == '>') != (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
}

static void swap_doubles(ptrdiff_t n, double *block)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        uint64_t bits;

        memcpy(&bits, &block[i], sizeof bits);
        bits = __builtin_bswap64(bits);
        memcpy(&block[i], &bits, sizeof bits);
    }
}

/* The floats are in the upper half of the block. Double i ends at byte 8 i + 8. The next float to
 * read, i + 1, begins at byte 4 n + 4 i + 4. While i < n, this is at least 8 i + 8, so double i
 * does not overwrite it. */
static void widen(ptrdiff_t n, bool foreign, double *block)
{
    const char *from = (const char *)block + n * (ptrdiff_t)sizeof(float);

    for (ptrdiff_t i = 0; i < n; i++) {
        uint32_t bits;
        float value;

        memcpy(&bits, from + i * (ptrdiff_t)sizeof bits, sizeof bits);
        bits = foreign ? __builtin_bswap32(bits) : bits;
        memcpy(&value, &bits, sizeof value);
        block[i] = (double)value;
    }
}

static rxt_status check_unchanged(const rxt_npy *file, bool whole)
{
    struct stat now;
    char name[NAME];

    if (fstat(file->descriptor, &now))
        return cannot(file, "looked at", errno);
    if (!whole || now.st_size < file->bytes)
        return rxt_status_of(RXT_USAGE,
                             "%s: shrank while it was read, from %lld to %lld bytes; measure when "
                             "nothing writes to it",
                             name_of(file, name), (long long)file->bytes, (long long)now.st_size);
    if (now.st_size != file->bytes || now.st_mtim.tv_sec != file->modified.tv_sec ||
        now.st_mtim.tv_nsec != file->modified.tv_nsec)
        return rxt_status_of(RXT_USAGE,
                             "%s: was written to while it was read; measure when nothing writes to "
                             "it",
                             name_of(file, name));
    return RXT_OK;
}

rxt_status rxt_npy_read(const rxt_npy *file, ptrdiff_t first, ptrdiff_t n, double *block)
{
    const rxt_npy_header *h = &file->header;
    ptrdiff_t size = rxt_npy_size(h), bytes = n * size;
    char *into = (char *)block + n * ((ptrdiff_t)sizeof(double) - size);
    ssize_t had;

    assert(first >= 0 && n >= 0 && first <= h->n - n);
    had = read_all(file->descriptor, into, (size_t)bytes, (off_t)(h->offset + first * size));
    if (had < 0)
        return cannot(file, "read", errno);
    if (size == sizeof(float))
        widen(n, is_foreign(h), block);
    else if (is_foreign(h))
        swap_doubles(n, block);
    return check_unchanged(file, had == bytes);
}
