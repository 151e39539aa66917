/* npy.h - NumPy's .npy files: a one-dimensional array of f8 or f4, read in parts.
 *
 * The format is numpy.lib.format's, versions 1.0, 2.0 and 3.0: magic, version, length of a
 * header, the header (a Python dictionary of descr, fortran_order and shape), the elements.
 * Bytes after them are ignored, as in NumPy: a file may hold several arrays. Every file is
 * accepted that numpy.load reads as a vector of floats. */
#ifndef RXT_NPY_H
#define RXT_NPY_H

#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include <rxt/status.h>

/* Bytes that may come before the elements: NumPy itself reads no longer header than 10,000. */
enum { RXT_NPY_HEADER = 12 + 10000 };

typedef struct rxt_npy_header {
    char type[4];     /* "<f8", ">f8", "<f4" or ">f4", as NumPy names it */
    ptrdiff_t n;      /* elements, at most PTRDIFF_MAX / 16; -1: all that follow */
    ptrdiff_t offset; /* of the first, in bytes                          */
} rxt_npy_header;

/* Reads a header from the first `size` bytes of a file; those beyond RXT_NPY_HEADER are not
 * needed. `name` stands in front of a message. RXT_USAGE unless it is one dimension of f8 or f4
 * elements, in C or Fortran order. Pure. */
rxt_status rxt_npy_parse(const char *name, const unsigned char *bytes, size_t size,
                         rxt_npy_header *header);

/* A file that is open for reading. All zero: none. */
typedef struct rxt_npy {
    const char *option, *path; /* "--x" and its value, lent by the caller */
    int descriptor;
    rxt_npy_header header;
    off_t bytes; /* with this, it is the file that was opened, unchanged */
    struct timespec modified;
} rxt_npy;

/* Opens a file and reads its header. RXT_USAGE, naming option and path, where the file is not
 * there, is not a regular file (a FIFO is not waited for), is not what rxt_npy_parse reads or holds
 * fewer elements than its header says; RXT_ENVIRONMENT where the system cannot give it. Local. On
 * failure *file is all zero. */
rxt_status rxt_npy_open(const char *option, const char *path, rxt_npy *file);

/* Closes it; all zero is allowed. */
void rxt_npy_close(rxt_npy *file);

/* Elements [first, first + n) as doubles, with no memory but `block` (n doubles). Requires
 * 0 <= first, first + n <= header.n. RXT_USAGE where the file shrank or was written to since it was
 * opened, RXT_ENVIRONMENT where it cannot be read. Local; threads may read one file at once. */
rxt_status rxt_npy_read(const rxt_npy *file, ptrdiff_t first, ptrdiff_t n, double *block);

/* Bytes of an element. */
ptrdiff_t rxt_npy_size(const rxt_npy_header *header);

#endif
