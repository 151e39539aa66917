/* operands.h - where a slab's numbers come from: the user's files, or generated.
 *
 * The default operands are non-zero integers hashed from (seed, operand, index) and so bounded
 * that every partial sum of a kernel is exact: the result must be equal to the proof's, and a
 * lost, doubled or misplaced element shows. */
#ifndef RXT_OPERANDS_H
#define RXT_OPERANDS_H

#include "comm/comm.h"
#include "data/npy.h"
#include <rxt/kernel.h>
#include <stdatomic.h>

enum { RXT_OWN = 2 }; /* the operands that a user can bring: --x and --y */

/* Where all operands of a study come from. */
typedef struct rxt_operands {
    uint64_t seed;            /* of those that are made up                              */
    rxt_npy file[RXT_OWN];    /* all zero: made up                                      */
    uint64_t digest[RXT_OWN]; /* of a file's elements, by rxt_operands_check            */
} rxt_operands;

/* Opens the files, one for each path that is not NULL. RXT_USAGE as rxt_npy_open, and where two
 * differ in length. Local. On failure none is open. */
rxt_status rxt_operands_open(const char *const path[RXT_OWN], uint64_t seed,
                             rxt_operands *operands);
void rxt_operands_close(rxt_operands *operands);

/* The option ("--x") whose file is the one at `path`, under whatever name; NULL: none. Local. */
const char *rxt_operands_at(const rxt_operands *operands, const char *path);

/* Elements of the files, -1 where all operands are made up. */
ptrdiff_t rxt_operands_total(const rxt_operands *operands);

/* That every rank has opened the same: RXT_USAGE where lengths, types or, in a sample of 64 blocks
 * that every rank reads, elements differ between nodes. Then reads all elements once, each rank its
 * part: all must be finite in the type (RXT_USAGE, naming the first that is not), and their digest
 * is kept: 64 bits that depend on values and order, not on type, byte order or how ranks split
 * them. RXT_STOPPED when *stop was set meanwhile. Collective. */
rxt_status rxt_operands_check(rxt_comm *comm, rxt_operands *operands, rxt_type type,
                              const atomic_bool *stop);

/* "x from a.npy (f8), y generated, 1000 elements" of a kernel with `arrays` operands; "" if all
 * are generated. */
void rxt_operands_text(const rxt_operands *operands, int arrays, char *text, size_t size);

/* Elements [first, first + n) of operand `operand` of a kernel at size `total`: from its file, by
 * the kernel's own fill or, without either, hashed integers in ±[1, limit]; rounded to the kernel's
 * type. The same arguments give the same numbers on every machine. RXT_USAGE, RXT_ENVIRONMENT as
 * rxt_npy_read. Local; threads may fill at once. */
rxt_status rxt_operands_fill(const rxt_kernel *kernel, const rxt_operands *operands, int operand,
                             ptrdiff_t first, ptrdiff_t n, ptrdiff_t total, double *block);

#endif
