/* kernel.h - all that the author of a kernel needs.
 *
 * A kernel is a loop with its cost (loads, stores, flops) and a proof of its result. It is one
 * file, kernels/NAME.c, that defines
 *
 *     const rxt_kernel rxt_kernel_NAME = { .name = "NAME", … };
 *
 * and no other file must be edited: the build finds the file, every driver can measure the kernel,
 * and the kernel test covers it. A kernel does not deal with threads, ranks or clocks. The team
 * gives each of its threads a share; the partial results are merged first in the rank, in thread
 * order, then over the ranks in slab order. */
#ifndef RXT_KERNEL_H
#define RXT_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <rxt/status.h>

/* The type of elements. A file with `.type = RXT_TYPE` in its descriptor is compiled once for each
 * type, with `rxt_real` as that type; all other files are compiled for f64 only. The type of
 * partial results does not depend on the type of elements. */
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
    RXT_ARRAYS = 4,    /* most operands of a kernel */
    RXT_PARTIAL = 4096 /* bytes of the largest partial result */
};

/* A function of a library, of any type: convert it to its own type before you call it. */
typedef void rxt_blas_function(void);

/* One worker's part of the operands: elements [first, first + n) of total; v[a][0] is element
 * `first` of operand a. `worker` counts from 0 over all threads of all ranks of the split. */
typedef struct rxt_share {
    rxt_type type;
    ptrdiff_t n, first, total;
    int worker, workers;
    double cache; /* bytes of the last-level cache available to this worker; 0: unknown */
    void *v[RXT_ARRAYS];
    void *state;                     /* slab->state, set by the kernel's make */
    rxt_blas_function *blas;         /* the function that the kernel's .blas names */
    const struct rxt_kernel *kernel; /* in proofs: the kernel that has these operands; NULL in a
                                        call */
} rxt_share;

/* One rank's part of the operands; the fields have the same meaning as in rxt_share. */
typedef struct rxt_slab {
    rxt_type type;
    ptrdiff_t n, first, total;
    int rank, ranks, threads;
    double cache; /* as in rxt_share */
    void *v[RXT_ARRAYS];
    void *state;
    rxt_blas_function *blas;          /* as in rxt_share                                    */
    const struct rxt_comm *comm;      /* the ranks of the split; communicate by <rxt/mpi.h> */
    const struct rxt_task_slab *task; /* for tasks (task.h), else NULL                      */
} rxt_slab;

/* A result. `index` is -1 if the kernel's result has no index (iamax has one). */
typedef struct rxt_value {
    double value;
    ptrdiff_t index;
} rxt_value;

/* How two partial results become one. merge must be associative (bit for bit, if a kernel promises
 * equal bits); the left operand covers the lower elements. The ranks' results may be reduced by
 * MPI_SUM if `native` says so. */
typedef struct rxt_merge {
    size_t size;   /* bytes of a partial result, at most RXT_PARTIAL; no pointers in it */
    bool commutes; /* the order of the operands does not matter                         */
    enum {
        RXT_NATIVE_NONE,
        RXT_NATIVE_SUM
    } native; /* SUM: a partial result is one double, and merge adds */
    void (*zero)(void *partial);
    void (*merge)(void *left, const void *right); /* left := left (+) right */
    rxt_value (*finish)(const void *partial);
} rxt_merge;

extern const rxt_merge rxt_sum;    /* a double; merged by addition                    */
extern const rxt_merge rxt_max;    /* a double; NaN is ignored; -Inf without elements */
extern const rxt_merge rxt_min;    /* a double; NaN is ignored; +Inf without elements */
extern const rxt_merge rxt_max_at; /* an rxt_value: the largest value at its lowest index; NaN
                                      counts as the largest; without elements the value is 0 and
                                      the index -1 */

extern const rxt_merge rxt_norms; /* an rxt_norm (norm.h); finish gives the root of the sum of
                                     squares */

/* What a proof must know about how a result was computed. */
typedef struct rxt_case {
    rxt_type type;
    ptrdiff_t total; /* elements                                                      */
    ptrdiff_t chain; /* most roundings that one element passes through (rxt_chain_of) */
    int workers;     /* number of partial results that were merged                    */
    const struct rxt_kernel *kernel;
} rxt_case;

/* How a result is proved: facts are gathered from all workers, merged like partial results, and
 * judged.
 *
 * gather adds the elements of one block to the facts. `made` holds that block's operands, generated
 * again (outputs are undefined); `found` holds the same elements as they are in memory after one
 * call, or is NULL for a kernel that stores nothing. Both are in double for every type, with the
 * values that the kernel was given. Blocks come in ascending order, each element once.
 *
 * bound is the largest error that a right result can have: 0 if the result must be equal, INFINITY
 * if sums may overflow. mean is the average magnitude that an element adds to the result: if it is
 * below the bound, a lost element may go unnoticed. Proofs of element-wise kernels have neither
 * (NULL).
 *
 * judge returns the distance of `result` from the right value, in units of the bound: at most 1 is
 * right, anything else (NaN too) is wrong. It must return "wrong" if the facts do not cover [0,
 * total) exactly once. */
