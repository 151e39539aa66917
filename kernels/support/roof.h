/* roof.h - what the hardware allows: bandwidth and flop rate, measured on the same workers and with
 * the same footprint as the kernels that are compared with them.
 *
 * A roof is a loop in the form of a kernel, so that it is visited, proved and timed like one. It
 * moves operands with the shape of a kernel's traffic and hardly any arithmetic, or does arithmetic
 * without traffic. It is not a kernel for users: it is in no list and cannot be chosen. */
#ifndef RXT_ROOF_H
#define RXT_ROOF_H

#include <rxt/kernel.h>

typedef struct rxt_roof {
    rxt_kernel kernel; /* its arrays, outputs and stores are the shape of its traffic; no arrays:
                          arithmetic */
    bool far;          /* prefetches; stores past the caches unless it reads the operand, too */
    double flops;      /* of one worker in one call; 0 if operands are moved                  */
} rxt_roof;

/* The table of a type: RXT_ROOFS loops for the best instruction set of this processor. Local;
 * cannot fail. */
enum { RXT_ROOFS = 6 * RXT_ARRAYS + 1 };
const rxt_roof *rxt_roofs(rxt_type type);

/* The loops of each level that the library was compiled for, lowest first: for tests. Local. */
typedef struct rxt_roof_level {
    bool (*runs)(void);              /* can this processor run the level? */
    const rxt_roof *roof[RXT_TYPES]; /* [RXT_ROOFS] */
} rxt_roof_level;
const rxt_roof_level *rxt_roof_levels(int *count);

/* A call repeats the pass over a worker's share until it has moved about RXT_ROOF_BYTES, or about
 * RXT_ROOF_PASSES times, so that the cost of waking and awaiting the workers does not count. */
enum { RXT_ROOF_BYTES = 1 << 24, RXT_ROOF_PASSES = 1 << 14 };

/* Number of passes in a call. It is odd, so that a loop that works in place leaves the result of
 * one pass. `size` is bytes per element, of all arrays of the loop together. Pure. */
static inline ptrdiff_t rxt_roof_passes(size_t size, ptrdiff_t total, int workers)
{
    double bytes = (double)size * (double)total / workers;

    return (bytes * RXT_ROOF_PASSES > RXT_ROOF_BYTES ? (ptrdiff_t)(RXT_ROOF_BYTES / bytes)
                                                     : RXT_ROOF_PASSES) |
           1;
}

/* Bytes moved, or flops done, by all workers in one call at size `total`. Pure. */
double rxt_roof_work(const rxt_roof *roof, ptrdiff_t total, int workers);

/* The loops that a kernel is compared with: two that have the kernel's shape and move operands, of
 * which the faster one counts, and one that does arithmetic. */
enum { RXT_ROOF_NEAR, RXT_ROOF_FAR, RXT_ROOF_FLOPS, RXT_ROOF_KINDS };

/* Fills `roof` with these loops. For a kernel without flops the arithmetic loop is NULL. The loops
 * work on the kernel's own operands (type, fill, factors, grain) and need no more arrays, so that
 * no operands are made for them. Local. */
void rxt_roof_of(const rxt_kernel *kernel, rxt_roof roof[RXT_ROOF_KINDS]);

/* Are a and b the same loop on the same operands? Pure. */
bool rxt_roof_equal(const rxt_roof *a, const rxt_roof *b);

/* ---- results of the roof loops, and their proofs (kernels/support/proof_roof.c) ---- */

/* Sum of all 32-bit words, modulo 2^32, over all passes. The index of the result is `passes`. */
typedef struct rxt_roof_words {
    uint32_t sum, passes;
} rxt_roof_words;

/* Chains of arithmetic; each chain counts its links. `sum`: of these counts; `chains`: their
 * number. */
typedef struct rxt_roof_links {
    double sum, chains;
} rxt_roof_links;

enum { RXT_ROOF_LINKS = 1 << 15 }; /* links of a chain in one call; exact in f32 */

extern const rxt_merge rxt_roof_merge_words, rxt_roof_merge_links;
extern const rxt_proof rxt_roof_proof_words; /* the sum of the loaded words */
extern const rxt_proof rxt_roof_proof_store; /* z = sum of the other operands, or 7 without
                                                others */
extern const rxt_proof rxt_roof_proof_swap;  /* y = sum of the other operands - y */
extern const rxt_proof rxt_roof_proof_links;

#endif
