/* operands.h - the source of a slab's numbers: a user's file, or a generator.
 *
 * Generated operands are by default non-zero integers hashed from (seed, operand, index). They are
 * bounded so that every partial sum of a kernel is exact. So the result must equal the proof's
 * value, and a lost, doubled or misplaced element is detected. */
#ifndef RXT_OPERANDS_H
#define RXT_OPERANDS_H

#include "comm/comm.h"
#include "data/npy.h"
#include <rxt/kernel.h>
#include <stdatomic.h>

enum { RXT_OWN = 2 }; /* the operands that a user can bring: --x and --y */

/* Where all operands of a study come from. */
typedef struct rxt_operands {
    uint64_t seed;            /* of the generated operands */
    rxt_npy file[RXT_OWN];    /* all zero: generated */
    uint64_t digest[RXT_OWN]; /* of a file's elements, set by rxt_operands_check */
} rxt_operands;

/* Opens the files, one for each path that is not NULL. RXT_USAGE as rxt_npy_open, and if the two
 * files differ in length. Local. On failure no file is open. */
rxt_status rxt_operands_open(const char *const path[RXT_OWN], uint64_t seed,
                             rxt_operands *operands);
void rxt_operands_close(rxt_operands *operands);

/* The option ("--x") whose file is the file at `path`, also under another name; NULL: none.
 * Local. */
const char *rxt_operands_at(const rxt_operands *operands, const char *path);

/* Number of elements of each file, -1 if all operands are generated. */
ptrdiff_t rxt_operands_total(const rxt_operands *operands);

/* Checks that every rank has opened the same files: RXT_USAGE if lengths or types differ between
 * nodes, or elements in a sample of 64 blocks that every rank reads. Then reads all elements once,
 * each rank its part. All must be finite in `type` (RXT_USAGE, naming the first that is not). Their
 * digest is kept: 64 bits that depend on values and order, but not on type, byte order or the
 * number of ranks. RXT_STOPPED if *stop was set in between. Collective. */
rxt_status rxt_operands_check(rxt_comm *comm, rxt_operands *operands, rxt_type type,
                              const atomic_bool *stop);

/* Writes, for a kernel with `arrays` operands, "x from a.npy (f8), y generated, 1000 elements"; ""
 * if all are generated. */
void rxt_operands_text(const rxt_operands *operands, int arrays, char *text, size_t size);

/* Writes elements [first, first + n) of operand `operand` of a kernel at size `total` into `block`:
 * from its file, else by the kernel's own fill, else as hashed integers in ±[1, limit]. They are
 * rounded to the kernel's type. The same arguments give the same numbers on every machine.
 * RXT_USAGE and RXT_ENVIRONMENT as rxt_npy_read. Local; several threads may fill at the same
 * time. */
rxt_status rxt_operands_fill(const rxt_kernel *kernel, const rxt_operands *operands, int operand,
                             ptrdiff_t first, ptrdiff_t n, ptrdiff_t total, double *block);

#endif
