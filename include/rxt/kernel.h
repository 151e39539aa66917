/* kernel.h - all that the author of a kernel needs.
 *
 * A kernel is a loop with a price tag and a proof. It is one file, kernels/NAME.c, that defines
 *
 *     const rxt_kernel rxt_kernel_NAME = { .name = "NAME", … };
 *
 * and nothing else has to be edited: the build finds the file, every driver can measure it, and the
 * kernel test covers it. A kernel knows nothing of threads, ranks or clocks. The team gives each of
 * its threads a share; the partial results are merged first in the rank, in thread order, then over
 * the ranks in slab order. */
#ifndef RXT_KERNEL_H
#define RXT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rxt/status.h>

/* The type of elements. A file whose descriptor says `.type = RXT_TYPE` is compiled once for each,
 * in `rxt_real`; any other is for f64 alone. Partial results do not depend on it. */
typedef enum rxt_type { RXT_F64, RXT_F32 } rxt_type;
enum { RXT_TYPES = 2 };

#ifdef RXT_REAL_F32
typedef float rxt_real;
#define RXT_TYPE RXT_F32
#else
typedef double rxt_real;
#define RXT_TYPE RXT_F64
#endif

/* "f64", "f32". */
const char *rxt_type_name(rxt_type type);

/* Bytes of an element. */
size_t rxt_type_size(rxt_type type);

enum {
    RXT_ARRAYS = 4,    /* the most operands a kernel can have */
    RXT_PARTIAL = 4096 /* bytes of the largest partial result */
};

/* A function of a library, whatever its type; to be converted to that before it is called. */
typedef void rxt_blas_function(void);

/* One worker's part of the operands: elements [first, first + n) of total, v[a][0] being element
 * `first` of operand a. `worker` counts from 0 over all threads of all ranks of the split. */
typedef struct rxt_share {
    rxt_type type;
    ptrdiff_t n, first, total;
    int worker, workers;
    double cache; /* bytes of the last-level cache that this worker can count on; 0: unknown */
    void *v[RXT_ARRAYS];
    void *state;                     /* what the kernel's make left in the slab */
    rxt_blas_function *blas;         /* what the kernel's .blas names */
    const struct rxt_kernel *kernel; /* for proofs: whose operands these are; NULL in a call */
} rxt_share;

/* One rank's part of the operands, laid out like a share. */
typedef struct rxt_slab {
    rxt_type type;
    ptrdiff_t n, first, total;
    int rank, ranks, threads;
    double cache; /* as a share has it */
    void *v[RXT_ARRAYS];
    void *state;
    rxt_blas_function *blas;          /* as a share has it */
    const struct rxt_comm *comm;      /* the split's ranks: to communicate by <rxt/mpi.h> */
    const struct rxt_task_slab *task; /* NULL but for a task (task.h)                    */
} rxt_slab;

/* A result. `index` is -1 where the kernel's result has none (iamax has one). */
typedef struct rxt_value {
    double value;
    ptrdiff_t index;
} rxt_value;

/* How two partial results become one. merge must be associative (in the bits, where a kernel
 * promises bits); the left operand covers the lower elements. A transport may use MPI_SUM where
 * `native` allows it. */
typedef struct rxt_merge {
    size_t size;   /* bytes of a partial, at most RXT_PARTIAL; plain data without pointers */
    bool commutes; /* order of the operands does not matter                               */
    enum {
        RXT_NATIVE_NONE,
        RXT_NATIVE_SUM
    } native; /* SUM: a partial is one double, and merge adds */
    void (*zero)(void *partial);
    void (*merge)(void *left, const void *right); /* left := left (+) right */
    rxt_value (*finish)(const void *partial);
} rxt_merge;

extern const rxt_merge rxt_sum;    /* a double; merged by addition                     */
extern const rxt_merge rxt_max;    /* a double; NaN is passed over, nothing gives -Inf */
extern const rxt_merge rxt_min;    /* a double; likewise, nothing gives +Inf           */
extern const rxt_merge rxt_max_at; /* an rxt_value: the largest at the lowest index; NaN is above
                                      all; nothing gives 0 without an index */

extern const rxt_merge rxt_norms; /* an rxt_norm (norm.h); gives the root of the sum of squares */

/* What a proof must know about the origin of a result. */
typedef struct rxt_case {
    rxt_type type;
    ptrdiff_t total; /* elements                                                  */
    ptrdiff_t chain; /* the most roundings that one passes through (rxt_chain_of) */
    int workers;     /* partial results that were merged                          */
    const struct rxt_kernel *kernel;
} rxt_case;

/* How a result is proved: facts are gathered from all workers, merged like partials, and judged.
 *
 * gather adds the elements of one block to the facts. `made` holds that block's operands, generated
 * again (outputs are undefined); `found` holds the same elements as they are in memory after one
 * call, or is NULL for a kernel that stores nothing. Both are in double whatever the type, with the
 * values that the kernel was given. Blocks come in ascending order, each element once.
 *
 * bound is the largest error that a right result can have: 0 where the result must be equal,
 * INFINITY where sums may overflow. mean is the average magnitude that an element adds to the
 * result: a lost element may hide if that is below the bound. Proofs of element-wise kernels have
 * neither (NULL).
 *
 * judge returns the distance of `result` from what it should be, in units of the bound: at most
 * 1 is right, anything else (NaN too) is wrong. It must be wrong when the facts do not cover [0,
 * total) exactly once. */
