/* npy.h - NumPy's .npy files: a one-dimensional array of f8 or f4, read in parts.
 *
 * The format is that of numpy.lib.format, versions 1.0, 2.0 and 3.0: magic, version, length of the
 * header, the header (a Python dictionary of descr, fortran_order and shape), the elements. Bytes
 * after the elements are ignored, as in NumPy, because a file may hold several arrays. Every file
 * is accepted that numpy.load reads as a vector of floats. */
#ifndef RXT_NPY_H
#define RXT_NPY_H

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include <rxt/status.h>

/* The largest number of bytes before the elements: 12, and a header of at most 10,000, because
 * NumPy reads no longer headers. */
enum { RXT_NPY_HEADER = 12 + 10000 };

typedef struct rxt_npy_header {
    char type[4];     /* "<f8", ">f8", "<f4" or ">f4", as NumPy names it */
    ptrdiff_t n;      /* elements, at most PTRDIFF_MAX / 16; -1: all that follow */
    ptrdiff_t offset; /* of the first element, in bytes */
} rxt_npy_header;

/* Reads a header from the first `size` bytes of a file; bytes beyond RXT_NPY_HEADER are not needed.
 * Messages begin with `name`. RXT_USAGE unless the file has one dimension of f8 or f4 elements, in
 * C or Fortran order. Pure. */
rxt_status rxt_npy_parse(const char *name, const unsigned char *bytes, size_t size,
                         rxt_npy_header *header);

/* A file that is open for reading. All zero: no file. */
typedef struct rxt_npy {
    const char *option, *path; /* "--x" and its value, lent by the caller */
    int descriptor;
    rxt_npy_header header;
    off_t bytes; /* size and time of change when it was opened */
    struct timespec modified;
} rxt_npy;

/* Opens a file and reads its header. RXT_USAGE, naming option and path, if the file does not exist,
 * is not a regular file (for a FIFO the function does not wait), cannot be read by rxt_npy_parse,
 * or has fewer elements than its header says. RXT_ENVIRONMENT if the system cannot open or read it.
 * Local. On failure *file is all zero. */
rxt_status rxt_npy_open(const char *option, const char *path, rxt_npy *file);

/* Closes the file; all zero is allowed. */
void rxt_npy_close(rxt_npy *file);

/* Reads elements [first, first + n) as doubles into `block` (n doubles); needs no other memory.
 * Requires 0 <= first, first + n <= header.n. RXT_USAGE if the file has shrunk or was written to
 * since it was opened, RXT_ENVIRONMENT if it cannot be read. Local; several threads may read one
 * file at the same time. */
rxt_status rxt_npy_read(const rxt_npy *file, ptrdiff_t first, ptrdiff_t n, double *block);

/* Bytes of an element. */
ptrdiff_t rxt_npy_size(const rxt_npy_header *header);

#endif
