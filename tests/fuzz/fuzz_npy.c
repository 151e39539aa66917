/* fuzz_npy.c - fuzzes the reader of .npy files: with the input as bytes, and as a file that the
 * reader opens and whose elements it reads. Everything that the reader accepts must lie within the
 * input. */
#include "data/npy.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void insist(int holds)
{
    if (!holds)
        abort();
}

/* A refusal must have the code RXT_USAGE and a message of one line. */
static int refused(rxt_status st)
{
    if (!st)
        return 0;
    insist(st->code == RXT_USAGE && st->text[0] && !strchr(st->text, '\n'));
    rxt_status_free(st);
    return 1;
}

static int same(const rxt_npy_header *a, const rxt_npy_header *b)
{
    return !strcmp(a->type, b->type) && (a->n == b->n || a->n == -1) && a->offset == b->offset;
}

/* Reads all elements at once, then one by one: the bits must be equal. */
static void read_all(const rxt_npy *file)
{
    ptrdiff_t n = file->header.n;
    double *all = malloc(((size_t)n + 1) * sizeof *all), one;

    insist(all && !refused(rxt_npy_read(file, 0, n, all)));
    for (ptrdiff_t i = 0; i < n; i++) {
        insist(!refused(rxt_npy_read(file, i, 1, &one)));
        insist(!memcmp(&one, &all[i], sizeof one));
    }
    free(all);
}

static void as_file(const uint8_t *bytes, size_t size, int understood, const rxt_npy_header *header)
{
    char path[64];
    int descriptor = memfd_create("fuzz", 0);
    rxt_npy file;

    insist(descriptor >= 0 && write(descriptor, bytes, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    if (!refused(rxt_npy_open("--x", path, &file))) {
        insist(understood && same(header, &file.header));
        insist(header->offset + file.header.n * rxt_npy_size(header) <= (ptrdiff_t)size);
        read_all(&file);
        rxt_npy_close(&file);
    }
    insist(file.path == NULL);
    close(descriptor);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    rxt_npy_header header;
    int understood = !refused(rxt_npy_parse("--x=a.npy", bytes, size, &header));

    if (understood)
        insist(header.n >= -1 && header.offset > 0 && header.offset <= (ptrdiff_t)size);
    as_file(bytes, size, understood, &header);
    return 0;
}