typedef struct rxt_proof {
    const rxt_merge *facts; /* finish is not used */
    void (*gather)(const rxt_share *made, const rxt_share *found, void *facts);
    double (*bound)(const void *facts, const rxt_case *of);
    double (*mean)(const void *facts);
    double (*judge)(const void *facts, const rxt_case *of, rxt_value result);
} rxt_proof;

extern const rxt_proof rxt_proof_dot;         /* r = sum x[i] y[i]         */
extern const rxt_proof rxt_proof_sum;         /* r = sum x[i]              */
extern const rxt_proof rxt_proof_asum;        /* r = sum |x[i]|            */
extern const rxt_proof rxt_proof_nrm2;        /* r = sqrt(sum x[i]^2)      */
extern const rxt_proof rxt_proof_nrm2_scaled; /* the same by quotients, as BLAS has it */
extern const rxt_proof rxt_proof_max;         /* r = max x[i]              */
extern const rxt_proof rxt_proof_min;         /* r = min x[i]              */
extern const rxt_proof rxt_proof_iamax;       /* r = first i of max |x[i]| */

/* Element-wise (s is RXT_MAP_SCALAR, map.h): fill, copy, scale, add and sqrt must be equal to the
 * correctly rounded result; triad and axpy may also round once for their two operations; exp may be
 * off by one unit in the last place. */
extern const rxt_proof rxt_proof_fill, rxt_proof_copy, rxt_proof_scale, rxt_proof_add,
    rxt_proof_triad, rxt_proof_axpy, rxt_proof_sqrt, rxt_proof_exp;

/* Elements [first, first + n) of an operand of `total` elements, in double, to be rounded to the
 * type. Beside the hashed integers that are made without one (operands.h) there are fractions
 * hashed from (seed, operand, index), spread over (0, 1000], and over all x for which e^x is a
 * normal number of the type. */
typedef void rxt_fill(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                      double *block);
rxt_fill rxt_fill_positive, rxt_fill_exp_f64, rxt_fill_exp_f32;

typedef struct rxt_kernel {
    const char *name;    /* the file's name                                                   */
    const char *formula; /* one line of mathematics                                           */
    rxt_type type;       /* RXT_TYPE, or left out: f64                                        */
    int arrays;          /* operands, 1 … RXT_ARRAYS                                          */
    int outputs; /* this many of the last operands are only written, never read            */
    double loads, stores, flops; /* per element; elements of traffic, without write-allocate */
    int factors;            /* operands multiplied in one term of a sum: 2 for dot, 1 for sum; 0:
                               nothing is added up                                               */
    int sums;               /* partial sums side by side, see below; 0: 1                        */
    ptrdiff_t grain;        /* shares start on multiples of this; 0: a cache line                */
    const rxt_merge *merge; /* NULL: element-wise, no result                                     */
    const rxt_proof *proof; /* shared by all kernels with the same formula; or NULL, see below   */

    /* In place of a proof: the formula once more, a plain loop in the widest type over n elements
     * of the operands, which are in double. right[i] is what element i adds to a sum (rxt_sum),
     * what it offers to rxt_max or rxt_min or, without a merge, what stands in the last operand
     * after a call. The result may be off by the rounding of its additions and, in each element, of
     * 1 + flops operations; where all terms are whole numbers and no sum leaves 2^53 (f32: 2^24),
     * by nothing. Infinities and NaN must be the reference's, and so must be the sign of a zero in
     * memory that no rounding of the operands can change. With neither, the results of all splits
     * must agree as closely as that, and in NaN and infinities, wherever they stand; rows say
     * "consistent" in place of verified (proof.h). */
    void (*reference)(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right);

    /* The promise behind `sums`: in one call of loop on a share of n elements, or of run on a slab
     * of n, no element passes through more than n / sums + sums additions. */

    rxt_fill *fill; /* NULL: hashed integers (operands.h) */

    /* Exactly one of these. loop: a plain serial loop over one worker's share, which sets *partial
     * (NULL without a merge). run: a whole rank, with slab->threads threads of its own (team
     * forkjoin only). */
    void (*loop)(const rxt_share *share, void *partial);
    void (*run)(const rxt_slab *slab, void *partial);

    /* Optional: the function of CBLAS that does the work, "cblas_ddot" (blas.h). The library is
     * loaded when such a kernel is asked for, and share->blas is the function. */
    const char *blas;

    /* Optional: called on each rank before its first call on a slab, and after the last; sets
     * slab->state. */
    rxt_status (*make)(rxt_slab *slab);
    void (*free)(rxt_slab *slab);

    const struct rxt_task *task; /* NULL but for a task (task.h) */
} rxt_kernel;

#endif
