/* serialise.c - numbers as tagged bytes, by MessagePack's C library.
 *
 * Python's multiprocessing does the same with a list of floats: it packs each number as a type byte
 * and 8 bytes of IEEE 754, big-endian (pickle's BINFLOAT has another type byte), and unpacks each
 * number into its own object before it can be added. */
#include "serialise.h"

#include <msgpack.h>

enum { HEAD = 5, EACH = 9 }; /* bytes of an array's type and length; bytes of one number */

struct rxt_serial {
    msgpack_sbuffer buffer;
};

size_t rxt_serial_size(ptrdiff_t n)
{
    return HEAD + EACH * (size_t)n;
}

rxt_serial *rxt_serial_open(void)
{
    return calloc(1, sizeof(rxt_serial)); /* an empty buffer is all zeros */
}

void rxt_serial_close(rxt_serial *out)
{
    if (out)
        msgpack_sbuffer_destroy(&out->buffer);
    free(out);
}

bool rxt_serial_write(rxt_serial *out, ptrdiff_t n, const double *x)
{
    msgpack_packer packer;
    int failed;

    msgpack_sbuffer_clear(&out->buffer);
    msgpack_packer_init(&packer, &out->buffer, msgpack_sbuffer_write);
    failed = msgpack_pack_array(&packer, (size_t)n);
    for (ptrdiff_t i = 0; i < n && !failed; i++)
        failed = msgpack_pack_double(&packer, x[i]);
    return !failed;
}

const void *rxt_serial_bytes(const rxt_serial *out, size_t *size)
{
    *size = out->buffer.size;
    return out->buffer.data;
}

static bool unpack(const msgpack_object *list, ptrdiff_t n, double *x)
{
    if (list->type != MSGPACK_OBJECT_ARRAY || list->via.array.size != (size_t)n)
        return false;
    for (ptrdiff_t i = 0; i < n; i++) {
        const msgpack_object *number = &list->via.array.ptr[i];

        if (number->type != MSGPACK_OBJECT_FLOAT64)
            return false;
        x[i] = number->via.f64;
    }
    return true;
}

bool rxt_serial_read(const void *bytes, size_t size, ptrdiff_t n, double *x)
{
    msgpack_unpacked found;
    size_t end = 0;
    bool read;

    msgpack_unpacked_init(&found);
    read = msgpack_unpack_next(&found, bytes, size, &end) == MSGPACK_UNPACK_SUCCESS &&
           end == size && unpack(&found.data, n, x);
    msgpack_unpacked_destroy(&found);
    return read;
}
