/* serialise.h - packs numbers as tagged bytes that any machine can read (MessagePack), and unpacks
 * them. */
#ifndef SERIALISE_H
#define SERIALISE_H

#include <stdbool.h>
#include <stddef.h>

#define RXT_SERIAL_MOST 0xffffffff /* numbers; the format counts in 32 bits */

typedef struct rxt_serial rxt_serial; /* packed bytes; their memory is kept for later calls */

rxt_serial *rxt_serial_open(void);      /* NULL without memory */
void rxt_serial_close(rxt_serial *out); /* NULL is allowed     */

/* The most bytes that n packed numbers take. Pure. */
size_t rxt_serial_size(ptrdiff_t n);

/* Packs n numbers; the packed bytes replace the old ones. False without memory. rxt_serial_bytes
 * returns the packed bytes and sets *size to their number. */
bool rxt_serial_write(rxt_serial *out, ptrdiff_t n, const double *x);
const void *rxt_serial_bytes(const rxt_serial *out, size_t *size);

/* Unpacks n numbers, bit for bit, also NaN. False, with x undefined, without memory or if the bytes
 * are not exactly n packed numbers. */
bool rxt_serial_read(const void *bytes, size_t size, ptrdiff_t n, double *x);

#endif
