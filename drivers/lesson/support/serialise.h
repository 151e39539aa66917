/* serialise.h - numbers as tagged bytes that any machine reads, and back. */
#ifndef SERIALISE_H
#define SERIALISE_H

#include <stdbool.h>
#include <stddef.h>

#define RXT_SERIAL_MOST 0xffffffff /* numbers; the format counts in 32 bits */

typedef struct rxt_serial rxt_serial; /* bytes, in memory that stays for the next numbers */

rxt_serial *rxt_serial_open(void);      /* NULL without memory */
void rxt_serial_close(rxt_serial *out); /* NULL is allowed     */

/* The bytes that n numbers take at most. Pure. */
size_t rxt_serial_size(ptrdiff_t n);

/* The bytes of n numbers in place of what was there. False without memory. */
bool rxt_serial_write(rxt_serial *out, ptrdiff_t n, const double *x);
const void *rxt_serial_bytes(const rxt_serial *out, size_t *size);

/* Numbers of bytes. False, x being of no use, where they are not those of n numbers, whole, and
 * nothing else, or without memory. Bits are kept, also of NaN. */
bool rxt_serial_read(const void *bytes, size_t size, ptrdiff_t n, double *x);

#endif