typedef struct rxt_proof {
    const rxt_merge *facts; /* finish is not used */
    void (*gather)(const rxt_share *made, const rxt_share *found, void *facts);
    double (*bound)(const void *facts, const rxt_case *of);
    double (*mean)(const void *facts);
    double (*judge)(const void *facts, const rxt_case *of, rxt_value result);
} rxt_proof;

extern const rxt_proof rxt_proof_dot;         /* r = sum x[i] y[i]                          */
extern const rxt_proof rxt_proof_sum;         /* r = sum x[i]                               */
extern const rxt_proof rxt_proof_asum;        /* r = sum |x[i]|                             */
extern const rxt_proof rxt_proof_nrm2;        /* r = sqrt(sum x[i]^2)                       */
extern const rxt_proof rxt_proof_nrm2_scaled; /* the same with scaled quotients, as in BLAS */
extern const rxt_proof rxt_proof_max;         /* r = max x[i]                               */
extern const rxt_proof rxt_proof_min;         /* r = min x[i]                               */
extern const rxt_proof rxt_proof_iamax;       /* r = first i of max |x[i]|                  */

/* Proofs of element-wise kernels (s is RXT_MAP_SCALAR, map.h). The results of fill, copy, scale,
 * add and sqrt must be equal to the correctly rounded result; triad and axpy may round their two
 * operations once or twice; exp may be off by one unit in the last place. */
extern const rxt_proof rxt_proof_fill, rxt_proof_copy, rxt_proof_scale, rxt_proof_add,
    rxt_proof_triad, rxt_proof_axpy, rxt_proof_sqrt, rxt_proof_exp;

/* Makes elements [first, first + n) of an operand of `total` elements, in double; the caller rounds
 * them to the type. Without such a function a kernel gets hashed integers (operands.h). The three
 * below make fractions, hashed from (seed, operand, index): positive: spread over (0, 1000]; exp:
 * over all x for which e^x is a normal number of the type. */
typedef void rxt_fill(uint64_t seed, int operand, ptrdiff_t first, ptrdiff_t n, ptrdiff_t total,
                      double *block);
rxt_fill rxt_fill_positive, rxt_fill_exp_f64, rxt_fill_exp_f32;

typedef struct rxt_kernel {
    const char *name;            /* name of its file, without ".c"                     */
    const char *formula;         /* one line of mathematics                            */
    rxt_type type;               /* RXT_TYPE, or left out for f64 only                 */
    int arrays;                  /* number of operands, 1 … RXT_ARRAYS (tasks: from 0) */
    int outputs;                 /* this many of the last operands are written and never read */
    double loads, stores, flops; /* per element; loads and stores count elements of traffic,
                                    without write-allocate */
    int factors;            /* operands multiplied in one term of a sum: 2 for dot, 1 for sum; 0
                               if nothing is summed */
    int sums;               /* independent partial sums, see below; 0 means 1 */
    ptrdiff_t grain;        /* elements; shares start at multiples of this; 0: a cache line       */
    const rxt_merge *merge; /* NULL: element-wise, no result                                      */
    const rxt_proof *proof; /* may be shared by kernels with the same formula; or NULL, see below */

    /* Instead of a proof: the formula again, as a plain loop in the widest type over n elements of
     * the operands, which are in double. right[i] is the term of element i in a sum (rxt_sum), its
     * candidate for rxt_max or rxt_min or, without a merge, the value of the last operand after a
     * call. The allowed error is the rounding of the result's additions and of 1 + flops operations
     * in each element; it is 0 if all terms are integers and no sum exceeds 2^53 (f32: 2^24).
     * Infinities and NaN must be where the reference has them; so must the sign of a zero in
     * memory, if no rounding of the operands can change it.
     *
     * A kernel without proof and without reference is checked by agreement: the results of all
     * splits must agree within the same error, with NaN and infinities at the same places; rows
     * then say "consistent" instead of verified (proof.h). */
    void (*reference)(ptrdiff_t n, const double *const v[RXT_ARRAYS], long double *right);

    /* What the kernel promises by `sums`: in one call of loop on a share of n elements, or of run
     * on a slab of n, no element passes through more than n / sums + sums additions. */

    rxt_fill *fill; /* NULL: hashed integers (operands.h) */

    /* Set exactly one of loop and run. loop: a plain serial loop over one worker's share; it sets
     * *partial (NULL without a merge). run: does the work of a whole rank, with slab->threads
     * threads that it starts itself (team forkjoin only). */
    void (*loop)(const rxt_share *share, void *partial);
    void (*run)(const rxt_slab *slab, void *partial);

    /* Optional: name of the CBLAS function that the kernel calls, "cblas_ddot" (blas.h). The
     * library is loaded if a study has such a kernel; share->blas is then the function. */
    const char *blas;

    /* Optional. make is called on each rank before its first call on a slab and sets slab->state;
     * free is called after the last call. */
    rxt_status (*make)(rxt_slab *slab);
    void (*free)(rxt_slab *slab);

    const struct rxt_task *task; /* for tasks (task.h), else NULL */
} rxt_kernel;

#endif
