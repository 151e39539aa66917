/* break_even.h - the size from which on more workers pay. Pure functions of rows.
 *
 * The break-even size of w threads (1×w), or of w processes (w×1), is the size from which on these
 * workers are faster than 1×1; w is the smallest number that was measured. At a size the workers
 * surely pay if the 95 % interval of the paired ratio T(1×1) / T(w) lies above 1; they surely do
 * not pay if the interval lies below 1. "A size pays" means: the workers pay at this size.
 *
 * The interval of a break-even size is a bracket of two measured sizes: `low` surely does not pay;
 * `high` and all larger sizes, up to `until`, pay. So no model of the curve (speedup over size) is
 * needed. The sizes are tested in a fixed order, from the largest down ("it pays") and from the
 * smallest up ("it does not pay"), until a size is not sure. A wrong result needs an error at the
 * first size whose claim is false, so many sizes need no correction (fixed-sequence testing;
 * Maurer, Hothorn & Lehmacher 1995). In addition, a size counts at any position if it is sure at a
 * level corrected for the number of sizes (sign test of the ratios, Bonferroni); so one noisy size
 * does not widen the bracket. Both rules together keep a coverage of 93 % for any curve; in
 * simulations with known curves the coverage was 99 % (tests/bench/break_even.c). The curve is
 * assumed to cross 1 at most once between neighbouring sizes. */
#ifndef RXT_BREAK_EVEN_H
#define RXT_BREAK_EVEN_H

#include "results/row.h"

typedef enum rxt_pays {
    RXT_PAYS_UNDECIDED,
    RXT_PAYS_NOWHERE,    /* all measured sizes surely do not pay */
    RXT_PAYS_EVERYWHERE, /* the sizes surely pay from the smallest measured one on */
    RXT_PAYS_FROM        /* the sizes surely pay from `high` on; smaller ones do not pay, or not
                            surely */
} rxt_pays;

/* The break-even size of one number of threads or processes. Sizes are the `n` of the rows (in weak
 * scaling per worker); -1: there is no such size. */
typedef struct rxt_break_even {
    rxt_split split; /* 1×w or w×1 */
    rxt_pays pays;
    int rounds;               /* paired rounds, at the size that has most of them */
    double n;                 /* estimate within the bracket; NAN: none */
    ptrdiff_t low, high;      /* the bracket, a 95 % interval; -1: open on that side */
    ptrdiff_t first, last;    /* smallest and largest size compared */
    ptrdiff_t until;          /* largest size that surely pays: `last`, or a smaller size if `last`
                                 does not surely pay; -1: none */
    ptrdiff_t beyond;         /* the next size above `until`; -1: `until` is `last` or -1 */
    bool lost;                /* `beyond` surely does not pay; false: this is not sure */
    ptrdiff_t also, between;  /* the size `also`, below `low`, surely pays, too; `between` is then
                                 `low`, which does not pay; both -1: no such size */
    ptrdiff_t faster, slower; /* largest size at which the workers are surely faster (slower) by the
                                 interval of this size alone, although the other fields contradict
                                 this or say nothing about it; -1: none */
    int fasters, slowers;     /* number of such sizes */
} rxt_break_even;

/* The break-even sizes of one kernel with one binding, team and combine. */
typedef struct rxt_break_evens {
    const char *kernel, *team, *combine, *bind;
    bool has_threads, has_processes; /* compared with 1×1 at two sizes or more */
    rxt_break_even threads, processes;
} rxt_break_evens;

typedef struct rxt_break_even_list {
    int count;
    rxt_break_evens *of; /* [count], in the order of the rows; each has_threads or has_processes */
} rxt_break_even_list;

/* Computes the break-even sizes of a study. Strings belong to the rows. RXT_ENVIRONMENT without
 * memory; then there is nothing to free. Free with rxt_break_even_free. */
rxt_status rxt_break_even_of(const rxt_rows *rows, rxt_break_even_list *list);
void rxt_break_even_free(rxt_break_even_list *list);

/* Is the break-even size known: is its bracket within ± `part` of the estimate, or do the workers
 * pay at no size, or at every size, that was compared? */
bool rxt_break_even_known(const rxt_break_even *found, double part);

/* Does size n lie inside the bracket of a break-even size that is not yet known to ± `part`? */
bool rxt_break_even_within(const rxt_break_even *found, double part, ptrdiff_t n);

/* Index in n[count] of the size to measure next, which about halves the bracket on a log scale: of
 * the unmeasured sizes inside the bracket, the one whose ratio to the nearest measured size is
 * largest. -1: the break-even size is known to ± `part`, or there is no such size. */
int rxt_break_even_next(const rxt_break_even *found, double part, int count, const ptrdiff_t n[],
                        const bool measured[]);

/* Estimates the size at which the speedup is 1, between size n with a speedup of at most 1 and size
 * next_n with a speedup above 1. Assumes T(1×1) = a n and T(w) = b n + c, so that 1 / speedup is
 * linear in 1 / n. Pure. */
double rxt_break_even_between(ptrdiff_t n, double speedup, ptrdiff_t next_n, double next_speedup);

#endif
