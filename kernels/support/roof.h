/* roof.h - what the hardware would allow: bandwidth and flop rate, measured on the same workers and
 * footprint as the kernels that they judge.
 *
 * A roof is a loop of the kernels' own kind, so that it is visited, proved and timed like one. It
 * moves operands in the shape of a kernel's traffic with hardly any arithmetic, or does arithmetic
 * without traffic. It is no kernel: no list names it, and none can ask for it. */
#ifndef RXT_ROOF_H
#define RXT_ROOF_H

#include <rxt/kernel.h>

typedef struct rxt_roof {
    rxt_kernel kernel; /* its arrays, outputs and stores are the shape; no arrays: arithmetic */
    bool far;          /* fetches ahead, and stores past the caches where nothing is read back */
    double flops;      /* of one worker in one call; 0 where operands are moved                */
} rxt_roof;

/* The table of a type: RXT_ROOFS loops for the best instruction set of this processor. Local;
 * cannot fail. */
enum { RXT_ROOFS = 6 * RXT_ARRAYS + 1 };
const rxt_roof *rxt_roofs(rxt_type type);

/* The loops of each level that the library was compiled for, lowest first: for tests. Local. */
typedef struct rxt_roof_level {
    bool (*runs)(void);
    const rxt_roof *roof[RXT_TYPES]; /* [RXT_ROOFS] */
} rxt_roof_level;
const rxt_roof_level *rxt_roof_levels(int *count);

/* A worker's call repeats its share until it has moved about this much, so that the cost of
 * starting and collecting workers is not in a roof. */
enum { RXT_ROOF_BYTES = 1 << 24, RXT_ROOF_PASSES = 1 << 14 };

/* How often: odd, so that a loop that works in place leaves what one pass would. Elements of `size`
 * bytes, all arrays of the loop together. Pure. */
static inline ptrdiff_t rxt_roof_passes(size_t size, ptrdiff_t total, int workers)
{
    double bytes = (double)size * (double)total / workers;

    return (bytes * RXT_ROOF_PASSES > RXT_ROOF_BYTES ? (ptrdiff_t)(RXT_ROOF_BYTES / bytes)
                                                     : RXT_ROOF_PASSES) |
           1;
}

/* Bytes moved, or flops done, by all workers in one call at a size. Pure. */
double rxt_roof_work(const rxt_roof *roof, ptrdiff_t total, int workers);

/* The loops that judge a kernel: two that move operands in its shape, of which the faster one
 * counts, and arithmetic. */
enum { RXT_ROOF_NEAR, RXT_ROOF_FAR, RXT_ROOF_FLOPS, RXT_ROOF_KINDS };

/* Fills `roof` with them; without flops of its own a kernel has no arithmetic to be judged by, and
 * that one's loop is NULL. They work on the kernel's own operands (type, fill, factors, grain), so
 * that none need be made for them, and need no more arrays. Local. */
void rxt_roof_of(const rxt_kernel *kernel, rxt_roof roof[RXT_ROOF_KINDS]);

/* Are the two the same loop on the same operands? Pure. */
bool rxt_roof_equal(const rxt_roof *a, const rxt_roof *b);

/* What roofs' own loops leave, and how it is proved (kernels/support/proof_roof.c). */

/* The sum of all words of 32 bits, modulo 2^32, over all passes. A result's index is the passes. */
typedef struct rxt_roof_words {
    uint32_t sum, passes;
} rxt_roof_words;

/* Chains of arithmetic that each count their links: the sum, and how many chains they were. */
typedef struct rxt_roof_links {
    double sum, chains;
} rxt_roof_links;

enum { RXT_ROOF_LINKS = 1 << 15 }; /* of a chain in one call; exact in f32 */

extern const rxt_merge rxt_roof_merge_words, rxt_roof_merge_links;
extern const rxt_proof rxt_roof_proof_words; /* what was loaded                                  */
extern const rxt_proof rxt_roof_proof_store; /* z = the sum of the others, or 7 without others   */
extern const rxt_proof rxt_roof_proof_swap;  /* y = the sum of the others - y                    */
extern const rxt_proof rxt_roof_proof_links;

#endif
